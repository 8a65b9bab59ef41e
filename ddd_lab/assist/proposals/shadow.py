"""A design beside the open one, in which proposals are tried out."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from ddd_lab.checks import IncrementalChecker
from ddd_lab.spec.problem import UnlocatedProblem
from ddd_lab.workbench import Workbench


class Shadow:
    """A twin of a workbench, and what our checks say of it.

    It lives as long as the workbench: checks look again only at what changed.
    """

    def __init__(self, workbench: Workbench) -> None:
        self.workbench = workbench.twin()
        self._checker = IncrementalChecker(self.workbench.design)

    def problems(self) -> list[UnlocatedProblem]:
        """What is wrong with the twin now."""
        return self._checker.everything()


_shadows: WeakKeyDictionary[Workbench, Shadow] = WeakKeyDictionary()
_lock = threading.Lock()


@contextlib.contextmanager
def shadow_of(workbench: Workbench) -> Iterator[Shadow]:
    """The shadow of a workbench as that is now, for one at a time."""
    with _lock:
        shadow = _shadows.get(workbench)
        if shadow is None:
            shadow = _shadows[workbench] = Shadow(workbench)
    with shadow.workbench.lock:
        shadow.workbench.follow(workbench)
        yield shadow
