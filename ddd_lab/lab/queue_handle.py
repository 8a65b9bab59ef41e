"""The queue as a notebook holds it: started, looked at, paused, gone on with."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.implementation.prompts.prompt import Prompt
from ddd_lab.implementation.queue import (
    Queue,
    clear_queue,
    pause_queue,
    read_queue,
    resume_queue,
    skip_in_queue,
    start_queue,
)
from ddd_lab.implementation.queue_driver import QueueDriver
from ddd_lab.implementation.staleness import Sync
from ddd_lab.lab.display import note_shown, show_later
from ddd_lab.lab.run_view import item_text
from ddd_lab.lab.terminals import open_terminal
from ddd_lab.tables import html_table
from ddd_lab.visible import one_line, visible


class LiveQueue:
    """The flows that Claude Code implements one after another, in terminals.

    Shown by a notebook cell, it stays up to date, and each flow's terminal opens beside it.

    While this kernel lives it moves the queue on, and so does the Jupyter server. Whoever looks
    first begins the next flow, and nobody begins it twice.
    """

    def __init__(self, sync: Sync) -> None:
        self._sync = sync
        self._root = sync.workspace.root
        self._driver = QueueDriver(self._root, self._fresh, open_terminal)
        self._looking: threading.Thread | None = None
        self._widget: Any = None

    @property
    def now(self) -> Queue:
        """How it stands: its state, why, and each flow."""
        return read_queue(self._root)

    def start(self, prompts: Sequence[Prompt]) -> LiveQueue:
        """Put flows into it, and begin with the first.

        Args:
            prompts: each of one flow, as the person wants it.

        Raises:
            RunError: a queue is not over yet, or a prompt is about several flows, or none.
        """
        start_queue(self._sync, prompts)
        return self._look_after()

    def pause(self) -> LiveQueue:
        """Begin nothing more; what runs goes on."""
        pause_queue(self._root)
        return self

    def resume(self) -> LiveQueue:
        """Go on; a flow that failed is tried again."""
        resume_queue(self._root)
        return self._look_after()

    def skip(self) -> LiveQueue:
        """Leave the flow out whose turn it is."""
        skip_in_queue(self._root)
        return self._look_after()

    def clear(self) -> LiveQueue:
        """Forget it; what runs goes on by itself."""
        clear_queue(self._root)
        return self

    def _look_after(self) -> LiveQueue:
        if self._looking is None or not self._looking.is_alive():
            self._looking = threading.Thread(target=self._look, name="ddd-lab-queue", daemon=True)
            self._looking.start()
        if self._widget is None:
            show_later(self)
        else:
            self._widget.follow()
        return self

    def _look(self) -> None:
        for _ in self._driver.follow(lambda _: None):
            pass

    @contextlib.contextmanager
    def _fresh(self) -> Iterator[Sync]:
        """A project of its own: the person's is worked with in the notebook's own thread."""
        yield Sync(Workspace(self._root))

    # --- how it looks ------------------------------------------------------------------------

    def __str__(self) -> str:
        queue = self.now
        head = f"queue: {queue.state}" + (f" ({queue.why})" if queue.why else "")
        lines = [f"  {item.flow}: {item_text(item)}" for item in queue.items]
        return visible("\n".join([head, *lines]), lines=True)

    __repr__ = __str__

    def _repr_mimebundle_(self, **_: object) -> Any:
        from ddd_lab.lab.run_widget import QueueWidget

        if self._widget is None or self._widget.closed:
            self._widget = QueueWidget(self._root)
        note_shown(self)
        return self._widget.bundle(str(self))

    def _repr_html_(self) -> str:
        queue = self.now
        why = f": {escape(one_line(queue.why))}" if queue.why else ""
        rows = ((item.flow, item_text(item)) for item in queue.items)
        table = html_table(("flow", "how it stands"), rows)
        return f"<p>Queue: {escape(queue.state)}{why}</p>{table}"
