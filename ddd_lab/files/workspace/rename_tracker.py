"""Where places of a design went: what is kept of a flow or domain follows it to another name."""

from __future__ import annotations

from collections.abc import Iterable

from ddd_lab.files.disk.paths import domain_of, flow_key
from ddd_lab.files.workspace.design_view import DesignView
from ddd_lab.files.workspace.workspace import Workspace


def nearest_place(design: DesignView, at: str) -> str:
    """The place itself if it exists, else the nearest one above it that does."""
    while at and at not in design.flow_keys and at not in design.domains:
        at = at.rpartition("/")[0]
    return at


def place_of_file(path: str) -> str:
    """Where a file is shown: its flow, its domain, or the system for everything else."""
    return flow_key(path) or domain_of(path)


class RenameTracker:
    """Which place became which, as far as files have moved since this was made."""

    def __init__(self) -> None:
        self._later: dict[str, str] = {}
        self._before: dict[str, str] = {}

    def note(self, workspace: Workspace, paths: Iterable[str]) -> None:
        """Learn from what changed which places have moved."""
        for path in paths:
            document = workspace.documents.get(path)
            origin = document.version.origin if document and document.version else None
            if origin is None or origin.path == path or workspace.exists(origin.path):
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
