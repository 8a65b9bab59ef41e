"""One connection as people hold it in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from ddd_lab.spec.edit.connections import (
    ConnectionSpec,
    Which,
    find_connection,
    reconnect,
    set_connection,
    unset_connection,
)
from ddd_lab.spec.edit.data import get_in, show_path
from ddd_lab.spec.edit.nodes import disconnect
from ddd_lab.spec.live.values import LiveMap
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData


class _Flow(Protocol):
    @property
    def data(self) -> FlowData:
        """The present version."""

    def edit(self, change: Callable[[FlowData], FlowData], label: str, token: str = "") -> None:
        """Make a change one undoable step."""


class LiveConnection(LiveMap):
    """A connection; what it says is read and set as attributes or items, each one an edit.

    ``connection.label = "paid"``, ``connection.retry_config = {"max_attempts": 3}``,
    ``connection["async"] = True``; ``output`` and ``target`` lead it elsewhere, and everything
    else that it says goes with it.
    """

    __slots__ = ("_flow", "_which")
    _flow: _Flow
    _which: Which

    def __init__(self, flow: _Flow, which: Which) -> None:
        object.__setattr__(self, "_flow", flow)
        line = find_connection(flow.data, which)
        object.__setattr__(self, "_which", Which(which.source, line.output, line.target))
        super().__init__(self, (), ConnectionSpec.keys())

    @property
    def source(self) -> str:
        """Id of the node it leaves from."""
        return self._which.source

    @property
    def output(self) -> str:
        """Name of the output it leaves from; setting it lets it leave from another."""
        return find_connection(self._flow.data, self._which).output

    @output.setter
    def output(self, value: str) -> None:
        this = self._which
        self._flow.edit(
            lambda flow: reconnect(flow, this, output=value),
            f"let {this.source} → {this.target} leave from {value}",
        )
        connection = find_connection(self._flow.data, this._replace(output=value))
        object.__setattr__(self, "_which", this._replace(output=connection.output))

    @property
    def target(self) -> str:
        """Id of the node it leads to; setting it leads it to another."""
        return find_connection(self._flow.data, self._which).target

    @target.setter
    def target(self, value: str) -> None:
        this = self._which
        self._flow.edit(
            lambda flow: reconnect(flow, this, target=value),
            f"lead {this.source} {this.output} to {value}",
        )
        object.__setattr__(self, "_which", this._replace(target=value))

    def remove(self) -> None:
        """Remove the connection, as one undoable step.

        Raises:
            EditError: it is no longer there.
        """
        this = self._which
        find_connection(self._flow.data, this)
        self._flow.edit(
            lambda flow: disconnect(flow, this.source, this.output, this.target),
            f"disconnect {this.source} {this.output}",
        )

    def read(self, path: Path) -> Data:
        """What stands at a path of the connection now (for the live values)."""
        return get_in(find_connection(self._flow.data, self._which).extra, path)

    def write(self, values: Mapping[Path, Data]) -> None:
        """Set what stands at some paths of the connection as one step (for the live values)."""
        this = self._which

        def change(flow: FlowData) -> FlowData:
            for path, value in values.items():
                flow = set_connection(flow, this, path, value)
            return flow

        words = ", ".join(show_path(path) for path in list(values)[:3])
        self._flow.edit(change, f"set {words} of {this.source} → {this.target}")

    def delete(self, path: Path) -> None:
        """Remove what stands at a path of the connection (for the live values)."""
        this = self._which
        self._flow.edit(
            lambda flow: unset_connection(flow, this, path),
            f"remove {show_path(path)} of {this.source} → {this.target}",
        )

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("source", "output", "target"):
            object.__setattr__(self, name, value)
        else:
            super().__setattr__(name, value)

    def __repr__(self) -> str:
        this = self._which
        return f"Connection({this.source!r}, {this.output!r} → {this.target!r}, {dict(self)!r})"
