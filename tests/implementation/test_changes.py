"""Which files a run has changed: apart from a person's own, committed or not, and no rubbish."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ddd_lab.implementation.runs.changes import WorkTree

Write = Callable[[str, str], None]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of the project."""

    def written(path: str, text: str) -> None:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)

    return written


def run_git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def commit_all(folder: Path) -> None:
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-qm", "all of it")


@pytest.mark.parametrize("git", [True, False], ids=["with Git", "without Git"])
def test_a_persons_own_changes_are_told_apart(tmp_path: Path, write: Write, *, git: bool) -> None:
    write("src/a.py", "a\n")
    write("src/b.py", "b\n")
    write("specs/system.yaml", "system: {}\n")
    if git:
        run_git(tmp_path, "init", "-q")
        commit_all(tmp_path)
    write("src/b.py", "b, changed by hand\n")
    write("mine.txt", "mine\n")
    tree = WorkTree(tmp_path)
    before, commit = tree.present(), tree.commit()
    write("src/a.py", "a, changed by the run\n")
    write("src/ü new.py", "new\n")
    write("specs/system.yaml", "system: {name: x}\n")
    write(".ddd/runs/x/run.json", "{}")
    assert tree.changed_since(before, commit) == ("src/a.py", "src/ü new.py")
    write("src/b.py", "b, changed by both\n")
    assert "src/b.py" in tree.changed_since(before, commit)


@pytest.mark.parametrize("inside", ["", "deep/below"], ids=["a repository", "a part of one"])
@pytest.mark.parametrize("first", [True, False], ids=["from the first commit on", "later"])
def test_what_was_committed_since_has_changed(tmp_path: Path, inside: str, *, first: bool) -> None:
    root = tmp_path / inside
    (root / "src").mkdir(parents=True)
    (root / "src/old.py").write_text("old\n")
    run_git(tmp_path, "init", "-q")
    if not first:
        commit_all(tmp_path)
    (root / "mine.txt").write_text("mine\n")
    tree = WorkTree(root)
    before, commit = tree.present(), tree.commit()
    (root / "src/ü new.py").write_text("new\n")
    (tmp_path / "elsewhere.txt").write_text("x\n")
    commit_all(tmp_path)
    assert set(tree.changed_since(before, commit)) - {"elsewhere.txt"} == {"src/ü new.py"}
    (root / "src/ü new.py").write_text("newer\n")
    (root / "src/old.py").write_text("new\n")
    changed = {"src/old.py", "src/ü new.py"}
    assert set(tree.changed_since(before, commit)) - {"elsewhere.txt"} == changed
    assert set(tree.changed_since(before, "0" * 40)) == changed, "of a commit that is gone"


@pytest.mark.parametrize("git", [True, False], ids=["with Git", "without Git"])
def test_what_tools_make_is_no_code(tmp_path: Path, write: Write, *, git: bool) -> None:
    if git:
        run_git(tmp_path, "init", "-q")
    tree = WorkTree(tmp_path)
    before, commit = tree.present(), tree.commit()
    for path in (
        "src/__pycache__/a.cpython-311.pyc",
        "src/b.pyc",
        "web/node_modules/left-pad/index.js",
        "tools/my-env/pyvenv.cfg",
        "tools/my-env/lib/site.py",
        ".venv/lib/site.py",
        ".pytest_cache/v/cache/lastfailed",
        ".coverage",
        "src/a.py",
        "src/environment.py",
    ):
        write(path, "x\n")
    assert tree.changed_since(before, commit) == ("src/a.py", "src/environment.py")
