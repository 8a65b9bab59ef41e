"""Writing another value in the place of one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ddd_lab.lossless_yaml import _fold, _render, _scalars
from ddd_lab.lossless_yaml._draft import Draft, Slot
from ddd_lab.lossless_yaml._errors import Unsupported
from ddd_lab.lossless_yaml._layout import COMMENT_BELOW, Layout, is_block, is_empty, rest_of_line
from ddd_lab.lossless_yaml._nodes import Data, Mapping, Node, Scalar, Sequence
from ddd_lab.lossless_yaml._resolve import resolve

_HEADER = re.compile(r"[|>][-+0-9]*")
_TEXT_TAG = re.compile(r"!(?!!)\S|!!str\b")


@dataclass(slots=True)
class Extent:
    """What a value takes up in the text."""

    lead: int  # offset right after the colon, the dash or a kept anchor
    head_start: int  # begin of the part on the key's line; nothing there when equal to ``head_end``
    head_end: int  # end of that part; a comment may follow
    body_start: int  # line end after which the lines below begin; none when equal to ``body_end``
    body_end: int  # end of the last line below


def replace(draft: Draft, slot: Slot, node: Node, new: Data) -> None:
    """Write ``new`` where ``node`` is, in the same style where the value allows."""
    extent = _flow_extent(draft, slot, node) if slot.flow else _extent(draft, slot, node)
    if isinstance(new, dict | list) and _comes_to_comment(draft, slot, extent.body_end):
        new = _render.closed(new)
    inline, body = _written(draft, slot, node, new, extent)
    if isinstance(new, str) and body and _would_swallow(draft, extent.body_end, body):
        inline, body = _scalars.double(new), ""
    if tag := _misfit_tag(draft, node, new):
        inline = f"{_cut_tag(draft, slot, node, extent, tag)} {inline}".strip()
    if body and not inline and _is_bare(draft, slot, extent) and not isinstance(new, str):
        inline, body = _behind_dash(draft, slot, extent, body), ""
    _write(draft, slot, extent, inline, body)


def _is_bare(draft: Draft, slot: Slot, extent: Extent) -> bool:
    """Whether a block collection may begin right here: no key, anchor or comment on the line."""
    is_next = draft.line_start(slot.after) == draft.line_start(extent.head_start)
    on_line = extent.head_end == extent.body_start and extent.lead == slot.after
    return on_line and is_next and slot.kind != "key"


def _behind_dash(draft: Draft, slot: Slot, extent: Extent, body: str) -> str:
    """Let a collection begin behind its dash, or at the beginning of the document."""
    inline = body.lstrip("\n ")
    if slot.kind == "root" and not draft.begins_line(extent.head_start):
        marker = draft.line_start(extent.head_start)
        extent.head_start = marker + len(draft.text[marker : extent.head_start].rstrip())
        return "\n" + inline
    return inline


def _write(draft: Draft, slot: Slot, extent: Extent, inline: str, body: str) -> None:
    """Note the edits: ``inline`` on the key's line, before its comment, and ``body`` below."""
    if inline:
        behind_space = not slot.colon and draft.text[extent.head_start - 1] == " "
        space = " " if extent.head_start == extent.head_end and not behind_space else ""
        draft.replace(extent.head_start, extent.head_end, slot.colon + space + inline)
    elif extent.head_start < extent.head_end:
        start = extent.lead
        if "\n" in draft.text[start : extent.head_start]:
            start = draft.break_before(draft.line_start(extent.head_start))
        draft.replace(start, extent.head_end, "")
    draft.replace(extent.body_start, extent.body_end, body if inline else slot.colon + body)


def append_root(draft: Draft, new: Data) -> None:
    """Write the first value of a document that has none."""
    text = draft.text
    lead = "" if not text[draft.top :] or text[-1] in "\r\n" else "\n"
    draft.insert(len(text), lead + _render.root(new, draft.habits) + "\n")


# --- where the old value is ------------------------------------------------------------------


