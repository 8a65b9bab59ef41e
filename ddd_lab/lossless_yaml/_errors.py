"""What can go wrong with YAML text."""

from __future__ import annotations

from ddd_lab.visible import VisibleError

MAX_DEPTH = 200
"""Deeper nesting is refused; a design has about ten levels, and recursion must end somewhere."""
TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels; flatten the structure"


class YamlError(VisibleError, ValueError):
    """The text cannot be read as one YAML document.

    Attributes:
        message: What is wrong and what would be right, without the place.
        line: Line of the problem, counted from 1.
        column: Column of the problem, counted from 1.
    """

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"line {line}, column {column}: {message}")
        self.message = message
        self.line = line
        self.column = column


class PatchError(VisibleError, ValueError):
    """The text cannot be changed so that it reads as the wanted data; nothing was changed."""


class Unsupported(Exception):  # noqa: N818 - a signal inside this package, never shown
    """The span editor does not handle this shape; a round-trip dump must."""
