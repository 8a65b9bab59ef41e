"""How wide a line of text is, without a browser: for card sizes and clipping."""

from __future__ import annotations

import unicodedata
from functools import cache

from wcwidth import wcwidth

from ddd_lab.visible import one_line

# Advance widths in thousandths of the font size, of the widest of the usual interface fonts for
# each letter, rounded up: a text that fits by this table fits in all of them.
_WIDE = {
    **dict.fromkeys("ijl'|!.,:;", 320),
    **dict.fromkeys("ftr()[]{}I`/\\- ", 420),
    **dict.fromkeys('Jsczxkvy"*?', 580),
    **dict.fromkeys("abdeghnopqu0123456789$_", 640),
    **dict.fromkeys("ABCEFKLPRSTVXYZ&~^<>=+#€", 720),
    **dict.fromkeys("DGHNOQU", 800),
    **dict.fromkeys("mwM%@", 980),
    "W": 1000,
    "→": 840,
    "…": 1000,
    "·": 340,
}
_LONGEST = 5000
"""Letters of a text that are measured: no card or label has room for more."""
BOLD = 1.09
"""How much wider semibold letters are."""


@cache
def _advance(letter: str) -> int:
    advance = _WIDE.get(letter)
    if advance is not None:
        return advance
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    if wcwidth(letter) == 2:
        return 1000 if ord(letter) < 0x1F000 else 1350
    base = unicodedata.normalize("NFD", letter)[0]
    return _WIDE.get(base, 840 if letter.isalpha() else 1000)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line of text in pixels, at least what a usual interface font needs."""
    return sum(map(_advance, text)) * size / 1000 * (BOLD if bold else 1)


def clipped(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text as one line that fits the room, shortened with an ellipsis where it must be."""
    line = one_line(text, _LONGEST)
    if text_width(line, size, bold=bold) <= room:
        return line
    left = room - text_width("…", size, bold=bold)
    width = 0
    for letter in line:
        left -= text_width(letter, size, bold=bold)
        if left < 0:
            break
        width += 1
    return line[:width].rstrip() + "…"


def wrapped(text: str, size: float, room: float, lines: int) -> list[str]:
    """The text in at most so many lines that fit the room; the last one may end in an ellipsis."""
    rows: list[str] = []
    words = one_line(text, _LONGEST).split(" ") if text else []
    while words and len(rows) < lines - 1:
        line = words[0]
        count = 1
        while count < len(words) and text_width(f"{line} {words[count]}", size) <= room:
            line += " " + words[count]
            count += 1
        rows.append(clipped(line, size, room))
        words = words[count:]
    if words:
        rows.append(clipped(" ".join(words), size, room))
    return rows
