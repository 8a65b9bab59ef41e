"""Looks at data that refuse to be changed, since the change would go nowhere."""

from __future__ import annotations

import difflib
from typing import Any, NoReturn

from .base import EditError


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise EditError(
        "this is only a look at the connections: connect with flow.connect(source, target, output) "
        "and disconnect with flow.disconnect(source, output)"
    )


class Targets(list[str]):
    """Where an output leads, to look at."""

    append = extend = insert = remove = pop = clear = sort = reverse = _refuse
    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse

    def __reduce__(self) -> tuple[type[list[str]], tuple[list[str]]]:
        return list, (list(self),)  # a copy may be changed


class Outputs(dict[str, list[str]]):
    """Outputs and where each leads, to look at."""

    setdefault = pop = popitem = clear = update = _refuse
    __setitem__ = __delitem__ = __ior__ = _refuse

    def __reduce__(self) -> tuple[type[dict[str, list[str]]], tuple[dict[str, list[str]]]]:
        return dict, ({output: list(targets) for output, targets in self.items()},)


class Strict:
    """Base of live objects: an attribute that they do not have is refused, not quietly kept."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        if not name.startswith("_") and not hasattr(type(self), name) and name not in self._plain:
            known = [word for word in dir(type(self)) if not word.startswith("_")]
            near = difflib.get_close_matches(name, known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise AttributeError(f"a {type(self).__name__} has no attribute {name!r}{hint}")
        super().__setattr__(name, value)

    _plain: tuple[str, ...] = ()
    """Attributes that objects of the class keep themselves."""
