"""The queue: flows that Claude Code implements one after another.

It lies in ``.ddd/runs/queue.json``, so that no restart of anything loses it. Whoever looks at it (a
notebook, the server, the command line) may move it on; a lock sees to it that every flow is begun
once.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import ValidationError

from ddd_lab.files.atomic import write_atomically
from ddd_lab.files.paths import inside
from ddd_lab.spec.base import Frozen

from .config import BuildConfig, ConfigError
from .events import note_event
from .prompt import Prompt
from .runs.locking import locked
from .runs.outcome import kept_tests, wants_tests
from .runs.record import FOLDER, Run, RunError, find_run, runs
from .runs.starting import prepared
from .runs.stopping import end

if TYPE_CHECKING:
    from .staleness import Sync

__all__ = [
    "Queue",
    "QueueItem",
    "advance",
    "clear_queue",
    "pause_queue",
    "read_queue",
    "resume_queue",
    "skip_in_queue",
    "start_queue",
]

QueueState = Literal["empty", "running", "paused", "done"]
ItemState = Literal["waiting", "running", "done", "failed", "skipped"]
_FILE = "queue.json"
_PATIENCE = 60.0
"""Seconds after which a run that nobody has begun counts as forgotten."""


class QueueItem(Frozen):
    """One flow of the queue.

    Attributes:
        flow: ``domain/flow``.
        state: ``waiting``, ``running`` (which includes waiting for the person), ``done``,
            ``failed`` or ``skipped``.
        why: in words, why it stands so.
        run: id of its run; empty before it has one.
    """

    flow: str
    state: ItemState = "waiting"
    why: str = ""
    run: str = ""


class Queue(Frozen):
    """The whole queue.

    Attributes:
        state: ``empty``, ``running``, ``paused`` or ``done``.
        why: why it pauses.
        items: in the order in which they are implemented.
    """

    state: QueueState = "empty"
    why: str = ""
    items: tuple[QueueItem, ...] = ()

    @property
    def current(self) -> QueueItem | None:
        """The flow whose turn it is: the one that runs or has failed."""
        return next((item for item in self.items if item.state in ("running", "failed")), None)

    @property
    def next(self) -> QueueItem | None:
        """The flow that is begun next."""
        return next((item for item in self.items if item.state == "waiting"), None)

    def with_item(self, item: QueueItem) -> Queue:
        """The queue with one of its flows standing otherwise."""
        items = tuple(item if old.flow == item.flow else old for old in self.items)
        return self.model_copy(update={"items": items})

    def paused(self, why: str) -> Queue:
        """The queue, begun but not going on."""
        return self.model_copy(update={"state": "paused", "why": why})


class _Stored(Frozen):
    """What the file holds: the queue, and its prompts as the person has left them."""

    queue: Queue = Queue()
    prompts: tuple[Prompt, ...] = ()

    def prompt(self, flow: str) -> Prompt:
        return next(prompt for prompt in self.prompts if prompt.flows == (flow,))


def read_queue(root: Path) -> Queue:
    """The queue of a project as it was last seen."""
    return _load(root).queue


def start_queue(sync: Sync, prompts: Sequence[Prompt]) -> Queue:
    """Put flows into the queue; :func:`advance` begins them.

    Args:
        sync: of the project.
        prompts: each of one flow, its text as the person has left it.

    Raises:
        RunError: a queue is not over yet, or a prompt is about several flows, or none.
        OSError: it cannot be written.
    """
    flows = [prompt.flows[0] for prompt in prompts if len(prompt.flows) == 1]
    if not flows or len(set(flows)) != len(prompts):
        raise RunError("a queue takes prompts of one flow each, and each flow once")
    root = sync.workspace.root
    with _locked(root):
        if _load(root).queue.state in ("running", "paused"):
            raise RunError("a queue is not over yet: go on with it, or clear it first")
        queue = Queue(state="running", items=tuple(QueueItem(flow=flow) for flow in flows))
        _save(root, _Stored(queue=queue, prompts=tuple(prompts)))
    note_event(root, "queue_started", flows=flows)
    return queue


def advance(sync: Sync, config: BuildConfig, start: Callable[[Run], None]) -> Queue:
    """Look once at how the flow stands whose turn it is, and do what is due.

    A flow is done when its files are confirmed and, where tests are wanted, these have passed; then
    the next one is begun. Where one fails, the queue pauses and says why.

    Args:
        sync: of the project.
        config: of the project.
        start: begins a run that was prepared: it opens a terminal, or runs it where it is called.

    Raises:
        OSError: the queue cannot be written.
    """
    root = sync.workspace.root
    with _locked(root):
        stored = _load(root)
        queue = _looked(root, stored.queue, config)
        run = None
        if queue.state == "running" and queue.current is None:
            queue, run = _next(sync, stored, queue)
        if queue != stored.queue:
            _save(root, stored.model_copy(update={"queue": queue}))
            _note(root, stored.queue, queue)
    if run is None:
        return queue
    try:
        start(run)
    except (RunError, ConfigError, OSError) as error:
        return _failed_to_start(root, run, str(error))
    return read_queue(root)


def pause_queue(root: Path) -> Queue:
    """Begin nothing more; what runs goes on.

    Raises:
        RunError: nothing is going on.
        OSError: it cannot be written.
    """
    with _changing(root) as change:
        return change(_going_on(root).paused("you paused it"))


def resume_queue(root: Path) -> Queue:
    """Go on. A flow that failed is tried again, unless it was mended or resumed meanwhile.

    Raises:
        RunError: nothing is going on.
        OSError: it cannot be written.
    """
    with _changing(root) as change:
        queue = _going_on(root)
        item = queue.current
        if item is not None and item.state == "failed":
            queue = queue.with_item(_again(root, item))
        return change(queue.model_copy(update={"state": "running", "why": ""}))


def skip_in_queue(root: Path) -> Queue:
    """Leave the flow out whose turn it is, and go on; its run is left alone.

    Raises:
        RunError: nothing is going on.
        OSError: it cannot be written.
    """
    with _changing(root) as change:
        queue = _going_on(root)
        item = queue.current or queue.next
        if item is not None:
            skipped = item.model_copy(update={"state": "skipped", "why": "you skipped it"})
            queue = queue.with_item(skipped)
        return change(queue.model_copy(update={"state": "running", "why": ""}))


def clear_queue(root: Path) -> Queue:
    """Forget the queue; what runs goes on by itself.

    Raises:
        OSError: it cannot be written.
    """
    with _locked(root):
        (inside(root, FOLDER) / _FILE).unlink(missing_ok=True)
    return Queue()


# --- how the flow stands whose turn it is ---------------------------------------------------------


def _looked(root: Path, queue: Queue, config: BuildConfig) -> Queue:
    item = queue.current
    if item is None or item.state != "running":
        return queue
    state, why = _verdict(root, item, config)
    queue = queue.with_item(item.model_copy(update={"state": state, "why": why}))
    return queue.paused(f"{item.flow}: {why}") if state == "failed" else queue


def _verdict(root: Path, item: QueueItem, config: BuildConfig) -> tuple[ItemState, str]:
    try:
        run = find_run(root, item.run)
    except RunError as error:
        return "failed", str(error)
    if run.confirmed:
        return _tested(run, item.flow, config)
    state, why = run.standing
    if state in ("failed", "stopped"):
        return "failed", why
    if state == "prompt_ready":
        began = datetime.fromisoformat(str(run.about["created_at"])).timestamp()
        if time.time() - began > _PATIENCE:
            return "failed", "its terminal never opened"
        return "running", "its terminal opens"
    if state == "done":
        return "running", "its turn has ended: confirm which files belong to it"
    return "running", why


def _tested(run: Run, flow: str, config: BuildConfig) -> tuple[ItemState, str]:
    if not wants_tests(config):
        return "done", "its files are confirmed"
    result = kept_tests(run).get(flow)
    if result is None:
        return "running", "its files are confirmed; its tests have to run yet"
    if result.passed:
        return "done", f"{result.count('passed')} tests passed"
    said = result.problem or f"{len(result.failures)} of {len(result.tests)} tests fail"
    return "failed", said.split("\n")[0]


def _again(root: Path, item: QueueItem) -> QueueItem:
    """How a flow stands that failed, now that the queue goes on."""
    if _mended(root, item):
        return item.model_copy(update={"state": "done", "why": "its tests pass now"})
    if _goes_on(root, item):
        return item.model_copy(update={"state": "running", "why": "its run goes on"})
    return QueueItem(flow=item.flow)


def _goes_on(root: Path, item: QueueItem) -> bool:
    """Whether the run of a flow was resumed since it failed."""
    try:
        run = find_run(root, item.run)
    except RunError:
        return False
    began = run.state in ("running", "waiting", "done")
    return began and item.flow not in kept_tests(run)


def _mended(root: Path, item: QueueItem) -> bool:
    """Whether the tests of a flow that failed have passed since, after its run or a later one."""
    for run in runs(root):
        result = kept_tests(run).get(item.flow) if item.flow in run.flows else None
        if result is not None:
            return result.passed
        if run.id == item.run:
            break
    return False


# --- the next one ---------------------------------------------------------------------------------


def _next(sync: Sync, stored: _Stored, queue: Queue) -> tuple[Queue, Run | None]:
    """Prepare the next flow's run; the program of the last one, which is done, is ended."""
    root = sync.workspace.root
    for last in queue.items:
        if last.state == "done" and last.run:
            _end_quietly(root, last.run)
    item = queue.next
    if item is None:
        return queue.model_copy(update={"state": "done", "why": ""}), None
    try:
        run = prepared(sync, stored.prompt(item.flow))
    except (RunError, KeyError) as error:
        why = str(error.args[0])
        failed = item.model_copy(update={"state": "failed", "why": why})
        return queue.with_item(failed).paused(f"{item.flow}: {why}"), None
    begun = QueueItem(flow=item.flow, state="running", why="its terminal opens", run=run.id)
    return queue.with_item(begun), run


