"""A run on the screen, kept up to date while it goes on."""

from __future__ import annotations

import threading
import time
import weakref
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from ddd_lab.build.runs import Run

from .live_view import view_of
from .marks import Mark, mark

_STEP = 1.0
"""Seconds between looks at the run's folder."""
_AFTERWARDS = 600.0
"""Seconds for which a run that is over is still looked at: its files are confirmed, tests run."""


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
        watcher = threading.Thread(
            target=_watch, args=(weakref.ref(self), run), name="ddd-lab-run", daemon=True
        )
        watcher.start()

    def bundle(self, text: str) -> Any:
        """What a notebook shows: the widget, or some text where there are no widgets."""
        made = self._repr_mimebundle_()
        if made is None:
            return {"text/plain": text}
        data, more = made
        return {**data, "text/plain": text}, more


def _watch(widget: weakref.ref[RunWidget], run: Run) -> None:
    """Look at a run until it is long over, or nobody shows it any more."""
    seen: tuple[Mark, bool] | None = None
    over_since = time.monotonic()
    while time.monotonic() - over_since < _AFTERWARDS:
        shown = widget()
        if shown is None:
            return
        present = (mark(run.folder), run.alive)
        if present != seen:
            seen = present
            shown.view = view_of(run)
        del shown
        if run.state not in ("done", "failed", "stopped"):
            over_since = time.monotonic()
        time.sleep(_STEP)
