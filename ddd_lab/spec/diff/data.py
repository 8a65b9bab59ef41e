"""What changed between two versions of plain data, in people's words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from ddd_lab.equality import same
from ddd_lab.spec.models.base import Data, Frozen, Path

ChangeKind = Literal["header", "trigger", "node", "edge", "block", "metadata", "layout", "data"]
ChangeState = Literal["added", "changed", "removed"]

_DEEPEST = 40
_NAMES = ("id", "name", "event", "code", "key", "type", "field", "condition")
_ROOTS = (
    *("system", "system_layout", "architecture", "config", "domain"),
    *("schema", "base_model", "errors"),
)


class Change(Frozen):
    """One difference between two versions.

    Attributes:
        kind: what it is about; ``layout`` is a change that means nothing to the design.
        state: what became of that: a node, an edge, the trigger or the file may come and go.
        node: id of the node, in the new version where it is there; empty for other kinds.
        path: tree path inside the node's model or the file's data, new where it is there.
        text: the difference as a person would tell it.
    """

    kind: ChangeKind
    state: ChangeState = "changed"
    node: str = ""
    path: Path = ()
    text: str


class Difference(Frozen):
    """A difference inside data: where, and the words for it.

    Attributes:
        path: tree path, in the new version where it is there.
        name: the path as people read it, list items by their ids: ``fields.email.max_length``.
        text: the name and what happened: ``fields.email.max_length 10 → 20``, ``retry removed``.
    """

    path: Path
    name: str
    text: str


def diff_data(old: Data, new: Data) -> list[Change]:
    """The differences between two versions of a file but a flow; None if it is not there.

    They come in the new version's order, what was removed before what was added. Positions on a map
    are of kind ``layout``.
    """
    if old is None or new is None:
        state: ChangeState = "removed" if new is None else "added"
        return [] if same(old, new) else [Change(kind="data", state=state, text=state)]
    before, wrapped = _unwrapped(old, new)
    after, root = _unwrapped(new, old)
    placed = ("system_layout",) in (root, wrapped)
    changes = []
    for difference in differences(before, after, root):
        text = difference.text
        if not root and len(difference.path) > 1 and difference.path[0] in _ROOTS:
            text = text.removeprefix(f"{difference.path[0]}.")
        kind: ChangeKind = "layout" if placed or _is_place(difference.name) else "data"
        changes.append(Change(kind=kind, path=difference.path, text=text or "changed"))
    return changes


def _unwrapped(data: Data, other: Data) -> tuple[Data, Path]:
    """What a file says without the key that all of it may stand under, and that key.

    Where the other version has more beside that key, it stays.
    """
    key = next(iter(data), "") if isinstance(data, dict) and len(data) == 1 else ""
    inner = data[key] if key in _ROOTS else None
    alone = isinstance(other, dict) and (key not in other or len(other) == 1)
    return (inner, (key,)) if alone and isinstance(inner, dict) else (data, ())


def _is_place(name: str) -> bool:
    """Whether a path leads to where something lies on a map."""
    first, *rest = name.removeprefix("domain.").split(".")
    bare = first == "domains" and rest[-1:] in (["x"], ["y"])
    return bare or first in ("layout", "system_layout")


def differences(old: Data, new: Data, path: Path = (), name: str = "") -> Iterator[Difference]:
    """Every difference between two values, deepest first told.

    Entries of lists belong together by their id, name or the like; key order means nothing.
    """
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict) and len(path) < _DEEPEST:
        yield from _maps(old, new, path, name)
    elif isinstance(old, list) and isinstance(new, list) and len(path) < _DEEPEST:
        yield from _lists(old, new, path, name)
    else:
        yield _difference(path, name, _pair(old, new))


def _difference(path: Path, name: str, what: str) -> Difference:
    text = f"{name} {what}".removeprefix(":").strip()
    return Difference(path=path, name=name.removesuffix(":"), text=text)


def _maps(
    old: dict[str, Data], new: dict[str, Data], path: Path, name: str
) -> Iterator[Difference]:
    for key, value in old.items():
        if key not in new:
            yield _difference(path, _step(name, key), _gone(value))
    for key, value in new.items():
        if key in old:
            yield from differences(old[key], value, (*path, key), _step(name, key))
        else:
            yield _difference((*path, key), _step(name, key), _come(value))


def _lists(old: list[Data], new: list[Data], path: Path, name: str) -> Iterator[Difference]:
    old_names, new_names = _entry_names(old), _entry_names(new)
    if old_names is None or new_names is None:
        yield from _plain_lists(old, new, path, name)
        return
    for key, item in zip(old_names, old, strict=True):
        if key not in new_names:
            yield _difference(path, _step(name, key), _gone(item))
    places = {key: index for index, key in enumerate(old_names)}
    for index, (key, item) in enumerate(zip(new_names, new, strict=True)):
        place, called = (*path, index), _step(name, key)
        if key in places:
            yield from differences(old[places[key]], item, place, called)
        else:
            yield _difference(place, called, _come(item))
    common = [key for key in new_names if key in places]
    if common != [key for key in old_names if key in set(new_names)]:
        yield _difference(path, name, "in another order")


def _plain_lists(old: list[Data], new: list[Data], path: Path, name: str) -> Iterator[Difference]:
    """Lists of words or numbers are compared by what is in them, others by what is alike."""
    if all(_is_scalar(item) for item in (*old, *new)):
        removed = [item for item in old if not any(same(item, other) for other in new)]
        come = [item for item in new if not any(same(item, other) for other in old)]
        for item in removed:
            yield _difference(path, name + ":", f"{shown(item)} removed")
        for item in come:
            yield _difference(path, name + ":", f"{shown(item)} added")
        if not removed and not come:
            what = "in another order" if len(old) == len(new) else _pair(old, new)
            yield _difference(path, name, what)
        return
    before, after = [_written(item) for item in old], [_written(item) for item in new]
    if before != after and sorted(before) == sorted(after):
        yield _difference(path, name, "in another order")
        return
    for was, now in _pairs(before, after):
        if was is not None and now is not None:
            yield from differences(old[was], new[now], (*path, now), f"{name}[{now + 1}]")
        elif was is not None:
            yield _difference(path, f"{name}[{was + 1}]", _gone(old[was]))
        elif now is not None:
            yield _difference((*path, now), f"{name}[{now + 1}]", _come(new[now]))


def _written(item: Data) -> str:
    return json.dumps(item, sort_keys=True, default=str)


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[int | None, int | None]]:
    """Which entries of two lists belong together, by index; None beside one that came or went."""
    for _, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = list(range(first, last)), list(range(start, end))
        if len(before) > len(after):
            yield from ((was, now) for now, was in _nearest(new, old, after, before))
        else:
            yield from _nearest(old, new, before, after)


def _nearest(
    texts: list[str], others: list[str], few: list[int], many: list[int]
) -> Iterator[tuple[int | None, int]]:
    """Each of the many with the one of the few that is most like it, in the order of both."""
    for number, one in enumerate(few):
        matcher = SequenceMatcher(None, "", texts[one], autojunk=False)
        free = many[: len(many) - len(few) + number + 1]
        likeness = {}
        for other in free if len(free) > 1 else ():
            matcher.set_seq1(others[other])
            likeness[other] = matcher.quick_ratio()
        best = max(free, key=lambda other: likeness.get(other, 0))
        yield from ((None, other) for other in free[: free.index(best)])
        yield one, best
        many = many[free.index(best) + 1 :]
    yield from ((None, other) for other in many)


def _entry_names(items: list[Data]) -> list[str] | None:
    """The names by which the entries of a list are known; None where they have none."""
    if not items:
        return []
    for key in _NAMES:
        names = [item.get(key) if isinstance(item, dict) else None for item in items]
        names_told = [name for name in names if isinstance(name, str) and name]
        if len(names_told) == len(items) == len(set(names_told)):
            return names_told
    return None


def _step(name: str, key: str) -> str:
    return f"{name}.{key}" if name else key


def _is_scalar(value: Data) -> bool:
    return not isinstance(value, (dict, list))


def _come(value: Data) -> str:
    return f"added: {shown(value)}" if _is_scalar(value) else "added"


def _gone(value: Data) -> str:
    return f"removed (was {shown(value)})" if _is_scalar(value) else "removed"


def _pair(old: Data, new: Data) -> str:
    """``old → new``, long texts shown from where they begin to differ."""
    if isinstance(old, str) and isinstance(new, str):
        left, right = _flat(old), _flat(new)
        if left == right:
            return "changed in its blanks only"
        pairs = enumerate(zip(left, right, strict=False))
        start = next((at for at, (a, b) in pairs if a != b), min(len(left), len(right)))
        start = max(0, start - 15) if max(len(left), len(right)) > 50 else 0
        return f"{_quoted(left, start)} → {_quoted(right, start)}"
    return f"{shown(old)} → {shown(new)}"


def shown(value: Data) -> str:
    """A value as it is named in a change: texts in quotes, maps and lists by their size."""
    if isinstance(value, str):
        return _quoted(_flat(value), 0)
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return f"a map of {len(value)}"
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}"
    return str(value)


def _flat(value: str) -> str:
    return " ".join(value.split())


def _quoted(line: str, start: int, limit: int = 50) -> str:
    cut = line[start : start + limit]
    front = "…" if start else ""
    back = "…" if start + limit < len(line) else ""
    return f"“{front}{cut}{back}”"
