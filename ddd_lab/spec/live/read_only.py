"""Looks at data that refuse to be changed, since the change would go nowhere."""

from __future__ import annotations

import difflib
from typing import Any, NoReturn

from ddd_lab.spec.models.base import EditError


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


class Strict:
    """Base of live objects: an attribute that they do not have is refused, not quietly kept."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        if not name.startswith("_") and not hasattr(type(self), name) and name not in self._plain:
            names = [word for word in dir(type(self)) if not word.startswith("_")]
            near = difflib.get_close_matches(name, names, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise AttributeError(f"a {type(self).__name__} has no attribute {name!r}{hint}")
        super().__setattr__(name, value)

    _plain: tuple[str, ...] = ()
    """Attributes that objects of the class keep themselves."""
