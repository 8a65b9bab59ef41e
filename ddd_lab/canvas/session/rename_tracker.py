"""Where places went: canvases follow a flow or domain that is renamed or moved, and back again."""

from __future__ import annotations

from collections.abc import Iterable

from ddd_lab.canvas.session.navigation_history import nearest_place, place_of_file
from ddd_lab.files.disk.paths import domain_of, flow_key
from ddd_lab.files.workspace.design_view import DesignView
from ddd_lab.workbench import Workbench


class RenameTracker:
    """Which place became which, as far as files have moved while somebody looked."""

    def __init__(self) -> None:
        self._later: dict[str, str] = {}
        self._before: dict[str, str] = {}

    def note(self, workbench: Workbench, paths: Iterable[str]) -> None:
        """Learn from what changed which places have moved."""
        for path in paths:
            document = workbench.documents.get(path)
            origin = document.version.origin if document and document.version else None
            if origin is None or origin.path == path or workbench.exists(origin.path):
                continue
            if not flow_key(path) and not domain_of(path):
                continue
            old, new = place_of_file(origin.path), place_of_file(path)
            if old and new and old != new:
                self._later[old], self._before[new] = new, old

    def whereabouts(self, design: DesignView, at: str) -> str:
        """The place itself if it exists, else where it went, else the nearest one above it."""
        if nearest_place(design, at) == at:
            return at
        for moved in (self._later.get(at), self._before.get(at)):
            if moved and nearest_place(design, moved) == moved:
                return moved
        return nearest_place(design, at)
