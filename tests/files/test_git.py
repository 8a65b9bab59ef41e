"""Git, asked about a project that somebody else made: nothing of theirs runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ddd_lab.files.disk.git import Git, GitError
from ddd_lab.files.workspace.snapshot import EarlierVersions, file_at_revision, revision_snapshot
from ddd_lab.git.history import read_history
from ddd_lab.git.status import read_status
from ddd_lab.implementation.runs.changes import WorkTree

FLOW = "specs/domains/orders/flows/place.yaml"
COMMIT = """tree {tree}
author T <t@example.org> 1700000000 +0000
committer T <t@example.org> 1700000000 +0000
gpgsig -----BEGIN PGP SIGNATURE-----
 Version: 1
 iQEzBAABCAAdFiEE
 -----END PGP SIGNATURE-----

signed
"""


def run_git(folder: Path, *words: str, given: str | None = None) -> str:
    done = subprocess.run(
        ["git", *words], cwd=folder, check=True, capture_output=True, text=True, input=given
    )
    return done.stdout.strip()


class Hostile:
    """A repository whose settings name a program wherever Git would start one.

    Args:
        folder: in which it is made.
    """

    def __init__(self, folder: Path) -> None:
        self.root = folder / "project"
        self._traps = folder / "traps"
        self._marks = folder / "ran"
        for made in (self.root / "specs/domains/orders/flows", self._traps, self._marks):
            made.mkdir(parents=True)
        self._build()
        self._arm(self.root)
        self._arm(self.root / "vendored")
        for file in (self.root / FLOW, self.root / "vendored/code.py"):
            file.write_text(file.read_text().replace("o", "O"))  # as long as before

    @property
    def ran(self) -> list[str]:
        """Which of the programs have run."""
        return sorted(mark.name for mark in self._marks.iterdir())

    def trap(self, name: str) -> str:
        """A program that leaves a mark of that name when it runs; returns its path."""
        script = self._traps / name
        script.write_text(f"#!/bin/sh\ntouch '{self._marks / name}'\ncat\n")
        script.chmod(0o755)
        return str(script)

    def _build(self) -> None:
        inner = self.root / "vendored"
        inner.mkdir()
        (inner / "code.py").write_text("code\n")
        (self.root / FLOW).write_text("flow: {}\n")
        (self.root / ".gitattributes").write_text("*.yaml filter=theirs diff=theirs\n")
        (self.root / ".gitmodules").write_text(
            '[submodule "vendored"]\n\tpath = vendored\n\turl = ./vendored\n'
        )
        for folder in (inner, self.root):
            run_git(folder, "init", "-q")
            run_git(folder, "add", "-A")
            run_git(folder, "commit", "-qm", "first")
        tree = run_git(self.root, "write-tree")
        signed = COMMIT.format(tree=tree)
        commit = run_git(self.root, "hash-object", "-w", "-t", "commit", "--stdin", given=signed)
        run_git(self.root, "reset", "-q", "--soft", commit)

    def _arm(self, folder: Path) -> None:
        hooks = self._traps / "hooks"
        hooks.mkdir(exist_ok=True)
        for hook in ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc"):
            (hooks / hook).write_text(Path(self.trap(f"hook-{hook}")).read_text())
            (hooks / hook).chmod(0o755)
        programs = {
            "core.fsmonitor": "fsmonitor",
            "core.pager": "pager",
            "core.sshCommand": "ssh",
            "core.gitProxy": "proxy",
            "core.askPass": "ask-pass",
            "core.alternateRefsCommand": "alternates",
            "core.editor": "editor",
            "credential.helper": "credentials",
            "diff.external": "diff-external",
            "diff.theirs.command": "diff-command",
            "diff.theirs.textconv": "diff-textconv",
            "merge.theirs.driver": "merge",
            "filter.theirs.clean": "filter-clean",
            "filter.theirs.smudge": "filter-smudge",
            "gpg.program": "gpg",
            "gpg.openpgp.program": "gpg",
            "pager.log": "pager-of-log",
            "pager.status": "pager-of-status",
            "alias.status": "alias",
        }
        for setting, name in programs.items():
            path = self.trap(name)
            run_git(folder, "config", setting, f"!{path}" if name == "alias" else path)
        plain = {
            "core.hooksPath": str(hooks),
            "diff.submodule": "diff",
            "filter.theirs.required": "true",
            "log.showSignature": "true",
            "protocol.allow": "always",
            "protocol.ext.allow": "always",
            "status.submoduleSummary": "true",
            "submodule.recurse": "true",
            "gc.auto": "1",
        }
        for setting, value in plain.items():
            run_git(folder, "config", setting, value)


@pytest.fixture
def hostile(tmp_path: Path) -> Hostile:
    return Hostile(tmp_path)


def look_for_changes(root: Path) -> None:
    tree = WorkTree(root)
    assert FLOW in Git(root).text("status", "--porcelain", "-z", "--", ".")
    tree.changed_since(tree.present(), tree.commit())


def look_at_earlier_versions(root: Path) -> None:
    assert list(EarlierVersions(root).of(FLOW)) == [b"flow: {}\n"]


def look_at_a_revision(root: Path) -> None:
    assert revision_snapshot(root, "HEAD")[FLOW] == b"flow: {}\n"
    assert file_at_revision(root, "HEAD", FLOW) == b"flow: {}\n"


def look_at_status_and_history(root: Path) -> None:
    assert FLOW in [file.path for file in read_status(root).changed]
    assert [version.subject for version in read_history(root, FLOW)] == ["signed"]


LOOKS = [
    *(look_for_changes, look_at_earlier_versions, look_at_a_revision),
    look_at_status_and_history,
]


@pytest.mark.parametrize("look", LOOKS)
def test_no_program_that_a_repository_names_is_started(
    hostile: Hostile, look: Callable[[Path], None]
) -> None:
    look(hostile.root)
    assert hostile.ran == []


@pytest.mark.parametrize(
    ("words", "program"),
    [
        (("status",), "fsmonitor"),
        (("-c", "core.fsmonitor=", "status"), "filter-clean"),
        (("status",), "hook-post-index-change"),
        (("log", "-1"), "gpg"),
        (("diff",), "diff-command"),
        (("log", "-p", "--no-ext-diff", "-2"), "diff-textconv"),
    ],
)
def test_git_left_to_itself_would_start_them(
    hostile: Hostile, words: tuple[str, ...], program: str
) -> None:
    subprocess.run(["git", *words], cwd=hostile.root, check=False, capture_output=True)
    assert program in hostile.ran, "or the test above shows nothing"


def test_a_filter_that_is_a_process_is_not_started(hostile: Hostile) -> None:
    trap = hostile.root.parent / "traps/filter-clean"
    for setting in ("filter.theirs.clean", "filter.theirs.smudge"):
        run_git(hostile.root, "config", "--unset", setting)
    run_git(hostile.root, "config", "filter.theirs.process", str(trap))
    look_for_changes(hostile.root)
    assert hostile.ran == []


def test_settings_that_are_included_count_as_the_repositorys_own(hostile: Hostile) -> None:
    trap = hostile.root.parent / "traps/filter-clean"
    (hostile.root / "more").write_text(f'[filter "Other One"]\n\tclean = {trap}\n')
    (hostile.root / ".gitattributes").write_text("*.yaml filter=Other\\ One\n*.py filter=theirs\n")
    run_git(hostile.root, "config", "include.path", "../more")
    look_for_changes(hostile.root)
    assert hostile.ran == []


def test_what_a_partial_clone_lacks_is_not_fetched(hostile: Hostile) -> None:
    trap = hostile.root.parent / "traps/ssh"
    for setting, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::{trap} %S",
    }.items():
        run_git(hostile.root, "config", setting, value)
    blob = run_git(hostile.root, "rev-parse", f"HEAD:{FLOW}")
    (hostile.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert list(EarlierVersions(hostile.root).of(FLOW)) == []
    with pytest.raises(ValueError, match="not fetched yet"):
        revision_snapshot(hostile.root, "HEAD")
    assert hostile.ran == []
    trap.write_text(trap.read_text().replace("cat\n", "exit 1\n"))
    subprocess.run(
        ["git", "cat-file", "-p", blob], cwd=hostile.root, check=False, capture_output=True
    )
    assert hostile.ran == ["ssh"], "or this shows nothing"


def test_a_look_changes_nothing_in_the_repository(hostile: Hostile) -> None:
    index = hostile.root / ".git/index"
    before = index.read_bytes()
    (hostile.root / ".gitattributes").touch()
    look_for_changes(hostile.root)
    assert index.read_bytes() == before


def test_variables_of_another_repository_do_not_lead_git_there(
    hostile: Hostile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    run_git(other, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / "index"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(tmp_path / "traps/diff-external"))
    for look in LOOKS:
        look(hostile.root)
    assert hostile.ran == []


@pytest.mark.parametrize("entry", ["", ".", "bin"])
def test_a_git_that_lies_in_the_project_is_not_found_where_path_leads_there(
    hostile: Hostile, entry: str
) -> None:
    for folder in (hostile.root, hostile.root / "bin"):
        folder.mkdir(exist_ok=True)
        for name in ("git", "env"):
            shutil.copy(hostile.trap(f"{name}-of-the-folder"), folder / name)
    code = f"""
