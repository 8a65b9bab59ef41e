"""What is on disk while files move: both or the new one, never none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ddd_lab.files.disk import storage
from ddd_lab.files.workspace.saving import SaveError
from ddd_lab.project import Project
from tests.files.refactor.bakery import bakery, contents, opened

OLD = "specs/domains/orders/flows/take-order.yaml"
NEW = "specs/domains/orders/flows/note-order.yaml"


def test_the_new_file_is_there_before_the_old_one_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = opened(tmp_path)
    seen: list[tuple[bool, bool]] = []
    write = storage.write

    def watched(root: Path, path: str, content: bytes, **more: Any) -> None:
        write(root, path, content, **more)
        if path.startswith("specs/"):
            seen.append(((tmp_path / OLD).exists(), (tmp_path / NEW).exists()))

    monkeypatch.setattr("ddd_lab.files.disk.storage.write", watched)
    project.workbench.rename_flow("orders/take-order", "Note Order")
    project.save()
    assert seen
    assert all(old for old, _ in seen)
    assert seen[-1] == (True, True)
    assert not (tmp_path / OLD).exists()
    assert (tmp_path / NEW).exists()


def test_the_old_file_stays_where_the_new_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = opened(tmp_path)
    write = storage.write

    def full(root: Path, path: str, content: bytes, **more: Any) -> None:
        if path.endswith("note-order.yaml"):
            raise OSError(28, "No space left on device")
        write(root, path, content, **more)

    monkeypatch.setattr("ddd_lab.files.disk.storage.write", full)
    project.workbench.rename_flow("orders/take-order", "Note Order")
    with pytest.raises(SaveError) as failure:
        project.save()
    assert set(failure.value.failed) == {OLD, NEW}
    assert "is kept" in failure.value.failed[OLD]
    assert (tmp_path / OLD).exists()
    monkeypatch.undo()
    assert project.save() == [NEW, OLD]


@pytest.mark.parametrize("path", [OLD, NEW])
def test_saving_one_half_of_a_move_saves_both(tmp_path: Path, path: str) -> None:
    project = opened(tmp_path)
    project.workbench.rename_flow("orders/take-order", "Note Order")
    assert project.save([path]) == [NEW, OLD]
    project.undo()
    assert set(project.save([OLD])) >= {OLD, NEW}
    assert (tmp_path / OLD).exists()
    assert not (tmp_path / NEW).exists()


def test_undo_after_saving_brings_every_byte_back(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.flows["orders/take-order"].nodes["tell"].label = "One"
    project.flows["orders/take-order"].nodes["tell"].label = "Two"
    before = contents(tmp_path)
    project.workbench.rename_flow("orders/take-order", "Note Order")
    project.save()
    for _ in range(3):
        project.undo()
        project.save()
        text = (tmp_path / OLD).read_text()
        assert text.startswith("# The counter.")
        assert "# warm" in text
    assert contents(tmp_path) == before


def test_a_moved_file_keeps_its_encoding_and_permissions(tmp_path: Path) -> None:
    path = bakery(tmp_path) / OLD
    path.write_text(path.read_text(), encoding="utf-16")
    path.chmod(0o750)
    before = contents(tmp_path)
    project = Project(tmp_path, watch=False)
    project.workbench.rename_flow("orders/take-order", "Note Order")
    project.save()
    assert (tmp_path / NEW).stat().st_mode & 0o777 == 0o750
    assert "id: note-order" in (tmp_path / NEW).read_text(encoding="utf-16")
    project.undo()
    project.save()
    assert contents(tmp_path) == before


def test_a_flow_renamed_to_a_deleted_one_keeps_its_own_text(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.workbench.delete_flow("orders/cancel-order")
    project.workbench.rename_flow("orders/take-order", "Cancel Order")
    project.save()
    text = (tmp_path / "specs/domains/orders/flows/cancel-order.yaml").read_text()
    assert text.startswith("# The counter.")
    assert "id: cancel-order" in text