def _flow_extent(draft: Draft, slot: Slot, node: Node) -> Extent:
    end = max(draft.tree.end(node), slot.after)
    start = draft.tree.content_start(node)
    if is_empty(node) and start == draft.tree.start(node):
        at = slot.after + draft.text.startswith(" ", slot.after)
        return Extent(slot.after, at, at, at, at)
    return Extent(slot.after, start, end, end, end)


def _extent(draft: Draft, slot: Slot, node: Node) -> Extent:
    tree = draft.tree
    start, content = tree.start(node), tree.content_start(node)
    properties = _properties_end(draft, node)
    lead = properties if properties > start else slot.after
    if is_empty(node):
        if properties == start:
            content = slot.after
        line_end = rest_of_line(draft, content)
        return Extent(content, content, content, line_end, line_end)
    if is_block(node):
        assert isinstance(node, Mapping | Sequence)
        layout = Layout(draft, node, slot.key)
        tail = layout.tail(len(layout) - 1)
        if layout.is_compact() or slot.kind == "root":
            return Extent(lead, layout[0].start, tail, tail, tail)
        return Extent(lead, lead, lead, rest_of_line(draft, lead), tail)
    end = tree.end(node)
    if isinstance(node, Scalar) and node.style in ("|", ">"):
        header = _HEADER.match(draft.text, content)
        assert header is not None
        line_end = rest_of_line(draft, header.end())
        return Extent(lead, content, header.end(), line_end, max(end, line_end))
    line_end = rest_of_line(draft, end)
    return Extent(lead, content, end, line_end, line_end)


def _properties_end(draft: Draft, node: Node) -> int:
    """Offset after the anchor and tag; that of the node where it has neither."""
    spans = draft.tree.properties(node)
    return spans[-1][1] if spans else draft.tree.start(node)


def _misfit_tag(draft: Draft, node: Node, new: Data) -> tuple[int, int] | None:
    """Where a tag is that does not fit the new value."""
    for start, end in draft.tree.properties(node):
        if draft.text[start] == "!":
            is_text = isinstance(new, str) and isinstance(node, Scalar)
            return None if is_text and _TEXT_TAG.match(draft.text, start) else (start, end)
    return None


def _cut_tag(draft: Draft, slot: Slot, node: Node, extent: Extent, tag: tuple[int, int]) -> str:
    """Take a tag out of the text; the anchor that is to be written anew before the value."""
    start, end = draft.tree.start(node), _properties_end(draft, node)
    if "#" in draft.text[tag[1] : max(end, extent.head_start)]:
        # A comment is between the tag and the value: both stay where they are.
        draft.replace(len(draft.text[: tag[0]].rstrip(" \t")), tag[1], "")
        return ""
    extent.lead, extent.head_start = slot.after, start
    extent.head_end = max(extent.head_end, end)
    if "#" in draft.text[start : tag[0]]:
        # A comment is between the anchor and the tag, whose place the value takes.
        extent.head_start = tag[0]
        return ""
    return (draft.text[start : tag[0]] + draft.text[tag[1] : end]).strip()


# --- how the new value is written --------------------------------------------------------------


def _written(draft: Draft, slot: Slot, node: Node, new: Data, extent: Extent) -> tuple[str, str]:
    """The text on the key's line and the lines below, which begin with a line end."""
    habits = draft.habits
    if isinstance(node, Scalar) and not is_empty(node) and isinstance(new, str):
        return _like(draft, slot, node, new, extent)
    if slot.flow:
        return _render.flow(new, habits, slot.key), ""
    if _render.on_one_line(new, habits, slot.key):
        return _render.inline(new, habits, slot.key), ""
    column = _column(draft, slot, new, extent)
    if isinstance(new, str):
        header, lines = _scalars.literal(new, column, column - max(slot.column, 0))
        return header, "\n" + lines
    return "", "\n" + " " * column + _render.block(new, column, habits, slot.key)


