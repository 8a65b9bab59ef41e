"""How the parts inside a large card stand: one arrangement for its size and for drawing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ddd_lab.maps.measure import clipped, text_width, wrapped
from ddd_lab.spec.catalogue import CardItem, CardPart

TITLE_SIZE = 10.5
TEXT_SIZE = 11.5
CHIP_SIZE = 10.5
LINE = 17.0
CHIP_LINE = 21.0
LEFT = 14.0
RIGHT = 10.0
GAP = 8.0
MOST_TITLE = 84.0
CHIP_PAD = 10.0
CHIP_GAP = 5.0
MORE = 26.0
"""Width kept for how many rows found no room."""
LISTED = "listed"
"""Mark of a text that is one of several in a list, each on a row of its own."""


@dataclass(frozen=True)
class Item:
    """A text of a row; a chip where it is framed."""

    text: str
    mark: str = ""
    hint: str = ""
    x: float = 0.0
    width: float = 0.0
    framed: bool = False


@dataclass(frozen=True)
class Row:
    """One line inside a card.

    Attributes:
        title: of the part, on its first row only.
        y: top, measured from where the rows begin. height: room that it takes.
        more: how many rows like this one found no room.
    """

    title: str
    items: tuple[Item, ...]
    y: float
    height: float
    more: int = 0


def arranged(parts: Sequence[CardPart], width: float, room: float | None = None) -> list[Row]:
    """The rows of a card.

    Args:
        parts: as ``details`` of a sheet's node gives them.
        width: of the card in pixels.
        room: height that the rows may take, in pixels; as much as they like by default. With less,
            long parts are cut first, then parts are left out, those of the highest ``rank`` first.
    """
    titles = (text_width(part["title"], TITLE_SIZE) for part in parts if part["kind"] != "cycle")
    widest = max(titles, default=0.0)
    start = LEFT + (min(widest, MOST_TITLE) + GAP if widest else 0.0)
    blocks = [_block(part, start, width - RIGHT) for part in parts]
    if room is not None:
        ranks = [part.get("rank", at) for at, part in enumerate(parts)]
        blocks = _fitted(blocks, ranks, room, width - RIGHT)
    rows: list[Row] = []
    y = 0.0
    for block in blocks:
        for row in block:
            rows.append(replace(row, y=y))
            y += row.height
    return rows


def unsaid(parts: Sequence[CardPart], summary: str) -> list[CardPart]:
    """The parts that say more than the card's own line says already."""
    return [
        part
        for part in parts
        if part["kind"] != "text" or not all(item["text"] in summary for item in part["items"])
    ]


def height_of(rows: Sequence[Row]) -> float:
    """Height that rows take."""
    return sum(row.height for row in rows)


def _fitted(
    blocks: Sequence[list[Row]], ranks: Sequence[int], room: float, end: float
) -> list[list[Row]]:
    """Blocks that fit: the longest gives up a row in turn, then the least important one goes."""
    rows = {at: list(block) for at, block in enumerate(blocks)}
    while rows and sum(map(height_of, rows.values())) > room:
        longest = max(rows.values(), key=len)
        if len(longest) > 1:
            dropped = longest.pop()
            longest[-1] = _shortened(longest[-1], dropped, end)
        else:
            del rows[max(rows, key=lambda at: (ranks[at], at))]
    return list(rows.values())


def _shortened(row: Row, dropped: Row, end: float) -> Row:
    """A row that says how much no longer follows it."""
    if not row.items or not dropped.items:
        return row
    if row.items[-1].mark == LISTED:
        last = row.items[-1]
        cut = clipped(last.text, TEXT_SIZE, end - last.x - MORE)
        return replace(row, items=(replace(last, text=cut),), more=row.more + dropped.more + 1)
    if not row.items[-1].framed:
        last = row.items[-1]
        cut = clipped(f"{last.text} {dropped.items[0].text}", TEXT_SIZE, end - last.x)
        return replace(row, items=(*row.items[:-1], replace(last, text=cut)))
    hidden = sum(_count(item) for item in dropped.items)
    items = list(row.items)
    if items and items[-1].mark == "+":
        hidden += _count(items.pop())
    more = _more(hidden, items)
    while len(items) > 1 and more.x + more.width > end:
        hidden += _count(items.pop())
        more = _more(hidden, items)
    return replace(row, items=(*items, more))


def _count(item: Item) -> int:
    return int(item.text.removeprefix("+")) if item.mark == "+" else 1


def _more(hidden: int, shown: Sequence[Item]) -> Item:
    label = f"+{hidden}"
    x = shown[-1].x + shown[-1].width + CHIP_GAP
    return Item(label, "+", "", x, text_width(label, CHIP_SIZE) + CHIP_PAD, framed=True)


def _block(part: CardPart, start: float, end: float) -> list[Row]:
    title = clipped(part["title"], TITLE_SIZE, MOST_TITLE)
    items = part["items"]
    if part["kind"] == "chips":
        lines = _chip_lines(items, start, end)
        return [Row(title if not at else "", line, 0, CHIP_LINE) for at, line in enumerate(lines)]
    if part["kind"] == "cycle":
        whole_text = " → ".join(item["text"] for item in items)
        return [Row("", (_said(whole_text, LEFT, end),), 0, LINE)]
    if part["kind"] == "rows":
        texts = [(item["text"], item["hint"]) for item in items]
        mark = LISTED
    else:
        whole = " · ".join(item["text"] for item in items)
        wrapped_lines = wrapped(whole, TEXT_SIZE, end - start, part.get("lines", 1))
        texts = [(line, whole) for line in wrapped_lines]
        mark = ""
    return [
        Row(title if not at else "", (_said(text, start, end, hint, mark),), 0, LINE)
        for at, (text, hint) in enumerate(texts)
    ]


def _said(text: str, x: float, end: float, hint: str = "", mark: str = "") -> Item:
    cut = clipped(text, TEXT_SIZE, end - x)
    return Item(cut, mark, hint or (text if cut != text else ""), x, end - x)


def _chip_lines(items: Iterable[CardItem], start: float, end: float) -> list[tuple[Item, ...]]:
    lines: list[list[Item]] = [[]]
    x = start
    for item in items:
        text = f"{item['mark']} {item['text']}" if item["mark"] else item["text"]
        cut = clipped(text, CHIP_SIZE, end - start - CHIP_PAD)
        wide = text_width(cut, CHIP_SIZE) + CHIP_PAD
        if lines[-1] and x + wide > end:
            lines.append([])
            x = start
        hint = item["hint"] or (text if cut != text else "")
        lines[-1].append(Item(cut, item["mark"], hint, x, wide, framed=True))
        x += wide + CHIP_GAP
    return [tuple(line) for line in lines]
