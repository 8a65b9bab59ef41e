"""The answer to a name that nothing has: which one is nearest."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")


def nearest(name: object, existing: Iterable[str]) -> str:
    """The name that somebody may have meant; empty where none is near."""
    names, text = list(existing), str(name)
    # A flow is often named without its domain, or with another one; some names begin like others.
    near = (
        difflib.get_close_matches(text, names, 1, 0.5)
        or [other for other in names if other.rpartition("/")[2] == text.rpartition("/")[2]]
        or [other for other in names if text and other.casefold().startswith(text.casefold())]
    )
    return near[0] if near else ""


def meant(name: object, existing: Iterable[str], otherwise: str = "") -> str:
    """The end of a message: the name that was meant, or something else where none is near.

    >>> meant("succes", ["success", "failure"])
    "; did you mean 'success'?"
    """
    near = nearest(name, existing)
    return f"; did you mean {near!r}?" if near else otherwise


def no_such(what: str, name: object, existing: Iterable[str]) -> KeyError:
    """A `KeyError` that says what there is no such thing of, and which name is nearest.

    >>> no_such("flow", "orders/plce", ["orders/place", "orders/pay"]).args[0]
    "there is no flow 'orders/plce'; did you mean 'orders/place'?"
    """
    names = list(existing)
    hint = meant(name, names, f"; there is {names[0]!r}." if names else ".")
    return KeyError(f"there is no {what} {name!r}{hint}")


class Named(dict[str, T]):
    """Things by name; a name that none has is answered with the nearest.

    Args:
        what: a thing is called.
        things: by name.
    """

    def __init__(self, what: str, things: Mapping[str, T]) -> None:
        super().__init__(things)
        self._what = what

    def __missing__(self, name: str) -> T:
        raise no_such(self._what, name, self)
