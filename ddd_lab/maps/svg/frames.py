"""What lies behind the cards: frames of containers and teams, and notes."""

from __future__ import annotations

from collections.abc import Sequence

from ddd_lab.maps import card_layout
from ddd_lab.maps.card_layout import Item
from ddd_lab.maps.layout import Point, Rect
from ddd_lab.maps.measure import clipped, text_width, wrapped
from ddd_lab.maps.svg.cards import FOOT, chip_svg
from ddd_lab.maps.svg.drawing import Boundary, Note
from ddd_lab.maps.svg.theme import Theme
from ddd_lab.maps.svg.xml import tag, text

SIDE = 14.0
TITLE_BAND = 26.0
FOOT_BAND = 28.0


def frame_svg(frame: Boundary, theme: Theme) -> str:
    """The line of a frame."""
    area = frame.area
    line = tag(
        "rect",
        x=area.left,
        y=area.top,
        width=area.right - area.left,
        height=area.bottom - area.top,
        rx=12,
        fill="none",
        stroke=theme.edge(frame.category),
        stroke_width=1.6 if frame.dashed else 1.2,
        stroke_dasharray="8 5" if frame.dashed else None,
    )
    hint = ". ".join(part for part in (frame.title, ", ".join(frame.chips), frame.foot) if part)
    return tag("g", tag("title", text(hint)) + line)


def words_svg(frame: Boundary, pieces: Sequence[Rect], theme: Theme) -> str:
    """The words of a frame, between the edges that cross its upper and lower side."""
    area = frame.area
    room = area.right - area.left - 2 * SIDE
    title = clipped(frame.title, FOOT + 1, room, bold=True)
    wide = text_width(title, FOOT + 1, bold=True)
    top = _free(area, area.top + 5, area.top + TITLE_BAND - 2, wide, pieces)
    parts = [_plain(title, Point(top.left, area.top + 18), theme.text, theme, weight=600)]
    wide = sum(
        text_width(chip, card_layout.CHIP_SIZE) + card_layout.CHIP_PAD for chip in frame.chips
    )
    wide += card_layout.CHIP_GAP * len(frame.chips)
    if wide or frame.foot:
        y = area.bottom - FOOT_BAND
        # The chips must be whole; the text may be cut where an edge comes down.
        whole = wide + text_width(frame.foot, FOOT + 1)
        foot = _free(area, y, area.bottom - 6, min(whole, room), pieces)
        if _until(foot._replace(right=foot.left), area.right, pieces) < foot.right:
            foot = _free(area, y, area.bottom - 6, min(wide or 80.0, room), pieces)
        end = _until(foot, area.right - SIDE, pieces)
        parts += _foot(frame, foot, end, theme)
    return tag("g", "".join(parts), data_part="label")


def _free(area: Rect, top: float, bottom: float, wide: float, pieces: Sequence[Rect]) -> Rect:
    """The first place from the left in a band where no edge crosses; the left one if none."""
    left, right = area.left + SIDE, area.right - SIDE
    blocks = sorted(
        (piece.left - 8, piece.right + 8)
        for piece in pieces
        if piece.top < bottom and piece.bottom > top
    )
    start = left
    for low, high in blocks:
        if low < start + wide and high > start:
            start = high
    if start + wide > right:
        start = left
    return Rect(start, top, start + wide, bottom)


def _until(band: Rect, end: float, pieces: Sequence[Rect]) -> float:
    """How far to the right a band is free of edges."""
    crossing = (
        piece.left - 8 for piece in pieces if piece.top < band.bottom and piece.bottom > band.top
    )
    return min([end, *(low for low in crossing if low >= band.right)])


def _plain(label: str, at: Point, fill: str, theme: Theme, *, weight: int = 400) -> str:
    return tag(
        "text",
        text(label),
        x=at.x,
        y=at.y,
        font_size=FOOT + 1,
        font_weight=weight,
        fill=fill,
        stroke=theme.background,
        stroke_width=3,
        stroke_linejoin="round",
        paint_order="stroke",
    )


def _foot(frame: Boundary, band: Rect, end: float, theme: Theme) -> list[str]:
    parts = []
    x, y = band.left, band.top + 3
    for chip in frame.chips:
        label = clipped(chip, card_layout.CHIP_SIZE, max(end - x - card_layout.CHIP_PAD, 20.0))
        width = text_width(label, card_layout.CHIP_SIZE) + card_layout.CHIP_PAD
        if x + width > end:
            break
        item = Item(label, "", chip if label != chip else "", x, width, framed=True)
        parts.append(chip_svg(item, Point(x, y), theme, theme.edge(frame.category)))
        x += width + card_layout.CHIP_GAP
    if frame.foot and end - x > 40:
        label = clipped(frame.foot, FOOT + 1, end - x)
        parts.append(_plain(label, Point(x, y + 12.5), theme.quiet, theme))
    return parts


def note_svg(note: Note, theme: Theme) -> str:
    """A note: a plain sheet of paper with a turned corner, and its text."""
    area = note.area
    x, y, w, h = area.left, area.top, area.right - area.left, area.bottom - area.top
    fold = min(14.0, w / 4, h / 4)
    points = [(x, y), (x + w - fold, y), (x + w, y + fold), (x + w, y + h), (x, y + h)]
    outline = " ".join(f"{px:g},{py:g}" for px, py in points)
    corner = f"{x + w - fold:g},{y:g} {x + w - fold:g},{y + fold:g} {x + w:g},{y + fold:g}"
    parts = [
        tag("title", text(note.text)),
        tag("polygon", points=outline, fill=theme.chip, stroke=theme.border, stroke_width=1),
        tag("polyline", points=corner, fill="none", stroke=theme.border, stroke_width=1),
    ]
    lines = int((h - 12) // card_layout.LINE)
    rows: list[str] = []
    for paragraph in note.text.splitlines():
        if len(rows) < lines:
            rows += wrapped(paragraph, card_layout.TEXT_SIZE, w - 24, lines - len(rows)) or [""]
    for index, line in enumerate(rows):
        at = y + 20 + card_layout.LINE * index
        parts.append(
            tag(
                "text", text(line), x=x + 12, y=at, font_size=card_layout.TEXT_SIZE, fill=theme.text
            )
        )
    return tag("g", "".join(parts))
