"""The queue as it lies in ``.ddd/runs/queue.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from ddd_lab.files.disk import locks, storage
from ddd_lab.files.disk.json_files import read_json
from ddd_lab.implementation.prompts.prompt import Kind, Prompt
from ddd_lab.implementation.queue_owner import disown_queue, is_own_queue
from ddd_lab.implementation.runs.record import FOLDER
from ddd_lab.spec.models.base import Frozen

QueueState = Literal["empty", "running", "paused", "done"]
ItemState = Literal["waiting", "running", "done", "failed", "skipped"]
FOUND = "It was found in this folder; nobody here started it. Resume to go on."
_FILE = f"{FOLDER}/queue.json"


class QueueItem(Frozen):
    """One flow of the queue.

    Attributes:
        flow: ``domain/flow``.
        state: ``waiting``, ``running`` (which includes waiting for the person), ``done``,
            ``failed`` or ``skipped``.
        why: in words, why it stands so.
        run: id of its run; empty before it has one.
        kind: what is to be done with it: ``fix`` once its tests have failed.
    """

    flow: str
    state: ItemState = "waiting"
    why: str = ""
    run: str = ""
    kind: Kind = "implement"


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
        """The queue with another status of one of its flows."""
        items = tuple(item if old.flow == item.flow else old for old in self.items)
        return self.model_copy(update={"items": items})

    def paused(self, why: str) -> Queue:
        """The queue, begun but not going on."""
        return self.model_copy(update={"state": "paused", "why": why})


class StoredQueue(Frozen):
    """What the file holds: the queue, and those prompts that the person has edited.

    Attributes:
        queue: as it stands.
        prompts: that the person has edited.
        id: by which the person who started it knows it again; empty where nobody here did.
    """

    queue: Queue = Queue()
    prompts: tuple[Prompt, ...] = ()
    id: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether it is begun and not over."""
        return self.queue.state in ("running", "paused")

    def found(self) -> StoredQueue:
        """The queue as one that was found in the folder: nothing of it goes on by itself.

        What its file says of prompts and runs may be anybody's, and is not used.
        """
        items = []
        for item in self.queue.items:
            begun = item.state in ("running", "failed")
            items.append(
                QueueItem(
                    flow=item.flow,
                    state="waiting" if begun else item.state,
                    why="" if begun else item.why,
                    kind=item.kind,
                )
            )
        return StoredQueue(queue=Queue(state="paused", why=FOUND, items=tuple(items)))

    def edited(self, item: QueueItem) -> Prompt | None:
        """The prompt of a flow, if the person has edited it for what is to be done now."""
        key = ((item.flow,), item.kind)
        return next((one for one in self.prompts if (one.flows, one.kind) == key), None)


@contextmanager
def queue_lock(root: Path) -> Iterator[None]:
    """Nobody else changes the queue meanwhile."""
    with locks.locked(root, "queue"):
        yield


def load_queue(root: Path) -> StoredQueue:
    """What the file holds; an empty queue where there is none, or it cannot be read.

    A queue that this person has not started pauses, whatever its file says.
    """
    stored = _load(root)
    if stored.goes_on and not is_own_queue(root, stored.id):
        return stored.found()
    return stored


def _load(root: Path) -> StoredQueue:
    try:
        return StoredQueue.model_validate(read_json(root, _FILE, halves=True))
    except FileNotFoundError:
        return StoredQueue()
    except storage.UnsafePathError as error:
        return StoredQueue(queue=Queue(why=str(error)))
    except (OSError, ValueError, ValidationError):
        return StoredQueue(queue=Queue(why=f"{_FILE} cannot be read; a new queue replaces it"))


def save_queue(root: Path, stored: StoredQueue) -> None:
    """Write the file, whole or not at all."""
    # Escapes in the JSON keep what no text may hold, half a surrogate pair, from being refused.
    text = json.dumps(stored.model_dump(), indent=2)
    storage.write(root, _FILE, f"{text}\n".encode())


def forget_queue(root: Path) -> None:
    """Remove the file."""
    disown_queue(root)
    storage.remove(root, _FILE)
