"""Live maps and lists inside a node: plain to read, and every assignment is one edit."""

from __future__ import annotations

from collections.abc import (
    Callable,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    MutableSequence,
    Sequence,
)
from typing import Any, Protocol, Self, SupportsIndex

from ddd_lab.spec.models.base import Data, EditError, Path
from ddd_lab.spec.no_such import meant
from ddd_lab.spec.plain_data import plain_data


class Owner(Protocol):
    """Whatever reads and writes the data that a live value stands for."""

    def read(self, path: Path) -> Data:
        """What stands at the path now."""

    def write(self, values: Mapping[Path, Data]) -> None:
        """Set what stands at each path, as one edit."""

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


def detached(value: Data) -> Data:
    """A copy of plain data that shares nothing with it: it may be changed at will."""
    if isinstance(value, dict):
        return {key: detached(item) for key, item in value.items()}
    if isinstance(value, list):
        return [detached(item) for item in value]
    return value


def _key(key: Any) -> str:
    if isinstance(key, str):
        return key
    raise EditError(f"a key must be text, not {key!r}; write {str(key)!r}")


def _as_plain(value: Any) -> Data:
    """A value to compare with, with live maps and lists in it as plain data."""
    try:
        return plain_data(value, "the value")
    except EditError:
        return value


class _Live:
    """What live maps and lists share; their attributes are set past LiveMap's own setter."""

    __slots__ = ("_owner", "_path")
    _owner: Owner
    _path: Path

    def __init__(self, owner: Owner, path: Path) -> None:
        object.__setattr__(self, "_owner", owner)
        object.__setattr__(self, "_path", path)

    def _data(self) -> Any:
        return self._owner.read(self._path)

    def _copied(self) -> Any:
        return detached(self._data())

    def _write(self, value: Data, *below: str | int) -> None:
        self._owner.write({(*self._path, *below): value})

    def __copy__(self) -> Any:
        return self._copied()

    def __deepcopy__(self, _memo: dict[int, Any]) -> Any:
        return self._copied()

    def __len__(self) -> int:
        return len(self._data())

    def __repr__(self) -> str:
        return repr(self._data())


class LiveMap(_Live, MutableMapping[str, Any]):
    """A map in a node. ``spec.timeout`` and ``spec["timeout"]`` are the same.

    Setting an attribute that the node's type does not know is refused, since it is most likely a
    slip of the pen; ``spec["my_key"] = ...`` adds a key of one's own.
    """

    __slots__ = ("_known",)
    _known: tuple[str, ...] | None

    def __init__(self, owner: Owner, path: Path, names: tuple[str, ...] | None) -> None:
        super().__init__(owner, path)
        object.__setattr__(self, "_known", names)

    def to_dict(self) -> dict[str, Any]:
        """The map as plain data, detached from the node."""
        copied: dict[str, Any] = self._copied()
        return copied

    def __getitem__(self, key: str) -> Any:
        if key not in self._data():
            raise KeyError(key)
        return live_value(self._owner, (*self._path, key))

    def __setitem__(self, key: str, value: Any) -> None:
        self._write(value, _key(key))

    def __delitem__(self, key: str) -> None:
        if key not in self._data():
            raise KeyError(key)
        self._owner.delete((*self._path, key))

    def __contains__(self, key: object) -> bool:
        return key in self._data()

    def setdefault(self, key: str, default: Any = None) -> Any:
        """What stands under a key, live; the default is put there first where nothing does."""
        if key not in self._data():
            self[key] = default
        return self[key]

    def pop(self, key: str, *default: Any) -> Any:
        """Take a key out, as one edit; its value is plain data, detached from the node."""
        data = self._data()
        if key not in data:
            if not default:
                raise KeyError(key)
            return default[0]
        value = detached(data[key])
        del self[key]
        return value

    def popitem(self) -> tuple[str, Any]:
        """Take the last key out, as one edit."""
        key = next(reversed(self._data()), None)
        if key is None:
            raise KeyError("the map is empty")
        return key, self.pop(key)

    def clear(self) -> None:
        """Take all keys out, as one edit."""
        if self._data():
            self._write({})

    def update(self, *others: Any, **also: Any) -> None:
        """Set several keys, as one edit."""
        values = {**dict(*others), **also}.items()
        if values:
            self._owner.write({(*self._path, _key(key)): value for key, value in values})

    def copy(self) -> dict[str, Any]:
        """The same as :meth:`to_dict`."""
        return self.to_dict()

    def __or__(self, other: Any) -> dict[str, Any]:
        return self.to_dict() | dict(other)

    def __ror__(self, other: Any) -> dict[str, Any]:
        return dict(other) | self.to_dict()

    def __ior__(self, other: Any) -> Self:
        self.update(other)
        return self

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._data()))

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
        return isinstance(other, Mapping) and self._data() == _as_plain(other)

    __hash__ = None  # type: ignore[assignment]  # live values change, so they are no keys

    def _unknown(self, name: str) -> str:
        names = [*self._data(), *(self._known or ())]
        return f"there is no key {name!r}{meant(name, names)}"