def _column(draft: Draft, slot: Slot, new: Data, extent: Extent) -> int:
    """The column of a value's own lines."""
    if slot.kind == "root":
        if isinstance(new, str):
            return 2
        return draft.column(extent.head_start) if draft.begins_line(extent.head_start) else 0
    if slot.kind == "item":
        behind_dash = draft.text[slot.after : extent.head_start]
        return slot.column + (
            1 + len(behind_dash) if behind_dash.isspace() and "\n" not in behind_dash else 2
        )
    return slot.column + (draft.habits.dash if isinstance(new, list) else draft.habits.step)


def _like(draft: Draft, slot: Slot, old: Scalar, new: str, extent: Extent) -> tuple[str, str]:
    """Write a string in the style of the scalar whose place it takes."""
    if old.style in ("|", ">") and _scalars.block_fits(new, keep=_keeps(draft, old)):
        return _block_like(draft, slot, old, new, extent)
    quote = old.style if old.style in ("'", '"') else None
    if quote is None:
        tagged = old.tag is not None
        was_text = tagged or isinstance(resolve(old.value), str)
        if was_text and _scalars.plain_fits(new, flow=slot.flow):
            if tagged:
                return new, ""
            keep = _scalars.misread(old.value)
            return _scalars.string(new, flow=slot.flow, keep_plain=keep), ""
        quote = draft.habits.quote(slot.key)
    if not slot.flow and "\n" in new and quote != '"' and _scalars.block_fits(new):
        column = _column(draft, slot, new, extent)
        header, lines = _scalars.literal(new, column, column - max(slot.column, 0))
        return header, "\n" + lines
    return _scalars.string(new, flow=slot.flow, quote=quote), ""


def _block_like(draft: Draft, slot: Slot, old: Scalar, new: str, extent: Extent) -> tuple[str, str]:
    """Write a string as a block scalar with the indentation of the former one."""
    style = old.style or "|"
    text = draft.text
    start = draft.tree.content_start(old)
    match = _HEADER.match(text, start)
    assert match is not None
    old_header = match[0]
    parent = max(slot.column, 0)
    lines = text[draft.line_end(start) : draft.tree.end(old)].splitlines()[1:]
    indent = _indent_of(old_header, lines, parent) or _column(draft, slot, new, extent)
    step = indent - parent
    if step < 1 or (step > 9 and new.lstrip("\n")[:1] in " \t"):
        raise Unsupported("a block scalar with unusual indentation")
    new_lines = _scalars.body_lines(new)
    if style == ">":
        if _fold.fold_fits(new):
            old_lines = [line[indent:] for line in lines]
            new_lines = _fold.fold(new, old_lines) + [""] * (len(new) - len(new.rstrip("\n")) - 1)
        else:
            style = "|"
    header = _scalars.header(style, new, step)
    if "+" in old_header and new.endswith("\n") and "+" not in header:
        header += "+"
    if "+" not in old_header + header:
        # Blank lines that count no more stay below.
        new_lines += [""] * (len(lines) - len("\n".join(lines).rstrip().split("\n")))
    body = "".join("\n" + (" " * indent + line if line else "") for line in new_lines)
    return header, body


def _keeps(draft: Draft, block: Scalar) -> bool:
    header = _HEADER.match(draft.text, draft.tree.content_start(block))
    return header is not None and "+" in header[0]


def _would_swallow(draft: Draft, end: int, body: str) -> bool:
    """Whether a comment further down is indented so deep that a block scalar would take it in."""
    comment = COMMENT_BELOW.match(draft.text, draft.next_line(end))
    indent = min(len(line) - len(line.lstrip()) for line in body.split("\n") if line)
    return comment is not None and len(comment[1]) >= indent


def _comes_to_comment(draft: Draft, slot: Slot, end: int) -> bool:
    """Whether a comment further down is indented deeper than the place that a value hangs in."""
    comment = COMMENT_BELOW.match(draft.text, draft.next_line(end))
    return comment is not None and len(comment[1]) > slot.column


def _indent_of(header: str, lines: list[str], parent: int) -> int | None:
    digits = re.sub(r"\D", "", header)
    if digits:
        return parent + int(digits)
    first = next((line for line in lines if line.strip()), None)
    return None if first is None else len(first) - len(first.lstrip(" "))
