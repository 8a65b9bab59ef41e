"""What hands do with several cards at once: the clipboard, arranging; and pictures to take away."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Annotated, Literal

from pydantic import Field

from ddd_lab.canvas.boards.links import map_edge
from ddd_lab.canvas.commands._registry import edit_flow, flow_key, operation
from ddd_lab.canvas.layout_edits import OWN_PLACE, move_on_map
from ddd_lab.canvas.map_edits import keeping_places, unwritten_places
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.protocol.results import NamedCards, TextResult
from ddd_lab.canvas.session.navigation_history import level_of
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.maps.arrange import map_laid_out
from ddd_lab.plurals import name_or_count
from ddd_lab.spec.edit.arrange import Area, Moves, Side, Way, align, distribute, snap
from ddd_lab.spec.edit.clipboard import duplicate_nodes
from ddd_lab.spec.edit.nodes import EditError, move_nodes
from ddd_lab.spec.edit.sheet_style import ChosenStyle
from ddd_lab.spec.models.flow import FlowData

Cards = Annotated[args.Ids, Field(min_length=1)]


class Chosen(args.Arguments):
    """Cards, by id."""

    cards: Cards


class ChosenOrAll(args.Arguments):
    """Cards, by id; all of the board if left out."""

    cards: Cards | None = None


class Pasted(args.Arguments):
    """A text that holds nodes, and where the top left corner of the whole goes."""

    text: Annotated[str, Field(max_length=2_000_000)]
    x: args.Pixels | None = None
    y: args.Pixels | None = None


class Aligned(Chosen):
    """Cards, and what of them is brought into line."""

    side: Side


class Distributed(Chosen):
    """Cards, and the direction in which their gaps become equal."""

    way: Way


class ChosenDirection(args.Arguments):
    """Where the lines of a sheet are to lead; ``automatic`` takes what shows most."""

    style: ChosenStyle


class BoardExport(args.Arguments):
    """What kind of picture is wanted."""

    format: Literal["svg", "mermaid"]
    theme: Literal["light", "dark"] = "light"


class Positions(args.Arguments):
    """Places that may be there or not."""

    at: Annotated[list[args.Text], Field(max_length=1000)]


class SheetTitles(Message):
    """What those of some flows that there are, are called."""

    titles: dict[str, str]


# --- clipboard -----------------------------------------------------------------------------------


@operation("nothing")
def copy(session: CanvasSession, chosen: Chosen) -> TextResult:
    """Say which text stands for nodes on the clipboard."""
    cards = session.with_inside(chosen.cards)
    return TextResult(text=session.workbench.copy_nodes(flow_key(session), cards))


@operation()
def cut(session: CanvasSession, chosen: Chosen) -> TextResult:
    """Remove nodes, and say which text stands for them on the clipboard."""
    cards = session.with_inside(chosen.cards)
    with keeping_places(session):
        return TextResult(text=session.workbench.cut_nodes(flow_key(session), cards))


@operation()
def paste(session: CanvasSession, pasted: Pasted) -> NamedCards:
    """Add the nodes of a text to the sheet, and say which they are."""
    at = None if pasted.x is None or pasted.y is None else (pasted.x, pasted.y)
    with keeping_places(session):
        ids = session.workbench.paste_nodes(flow_key(session), pasted.text, at)
    return NamedCards(ids=list(ids))


@operation()
def duplicate(session: CanvasSession, chosen: Chosen) -> NamedCards:
    """Add a copy of each node beside it, and say which they are."""
    copies: list[str] = []
    cards = session.with_inside(chosen.cards)

    def change(flow: FlowData) -> FlowData:
        flow, ids = duplicate_nodes(flow, cards)
        copies[:] = ids
        return flow

    edit_flow(session, change, f"duplicate {name_or_count(cards, 'card')}")
    return NamedCards(ids=copies)


# --- arranging -----------------------------------------------------------------------------------


@operation()
def align_(session: CanvasSession, alignment: Aligned) -> None:
    """Bring cards into line, as one step."""
    _arrange(session, "align", alignment.cards, partial(align, side=alignment.side))


@operation()
def distribute_(session: CanvasSession, distribution: Distributed) -> None:
    """Give cards equal gaps, as one step."""
    places = partial(distribute, way=distribution.way)
    _arrange(session, "distribute", distribution.cards, places)


@operation()
def snap_(session: CanvasSession, chosen: ChosenOrAll) -> None:
    """Put cards on the grid, as one step."""
    _arrange(session, "snap", chosen.cards, snap)


@operation()
def tidy(session: CanvasSession, request: ChosenOrAll) -> None:
    """Lay out the board, or some of its cards, as one step."""
    view = session.broadcaster.builder.view
    if request.cards is None:
        session.broadcaster.builder.forget(session.at)
    if level_of(session.at) == "flow":
        with keeping_places(session) if request.cards else contextlib.nullcontext():
            session.workbench.tidy(flow_key(session), request.cards, view=view)
        return
    edges = [map_edge(link) for link in session.board.links.values()]
    _arrange(session, "tidy", request.cards, partial(map_laid_out, edges=edges, view=view))


@operation()
def direction(session: CanvasSession, request: ChosenDirection) -> None:
    """Lay out the sheet in a direction and keep that, as one step."""
    view = session.broadcaster.builder.view
    session.broadcaster.builder.forget(session.at)
    session.workbench.tidy(flow_key(session), style=request.style, view=view)


def _arrange(
    session: CanvasSession,
    what: str,
    chosen: Collection[str] | None,
    arranged: Callable[[Mapping[str, Area]], Moves],
) -> None:
    """Move cards from where they are shown; those whose place follows from others stay."""
    is_sheet = level_of(session.at) == "flow"
    shown = session.whole_board.cards
    cards = {
        id: card for id, card in shown.items() if card.kind in ({"node"} if is_sheet else OWN_PLACE)
    }
    if chosen is not None:
        missing = [id for id in chosen if id not in shown]
        if missing:
            raise EditError(
                f"there is no card {missing[0]!r} on this {'sheet' if is_sheet else 'map'}"
            )
        cards = {id: cards[id] for id in chosen if id in cards}
    areas = {id: Area(card.x, card.y, card.width, card.height) for id, card in cards.items()}
    places = arranged(areas)
    label = f"{what} {name_or_count(areas, 'card')}"
    if places and is_sheet:
        edit_flow(session, lambda flow: move_nodes(flow, places), label)
    elif places:
        move_on_map(session.workbench, session.at, unwritten_places(session) | places, label)


# --- taking away ---------------------------------------------------------------------------------


@operation("nothing")
def export_picture(session: CanvasSession, request: BoardExport) -> TextResult:
    """Draw the board as a picture, or write it as Mermaid text."""
    if request.format == "mermaid":
        return TextResult(text=session.workbench.mermaid(session.at))
    return TextResult(text=session.workbench.svg(session.at, theme=request.theme))


@operation("nothing")
def sheets(session: CanvasSession, request: Positions) -> SheetTitles:
    """Say which of these flows there are, and what they are called."""
    design = session.workbench.design
    titles = {
        at: design.flows[at].name if at in design.flows else at.partition("/")[2]
        for at in request.at
        if at in design.flow_keys
    }
    return SheetTitles(titles=titles)
