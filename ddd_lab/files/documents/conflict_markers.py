"""Conflict markers in a text: what Git's merges leave where both sides changed the same lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, TypeAlias

MARKER_SIZE: Final = 7
Choice = Literal["base", "current", "incoming"]
"""A version of what both sides changed. Which one is one's own depends on what Git is doing: in a
rebase, ``incoming`` is."""
_MARKER = re.compile(r"^([<|=>])\1{6,}(?: [^\r\n]*)?\r?$\n?", re.MULTILINE)
_STEPS = {("<", "|"), ("<", "="), ("<|", "="), ("<=", ">"), ("<|=", ">")}
"""The signs that have been read, and the one that may come next."""


class ConflictRegion(NamedTuple):
    """Lines that both sides changed; each version is whole lines, or empty."""

    base: str | None  # None where the markers do not say
    current: str
    incoming: str

    def chosen(self, choice: Choice) -> str:
        """The lines of one version."""
        return (self.base or "") if choice == "base" else getattr(self, choice)


Piece: TypeAlias = "str | ConflictRegion"


def read_markers(text: str) -> list[Piece] | None:
    """A text with markers in pieces; None where it has none, or they are not whole."""
    pieces: list[Piece] = []
    parts: list[str] = []
    seen = ""
    at = 0
    size = 0
    for marker in _MARKER.finditer(text):
        sign, length = marker[1], len(marker[0].split(" ")[0].rstrip("\r\n"))
        if not seen:
            if sign != "<":
                continue
            pieces.append(text[at : marker.start()])
            seen, parts, size = "<", [], length
        elif length != size:
            continue
        elif (seen, sign) in _STEPS:
            parts.append(text[at : marker.start()])
            seen += sign
        else:
            return None
        at = marker.end()
        if seen.endswith(">"):
            base = parts[1] if len(parts) == 3 else None
            pieces.append(ConflictRegion(base, parts[0], parts[-1]))
            seen = ""
    if seen or not pieces:
        return None
    return [piece for piece in (*pieces, text[at:]) if piece != ""]


def write_markers(pieces: Iterable[Piece], size: int = MARKER_SIZE, line_end: str = "\n") -> str:
    """One text of pieces, with standard markers around what both sides changed."""
    return "".join(
        piece
        if isinstance(piece, str)
        else "".join(
            (
                f"{'<' * size} current{line_end}{piece.current}",
                "" if piece.base is None else f"{'|' * size} base{line_end}{piece.base}",
                f"{'=' * size}{line_end}{piece.incoming}{'>' * size} incoming{line_end}",
            )
        )
        for piece in pieces
    )


def masked(pieces: Iterable[Piece], choice: Choice) -> str:
    """The same as :func:`choose`, every line in its place: all other lines are blank."""
    text = ""
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        versions: tuple[Choice, ...] = ("current", "base", "incoming")
        for version in versions:
            lines = piece.chosen(version)
            if version != "base" or piece.base is not None:
                text += "\n"  # in the place of a marker
            text += lines if version == choice else "\n" * lines.count("\n")
        text += "\n"
    return text


def choose(pieces: Iterable[Piece], choice: Choice) -> str:
    """The text with the same version everywhere."""
    return "".join(piece if isinstance(piece, str) else piece.chosen(choice) for piece in pieces)
