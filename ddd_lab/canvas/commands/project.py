"""What concerns the whole project: undo and redo, saving, conflicts."""

from __future__ import annotations

from collections.abc import Callable

from ddd_lab.canvas.commands._registry import Result, operation
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.session.navigation_history import place_of_file, shows
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.files.workspace.workspace import Changed


@operation(args.Arguments, "project")
def undo(session: CanvasSession, _: args.Arguments) -> Result:
    """Take the last step back, and say so where it happened elsewhere."""
    return _travel(session, session.host.undo, "Undone")


@operation(args.Arguments, "project")
def redo(session: CanvasSession, _: args.Arguments) -> Result:
    """Do the last undone step again, and say so where it happened elsewhere."""
    return _travel(session, session.host.redo, "Redone")


def _travel(session: CanvasSession, travel: Callable[[], str], word: str) -> Result:
    shown = session.at
    touched: set[str] = set()

    def note(changed: Changed) -> None:
        touched.update(changed.paths)

    stop = session.host.observe(note)
    try:
        label = travel()
    finally:
        stop()
    if label and not any(shows(path, shown) for path in touched):
        places = ", ".join(sorted({place_of_file(path) or path for path in touched}))
        session.notice(f"{word} in {places}: {label}")
    return {"label": label}


@operation(args.Arguments, "project")
def save(session: CanvasSession, _: args.Arguments) -> Result:
    """Write everything that is unsaved."""
    return {"written": session.host.save()}


@operation(args.Choice, "project")
def conflict(session: CanvasSession, choice: args.Choice) -> Result:
    """Decide what stays at the places of a file that were changed here and on disk."""
    session.host.resolve(choice.path, choice.keep)
    return None
