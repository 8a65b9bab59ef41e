"""Three-way merge of plain data: what either side changed is kept, unless both changed one thing.

Imported by the merge driver, which Git starts for each file: so it imports little.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final, Literal, TypeVar

from ddd_lab.equality import same
from ddd_lab.lossless_yaml import PatchError

Data = Any
Path = tuple[str | int, ...]
Side = Literal["mine", "theirs", "before"]
"""What stays where both sides changed the same thing: what is here, or what is on disk. ``before``:
what was there at first, and everywhere else what is on disk."""
T = TypeVar("T")
MISSING: Final[Any] = object()
"""Stands for a value where there is none."""
IDENTITY = ("id", "name", "event")
"""Keys that name an item of a list."""
ENDS = ("targetNodeId", "target", "targetId", "to", "node")
STARTS = ("source", "from", "sourceNodeId")
_OUTPUTS = ("sourceHandle", "handle", "output")


class MergeConflictError(PatchError):
    """Both sides changed the same thing differently.

    Attributes:
        places: what they both changed, in words.
    """

    def __init__(self, places: list[str]) -> None:
        super().__init__("changed here and on disk: " + "; ".join(places))
        self.places = places


class Clashes:
    """What both sides changed, and what is to stay there.

    Attributes:
        places: what they both changed, in words.
        takes_layout: whether pure layout is theirs without asking.
    """

    def __init__(self, keep: Side | None, *, layout: bool = False) -> None:
        self.places: list[str] = []
        self.takes_layout = layout
        self._keep: Side = keep or "mine"
        self._strict = keep is None

    def resolve(self, place: str, base: T, mine: T, theirs: T) -> T:
        """Note a place that both changed; returns what stays there."""
        self.places.append(place)
        if self._keep == "mine":
            return mine
        return theirs if self._keep == "theirs" else base

    def only_mine(self, mine: T, theirs: T) -> T:
        """What stays where only this side changed something."""
        return theirs if self._keep == "before" else mine

    def end(self) -> None:
        """Raise what was noted, unless it was said what stays."""
        if self.places and self._strict:
            raise MergeConflictError(self.places)


def merge_data(
    base: Data, mine: Data, theirs: Data, keep: Side | None = None, *, layout: bool = False
) -> Data:
    """Merge two descendants of plain data, key by key; lists by the identity of their items.

    Where both changed the same thing, ``keep`` says what stays; else `MergeConflictError`. With
    ``layout``, places on a board are theirs where both moved something.
    """
    clashes = Clashes(keep, layout=layout)
    merged = merge_value({} if base is None else base, mine, theirs, (), clashes)
    clashes.end()
    return merged


def merge_value(base: Data, mine: Data, theirs: Data, path: Path, clashes: Clashes) -> Data:
    """Merge one value; `MISSING` stands for none."""
    if same(mine, base) or same(mine, theirs):
        return theirs
    if same(theirs, base):
        return clashes.only_mine(mine, theirs)
    if clashes.takes_layout and is_layout(path, base, mine, theirs):
        return theirs
    removed = mine is MISSING or theirs is MISSING
    if clashes.takes_layout and removed and same_but_layout(base, mine, theirs):
        return MISSING
    merged = _merge_parts(base, mine, theirs, path, clashes)
    if merged is not MISSING:
        return merged
    place = " ".join(str(step) for step in path) or "the whole file"
    return clashes.resolve(place, base, mine, theirs)


def _merge_parts(base: Data, mine: Data, theirs: Data, path: Path, clashes: Clashes) -> Data:
    """Merge what two values consist of; `MISSING` where that cannot be."""
    old = {} if base is MISSING else base
    if isinstance(mine, dict) and isinstance(theirs, dict) and isinstance(old, dict):
        return _merge_maps(old, mine, theirs, path, clashes)
    old = [] if base is MISSING else base
    if isinstance(mine, list) and isinstance(theirs, list) and isinstance(old, list):
        merged = _merge_lists(old, mine, theirs, path, clashes)
        if merged is not None:
            return merged
    if path[-2:-1] == ("connections",):
        targets = _merge_targets(base, mine, theirs)
        if targets is not None:
            return clashes.only_mine(targets, theirs)
    return MISSING


def is_layout(path: Path, *values: Data) -> bool:
    """Whether values only say where something lies on a board."""
    present = [value for value in values if value is not MISSING]
    if "layout" in path and not any(isinstance(value, dict | list) for value in present):
        return True
    return bool(present) and all(_is_position(value) for value in present)


def same_but_layout(*values: Data) -> bool:
    """Whether values that are there differ only in where things lie on a board."""
    first, *others = [without_layout(value) for value in values if value is not MISSING]
    return all(same(first, other) for other in others)


def _is_position(value: Data) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"x", "y"}
        and all(isinstance(number, int | float) for number in value.values())
    )


def without_layout(value: Data) -> Data:
    """Data without where things lie on a board."""
    if isinstance(value, dict):
        return {key: without_layout(item) for key, item in value.items() if not _is_position(item)}
    return [without_layout(item) for item in value] if isinstance(value, list) else value


def merged_order(
    base: Sequence[Hashable], mine: Sequence[Hashable], theirs: Sequence[Hashable]
) -> tuple[list[Any], bool]:
    """The keys of both sides in one order, and whether both put them into another one.

    What one side alone has put elsewhere goes there; what one side added comes where it stands.
    """
    common = set(base) & set(mine) & set(theirs)
    old, here, there = ([k for k in keys if k in common] for keys in (base, mine, theirs))
    both = old not in (here, there) and here != there
    lead, other = (theirs, mine) if here == old != there else (mine, theirs)
    merged = list(lead)
    known = set(lead)
    for number, key in enumerate(other):
        if key in known:
            continue
        before = next((k for k in reversed(other[:number]) if k in known), None)
        at = 0 if before is None else merged.index(before) + 1
        # What the other side added at the same place comes first.
        while at < len(merged) and merged[at] not in other:
            at += 1
        merged.insert(at, key)
        known.add(key)
    return merged, both


def keys_of(lists: Sequence[list[Data]], path: Path) -> list[list[Hashable]] | None:
    """What tells the items of some versions of a list apart; None where nothing does.

    Items are known by their id, name or event; connections by where they start and their output,
    and where two have these in common, by where they lead too.
    """
    schemes: list[Callable[[Data], Hashable]] = [_identity]
    if path[-1:] == ("connections",) or path[-2:-1] == ("connections",):
        schemes = [_output_of, _connection_of]
    for scheme in schemes:
        keys = [[scheme(item) for item in items] for items in lists]
        if all(None not in own and len(set(own)) == len(own) for own in keys):
            return keys
    return None


def _identity(item: Data) -> Hashable:
    if not isinstance(item, dict):
        return None
    key = next((item[name] for name in IDENTITY if name in item), None)
    return key if isinstance(key, str) else None


def _output_of(item: Data) -> Hashable:
    if isinstance(item, str):
        return item
    if not isinstance(item, dict):
        return None
    return tuple(_first(item, names) for names in (STARTS, _OUTPUTS))


def _connection_of(item: Data) -> Hashable:
    if not isinstance(item, dict):
        return _output_of(item)
    target = _first(item, ENDS)
    return None if target is None else (*map(str, (_output_of(item), target)),)


def _first(item: dict[str, Data], names: tuple[str, ...]) -> str | None:
    return next((str(item[name]) for name in names if name in item), None)


def _merge_maps(
    base: dict[Any, Data],
    mine: dict[Any, Data],
    theirs: dict[Any, Data],
    path: Path,
    clashes: Clashes,
) -> dict[Any, Data]:
    merged: dict[Any, Data] = {}
    for key in merged_order(list(base), list(mine), list(theirs))[0]:
        value = merge_value(
            base.get(key, MISSING),
            mine.get(key, MISSING),
            theirs.get(key, MISSING),
            (*path, key),
            clashes,
        )
        if value is not MISSING:
            merged[key] = value
    return merged


def _merge_lists(
    base: list[Data], mine: list[Data], theirs: list[Data], path: Path, clashes: Clashes
) -> list[Data] | None:
    """Merge lists whose items can be told apart; None for others."""
    lists = (base, mine, theirs)
    keys = keys_of(lists, path)
    if keys is None or (path[-1:] != ("nodes",) and merged_order(*keys)[1]):
        return None
    old, ours, disk = (
        dict(zip(own, items, strict=True)) for own, items in zip(keys, lists, strict=True)
    )
    return list(_merge_maps(old, ours, disk, path, clashes).values())


def _merge_targets(base: Data, mine: Data, theirs: Data) -> Data | None:
    """Merge what one output leads to, one node or several; None where both led one elsewhere."""
    if any(value is MISSING for value in (base, mine, theirs)):
        return None
    old, here, there = (v if isinstance(v, list) else [v] for v in (base, mine, theirs))
    removed = [item for item in old if item not in here]
    if any(item not in there for item in removed):
        return None
    merged = [item for item in there if item not in removed]
    merged += [item for item in here if item not in old and item not in merged]
    return merged[0] if len(merged) == 1 else merged
