"""One canvas without its widget: the place it shows, the way there, and what it tells the browser.

The browser holds no truth. It is sent a board, then patches; what it asks for is validated like an
API call, and whatever it asks for, the answer is a reply.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from ddd_lab.canvas.boards.builder import breadcrumb, domain_choices, palette
from ddd_lab.canvas.boards.folding import folded, with_inside
from ddd_lab.canvas.boards.links import BoardRoutes
from ddd_lab.canvas.boards.view import BoardView
from ddd_lab.canvas.protocol.json_safe import to_json_safe
from ddd_lab.canvas.protocol.messages import Board, Message, Notice, Patch, ProblemView
from ddd_lab.canvas.protocol.patches import difference
from ddd_lab.canvas.session.broadcaster import broadcaster_of
from ddd_lab.canvas.session.navigation_history import NavigationHistory, check_place, level_of
from ddd_lab.canvas.session.undo_grouping import UndoGrouping
from ddd_lab.capabilities import capabilities
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.workbench import Workbench

if TYPE_CHECKING:
    from ddd_lab.canvas.session.assistant_session import AssistantSession
    from ddd_lab.canvas.session.earlier_version import EarlierVersion

logger = logging.getLogger("ddd_lab.canvas")

Send = Callable[[dict[str, object]], None]


class CanvasSession:
    """The state of one canvas.

    Attributes:
        page_version: of the canvas in the browser; None until it has said hello.
        lists_problems: whether it has asked for the list of problems, which is then kept up.

    Raises:
        KeyError: there is no such place.
    """

    def __init__(
        self,
        workbench: Workbench,
        at: str,
        send: Send,
        moved: Callable[[str], None] = lambda _: None,
    ) -> None:
        check_place(workbench.design, at)
        self.workbench = workbench
        self.broadcaster = broadcaster_of(workbench)
        self.at = at
        self.page_version: str | None = None
        self.lists_problems = False
        self.trail = NavigationHistory()
        self.bursts = UndoGrouping()
        self._folded: dict[str, set[str]] = {}
        self._board: Board | None = None
        self._flow: FlowData | None = None
        self._routes = BoardRoutes(at)
        self._rev = 0
        self._trouble = ""
        self._earlier: EarlierVersion | None = None
        self._send = send
        self._moved = moved
        self.broadcaster.join(self)

    def close(self) -> None:
        """Show nothing any more."""
        self.broadcaster.leave(self)

    @property
    def assistant(self) -> AssistantSession:
        """The assistant of the project."""
        return self.broadcaster.assistant

    # --- what the browser sees -------------------------------------------------------------

    @property
    def board(self) -> BoardView:
        """What the present place looks like now on this canvas."""
        whole, shut = self.whole_board, self._folded.get(self.at)
        return folded(whole, shut) if shut else whole

    @property
    def whole_board(self) -> BoardView:
        """What the present place looks like with nothing folded."""
        return self.broadcaster.board(self.at)

    def fold(self, cards: Collection[str], shut: bool) -> None:
        """Fold or unfold containers of the present place, on this canvas only."""
        folded_here = self._folded.setdefault(self.at, set())
        folded_here.update(cards) if shut else folded_here.difference_update(cards)
        self.refresh()

    def refold(self, card: str, new_id: str) -> None:
        """Let a card that was given another id stay to do, and a container folded or unfolded."""
        self.broadcaster.todo.renamed(self.at, card, new_id)
        folded_here = self._folded.get(self.at, set())
        if card != new_id and card in folded_here:
            folded_here.remove(card)
            folded_here.add(new_id)

    def compare(self, revision: str) -> None:
        """Mark on every board what differs from a Git revision; nothing any more where it is empty.

        Raises:
            RevisionError: there is no such revision, or no Git.
        """
        from ddd_lab.canvas.session.earlier_version import EarlierVersion

        self._earlier = EarlierVersion(self.workbench, revision) if revision else None
        if revision:  # a map shows the links of flows elsewhere that have been read
            flows = self.workbench.design.flows
            for key in self.workbench.design.flow_keys:
                flows.get(key)
            self.broadcaster.builder.changed()
        self.refresh()

    def with_inside(self, cards: Collection[str]) -> list[str]:
        """Cards of the present place, with all that lies inside those that are folded."""
        return with_inside(self.whole_board, cards, self._folded.get(self.at, ()))

    def show(self) -> None:
        """Send the whole board."""
        self._leave_what_is_gone()
        self._board = self._present(self._board.rev if self._board else self._rev)
        self._flow = self.workbench.design.flows.get(self.at)
        self.tell("board", self._board)
        self.tell_of_watching()

    def refresh(self, *, checked: bool = False) -> None:
        """Send what changed since the last board or patch; nothing before a browser has asked.

        Args:
            checked: whether there are other problems, even if no count changed.
        """
        if self._board is None:
            self._leave_what_is_gone()
            return
        if self._leave_what_is_gone():
            return
        before, after = self._board, self._present(self._board.rev + 1)
        patch = difference(before, after)
        flow = self.workbench.design.flows.get(self.at)
        if checked or flow is not self._flow:
            # No card may show what has changed, but a form may be open that does.
            patch = patch or Patch(since=before.rev, rev=after.rev)
            if checked and self.lists_problems:
                patch = patch.model_copy(update={"problem_list": self.problem_list()})
            self._flow = flow
        if patch is not None:
            self._board, self._rev = after, after.rev
            self.tell("patch", patch)

    def problem_list(self) -> list[ProblemView]:
        """All problems of the project, worst first, as they were at the last check."""
        return self.broadcaster.problem_views()

    def notice(self, text: str, tone: str = "info") -> None:
        """Say something that nobody asked for."""
        self.tell("notice", Notice.model_validate({"tone": tone, "text": text}))

    def tell_of_watching(self) -> None:
        """Say once where changes by other programs are not noticed as usual."""
        words = self.workbench.watcher.trouble if self.workbench.watcher is not None else ""
        if self._board is not None and words != self._trouble:
            self._trouble = words
            if words:
                self.notice(words)

    def tell(self, kind: str, message: Message) -> None:
        """Send a message to every view."""
        content: dict[str, object] = {kind: message.model_dump(mode="json")}
        try:
            self._send(content)
        except ValueError:
            # A file may hold what no message can: half a surrogate pair, a number that is none.
            self._send(to_json_safe(content))

    def _present(self, rev: int) -> Board:
        own, shut = self.board, self._folded.get(self.at)
        broadcaster, compared = self.broadcaster, None

        def fold(other: BoardView) -> BoardView:
            return folded(other, shut) if shut else other

        board = broadcaster.ghosted(own, fold)
        if self._earlier is not None:
            marked, compared = self._earlier.marked(own, fold)
            board = marked if board is own else board  # what is proposed goes first
        if self._routes.at != self.at:
            self._routes = BoardRoutes(self.at)
        return Board(
            rev=rev,
            at=self.at,
            project=self.broadcaster.project,
            level=board.level,
            title=board.title,
            subtitle=board.subtitle,
            direction=board.direction,
            style=board.style,
            apart=board.apart,
            breadcrumb=breadcrumb(self.workbench, self.at),
            can_go_back=bool(self.trail),
            cards=list(board.cards.values()),
            links=self._routes.routed(board),
            frames=board.frames,
            problems=broadcaster.problem_counts.total,
            palette=palette() if board.level == "flow" and not board.readonly else [],
            domains=domain_choices(self.workbench),
            status=broadcaster.status(board.readonly),
            sync_status=broadcaster.comparison.badges.view(self.at),
            empty="" if board.cards else board.empty,
            proposal=broadcaster.proposal.view(),
            compared=compared,
            lacks={name: why for name, why in capabilities().items() if why},
        )

    # --- going about -----------------------------------------------------------------------

    def go(self, at: str) -> None:
        """Show another place.

        Raises:
            KeyError: there is no such place.
        """
        check_place(self.workbench.design, at)
        if at != self.at:
            self.trail.left(self.at)
            self._arrive(at)

    def back(self) -> None:
        """Show the place from before, or the one above where there is none."""
        self._arrive(self.trail.back(self.workbench.design, self.at))

    def up(self) -> None:
        """Show the place above; after a jump from flow to flow, the flow from before."""
        self._arrive(self.trail.up(self.workbench.design, self.at))

    def leave(self, cards: Collection[str] | None = None) -> None:
        """Note that nobody is at some cards of the board any more, or at none of them."""
        if self.broadcaster.todo.leave(self.at, cards):
            self.broadcaster.recount()

    def _arrive(self, at: str) -> None:
        if at == self.at:
            return
        self.leave()
        self.at = at
        self._moved(at)
        if self._board is not None:
            self._rev += 1
            self._board = None
            self.show()

    def _leave_what_is_gone(self) -> bool:
        """Follow this place if it was renamed or moved, or go to the nearest one that exists."""
        location = self.broadcaster.moves.whereabouts(self.workbench.design, self.at)
        if location == self.at:
            return False
        left, self.at = self.at, location
        self._moved(location)
        was_drawn = self._board is not None
        self._board = None
        if was_drawn:
            self._rev += 1
            self.show()
            if level_of(left) != level_of(location):
                what = "flow" if level_of(left) == "flow" else "domain"
                self.notice(f"The {what} {left} no longer exists.")
        return was_drawn
