"""The edits that lead from one state of the data towards another."""

from __future__ import annotations

from ddd_lab.equality import same
from ddd_lab.lossless_yaml import _edit_block, _edit_flow, _render, _scalars
from ddd_lab.lossless_yaml._align import align, is_reordered, order, renames
from ddd_lab.lossless_yaml._draft import Draft, Slot
from ddd_lab.lossless_yaml._habits import FileHabits
from ddd_lab.lossless_yaml._layout import Layout, is_empty, is_pair
from ddd_lab.lossless_yaml._nodes import Alias, Data, Mapping, Node, Scalar, Sequence
from ddd_lab.lossless_yaml._replace import append_root, replace


def plan(draft: Draft, new: Data) -> None:
    """Note the edits that make the draft's tree read as ``new``.

    What cannot be done at once (a reordered list whose items also change) is left for the next
    round, on the changed text.
    """
    root = draft.tree.root
    if root is None or (is_empty(root) and not draft.tree.has_anchors):
        if not same(draft.tree.data, new):
            append_root(draft, new)
        return
    start = draft.tree.start(root)
    slot = Slot(after=start, column=-1, key=None, kind="root")
    if not same(draft.tree.data, new):
        change(draft, slot, root, draft.tree.data, new)
    if not draft.edits:
        for place, alias, value in draft.deferred:
            replace(draft, place, alias, value)


def change(draft: Draft, slot: Slot, node: Node, old: Data, new: Data) -> None:
    """Note the edits for one value that differs."""
    if (
        is_pair(draft, node)
        and isinstance(new, dict)
        and isinstance(old, dict)
        and new.keys() != old.keys()
    ):
        replace(draft, slot, node, new)
    elif isinstance(node, Mapping) and isinstance(new, dict) and new and node.items:
        assert isinstance(old, dict)
        _change_map(draft, Layout(draft, node, slot.key), old, new)
    elif isinstance(node, Sequence) and isinstance(new, list) and new and node.items:
        assert isinstance(old, list)
        _change_list(draft, Layout(draft, node, slot.key), old, new)
    elif isinstance(node, Alias):
        # Its anchor may change to the same value: this waits until nothing else is to do.
        draft.deferred.append((slot, node, new))
    else:
        replace(draft, slot, node, new)


# --- maps --------------------------------------------------------------------------------------


def _change_map(draft: Draft, layout: Layout, old: dict[str, Data], new: dict[str, Data]) -> None:
    assert isinstance(layout.node, Mapping)
    places = {draft.tree.key_text(key): i for i, (key, _) in enumerate(layout.node.items)}
    renamed = renames(old, new)
    remaining = {places[key]: key for key in old if key in new}
    for key, name in renamed.items():
        remaining[places[key]] = name
        _rename(draft, layout, places[key], name)
    for index, key in sorted(remaining.items()):
        if key in old:
            _change_entry(draft, layout, index, old[key], new[key])
    places_new = {name: index for index, name in remaining.items()}
    _insert_keys(draft, layout, places_new, new)
    if remaining:
        superseded = set(range(len(layout))) - set(places.values())
        removed = [i for i in range(len(layout)) if i not in remaining and i not in superseded]
        _delete(draft, layout, removed)


def _change_entry(draft: Draft, layout: Layout, index: int, old: Data, new: Data) -> None:
    """Note the edits for the value of one entry, whose place is only looked up when it differs."""
    if not same(old, new):
        change(draft, layout.slot(index), layout[index].value, old, new)


def _rename(draft: Draft, layout: Layout, index: int, name: str) -> None:
    key = layout[index].key
    assert key is not None
    start = draft.tree.content_start(key)
    written = _scalars.key(name, flow=layout.flow, quote=_key_quote(layout, index))
    draft.replace(start, draft.tree.end(key), written)


