"""The error for a name that nothing has."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def no_such(what: str, name: object, existing: Iterable[str]) -> KeyError:
    """A `KeyError` that says what there is no such thing of, and which name is nearest.

    >>> no_such("flow", "orders/plce", ["orders/place", "orders/pay"]).args[0]
    "there is no flow 'orders/plce'; did you mean 'orders/place'?"
    """
    names, text = list(existing), str(name)
    # A flow is often named without its domain, or with another one; some names begin like others.
    near = (
        difflib.get_close_matches(text, names, 1, 0.5)
        or [other for other in names if other.rpartition("/")[2] == text.rpartition("/")[2]]
        or [other for other in names if text and other.casefold().startswith(text.casefold())]
    )
    hint = f"; did you mean {near[0]!r}?" if near else f"; there is {names[0]!r}." if names else "."
    return KeyError(f"there is no {what} {name!r}{hint}")
