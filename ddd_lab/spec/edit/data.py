"""Changing plain data without touching what others share: every edit copies only its own path.

An edit through something that is not there raises NoSuchPathError.
"""

from __future__ import annotations

from ddd_lab.spec.models.base import Data, Path
from ddd_lab.visible import visible

SAME: Data = object()
"""Stands for the value that is there already."""


class NoSuchPathError(KeyError):
    """A path leads through something that is not there; the message names the part."""

    def __str__(self) -> str:
        return visible(str(self.args[0]))


def get_in(data: Data, path: Path) -> Data:
    """The value at ``path``."""
    for depth, step in enumerate(path):
        inside_map = isinstance(data, dict) and isinstance(step, str) and step in data
        inside_list = isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data)
        if inside_map or inside_list:
            data = data[step]
        else:
            raise NoSuchPathError(f"there is no {show_path(path[: depth + 1])}")
    return data


def set_in(data: Data, path: Path, value: Data) -> Data:
    """``data`` with the value at ``path`` replaced or added; an index at a list's end appends."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int) and isinstance(data, list):
        if not 0 <= step <= len(data):
            raise NoSuchPathError(f"there is no item {step}: the list has {len(data)}")
        copied = list(data)
        if step == len(data):
            copied.append(set_in(None, rest, value))
        else:
            copied[step] = set_in(data[step], rest, value)
        return copied
    if data is None or (isinstance(data, dict) and isinstance(step, str)):
        if isinstance(step, int):
            if step:
                raise NoSuchPathError(f"there is no item {step}: the list is empty")
            return [set_in(None, rest, value)]
        copy = dict(data or {})
        copy[step] = set_in(copy.get(step), rest, value)
        return copy
    raise NoSuchPathError(
        f"{show_path((step,))} cannot be set inside {type(data).__name__} {data!r}"
    )


def unset_in(data: Data, path: Path) -> Data:
    """``data`` without the key or list item at ``path``."""
    get_in(data, path)
    step, rest = path[0], path[1:]
    if rest:
        return set_in(data, (step,), unset_in(data[step], rest))
    if isinstance(data, dict):
        return {key: value for key, value in data.items() if key != step}
    return [value for index, value in enumerate(data) if index != step]


def move_in(data: Data, path: Path, to: int) -> Data:
    """``data`` with the list item at ``path`` at another index of its list."""
    *at, index = path
    items = get_in(data, tuple(at))
    if not isinstance(items, list) or not isinstance(index, int):
        raise NoSuchPathError(f"{show_path(path)} is not an item of a list")
    if not (0 <= index < len(items) and 0 <= to < len(items)):
        raise NoSuchPathError(f"there is no such place: {show_path(tuple(at))} has {len(items)}")
    moved = [item for place, item in enumerate(items) if place != index]
    moved.insert(to, items[index])
    return set_in(data, tuple(at), moved)


def rename_in(data: Data, path: Path, to: str, value: Data = SAME) -> Data:
    """``data`` with the key at ``path`` renamed, and its value replaced if one is given."""
    *at, key = path
    entries = get_in(data, tuple(at))
    if not isinstance(entries, dict) or key not in entries:
        raise NoSuchPathError(f"there is no key {show_path(path)}")
    if to != key and to in entries:
        raise NoSuchPathError(f"{show_path(tuple(at)) or 'this'} has a key {to!r} already")
    inner = entries[key] if value is SAME else value
    named = [(to, inner) if name == key else (name, other) for name, other in entries.items()]
    return set_in(data, tuple(at), dict(named))


def show_path(path: Path) -> str:
    """A path as people write it: ``spec.fields[2].name``."""
    shown = ""
    for step in path:
        shown += f"[{step}]" if isinstance(step, int) else f".{step}" if shown else str(step)
    return shown
