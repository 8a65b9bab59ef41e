"""Works out how flows and their code stand, beside the work of people and never in its way."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from ddd_lab.canvas.boards.sync_status import SyncBadges
from ddd_lab.files.disk.paths import is_kept_file
from ddd_lab.implementation.staleness import SyncStatus
from ddd_lab.spec.paths import MAPPING_FILE, usual
from ddd_lab.visible import error_at_hand
from ddd_lab.workbench import Workbench

logger = logging.getLogger("ddd_lab.canvas")

_PAUSE = 0.1
"""Seconds to wait for more of the same before looking at what moved on disk."""
_SLICE = 0.05
"""Seconds that comparing may take before others get their turn."""
_FEW = 200
"""Paths up to which only the flows are looked at that they belong to."""


class _Round(NamedTuple):
    """One look: what stays as it was known, what was found so far, and what is left to look at."""

    known: SyncBadges
    found: list[SyncStatus]
    left: Iterator[SyncStatus]


class StalenessMonitor:
    """Follows the specs, the mapping and the mapped code of a project on disk.

    Edits that are not saved are none of its business, so they cost nothing.

    Attributes:
        badges: how flows stood when they were last looked at.
    """

    def __init__(self, workbench: Workbench, changed: Callable[[], None]) -> None:
        self.badges = SyncBadges()
        self._workbench = workbench
        self._changed = changed
        self._moved: set[str] = set()
        self._everything = True
        self._keys: tuple[str, ...] = ()
        self._code: frozenset[str] = frozenset()
        self._code_map: object = None
        self._timer: asyncio.TimerHandle | None = None

    # --- what is to be looked at -----------------------------------------------------------

    def moved(self, paths: Collection[str]) -> None:
        """Note that files changed on disk: specs, the mapping or code."""
        self._moved.update(paths)

    def anew(self) -> None:
        """Look at everything again, whether anybody noticed a change or not."""
        self._everything = True

    @property
    def _due(self) -> bool:
        return self._everything or bool(self._moved)

    # --- when it is looked at --------------------------------------------------------------

    def now(self) -> None:
        """Look at what moved at once, if anything did."""
        if self._due:
            self._look(self._begin(), None)

    def soon(self, loop: asyncio.AbstractEventLoop) -> None:
        """Look at what moved, if anything did, as soon as the loop has time for it."""
        if self._due and self._timer is None:
            self._timer = loop.call_later(_PAUSE, self._start, loop)

    def stop(self) -> None:
        """Look at nothing until asked again."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._everything = True  # a round may have been under way

    def _start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._look(self._begin(), loop)

    def _look(self, round: _Round, loop: asyncio.AbstractEventLoop | None) -> None:
        """Go on with a round; with a loop others have their turn in between."""
        self._timer = None
        started = time.monotonic()
        try:
            for status in round.left:
                round.found.append(status)
                if loop is not None and time.monotonic() - started > _SLICE:
                    self._timer = loop.call_later(0, self._look, round, loop)
                    return
            self._finish(round)
        except Exception:  # noqa: BLE001 - it is logged
            logger.error("Specs and code could not be compared\n%s", error_at_hand())
        if loop is not None:
            self.soon(loop)

    # --- one round -------------------------------------------------------------------------

    def _begin(self) -> _Round:
        moved, self._moved = self._moved, set()
        keys = self._workbench.design.flow_keys
        whole = (
            self._everything
            or keys != self._keys
            or any(usual(path) == MAPPING_FILE for path in moved)
            or len(moved) > _FEW
            or not all(path in self._code or is_kept_file(path) for path in moved)
        )
        self._everything, self._keys = False, keys
        sync = self._workbench.sync
        if whole:
            return _Round(SyncBadges(), [], sync.mapped_flows())
        sync.files.look_again()
        return _Round(self.badges, [], iter(sync.of_files(moved)))

    def _finish(self, round: _Round) -> None:
        flows = [status for status in round.found if status.kind == "flow"]
        badges = round.known.with_(flows, self._workbench.design.flow_keys)
        self._follow()
        if badges != self.badges:
            self.badges = badges
            self._changed()

    def _follow(self) -> None:
        """Have the mapped files watched."""
        code_map = self._workbench.sync.code_map
        if code_map is not self._code_map:
            self._code_map = code_map
            self._code = frozenset(
                path for mapped in code_map.flows.values() for path in mapped.files
            )
            if self._workbench.watcher is not None:
                self._workbench.watcher.follow(self._code)
