"""Keeping what aliases stand for when their anchors change or go."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.lossless_yaml import _scalars
from ddd_lab.lossless_yaml._draft import Draft, Slot
from ddd_lab.lossless_yaml._layout import Layout
from ddd_lab.lossless_yaml._nodes import Alias, Mapping, Node, Sequence
from ddd_lab.lossless_yaml._replace import replace
from ddd_lab.lossless_yaml._tree import Tree


def expand_all(tree: Tree) -> str:
    """Write out every alias, so that anchors no longer matter."""
    draft = Draft(tree)
    for slot, alias in _aliases(draft):
        replace(draft, slot, alias, tree.meaning(alias))
    for key in _keys(draft):
        _write_out(draft, key)
    return draft.apply()


def guard_anchors(draft: Draft) -> Draft:
    """Where the edits remove an anchor whose aliases stay, write those aliases out instead.

    The draft that does only this comes first; the edits come in the next round.
    """
    lost = _lost_anchors(draft)
    if not lost:
        return draft
    guard = Draft(draft.tree)
    for slot, alias in _aliases(guard):
        at = draft.tree.start(alias)
        if alias.anchor in lost and not any(e.start <= at < e.end for e in draft.edits):
            replace(guard, slot, alias, draft.tree.meaning(alias))
    for key in _keys(guard):
        at = draft.tree.start(key)
        if key.anchor in lost and not any(e.start <= at < e.end for e in draft.edits):
            _write_out(guard, key)
    return guard if guard.edits else draft


def _lost_anchors(draft: Draft) -> set[str]:
    """Names of the anchors that are in replaced text and not in its replacement."""
    lost: set[str] = set()
    for _, node in draft.tree.walk():
        for at, end in draft.tree.properties(node):
            anchor = draft.text[at:end]
            if anchor.startswith("&") and any(
                edit.start <= at < edit.end and anchor not in edit.text for edit in draft.edits
            ):
                lost.add(anchor[1:])
    return lost


def _keys(draft: Draft) -> Iterator[Alias]:
    """Each alias that is a key."""
    for _, node in draft.tree.walk():
        for item in node.items if isinstance(node, Mapping) else ():
            if isinstance(item[0], Alias):
                yield item[0]


def _write_out(draft: Draft, key: Alias) -> None:
    text = _scalars.key(draft.tree.key_text(key), flow=True)
    draft.replace(draft.tree.start(key), draft.tree.end(key), text)


def _aliases(draft: Draft) -> Iterator[tuple[Slot, Alias]]:
    """Each alias that is a value, and its place."""
    root = draft.tree.root
    if isinstance(root, Mapping | Sequence):
        yield from _inside(draft, root, None)


def _inside(
    draft: Draft, node: Mapping | Sequence, key: str | None
) -> Iterator[tuple[Slot, Alias]]:
    layout = Layout(draft, node, key)
    for index, item in enumerate(node.items):
        value: Node = item[1] if isinstance(item, tuple) else item
        if isinstance(value, Alias):
            yield layout.slot(index), value
        elif isinstance(value, Mapping | Sequence):
            inner_key = draft.tree.key_text(item[0]) if isinstance(item, tuple) else key
            yield from _inside(draft, value, inner_key)
