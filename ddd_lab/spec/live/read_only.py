"""Looks at data that refuse to be changed, since the change would go nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from ddd_lab.spec.models.base import EditError
from ddd_lab.spec.no_such import meant


def fixed(value: Any, instead: str) -> Any:
    """A look at plain data: equal to it, and every change is refused.

    Args:
        value: plain data.
        instead: how to change what it shows, for the message.
    """
    copy: _Map | _List
    if isinstance(value, dict):
        copy = _Map((key, fixed(item, instead)) for key, item in value.items())
    elif isinstance(value, list):
        copy = _List(fixed(item, instead) for item in value)
    else:
        return value
    copy.instead = instead
    return copy


def _refuse(look: _Map | _List, *_: Any, **__: Any) -> NoReturn:
    raise EditError(f"this value is read only; to change the design, {look.instead}")


class _List(list[Any]):
    instead = ""

    append = extend = insert = remove = pop = clear = sort = reverse = _refuse
    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse

    def __reduce__(self) -> tuple[type[list[Any]], tuple[list[Any]]]:
        return list, (list(self),)  # a copy may be changed


class _Map(dict[str, Any]):
    instead = ""

    setdefault = pop = popitem = clear = update = _refuse
    __setitem__ = __delitem__ = __ior__ = _refuse

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[list[tuple[str, Any]]]]:
        return dict, (list(self.items()),)


def no_attribute(owner: object, name: str, otherwise: str = "") -> AttributeError:
    """The error for an attribute that an object does not have; says which is nearest."""
    names = [word for word in dir(type(owner)) if not word.startswith("_")]
    hint = "" if name.startswith("_") else otherwise or meant(name, names)
    return AttributeError(
        f"a {type(owner).__name__} has no attribute {name!r}{hint}", name=name, obj=owner
    )


class Strict:
    """Base of live objects: an attribute that they do not have is refused, not quietly kept."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        if not name.startswith("_") and not hasattr(type(self), name) and name not in self._plain:
            raise no_attribute(self, name)
        super().__setattr__(name, value)

    if not TYPE_CHECKING:  # else mypy would believe in any name

        def __getattr__(self, name: str) -> NoReturn:
            raise no_attribute(self, name)

    _plain: tuple[str, ...] = ()
    """Attributes that objects of the class keep themselves."""
