"""The canvas as a widget: what a notebook shows when a cell ends in ``project.canvas()``."""

from __future__ import annotations

import logging
from typing import Any

import anywidget
import traitlets

from ddd_lab.bundle import bundle
from ddd_lab.canvas.session.dispatch import dispatch
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.workbench import Workbench

logger = logging.getLogger("ddd_lab.canvas")


class Canvas(anywidget.AnyWidget):
    """A project on a canvas: the same design that ``project`` holds, to look at and to edit.

    Every view of a canvas, and every canvas of a project, shows the same thing; an edit there is
    an edit of the project, and the other way round.

    Args:
        at: where to start: nothing for the System Map, ``domain`` or ``domain/flow``.
        height: of the widget, in pixels; without it, three quarters of the window.
        compare: a Git revision; what differs from it is marked.

    Attributes:
        at: the place shown; setting it goes there (KeyError where there is no such place).

    Raises:
        KeyError: there is no such place.
        RevisionError: there is no such revision, or no Git.
        BundleError: the front end was not built.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int(None, min=200, max=4000, allow_none=True).tag(sync=True)
    at = traitlets.Unicode()

    def __init__(
        self, project: Workbench, at: str = "", *, height: int | None = None, compare: str = ""
    ) -> None:
        self._session: CanvasSession | None = None
        session = CanvasSession(project, at, self._tell, self._moved)
        try:
            if compare:
                session.compare(compare)
            super().__init__(_esm=bundle("canvas.js"), _css=bundle("canvas.css"), height=height)
        except BaseException:
            session.close()
            raise
        self._session = session
        self.at = at
        self.on_msg(self._receive)

    def close(self) -> None:
        """Take the canvas off the screen, and stop following the project."""
        if self._session is not None:
            self._session.close()
        super().close()

    def _tell(self, content: dict[str, object]) -> None:
        self.send(content)

    def _moved(self, at: str) -> None:
        self.at = at

    @traitlets.observe("at")
    def _go(self, change: Any) -> None:
        session = self._session
        if session is None or session.at == change["new"]:
            return
        try:
            session.go(change["new"])
        except KeyError:
            self.at = session.at
            raise

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        if self._session is None:
            return
        reply = dispatch(self._session, content)
        if reply is not None:
            self._session.tell("reply", reply)

    def __repr__(self) -> str:
        return f"Canvas(at={self.at!r})"
