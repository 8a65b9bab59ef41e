"""Live maps and lists inside a node: plain to read, and every assignment is one edit."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, MutableMapping, MutableSequence, Sequence
from typing import Any, Protocol, SupportsIndex

from .base import Data, Path


class Owner(Protocol):
    """Whatever reads and writes the data that a live value stands for."""

    def read(self, path: Path) -> Data:
        """What stands at the path now."""

    def write(self, path: Path, value: Data) -> None:
        """Set what stands at the path, as one edit."""

    def delete(self, path: Path) -> None:
        """Remove what stands at the path, as one edit."""


def live_value(owner: Owner, path: Path) -> Any:
    """What stands at a path: a live map or list, or the scalar itself."""
    value = owner.read(path)
    if isinstance(value, dict):
        return LiveMap(owner, path, None)
    if isinstance(value, list):
        return LiveList(owner, path)
    return value


def plain(value: Any) -> Data:
    """A value with live maps and lists in it, as plain data."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(item) for item in value]
    return value


class LiveMap(MutableMapping[str, Any]):
    """A map in a node. ``spec.timeout`` and ``spec["timeout"]`` are the same.

    Setting an attribute that the node's type does not know is refused, since it is most likely a
    slip of the pen; ``spec["my_key"] = ...`` adds a key of one's own.
    """

    __slots__ = ("_known", "_owner", "_path")

    def __init__(self, owner: Owner, path: Path, known: tuple[str, ...] | None) -> None:
        object.__setattr__(self, "_owner", owner)
        object.__setattr__(self, "_path", path)
        object.__setattr__(self, "_known", known)

    def to_dict(self) -> dict[str, Any]:
        """The map as plain data, detached from the node."""
        return dict(self._data())

    def _data(self) -> dict[str, Any]:
        data: dict[str, Any] = self._owner.read(self._path)
        return data

    def __getitem__(self, key: str) -> Any:
        if key not in self._data():
            raise KeyError(key)
        return live_value(self._owner, (*self._path, key))

    def __setitem__(self, key: str, value: Any) -> None:
        self._owner.write((*self._path, key), plain(value))

    def __delitem__(self, key: str) -> None:
        if key not in self._data():
            raise KeyError(key)
        self._owner.delete((*self._path, key))

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._data()))

    def __len__(self) -> int:
        return len(self._data())

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._data():
            return self[name]
        if self._known is not None and name in self._known:
            return None
        raise AttributeError(self._unknown(name))

    def __setattr__(self, name: str, value: Any) -> None:
        if self._known is not None and name not in self._known and name not in self._data():
            raise AttributeError(f'{self._unknown(name)}; to add a key of your own: ["{name}"] = …')
        self[name] = value

    def __delattr__(self, name: str) -> None:
        try:
            del self[name]
        except KeyError:
            raise AttributeError(self._unknown(name)) from None

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._data(), *(self._known or ())})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and self._data() == plain(other)

    __hash__ = None  # type: ignore[assignment]  # live values change, so they are no keys

    def __repr__(self) -> str:
        return repr(self._data())

    def _unknown(self, name: str) -> str:
        known = [*self._data(), *(self._known or ())]
        near = difflib.get_close_matches(name, known, 1)
        return f"there is no key {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")


class LiveList(MutableSequence[Any]):
    """A list in a node."""

    __slots__ = ("_owner", "_path")

    def __init__(self, owner: Owner, path: Path) -> None:
        self._owner = owner
        self._path = path

    def to_list(self) -> list[Any]:
        """The list as plain data, detached from the node."""
        return list(self._data())

    def _data(self) -> list[Any]:
        data: list[Any] = self._owner.read(self._path)
        return data

    def _index(self, index: SupportsIndex, size: int) -> int:
        number = index.__index__()
        number += size if number < 0 else 0
        if not 0 <= number < size:
            raise IndexError(f"there is no item {index}: the list has {size}")
        return number

    def __getitem__(self, index: Any) -> Any:
        size = len(self)
        if isinstance(index, slice):
            return [live_value(self._owner, (*self._path, i)) for i in range(*index.indices(size))]
        return live_value(self._owner, (*self._path, self._index(index, size)))

    def __setitem__(self, index: Any, value: Any) -> None:
        if isinstance(index, slice):
            data = self.to_list()
            data[index] = plain(value)
            self._owner.write(self._path, data)
        else:
            self._owner.write((*self._path, self._index(index, len(self))), plain(value))

    def __delitem__(self, index: Any) -> None:
        if isinstance(index, slice):
            data = self.to_list()
            del data[index]
            self._owner.write(self._path, data)
        else:
            self._owner.delete((*self._path, self._index(index, len(self))))

    def __len__(self) -> int:
        return len(self._data())

    def insert(self, index: int, value: Any) -> None:
        """Put a value before the item at ``index``, as one edit."""
        data = self.to_list()
        data.insert(index, plain(value))
        self._owner.write(self._path, data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._data() == plain(other)

    __hash__ = None  # type: ignore[assignment]  # live values change, so they are no keys

    def __repr__(self) -> str:
        return repr(self._data())
