"""Editing a connection where it is: what it says, where it leaves from and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from pydantic import Field

from ddd_lab.spec.catalogue import SpecModel
from ddd_lab.spec.catalogue._fields import Amount, Flag, Part, setting, words
from ddd_lab.spec.edit.data import SAME, NoSuchPathError, move_in, rename_in, set_in, unset_in
from ddd_lab.spec.edit.node_checks import refuse_bad_values
from ddd_lab.spec.edit.nodes import EditError, find, refuse_as_target, replace_node
from ddd_lab.spec.edit.outputs import explicit_connections, output_to_use, same_output
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData
from ddd_lab.spec.no_such import meant
from ddd_lab.spec.plain_data import plain_data


class Which(NamedTuple):
    """Names a connection.

    Attributes:
        source: id of the node it leaves from.
        output: name of its output, in either vocabulary; any if None.
        target: id of the node it leads to; any if None.
    """

    source: str
    output: str | None = None
    target: str | None = None


class ConnectionData(Part):
    """A value that travels along a connection."""

    name: str | None = setting("What the value is called.")
    type: str | None = setting("What kind of value it is, or the name of a schema.")


class ConnectionRetry(Part):
    """How a failed step is tried again."""

    max_attempts: Amount | None = setting("How many times to try in all.")
    initial_delay_ms: Amount | None = setting("How long to wait before the second try.", unit="ms")
    backoff_factor: Amount | None = setting("What each further delay is multiplied by.")
    jitter: Flag | None = setting("Whether delays vary at random.")


class CircuitBreak(Part):
    """When a failing step is no longer tried for a while."""

    failure_threshold: Amount | None = setting("Failures in a row that open the circuit.")
    recovery_timeout_ms: Amount | None = setting("How long until it is tried again.", unit="ms")
    half_open_max_calls: Amount | None = setting("Trial calls before it counts as recovered.")


class ConnectionSpec(SpecModel):
    """What a connection says beside its ends; keys that the model does not know are kept."""

    label: str | None = setting("Label of the connection.")
    behavior: str | None = words(
        "What happens if the step fails.", "continue", "stop", "retry", "circuit_break"
    )
    data: list[ConnectionData | str] | None = setting("The values that travel along it.")
    condition: str | None = setting("When the line is taken, for instance $.total > 100.")
    is_async: Flag | None = Field(
        None, alias="async", description="Whether the flow does not wait."
    )
    retry_config: ConnectionRetry | None = setting("How it is tried again (retry).")
    circuit_break_config: CircuitBreak | None = setting("When to pause (circuit_break).")


def find_connection(flow: FlowData, which: Which) -> Connection:
    """The first connection that matches."""
    start = find(flow, which.source)
    lines = explicit_connections(flow, start)
    return lines[_index(flow, start, lines, which)]


def set_connection(flow: FlowData, which: Which, path: Path, value: Data) -> FlowData:
    """Set something of a connection: ``("label",)``, ``("retry_config", "max_attempts")``, ..."""
    entry = plain_data(value, f"the connection from {which.source!r}", path)
    return _change(flow, which, _extra(path, lambda extra: set_in(extra, path, entry)))


def unset_connection(flow: FlowData, which: Which, path: Path) -> FlowData:
    """Remove a key or list item of a connection."""
    return _change(flow, which, _extra(path, lambda extra: unset_in(extra, path)))


def move_in_connection(flow: FlowData, which: Which, path: Path, to: int) -> FlowData:
    """Give an item of a connection's list another place in it."""
    return _change(flow, which, _extra(path, lambda extra: move_in(extra, path, to)))


def rename_in_connection(
    flow: FlowData, which: Which, path: Path, to: str, value: Data = SAME
) -> FlowData:
    """Give a key of a connection's map another name, and value if any; it keeps its place in it."""
    renamed = (
        value if value is SAME else plain_data(value, f"the connection from {which.source!r}", path)
    )
    return _change(flow, which, _extra(path, lambda extra: rename_in(extra, path, to, renamed)))


def reconnect(
    flow: FlowData, which: Which, *, output: str | None = None, target: str | None = None
) -> FlowData:
    """Let a connection leave from another output or lead to another node; the rest of it stays."""
    start = find(flow, which.source)

    def moved(line: Connection) -> Connection:
        update: dict[str, Any] = {}
        if target is not None and target != line.target:
            refuse_as_target(flow, find(flow, target))
            update["target"] = target
        if output is not None and output not in same_output(flow, start, line.output):
            update["output"] = output_to_use(flow, start, output)
        line_moved = line.model_copy(update=update)
        others = [other for other in explicit_connections(flow, start) if other is not line]
        if update and any(
            (o.output, o.target) == (line_moved.output, line_moved.target) for o in others
        ):
            raise EditError(
                f"{start.id!r} output {line_moved.output!r} already leads to {line_moved.target!r}"
            )
        return line_moved

    return _change(flow, which, moved)


def _extra(
    path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> Callable[[Connection], Connection]:
    if not path or not isinstance(path[0], str):
        raise EditError("say which key of the connection to set, such as label")

    def changed(line: Connection) -> Connection:
        try:
            extra = change(line.extra)
        except NoSuchPathError as error:
            raise EditError(f"the connection to {line.target!r}: {error}") from None
        _refuse_bad(extra, line.extra, line)
        return line.model_copy(update={"extra": extra})

    return changed


def _change(flow: FlowData, which: Which, change: Callable[[Connection], Connection]) -> FlowData:
    start = find(flow, which.source)
    lines = explicit_connections(flow, start)
    at = _index(flow, start, lines, which)
    changed = change(lines[at])
    if changed is lines[at]:
        return flow
    return replace_node(
        flow, start.model_copy(update={"connections": (*lines[:at], changed, *lines[at + 1 :])})
    )


def _index(flow: FlowData, start: NodeData, lines: tuple[Connection, ...], which: Which) -> int:
    names = same_output(flow, start, which.output)
    near: int | None = None
    for index, line in enumerate(lines):
        if which.target is not None and line.target != which.target:
            continue
        if which.output is None or line.output == which.output:
            return index
        if near is None and line.output in names:
            near = index
    if near is not None:
        return near
    wanted = f" from {which.output!r}" if which.output else ""
    wanted += f" to {which.target!r}" if which.target else ""
    existing = ", ".join(f"{line.output} → {line.target}" for line in lines) or "none"
    named = (
        (which.output, [line.output for line in lines]),
        (
            which.target,
            [line.target for line in lines],
        ),
    )
    hints = (meant(name, others) for name, others in named if name and name not in others)
    hint = next(filter(None, hints), f"; its connections: {existing}")
    raise EditError(f"{start.id!r} has no connection{wanted}{hint}")


_ENDS = frozenset(
    (
        *("target", "targetNodeId", "targetId", "to", "node"),
        *("source", "sourceNodeId", "sourceHandle", "from", "handle", "output"),
    )
)
"""Keys that would be read as an end of the line, whatever they were meant to say."""


def _refuse_bad(extra: dict[str, Any], before: dict[str, Any], line: Connection) -> None:
    """Refuse values of the wrong type, but not those that were wrong already."""
    ends = _ENDS & (extra.keys() - before.keys())
    if ends:
        raise EditError(
            f"{min(ends)!r} names an end of the connection to {line.target!r}; set output or "
            "target instead"
        )
    refuse_bad_values(ConnectionSpec, extra, before, f"the connection to {line.target!r}")
