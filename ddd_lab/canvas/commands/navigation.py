"""Going about and looking."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ddd_lab.bundle import BundleError, bundle
from ddd_lab.canvas.boards.legend import Legend, legend
from ddd_lab.canvas.commands._registry import operation
from ddd_lab.canvas.commands.inline_actions import action_views
from ddd_lab.canvas.inspection import inspect
from ddd_lab.canvas.previews import clashes, preview, since_commit
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.protocol.assistant import ActionView
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.protocol.results import Inspection, ProblemList, TextResult
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.files.workspace.snapshot import RevisionError
from ddd_lab.maps.layout import View
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.version import __version__


class Size(args.Arguments):
    """How large the area is in which boards are drawn, in pixels, without bars and panels."""

    width: Annotated[args.Pixels, Field(ge=1, le=20_000)]
    height: Annotated[args.Pixels, Field(ge=1, le=20_000)]


class Greeting(args.Arguments):
    """The version of the canvas in the page, and its size, for which boards are laid out."""

    version: args.Text
    size: Size | None = None


class Welcome(Message):
    """The version of Python's part, and what a model can be asked to do."""

    version: str
    actions: list[ActionView]


class OneFile(args.Arguments):
    """A file, or all of them."""

    path: args.Text | None = None


class LeftCards(args.Arguments):
    """Cards that were selected."""

    cards: args.Ids


class Script(args.Arguments):
    """A module that is loaded when it is first needed."""

    name: Literal["assistant", "conflicts", "editor"]


class Preview(Message):
    """The lines that saving would change.

    For a file in conflict: those in which the version here differs from the one on disk, and the
    places that were changed on both sides.
    """

    diff: str
    places: list[str]


class SinceCommit(Message):
    """The lines that differ from the last commit, or why that cannot be told."""

    diff: str
    message: str


@operation("nothing")
def script(_session: CanvasSession, wanted: Script) -> TextResult:
    """A part of the canvas's JavaScript that is no part of what a notebook stores."""
    try:
        return TextResult(text=bundle(f"{wanted.name}.js"))
    except BundleError as error:
        raise EditError(str(error)) from None


@operation("nothing")
def hello(session: CanvasSession, greeting: Greeting) -> Welcome:
    """Send the board, as it stands to its code now, and say which version this is."""
    session.page_version = greeting.version
    if greeting.size is not None:
        resized(session, greeting.size)
    session.broadcaster.compare()
    session.broadcaster.catch_up()
    session.show()
    return Welcome(version=__version__, actions=action_views())


@operation("nothing")
def resized(session: CanvasSession, size: Size) -> None:
    """Note how large the canvas is now; nothing that is shown moves by that."""
    session.broadcaster.builder.view = View(float(size.width), float(size.height))


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
def legend_(_: CanvasSession, __: args.Arguments) -> Legend:
    """Say what the signs of boards mean."""
    return legend()


@operation("view", in_bursts=True)
def leave(session: CanvasSession, left: LeftCards) -> None:
    """Note that some cards are not selected any more: what was filled in is not new then."""
    session.leave(left.cards)


@operation("nothing")
def inspect_(session: CanvasSession, card: args.CardId) -> Inspection:
    """Say what the spec panel shows of a card."""
    return inspect(session, card.id)


@operation("nothing")
def problems(session: CanvasSession, _: args.Arguments) -> ProblemList:
    """List the problems, as they were at the last check; a patch brings those of every other."""
    if session.broadcaster.problems is None:
        session.broadcaster.check()
    session.lists_problems = True
    return ProblemList(problems=session.problem_list())


@operation("nothing")
def preview_(session: CanvasSession, file: OneFile) -> Preview:
    """Say which lines saving would change."""
    diff = preview(session.workbench, file.path)
    return Preview(diff=diff, places=clashes(session.workbench, file.path))


@operation("nothing")
def since_commit_(session: CanvasSession, _: args.Arguments) -> SinceCommit:
    """Say which lines differ from the last commit; Git is only asked, and starts nothing."""
    try:
        diff, message = since_commit(session.workbench)
    except RevisionError as error:
        raise EditError(str(error)) from None
    return SinceCommit(diff=diff, message=message)