class LiveList(_Live, MutableSequence[Any]):
    """A list in a node."""

    __slots__ = ()

    def to_list(self) -> list[Any]:
        """The list as plain data, detached from the node."""
        copied: list[Any] = self._copied()
        return copied

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
            self._change(lambda items: items.__setitem__(index, list(value)))
        else:
            self._write(value, self._index(index, len(self)))

    def __delitem__(self, index: Any) -> None:
        if isinstance(index, slice):
            self._change(lambda items: items.__delitem__(index))
        else:
            self._owner.delete((*self._path, self._index(index, len(self))))

    def insert(self, index: int, value: Any) -> None:
        """Put a value before the item at ``index``, as one edit."""
        self._change(lambda items: items.insert(index, value))

    def append(self, value: Any) -> None:
        """Put a value at the end, as one edit."""
        self._change(lambda items: items.append(value))

    def extend(self, values: Iterable[Any]) -> None:
        """Put values at the end, as one edit."""
        self._change(lambda items: items.extend(values))

    def pop(self, index: int = -1) -> Any:
        """Take an item out, as one edit; it is plain data, detached from the node."""
        number = self._index(index, len(self))
        value = detached(self._data()[number])
        self._owner.delete((*self._path, number))
        return value

    def remove(self, value: Any) -> None:
        """Take out the first item that equals a value, as one edit.

        Raises:
            ValueError: none does.
        """
        del self[self._data().index(_as_plain(value))]

    def clear(self) -> None:
        """Take all items out, as one edit."""
        self._change(list.clear)

    def reverse(self) -> None:
        """Turn the order round, as one edit."""
        self._change(list.reverse)

    def sort(self, *, key: Callable[[Any], Any] | None = None, reverse: bool = False) -> None:
        """Put the items in order, as one edit; like the method of a list."""
        self._change(lambda items: items.sort(key=key, reverse=reverse))

    def copy(self) -> list[Any]:
        """The same as :meth:`to_list`."""
        return self.to_list()

    def __add__(self, other: Iterable[Any]) -> list[Any]:
        return [*self.to_list(), *other]

    def __radd__(self, other: Iterable[Any]) -> list[Any]:
        return [*other, *self.to_list()]

    def __mul__(self, times: int) -> list[Any]:
        return self.to_list() * times

    __rmul__ = __mul__

    def __iadd__(self, values: Iterable[Any]) -> Self:
        self.extend(values)
        return self

    def __imul__(self, times: int) -> Self:
        self._write(self.to_list() * times)
        return self

    def _change(self, change: Callable[[list[Any]], None]) -> None:
        """Make a change of a list one edit."""
        items = self.to_list()
        change(items)
        self._write(items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._data() == _as_plain(other)

    __hash__ = None  # type: ignore[assignment]  # live values change, so they are no keys
