"""Two versions of a board as SVG: as one picture, or side by side in line with each other."""

from __future__ import annotations

from collections.abc import Sequence

from ddd_lab.maps.board_diff import BoardDiff
from ddd_lab.maps.ghosts import KINDS
from ddd_lab.maps.layout import Point, Rect
from ddd_lab.maps.measure import clipped, text_width
from ddd_lab.maps.svg.draw import MARGIN, Rendered, document, empty_svg, rendered
from ddd_lab.maps.svg.ghosts import RADIUS, sign_svg
from ddd_lab.maps.svg.theme import Theme, theme_of
from ddd_lab.maps.svg.xml import num, tag, text
from ddd_lab.plurals import plural

_TITLE = 15.0
_LINE = 12.0
_BAND = 64.0
"""Height of the lines above the boards: what is compared, and how much differs."""
_NAME = 26.0
"""Height of the name above each of two boards."""
_GAP = 12.0
_NARROWEST = 320.0
STACKED = 1.6
"""Width of a board against its height beyond which two stand one below the other."""
_LONGEST = 360.0
"""Pixels that the name of a version may take."""


def diff_svg(
    diff: BoardDiff, old: str, new: str, *, theme: str = "light", side_by_side: bool = False
) -> str:
    """Two versions of a place as one SVG document with a legend.

    Args:
        diff: what differs.
        old: what people call the earlier version.
        new: what they call the later one.
        theme: ``light`` or ``dark``.
        side_by_side: both boards beside each other; without it one board for both.

    Raises:
        ValueError: there is no such theme.
    """
    colours = theme_of(theme)
    if side_by_side:
        picture = _beside(_aligned(diff, colours), (old, new), colours)
    else:
        picture = rendered(diff.board, colours)
    names = " → ".join(clipped(name, _TITLE, _LONGEST) for name in (old, new))
    title = f"{diff.title}: {names}"
    words = diff.notice or f"{diff.words}."
    return document(
        title, f"{diff.board.about} {words}", _headed(picture, title, diff, colours), colours
    )


def diff_boards(diff: BoardDiff, *, theme: str = "light", side_by_side: bool = False) -> list[str]:
    """The one board for both versions, or both boards, as SVG documents that show one area.

    Raises:
        ValueError: there is no such theme.
    """
    colours = theme_of(theme)
    if not side_by_side:
        return [document(diff.title, diff.board.about, rendered(diff.board, colours), colours)]
    return [
        document(f"{diff.title} ({name})", board.about, picture, colours)
        for name, board, picture in zip(
            ("before", "after"), diff.sides, _aligned(diff, colours), strict=True
        )
    ]


def _aligned(diff: BoardDiff, theme: Theme) -> list[Rendered]:
    """Both boards, each in the area that both need."""
    sides = [rendered(board, theme) for board in diff.sides]
    full = [side.view for side, board in zip(sides, diff.sides, strict=True) if board.cards] or [
        side.view for side in sides
    ]
    view = Rect(
        min(one.left for one in full),
        min(one.top for one in full),
        max(one.right for one in full),
        max(one.bottom for one in full),
    )
    return [
        Rendered(view, side.parts if board.cards else [empty_svg(board.empty, view, theme)])
        for side, board in zip(sides, diff.sides, strict=True)
    ]


def _beside(sides: Sequence[Rendered], names: Sequence[str], theme: Theme) -> Rendered:
    """Two boards with their names: beside each other or, where they are wide, stacked."""
    view = sides[0].view
    wide, high = max(view.right - view.left, _NARROWEST), view.bottom - view.top
    stacked = wide > STACKED * high
    across, down = (0.0, high + _NAME + _GAP) if stacked else (wide + _GAP, 0.0)
    parts = []
    for index, (side, name) in enumerate(zip(sides, names, strict=True)):
        label = clipped(name, _LINE, wide - 24, bold=True)
        frame = tag(
            "rect",
            x=view.left,
            y=view.top,
            width=wide,
            height=high,
            fill="none",
            stroke=theme.border,
            stroke_width=0.8,
        )
        at = Point(view.left + 12, view.top - 8)
        content = "".join([_words(label, at, theme, bold=True), frame, *side.parts])
        moved = f"translate({num(index * across)} {num(index * down)})"
        parts.append(tag("g", content, transform=moved))
    right, bottom = view.left + wide + across, view.bottom + down
    return Rendered(Rect(view.left - 1, view.top - _NAME, right + 1, bottom + 1), parts)


def _headed(picture: Rendered, title: str, diff: BoardDiff, theme: Theme) -> Rendered:
    """A picture below its title and its legend."""
    view = picture.view
    left, top = view.left + MARGIN / 2, view.top - _BAND
    parts = [_words(title, Point(left, top + 26), theme, size=_TITLE, bold=True)]
    right = left + text_width(title, _TITLE, bold=True)
    x, y = left + RADIUS, top + 50
    for kind in KINDS:
        counts = [
            sum(found == kind for found in marks.values()) for marks in (diff.cards, diff.edges)
        ]
        if any(counts):
            words = f"{kind}: {_counted(*counts)}"
            parts += [
                sign_svg(Point(x, y - 4), theme, kind),
                _words(words, Point(x + RADIUS + 6, y), theme),
            ]
            x += 2 * RADIUS + 6 + text_width(words, _LINE) + 24
    if not diff.board.ghosts:
        words = diff.notice or diff.words
        parts.append(_words(words, Point(left, y), theme))
        x = left + text_width(words, _LINE)
    return Rendered(
        Rect(view.left, top, max(view.right, right + MARGIN / 2, x + MARGIN / 2), view.bottom),
        [*parts, *picture.parts],
    )


def _counted(cards: int, edges: int) -> str:
    parts = [plural(cards, "card") if cards else "", plural(edges, "edge") if edges else ""]
    return ", ".join(filter(None, parts))


def _words(words: str, at: Point, theme: Theme, *, size: float = _LINE, bold: bool = False) -> str:
    return tag(
        "text",
        text(words),
        x=at.x,
        y=at.y,
        font_size=size,
        font_weight=600 if bold else None,
        fill=theme.text,
    )
