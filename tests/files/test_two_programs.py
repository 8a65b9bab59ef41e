"""Two programs that have the same project open, and write it at the same time."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.files.disk import locks, storage
from ddd_lab.files.edit.design_workspace import DesignWorkspace
from ddd_lab.files.workspace.saving import SaveError
from tests.files.projects import FLOW_PATH, GUIDE_FLOW, flow_of, small_project
from tests.patience import PATIENCE

MAPPING = ".ddd/mapping.yaml"


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object], times: int = 1) -> None:
    """Let something happen in the middle of writing: after the comparison, before the rename."""
    sync, left = os.fsync, [times]

    def interrupted(descriptor: int) -> None:
        sync(descriptor)
        if left[0]:
            left[0] -= 1
            act()

    monkeypatch.setattr("os.fsync", interrupted)


def with_(more: dict[str, int], data: dict[str, int]) -> dict[str, int]:
    return data | more


def append(path: Path, line: str) -> None:
    with path.open("a") as file:
        file.write(line)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_project(tmp_path)
    with locks.locked(root, "save"):  # its folder is made: from now on only files are written
        return root


def test_a_line_that_is_written_in_the_middle_of_a_save_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = DesignWorkspace(root)
    flow_of(workspace).nodes["charge"].spec.timeout = 60
    meanwhile(monkeypatch, lambda: append(root / FLOW_PATH, "# theirs\n"))
    assert workspace.save() == [FLOW_PATH]
    text = (root / FLOW_PATH).read_text()
    assert "timeout: 60   # seconds" in text
    assert text.endswith("# theirs\n")
    assert workspace.dirty == set()


def test_a_clash_in_the_middle_of_a_save_is_a_conflict(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = DesignWorkspace(root)
    flow_of(workspace).nodes["charge"].spec.timeout = 60
    theirs = GUIDE_FLOW.replace("timeout: 30", "timeout: 45")
    meanwhile(monkeypatch, lambda: (root / FLOW_PATH).write_text(theirs))
    with pytest.raises(SaveError, match="node charge spec timeout"):
        workspace.save()
    assert (root / FLOW_PATH).read_text() == theirs
    assert list(workspace.conflicts) == [FLOW_PATH]


def test_a_program_that_never_stops_writing_cannot_make_a_save_wait_for_ever(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = DesignWorkspace(root)
    flow_of(workspace).nodes["charge"].spec.timeout = 60
    meanwhile(monkeypatch, lambda: append(root / FLOW_PATH, "# again\n"), times=10_000)
    with pytest.raises(SaveError, match="other programs keep changing it; save again"):
        workspace.save()
    assert workspace.dirty == {FLOW_PATH}


def test_a_file_that_changes_before_it_would_be_removed_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = DesignWorkspace(root)
    workspace.change({FLOW_PATH: None}, "delete")
    remove = storage.remove

    def late(root: Path, path: str, **expected: Any) -> None:
        append(root / path, "# theirs\n")
        remove(root, path, **expected)

    monkeypatch.setattr(storage, "remove", late)
    with pytest.raises(SaveError, match="removed here"):
        workspace.save()
    assert (root / FLOW_PATH).read_text() == f"{GUIDE_FLOW}# theirs\n"


def test_a_new_file_is_not_written_over_one_that_came_meanwhile(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = DesignWorkspace(root)
    path = "specs/shared/errors.yaml"
    workspace.edit_data(path, lambda _: {"mine": 1}, "begin")

    def theirs() -> None:
        (root / path).write_text("theirs: 2\n")

    meanwhile(monkeypatch, theirs)
    assert workspace.save() == [path]
    assert (root / path).read_text() == "mine: 1\ntheirs: 2\n"


def test_the_mapping_keeps_what_was_written_in_the_middle(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = DesignWorkspace(root)
    (root / MAPPING).write_text("flows: {}\n")
    meanwhile(monkeypatch, lambda: append(root / MAPPING, "theirs: 1\n"))
    workspace.rewrite(MAPPING, lambda data: {**data, "mine": 2})
    assert (root / MAPPING).read_text() == "flows: {}\ntheirs: 1\nmine: 2\n"


def test_a_save_waits_for_another_program_and_says_so_where_that_takes_too_long(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ddd_lab.files.workspace.saving._PATIENCE", 0.1)
    workspace = DesignWorkspace(root)
    flow_of(workspace).nodes["charge"].spec.timeout = 60
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with locks.locked(root, "save"):
            held.set()
            free.wait()

    other = threading.Thread(target=hold)
    other.start()
    held.wait()
    with pytest.raises(SaveError, match=r"another program has been writing for 0\.1 seconds"):
        workspace.save()
    with pytest.raises(OSError, match="another program has been writing"):
        workspace.rewrite(MAPPING, lambda data: {**data, "mine": 2})
    free.set()
    other.join()
    assert workspace.save() == [FLOW_PATH]


def test_threads_that_edit_and_save_one_project_never_wait_for_each_other_in_a_ring(
    root: Path,
) -> None:
    workspace = DesignWorkspace(root)
    done: list[int] = []

    def busy(number: int) -> None:
        for turn in range(20):
            count = {f"n{number}": turn}
            workspace.change({f"specs/shared/file{number}.yaml": count}, "count")
            workspace.save()
            workspace.rewrite(MAPPING, partial(with_, count))
            workspace.reload()
        done.append(number)

    threads = [threading.Thread(target=busy, args=(number,), daemon=True) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    workspace.save()
    assert sorted(done) == [0, 1, 2, 3]
    for number in range(4):
        assert (root / f"specs/shared/file{number}.yaml").read_text() == f"n{number}: 19\n"
        assert f"n{number}: 19\n" in (root / MAPPING).read_text()


def test_an_edit_in_another_thread_in_the_middle_of_a_save_is_still_unsaved_after_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = DesignWorkspace(root)
    flow = flow_of(workspace)
    flow.nodes["charge"].spec.timeout = 60
    started: list[threading.Thread] = []

    def edit() -> None:
        thread = threading.Thread(target=lambda: setattr(flow.nodes["receipt"], "label", "Late"))
        thread.start()
        started.append(thread)

    meanwhile(monkeypatch, edit)
    workspace.save()
    started[0].join()
    assert workspace.dirty == {FLOW_PATH}
    workspace.save()
    assert "label: 'Late'" in (root / FLOW_PATH).read_text()


@pytest.mark.parametrize("what", ["file", "link"])
def test_where_the_lock_cannot_be_made_the_words_say_so(tmp_path: Path, what: str) -> None:
    root = small_project(tmp_path)
    if what == "file":
        (root / ".ddd").write_text("")
    else:
        (tmp_path / "elsewhere").mkdir()
        (root / ".ddd").symlink_to(tmp_path / "elsewhere")
    workspace = DesignWorkspace(root)
    flow_of(workspace).nodes["charge"].spec.timeout = 60
    with pytest.raises(SaveError, match=r"\.ddd") as caught:
        workspace.save()
    assert list(caught.value.failed) == [FLOW_PATH]
    assert (root / FLOW_PATH).read_text() == GUIDE_FLOW
