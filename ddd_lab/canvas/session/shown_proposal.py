"""The proposal that the canvases of a project show, and what of it is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import asdict, replace

from ddd_lab.assist.proposals.items import KINDS, Item
from ddd_lab.assist.proposals.proposal import Applied, Proposal
from ddd_lab.canvas.boards.builder import BoardBuilder
from ddd_lab.canvas.boards.problem_counts import ProblemCounts
from ddd_lab.canvas.boards.sync_status import SyncBadges
from ddd_lab.canvas.boards.view import BoardView
from ddd_lab.canvas.protocol.proposals import ProposalItem, ProposalView
from ddd_lab.implementation.config import AssistMode


class ShownProposal:
    """A proposal beside the design, for as long as nobody has taken or discarded it.

    Attributes:
        proposal: on the design as it was at the last look; None where nothing is proposed.
        ticked: ids of the items that are chosen.
    """

    def __init__(self) -> None:
        self.proposal: Proposal | None = None
        self.ticked: frozenset[str] = frozenset()
        self._left: set[str] = set()
        self._stale = False
        self._board: tuple[object, ...] = ()

    def show(self, proposal: Proposal | None) -> None:
        """Show a proposal, or none; of one that grows, what is chosen stays."""
        before = self.proposal
        if proposal is None or before is None or proposal.id != before.id:
            self._left = set()
        self.proposal, self._stale, self._board = proposal, False, ()
        self._choose()

    def changed(self) -> None:
        """Note that the design changed."""
        self._stale = True

    def tick(self, ids: Collection[str], on: bool) -> None:
        """Choose items with all that they need, or leave them with all that needs them."""
        if self.proposal is None:
            return
        if on:
            self._left -= self.proposal.tick(ids)
        else:
            self._left |= set(ids)
        self._choose()

    def _choose(self) -> None:
        proposal = self.proposal
        self.ticked = proposal.untick(proposal.possible, self._left) if proposal else frozenset()

    def apply(self, label: str = "", mode: AssistMode | None = None) -> Applied | None:
        """Make what is chosen, as one undo step; the proposal is gone then.

        Raises:
            ModeError: this chat or project is in Explore.
        """
        proposal, ticked = self.proposal, self.ticked
        if proposal is None:
            return None
        self.proposal = None  # what is drawn meanwhile is the design
        try:
            applied = proposal.apply(ticked, label=label, mode=mode)
        except BaseException:
            self.proposal = proposal
            raise
        self.show(None)
        return applied

    def view(self) -> ProposalView | None:
        """The proposal as the browser lists it."""
        proposal = self._present()
        if proposal is None:
            return None
        counts = Counter(KINDS[item.kind] for item in proposal.items if item.id in self.ticked)
        own = {problem for item in proposal.items for problem in item.problems}
        return ProposalView(
            id=proposal.id,
            complete=proposal.complete,
            items=[self._item(item) for item in proposal.items],
            added=counts["added"],
            changed=counts["changed"],
            removed=counts["removed"],
            words=", ".join(f"{counts[kind]} {kind}" for kind in KINDS.values() if counts[kind]),
            problems=[problem.message for problem in proposal.problems if problem not in own],
        )

    def _item(self, item: Item) -> ProposalItem:
        return ProposalItem.model_validate(
            {
                "id": item.id,
                "title": item.title,
                "kind": KINDS[item.kind],
                "at": item.at,
                "card": item.card,
                "needs": sorted(item.needs),
                "ticked": item.id in self.ticked,
                "changes": [asdict(change) for change in item.changes],
                "problems": [problem.message for problem in item.problems],
                "refused": item.refused,
            }
        )

    def ghosted(
        self,
        board: BoardView,
        fold: Callable[[BoardView], BoardView],
        builder: BoardBuilder,
        counts: ProblemCounts,
        badges: SyncBadges,
    ) -> BoardView:
        """A board with the ghosts of what is chosen; as it is where nothing is proposed.

        Args:
            board: what the place looks like now.
            fold: folds what is folded on the canvas.
            builder: of the boards of the design.
            counts: problems by card.
            badges: of flows and their code.
        """
        proposal = self._present()
        if proposal is None:
            return board
        state = (proposal, self.ticked, board)
        if self._board[:3] != state:
            # What edits are is loaded when something is proposed, not with the canvas.
            from ddd_lab.assist.proposals.ghosts import GhostFinder
            from ddd_lab.canvas.boards.ghosts import with_ghosts

            with proposal.tried(self.ticked) as workbench:
                try:
                    after = fold(builder.beside(workbench).board(board.at, counts, badges))
                except KeyError:  # the place itself would go
                    after = replace(board, cards={}, links={}, frames=[])
            finder = GhostFinder(proposal, board.at, self.ticked)
            self._board = (*state, with_ghosts(board, after, finder))
        shown = self._board[3]
        return shown if isinstance(shown, BoardView) else board

    def _present(self) -> Proposal | None:
        if self._stale and self.proposal is not None:
            self.proposal = self.proposal.rebase()
            self._choose()
        self._stale = False
        return self.proposal
