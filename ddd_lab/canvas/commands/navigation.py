"""Going about and looking."""

from __future__ import annotations

from ddd_lab.canvas.commands._registry import Result, operation
from ddd_lab.canvas.inspection import inspect
from ddd_lab.canvas.previews import clashes, preview
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.session.session import CanvasSession


@operation(args.Arguments, "nothing")
def hello(session: CanvasSession, _: args.Arguments) -> Result:
    """Send the board, as it stands to its code now."""
    session.broadcaster.compare()
    session.broadcaster.catch_up()
    session.show()
    return None


@operation(args.At, "view")
def go(session: CanvasSession, to: args.At) -> Result:
    """Show another place."""
    session.go(to.at)
    return None


@operation(args.Arguments, "view")
def back(session: CanvasSession, _: args.Arguments) -> Result:
    """Show the place from before."""
    session.back()
    return None


@operation(args.Arguments, "view")
def up(session: CanvasSession, _: args.Arguments) -> Result:
    """Show the place above."""
    session.up()
    return None


@operation(args.CardId, "nothing")
def inspect_(session: CanvasSession, card: args.CardId) -> Result:
    """Say what the spec panel shows of a card."""
    return inspect(session, card.id).model_dump(mode="json")


@operation(args.Arguments, "nothing")
def problems(session: CanvasSession, _: args.Arguments) -> Result:
    """Send the list of problems."""
    session.send_problems()
    return None


@operation(args.OneFile, "nothing")
def preview_(session: CanvasSession, file: args.OneFile) -> Result:
    """Say which lines saving would change."""
    places = clashes(session.host, file.path)
    return {"diff": preview(session.host, file.path), **({"places": places} if places else {})}
