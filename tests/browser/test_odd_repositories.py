"""Designs in odd repositories: JupyterLab says what it cannot do there, why, and what to do."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab import REFUSED, THEMES, Lab, Theme
from tests.browser.server import JupyterServer, without_root_powers
from tests.browser.timeouts import Timeouts, ms
from tests.canvas.shop import write_shop
from tests.git.repository import (
    FLOW,
    change,
    committed_shop,
    hook,
    large_repository,
    run_git,
    shared,
)
from tests.trusting import trusting

KEY = "orders/place-order"
COMMIT = "Commit 1 file"
# In a sidebar as narrow as it opens.
SPILLING = """part => {
    const edge = part.getBoundingClientRect().right + 1;
    return [...part.querySelectorAll("*")]
        .filter(one => one.checkVisibility() && !one.closest("select, textarea, .ddd-lab-said"))
        .filter(one => one.getBoundingClientRect().right > edge
            || one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1)
        .map(one => one.outerHTML.slice(0, 160));
}"""


def edited(root: Path) -> Path:
    """The same repository with a change that is staged."""
    change(root, "label: Basket", "label: Cart")
    run_git(root, "add", "-A")
    return root


def begun(folder: Path) -> Path:
    root = write_shop(folder)
    run_git(root, "init", "-q", "-b", "main")
    run_git(root, "add", FLOW)
    return root


def detached(folder: Path) -> Path:
    root = edited(committed_shop(folder))
    run_git(root, "checkout", "-q", "--detach")
    return root


def hooked(name: str, script: str) -> Callable[[Path], Path]:
    """A repository with a hook that refuses."""

    def make(folder: Path) -> Path:
        root = edited(committed_shop(folder))
        hook(root, name, f"{script}; exit 1")
        trusting(root)
        return root

    return make


def unwritable(root: Path) -> Path:
    for path in (root, *root.rglob("*")):
        if path.is_dir():
            path.chmod(0o555)
    return root


def submodule(folder: Path) -> Path:
    inner, outer = committed_shop(folder / "inner"), folder / "outer"
    outer.mkdir()
    run_git(outer, "init", "-q")
    run_git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner), "shop")
    return edited(outer / "shop")


def worktree(folder: Path) -> Path:
    run_git(committed_shop(folder / "shop"), "worktree", "add", "-qb", "side", "../side")
    return edited(folder / "side")


def moved_worktree(folder: Path) -> Path:
    root = worktree(folder)
    (folder / "shop").rename(folder / "elsewhere")
    return root


def midway(*command: str) -> Callable[[Path], Path]:
    """A repository in the middle of a command that conflicts."""

    def make(folder: Path) -> Path:
        root = committed_shop(folder)
        for branch, label in (("side", "Cart"), ("main", "Trolley")):
            run_git(root, "switch", "-qC", branch, "HEAD" if branch == "side" else "HEAD~")
            change(root, "label: Basket", f"label: {label}")
            run_git(root, "commit", "-qam", label)
        with contextlib.suppress(subprocess.CalledProcessError):
            run_git(root, *command)
        return root

    return make


def resolved(folder: Path) -> Path:
    root = midway("cherry-pick", "side")(folder)
    run_git(root, "checkout", "-q", "--theirs", FLOW)
    run_git(root, "add", FLOW)
    return root


def damaged(path: str, text: str | None) -> Callable[[Path], Path]:
    """A repository with a file of Git's that is gone, or says something else."""

    def make(folder: Path) -> Path:
        root = edited(committed_shop(folder))
        (root / ".git" / path).unlink(missing_ok=True)
        if text is not None:
            (root / ".git" / path).write_text(text)
        return root

    return make


def parted(folder: Path) -> Path:
    """A branch whose remote branch was removed."""
    ours, theirs = shared(folder)
    run_git(ours, "switch", "-qc", "novel")
    run_git(ours, "push", "-qu", "origin", "novel")
    run_git(theirs, "push", "-q", "origin", ":novel")
    run_git(ours, "fetch", "-qp")
    return edited(ours)


