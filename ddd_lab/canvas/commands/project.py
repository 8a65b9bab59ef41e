"""What concerns the whole project: undo and redo, saving, conflicts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from ddd_lab.canvas.commands._registry import operation
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.session.navigation_history import shows
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.files.workspace.rename_tracker import place_of_file
from ddd_lab.files.workspace.workspace import Changed


class Choice(args.Arguments):
    """Which version of a file in conflict stays."""

    path: args.Text
    keep: Literal["mine", "theirs"]


class TakenStep(Message):
    """The label of the step that was undone or redone."""

    label: str


class Written(Message):
    """Paths of the files that were written."""

    written: list[str]


@operation("project")
def undo(session: CanvasSession, _: args.Arguments) -> TakenStep:
    """Take the last step back, and say so where it happened elsewhere."""
    return _travel(session, session.workbench.undo, "Undone")


@operation("project")
def redo(session: CanvasSession, _: args.Arguments) -> TakenStep:
    """Do the last undone step again, and say so where it happened elsewhere."""
    return _travel(session, session.workbench.redo, "Redone")


def _travel(session: CanvasSession, travel: Callable[[], str], word: str) -> TakenStep:
    shown = session.at
    touched: set[str] = set()

    def note(changed: Changed) -> None:
        touched.update(changed.paths)

    stop = session.workbench.observe(note)
    try:
        label = travel()
    finally:
        stop()
    if label and not any(shows(path, shown) for path in touched):
        places = ", ".join(sorted({place_of_file(path) or path for path in touched}))
        session.notice(f"{word} in {places}: {label}")
    return TakenStep(label=label)


@operation("project")
def save(session: CanvasSession, _: args.Arguments) -> Written:
    """Write everything that is unsaved."""
    return Written(written=session.workbench.save())


@operation("project")
def conflict(session: CanvasSession, choice: Choice) -> None:
    """Decide what stays at the places of a file that were changed here and on disk."""
    session.workbench.resolve(choice.path, choice.keep)
