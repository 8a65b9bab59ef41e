"""The queue: flows that Claude Code implements one after another.

It lies in ``.ddd/runs/queue.json``, so that no restart of anything loses it. Whoever looks at it (a
notebook, the server, the command line) may move it on; a lock sees to it that every flow is begun
once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ddd_lab.implementation.config import BuildConfig, ConfigError, read_config
from ddd_lab.implementation.events import note_event
from ddd_lab.implementation.prompts.by_kind import prompt_for
from ddd_lab.implementation.prompts.prompt import Prompt
from ddd_lab.implementation.queue_file import (
    Queue,
    QueueItem,
    StoredQueue,
    forget_queue,
    load_queue,
    queue_lock,
    save_queue,
)
from ddd_lab.implementation.queue_item import tried_again, verdict
from ddd_lab.implementation.queue_owner import own_queue
from ddd_lab.implementation.runs.record import Run, RunError, find_run
from ddd_lab.implementation.runs.starting import prepared
from ddd_lab.implementation.runs.stopping import end
from ddd_lab.implementation.trust import CLAUDE, require_trust

if TYPE_CHECKING:
    from ddd_lab.implementation.staleness import Sync

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


def read_queue(root: Path) -> Queue:
    """The queue of a project as it was last seen."""
    return load_queue(root).queue


def start_queue(sync: Sync, prompts: Sequence[Prompt]) -> Queue:
    """Put flows into the queue; :func:`advance` begins them.

    Only what the person has edited is kept of the prompts: the others are made when their turn
    comes, from the specs as they are then.

    Args:
        prompts: each of one flow, its text as the person has left it.
    """
    flows = [prompt.flows[0] for prompt in prompts if len(prompt.flows) == 1]
    if not flows or len(set(flows)) != len(prompts):
        raise RunError("a queue takes one prompt per flow, and each flow only once")
    root = sync.workspace.root
    require_trust(root, CLAUDE)
    with queue_lock(root):
        if load_queue(root).goes_on:
            raise RunError("a queue is not finished: continue it, or clear it first")
        items = tuple(QueueItem(flow=one.flows[0], kind=one.kind) for one in prompts)
        queue = Queue(state="running", items=items)
        config = read_config(root)
        edited = tuple(prompt for prompt in prompts if _is_edited(sync, config, prompt))
        save_queue(root, StoredQueue(queue=queue, prompts=edited, id=own_queue(root)))
    note_event(root, "queue_started", flows=flows)
    return queue


def _is_edited(sync: Sync, config: BuildConfig, prompt: Prompt) -> bool:
    try:
        return prompt.text != prompt_for(sync, config, prompt.flows, prompt.kind).text
    except (KeyError, ValueError):
        return True


def advance(sync: Sync, config: BuildConfig, start: Callable[[Run], object]) -> Queue:
    """Look once at how the flow stands whose turn it is, and do what is due.

    A flow is done when its files are confirmed and, where tests are wanted, these have passed; then
    the next one is begun. Where one fails, the queue pauses and says why.

    Args:
        start: begins a run that was prepared: it opens a terminal, or runs it where it is called.
    """
    root = sync.workspace.root
    with queue_lock(root):
        stored = load_queue(root)
        queue = _looked(root, stored.queue, config)
        run = None
        if queue.state == "running" and queue.current is None:
            queue, run = _next(sync, config, stored, queue)
        if queue != stored.queue:
            save_queue(root, stored.model_copy(update={"queue": queue}))
            _note(root, stored.queue, queue)
    if run is None:
        return queue
    try:
        start(run)
    except (RunError, ConfigError, OSError) as error:
        return _failed_to_start(root, run, str(error))
    return read_queue(root)


def pause_queue(root: Path, why: str = "you paused it") -> Queue:
    """Begin nothing more; what runs goes on."""
    with _changing(root) as change:
        return change(_going_on(root).paused(why))


def resume_queue(root: Path) -> Queue:
    """Go on. A flow that failed is tried again, unless it was fixed or resumed meanwhile.

    A queue that was found in the folder is this person's from now on, with the prompts that the
    specs give.
    """
    with _changing(root) as change:
        queue = _going_on(root)
        require_trust(root, CLAUDE)
        item = queue.current
        if item is not None and item.state == "failed":
            queue = queue.with_item(tried_again(root, item))
        return change(queue.model_copy(update={"state": "running", "why": ""}))


def skip_in_queue(root: Path) -> Queue:
    """Leave the flow out whose turn it is, and go on; its run is left alone."""
    with _changing(root) as change:
        queue = _going_on(root)
        require_trust(root, CLAUDE)
        item = queue.current or queue.next
        if item is not None:
            skipped = item.model_copy(update={"state": "skipped", "why": "you skipped it"})
            queue = queue.with_item(skipped)
        return change(queue.model_copy(update={"state": "running", "why": ""}))


def clear_queue(root: Path) -> Queue:
    """Forget the queue; what runs goes on by itself."""
    with queue_lock(root):
        forget_queue(root)
    return Queue()


# --- how the flow stands whose turn it is ---------------------------------------------------------


def _looked(root: Path, queue: Queue, config: BuildConfig) -> Queue:
    item = queue.current
    if item is None or item.state != "running":
        return queue
    state, why = verdict(root, item, config)
    queue = queue.with_item(item.model_copy(update={"state": state, "why": why}))
    return queue.paused(f"{item.flow}: {why}") if state == "failed" else queue


# --- the next one ---------------------------------------------------------------------------------


def _next(
    sync: Sync, config: BuildConfig, stored: StoredQueue, queue: Queue
) -> tuple[Queue, Run | None]:
    """Prepare the next flow's run; the program of the last one, which is done, is ended."""
    root = sync.workspace.root
    for last in queue.items:
        if last.state == "done" and last.run:
            _end_quietly(root, last.run)
    item = queue.next
    if item is None:
        return queue.model_copy(update={"state": "done", "why": ""}), None
    try:
        prompt = stored.edited(item) or prompt_for(sync, config, [item.flow], item.kind)
        run = prepared(sync, prompt)
    except (RunError, KeyError, ValueError) as error:
        why = str(error.args[0])
        failed = item.model_copy(update={"state": "failed", "why": why})
        return queue.with_item(failed).paused(f"{item.flow}: {why}"), None
    begun = {"state": "running", "why": "its terminal opens", "run": run.id}
    return queue.with_item(item.model_copy(update=begun)), run