from pathlib import Path
from ddd_lab.files.disk.git import Git
print(Git(Path({str(hostile.root)!r})).commit("HEAD"))
"""
    # GitPython runs Git once when it is imported, so the program must be a new one.
    asked = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=hostile.root,
        env={**os.environ, "PATH": f"{entry}:{os.environ['PATH']}", "GIT_PREFIX": "src/"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert hostile.ran == []
    assert asked.stdout.strip() == run_git(hostile.root, "rev-parse", "HEAD"), asked.stderr


def test_a_revision_is_never_an_option(hostile: Hostile) -> None:
    for revision in ("--output=x", "-h", "--exec=x", "HEAD\0", ""):
        with pytest.raises(ValueError, match="names no commit"):
            revision_snapshot(hostile.root, revision)
    assert not (hostile.root / "x").exists()


def test_a_folders_name_is_no_pattern(tmp_path: Path) -> None:
    for name in ("*", ":(top)", "--all"):
        file = tmp_path / name / "specs/system.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(f"name: '{name}'\n")
    run_git(tmp_path, "init", "-q")
    run_git(tmp_path, "add", "-A")
    run_git(tmp_path, "commit", "-qm", "all")
    for name in ("*", ":(top)", "--all"):
        root = tmp_path / name
        assert revision_snapshot(root, "HEAD") == {
            "specs/system.yaml": f"name: '{name}'\n".encode()
        }
        assert list(EarlierVersions(root).of("specs/system.yaml")) == [f"name: '{name}'\n".encode()]


def test_git_that_does_not_answer_is_given_up(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "-q")
    (tmp_path / ".git/config").unlink()
    os.mkfifo(tmp_path / ".git/config")
    git = Git(tmp_path, limit=0.5)
    with pytest.raises(GitError, match="has not answered"):
        git.prefix()
    (tmp_path / ".git/config").unlink()
    with pytest.raises(GitError, match="has not answered"):
        git.prefix()
    assert Git(tmp_path).prefix() == ""


def test_a_folder_that_is_gone_is_not_taken_for_the_one_at_hand(tmp_path: Path) -> None:
    with pytest.raises(GitError):
        Git(tmp_path / "gone").prefix()
