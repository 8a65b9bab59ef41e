"""From the design to boards: what a place looks like, whoever looks at it.

Cards and links that did not change stay the same objects from one board to the next, so that an
edit in a flow of a thousand nodes costs little more than the card it touches.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from ddd_lab.canvas.boards.flow_board import FlowBoardBuilder, broken_board
from ddd_lab.canvas.boards.map_boards import domain_board, system_board
from ddd_lab.canvas.boards.problem_counts import ProblemCounts
from ddd_lab.canvas.boards.sync_status import SyncBadges
from ddd_lab.canvas.boards.view import BoardView
from ddd_lab.canvas.protocol.messages import Card, Crumb, Link, PaletteEntry
from ddd_lab.canvas.session.navigation_history import level_of, parent_of
from ddd_lab.maps import domain_map, system_map
from ddd_lab.maps.layout import CELL
from ddd_lab.maps.memory import BoardMemory
from ddd_lab.spec.catalogue import catalogue
from ddd_lab.workbench import Workbench


class BoardBuilder:
    """Paints the places of one project, each anew only after the design changed.

    Attributes:
        view: the size of the canvas that a board without places is laid out for.
    """

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._boards: dict[str, BoardView] = {}
        self._sheets: dict[str, FlowBoardBuilder] = {}
        self._last: dict[str, BoardView] = {}
        self._memories: dict[str, BoardMemory] = {}
        self.view = CELL

    def changed(self) -> None:
        """Note that the design or its problems changed."""
        self._last |= self._boards
        self._boards = {}

    def forget(self, at: str) -> None:
        """Forget where the cards of a place were that have no place in a file."""
        self._memories.pop(at, None)

    def knows(self, at: str) -> bool:
        """Whether a place that is there has been shown."""
        return at in self._memories and at in self._workbench.design.flows

    def beside(self, workbench: Workbench) -> BoardBuilder:
        """A builder for a copy of the design, which shows cards where this one does."""
        other = BoardBuilder(workbench)
        other.view = self.view
        other._memories = copy.deepcopy(self._memories)
        return other

    def keep_only(self, places: Iterable[str]) -> None:
        """Forget what places looked like that nobody looks at any more."""
        shown = set(places)
        for boards in (self._sheets, self._last):
            for at in boards.keys() - shown:
                del boards[at]

    def board(self, at: str, problem_counts: ProblemCounts, sync_badges: SyncBadges) -> BoardView:
        """What a place looks like now.

        Raises:
            KeyError: there is no such place.
        """
        if at not in self._boards:
            self._boards[at] = self._settled(self._built(at, problem_counts, sync_badges))
        return self._boards[at]

    def _built(self, at: str, problem_counts: ProblemCounts, sync_badges: SyncBadges) -> BoardView:
        memory = self._memories.setdefault(at, BoardMemory())
        design = self._workbench.design
        match level_of(at):
            case "system":
                system = system_map(design, view=self.view, memory=memory)
                return system_board(
                    self._workbench.name, design, system, problem_counts, sync_badges
                )
            case "domain":
                domain = domain_map(design, at, view=self.view, memory=memory)
                return domain_board(domain, problem_counts, sync_badges)
            case "flow":
                if at not in design.flows:
                    return broken_board(self._workbench, at)
                builder = self._sheets.setdefault(at, FlowBoardBuilder(at))
                return builder.board(
                    design.flows[at], design.flow_keys, problem_counts, self.view, memory
                )

    def _settled(self, board: BoardView) -> BoardView:
        """The board with every card and link that stayed as it was."""
        last = self._last.get(board.at)
        if last is not None:
            _keep(last.cards, board.cards)
            _keep(last.links, board.links)
            if last.frames == board.frames:
                board = replace(board, frames=last.frames)
        return board


T = TypeVar("T", Card, Link)


def _keep(before: dict[str, T], after: dict[str, T]) -> None:
    for id, old in before.items():
        new = after.get(id)
        if new is not None and new is not old and new == old:
            after[id] = old


def breadcrumb(workbench: Workbench, at: str) -> list[Crumb]:
    """The way from the system to a place."""
    crumbs = [Crumb(title="System Map", at="")]
    domain = at.partition("/")[0]
    if domain:
        model = workbench.design.domains.get(domain)
        crumbs.append(Crumb(title=(model.name if model else "") or domain, at=domain))
    if parent_of(at):
        flow = workbench.design.flows.get(at)
        name = flow.name or flow.id if flow else at.partition("/")[2]
        crumbs.append(Crumb(title=name, at=at))
    return crumbs


def domain_choices(workbench: Workbench) -> list[Crumb]:
    """Every domain, for the new-flow form."""
    return [Crumb(title=model.name or id, at=id) for id, model in workbench.design.domains.items()]


def palette() -> list[PaletteEntry]:
    """Every type of node that people can place."""
    return [
        PaletteEntry(
            type=kind.type,
            title=kind.title,
            category=kind.category,
            icon=kind.icon,
            help=kind.help,
            ends=not kind.outputs,
        )
        for kind in catalogue().values()
        if "unplaced" not in kind.traits
    ]
