"""Whether the flows, domains and agents that a flow names exist and fit."""

from __future__ import annotations

from collections.abc import Iterator

from ._design_view import DesignView
from ._facts import Mention, runtime
from ._flow_view import FlowView
from ._graph import cycles
from ._registry import Hit, design_rule, link_rule
from ._values import entries, mapping, quoted, suggestion, text

_HOW = {
    "sub_flow": "runs as a sub-flow",
    "agent": "gives work to",
    "member": "counts as a member",
    "handoff": "hands over to",
}


@link_rule("references.unknown-flow", "error", "A flow that is not there")
def unknown_flow(view: FlowView, design: DesignView) -> Iterator[Hit]:
    """A sub-flow, an agent, a member or the target of a handoff must be a flow of this design.

    A name without a domain means the flow's own domain. A flow whose file is broken counts as
    there.
    """
    for call in design.facts[view.key].calls:
        target = design.target(view.key, call)
        if target is None or target in design.known_flows:
            continue
        domain = target.partition("/")[0]
        if domain in design.domains or ("/" not in call.name and not call.domain):
            yield Hit(
                design.mention_at(view.key, call),
                f"This {_HOW[call.how]} “{target}”, but there is no such flow."
                f"{design.like_flow(target)} Name a flow that exists, or design it.",
            )


@link_rule("references.unknown-domain", "error", "A domain that is not there")
def unknown_domain(view: FlowView, design: DesignView) -> Iterator[Hit]:
    """A reference to a flow names a domain that this design does not have."""
    for call in design.facts[view.key].calls:
        target = design.target(view.key, call)
        if target is None or target in design.known_flows:
            continue
        domain = target.partition("/")[0]
        if domain not in design.domains and (call.domain or "/" in call.name):
            yield Hit(
                design.mention_at(view.key, call),
                f"“{target}” is in the domain “{domain}”, which is not there."
                f"{design.like_domain(domain)} Name a domain that exists.",
            )
    yield from _handoff_domains(view, design)


def _handoff_domains(view: FlowView, design: DesignView) -> Iterator[Hit]:
    """Handoffs to a domain as a whole, whatever flow of it takes the matter."""
    for number, kind in enumerate(view.kinds):
        if kind != "handoff":
            continue
        target = mapping(mapping(view.nodes[number].spec).get("target"))
        domain = text(target.get("domain"))
        if not domain or text(target.get("flow")) or runtime(domain):
            continue
        if domain not in design.domains:
            yield Hit(
                view.at(number, "spec", "target", "domain"),
                f"There is no domain “{domain}” to hand over to.{design.like_domain(domain)} "
                "Name a domain that exists.",
            )


@link_rule("references.mapping", "warning", "A mapping that the called flow does not know")
def unknown_mapping(view: FlowView, design: DesignView) -> Iterator[Hit]:
    """A sub-flow gives inputs and takes outputs that the called flow's contract does not have.

    A required input that the mapping leaves out is reported too. Flows without a contract of their own take whatever they are given. A sub-flow without any
    mapping passes everything on.
    """
    for call in design.facts[view.key].calls:
        target = design.target(view.key, call)
        fact = design.facts.get(target) if target else None
        if call.how != "sub_flow" or fact is None or call.path != ("spec", call.path[-1]):
            continue
        number = view.index.get(call.node)
        if number is None:
            continue
        spec = mapping(view.nodes[number].spec)
        given = mapping(spec.get("input_mapping"))
        if given and fact.inputs is not None:
            yield from _inputs(view, number, given, fact.inputs, str(target))
        taken = mapping(spec.get("output_mapping"))
        if fact.outputs is not None:
            yield from _outputs(view, number, taken, fact.outputs, str(target))


def _inputs(
    view: FlowView,
    number: int,
    given: dict[str, object],
    inputs: tuple[tuple[str, bool], ...],
    target: str,
) -> Iterator[Hit]:
    known = [name for name, _ in inputs]
    for name in given:
        if name not in known:
            yield Hit(
                view.at(number, "spec", "input_mapping", name),
                f"“{target}” has no input “{name}”{_of(known)}.{suggestion(name, known)} Map one "
                "of its inputs, or add this one to its contract.",
            )
    missing = [name for name, needed in inputs if needed and name not in given]
    if missing:
        yield Hit(
            view.at(number, "spec", "input_mapping"),
            f"“{target}” cannot do without {quoted(missing)}: add what it needs to the mapping.",
        )


