"""The map of all flows, and where one of them leads, as a notebook holds them: data to look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, overload

from ddd_lab.maps.data import FlowMap, FlowMapCard, FlowMapLink, SchemaCard
from ddd_lab.maps.trace import TraceData, TraceStep, trace_text
from ddd_lab.plurals import plural
from ddd_lab.workbench import Workbench

if TYPE_CHECKING:
    from ddd_lab.lab.flow_map.widget import FlowMapWidget

MOST_SHOWN = 200
"""Flows up to which a cell shows the map as a picture by itself."""


Data = TypeVar("Data", bound=Mapping[str, Any])


class _Shown(dict[str, Any], Generic[Data]):
    """Plain data about flows, which can be shown as a picture of them."""

    def __init__(self, data: Data, workbench: Workbench) -> None:
        super().__init__(data)
        self._data = data
        self._workbench = workbench

    def svg(self, *, theme: str = "light") -> str:
        """The flows as a picture.

        Args:
            theme: ``light`` or ``dark``.

        Returns:
            SVG text.

        Raises:
            ValueError: there is no such theme.

        Example:
            >>> project.flow_map().svg(theme="dark")[:4]
            '<svg'
        """
        from ddd_lab.maps import flows_svg

        return flows_svg(self._drawn(), theme=theme)

    def _drawn(self) -> FlowMap:
        """The flows that the picture shows."""
        raise NotImplementedError


class ProjectFlowMap(_Shown[FlowMap]):
    """Every flow of a project and what links them: plain data that a cell shows as a picture.

    Example:
        >>> project.flow_map()
        FlowMap(20 flows, 49 links)
    """

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, key: Literal["flows"]) -> list[FlowMapCard]: ...
        @overload
        def __getitem__(self, key: Literal["schemas"]) -> list[SchemaCard]: ...
        @overload
        def __getitem__(self, key: Literal["links"]) -> list[FlowMapLink]: ...
        @overload
        def __getitem__(self, key: str) -> Any: ...
        def __getitem__(self, key: str) -> Any: ...

    def widget(
        self,
        *,
        follow: str = "",
        height: int = 600,
        on_open: Callable[[str], object] | None = None,
    ) -> FlowMapWidget:
        """The map to explore: filter, colour, neighbours, follow; read-only.

        Args:
            follow: a flow whose trace is shown from the start, everything else dimmed.
            height: in pixels.
            on_open: called with ``domain/flow`` where somebody opens a flow; without it the
                design's tab opens there, or a canvas below the map.

        Returns:
            The widget, for the last line of a cell.

        Raises:
            KeyError: there is no such flow.
            ImportError: ipycytoscape is not installed.

        Example:
            >>> project.flow_map().widget(follow="lending/return-item")
            FlowMapWidget(20 flows)
        """
        from ddd_lab.lab.flow_map.widget import FlowMapWidget

        return FlowMapWidget(self._workbench, follow=follow, height=height, on_open=on_open)

    def _drawn(self) -> FlowMap:
        return self._data

    def __repr__(self) -> str:
        flows, links = len(self._data["flows"]), len(self._data["links"])
        return f"FlowMap({plural(flows, 'flow')}, {plural(links, 'link')})"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        if len(self._data["flows"]) > MOST_SHOWN:
            return {"text/plain": f"{self!r}: .widget() shows it, .svg() draws it"}
        return {"text/plain": repr(self), "image/svg+xml": self.svg()}


class Trace(_Shown[TraceData]):
    """Where a flow leads: plain data that a cell shows as a tree and a picture.

    Example:
        >>> print(project.trace("lending/return-item", depth=1))
        lending/return-item leads to 1 flow
          event copy.available → reservations/allocate-copy (… leads on)
    """

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, key: Literal["flow"]) -> str: ...
        @overload
        def __getitem__(self, key: Literal["flows"]) -> dict[str, int]: ...
        @overload
        def __getitem__(self, key: Literal["steps"]) -> list[TraceStep]: ...
        @overload
        def __getitem__(self, key: str) -> Any: ...
        def __getitem__(self, key: str) -> Any: ...

    def _drawn(self) -> FlowMap:
        from ddd_lab.maps import flow_map

        return flow_map(self._workbench.design, self._data["flows"])

    def widget(self, *, height: int = 600) -> FlowMapWidget:
        """The map of all flows with everything dimmed that the flow does not lead to.

        Args:
            height: in pixels.

        Returns:
            The widget, for the last line of a cell.

        Raises:
            ImportError: ipycytoscape is not installed.

        Example:
            >>> project.trace("lending/return-item").widget()
            FlowMapWidget(20 flows)
        """
        from ddd_lab.lab.flow_map.widget import FlowMapWidget

        return FlowMapWidget(self._workbench, follow=self._data["flow"], height=height)

    def __str__(self) -> str:
        return trace_text(self._data).rstrip("\n")

    def __repr__(self) -> str:
        reached = len(self._data["flows"]) - 1
        return f"Trace({self._data['flow']!r}, leads to {plural(reached, 'flow')})"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        bundle = {"text/plain": str(self)}
        if 1 < len(self._data["flows"]) <= MOST_SHOWN:
            bundle["image/svg+xml"] = self.svg()
        return bundle
