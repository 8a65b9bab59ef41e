"""Going about and looking."""

from __future__ import annotations

from ddd_lab.canvas.commands._registry import operation
from ddd_lab.canvas.inspection import inspect
from ddd_lab.canvas.previews import clashes, preview
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.protocol.messages import Inspection, Message
from ddd_lab.canvas.session.session import CanvasSession


class OneFile(args.Arguments):
    """A file, or all of them."""

    path: args.Text | None = None


class Preview(Message):
    """The lines that saving would change.

    For a file in conflict: those in which the version here differs from the one on disk, and the
    places that were changed on both sides.
    """

    diff: str
    places: list[str]


@operation("nothing")
def hello(session: CanvasSession, _: args.Arguments) -> None:
    """Send the board, as it stands to its code now."""
    session.broadcaster.compare()
    session.broadcaster.catch_up()
    session.show()


@operation("view")
def go(session: CanvasSession, to: args.At) -> None:
    """Show another place."""
    session.go(to.at)


@operation("view")
def back(session: CanvasSession, _: args.Arguments) -> None:
    """Show the place from before."""
    session.back()


@operation("view")
def up(session: CanvasSession, _: args.Arguments) -> None:
    """Show the place above."""
    session.up()


@operation("nothing")
def inspect_(session: CanvasSession, card: args.CardId) -> Inspection:
    """Say what the spec panel shows of a card."""
    return inspect(session, card.id)


@operation("nothing")
def problems(session: CanvasSession, _: args.Arguments) -> None:
    """Send the list of problems."""
    session.send_problems()


@operation("nothing")
def preview_(session: CanvasSession, file: OneFile) -> Preview:
    """Say which lines saving would change."""
    diff = preview(session.host, file.path)
    return Preview(diff=diff, places=clashes(session.host, file.path))
