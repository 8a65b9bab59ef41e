"""Copied nodes as YAML text: to read, to keep, to paste into a sheet or into a file by hand."""

from __future__ import annotations

import textwrap
from typing import Any

from ddd_lab.files.documents.dialect import read_flow
from ddd_lab.files.documents.dialect.entries import new_entries
from ddd_lab.files.documents.document import same_model
from ddd_lab.lossless_yaml import PatchError, YamlError, dump, parse
from ddd_lab.plurals import plural
from ddd_lab.spec.edit.clipboard import MOST_VALUES, Clip
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.plain_data import word

MOST_TEXT = 2_000_000
"""Characters of a text to paste: a thousand nodes with long prompts have fewer."""
DEEPEST = 60
"""Levels of maps and lists in a text to paste."""

_HEADING = "# {count} copied from the flow {flow} (DDD Lab); paste into any flow.\n"


def clip_text(clip: Clip, flow: str) -> str:
    """Copied nodes as text, in the dialect of the flow that they come from.

    Args:
        clip: the nodes.
        flow: ``domain/flow`` that they come from, for the reader.

    Raises:
        EditError: something in a node cannot be written in YAML.
    """
    entries: list[Data] = list(new_entries(clip.nodes, clip.vocabulary))
    try:
        text = dump({**clip.blocks, "nodes": entries})
    except PatchError as error:
        raise EditError(f"these nodes cannot be copied as text: {error}") from None
    return _HEADING.format(count=plural(len(entries), "node"), flow=" ".join(flow.split())) + text


def read_clip(text: str) -> Clip:
    """Nodes from a text, as :func:`clip_text` or a person made it.

    A copied selection, a whole flow file, a list of nodes or one node, in any dialect, also where
    the lines were copied out of the middle of a file; JSON is YAML too.

    Raises:
        EditError: the text holds no nodes, cannot be read, or is too large; with line and column
            in the text where there is one.
    """
    if not word(text, "what is pasted").strip():
        raise EditError("there is nothing to paste: the clipboard holds no text")
    if len(text) > MOST_TEXT:
        raise EditError(f"a text of {len(text)} characters is too long to paste ({MOST_TEXT})")
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
            # A following list entry stands where the first one stood; a key stands behind its dash.
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
            "the pasted text holds no nodes: copy nodes on a sheet, or a list of nodes "
            "(- id: …, type: …) out of a flow file"
        )
    for index, node in enumerate(nodes):
        if not isinstance(node, dict) or not isinstance(node.get("type"), str):
            if isinstance(node, dict) and "<<" in node:
                raise EditError(
                    f"entry {index + 1} of the pasted nodes has a merge key (<<), which is not "
                    "followed: write the keys that it stands for out, type among them"
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
            raise EditError(f"this is too much to paste: more than {MOST_VALUES} values")
        if not below:
            return
        level = below
    raise EditError(f"the pasted text is nested deeper than {DEEPEST} levels")


def _refuse_unwritable(flow: FlowData, root: dict[str, Any]) -> None:
    """Refuse what could be read but never be saved, such as half of a surrogate pair."""
    try:
        if same_model(parse(dump(root)).data, root):
            return
        reason = "it reads otherwise once written"
    except (PatchError, YamlError, UnicodeError) as error:
        reason = str(error)
    raise EditError(f"the {len(flow.nodes)} pasted nodes could not be saved: {reason}")
