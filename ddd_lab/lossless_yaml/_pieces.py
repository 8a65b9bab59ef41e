"""Pieces of a text, each of which has to be whole by itself."""

from __future__ import annotations

from collections.abc import Iterable

from ddd_lab.lossless_yaml._mistakes import is_readable


def are_whole(pieces: Iterable[str]) -> bool:
    """Whether each piece can be read by itself: nothing is open where it ends.

    Args:
        pieces: whole lines of a text that names no alias.
    """
    return is_readable("".join(f"---\n{piece}\n" for piece in pieces))
