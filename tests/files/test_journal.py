"""A save of several files is one whole, whatever happens in the middle of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ddd_lab.files.disk import storage
from ddd_lab.files.edit.design_workspace import DesignWorkspace
from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.cli.program import started
from tests.files.projects import FLOW_PATH, GUIDE_FLOW, SYSTEM_PATH, flow_of, small_project
from tests.patience import PATIENCE

JOURNALS = ".ddd/journal"


class Killed(BaseException):
    """Ends a save as a kill would: nothing is tidied up after it."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_project(tmp_path)


def cut_off(
    root: Path, monkeypatch: pytest.MonkeyPatch, after: int, name: str = "write"
) -> dict[str, bytes]:
    """Change two files and kill the save after so many files of it; returns what is wanted."""
    workspace = DesignWorkspace(root)
    flow_of(workspace).nodes["charge"].spec.timeout = 60
    workspace.edit_data(SYSTEM_PATH, lambda data: {**data, "note": "new"}, "note")
    wanted = {path: workspace.documents[path].encoded() for path in (FLOW_PATH, SYSTEM_PATH)}
    really, left = storage.write, [after]

    def write(root: Path, path: str, content: bytes, **more: object) -> None:
        if path.startswith("specs/"):
            if not left[0]:
                raise Killed
            left[0] -= 1
        really(root, path, content, **more)  # type: ignore[arg-type]  # handed on as they came

    with monkeypatch.context() as patch:
        patch.setattr(storage, "write", write)
        with pytest.raises(Killed):
            workspace.save()
    return wanted


def journals(root: Path) -> list[str]:
    return sorted(path.name for path in (root / JOURNALS).iterdir() if path.name[0] != ".")


def told(workspace: DesignWorkspace) -> list[str]:
    return [f"{problem.rule}: {problem.message}" for problem in workspace.cut_off]


