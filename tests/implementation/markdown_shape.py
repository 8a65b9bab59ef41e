"""What a Markdown text consists of, whatever its words say."""

from __future__ import annotations

from markdown_it import MarkdownIt

_READER = MarkdownIt("commonmark").enable("table")
_WORDS = ("text", "code_inline", "softbreak")


def shape(text: str) -> list[str]:
    """Its headings, lists, tables, fences and what is special inside lines, in order."""
    found = []
    for token in _READER.parse(text):
        found.append(f"{token.type} {token.tag} {token.info}")
        found += [child.type for child in token.children or () if child.type not in _WORDS]
    return found


def said_outright(text: str) -> str:
    """What it says itself: neither in backticks nor between fences."""
    return "\n".join(
        child.content
        for token in _READER.parse(text)
        for child in token.children or ()
        if child.type not in ("code_inline", "softbreak")
    )