@dataclass(frozen=True)
class State:
    """A state of a repository, and what the Git panel says of it.

    Attributes:
        make: puts a design in this state into a folder, and returns the design's own.
        says: what is read in the panel.
        offers: buttons that can be pressed.
        greyed: buttons that cannot, each with a part of the reason.
        refuses: what is said once the change is to be committed.
    """

    make: Callable[[Path], Path]
    says: str
    offers: tuple[str, ...] = ()
    greyed: dict[str, str] = field(default_factory=dict)
    refuses: str = ""


STATES = {
    "no repository": State(write_shop, "lies in no Git repository yet", ("Start a repository",)),
    "no repository in a folder that cannot be written": State(
        lambda folder: unwritable(write_shop(folder)),
        "copy the design to a folder of yours",
        ("Look again",),
        {"Start a repository": "cannot be written to"},
    ),
    "a folder that cannot be written": State(
        lambda folder: unwritable(edited(committed_shop(folder))),
        "Check who may write in its .git folder",
        ("Look again",),
        {COMMIT: "cannot be written to", f"Unstage {KEY}": "nothing can be staged"},
    ),
    "no commit": State(begun, "Nothing has been committed yet", ("Stage all", COMMIT)),
    "a detached head": State(detached, "git switch -c NAME", (COMMIT,)),
    "a hook before the commit": State(
        hooked("pre-commit", "echo 'flows need a review'"),
        "Staged",
        (COMMIT,),
        refuses="A hook of the repository refuses the commit. It says:\nflows need a review",
    ),
    "a hook for the message": State(
        hooked("commit-msg", "echo 'error: name a ticket' >&2"),
        "Staged",
        (COMMIT,),
        refuses="A hook of the repository refuses the commit. It says:\nerror: name a ticket",
    ),
    "a submodule": State(
        submodule, "After a commit here, commit there too", ("Pull", "Push", COMMIT)
    ),
    "a linked work tree": State(worktree, "This is a work tree of the repository in", (COMMIT,)),
    "a work tree whose repository was moved": State(
        moved_worktree, "git worktree repair", ("Look again",)
    ),
    "50,000 files": State(
        large_repository,
        "Nothing differs from the last commit.",
        greyed={"Commit": "Nothing has changed"},
    ),
    "a merge": State(
        midway("merge", "-q", "side"),
        "Resolve the conflicts, stage the files and commit",
        ("Abort the merge",),
        {"Commit": "1 file changed on both sides"},
    ),
    "a rebase": State(
        midway("rebase", "-q", "side"),
        "git rebase --continue",
        ("Abort the rebase",),
        {"Commit": "A rebase is in progress"},
    ),
    "a cherry-pick": State(
        resolved,
        "git cherry-pick --continue",
        ("Abort the cherry-pick", f"Unstage {KEY}"),
        {COMMIT: "A cherry-pick is in progress"},
    ),
    "no HEAD": State(damaged("HEAD", None), "it is damaged. Restore it", ("Look again",)),
    "a broken index": State(damaged("index", "?"), "in a terminal: git reset", ("Look again",)),
    "a lock": State(
        damaged("index.lock", ""),
        "remove the file index.lock",
        greyed={COMMIT: "Another Git command", f"Unstage {KEY}": "Another Git command"},
    ),
    "a remote branch that is gone": State(
        parted, "origin/novel is not there", ("Publish the branch", COMMIT)
    ),
}


class OddRepositories:
    """A page with the Git panel, and a folder for repositories."""

    def __init__(self, lab: Lab, folder: Path) -> None:
        self.lab = lab
        self.folder = folder
        self.panel = lab.page.get_by_role("region", name="Git", exact=True)
        self._theme: Theme = "JupyterLab Light"

    def place(self, name: str) -> Path:
        return self.folder / name.replace(" ", "-")

    def show(self, root: Path) -> None:
        """Have the Git panel show a design, and wait until it has looked."""
        self.lab.command("ddd-lab:toggle-git", {"root": str(root)})
        expect(self.panel.get_by_title(str(root))).to_be_attached(timeout=ms(Timeouts.KERNEL))
        expect(self.panel).not_to_contain_text("Looking")

    def set_theme(self, theme: Theme) -> None:
        if theme != self._theme:
            self.lab.set_theme(theme)
            self._theme = theme

    def button(self, name: str) -> Locator:
        return self.panel.get_by_role("button", name=name, exact=True)


