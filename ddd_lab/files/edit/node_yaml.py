"""One node as the lines of YAML that it has in its file, to read and to edit."""

from __future__ import annotations

import copy
import re
import textwrap
from dataclasses import dataclass
from typing import Any, NamedTuple

from ddd_lab.files.documents.dialect import FlowReading, read_flow
from ddd_lab.files.documents.document import Document, Version, same_model
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.lossless_yaml import PatchError, Tree, YamlError, dump, parse
from ddd_lab.spec.catalogue import catalogue, node_type
from ddd_lab.spec.edit.data import get_in, set_in
from ddd_lab.spec.edit.node_checks import check_new_id, value_errors
from ddd_lab.spec.edit.nodes import (
    EditError,
    find,
    refuse_as_target,
    refuse_circle,
    replace_node,
)
from ddd_lab.spec.edit.rename import rename_node
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.plain_data import word
from ddd_lab.text_diff import unified_diff

MOST_TEXT = 500_000
"""Characters that the lines of one node may have."""

_REST_OF_LINE = re.compile(r"[ \t]*(#[^\r\n]*)?(?=[\r\n]|$)")
_LINE_END = re.compile(r"\r\n?")


class SnippetError(EditError):
    """Edited lines that cannot be taken over, with the line and column of the mistake, from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.column = column


def node_yaml(workspace: Workspace, key: str, id: str) -> str:
    """The lines of a node as saving would write them, without the indentation of the file."""
    return _Place(workspace, key, id).text()


def set_node_yaml(workspace: Workspace, key: str, id: str, text: str) -> str:
    """Make a node say what edited lines say, as one undoable step; returns its id then.

    Another id renames the node everywhere. Raises `SnippetError`, with the line, where the text
    cannot be read or no node can be so.
    """
    edited = _Place(workspace, key, id).changed(text)
    path = workspace.flow_path(key)
    texts = {} if edited.base is None else {path: edited.base}
    workspace.change({path: edited.flow}, f"edit the lines of {id}", texts=texts)
    return edited.id


def preview_node_yaml(workspace: Workspace, key: str, id: str, text: str) -> str:
    """The lines of the file that `set_node_yaml` would change, as a unified diff."""
    place = _Place(workspace, key, id)
    edited = place.changed(text)
    try:
        old, new = place.document.text(), place.written(edited.flow, edited.base)
    except PatchError as error:
        raise EditError(str(error)) from None
    path = place.document.path
    return unified_diff(old, new, path, path)


class _Edited(NamedTuple):
    """A flow after the lines of one of its nodes were edited."""

    flow: FlowData  # what the file should say
    id: str  # that the node has then
    # The file's text with the edited lines in it, comments included; None where they can only be
    # taken for what they say.
    base: str | None


class _Place:
    """A node in the present text of its file."""

    def __init__(self, workspace: Workspace, key: str, id: str) -> None:
        self.key = key
        self.flow = workspace.flow_data(key)
        self.node = find(self.flow, id)
        document = workspace.document(workspace.flow_path(key))
        if document is None:
            raise EditError(f"the flow {key!r} has no file")
        self.document: Document = document
        try:
            self.tree: Tree = document.tree()
            self.path: Path = document.shape().nodes[id].path
        except (PatchError, YamlError, KeyError) as error:
            raise EditError(f"the lines of {id!r} cannot be shown: {error}") from None
        self.entry: Data = get_in(self.tree.data, self.path)

    def text(self) -> str:
        """The entry's own lines; written anew where they mean nothing outside the file."""
        lines = self._lines()
        if self._shown_as_it_stands(lines):
            return lines
        return dump(self.entry if isinstance(self.entry, dict) else {"event": self.entry})

    def _shown_as_it_stands(self, lines: str) -> bool:
        try:
            return isinstance(self.entry, dict) and same_model(parse(lines).data, self.entry)
        except YamlError:
            return False

    def _extent(self) -> tuple[int, int]:
        """Offsets of the entry, a comment at its end included."""
        start, end = self.tree.span(self.path)
        rest = _REST_OF_LINE.match(self.tree.text, end)
        return start, rest.end() if rest else end

    def _lines(self) -> str:
        start, stop = self._extent()
        column = self.tree.place(start)[1] - 1
        own = f"{' ' * column}{self.tree.text[start:stop]}"
        return textwrap.dedent(_LINE_END.sub("\n", own)).strip("\n") + "\n"

    def changed(self, text: str) -> _Edited:
        """The flow with the node as a text says."""
        snippet = _Snippet(text)
        wish = self._wish(snippet)
        entry = dict(snippet.entry)
        if isinstance(self.entry, dict) and "id" in self.entry:
            entry["id"] = self.entry["id"]
        elif "id" in entry:
            del entry["id"]
        reading = read_flow(set_in(self.tree.data, self.path, entry), self.key)
        node = self._node(reading, snippet)
        self._refuse_bad(node, reading, snippet, wish)
        flow = replace_node(self.flow, node)
        id = node.id
        if wish is not None and wish != id:
            try:
                flow, id = rename_node(flow, id, wish), wish
            except EditError as error:
                raise SnippetError(str(error), *snippet.tree.locate(("id",))) from None
        base = self._spliced(text, snippet.entry)
        if base is not None:
            try:
                self.written(flow, base)
            except PatchError:  # connections in another dialect than the file's, for instance
                base = None
        return _Edited(flow, id, base)

    def written(self, flow: FlowData, base: str | None) -> str:
        """The file's text with a flow in it."""
        after = copy.copy(self.document)
        after.version = Version(flow, base=base)
        return after.text()

    def _spliced(self, text: str, entry: Data) -> str | None:
        """The file's text with the lines put in; None where they would mean something else there.

        Only lines that were shown exactly as in the file go back there as they are.
        """
        if not self._shown_as_it_stands(self._lines()):
            return None
        whole = self.tree.text
        start, stop = self._extent()
        newline = "\r\n" if "\r\n" in whole else "\n"
        pad = " " * (self.tree.place(start)[1] - 1)
        lines = [f"{pad}{line}" if line.strip() else "" for line in text.strip("\n").splitlines()]
        spliced = whole[:start] + newline.join(lines).lstrip(" ") + whole[stop:]
        try:
            expected = set_in(self.tree.data, self.path, entry)
            return spliced if same_model(parse(spliced).data, expected) else None
        except YamlError:
            return None

    def _wish(self, snippet: _Snippet) -> str | None:
        """The id that the text gives, checked where it is another one; None if it gives none."""
        had = self.entry.get("id") if isinstance(self.entry, dict) else None
        if "id" not in snippet.entry:
            if had is not None:
                raise SnippetError(f"the id is missing; keep it ({had}) or give another")
            return None
        wish = snippet.entry["id"]
        if wish == had:
            return None
        if isinstance(wish, int | float) and not isinstance(wish, bool):
            wish = str(wish)
        at = snippet.tree.locate(("id",))
        if not isinstance(wish, str):
            raise SnippetError(f"an id must be text, not {wish!r}", *at)
        try:
            check_new_id(self.flow, wish)
        except EditError as error:
            raise SnippetError(str(error), *at) from None
        return wish

    def _node(self, reading: FlowReading, snippet: _Snippet) -> NodeData:
        depth = len(self.path)
        for issue in reading.issues:
            inside = issue.path[:depth] == self.path
            if inside and issue not in self.document.issues:
                raise SnippetError(issue.message, *snippet.tree.locate(issue.path[depth:]))
        shapes = reading.shape.nodes
        id = next((id for id, shape in shapes.items() if shape.path == self.path), None)
        node = reading.flow.by_id.get(id) if id is not None else None
        trigger, was = reading.flow.trigger, self.flow.trigger
        same_place = (node is not None and node is trigger) == (self.node is was)
        if node is None or not same_place or node.id != self.node.id:
            raise SnippetError(
                "this would make another node the trigger. A flow keeps its trigger",
                *snippet.tree.locate(("type",)),
            )
        return node

    def _refuse_bad(
        self, node: NodeData, reading: FlowReading, snippet: _Snippet, wish: str | None
    ) -> None:
        depth = len(self.path)
        shape = reading.shape.nodes[node.id]

        def refuse(message: str, *path: str | int) -> None:
            raise SnippetError(message, *snippet.tree.locate(path))

        kind = node_type(node.type)
        if kind is None and node.type != self.node.type:
            refuse(
                f"there is no node type {node.type!r}. Choose one of: {', '.join(catalogue())}",
                "type",
            )
        if kind is not None:
            old_errors = (
                value_errors(kind.spec, self.node.spec) if node.type == self.node.type else {}
            )
            for field, reason in value_errors(kind.spec, node.spec).items():
                if field not in old_errors:
                    refuse(
                        f"{field}: {reason}", *((shape.spec_key,) if shape.spec_key else ()), field
                    )
        if node.parent is not None and node.parent != self.node.parent:
            try:
                refuse_circle(self.flow, node, find(self.flow, node.parent))
            except EditError as error:
                refuse(str(error), "parentId")
        known_targets = {line.target for line in self.node.connections or ()} | {wish}
        seen: set[tuple[str, str]] = set()
        for line, at in zip(node.connections or (), shape.lines, strict=False):
            inside = at[depth:] if at[:depth] == self.path else ()
            if line.target not in known_targets:
                try:
                    refuse_as_target(self.flow, find(self.flow, line.target))
                except EditError as error:
                    refuse(str(error), *inside)
            if (line.output, line.target) in seen and not self._has_twins(line.output, line.target):
                refuse(f"{line.output} leads to {line.target!r} twice", *inside)
            seen.add((line.output, line.target))

    def _has_twins(self, output: str, target: str) -> bool:
        lines = self.node.connections or ()
        return sum((line.output, line.target) == (output, target) for line in lines) > 1


@dataclass
class _Snippet:
    """An edited text, read."""

    tree: Tree
    entry: dict[str, Any]

    def __init__(self, text: str) -> None:
        if len(word(text, "the lines of a node")) > MOST_TEXT:
            raise SnippetError(f"a node can have at most {MOST_TEXT} characters, not {len(text)}")
        try:
            self.tree = parse(text)
        except YamlError as error:
            # What is missing at the end is missed behind the last line.
            line = min(error.line, len(text.splitlines()) or 1)
            raise SnippetError(error.message, line, error.column) from None
        data = self.tree.data
        if not isinstance(data, dict):
            raise SnippetError("a node must be a map of keys (id: …, type: …)")
        for twice in self.tree.duplicates:
            raise SnippetError(
                f"the key {twice.path[-1]!r} appears twice", twice.line, twice.column
            )
        self._refuse_unwritable(data)
        self.entry = data

    def _refuse_unwritable(self, data: dict[str, Any]) -> None:
        try:
            if same_model(parse(dump({"nodes": [data]})).data, {"nodes": [data]}):
                return
            reason = "it would read differently after saving"
        except (PatchError, YamlError, UnicodeError) as error:
            reason = str(error)
        raise SnippetError(f"this could not be saved: {reason}")