def _outputs(
    view: FlowView, number: int, taken: dict[str, object], outputs: tuple[str, ...], target: str
) -> Iterator[Hit]:
    for name, value in taken.items():
        # Both ways round occur: output name to data path, and data name to output name.
        last = value.rpartition(".")[2] if isinstance(value, str) else ""
        if name not in outputs and last not in outputs:
            yield Hit(
                view.at(number, "spec", "output_mapping", name),
                f"“{target}” has no output “{name}”{_of(outputs)}.{suggestion(name, outputs)} "
                "Take one of its outputs, or add this one to its contract.",
            )


def _of(names: tuple[str, ...] | list[str]) -> str:
    return f" (its contract has {quoted(names)})" if names else " (its contract has none)"


@link_rule("references.unknown-route", "warning", "A route that leads to nothing")
def unknown_route(view: FlowView, design: DesignView) -> Iterator[Hit]:
    """A smart router's route must name something that can take over.

    That is a node, one of the flow's agents, a connected output or a flow. A fallback chain may also name routes and rules. What is none of these can never be chosen.
    """
    agents = {name for name in _agents(view) if name}
    for link in view.spec_links:
        if link.strict or link.target in view.index or link.target in agents:
            continue
        if link.target == "skip" or runtime(link.target):
            continue
        known = _routes(view, link.source)
        if link.target in known or _connected_rule(view, link.source, link.path):
            continue
        target = link.target if "/" in link.target else f"{view.domain}/{link.target}"
        if target not in design.known_flows:
            pool = (*view.index, *agents, *known)
            yield Hit(
                view.at_path(link.source, link.path),
                f"“{link.target}” is no node, agent, route or flow that could take over."
                f"{suggestion(link.target, pool)} Name one, or connect an output of this name.",
            )


def _agents(view: FlowView) -> Iterator[str]:
    for node, kind in zip(view.nodes, view.kinds, strict=True):
        if kind == "orchestrator":
            for name, _, _ in entries(mapping(node.spec).get("agents")):
                yield name


def _routes(view: FlowView, number: int) -> set[str]:
    """Names under which a router's own routes are known: its outputs, rules and labels."""
    spec = mapping(view.nodes[number].spec)
    known = {line.output for line in view.lines[number]}
    known |= {name for name, _, _ in entries(spec.get("rules"))}
    known |= {name for name, _, _ in entries(mapping(spec.get("llm_routing")).get("routes"))}
    return known


def _connected_rule(view: FlowView, number: int, path: tuple[str | int, ...]) -> bool:
    """Whether the rule that a route stands in has a connection under the rule's own id."""
    outputs = {line.output for line in view.lines[number]}
    spec = mapping(view.nodes[number].spec)
    if path[1] == "rules":
        rule = next((rule for _, rule, at in entries(spec.get("rules")) if at == path[2:3]), None)
        return text(mapping(rule).get("id")) in outputs
    return path[1] == "llm_routing" and path[3] in outputs


@design_rule("references.circular-agents", "error", "Agents that give work to each other in a ring")
def circular_agents(design: DesignView) -> Iterator[Hit]:
    """An orchestrator or a group reaches itself through the flows that it gives work to.

    Each waits for the next, so none ever answers. Handoffs may go back and forth.
    """
    yield from _rings(
        design,
        delegating=True,
        message="gives work round in a ring: {ring}. Take one of them out, or use a handoff.",
    )


@design_rule("references.circular-calls", "warning", "Flows that call each other in a ring")
def circular_calls(design: DesignView) -> Iterator[Hit]:
    """A flow calls itself through its sub-flows.

    That is right only where every round makes the task smaller and something stops it.
    """
    yield from _rings(
        design,
        delegating=False,
        message="calls itself: {ring}. Make sure that something ends this, or use a loop.",
    )


def _rings(design: DesignView, *, delegating: bool, message: str) -> Iterator[Hit]:
    keys = list(design.facts)
    index = {key: number for number, key in enumerate(keys)}
    calls: list[list[tuple[int, Mention]]] = []
    for key in keys:
        targets = [
            (index[target], call)
            for call in design.facts[key].calls
            if call.how != "handoff"
            and (target := design.target(key, call)) is not None
            and target in index
        ]
        calls.append(targets)
    for knot in cycles([[target for target, _ in targets] for targets in calls]):
        inside = set(knot)
        around = [
            (number, call) for number in knot for target, call in calls[number] if target in inside
        ]
        delegated = [(number, call) for number, call in around if call.how != "sub_flow"]
        if bool(delegated) != delegating:
            continue
        number, call = (delegated or around)[0]
        ring = " → ".join(f"“{keys[one]}”" for one in [*knot[:8], knot[0]])
        yield Hit(
            design.mention_at(keys[number], call),
            f"“{keys[number]}” {message.format(ring=ring)}",
        )
