"""The map of all flows in a cell, drawn by ipycytoscape.

An ipycytoscape graph has a widget for each node and edge, which takes minutes for thousands. So
its widget stays empty in Python: it brings Cytoscape to the browser, where our part gives it the
whole graph as plain data in one message.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import anywidget
import traitlets
from ipycytoscape import CytoscapeWidget
from ipywidgets import DOMWidget, Layout, widget_serialization
from pydantic import ValidationError

from ddd_lab.bundle import bundle
from ddd_lab.gc_pause import gc_paused
from ddd_lab.lab.flow_map.graph import flow_graph, flow_trace
from ddd_lab.lab.flow_map.marks import flow_marks
from ddd_lab.lab.protocol.flow_map import MarksWanted, TraceWanted
from ddd_lab.plurals import plural
from ddd_lab.spec.no_such import no_such
from ddd_lab.visible import error_at_hand
from ddd_lab.workbench import Workbench

logger = logging.getLogger("ddd_lab.lab")


class FlowMapWidget(anywidget.AnyWidget):
    """Every flow of a project and what links them, to explore; it changes nothing.

    Args:
        workbench: the open project; the map shows it as it is, unsaved edits included.
        follow: a flow whose trace is shown from the start.
        height: in pixels.
        on_open: called with ``domain/flow`` where somebody opens a flow, instead of the canvas.

    Attributes:
        opened: the flow that was opened last.

    Raises:
        KeyError: there is no such flow.
        BundleError: the front end was not built.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    root = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int(600, min=300, max=4000).tag(sync=True)
    follow = traitlets.Unicode().tag(sync=True)
    cytoscape = traitlets.Instance(CytoscapeWidget).tag(sync=True, **widget_serialization)
    canvas = traitlets.Instance(DOMWidget, allow_none=True).tag(sync=True, **widget_serialization)
    asks_lab = traitlets.Bool().tag(sync=True)
    opened = traitlets.Unicode()

    def __init__(
        self,
        workbench: Workbench,
        *,
        follow: str = "",
        height: int = 600,
        on_open: Callable[[str], object] | None = None,
    ) -> None:
        if follow and follow not in workbench.design.flow_keys:
            raise no_such("flow", follow, workbench.design.flow_keys)
        self._workbench = workbench
        self._on_open = on_open
        super().__init__(
            _esm=bundle("flow-map.js"),
            _css=bundle("flow-map.css"),
            root=str(workbench.root),
            height=height,
            follow=follow,
            asks_lab=on_open is None,
            cytoscape=CytoscapeWidget(
                cytoscape_layout={"name": "preset"},
                auto_ungrabify=True,
                min_zoom=0.005,
                max_zoom=2.5,
                wheel_sensitivity=0.3,
                tooltip_source="",
                layout=Layout(height="100%", width="100%"),
            ),
        )
        self.on_msg(self._receive)

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict) or not isinstance(content.get("ask"), str):
            return
        try:
            with gc_paused():
                reply = {"answer": self._answer(content["ask"], content.get("args"))}
        except (KeyError, ValueError, ValidationError) as error:
            reply = {"refusal": str(error.args[0] if isinstance(error, KeyError) else error)}
        except Exception as error:  # noqa: BLE001 - it is logged
            logger.error("The flow map could not answer\n%s", error_at_hand())
            reply = {"refusal": f"This did not work, because of a mistake in DDD Lab: {error!r}"}
        self.send({"id": content.get("id"), **reply})

    def _answer(self, asked: str, args: Any) -> Any:
        self._workbench.take_outside_changes()
        arguments = {"root": self.root, **(args if isinstance(args, dict) else {})}
        match asked:
            case "flow-map":
                graph = flow_graph(
                    self._workbench.design, self._workbench.name, self._workbench.root
                )
                return graph.model_dump()
            case "flow-map/marks":
                by = MarksWanted.model_validate(arguments).by
                found = flow_marks(by, self._workbench.sync, lambda: self._workbench.problems)
                return found.model_dump()
            case "flow-map/trace":
                wanted = TraceWanted.model_validate(arguments)
                trace = flow_trace(self._workbench.design, wanted.flow, wanted.depth)
                return trace.model_dump()
            case "svg":
                return self._workbench.svg("@flows", theme=str(arguments.get("theme")))
            case "open":
                return self._open(str(arguments.get("at")))
        raise ValueError(f"the flow map cannot be asked {asked!r}")

    def _open(self, key: str) -> None:
        """Show a flow where nobody else does: as the caller wants, or on a canvas below the map."""
        self.opened = key
        if self._on_open is not None:
            self._on_open(key)
        elif self.canvas is None:
            from ddd_lab.canvas.widget import Canvas

            self.canvas = Canvas(self._workbench, at=key)
        else:
            self.canvas.at = key

    def __repr__(self) -> str:
        return f"FlowMapWidget({plural(len(self._workbench.design.flow_keys), 'flow')})"
