"""What a cell has started and not shown is shown when the cell ends, as plots are."""

from __future__ import annotations

from typing import Any

from IPython.core.display_functions import display
from IPython.core.getipython import get_ipython

_waiting: list[object] = []


def show_later(thing: object) -> None:
    """Show something when the cell that runs now ends, unless it is shown before that.

    Args:
        thing: to be shown; it says itself when it is (:func:`note_shown`).
    """
    kernel_shell = _kernel_shell()
    if kernel_shell is not None and thing not in _waiting:
        _waiting.append(thing)
        kernel_shell.events.register("post_execute", _show_all)


def show_now(thing: object) -> None:
    """Show something at once, while its cell goes on; nothing outside of notebooks."""
    if _kernel_shell() is not None:
        display(thing)  # type: ignore[no-untyped-call]


def note_shown(thing: object) -> None:
    """Something is shown: the end of the cell need not do it again."""
    if thing in _waiting:
        _waiting.remove(thing)


def _show_all() -> None:
    shell = _kernel_shell()
    assert shell is not None
    shell.events.unregister("post_execute", _show_all)
    while _waiting:
        display(_waiting.pop(0))  # type: ignore[no-untyped-call]


def _kernel_shell() -> Any:
    """IPython's shell, where a notebook listens to it; else None."""
    shell = get_ipython()
    return shell if getattr(shell, "kernel", None) is not None else None
