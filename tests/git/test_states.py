"""The states in which a repository can be: each is told in plain words with what to do."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from ddd_lab.files.disk.git import ActingGit, GitError
from tests.canvas.shop import write_shop
from tests.git.opened import notice, opened
from tests.git.repository import FLOW, change, commit_first, committed_shop, hook, run_git
from tests.trusting import trusting

KEY = "orders/place-order"


def refusal(root: Path, message: str = "x") -> str:
    """Why a commit of a change is refused."""
    change(root, "label: Basket", "label: Cart")
    with opened(root) as project:
        try:
            project.git.stage()
            project.git.commit(message)
        except GitError as error:
            return str(error)
    return ""


def test_no_git_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = committed_shop(tmp_path / "shop")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Install it, and start Jupyter anew" in notice(root, "no_git")


def test_no_repository_yet_and_one_is_begun(tmp_path: Path) -> None:
    root = write_shop(tmp_path / "shop")
    assert "Start one in its folder" in notice(root, "no_repository")
    with opened(root) as project:
        with pytest.raises(GitError, match="lies in no Git repository"):
            project.git.commit("x")
        status = project.git.init()
        assert repr(project.git) == repr(status)
        assert status.has("no_commits")
        assert FLOW in [file.path for file in status.untracked]
        project.git.stage()
        assert project.git.commit("Begin").subject == "Begin"
        assert not project.git.status().files


def test_a_bare_repository_has_no_files_to_commit(tmp_path: Path) -> None:
    root = write_shop(tmp_path / "shop.git")
    run_git(root, "init", "-q", "--bare")
    assert "Clone it, and open the design in the clone" in notice(root, "bare")


def test_a_detached_head_is_told_and_a_commit_still_made(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    run_git(root, "checkout", "-q", "--detach")
    assert "git switch -c NAME" in notice(root, "detached")
    with opened(root) as project:
        assert "no branch" in project.git.status().headline
        with pytest.raises(GitError, match="a detached head"):
            project.git.push()


def test_nobody_is_known_as_the_author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = committed_shop(tmp_path / "shop")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{who}_NAME")
        monkeypatch.delenv(f"GIT_{who}_EMAIL")
    assert "git config --global user.name" in notice(root, "no_author")
    assert "Git does not know who you are" in refusal(root)
    run_git(root, "config", "user.name", "Grace")
    run_git(root, "config", "user.email", "grace@example.org")
    with opened(root) as project:
        project.git.commit("Mine")
    assert run_git(root, "log", "-1", "--format=%an") == "Grace"


def test_another_git_command_holds_the_lock(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    (root / ".git/index.lock").touch()
    assert "remove the file index.lock" in notice(root, "locked")
    assert "remove the file index.lock" in refusal(root)


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write everywhere")
def test_a_repository_that_cannot_be_written(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    (root / ".git").chmod(0o555)
    try:
        assert "check who may write in its .git folder" in notice(root, "read_only")
        assert "check who may write in its .git folder" in refusal(root)
    finally:
        (root / ".git").chmod(0o755)


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        (".git/HEAD", None, "it is damaged. Restore it from a backup"),
        (".git/HEAD", "nonsense", "it is damaged. Restore it from a backup"),
        (".git", "gitdir: /nowhere/.git/worktrees/shop", "not where it was: /nowhere"),
        (".git/config", "[core", "Correct the line that Git names"),
        (".git/index", "nonsense", "in a terminal: git reset"),
        (".git/refs/heads/main", "0" * 39 + "1", "git fsck"),
    ],
)
def test_a_damaged_repository_is_told_and_the_design_still_edited(
    tmp_path: Path, path: str, text: str | None, words: str
) -> None:
    root = committed_shop(tmp_path / "shop")
    if path == ".git":
        (root / path).rename(tmp_path / "moved")
    (root / path).unlink(missing_ok=True)
    if text is not None:
        (root / path).write_text(text)
    with opened(root) as project:
        status = project.git.status()
        assert words in status.headline, status
        assert not status.has_repository
        with pytest.raises(GitError, match=re.escape(words)):
            project.git.commit("x")
        project.flows[KEY].nodes["basket"].label = "Cart"
        assert project.save() == [FLOW]


def test_a_rebase_in_progress_is_told_and_aborted(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    run_git(root, "switch", "-qc", "side")
    change(root, "label: Basket", "label: Cart")
    run_git(root, "commit", "-qam", "Cart")
    run_git(root, "switch", "-q", "main")
    change(root, "label: Basket", "label: Trolley")
    run_git(root, "commit", "-qam", "Trolley")
    with pytest.raises(Exception, match="rebase"):
        run_git(root, "rebase", "-q", "side")
    assert "git rebase --continue" in notice(root, "rebase")
    with opened(root) as project:
        with pytest.raises(GitError, match="A rebase is in progress"):
            project.git.commit("x")
        project.git.abort()
        assert project.git.status().headline == "on main"


def test_a_work_tree_of_another_folder(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    run_git(root, "worktree", "add", "-q", "../side")
    side = tmp_path / "side"
    assert str(root) in notice(side, "worktree")
    trusting(side)  # its settings lie elsewhere
    change(side, "label: Basket", "label: Cart")
    with opened(side) as project:
        project.git.stage()
        project.git.commit("Beside")
        assert project.git.history(KEY)[0].subject == "Beside"
    assert run_git(root, "log", "-1", "--format=%s") == "The shop"


def test_a_submodule_says_that_the_outer_repository_follows(tmp_path: Path) -> None:
    inner = committed_shop(tmp_path / "inner")
    outer = tmp_path / "outer"
    outer.mkdir()
    run_git(outer, "init", "-q")
    run_git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner), "shop")
    words = notice(outer / "shop", "submodule")
    assert words.startswith(f"This is a submodule of {outer}.")
    trusting(outer / "shop")
    change(outer / "shop", "label: Basket", "label: Cart")
    with opened(outer / "shop") as project:
        project.git.stage()
        assert project.git.commit("Inside").files == (FLOW,)


def test_a_design_in_a_folder_of_a_repository_sees_only_its_own(tmp_path: Path) -> None:
    root = write_shop(tmp_path / "whole/designs/shop")
    other = write_shop(tmp_path / "whole/designs/other")
    whole = tmp_path / "whole"
    commit_first(whole, "Both")
    change(root, "label: Basket", "label: Cart")
    change(other, "label: Basket", "label: Trolley")
    run_git(whole, "add", "-A")
    with opened(root) as project:
        assert [file.path for file in project.git.status().staged] == [FLOW]
        assert project.git.commit("Mine alone").left_staged == 1
        assert project.git.history(KEY)[0].words == ("node “Cart”: label “Basket” → “Cart”",)
        project.git.restore(KEY, "HEAD~1")
        assert project.flows[KEY].nodes["basket"].label == "Basket"
    assert run_git(whole, "status", "--porcelain") == f"M  designs/other/{FLOW}"


def test_a_hook_that_never_ends_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    hook(root, "pre-commit", f"(sleep 600; touch '{tmp_path}/late') & sleep 600")
    with pytest.raises(GitError, match="was stopped after"):
        ActingGit(root, limit=0.5).ask("commit", "--allow-empty", "--message=x")
    assert run_git(root, "rev-list", "--count", "HEAD") == "1"


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg"])
def test_a_hook_that_refuses_is_quoted_as_a_hook(tmp_path: Path, name: str) -> None:
    root = committed_shop(tmp_path / "shop")
    hook(root, name, "echo 'error: name a ticket' >&2; exit 1")
    trusting(root)
    assert refusal(root) == (
        "A hook of the repository refuses the commit. It says:\nerror: name a ticket"
    )


def test_a_hook_may_change_what_is_committed(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    hook(root, "pre-commit", f"sed -i 's/Cart/Wagon/' {FLOW} && git add {FLOW}")
    trusting(root)
    with opened(root) as project:
        project.flows[KEY].nodes["basket"].label = "Cart"
        project.save()
        project.git.stage()
        project.git.commit("Cart")
        assert project.flows[KEY].nodes["basket"].label == "Wagon"
    assert run_git(root, "status", "--porcelain") == ""
