r"""Characters written as two escapes (``\ud83d\ude00``), as JSON writers do beyond U+FFFF.

The C parser refuses them. A text that holds some is read once more with each half in the guise of
a private-use character of the same length, so that every place stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from ddd_lab.lossless_yaml._errors import YamlError
from ddd_lab.lossless_yaml._nodes import Scalar

_HALF: Final = re.compile(r"(?<!\\)((?:\\\\)*\\(?:u|U0000))([dD][89a-fA-F])([0-9a-fA-F]{2})")
_FIRST_HALF: Final = 0xD800
_SIZE: Final = 0x800
_GUISES: Final = ((0xE000, "[eE][0-7]"), (0xE800, "[eE][89a-fA-F]"), (0xF000, "[fF][0-7]"))
"""Ranges of private-use characters, each with how an escape in it begins."""
_LONE: Final = re.compile("[\ud800-\udfff]")
_PAIR_OR_HALF: Final = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F])"
)


def half_a_pair(character: str) -> str:
    """Say what is wrong with half a pair without the other."""
    return (
        f"U+{ord(character):04X} is half of a surrogate pair and no character without the other "
        "half; write both, as in \\ud83d\\ude00, or remove it"
    )


def disguised(text: str) -> tuple[str, int] | None:
    """The text with every half in the guise of a character that does not occur in it.

    With it comes the first character of the range used; None where there is nothing to disguise (or
    every range is in use).
    """
    if _HALF.search(text) is None:
        return None
    for first, begins in _GUISES:
        pattern = rf"[{chr(first)}-{chr(first + _SIZE - 1)}]|\\(?:u|U0000){begins}"
        if re.search(pattern, text) is None:
            shift = (first - _FIRST_HALF) >> 8

            def mask(half: re.Match[str], shift: int = shift) -> str:
                return f"{half[1]}{int(half[2], 16) + shift:02x}{half[3]}"

            return _HALF.sub(mask, text), first
    return None


def undisguising(get: Callable[[], Any], text: str, first: int) -> Callable[[], Any]:
    """A function like ``get`` for the events of a text in disguise, with values as the text means.

    It raises `YamlError` for half a pair without the other.
    """
    shift = first - _FIRST_HALF
    guise = re.compile(f"[{chr(first)}-{chr(first + _SIZE - 1)}]")
    escape = re.compile(rf"\\(?:u|U0000)(?:{dict(_GUISES)[first]})[0-9a-fA-F]{{2}}")

    def get_meant() -> Any:
        event: Any = get()
        if not isinstance(event, Scalar):
            return event
        if event.style == '"':
            if guise.search(event.value):
                halves = guise.sub(lambda half: chr(ord(half[0]) - shift), event.value)
                joined = halves.encode("utf-16-le", "surrogatepass")
                event.value = joined.decode("utf-16-le", "surrogatepass")
                if lone := _LONE.search(event.value):
                    raise _alone(text, event, lone[0])
        elif escape.search(event.value):
            # Outside double quotes they were no escapes, but these very letters.
            written = _HALF.finditer(text, event.start_mark.index, event.end_mark.index)
            letters = (half[0].lstrip("\\") for half in written)
            event.value = escape.sub(lambda _: "\\" + next(letters), event.value)
        return event

    return get_meant


def _alone(text: str, event: Any, half: str) -> YamlError:
    """Say where the half without the other is."""
    halves = _PAIR_OR_HALF.finditer(text, event.start_mark.index, event.end_mark.index)
    at: int = next((match.start(1) for match in halves if match[1]), event.start_mark.index)
    return YamlError(half_a_pair(half), text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
