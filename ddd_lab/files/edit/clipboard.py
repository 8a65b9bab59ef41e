"""Copied nodes as YAML text: to read, to keep, to paste into a sheet or into a file by hand."""

from __future__ import annotations

import textwrap
from collections.abc import Collection
from typing import Any

from ddd_lab.files.documents.dialect import read_flow
from ddd_lab.files.documents.dialect.habits import new_entries
from ddd_lab.files.documents.document import same_model
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.lossless_yaml import PatchError, YamlError, dump, parse
from ddd_lab.plurals import name_or_count, plural
from ddd_lab.spec.edit.clipboard import MOST_VALUES, Clip, copy_nodes, paste_nodes
from ddd_lab.spec.edit.nodes import EditError, remove_nodes
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.plain_data import word

MOST_TEXT = 2_000_000
"""Characters of a text to paste: a thousand nodes with long prompts have fewer."""
DEEPEST = 60
"""Levels of maps and lists in a text to paste."""

_HEADING = "# {count} copied from the flow {flow} (DDD Lab); paste into any flow.\n"


def copy_nodes_as_text(workspace: Workspace, key: str, ids: Collection[str]) -> str:
    """Nodes of a flow as YAML text, with the connections among them."""
    return _clip_text(copy_nodes(workspace.flow_data(key), ids), key)


def cut_nodes(workspace: Workspace, key: str, ids: Collection[str]) -> str:
    """Copy nodes as text, then remove them as one undoable step; the trigger stays."""
    clip = copy_nodes(workspace.flow_data(key), ids)
    text = _clip_text(clip, key)
    cut = [node.id for node in clip.nodes]
    label = f"cut {name_or_count(cut, 'node')}"
    workspace.edit_flow(key, lambda flow: remove_nodes(flow, cut), label)
    return text


def paste_text(
    workspace: Workspace, key: str, text: str, at: tuple[float, float] | None = None
) -> tuple[str, ...]:
    """Add nodes from a text to a flow, as one undoable step; returns their ids.

    ``at`` is the top left corner of the whole, in pixels; by default they go beside what is there.
    """
    flow, ids = paste_nodes(workspace.flow_data(key), read_clip(text), at)
    workspace.edit_flow(key, lambda _: flow, f"paste {name_or_count(ids, 'node')}")
    return ids


def _clip_text(clip: Clip, flow: str) -> str:
    """Copied nodes as text, in the dialect of the flow that they come from."""
    entries: list[Data] = list(new_entries(clip.nodes, clip.vocabulary))
    try:
        text = dump({**clip.blocks, "nodes": entries})
    except PatchError as error:
        raise EditError(f"these nodes cannot be copied as text: {error}") from None
    return _HEADING.format(count=plural(len(entries), "node"), flow=" ".join(flow.split())) + text


def read_clip(text: str) -> Clip:
    """Nodes from a text: a copied selection, a whole flow file, a list of nodes or one node.

    Any dialect will do, also lines copied out of the middle of a file; JSON is YAML too.
    """
    if not word(text, "what is pasted").strip():
        raise EditError("there is nothing to paste: the clipboard holds no text")
    if len(text) > MOST_TEXT:
        raise EditError(
            f"the text has {len(text)} characters, too many to paste (at most {MOST_TEXT})"
        )
    data = _parsed(text)
    _refuse_deep(data)
    root = _root(data)
    flow = read_flow(root, "pasted/pasted").flow
    _refuse_unwritable(flow, root)
    return Clip(nodes=flow.nodes, vocabulary=flow.vocabulary, blocks=flow.extra)


def _parsed(text: str) -> Data:
    """The data of a text; the indentation that a selection cut off its first line is put back."""
    try:
        return parse(textwrap.dedent(text)).data
    except YamlError as error:
        first, _, rest = text.lstrip("\r\n").partition("\n")
        indents = [len(line) - len(line.lstrip(" ")) for line in rest.splitlines() if line.strip()]
        if indents and not first.startswith(" "):
            dash = 2 if first.startswith("- ") else 0
            # A following list entry begins where the first one began; a key is behind its dash.
            for pad in dict.fromkeys((min(indents), max(min(indents) - dash, 0))):
                try:
                    return parse(textwrap.dedent(f"{' ' * pad}{first}\n{rest}")).data
                except YamlError:
                    continue
        raise EditError(
            f"line {error.line}, column {error.column} of the pasted text: {error.message}"
        ) from None


def _root(data: Data) -> dict[str, Any]:
    """The text's data as a flow file would have it."""
    if isinstance(data, list):
        data = {"nodes": data}
    elif isinstance(data, dict) and "nodes" not in data and "type" in data:
        data = {"nodes": [data]}
    nodes = data.get("nodes") if isinstance(data, dict) else None
    if not isinstance(nodes, list):
        raise EditError(
            "the pasted text has no nodes. Copy nodes on a sheet, or a list of nodes "
            "(- id: …, type: …) from a flow file"
        )
    for index, node in enumerate(nodes):
        if not isinstance(node, dict) or not isinstance(node.get("type"), str):
            if isinstance(node, dict) and "<<" in node:
                raise EditError(
                    f"entry {index + 1} of the pasted nodes has a merge key (<<), which is not "
                    "supported. Write out the keys that it stands for, including type"
                )
            what = "has no type" if isinstance(node, dict) else f"is not a map, but {node!r:.40}"
            raise EditError(f"entry {index + 1} of the pasted nodes {what}; a node needs a type")
    own = {key: value for key, value in data.items() if key not in ("flow", "trigger", "metadata")}
    return {"flow": {}, **own}


def _refuse_deep(data: Data) -> None:
    level: list[Data] = [data]
    count = 0
    for _ in range(DEEPEST):
        below: list[Data] = []
        for value in level:
            if isinstance(value, dict):
                below += value.values()
            elif isinstance(value, list):
                below += value
        count += len(below)
        if count > MOST_VALUES:
            raise EditError(
                f"the pasted text has more than {MOST_VALUES} values. Paste fewer nodes at once"
            )
        if not below:
            return
        level = below
    raise EditError(f"the pasted text is nested deeper than {DEEPEST} levels")


def _refuse_unwritable(flow: FlowData, root: dict[str, Any]) -> None:
    """Refuse what could be read but never be saved, such as half of a surrogate pair."""
    try:
        if same_model(parse(dump(root)).data, root):
            return
        reason = "it would read differently after saving"
    except (PatchError, YamlError, UnicodeError) as error:
        reason = str(error)
    raise EditError(f"the {len(flow.nodes)} pasted nodes could not be saved: {reason}")
