"""What is wrong with a text that is not YAML: what it is, where it begins and what to do."""

from __future__ import annotations

import contextlib
import re
from typing import Any, NamedTuple

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import ScalarEvent

from ddd_lab.lossless_yaml._errors import TOO_DEEP, YamlError
from ddd_lab.lossless_yaml._nodes import Scalar
from ddd_lab.lossless_yaml._parser import events_of
from ddd_lab.lossless_yaml._pieces import is_readable
from ddd_lab.lossless_yaml._surrogates import half_a_pair
from ddd_lab.lossless_yaml._tree import Tree
from ddd_lab.plurals import plural

_UNREADABLE = re.compile(
    "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_ODD_BREAK = re.compile("[\x85\u2028\u2029]")
_ODD_BLANK = "[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_LINE_WITH_ODD_BLANK = re.compile(rf"^[ \t]*({_ODD_BLANK})(?=\s*\S)", re.MULTILINE)
_ODD_BLANK_BEFORE_VALUE = re.compile(rf"^[^\n#'\":]*[:-]({_ODD_BLANK})", re.MULTILINE)
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?= |$)", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_ENTRY = re.compile(r" *((?:- +)*)(?=[^\s#])")
_AFTER_QUOTE = re.compile(r"[ \t]*([^\s,\]}:#])")
_DASH = re.compile(r"- +")


def explain(error: YAMLError | UnicodeEncodeError, text: str) -> YamlError:
    """Why the parser has refused a text (without byte order mark)."""
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    error_of_text = _unreadable(text) or foreign_line(text) or _odd_character(text)
    if error_of_text is not None:
        return error_of_text
    if not isinstance(error, MarkedYAMLError):
        return YamlError(str(error))
    stop = _stop(error)
    return (
        _quote(stop, text)
        or _bracket(stop, text)
        or _misplaced(stop, text)
        or _at(text, stop.at, f"{stop.problem} ({stop.context})" if stop.context else stop.problem)
    )


class _Stop(NamedTuple):
    """Where the parser has stopped, and where that began which it was reading then."""

    problem: str
    at: int
    context: str
    context_at: int


def _stop(error: MarkedYAMLError) -> _Stop:
    problem = error.problem or error.context or "this is not YAML"
    context = error.context if error.problem and error.context else ""
    if "nesting depth" in problem:  # the parser has a limit, too
        problem, context = TOO_DEEP, ""
    mark = error.problem_mark or error.context_mark
    began = error.context_mark or mark
    return _Stop(problem, mark.index if mark else 0, context, began.index if began else 0)


def foreign_line(text: str) -> YamlError | None:
    """The first line of a text that Git or Markdown has put there."""
    if marker := _CONFLICT.search(text):
        return _at(
            text,
            marker.start(),
            f"this is a conflict marker of Git ({marker[0]}). Keep one of the two versions, and "
            "remove the other one and all lines that begin with <<<<<<<, |||||||, ======= or "
            ">>>>>>>",
        )
    if fence := _FENCE.search(text):
        mark = fence[0].strip()
        return _at(
            text,
            fence.end() - len(mark),
            f"this is a code fence of Markdown ({mark}). Remove all fences and the text outside",
        )
    return None


def refuse_misread(tree: Tree, text: str) -> None:
    """Refuse invisible characters that the parser takes for something else than YAML 1.2 does."""
    if not (_ODD_BREAK.search(text) or _LINE_WITH_ODD_BLANK.search(text)):
        return
    scalars = [node for node in tree.nodes() if isinstance(node, Scalar)]
    spans = [(node.start_mark.index, node.end_mark.index) for node in scalars]
    for match in _ODD_BREAK.finditer(text):
        if not any(start <= match.start() < end for start, end in spans):
            raise _break_error(text, match)
    for match in _LINE_WITH_ODD_BLANK.finditer(text):
        if any(start == match.start(1) for start, _ in spans):
            raise _blank_error(text, match)


def _unreadable(text: str) -> YamlError | None:
    bad = _UNREADABLE.search(text)
    if bad is None:
        return None
    message = f"YAML does not allow the character U+{ord(bad[0]):04X}. Write it as an escape"
    if "\ud800" <= bad[0] <= "\udfff":
        message = half_a_pair(bad[0])
    return _at(text, bad.start(), message)


def _odd_character(text: str) -> YamlError | None:
    """An invisible character, if the text could be read without it."""
    if not is_readable(re.sub(f"{_ODD_BREAK.pattern}|{_ODD_BLANK}", " ", text)):
        return None
    if match := _ODD_BREAK.search(text):
        return _break_error(text, match)
    match = _LINE_WITH_ODD_BLANK.search(text) or _ODD_BLANK_BEFORE_VALUE.search(text)
    return _blank_error(text, match) if match else None


def _break_error(text: str, match: re.Match[str]) -> YamlError:
    message = (
        f"the invisible character U+{ord(match[0]):04X} ends the line here. Replace it with a "
        "space or a line end"
    )
    return _at(text, match.start(), message)


def _blank_error(text: str, match: re.Match[str]) -> YamlError:
    name = "a no-break space" if match[1] == "\xa0" else "a blank that YAML does not know"
    message = f"this is {name} (U+{ord(match[1]):04X}). Replace it with an ordinary space"
    return _at(text, match.start(1), message)


def _quote(stop: _Stop, text: str) -> YamlError | None:
    """A quote that is never closed, or that is closed before the end of the value."""
    quoted = _last_quoted(text)
    if quoted is not None:
        start, end = quoted.start_mark, quoted.end_mark
        rest = _AFTER_QUOTE.match(text, end.index)
        if rest is not None and start.line < end.line:
            return _at(
                text,
                start.index,
                f"the quote {quoted.style} that begins here is not closed on its line, but on line "
                f"{end.line + 1}. Close it where the value ends",
            )
        if rest is not None:
            column = rest.start(1) - _line_start(text, rest.start(1)) + 1
            return _at(
                text,
                start.index,
                f"the value that begins here goes on in column {column}, after its closing quote. "
                "Put the whole value in quotes of the other kind"
                + _example(text[start.index : _line_end(text, start.index)].rstrip()),
            )
    if stop.context == "while scanning a quoted scalar":
        at = stop.context_at
        if quoted is not None and quoted.end_mark.index == at:
            at = quoted.start_mark.index
        return _at(text, at, f"the quote {text[at]} that begins here is never closed. Close it")
    return None


def _example(value: str) -> str:
    """A value in other quotes than the ones it has; nothing where it has both kinds, or commas."""
    other = "'" if value[0] == '"' else '"'
    return "" if other in value or "," in value else f": {other}{value}{other}"


def _last_quoted(text: str) -> Any:
    """The last value in quotes that the parser has read before it stopped."""
    get_event, last = events_of(text), None
    with contextlib.suppress(YAMLError):
        while event := get_event():
            if isinstance(event, ScalarEvent) and event.style in ("'", '"'):
                last = event
    return last


def _bracket(stop: _Stop, text: str) -> YamlError | None:
    """A list or map in brackets that is not closed, or lacks a comma."""
    if stop.context not in _BRACKETS:
        return None
    what, close = _BRACKETS[stop.context]
    place = _at(text, stop.at, "")
    end = f"line {place.line}, column {place.column}" if text[stop.at :].strip() else "the end"
    return _at(
        text,
        stop.context_at,
        f"the {what} that begins here is not closed with {close}, or a comma is missing before "
        f"{end}. Add what is missing",
    )


_BRACKETS = {
    "while parsing a flow sequence": ("list", "]"),
    "while parsing a flow mapping": ("map", "}"),
}


def _misplaced(stop: _Stop, text: str) -> YamlError | None:
    """A line that is indented wrongly or has no colon, and a value that needs quotes."""
    problem, at = stop.problem, stop.at
    if "could not find expected ':'" in problem:
        return _at(text, stop.context_at, f"this line has no colon. {_WRITE_ENTRY}")
    if text[at : at + 1] == "\t":
        return _at(text, at, "this is a tab. Indent with spaces, not with tabs")
    if "mapping values are not allowed" in problem:
        return _second_colon(text, at)
    if "did not find expected key" in problem or "expected '-' indicator" in problem:
        return _unlike_the_lines_above(text, at)
    for words, message in _MESSAGES.items():
        if words in f"{problem} {stop.context}":
            at = stop.context_at if words.startswith("while") else at
            return _at(text, at, message.format(text[at : at + 2].lstrip("\\")[:1]))
    return None


_MESSAGES = {
    "cannot start any token": "a value cannot begin with {}. Put quotes around the value",
    "while scanning an alias": "a value that begins with * is an alias, and this is none. "
    "Put quotes around the value",
    "while scanning an anchor": "a value that begins with & is an anchor, and this is none. "
    "Put quotes around the value",
    "unknown escape character": "in double quotes, \\ begins an escape, and \\{} is none. "
    "Write \\\\, or put the value in single quotes",
    "did not find expected node content": "a value is missing here, or a bracket is not closed. "
    "Add what is missing",
    "block sequence entries are not allowed": "a list cannot begin on this line. Begin it on the "
    "next line, or put quotes around a value that begins with -",
}
_CANNOT_FOLLOW = "this cannot follow the value before it. Remove it, or put quotes around it all"
_WRITE_ENTRY = "Write it as key: value, or indent it if it belongs to the value above"


def _second_colon(text: str, colon: int) -> YamlError:
    """A colon where no key can be: in a value, or below a key that has a value already."""
    start = _line_start(text, colon)
    above = _line_above(text, start)
    entry = _ENTRY.match(text, start)
    key = entry.end() if entry else start
    if above is None or ": " in text[key:colon] or text[key] in "'\"":
        return _at(
            text,
            colon,
            "a colon with a space after it cannot be inside a value. Put quotes around the value, "
            "or {...} around a map on one line",
        )
    before = text[above : _line_end(text, above)].rstrip()
    if not re.search(r":(?:\s|$)", before):
        return _at(text, above, f"this line has no colon. {_WRITE_ENTRY}")
    return _at(
        text,
        key,
        f"this line is indented deeper than {before!r:.60} above, which has a value already. "
        f"Indent both with {plural(above - _line_start(text, above), 'space')}",
    )


def _unlike_the_lines_above(text: str, at: int) -> YamlError | None:
    """A line whose indentation is that of no line above it."""
    start = _line_start(text, at)
    column = at - start
    if text[start:at].strip(" "):
        return _at(text, at, _CANNOT_FOLLOW)
    levels = _levels(text[:start])
    if not levels:
        return None
    if column in levels:
        return _at(
            text,
            at,
            "a key (key: value) and a list item (- …) cannot be below each other in the same "
            "column. Add the missing dash or key, or indent this line like those it belongs to",
        )
    choices = ", ".join(map(str, levels[:-1])) + f" or {levels[-1]}" * (len(levels) > 1)
    return _at(
        text,
        at,
        f"no line above that this line could belong to is indented with {plural(column, 'space')}. "
        f"Indent it with {choices or levels[0]} spaces",
    )


def _levels(lines: str) -> list[int]:
    """The columns in which a line after some others may begin."""
    levels: list[int] = []
    for line in lines.splitlines():
        if entry := _ENTRY.match(line):
            dashes = entry.start(1)
            columns = [dashes, *(dashes + dash.end() for dash in _DASH.finditer(entry[1]))]
            levels = [level for level in levels if level < dashes] + columns
    return levels


def _line_above(text: str, start: int) -> int | None:
    """Offset of the first word of the nearest line above that says something."""
    while start:
        end = start - 1
        start = _line_start(text, end)
        entry = _ENTRY.match(text, start, end)
        if entry is not None:
            return entry.end()
    return None


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _at(text: str, at: int, message: str) -> YamlError:
    return YamlError(message, text.count("\n", 0, at) + 1, at - _line_start(text, at) + 1)
