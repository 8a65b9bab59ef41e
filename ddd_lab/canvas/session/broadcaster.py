"""What the open canvases of one project share: boards, problems, and the news of changes."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import threading
import time
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ddd_lab.assist.proposals.proposal import Proposal
from ddd_lab.canvas.boards.builder import BoardBuilder
from ddd_lab.canvas.boards.problem_counts import ProblemCounts, problem_views
from ddd_lab.canvas.boards.titles import title_of
from ddd_lab.canvas.boards.view import BoardView
from ddd_lab.canvas.protocol.message import Message
from ddd_lab.canvas.protocol.messages import ProblemView, Status
from ddd_lab.canvas.session.save_status import save_status
from ddd_lab.canvas.session.shown_proposal import ShownProposal
from ddd_lab.canvas.session.staleness_monitor import StalenessMonitor
from ddd_lab.canvas.session.todo import ToDo
from ddd_lab.canvas.session.viewer import Viewer
from ddd_lab.canvas.session.waker import Waker
from ddd_lab.files.disk.watching import Watcher
from ddd_lab.files.workspace.rename_tracker import RenameTracker
from ddd_lab.files.workspace.workspace import Changed
from ddd_lab.gc_pause import gc_paused
from ddd_lab.spec.problem import Problem
from ddd_lab.visible import error_at_hand
from ddd_lab.workbench import Workbench

if TYPE_CHECKING:
    from ddd_lab.canvas.session.assistant_session import AssistantSession

logger = logging.getLogger("ddd_lab.canvas")

_QUIET = 0.25
"""Seconds without a change after which the rules are checked again."""
_SLICE = 0.05
"""Seconds that checking may take before others get their turn."""
_SHARE = 4
"""While changes come in quick succession, drawing takes at most one part in so many of the time."""


_broadcasters: weakref.WeakValueDictionary[int, ProjectBroadcaster] = weakref.WeakValueDictionary()


def broadcaster_of(workbench: Workbench) -> ProjectBroadcaster:
    """The broadcaster of a project, made when it is first asked for."""
    broadcaster = _broadcasters.get(id(workbench))
    if broadcaster is None or broadcaster.workbench is not workbench:
        broadcaster = _broadcasters[id(workbench)] = ProjectBroadcaster(workbench)
    return broadcaster


def shown_workbench(root: Path) -> Workbench | None:
    """The project in a folder that canvases show already, if some do."""
    for broadcaster in list(_broadcasters.values()):
        if broadcaster.workbench.root == root and broadcaster.is_seen:
            return broadcaster.workbench
    return None


class ProjectBroadcaster:
    """Observes a project for its canvases.

    Edits are shown at once. Rules are checked when edits pause, through the event loop, so that
    they never delay a gesture; without an event loop, when the canvas is next used.

    Attributes:
        workbench: the project.
        problems: what was wrong at the last check; None before the first one.
        failed: why the last save failed; empty if it did not.
        moves: which flows and domains were renamed or moved.
        todo: cards that are new.
        comparison: how flows and their code stand to each other.
        proposal: what a model suggests.
    """

    def __init__(self, workbench: Workbench) -> None:
        self.workbench = workbench
        # A widget's state may be saved with its notebook, for others to see: the folder is none of
        # it. The page is given that only where it asks (`root`), to name the project to the server.
        self.project = hashlib.sha256(str(workbench.root).encode()).hexdigest()[:16]
        self.builder = BoardBuilder(workbench)
        self.problem_counts = ProblemCounts()
        self.problems: list[Problem] | None = None
        self.failed = ""
        self.moves = RenameTracker()
        self.todo = ToDo(workbench)
        self.comparison = StalenessMonitor(workbench, self._compared)
        self.proposal = ShownProposal()
        self._viewers: list[Viewer] = []
        self._stop: Callable[[], None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watcher: Watcher | None = None
        self._thread = threading.get_ident()
        self._timer: asyncio.TimerHandle | None = None
        self._unchecked = True
        self._waiting = False
        self._held = 0
        self._stale = False
        self._drawn = (0.0, 0.0)

    @cached_property
    def assistant(self) -> AssistantSession:
        """The assistant of the project, made when it is first asked for."""
        from ddd_lab.canvas.session.assistant_session import AssistantSession

        return AssistantSession(self)

    def tell(self, kind: str, message: Message) -> None:
        """Send a message to every canvas."""
        for viewer in list(self._viewers):
            viewer.tell(kind, message)

    def later(self, seconds: float, act: Callable[[], None]) -> bool:
        """Have something done on the canvases' thread; False where no event loop runs there."""
        loop = self._loop
        if loop is None:
            return False
        with contextlib.suppress(RuntimeError):  # the loop has ended, and with it the views
            loop.call_soon_threadsafe(loop.call_later, seconds, act)
        return True

    # --- who looks -------------------------------------------------------------------------

    def join(self, viewer: Viewer) -> None:
        """Tell a viewer of changes from now on."""
        if self._stop is None:
            self._stop = self.workbench.observe(self._changed)
            # Nobody told of what happened while nobody looked.
            self.builder.changed()
            self._unchecked = True
            self.comparison.anew()
        self._viewers.append(viewer)
        self.meet_loop()

    def leave(self, viewer: Viewer) -> None:
        """Tell a viewer no more; with the last one the project is not observed any longer."""
        with contextlib.suppress(ValueError):
            self._viewers.remove(viewer)
        if not self._viewers and self._stop is not None:
            self._stop()
            self._stop = None
            if self._timer is not None:
                self._timer.cancel()
            self.comparison.stop()

    @property
    def is_seen(self) -> bool:
        """Whether a canvas shows the project."""
        return bool(self._viewers)

    def board(self, at: str) -> BoardView:
        """What a place looks like now.

        Raises:
            KeyError: there is no such place.
        """
        return self.builder.board(at, self.problem_counts, self.comparison.badges)

    def ghosted(self, board: BoardView, fold: Callable[[BoardView], BoardView]) -> BoardView:
        """A board with the ghosts of the proposal that is shown."""
        badges = self.comparison.badges
        return self.proposal.ghosted(board, fold, self.builder, self.problem_counts, badges)

    def propose(self, proposal: Proposal | None) -> None:
        """Show a proposal on all canvases, or none any more; new cards go beside those seen."""
        if proposal is not None and any(map(self._seen_elsewhere, proposal.places)):
            proposal = replace(proposal, shown=self._places).rebase()
        self.proposal.show(proposal)
        self.draw()

    def _seen_elsewhere(self, at: str) -> bool:
        """Whether cards of a flow are seen elsewhere than its file says."""
        places = self._places(at)
        flow = self.workbench.design.flows.get(at)
        return flow is not None and any(
            node.position != places[node.id] for node in flow.all_nodes() if node.id in places
        )

    def _places(self, at: str) -> dict[str, tuple[float, float]]:
        """Where the cards of a flow are seen, if anybody has looked at it."""
        if not self.builder.knows(at):
            return {}
        cards = self.board(at).cards.values()
        return {card.id: (card.x, card.y) for card in cards if card.kind == "node"}

    def status(self, readonly: str = "") -> Status:
        """What is saved and what is not."""
        return save_status(self.workbench, self.failed, readonly)

    # --- what happens ----------------------------------------------------------------------

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Show whatever changes inside as one; afterwards every viewer is up to date."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            if not self._held:
                if self._loop is None:
                    self.comparison.now()
                if self._stale:
                    self.draw()

    def meet_loop(self) -> None:
        """Use the event loop that runs here, if one does, and let the file watcher wake it."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        watcher = self.workbench.watcher
        if loop is not self._loop or watcher is not self._watcher:
            self._loop, self._watcher = loop, watcher
            self._thread = threading.get_ident()
            if watcher is not None:
                waker = Waker(loop, self)
                watcher.wake, watcher.moved = waker.woken, waker.moved
        if self._unchecked:
            self._check_soon()
        self.comparison.soon(loop)

    def catch_up(self) -> None:
        """Before something is asked of the canvas: what others wrote, and checks left undone."""
        self.meet_loop()
        self.workbench.take_outside_changes()
        if self._loop is None:
            self.comparison.now()
            if self._unchecked:
                self.check()

    def look_outside(self) -> None:
        """Take over what other programs wrote to the files."""
        self.workbench.take_outside_changes()
        for viewer in list(self._viewers):
            viewer.tell_of_watching()

    def compare(self, moved: Collection[str] | None = None) -> None:
        """Look again how flows and their code stand."""
        if moved is None:
            self.comparison.anew()
        else:
            self.comparison.moved(moved)
        if self._loop is not None:
            self.comparison.soon(self._loop)

    def _compared(self) -> None:
        self.builder.changed()
        self._stale = True
        if not self._held:
            self.draw()

    def _changed(self, changed: Changed) -> None:
        loop = self._loop
        if loop is not None and threading.get_ident() != self._thread:
            with contextlib.suppress(RuntimeError):  # the loop has ended, and with it the views
                loop.call_soon_threadsafe(self._changed, changed)
            return
        if changed.reason == "save":
            self.failed = changed.label
            if not self.workbench.dirty and self.todo.end():
                self.recount()
        else:
            if changed.reason in ("disk", "conflict"):
                self.failed = ""  # what stood in the way may be gone; the next save will tell
            self._unchecked = True
            self.proposal.changed()
            self.moves.note(self.workbench, changed.paths)
            self.builder.changed()
        self._stale = True
        if changed.reason in ("save", "disk", "conflict"):
            self.compare(changed.paths)
        self._check_soon()
        if not self._held:
            self._draw_soon()

    def _draw_soon(self) -> None:
        """Draw now, or at the end of a cell that makes many changes."""
        ended, took = self._drawn
        if self._loop is None or time.monotonic() - ended >= _SHARE * took:
            self.draw()
        elif not self._waiting:
            self._waiting = True
            self._loop.call_soon(self.draw)

    def draw(self, *, checked: bool = False) -> None:
        """Bring every viewer up to date."""
        self._waiting = self._stale = False
        started = time.monotonic()
        for viewer in list(self._viewers):
            try:
                with gc_paused():
                    viewer.refresh(checked=checked)
            except Exception:  # noqa: BLE001 - one broken view must not keep the others from the news
                logger.error("The canvas could not show a change\n%s", error_at_hand())
        self.builder.keep_only(viewer.at for viewer in self._viewers)
        now = time.monotonic()
        self._drawn = (now, now - started)

    # --- problems --------------------------------------------------------------------------

    def _check_soon(self) -> None:
        if self._loop is None or not self._unchecked:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(_QUIET, self._start_checks)

    def _start_checks(self) -> None:
        self._check_slice(iter(self.workbench.design.flow_keys))

    def _check_slice(self, left: Iterator[str]) -> None:
        """Check flow by flow, which is remembered, and let others have their turn in between."""
        self._timer = None
        started = time.monotonic()
        flows = self.workbench.design.flows
        try:
            for key in left:
                if key in flows:
                    self.workbench.flow_problems(key)
                if time.monotonic() - started > _SLICE and self._loop is not None:
                    self._timer = self._loop.call_later(0, self._check_slice, left)
                    return
        except Exception:  # noqa: BLE001 - it is logged
            logger.error("The rules could not be checked\n%s", error_at_hand())
        self.check()

    def check(self) -> None:
        """Check the rules now, and show what they say."""
        self._unchecked = False
        try:
            with gc_paused():
                problems = self.workbench.problems
            problem_counts = self._counted(problems)
        except Exception:  # noqa: BLE001 - it is logged
            logger.error("The rules could not be checked\n%s", error_at_hand())
            return
        if problems != self.problems:
            self.problems, self.problem_counts = problems, problem_counts
            self.builder.changed()
            self.draw(checked=True)

    def recount(self) -> None:
        """Count and show the known problems again, after other cards are to do."""
        if self.problems is not None:
            self.problem_counts = self._counted(self.problems)
            self.builder.changed()
            self.draw(checked=True)

    def _counted(self, problems: Iterable[Problem]) -> ProblemCounts:
        return ProblemCounts(problems, self.workbench.design.flow_keys, self.todo.cards)

    def problem_views(self, shown: Callable[[Problem], bool] | None = None) -> list[ProblemView]:
        """The problems of the last check as a list shows them; those that are wanted, or all."""
        return problem_views(
            filter(shown, self.problems or ()) if shown else self.problems or (),
            self.workbench.design.flow_keys,
            title=lambda at, card: title_of(self.workbench, at, card),
            todo=self.todo.cards,
        )
