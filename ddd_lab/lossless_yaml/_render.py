"""Plain data to YAML text, after the habits that a `Habits` object reports."""

from __future__ import annotations

from typing import Protocol

from ddd_lab.lossless_yaml import _scalars
from ddd_lab.lossless_yaml._nodes import Data


class Habits(Protocol):
    """How values are written in the place where new text will be."""

    @property
    def step(self) -> int:
        """Columns by which a map under a key is indented."""

    @property
    def dash(self) -> int:
        """Columns by which the dashes under a key are indented: 0 or more."""

    @property
    def pad(self) -> str:
        """What is inside the braces of a flow map: a space or nothing."""

    @property
    def longest(self) -> int:
        """A string with more characters gets lines of its own."""

    def quote(self, key: str | None) -> str:
        """Quote character of the strings under ``key``; nothing for plain."""

    def prefers_flow(self, key: str | None, value: Data) -> bool:
        """Whether a collection under ``key`` is on one line."""


def flow(value: Data, habits: Habits, key: str | None = None) -> str:
    """Write a value on one line."""
    if isinstance(value, dict):
        if not value:
            return "{}"
        pad = habits.pad
        entries = ", ".join(flow_entry(k, v, habits) for k, v in value.items())
        return f"{{{pad}{entries}{pad}}}"
    if isinstance(value, list):
        return f"[{', '.join(flow(item, habits, key) for item in value)}]"
    quote = habits.quote(key) if isinstance(value, str) else ""
    return _scalars.scalar(value, flow=True, quote=quote)


def flow_entry(key: str, value: Data, habits: Habits, quote: str = "") -> str:
    """Write ``key: value`` for a flow map."""
    return f"{_scalars.key(key, flow=True, quote=quote)}: {flow(value, habits, key)}"


def on_one_line(value: Data, habits: Habits, key: str | None) -> bool:
    """Whether a value is right after its key or dash, on the same line."""
    if isinstance(value, dict | list):
        return not value or habits.prefers_flow(key, value)
    return not is_block_string(value, habits)


class OneLine(str):
    """A text that must not become a block: one would take in the comment below it."""

    __slots__ = ()


def closed(value: Data) -> Data:
    """A value that ends on the line where its last text begins."""
    if isinstance(value, dict) and value:
        last = next(reversed(value))
        return {**value, last: closed(value[last])}
    if isinstance(value, list) and value:
        return [*value[:-1], closed(value[-1])]
    return OneLine(value) if isinstance(value, str) else value


def is_block_string(value: Data, habits: Habits) -> bool:
    """Whether a new value is a text of several lines, or a long one, for a literal block."""
    if not isinstance(value, str) or isinstance(value, OneLine):
        return False
    if "\n" not in value and len(value) <= habits.longest:
        return False
    return _scalars.block_fits(value)


def after_key(value: Data, column: int, habits: Habits, key: str | None) -> str:
    """Write what follows ``key:``, the key standing at ``column``."""
    if on_one_line(value, habits, key):
        return " " + inline(value, habits, key)
    if isinstance(value, str):
        head, lines = _scalars.literal(value, column + habits.step, habits.step)
        return f" {head}\n{lines}"
    inner = column + (habits.dash if isinstance(value, list) else habits.step)
    return "\n" + " " * inner + block(value, inner, habits, key)


def after_dash(value: Data, column: int, habits: Habits, key: str | None) -> str:
    """Write what follows ``-``, the dash standing at ``column``; ``key`` is the list's."""
    if on_one_line(value, habits, key):
        return " " + inline(value, habits, key)
    if isinstance(value, str):
        head, lines = _scalars.literal(value, column + 2, 2)
        return f" {head}\n{lines}"
    return " " + block(value, column + 2, habits, key)


def root(value: Data, habits: Habits) -> str:
    """Write a whole document, without a line end at the end."""
    if isinstance(value, dict | list) and value:
        return block(value, 0, habits, None)
    if isinstance(value, str) and is_block_string(value, habits):
        head, lines = _scalars.literal(value, 2, 2)
        return f"{head}\n{lines}"
    return inline(value, habits, None)


def inline(value: Data, habits: Habits, key: str | None) -> str:
    """Write a scalar or a flow collection, in a block place."""
    if isinstance(value, dict | list):
        return flow(value, habits, key)
    quote = habits.quote(key) if isinstance(value, str) else ""
    return _scalars.scalar(value, quote=quote)


def block(value: Data, column: int, habits: Habits, key: str | None) -> str:
    """Write a block collection whose first entry is at ``column`` already."""
    gap = "\n" + " " * column
    if isinstance(value, dict):
        return gap.join(block_entry(k, v, column, habits) for k, v in value.items())
    assert isinstance(value, list)
    return gap.join("-" + after_dash(item, column, habits, key) for item in value)


def block_entry(key: str, value: Data, column: int, habits: Habits, quote: str = "") -> str:
    """Write ``key: value``, the key standing at ``column``."""
    return _scalars.key(key, quote=quote) + ":" + after_key(value, column, habits, key)
