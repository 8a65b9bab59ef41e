"""Whether the outputs of the nodes are connected as their types and settings say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ddd_lab.checks._endings import AFTER_BODY, Cut
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._registry import Violation, flow_rule
from ddd_lab.checks._spec_edges import SpecLink
from ddd_lab.checks._values import entries, mapping, quoted, text
from ddd_lab.checks.graph import unreached_behind
from ddd_lab.spec.catalogue import Port

_FAILING = frozenset(
    ("failure", "error", "timeout", "invalid", "rolled_back", "empty", "escalated")
)


@flow_rule("wiring.unknown-output", "warning", "A connection from an unknown output")
def unknown_output(view: FlowView) -> Iterator[Violation]:
    """The node has no output of this name, so the connection is never used.

    It is kept and drawn. Nodes of unknown types may have any output. Where another output lacks
    this connection, that is the same mistake and is not reported again.
    """
    for number, ports in enumerate(_outputs(view)):
        if not ports.strange:
            continue
        offered = [port.name for port in view.ports(number) if port.declared]
        offer = f": it offers {quoted(offered)}" if offered else ": it offers none"
        for name, meant in ports.strange.items():
            cure = (
                f" Did you mean “{meant.name}”, which is not connected?"
                if meant
                else f"{view.hint(name, offered)} Use one of its outputs, or declare this one in "
                "its settings."
            )
            yield Violation(
                view.at(number, "connections", name),
                f"“{view.called(number)}” has no output “{name}”{offer}.{cure}",
                "error" if meant and not _is_failure(view, number, meant) else None,
            )


@flow_rule("wiring.unconnected", "error", "An unconnected output")
def unconnected(view: FlowView) -> Iterator[Violation]:
    """The flow uses this output when nothing fails, but no connection leaves it.

    Outputs for failures are checked by wiring.unhandled. A node without any connection is reported
    as a dead end instead.
    """
    for number, port in _open_ports(view):
        if not _is_failure(view, number, port):
            yield Violation(
                view.at(number, "connections", port.name),
                f"The output “{port.label or port.name}” of “{view.called(number)}” is not "
                f"connected. Connect it to the next step.",
            )


@flow_rule("wiring.unhandled", "warning", "An unhandled failure")
def unhandled(view: FlowView) -> Iterator[Violation]:
    """The step can fail, but the output for failures is not connected."""
    for number, port in _open_ports(view):
        if _is_failure(view, number, port):
            yield Violation(
                view.at(number, "connections", port.name),
                f"“{view.called(number)}” can end with “{port.label or port.name}”, but this "
                f"output is not connected. Connect it, for example to a terminal.",
            )


def _is_failure(view: FlowView, number: int, port: Port) -> bool:
    """Whether an output is only taken when the step did not work."""
    return port.name == "timeout" or (port.name in _FAILING and not view.has(number, "answers"))


def _open_ports(view: FlowView) -> Iterator[tuple[int, Port]]:
    """Outputs that lack a connection, other than by a misspelt one."""
    for number, outputs in enumerate(_outputs(view)):
        yield from ((number, port) for port in outputs.unconnected)


class _Outputs(NamedTuple):
    """What is wrong with the outputs of a node.

    Attributes:
        unconnected: required outputs without a connection.
        strange: the names of connections from no output, each with the unconnected output that
            it must have been meant for, if any.
    """

    unconnected: list[Port]
    strange: dict[str, Port | None]


def _outputs(view: FlowView) -> list[_Outputs]:
    """The outputs of every node; nothing is wrong with those of a node without connections."""
    return view.derived("outputs", _all_outputs)


def _all_outputs(view: FlowView) -> list[_Outputs]:
    doubled = {(link.source, link.output) for link in view.spec_links if link.output}
    filled = {view.index.get(link.target) for link in view.spec_links if link.from_target}
    outputs = []
    for number, lines in enumerate(view.lines):
        used = {line.output for line in lines}
        missing = [
            port
            for port in view.ports(number)
            if port.required and lines and port.name not in used
            if (number, port.name) not in doubled
            if view.kinds[number] != "agent_loop" or not _ends_otherwise(port, used)
            if number not in filled or not view.has(number, "body") or port.name in AFTER_BODY
        ]
        is_known = view.types[number] is not None and view.kinds[number] != "terminal"
        strange = [port.name for port in view.ports(number) if is_known and not port.declared]
        meant = _meant(view, number, strange, missing) if strange else {}
        outputs.append(_Outputs(missing, meant))
    return outputs


def _meant(
    view: FlowView, number: int, strange: list[str], missing: list[Port]
) -> dict[str, Port | None]:
    """Take from the missing outputs those that unknown names were meant for."""
    meant: dict[str, Port | None] = dict.fromkeys(strange)
    for alike in (True, False):
        for name in strange:
            names = {one: port for port in missing for one in (*port.names(), port.label) if one}
            near = view.hint.nearest(name, names) if alike else ""
            usual = (port for port in missing if not _is_failure(view, number, port))
            port = names[near] if near else None if alike else next(usual, None)
            if port is not None and meant[name] is None:
                meant[name] = port
                missing.remove(port)
    return meant


def _ends_otherwise(port: Port, used: set[str]) -> bool:
    """Whether an agent that does not leave by this output leaves by another.

    The guide has an output for each terminal tool, the later format one for all of them.
    """
    if port.name == "done":
        return bool(used - _FAILING)
    return "done" in used and port.name not in _FAILING


@flow_rule("wiring.unknown-target", "warning", "A setting that names a missing node")
def unknown_target(view: FlowView) -> Iterator[Violation]:
    """The setting must name a node of this flow.

    This holds for on_block, fallback_connection, body_start and routes. Routes of smart routers may
    be agents or flows too. They are checked by references.unknown-route.
    """
    for link in view.spec_links:
        if link.strict and link.target not in view.index:
            what = "container" if link.from_target else "node"
            unreached = unreached_behind(view, Cut(link.source, link.path, link.target))
            yield Violation(
                view.at_path(link.source, link.path),
                f"There is no {what} “{link.target}” in this flow.{view.like(link.target)} Name "
                f"one that exists, or remove the setting.{unreached}",
                "error" if unreached else None,
            )


@flow_rule("wiring.disagreement", "warning", "A setting that contradicts a connection")
def disagreement(view: FlowView) -> Iterator[Violation]:
    """The settings and the connections give different targets for the same output.

    The connection is used.
    """
    for link in view.spec_links:
        output = link.output or _rule_of(view, link)
        if not output or link.from_target:
            continue
        targets = [line.target for line in view.lines[link.source] if line.output == output]
        if targets and link.target not in targets:
            yield Violation(
                view.at_path(link.source, link.path),
                f"This setting leads “{output}” to “{view.named(link.target)}”, but the connection "
                f"leads to {quoted([view.named(one) for one in targets])} and takes "
                "effect. Make them equal, or remove this setting.",
            )


def _rule_of(view: FlowView, link: SpecLink) -> str:
    """The rule of a smart router that a route stands in, where the route is a node of the flow.

    Routes may be agents and flows, too; the line then leads to whatever calls them.
    """
    if link.strict or link.target not in view.index or link.path[1] != "rules":
        return ""
    rules = mapping(view.nodes[link.source].spec).get("rules")
    return next((name for name, _, at in entries(rules) if at == link.path[2:3]), "")


@flow_rule("wiring.unknown-fallback", "warning", "An unknown fallback")
def unknown_fallback(view: FlowView) -> Iterator[Violation]:
    """The fallback of a router must be one of its routes.

    The fallback of an orchestrator must be one of its agents or nodes.
    """
    for number in view.of(("router",)):
        spec = mapping(view.nodes[number].spec)
        if fallback := text(spec.get("fallback_route")):
            routes = [name for name, _, _ in entries(spec.get("routes"))]
            outputs = [line.output for line in view.lines[number]]
            if fallback not in (*routes, *outputs):
                yield Violation(
                    view.at(number, "spec", "fallback_route"),
                    f"“{fallback}” is not a route of this router.{view.hint(fallback, routes)} "
                    f"Name one of its routes{': ' + quoted(routes) if routes else ''}.",
                )