def make_writable(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)


@pytest.fixture(scope="module")
def odd(
    open_lab: Callable[[], contextlib.AbstractContextManager[Lab]], lab_server: JupyterServer
) -> Iterator[OddRepositories]:
    folder = lab_server.root / "odd"
    folder.mkdir()
    with open_lab() as lab:
        lab.show_lab()
        page = OddRepositories(lab, folder)
        yield page
        assert [error for error in lab.errors if not error.startswith(REFUSED)] == []
    make_writable(folder)


needs_refusal = pytest.mark.skipif(
    os.geteuid() == 0 and not without_root_powers(),
    reason="an administrator may write everywhere, and there is no setpriv",
)


@pytest.mark.parametrize(
    ("name", "theme"),
    [
        pytest.param(
            name,
            THEMES[number * len(THEMES) // len(STATES)],
            id=name,
            marks=[needs_refusal] if "cannot be written" in name else [],
        )
        for number, name in enumerate(STATES)
    ],
)
def test_the_panel_says_what_cannot_be_done_and_why(
    odd: OddRepositories, name: str, theme: Theme
) -> None:
    state = STATES[name]
    odd.set_theme(theme)
    odd.show(state.make(odd.place(name)))
    expect(odd.panel).to_contain_text(state.says)
    for button in state.offers:
        expect(odd.button(button)).to_have_attribute("aria-disabled", "false")
    for button, reason in state.greyed.items():
        expect(odd.button(button)).to_have_attribute("aria-disabled", "true")
        assert reason in (odd.button(button).get_attribute("title") or "")
    if state.refuses:
        odd.button(COMMIT).click()
        expect(odd.panel.get_by_role("alert")).to_have_text(state.refuses)
    assert odd.panel.evaluate(SPILLING) == []
    if state.greyed:
        assert odd.lab.axe(odd.panel) == []
    odd.lab.screenshot(f"odd-{name.replace(' ', '-')}")


@needs_refusal
def test_a_design_in_a_folder_that_cannot_be_written_is_edited_and_says_why_it_is_not_saved(
    odd: OddRepositories,
) -> None:
    root = unwritable(edited(committed_shop(odd.folder / "read-only")))
    lab, page = odd.lab, odd.lab.page
    canvas = lab.open_design(root, KEY)
    lab.command("ddd-lab:toggle-tree", {"root": str(root)})
    canvas.locator("[data-id=basket]").click()
    page.keyboard.press("Delete")
    page.keyboard.press("ControlOrMeta+S")
    expect(canvas.get_by_role("alert")).to_contain_text("writing is not allowed there")
    tree = page.get_by_role("region", name="Design", exact=True)
    expect(tree.get_by_role("treeitem", name="Place order, flow, unsaved")).to_be_visible()

    odd.show(root)
    expect(odd.panel).to_contain_text("1 file has unsaved edits")
    expect(odd.button(COMMIT)).to_have_attribute("aria-disabled", "true")
    make_writable(root)
    odd.button("Look again").click()
    expect(odd.button(COMMIT)).to_have_attribute("aria-disabled", "false")
    odd.button("Save").click()
    expect(odd.panel).not_to_contain_text("unsaved edits")
    assert "basket:" not in (root / FLOW).read_text()


def test_without_git_the_design_is_there_and_what_needs_git_says_so(
    odd: OddRepositories, lab_server: JupyterServer
) -> None:
    root = edited(committed_shop(odd.folder / "without-git"))
    hidden = lab_server.git.rename(lab_server.git.with_name("hidden"))
    try:
        tab = odd.lab.show_design_diff(root, KEY)
        expect(tab.get_by_role("alert")).to_contain_text("Git is not here")
        odd.show(root)
        expect(odd.panel).to_contain_text("Install it, and start Jupyter anew")
        expect(odd.button("Commit")).to_have_count(0)
    finally:
        hidden.rename(lab_server.git)
    odd.button("Look again").click()
    expect(odd.button(COMMIT)).to_be_enabled()
