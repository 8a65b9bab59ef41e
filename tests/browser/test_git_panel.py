"""The Git panel in JupyterLab: from a change in words to a commit, its history, and back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab import THEMES, Lab
from tests.browser.server import JupyterServer
from tests.browser.timeouts import Timeouts, ms
from tests.git.repository import change, commit_first, hook, run_git, shared
from tests.lab.conftest import Design, call, design_below, wait_for

KEY = "members/join-library"
SPEC = f"specs/domains/members/flows/{KEY.partition('/')[2]}.yaml"


class GitPage:
    """The Git panel beside a spec of a design."""

    def __init__(self, lab: Lab, design: Design) -> None:
        self.lab = lab
        self.design = design
        self.page = lab.page
        self.root = lab.page.get_by_role("region", name="Git", exact=True)
        folder = design.root.relative_to(lab.root).as_posix()
        wait_for(lambda: folder in known_folders(design.server))
        lab.open_file(f"{folder}/specs/config.yaml")
        self.page.keyboard.press("Control+Alt+g")
        expect(self.root.get_by_title(str(design.root))).to_be_visible(timeout=ms(Timeouts.KERNEL))

    def area(self, name: str) -> Locator:
        return self.root.get_by_role("region", name=name)

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press a button as the keyboard does."""
        button = self.root.get_by_role("button", name=name, exact=isinstance(name, str))
        button.focus()
        self.page.keyboard.press("Enter")

    def says(self, words: str | re.Pattern[str]) -> None:
        expect(self.root.get_by_role("status")).to_contain_text(words)

    def edit(self, old: str, new: str) -> None:
        text = (self.design.root / SPEC).read_text()
        assert old in text
        (self.design.root / SPEC).write_text(text.replace(old, new, 1))


def known_folders(server: JupyterServer) -> list[str]:
    return [project["path"] for project in call(server, "projects").body["projects"]]


@pytest.fixture
def git(lab: Lab, lab_server: JupyterServer) -> GitPage:
    design = design_below(lab_server)
    commit_first(design.root)
    return GitPage(lab, design)


@pytest.mark.covers("T14.1", "T14.2", "T14.3", "S05.3", "S05.4")
def test_a_change_is_read_in_words_committed_and_had_back(git: GitPage, tmp_path: Path) -> None:
    expect(git.root).to_contain_text("main")
    expect(git.root).to_contain_text("Nothing differs from the last commit.")
    expect(git.root).to_contain_text("There is no remote")

    read_and_commit(git)
    restore_and_undo(git)
    discard_and_undo(git)
    share(git, tmp_path)
    be_refused(git)
    assert [error for error in git.lab.errors if "409" not in error] == []


def read_and_commit(git: GitPage) -> None:
    """A change unfolds in words; what is staged is committed with the message that one edits."""
    git.edit("method: POST", "method: PUT")
    changed = git.area("Changed")
    expect(changed).to_contain_text("1 change")
    git.press(re.compile(f"{KEY.replace('/', '.')} 1 change"))
    expect(changed).to_contain_text("“POST” → “PUT”")
    git.press(f"Stage {KEY}")
    expect(git.area("Staged")).to_contain_text(KEY)
    message = git.root.get_by_role("textbox", name=re.compile("Message"))
    expect(message).to_have_value(re.compile(f"{KEY}: .*“POST” → “PUT”"))
    for theme in THEMES:
        git.lab.set_theme(theme)
        git.lab.screenshot(f"git-{theme.split()[1].lower()}")
        assert git.lab.axe(git.root) == []
    message.fill("Put members, do not post them")
    git.press("Commit 1 file")
    git.says("Put members, do not post them: 1 file")
    expect(git.root).to_contain_text("Nothing differs from the last commit.")
    assert run_git(git.design.root, "log", "-1", "--format=%s (%an)") == (
        "Put members, do not post them (Ada Tester)"
    )
    expect(message).to_have_value("")


def restore_and_undo(git: GitPage) -> None:
    """The history of a flow in words; an older version comes back, and goes again."""
    git.root.get_by_role("combobox", name="History of").select_option(KEY)
    history = git.area("History")
    expect(history.locator("[data-commit]")).to_have_count(2)
    expect(history).to_contain_text("“POST” → “PUT”")
    git.press(re.compile("^Restore: First commit"))
    git.says(f"{KEY} is as it was at")
    assert "method: POST" in (git.design.root / SPEC).read_text()
    expect(git.area("Changed")).to_contain_text(KEY)
    git.press("Undo: put it back")
    expect(git.area("Changed")).to_be_hidden()
    assert "method: PUT" in (git.design.root / SPEC).read_text()


def discard_and_undo(git: GitPage) -> None:
    """Discarding is asked, and can be undone."""
    git.edit("method: PUT", "method: PATCH # for now")
    dialog = git.page.get_by_role("dialog")
    git.press(f"Discard the changes of {KEY}")
    dialog.get_by_role("button", name="Cancel").click()
    assert "# for now" in (git.design.root / SPEC).read_text()
    git.press(f"Discard the changes of {KEY}")
    dialog.get_by_role("button", name="Discard").click()
    git.says("Changes of 1 file discarded")
    assert "method: PUT" in (git.design.root / SPEC).read_text()
    git.press("Undo: put it back")
    expect(git.area("Changed")).to_contain_text(KEY)
    assert "method: PATCH # for now" in (git.design.root / SPEC).read_text()
    git.press(f"Stage {KEY}")
    git.press("Commit 1 file")
    git.says("1 file")