def _end_quietly(root: Path, id: str) -> None:
    try:
        run = find_run(root, id)
    except RunError:
        return
    if run.state == "done":
        end(run)


def _failed_to_start(root: Path, run: Run, why: str) -> Queue:
    with _changing(root) as change:
        queue = load_queue(root).queue
        item = queue.current
        if item is None or item.run != run.id:
            return queue
        failed = item.model_copy(update={"state": "failed", "why": why})
        return change(queue.with_item(failed).paused(f"{item.flow}: {why}"))


# --- the file -------------------------------------------------------------------------------------


@contextmanager
def _changing(root: Path) -> Iterator[Callable[[Queue], Queue]]:
    """Nobody else changes the queue meanwhile; what is given writes it."""

    def change(queue: Queue) -> Queue:
        if queue.state == "running" and all(
            item.state in ("done", "skipped") for item in queue.items
        ):
            queue = queue.model_copy(update={"state": "done"})
        before = load_queue(root)
        if queue.state == "running" and not before.id:
            before = before.model_copy(update={"id": own_queue(root)})
        save_queue(root, before.model_copy(update={"queue": queue}))
        _note(root, before.queue, queue)
        return queue

    with queue_lock(root):
        yield change


def _going_on(root: Path) -> Queue:
    stored = load_queue(root)
    if not stored.goes_on:
        raise RunError("no queue is running")
    return stored.queue


def _note(root: Path, before: Queue, queue: Queue) -> None:
    if queue.state == before.state:
        return
    if queue.state == "paused":
        note_event(root, "queue_paused", queue.current.flow if queue.current else "", why=queue.why)
    elif queue.state == "done":
        note_event(root, "queue_done")
