"""Real projects, edited through the model: every file keeps every byte that it need not lose."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ddd_lab.files.documents.document import Document, same_model
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.nodes import (
    EditError,
    add_node,
    connect,
    move_nodes,
    remove_nodes,
    set_value,
)
from ddd_lab.spec.models.flow import FlowData
from tests.corpus import corpus_files
from tests.files.projects import changed_lines

FLOWS = corpus_files("*/specs/domains/*/flows/*.yaml")


def opened(path: Path) -> Document:
    parts = path.parts
    start = len(parts) - 1 - parts[::-1].index("specs")
    document = Document("/".join(parts[start:]))
    document.load(path.read_bytes())
    return document


def after(document: Document, flow: FlowData) -> tuple[str, Document]:
    """The text for an edited flow, and the document as another program would read it."""
    from ddd_lab.files.documents.document import Version

    document.version = Version(flow)
    text = document.text()
    again = Document(document.path)
    again.load(text.encode())
    document.version = document.saved
    assert again.version is not None
    assert same_model(again.version.model, flow), "what is read back is not what was meant"
    return text, again


def readable(paths: list[Path]) -> Iterator[tuple[Path, Document, FlowData, str]]:
    for path in paths:
        document = opened(path)
        if document.version is not None:
            yield path, document, document.version.model, path.read_bytes().decode()


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: f"{path.parts[-4]}-{path.stem}")
def test_every_edit_of_a_real_flow_changes_only_its_own_lines(path: Path) -> None:
    for _, document, flow, text in readable([path]):
        assert document.text() == text, "opening changed the text"
        for node in flow.all_nodes():
            relabelled, _ = after(document, set_value(flow, node.id, ("label",), "A new label"))
            removed = [line for line in changed_lines(text, relabelled) if line[0] == "-"]
            added = [line for line in changed_lines(text, relabelled) if line[0] == "+"]
            assert len(added) == 1
            assert len(removed) <= 1

            moved, _ = after(document, move_nodes(flow, {node.id: (12, 34)}))
            lines = changed_lines(text, moved)
            assert len(lines) <= 4, "a move is x and y"
            assert all("x" in line or "y" in line or "position" in line for line in lines)


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: f"{path.parts[-4]}-{path.stem}")
def test_a_node_added_with_an_edge_and_removed_later_leaves_no_trace(path: Path) -> None:
    for _, document, flow, text in readable([path]):
        for node in flow.all_nodes():
            grown, added = add_node(flow, "process", label="Another step", position=(10, 20))
            try:
                grown = connect(grown, node.id, added.id)
            except EditError:
                continue
            new_text, again = after(document, grown)
            gone = [line for line in changed_lines(text, new_text) if line[0] == "-"]
            assert len(gone) <= 1, "adding touched lines of others"
            assert again.version is not None
            back, _ = after(again, remove_nodes(again.version.model, [added.id]))
            assert back == text


def test_saving_unedited_projects_writes_nothing(corpus: Path, tmp_path: Path) -> None:
    for project in sorted(corpus.iterdir()):
        if not (project / "specs").is_dir():
            continue
        copy = Path(shutil.copytree(project, tmp_path / project.name))
        times = {file: file.stat().st_mtime_ns for file in copy.rglob("*") if file.is_file()}
        workspace = Workspace(copy)
        for path in list(workspace.documents):
            workspace.document(path)
        assert workspace.save() == []
        assert {f: f.stat().st_mtime_ns for f in copy.rglob("*") if f.is_file()} == times