def share(git: GitPage, folder: Path) -> None:
    """The branch is published; what somebody else pushes is pulled, and told in words."""
    run_git(folder, "init", "-q", "--bare", "-b", "main", "remote.git")
    run_git(git.design.root, "remote", "add", "origin", str(folder / "remote.git"))
    git.press("Publish the branch")
    git.says("main is published at origin")
    expect(git.root).to_contain_text("level with origin/main")
    run_git(folder, "clone", "-q", "remote.git", "theirs")
    theirs = folder / "theirs" / SPEC
    theirs.write_text(theirs.read_text().replace("method: PATCH", "method: DELETE"))
    run_git(folder / "theirs", "commit", "-qam", "Theirs")
    run_git(folder / "theirs", "push", "-q")
    git.press("Pull")
    git.says("1 commit came, which changed 1 file of the design")
    git.says("“PATCH” → “DELETE”")


def be_refused(git: GitPage) -> None:
    """A hook asks for trust first; then it has its say beside the button."""
    hook(git.design.root, "pre-commit", "echo 'flows need a review'; exit 1")
    git.edit("method: DELETE", "method: POST")
    expect(git.area("Changed")).to_contain_text(KEY)
    git.press(f"Stage {KEY}")
    dialog = git.page.get_by_role("dialog")
    expect(dialog).to_contain_text(".git/hooks/pre-commit")
    dialog.get_by_role("button", name="Trust").click()
    expect(git.area("Staged")).to_contain_text(KEY)
    git.press("Commit 1 file")
    expect(git.root.get_by_role("alert")).to_contain_text("flows need a review")


@pytest.mark.covers("S05.3", "S05.4")
def test_what_is_done_in_an_open_design_is_a_step_to_undo(
    lab: Lab, lab_server: JupyterServer
) -> None:
    design = design_below(lab_server)
    git = GitPage(lab, design)
    expect(git.root).to_contain_text("lies in no Git repository yet")
    git.press("Start a repository")
    expect(git.area("New to Git")).to_contain_text(KEY)
    git.press("Stage all")
    git.press(re.compile(r"^Commit \d+ files"))
    expect(git.root).to_contain_text("Nothing differs from the last commit.")

    tab = lab.open_design(design.root, KEY)
    expect(git.root).to_be_hidden()
    tab.get_by_role("button", name="More tools").click()
    lab.page.get_by_role("menuitem", name="Commit…", exact=True).click()
    expect(git.root).to_be_visible()

    card = tab.locator("[data-id=check_application]")
    card.click()
    lab.page.keyboard.press("Delete")
    expect(card).to_have_count(0)
    expect(git.root).to_contain_text("1 file has unsaved edits: the commit does not have them.")
    git.press("Save")
    expect(git.area("Changed")).to_contain_text(KEY)
    expect(git.root.get_by_role("note").filter(has_text="unsaved")).to_have_count(0)
    git.press(f"Stage {KEY}")
    git.press("Commit 1 file")
    git.says(re.compile("^Committed"))

    git.root.get_by_role("combobox", name="History of").select_option(KEY)
    git.press(re.compile("^Restore: Add"))
    git.says("an edit, to be saved or undone")
    expect(card).to_be_visible()
    assert "check_application" not in (design.root / SPEC).read_text()
    lab.screenshot("git-beside-tab")
    tab.get_by_role("button", name="Undo", exact=True).click()
    expect(card).to_have_count(0)
    assert [error for error in lab.errors if "409" not in error] == []


def test_what_both_sides_changed_is_pulled_and_taken_back(
    lab: Lab, lab_server: JupyterServer
) -> None:
    git = GitPage(lab, design_below(lab_server))
    ours, theirs = shared(lab_server.root / "both-sides")
    for root, label in ((theirs, "Cart"), (ours, "Trolley")):
        change(root, "label: Basket", f"label: {label}")
        run_git(root, "commit", "-qam", label)
    run_git(theirs, "push", "-q")
    lab.command("ddd-lab:toggle-git", {"root": str(ours)})
    expect(git.root).to_contain_text("1 ahead of origin/main")
    git.press("Push")
    expect(git.root.get_by_role("alert")).to_contain_text("Pull first, then push")
    git.press("Pull")
    git.says("1 file changed on both sides in the same place")
    expect(git.area("In conflict")).to_contain_text("orders/place-order")
    notice = git.root.locator("[data-notice=merge]")
    expect(notice).to_contain_text("A merge is in progress")
    lab.screenshot("git-conflict")
    git.press("Choose the versions of orders/place-order")
    dialog = lab.page.get_by_role("dialog", name="Merge of ")
    dialog.get_by_role("radio", name="Incoming").first.check(timeout=ms(Timeouts.KERNEL))
    dialog.get_by_role("button", name="Apply, save and stage").click()
    expect(git.root.get_by_label("Message")).to_have_value(re.compile("^Merge branch"))
    git.press("Abort the merge")
    lab.page.get_by_role("dialog").get_by_role("button", name="Abort the merge").click()
    git.says("The merge was taken back")
    expect(notice).to_have_count(0)
    assert [error for error in lab.errors if "409" not in error] == []
