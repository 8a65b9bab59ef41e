"""Keeps the memory of an open project up to date while people and programs change its files."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from ddd_lab.files.disk.paths import flow_key
from ddd_lab.files.workspace.observers import Changed
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.visible import error_at_hand, visible

if TYPE_CHECKING:
    from ddd_lab.memory.memory import Memory
    from ddd_lab.workbench import Workbench

logger = logging.getLogger("ddd_lab.memory")


def memory_of(workbench: Workbench) -> Memory:
    """The memory of an open project: one for all who ask."""
    return keep_memory(workbench).memory


def keep_memory(workbench: Workbench) -> MemoryKeeper:
    """Keep the memory of an open project up to date from now on."""
    if "memory" not in workbench.companions:
        workbench.companions["memory"] = MemoryKeeper(workbench)
    keeper: MemoryKeeper = workbench.companions["memory"]
    return keeper


class MemoryKeeper:
    """The memory of an open project, made when it is first asked for, and kept up to date.

    Decisions follow what is renamed; derived files are written after a save and after changes by
    other programs. A project that is only looked at (nobody watches its files, nothing is saved) is
    left alone.
    """

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._before: dict[str, FlowData] = {}
        workbench.observe(self._changed)

    @cached_property
    def memory(self) -> Memory:
        """The memory."""
        from ddd_lab.memory.memory import Memory

        return Memory(self._workbench)

    def _changed(self, changed: Changed) -> None:
        if changed.reason == "save":
            self._keep(changed.paths)
        elif changed.reason not in ("disk", "conflict"):
            self._note(changed.paths)
        elif self._workbench.watcher is not None:
            self._keep(changed.paths)

    def _note(self, paths: Iterable[str]) -> None:
        """Remember what flows say on disk, before edits of them are saved."""
        for path in paths:
            document = self._workbench.documents.get(path)
            saved = document.saved if document is not None else None
            if saved is not None and isinstance(saved.model, FlowData) and (key := flow_key(path)):
                self._before.setdefault(key, saved.model)

    def _keep(self, paths: frozenset[str]) -> None:
        try:
            saved = paths - self._workbench.dirty
            self.memory.follow(self._before, saved)
            self.memory.write()
        except OSError as error:  # the specs are saved: what cannot be written here is no loss
            logger.debug("The memory cannot be written: %s", visible(str(error)))
        except Exception:  # noqa: BLE001 - it is logged
            logger.error("The memory could not be brought up to date\n%s", error_at_hand())
        for path in paths - self._workbench.dirty:
            self._before.pop(flow_key(path), None)
