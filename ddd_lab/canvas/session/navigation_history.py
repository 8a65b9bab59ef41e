"""Places on the canvas: where they are, what stands above them, and the way people came."""

from __future__ import annotations

from ddd_lab.canvas.protocol.messages import Level
from ddd_lab.files.disk.paths import domain_of
from ddd_lab.files.workspace.design_view import DesignView
from ddd_lab.files.workspace.rename_tracker import nearest_place, place_of_file
from ddd_lab.maps.location import placed_at
from ddd_lab.spec.paths import LAYOUT_FILE, PROJECT_FILE, SYSTEM_FILE, usual

_STEPS = 100
"""How many places the way back remembers."""


def level_of(at: str) -> Level:
    """Which of the three levels a place belongs to."""
    if not at:
        return "system"
    return "flow" if "/" in at else "domain"


def parent_of(at: str) -> str:
    """The place one level up."""
    return at.rpartition("/")[0]


def check_place(design: DesignView, at: str) -> None:
    """Refuse a place that does not exist; a flow whose file is broken does exist.

    Raises:
        KeyError: says what is nearest.
    """
    if at in design.flow_keys:
        return
    if placed_at(design, at).level == "flows":
        raise KeyError("The map of all flows is not a place on the canvas; see flow_map().")


def shows(path: str, at: str) -> bool:
    """Whether a change of a file can be seen at a place without going elsewhere."""
    if at == "":
        return usual(path) in (SYSTEM_FILE, LAYOUT_FILE, PROJECT_FILE) or bool(domain_of(path))
    return place_of_file(path) == at


class NavigationHistory:
    """The way people came, for Back and for returning from a sub-flow."""

    def __init__(self) -> None:
        self._before: list[str] = []

    def __bool__(self) -> bool:
        return bool(self._before)

    def left(self, at: str) -> None:
        """Note that a place was left for another."""
        self._before.append(at)
        del self._before[:-_STEPS]

    def back(self, design: DesignView, at: str) -> str:
        """The previous place that still exists, taken off the trail; else one level up."""
        while self._before:
            last = self._before.pop()
            if last != at and nearest_place(design, last) == last:
                return last
        return parent_of(at)

    def up(self, design: DesignView, at: str) -> str:
        """One level up, or from a flow the flow that led to it.

        The guide asks for both (its acceptance items on navigation): Backspace goes up, and after
        a jump through a sub-flow it returns to the flow that one came from.
        """
        last = self._before[-1] if self._before else None
        if last is not None and last != at and level_of(at) == level_of(last) == "flow":
            return self.back(design, at)
        above = parent_of(at)
        if last == above:
            self._before.pop()
        elif at:
            self.left(at)
        return above
