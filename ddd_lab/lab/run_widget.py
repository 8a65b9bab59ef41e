"""What goes on elsewhere, on the screen of a notebook, kept up to date: a run, or the queue."""

from __future__ import annotations

import contextlib
import threading
import time
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from ddd_lab.files.workspace.workspace import ProjectError
from ddd_lab.implementation.runs import Run
from ddd_lab.implementation.runs.watching import PAUSE, run_changes
from ddd_lab.lab.folder_fingerprint import Mark, mark
from ddd_lab.lab.run_view import GOING_ON, queue_view, view_of

_PAUSE = PAUSE
"""Seconds after which what is shown is looked at though nothing was noticed."""
_AFTERWARDS = 600.0
"""Seconds for which what is over is still looked at: others confirm files, run tests."""


class _LiveWidget(anywidget.AnyWidget):
    """Follows what it shows, until that is long over or the widget is closed."""

    _esm = Path(__file__).with_name("live.js")
    _css = Path(__file__).with_name("live.css")
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, root: Path, view: dict[str, Any]) -> None:
        super().__init__(view=view)
        self._root = root
        self._touched = 0.0
        self._watcher: threading.Thread | None = None
        self.comm.on_close(lambda _: self.close())

    @property
    def closed(self) -> bool:
        """Whether it is on no screen any more."""
        return self.comm is None

    def follow(self) -> None:
        """Look from now on, and once more if it was long over: something is done with it."""
        self._touched = time.monotonic()
        if self._watcher is None or not self._watcher.is_alive():
            self._watcher = threading.Thread(target=self._watch, name="ddd-lab-live", daemon=True)
            self._watcher.start()

    def bundle(self, text: str) -> Any:
        """What a notebook shows: the widget, or some text where there are no widgets."""
        bundle = self._repr_mimebundle_()
        if bundle is None:
            return {"text/plain": text}
        data, more = bundle
        return {**data, "text/plain": text}, more

    def _watch(self) -> None:
        for _ in run_changes(self._root, self._run_id, pause=_PAUSE):
            if self.closed:
                return
            # What cannot be read in this moment is there at one of the next looks, or never.
            with contextlib.suppress(OSError, ProjectError):
                if self._look():
                    self._touched = time.monotonic()
            if time.monotonic() - self._touched > _AFTERWARDS:
                return

    def _run_id(self) -> str:
        """The run that matters now; empty if there is none."""
        raise NotImplementedError

    def _look(self) -> bool:
        """Bring the view up to date; says whether what it shows goes on."""
        raise NotImplementedError


class RunWidget(_LiveWidget):
    """Shows one run."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.root, view_of(run))
        self._run = run
        self._seen: tuple[Mark, bool] | None = None
        self.follow()

    def _look(self) -> bool:
        alive = self._run.alive
        present = (mark(self._run), alive)
        if present != self._seen:
            self.view = view_of(self._run)
            self._seen = present
        return alive or self._run.state in GOING_ON

    def _run_id(self) -> str:
        return self._run.id


class QueueWidget(_LiveWidget):
    """Shows the queue of a project."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, queue_view(root))
        self.follow()

    def _look(self) -> bool:
        self.view = view = queue_view(self._root)
        return view["state"] in ("running", "paused")

    def _run_id(self) -> str:
        running = (item["id"] for item in self.view["items"] if item["terminal"])
        return next(running, "")
