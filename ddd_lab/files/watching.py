"""Noticing within a second what other programs do to a project's files."""

from __future__ import annotations

import posixpath
import threading
import weakref
from collections.abc import Callable, Iterable
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

    Attributes:
        moved: called from the watching thread with the paths of files that changed and are none of
            the design's, but are followed.
    """

    def __init__(self, workspace: Workspace, wake: Callable[[], None] = lambda: None) -> None:
        self._stop = threading.Event()
        self._followed: frozenset[str] = frozenset()
        self.wake = wake
        self.moved: Callable[[list[str]], None] = lambda _: None
        reference = weakref.ref(workspace, lambda _: self._stop.set())
        self._thread = threading.Thread(
            target=self._run, args=(reference, workspace.root), name="ddd-lab-watch", daemon=True
        )
        self._thread.start()

    def follow(self, paths: Iterable[str]) -> None:
        """Notice changes of some other files of the project, too: of these, and no others."""
        found: set[str] = set()
        for path in paths:
            part = posixpath.normpath(path)
            # A folder that is moved away takes its files along without a word about them.
            while part and part not in found:
                found.add(part)
                part = part.rpartition("/")[0]
        self._followed = frozenset(found)

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
                watch_filter=lambda _, path: self._matters(Path(path).relative_to(root).as_posix()),
            ):
                workspace = reference()
                if workspace is None:
                    return
                self._tell(
                    workspace,
                    sorted({Path(path).relative_to(root).as_posix() for _, path in changes}),
                )
                del workspace
        except (OSError, RuntimeError):
            # No watching here (too many watches, an odd file system): refresh() still works.
            return

    def _matters(self, path: str) -> bool:
        return is_kept_file(path) or path in self._followed

    def _tell(self, workspace: Workspace, paths: list[str]) -> None:
        kept = [path for path in paths if is_kept_file(path)]
        if kept:
            workspace.noticed(kept)
            self.wake()
        if others := [path for path in paths if not is_kept_file(path)]:
            self.moved(others)
