"""Two versions of a flow's text without the nodes that both write alike.

Reading is most of the work of a comparison, and two versions mostly differ in a few nodes. Only
texts of the usual form are cut: root keys at the left edge, nodes as a list of maps with ids.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ddd_lab.lossless_yaml import are_whole, usual_data
from ddd_lab.spec.lenient import mapping
from ddd_lab.spec.models.flow import FlowData

_MOST = 1_000_000
"""Characters of a text. For longer ones, and for what is nested deeper, the reader has limits."""
_MOST_BRACKETS = 100
_DEEP = re.compile(r"\n[ ?:-]{50}")
_KEY = r"[A-Za-z_][\w-]*:(?:[ \n]|\Z)"
_NODES = re.compile(r"\nnodes:[ ]*(?:#[^\n]*)?\n(?:[ ]*(?:#[^\n]*)?\n)*([ ]*)- ")
_ROOT_LINE = re.compile(r"\n(?:[^ \n#-]|-[^ \n])")
_ODD_ROOT_LINE = re.compile(rf"\n(?![ \n#]|-[ \n]|{_KEY}|\Z)")
_ROOT_KEY = re.compile(r"\n(\w[\w-]*):")
_OTHER_BREAK = re.compile("[\r\x85\u2028\u2029]")
_ALIAS = re.compile(r"(?<![^\s\[{,:?-])\*[\w-]")
_NO_TEXT = frozenset({"true", "false", "null"})


class TrimmedPair(NamedTuple):
    """Two shorter versions of a flow's text."""

    old: str  # the earlier text
    new: str  # the later text
    # Ids of the nodes that are in neither any more, or with nothing but their ids, each with its
    # label, where that is easy to see.
    common: Mapping[str, str | None]

    def stands_for_whole(self, old: FlowData, new: FlowData) -> bool:
        """Whether the two flows, read from these texts, differ as the whole ones do."""
        triggers = {flow.trigger.id for flow in (old, new) if flow.trigger is not None}
        # Any node may lead to a trigger that got another id.
        return len(triggers) < 2 and triggers.isdisjoint(self.common.keys())


class _Parts(NamedTuple):
    """A text in parts: up to its nodes, the nodes without indentation and dash, and the rest."""

    head: str
    indent: str
    nodes: list[str]
    tail: str


def without_common_nodes(old: str, new: str) -> TrimmedPair | None:
    """Two versions of a flow's text without what makes no difference."""
    before, after = _parts(old), _parts(new)
    if before is None or after is None or before.indent != after.indent:
        return None
    shared = set(before.nodes) & set(after.nodes)
    # Where much differs, reading all of it takes less time than finding out what does.
    if sum(map(len, shared)) < len(old) * 2 // 3:
        return None
    ids = _ids(list(dict.fromkeys((*before.nodes, *after.nodes))), before.indent)
    if ids is None or not _keep_their_order(
        *([ids[node] for node in parts.nodes] for parts in (before, after))
    ):
        return None
    roots = {before.head, after.head, before.tail, after.tail}
    if not are_whole((*roots, *(f"{before.indent}- {node}" for node in ids))):
        return None
    common = {node for node in shared if _has_no_trigger(node)}
    return _trimmed(before, after, ids, common)


def _parts(text: str) -> _Parts | None:
    """The parts of a text of the usual form; None for any other."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if len(text) > _MOST or ((not text.isascii() or "\r" in text) and _OTHER_BREAK.search(text)):
        return None
    text = "\n" + text.removeprefix("---\n")
    begin = _NODES.search(text)
    if begin is None or ("*" in text and _ALIAS.search(text)):
        return None
    indent, first = begin[1], begin.start(1)
    end = _ROOT_LINE.search(text, first)
    last = end.start() + 1 if end else len(text)
    head, tail = text[:first], text[last:]
    root = f"{head}\n{tail}"
    keys = _ROOT_KEY.findall(root)
    odd = _ODD_ROOT_LINE.search(root) or _DEEP.search(root)
    if odd or len(keys) > len(set(keys)) or "connections" in keys:
        return None
    *nodes, final = text[first - 1 : last].split(f"\n{indent}- ")[1:]
    return _Parts(head, indent, [*(f"{node}\n" for node in nodes), final], tail)


def _ids(nodes: list[str], indent: str) -> dict[str, str] | None:
    """The id of each node; None where that of one is missing or not easy to see."""
    margin = f"\n{indent}  "
    id_line, odd_line = _node_lines(margin)
    whole = margin + margin.join(nodes)
    odd = odd_line.search(whole) or _DEEP.search(whole)
    if odd or whole.count(f"{margin}id:") != len(nodes):
        return None
    ids = {}
    for node in nodes:
        id_match = id_line.search(node)
        brackets = node.count("{") + node.count("[")
        if id_match is None or id_match[2].lower() in _NO_TEXT or brackets > _MOST_BRACKETS:
            return None
        ids[node] = id_match[2]
    return ids


@lru_cache(maxsize=16)
def _node_lines(margin: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds the line of a node's id, and a line that begins with no plain key of a node."""
    ends = rf" *(?: #[^\n]*)?(?={margin}[^ \n]|\s*\Z)"
    return (
        re.compile(rf"(?:\A|{margin})id: (['\"]?)([A-Za-z_][\w.-]*)\1{ends}"),
        re.compile(rf"{margin}(?![ \n#]|-[ \n]|{_KEY}|\Z)"),
    )


def _keep_their_order(old: list[str], new: list[str]) -> bool:
    """Whether some nodes only came, or only went, and the others kept their order.

    Where some came and some went, one may have got another id: all that leads to it tells.
    """
    before, after = set(old), set(new)
    if len(before) < len(old) or len(after) < len(new) or (before - after and after - before):
        return False
    return [id for id in old if id in after] == [id for id in new if id in before]


def _trimmed(before: _Parts, after: _Parts, ids: dict[str, str], common: set[str]) -> TrimmedPair:
    differing = [node for node in ids if node not in common]
    firsts = {before.nodes[0], after.nodes[0]}
    needs_tail = before.tail != after.tail or "trigger" in before.tail
    # The root tells what starts the flow, which leads to the first node and takes an id.
    needs_head = (
        needs_tail
        or before.head != after.head
        or len(firsts) > 1
        or "\\" in before.head
        or not all(map(_has_no_trigger, differing))
        or any(ids[node] in before.head for node in differing)
    )

    def short(parts: _Parts) -> str:
        lines = [parts.head if needs_head else "nodes:\n"]
        for node in parts.nodes:
            if node not in common:
                lines.append(f"{parts.indent}- {node}")
            elif needs_head and node in firsts:
                lines.append(f"{parts.indent}- id: {ids[node]}\n")
        return "".join(lines) + (parts.tail if needs_tail else "")

    labels = {ids[node]: _label(node, f"\n{before.indent}  ") for node in ids if node in common}
    return TrimmedPair(short(before), short(after), labels)


def _label(node: str, margin: str) -> str | None:
    """The label of a node, if it is on one line."""
    match = _label_line(margin).search(node)
    label = mapping(usual_data(f"label: {match[1]}\n")).get("label") if match else None
    return label if isinstance(label, str) else None


@lru_cache(maxsize=16)
def _label_line(margin: str) -> re.Pattern[str]:
    return re.compile(rf"(?:\A|{margin})label: ([^\n]*)(?=\n|\Z)")


def _has_no_trigger(node: str) -> bool:
    """Whether a node is surely no trigger, not even one that is written with escapes."""
    return "trigger" not in node and "\\" not in node