def forget_whose(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From now on this is another person."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "somebody-else"))


@pytest.mark.parametrize("after", [0, 1])
def test_a_save_that_was_cut_off_is_finished_at_the_next_opening_and_said(
    root: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    wanted = cut_off(root, monkeypatch, after)
    project = Project(root, watch=False)
    assert {path: (root / path).read_bytes() for path in wanted} == wanted
    [problem] = [one for one in project.problems if one.rule == "save.finished"]
    assert problem.severity == "info"
    assert "A save of 2 files was cut off" in problem.message
    assert "as it was to be saved" in problem.message
    assert "cut off" in told(DesignWorkspace(root))[0], "until the next save, whoever looks first"
    flow_of(project.workbench).nodes["charge"].spec.timeout = 61
    project.save()
    assert not journals(root)
    assert not [one for one in project.problems if one.rule.startswith("save.")]


def dead_program() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as program:
        program.wait()
        return program.pid


def test_a_save_that_was_cut_off_before_its_first_file_is_said_to_be_as_before(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(root, monkeypatch, 0)
    [name] = journals(root)
    begun = root / JOURNALS / f".{name}.{dead_program()}-1.ddd-tmp"
    (root / JOURNALS / name).rename(begun)
    workspace = DesignWorkspace(root)
    assert (root / FLOW_PATH).read_text() == GUIDE_FLOW
    [said] = told(workspace)
    assert said.startswith("save.finished")
    assert "the design is as it was before" in said
    assert begun.exists()
    flow_of(workspace).nodes["charge"].spec.timeout = 61
    workspace.save()
    assert not begun.exists()
    assert not workspace.cut_off


def test_the_shell_and_the_canvas_say_that_a_save_was_finished(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(root, monkeypatch, 1)
    done = started("check", root)
    assert "info: A save of 2 files was cut off" in done.stdout
    assert done.returncode == started("check", small_project(root.parent / "another")).returncode
    screen = Screen(Project(root, watch=False), "payments")
    screen.ask("problems")
    assert [one["rule"] for one in screen.problems if one["rule"].startswith("save.")] == [
        "save.finished"
    ]


def test_a_save_finishes_what_another_program_left(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_before = DesignWorkspace(root)
    flow_of(open_before).nodes["receipt"].label = "Here"
    cut_off(root, monkeypatch, 1)
    open_before.save()
    said = (root / FLOW_PATH).read_text()
    assert "label: 'Here'" in said
    assert "timeout: 60" in said
    assert "note: new" in (root / SYSTEM_PATH).read_text()
    system = open_before.model(SYSTEM_PATH)
    assert system is not None
    assert system["note"] == "new"
    assert "has been finished since" in told(open_before)[0]


def test_what_was_changed_since_is_not_written_over(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(root, monkeypatch, 1)
    half = {path: (root / path).read_bytes() for path in (FLOW_PATH, SYSTEM_PATH)}
    newer = next(path for path, raw in half.items() if b"60" not in raw and b"note" not in raw)
    (root / newer).write_bytes(half[newer] + b"# newer\n")
    workspace = DesignWorkspace(root)
    assert (root / newer).read_bytes() == half[newer] + b"# newer\n"
    [said] = told(workspace)
    assert said.startswith("save.unfinished: A save of 2 files was cut off")
    assert f"changed since: {newer!r}" in said
    (root / newer).write_bytes(half[newer])
    assert "save.unfinished" in told(DesignWorkspace(root))[0], (
        "set aside: only a person finishes it"
    )
    assert (root / newer).read_bytes() == half[newer]
    assert workspace.finish_saves() == [newer]
    assert not journals(root)
    assert not workspace.cut_off


def test_a_journal_of_somebody_else_is_only_shown(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = cut_off(root, monkeypatch, 1)
    forget_whose(monkeypatch, tmp_path)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    workspace = DesignWorkspace(root)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    [said] = told(workspace)
    assert "by another person, on another computer or in another folder" in said
    assert "project.finish_saves()" in said
    flow_of(workspace).nodes["receipt"].label = "Mine"
    workspace.save([FLOW_PATH])
    assert journals(root), "a save of something else does not finish it"
    workspace.finish_saves()
    assert not journals(root)
    assert (root / SYSTEM_PATH).read_bytes() == wanted[SYSTEM_PATH]
    assert "label: 'Mine'" in (root / FLOW_PATH).read_text()


def test_a_journal_can_be_dropped(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(root, monkeypatch, 0)
    forget_whose(monkeypatch, tmp_path)
    workspace = DesignWorkspace(root)
    workspace.drop_saves()
    assert not journals(root)
    assert not workspace.cut_off
    assert (root / FLOW_PATH).read_text() == GUIDE_FLOW


def test_a_journal_is_known_only_in_the_folder_that_it_was_written_in(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(root, monkeypatch, 0)
    shutil.copytree(root, tmp_path / "copy", ignore=shutil.ignore_patterns("copy"))
    workspace = DesignWorkspace(tmp_path / "copy")
    assert "by another person" in told(workspace)[0]
    assert (tmp_path / "copy" / FLOW_PATH).read_text() == GUIDE_FLOW


def test_a_journal_that_was_touched_is_nobodys(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_off(root, monkeypatch, 0)
    [name] = journals(root)
    path = root / JOURNALS / name
    path.write_bytes(path.read_bytes().replace(b"timeout: 60", b"timeout: 66"))
    workspace = DesignWorkspace(root)
    assert (root / FLOW_PATH).read_text() == GUIDE_FLOW
    with pytest.raises(ValueError, match="not the one that was written"):
        workspace.finish_saves()
    assert (root / FLOW_PATH).read_text() == GUIDE_FLOW
    assert (root / SYSTEM_PATH).read_text() == small_project(root.parent / "again").joinpath(
        SYSTEM_PATH
    ).read_text()


def head(**changes: object) -> bytes:
    file = {"path": FLOW_PATH, "before": None, "after": None, "like": "", "size": 0} | changes
    made = {"ddd_journal": 1, "at": "2026-11-30T20:00:00+00:00", "files": [file]}
    return json.dumps(made).encode() + b"\n"


def outside(root: Path) -> bytes:
    (root.parent / "outside.yaml").write_text("kept\n")
    return head(path="../outside.yaml")


HOSTILE: dict[str, Callable[[Path], bytes]] = {
    "outside": outside,
    "outside through specs": lambda _: head(path="specs/../../outside.yaml"),
    "absolute": lambda _: head(path="/etc/outside.yaml"),
    "no file of the design": lambda _: head(path="README.md"),
    "hooks": lambda _: head(path=".git/hooks/pre-commit"),
    "permissions of another": lambda _: head(like="../../etc/shadow"),
    "a size below nothing": lambda _: head(size=-1),
    "a size without end": lambda _: head(size=10**18),
    "no digest": lambda _: head(after="yes"),
    "no list": lambda _: b'{"ddd_journal": 1, "at": "", "files": {}}\n',
    "no JSON": lambda _: b"\x00\xff\n",
    "empty": lambda _: b"",
    "deep": lambda _: b"[" * 1_000_000,
    "a moment of control characters": lambda _: head().replace(b"2026-11-30", b"\\u001b[31m"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_journal_writes_nothing_and_is_said(tmp_path: Path, kind: str) -> None:
    root = small_project(tmp_path / "project")
    journal = root / JOURNALS / f"{'ab' * 16}.journal"
    journal.parent.mkdir(parents=True)
    journal.write_bytes(HOSTILE[kind](root))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    workspace = DesignWorkspace(root)
    [said] = told(workspace)
    assert said.startswith("save.unfinished: This is the journal of a save that was cut off")
    assert said.isprintable()
    with pytest.raises(ValueError, match="it "):
        workspace.finish_saves()
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {path: raw for path, raw in after.items() if "locks" not in path.parts} == before
    workspace.drop_saves()
    assert not journal.exists()


def test_a_hostile_journal_through_a_linked_file_writes_nothing_outside(tmp_path: Path) -> None:
    root = small_project(tmp_path / "project")
    secret = tmp_path / "secret.yaml"
    secret.write_text("kept\n")
    (root / "specs/shared").mkdir()
    (root / "specs/shared/errors.yaml").symlink_to(secret)
    journal = root / JOURNALS / f"{'ab' * 16}.journal"
    journal.parent.mkdir(parents=True)
    journal.write_bytes(head(path="specs/shared/errors.yaml"))
    workspace = DesignWorkspace(root)
    assert told(workspace)
    with pytest.raises(OSError, match="outside the project"):
        workspace.finish_saves()
    assert secret.read_text() == "kept\n"


@pytest.mark.parametrize("kind", ["link", "pipe", "folder", "linked folder"])
def test_a_journal_that_is_no_file_is_said_and_holds_nothing_up(tmp_path: Path, kind: str) -> None:
    root = small_project(tmp_path / "project")
    journal = root / JOURNALS / f"{'ab' * 16}.journal"
    if kind == "linked folder":
        (tmp_path / "elsewhere").mkdir()
        (root / ".ddd").mkdir()
        (root / JOURNALS).symlink_to(tmp_path / "elsewhere")
    else:
        journal.parent.mkdir(parents=True)
    if kind == "link":
        (tmp_path / "elsewhere").write_bytes(head())
        journal.symlink_to(tmp_path / "elsewhere")
    elif kind == "pipe":
        os.mkfifo(journal)
    elif kind == "folder":
        journal.mkdir()
    workspace = DesignWorkspace(root)
    assert told(workspace)[0].startswith("save.unfinished")
    assert (root / FLOW_PATH).read_text() == GUIDE_FLOW


def test_two_programs_that_open_at_once_finish_a_save_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = cut_off(root, monkeypatch, 1)
    script = (
        "from ddd_lab.files.workspace.workspace import Workspace;"
        f"print(Workspace({str(root)!r}).cut_off)"
    )
    openers = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for opener in openers:
        said, _ = opener.communicate(timeout=PATIENCE)
        assert "has been finished since" in said
    assert {path: (root / path).read_bytes() for path in wanted} == wanted


def test_a_look_leaves_everything_and_a_save_clears_what_dead_programs_left(root: Path) -> None:
    dead = dead_program()
    left = [
        root / folder / f".any.yaml.{dead}-1.ddd-tmp"
        for folder in ("specs", "specs/domains/payments", "specs/domains/payments/flows")
    ]
    alive = root / f"specs/.any.yaml.{os.getppid()}-1.ddd-tmp"
    for path in (*left, alive):
        path.write_text("half")
    workspace = DesignWorkspace(root)
    assert all(path.exists() for path in left)
    flow_of(workspace).nodes["charge"].spec.timeout = 60
    workspace.save()
    assert not any(path.exists() for path in left)
    assert alive.exists()


def test_a_save_of_one_file_needs_no_journal(root: Path) -> None:
    workspace = DesignWorkspace(root)
    flow_of(workspace).nodes["charge"].spec.timeout = 60
    workspace.save()
    assert not (root / JOURNALS).exists()


def test_a_disk_that_is_full_for_the_journal_leaves_all_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = DesignWorkspace(root)
    flow_of(workspace).nodes["charge"].spec.timeout = 60
    workspace.edit_data(SYSTEM_PATH, lambda data: {**data, "note": "new"}, "note")
    really = storage.write

    def full(root: Path, path: str, content: bytes, **more: object) -> None:
        if path.endswith(".journal"):
            raise OSError(28, "No space left on device")
        really(root, path, content, **more)  # type: ignore[arg-type]  # handed on as they came

    with monkeypatch.context() as patch:
        patch.setattr(storage, "write", full)
        with pytest.raises(OSError, match="the disk is full") as caught:
            workspace.save()
    assert set(caught.value.failed) == {FLOW_PATH, SYSTEM_PATH}  # type: ignore[attr-defined]  # a SaveError
    assert (root / FLOW_PATH).read_text() == GUIDE_FLOW
    assert workspace.save() == [FLOW_PATH, SYSTEM_PATH]
