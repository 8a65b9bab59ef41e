"""Noticing within a second what other programs do to a project's files."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from .paths import is_kept_file

if TYPE_CHECKING:
    from .workspace import Workspace

_STEP = 50  # milliseconds between looks; changes that come in one burst arrive as one
_DEBOUNCE = 200


class Watcher:
    """A thread that tells a workspace which of its files changed on disk.

    It only queues paths; the workspace takes them over in its own thread, when it is next used or
    when ``wake`` is called.

    Args:
        workspace: the project; the watcher ends with it.
        wake: called from the watching thread after paths were queued.
    """

    def __init__(self, workspace: Workspace, wake: Callable[[], None] = lambda: None) -> None:
        self._stop = threading.Event()
        self.wake = wake
        reference = weakref.ref(workspace, lambda _: self._stop.set())
        self._thread = threading.Thread(
            target=self._run, args=(reference, workspace.root), name="ddd-lab-watch", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End the watching."""
        self._stop.set()

    def _run(self, reference: weakref.ref[Workspace], root: Path) -> None:
        from watchfiles import watch

        try:
            for changes in watch(
                root,
                stop_event=self._stop,
                step=_STEP,
                debounce=_DEBOUNCE,
                rust_timeout=1000,
                yield_on_timeout=True,
                raise_interrupt=False,
                watch_filter=lambda _, path: is_kept_file(Path(path).relative_to(root).as_posix()),
            ):
                workspace = reference()
                if workspace is None:
                    return
                if changes:
                    workspace.noticed(
                        sorted({Path(path).relative_to(root).as_posix() for _, path in changes})
                    )
                    self.wake()
                del workspace
        except (OSError, RuntimeError):
            # No watching here (too many watches, an odd file system): refresh() still works.
            return
