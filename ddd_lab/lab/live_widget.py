"""A run on the screen, kept up to date while it goes on."""

from __future__ import annotations

import contextlib
import threading
import time
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from ddd_lab.build.runs import Run
from ddd_lab.files.workspace import ProjectError

from .live_view import GOING_ON, view_of
from .marks import Mark, mark

_STEP = 1.0
"""Seconds between looks at the run's folder."""
_AFTERWARDS = 600.0
"""Seconds for which a run that is over is still looked at: others confirm its files, run tests."""


class RunWidget(anywidget.AnyWidget):
    """Shows one run.

    Args:
        run: to be shown.
    """

    _esm = Path(__file__).with_name("live.js")
    _css = Path(__file__).with_name("live.css")
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, run: Run) -> None:
        super().__init__(view=view_of(run))
        self._run = run
        self._touched = 0.0
        self._watcher: threading.Thread | None = None
        self.comm.on_close(lambda _: self.close())
        self.follow()

    @property
    def closed(self) -> bool:
        """Whether it is on no screen any more."""
        return self.comm is None

    def follow(self) -> None:
        """Look at the run from now on, and once more if it was long over: something is done."""
        self._touched = time.monotonic()
        if self._watcher is None or not self._watcher.is_alive():
            self._watcher = threading.Thread(target=self._watch, name="ddd-lab-run", daemon=True)
            self._watcher.start()

    def bundle(self, text: str) -> Any:
        """What a notebook shows: the widget, or some text where there are no widgets."""
        made = self._repr_mimebundle_()
        if made is None:
            return {"text/plain": text}
        data, more = made
        return {**data, "text/plain": text}, more

    def _watch(self) -> None:
        """Look at the run until it is long over, or the widget is closed."""
        seen: tuple[Mark, bool] | None = None
        while not self.closed and time.monotonic() - self._touched < _AFTERWARDS:
            present = (mark(self._run.folder), self._run.alive)
            if present != seen:
                # What cannot be read in this moment is there at one of the next looks, or never.
                with contextlib.suppress(OSError, ProjectError):
                    self.view = view_of(self._run)
                    seen = present
            if self._run.alive or self._run.state in GOING_ON:
                self._touched = time.monotonic()
            time.sleep(_STEP)
