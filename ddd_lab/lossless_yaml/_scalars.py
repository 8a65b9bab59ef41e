"""Single values to YAML text: plain where that is safe, quoted or as a block where it is not."""

from __future__ import annotations

import math
import re
from typing import Final

from ddd_lab.lossless_yaml._errors import PatchError
from ddd_lab.lossless_yaml._nodes import Data
from ddd_lab.lossless_yaml._resolve import WrittenFloat, WrittenInt, resolve

_HIGH: Final = "\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_PRINTABLE: Final = f"[\t -~{_HIGH}]"
_ONE_LINE: Final = re.compile(f"{_PRINTABLE}*").fullmatch
_LINES: Final = re.compile(f"(?:{_PRINTABLE}|\n)*").fullmatch
_BAD_PLAIN: Final = re.compile(
    r"""(?x)
    ^$ | ^[\s,\[\]{}#&*!|>'"%@`] | ^[-?:](?=\s|$) | ^---(?=\s|$) | ^\.\.\.(?=\s|$) | ^=$ | ^<<$
    | :(?=\s|$) | \s\# | \s$ | \t | ^[-?:][,\[\]{}]
    """
).search
_BAD_IN_FLOW: Final = re.compile(r"[,\[\]{}]|:['\"]|^[-?:]").search
_OLD_READERS: Final = re.compile(
    r"""(?xi)
    y | n | yes | no | on | off | true | false | null | ~
    | [-+]?0b[01_]+ | [-+]?0o?[0-7_]+ | [-+]?0x[0-9a-f_]+
    | [-+]?[0-9][0-9_]*(:[0-9]+)*(\.[0-9_]*)?(e[-+]?[0-9]+)? | [-+]?\.[0-9_]+(e[-+]?[0-9]+)?
    | [-+]?\.inf | \.nan
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t\s].*)?
    """
).fullmatch
_PLAIN_KEY: Final = re.compile(r"true|false|[yYnN]|0|[1-9][0-9]*|<<").fullmatch
_ESCAPES: Final = {
    '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0",
    "\x07": "\\a", "\x08": "\\b", "\x1b": "\\e", "\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P",
}  # fmt: skip
_TO_ESCAPE: Final = re.compile(f'["\\\\]|[^ -~{_HIGH}]')


def misread(text: str) -> bool:
    """Whether plain ``text`` is something else than that string to a YAML 1.2 or 1.1 reader."""
    return not isinstance(resolve(text), str) or _OLD_READERS(text) is not None


def plain_fits(text: str, *, flow: bool) -> bool:
    """Whether the characters of ``text`` may be written plain; see `misread` for what they mean."""
    if _BAD_PLAIN(text) or not _ONE_LINE(text):
        return False
    return not (flow and _BAD_IN_FLOW(text))


def single_fits(text: str) -> bool:
    """Whether ``text`` may be written in single quotes on one line."""
    return _ONE_LINE(text) is not None


def double(text: str) -> str:
    """Put ``text`` in double quotes."""
    return '"' + _TO_ESCAPE.sub(_escape, text) + '"'


def single(text: str) -> str:
    """Put ``text`` in single quotes; see `single_fits`."""
    return "'" + text.replace("'", "''") + "'"


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:
        raise PatchError(f"half a surrogate pair (U+{code:04X}) cannot be written; remove it")
    if char in _ESCAPES:
        return _ESCAPES[char]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def scalar(value: Data, *, flow: bool = False, quote: str = "") -> str:
    """Write a scalar on one line, in ``quote`` (``'``, ``"`` or plain) if it is a string."""
    if isinstance(value, str):
        return string(value, flow=flow, quote=quote)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, WrittenInt | WrittenFloat):
        return value.written
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return _float(value)
    raise PatchError(f"a {type(value).__name__} cannot be written as YAML: {value!r}")


def string(text: str, *, flow: bool, quote: str = "", keep_plain: bool = False) -> str:
    """Write a string on one line, as ``quote`` says if it fits, otherwise the nearest safe way.

    With ``keep_plain`` it stays plain although YAML 1.1 readers see something else there.
    """
    if quote == "'" and single_fits(text):
        return single(text)
    if not quote and plain_fits(text, flow=flow):
        if not misread(text) or (keep_plain and isinstance(resolve(text), str)):
            return text
        return double(text)
    if not quote and '"' in text and "'" not in text and single_fits(text):
        return single(text)
    return double(text)


def key(text: str, *, flow: bool = False, quote: str = "") -> str:
    """Write a map key; connection names such as ``true`` and status codes stay plain."""
    if not quote and _PLAIN_KEY(text):
        return text
    return string(text, flow=flow, quote=quote)


def _float(value: float) -> str:
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    mantissa, e, exponent = repr(float(value)).partition("e")
    if not e:
        return mantissa
    # YAML 1.1 readers want a point in it.
    return f"{mantissa}{'' if '.' in mantissa else '.0'}e{exponent}"


def block_fits(text: str, *, keep: bool = False) -> bool:
    """Whether ``text`` may be written as a literal block.

    Several line ends at the end only fit where chomping ``+`` is in use already (``keep``): it
    makes the blank lines between this entry and the next one a part of the text.
    """
    if text.endswith("\n\n") and not keep:
        return False
    return bool(text.strip("\n")) and _LINES(text) is not None


def literal(text: str, indent: int, step: int = 2) -> tuple[str, str]:
    """Write ``text`` (see `block_fits`) as a literal block: its header, and the lines below.

    ``step`` is how much deeper than its parent it is indented, for an indentation indicator.
    """
    return header("|", text, step), "\n".join(
        " " * indent + line if line else "" for line in body_lines(text)
    )


def header(style: str, text: str, step: int) -> str:
    """Give a block scalar's header: style, indentation indicator where needed, chomping."""
    first = next(line for line in text.split("\n") if line)
    chomp = "" if text.endswith("\n") else "-"
    if text.endswith("\n\n"):
        chomp = "+"
    indicator = str(step) if first.startswith((" ", "\t")) else ""
    return style + indicator + chomp


def body_lines(text: str) -> list[str]:
    """The lines of a block scalar's body; with chomping ``+`` trailing empty ones count."""
    return text[: -1 if text.endswith("\n") else None].split("\n")
