"""Pieces of a text, each of which has to be whole by itself."""

from __future__ import annotations

from collections.abc import Iterable

from yaml.error import YAMLError

from ddd_lab.lossless_yaml._parser import read_through


def are_whole(pieces: Iterable[str]) -> bool:
    """Whether each piece can be read by itself: nothing is open where it ends."""
    return is_readable("".join(f"---\n{piece}\n" for piece in pieces))


def is_readable(text: str) -> bool:
    """Whether the parser can read a text of one or more documents."""
    try:
        read_through(text)
    except (YAMLError, UnicodeEncodeError):
        return False
    return True