def _end_quietly(root: Path, id: str) -> None:
    try:
        run = find_run(root, id)
    except RunError:
        return
    if run.state == "done":
        end(run)


def _failed_to_start(root: Path, run: Run, why: str) -> Queue:
    with _changing(root) as change:
        queue = _load(root).queue
        item = queue.current
        if item is None or item.run != run.id:
            return queue
        failed = item.model_copy(update={"state": "failed", "why": why})
        return change(queue.with_item(failed).paused(f"{item.flow}: {why}"))


# --- the file -------------------------------------------------------------------------------------


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    with locked(inside(root, FOLDER), ".queue.lock"):
        yield


@contextmanager
def _changing(root: Path) -> Iterator[Callable[[Queue], Queue]]:
    """Nobody else changes the queue meanwhile; what is given writes it."""

    def change(queue: Queue) -> Queue:
        if queue.state == "running" and all(
            item.state in ("done", "skipped") for item in queue.items
        ):
            queue = queue.model_copy(update={"state": "done"})
        before = _load(root)
        _save(root, before.model_copy(update={"queue": queue}))
        _note(root, before.queue, queue)
        return queue

    with _locked(root):
        yield change


def _going_on(root: Path) -> Queue:
    queue = _load(root).queue
    if queue.state not in ("running", "paused"):
        raise RunError("no queue is going on")
    return queue


def _load(root: Path) -> _Stored:
    try:
        raw = (inside(root, FOLDER) / _FILE).read_bytes()
        return _Stored.model_validate(json.loads(raw))
    except FileNotFoundError:
        return _Stored()
    except (OSError, ValueError, ValidationError):
        return _Stored(queue=Queue(why=f"{FOLDER}/{_FILE} cannot be read; a new queue replaces it"))


def _save(root: Path, stored: _Stored) -> None:
    # Escapes in the JSON keep what no text may hold, half a surrogate pair, from being refused.
    text = json.dumps(stored.model_dump(), indent=2)
    write_atomically(inside(root, FOLDER) / _FILE, f"{text}\n".encode())


def _note(root: Path, before: Queue, queue: Queue) -> None:
    if queue.state == before.state:
        return
    if queue.state == "paused":
        note_event(root, "queue_paused", queue.current.flow if queue.current else "", why=queue.why)
    elif queue.state == "done":
        note_event(root, "queue_done")
