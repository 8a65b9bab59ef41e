"""Folded block scalars (``>``): texts whose lines are joined to paragraphs when read."""

from __future__ import annotations

import re
import textwrap

_WIDTH = 80


def fold_fits(text: str) -> bool:
    """Whether a folded block can hold the text without lines that keep their own breaks."""
    lines = text.rstrip("\n").split("\n")
    return bool(lines[0]) and not any(
        line[:1] in " \t" or line[-1:] in " \t" for line in lines if line
    )


def fold(text: str, old_lines: list[str]) -> list[str]:
    """Break a text (see `fold_fits`) into the lines of a folded block, keeping those that can stay.

    The old lines, without indentation, also give the width.
    """
    width = max((len(line) for line in old_lines), default=_WIDTH)
    old = _paragraphs(old_lines)
    lines: list[str] = []
    paragraphs = text.rstrip("\n").split("\n")
    by_text = {" ".join(paragraph): paragraph for paragraph in old}
    for index, paragraph in enumerate(paragraphs):
        if index:
            lines.append("")
        if not paragraph:
            continue
        former = old[index] if index < len(old) and len(old) == len(paragraphs) else []
        lines += by_text.get(paragraph) or _refold(paragraph, former, width)
    return lines


def _refold(paragraph: str, former: list[str], width: int) -> list[str]:
    """Wrap a paragraph anew between its first and last lines that stay the same."""
    head: list[str] = []
    tail: list[str] = []
    rest = paragraph
    for line in former:
        if not rest.startswith(line + " ") or rest[len(line) + 1 : len(line) + 2] in ("", " "):
            break
        head.append(line)
        rest = rest[len(line) + 1 :]
    for line in reversed(former[len(head) :]):
        if not rest.endswith(" " + line) or rest[-len(line) - 2 : -len(line) - 1] in ("", " "):
            break
        tail.insert(0, line)
        rest = rest[: -len(line) - 1]
    return [*head, *_wrap(rest, width), *tail]


def _wrap(text: str, width: int) -> list[str]:
    if re.search(r"\s\s|[^\S ]", text):
        # Only single spaces may become line ends, and textwrap would not tell them apart.
        return [text]
    return textwrap.wrap(text, max(width, 20), break_long_words=False, break_on_hyphens=False)


def _paragraphs(lines: list[str]) -> list[list[str]]:
    """Group lines to paragraphs; as a folded block, a blank line is a line end."""
    result: list[list[str]] = [[]]
    fresh = True
    for line in lines:
        if line and not fresh:
            result[-1].append(line)
        elif line:
            result[-1] = [line]
            fresh = False
        else:
            result.append([])
            fresh = True
    return result
