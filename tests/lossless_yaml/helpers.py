"""Small tools of the YAML tests."""

from __future__ import annotations

import copy
from collections.abc import Callable
from difflib import ndiff
from textwrap import dedent
from typing import Any

from ddd_lab.equality import same
from ddd_lab.lossless_yaml import PatchReport, parse, patch


def edited(text: str, edit: Callable[[Any], object]) -> str:
    """Change the data of a text in place and write it; it must read back, by span edits alone."""
    tree = parse(text)
    data = copy.deepcopy(tree.data)
    edit(data)
    report = PatchReport()
    result = patch(text, data, tree=tree, report=report)
    assert not report.fallback
    assert same(parse(result).data, data)
    return result


def put(*steps: Any) -> Callable[[Any], object]:
    """An edit that sets the value at a path; the last argument is the value."""
    *path, last, value = steps

    def edit(data: Any) -> None:
        for step in path:
            data = data[step]
        data[last] = value

    return edit


def drop(*steps: Any) -> Callable[[Any], object]:
    """An edit that removes the entry at a path."""
    *path, last = steps

    def edit(data: Any) -> None:
        for step in path:
            data = data[step]
        del data[last]

    return edit


def insert(*steps: Any) -> Callable[[Any], object]:
    """An edit that puts a value into the list at a path, before the index given before it."""
    *path, index, value = steps

    def edit(data: Any) -> None:
        for step in path:
            data = data[step]
        data.insert(index, value)

    return edit


def insert_key(*steps: Any) -> Callable[[Any], object]:
    """An edit that puts a key with a value into the map at a path, behind the key given before."""
    *path, before, key, value = steps

    def edit(data: Any) -> None:
        for step in path:
            data = data[step]
        items = list(data.items())
        at = [k for k, _ in items].index(before) + 1 if before is not None else 0
        items.insert(at, (key, value))
        data.clear()
        data.update(items)

    return edit


def diff(before: str, after: str) -> list[str]:
    """The lines that go (``- ``) and come (``+ ``)."""
    lines = ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def block(text: str) -> str:
    """A text written indented inside a test."""
    return dedent(text.removeprefix("\n"))
