"""Texts of a design for people to look at: what would act on a screen is shown, not sent.

A design may come from anybody. A control character in it could drive a terminal, a bidirectional
override could show letters in another order than they stand in, and tag characters could hide words
from people that a language model reads. All of them are shown as escapes, as Python writes them.
Letters of all scripts, and what joins emoji, stay as they are.
"""

from __future__ import annotations

import re
from typing import Final

ONE_LINE: Final = 300
"""Letters of a text beyond which it is cut where one line is meant."""
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,8}\U000e007f"
"""A flag such as Scotland's: the one honest use of tag characters."""
_HIDDEN = (
    "\x00-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # the direction of writing
    "\u2028\u2029"  # line and paragraph separators
    "\ufff9-\ufffb\ud800-\udfff\ufffe\uffff"  # annotations, half characters, no characters
    "\U000e0000-\U000e007f"  # tags
)
_ACTING = re.compile(f"({_FLAG})|[{_HIDDEN}]")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str, *, lines: bool = False) -> str:
    r"""The text with control characters and bidirectional overrides as escapes (``\x1b``).

    Args:
        lines: whether line breaks and tabs stay what they are.
    """
    if not lines:
        return _ACTING.sub(_shown, text)
    return _ACTING.sub(_shown_in_lines, text.replace("\r\n", "\n"))


def one_line(text: str, limit: int = ONE_LINE) -> str:
    """The text on one line: white space folded, cut at a limit with ``…``, nothing hidden.

    Args:
        limit: letters of it that are shown; 0 for all.
    """
    line = " ".join(text.split())
    return visible(line if not limit or len(line) <= limit else f"{line[: limit - 1].rstrip()}…")


def visible_json(document: str) -> str:
    """A JSON document that says the same, with JSON's own escapes for what would act."""
    return _ACTING.sub(
        lambda match: match[0] if match[1] or match[0] in "\n\r\t" else _json(match[0]), document
    )


def error_at_hand() -> str:
    """The traceback of the error that is being handled, for a log that a terminal shows."""
    import traceback  # only where something failed: it takes long to load

    return visible(traceback.format_exc(), lines=True)


class VisibleError(Exception):
    """An error whose words may quote a design; a terminal or notebook shows them."""

    def __str__(self) -> str:
        return visible(super().__str__(), lines=True)


def _shown(match: re.Match[str]) -> str:
    return match[0] if match[1] else _SHORT.get(match[0]) or _escape(match[0])


def _shown_in_lines(match: re.Match[str]) -> str:
    return match[0] if match[1] or match[0] in "\n\t" else _shown(match)


def _escape(letter: str) -> str:
    number = ord(letter)
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _json(letter: str) -> str:
    if "\ud800" <= letter <= "\udfff":  # half a character: JSON may not hold it even as an escape
        return f"\\{_escape(letter)}"
    raw = letter.encode("utf-16-be")
    return "".join(f"\\u{raw[at : at + 2].hex()}" for at in range(0, len(raw), 2))
