"""What a merge of three versions of a file has to say, worked out leaf by leaf."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ddd_lab.files.documents.conflict_markers import (
    Choice,
    ConflictRegion,
    choose,
    read_markers,
)
from ddd_lab.lossless_yaml import parse

Leaves = dict[tuple[str, ...], Any]
_WORD = re.compile(r"\b[A-Za-z]+\d+[bot]\b")
_RENAMED = re.compile(r"\bn\d+[ot]\b")
_CHOICES: tuple[Choice, ...] = ("current", "incoming")
_PLAIN_LINE = re.compile(r"[^[{#]+")


def check_merge(base: str, ours: str, theirs: str, merged: str) -> bool:
    """Assert that nothing is lost and nothing else is said; returns whether there are markers."""
    pieces = read_markers(merged) or [merged]
    regions = [piece for piece in pieces if isinstance(piece, ConflictRegion)]
    _check_words(base, ours, theirs, merged)
    versions = [leaves(parse(text).data) for text in (base, ours, theirs)]
    clashes = set()
    removals = _Removals(versions)
    if _RENAMED.search(ours) or _RENAMED.search(theirs):
        return all(parse(choose(pieces, c)).data for c in _CHOICES) and bool(regions)
    sides: tuple[tuple[Choice, int], ...] = (("current", 1), ("incoming", 2))
    for choice, side in sides:
        text = choose(pieces, choice)
        _check_lines(ours, theirs, text)
        said = leaves(parse(text).data)
        for path in {path for version in (*versions, said) for path in version}:
            values = [version.get(path) for version in versions]
            gone = removals.around(path)
            if gone == "reordered":
                clashes |= {path} if regions else set()
                continue
            if gone is not None:
                expected = values[side] if gone == "changed" else None
                clashes |= {path} if gone == "changed" else set()
            elif values[1] == values[2] or values[2] == values[0]:
                expected = values[1]
            elif values[1] == values[0] or isinstance(values[2], tuple):
                expected = values[2]
            else:
                expected = values[side]
                clashes.add(path)
            assert said.get(path) == expected, (path, choice, values, said.get(path))
    assert bool(regions) == bool(clashes) or _both_reordered(base, ours, theirs), clashes
    return bool(regions)


def leaves(data: Any, path: tuple[str, ...] = ()) -> Leaves:
    """Every value by its path; items of lists by what tells them apart, a position as one value."""
    if isinstance(data, dict) and data.keys() == {"x", "y"}:
        return {path: (data["x"], data["y"])}
    if isinstance(data, list):
        data = {_identity(item): item for item in data}
    if isinstance(data, dict):
        return {p: v for key, value in data.items() for p, v in leaves(value, (*path, key)).items()}
    return {} if data is None else {path: data}


def _identity(item: dict[str, Any]) -> str:
    if "from" in item and "output" in item:
        return f"{item['from']}.{item['output']}"
    return str(next(item[key] for key in ("id", "name", "event", "sourceHandle") if key in item))


class _Removals:
    """How one side left what the other removed."""

    def __init__(self, versions: list[Leaves]) -> None:
        self._parts: list[dict[tuple[str, ...], Leaves]] = [{}, {}, {}]
        for version, parts in zip(versions, self._parts, strict=True):
            for path, value in version.items():
                for end in range(1, len(path)):
                    parts.setdefault(path[:end], {})[path] = value

    def around(self, path: tuple[str, ...]) -> str | None:
        """In one word, for what was removed around a path; None where nothing was."""
        for end in range(1, len(path)):
            base, ours, theirs = (parts.get(path[:end]) for parts in self._parts)
            if not base or bool(ours) == bool(theirs):
                continue
            left = ours or theirs or {}
            changed = any(
                base.get(p) != left.get(p)
                for p in {*base, *left}
                if not isinstance(base.get(p, left.get(p)), tuple)
            )
            return "changed" if changed else "reordered" if list(base) != list(left) else "same"
        return None


def _both_reordered(*texts: str) -> bool:
    """Whether both sides put the items of one list, other than nodes, into another order."""
    orders = [dict(_orders(parse(text).data)) for text in texts]
    for path in set.intersection(*map(set, orders)):
        common = set.intersection(*(set(own[path]) for own in orders))
        base, ours, theirs = ([key for key in own[path] if key in common] for own in orders)
        if path[-1] != "nodes" and base not in (ours, theirs) and ours != theirs:
            return True
    return False


def _orders(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    if isinstance(data, list):
        data = {_identity(item): item for item in data}
        yield path, list(data)
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _orders(value, (*path, key))


def _check_words(base: str, ours: str, theirs: str, merged: str) -> None:
    """Whatever either side wrote, and what both left, is still there."""
    old, here, there, now = (set(_WORD.findall(text)) for text in (base, ours, theirs, merged))
    lost = ((here | there) - old | (here & there)) - now
    assert not lost, lost


def _check_lines(ours: str, theirs: str, merged: str) -> None:
    """Lines stand as one of the sides wrote them."""
    written = {line.rstrip() for text in (ours, theirs) for line in text.splitlines()}
    for line in merged.splitlines():
        assert not _PLAIN_LINE.fullmatch(line.rstrip()) or line.rstrip() in written, line