def _insert_keys(
    draft: Draft, layout: Layout, places: dict[str, int], new: dict[str, Data]
) -> None:
    """Add each new key behind the one that precedes it in ``new``."""
    groups: dict[int | None, list[str]] = {}
    anchor: int | None = None
    if not any(key in places for key in new):
        # Nothing stays: the former entries go in the next round, when the new ones are there.
        anchor = len(layout) - 1
    for key, value in new.items():
        if key in places:
            anchor = places[key]
            continue
        near = anchor or 0
        habits = _sibling_habits(draft, layout)
        quote = _key_quote(layout, near)
        if layout.flow:
            written = _render.flow_entry(key, value, habits, quote)
        else:
            shown = _render.closed(value) if layout.comes_to_comment(anchor) else value
            written = _render.block_entry(key, shown, layout.column(), habits, quote)
        groups.setdefault(anchor, []).append(written)
    _insert(draft, layout, groups)


def _key_quote(layout: Layout, near: int) -> str:
    key = layout[near].key
    return key.style if isinstance(key, Scalar) and key.style in ("'", '"') else ""


# --- lists -------------------------------------------------------------------------------------


def _change_list(draft: Draft, layout: Layout, old: list[Data], new: list[Data]) -> None:
    matches = align(old, new)
    if is_reordered(matches):
        new_order = order(matches, len(old))
        (_edit_flow if layout.flow else _edit_block).reorder(draft, layout, new_order)
        return
    for index, match in enumerate(matches):
        if match is not None:
            _change_entry(draft, layout, match, old[match], new[index])
    groups: dict[int | None, list[str]] = {}
    remaining = {match for match in matches if match is not None}
    anchor = None if remaining else len(layout) - 1
    for index, match in enumerate(matches):
        if match is not None:
            anchor = match
        else:
            groups.setdefault(anchor, []).append(_item(draft, layout, anchor, new[index]))
    _insert(draft, layout, groups)
    if remaining:
        _delete(draft, layout, [i for i in range(len(layout)) if i not in remaining])


def _item(draft: Draft, layout: Layout, near: int | None, value: Data) -> str:
    """Write a new list item like its neighbour."""
    habits = _sibling_habits(draft, layout)
    neighbour = layout[near or 0].value
    key = None if isinstance(value, str) else layout.key
    if layout.flow:
        return _render.flow(value, habits, key)
    in_flow = isinstance(neighbour, Mapping | Sequence) and neighbour.event.flow_style
    if in_flow and isinstance(value, dict | list):
        return "- " + _render.flow(value, habits, layout.key)
    if layout.comes_to_comment(near):
        value = _render.closed(value)
    return "-" + _render.after_dash(value, layout.column(), habits, key)


# --- both --------------------------------------------------------------------------------------


def _sibling_habits(draft: Draft, layout: Layout) -> FileHabits:
    """The file's habits, with the style of what is in the same collection."""
    quotes: list[str] = []
    flows: list[bool] = []
    for item in layout.node.items[:20]:
        value = item[1] if isinstance(item, tuple) else item
        if isinstance(value, Scalar) and value.style not in ("|", ">"):
            if value.style in ("'", '"'):
                quotes.append(value.style)
            elif value.implicit[0] and not _scalars.misread(value.value):
                quotes.append("")
        elif isinstance(value, Mapping) and value.items:
            flows.append(bool(value.event.flow_style))
    common = max(quotes, key=quotes.count) if quotes else ""
    in_flow = flows.count(True) * 2 > len(flows) if flows else None
    return draft.habits.with_defaults(common, in_flow)


def _insert(draft: Draft, layout: Layout, groups: dict[int | None, list[str]]) -> None:
    for after, texts in groups.items():
        (_edit_flow if layout.flow else _edit_block).insert(draft, layout, after, texts)


def _delete(draft: Draft, layout: Layout, removed: list[int]) -> None:
    """Remove entries, neighbouring ones together."""
    run: list[int] = []
    for index in [*removed, None]:
        if run and index != run[-1] + 1:
            (_edit_flow if layout.flow else _edit_block).delete(draft, layout, run[0], run[-1])
            run = []
        if index is not None:
            run.append(index)
