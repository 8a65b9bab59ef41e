"""Going about and looking."""

from __future__ import annotations

from ddd_lab.canvas.commands._registry import Result, operation
from ddd_lab.canvas.inspection import inspect
from ddd_lab.canvas.previews import clashes, preview
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.session.session import Desk


@operation(args.Arguments, "nothing")
def hello(desk: Desk, _: args.Arguments) -> Result:
    """Send the board, as it stands to its code now."""
    desk.hub.compare()
    desk.hub.catch_up()
    desk.show()
    return None


@operation(args.At, "view")
def go(desk: Desk, to: args.At) -> Result:
    """Show another place."""
    desk.go(to.at)
    return None


@operation(args.Arguments, "view")
def back(desk: Desk, _: args.Arguments) -> Result:
    """Show the place from before."""
    desk.back()
    return None


@operation(args.Arguments, "view")
def up(desk: Desk, _: args.Arguments) -> Result:
    """Show the place above."""
    desk.up()
    return None


@operation(args.CardId, "nothing")
def inspect_(desk: Desk, card: args.CardId) -> Result:
    """Say what the spec panel shows of a card."""
    return inspect(desk, card.id).model_dump(mode="json")


@operation(args.Arguments, "nothing")
def problems(desk: Desk, _: args.Arguments) -> Result:
    """Send the list of problems."""
    desk.send_problems()
    return None


@operation(args.OneFile, "nothing")
def preview_(desk: Desk, file: args.OneFile) -> Result:
    """Say which lines saving would change."""
    places = clashes(desk.host, file.path)
    return {"diff": preview(desk.host, file.path), **({"places": places} if places else {})}
