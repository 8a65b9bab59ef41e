"""Whether the flows, domains and agents that a flow names exist and fit."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._flow_summary import Reference, runtime
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._graph import cycles
from ddd_lab.checks._registry import Violation, design_rule, link_rule
from ddd_lab.checks._values import mapping, quoted
from ddd_lab.spec.local_refs import follow, is_own, local_pointer
from ddd_lab.spec.paths import SYSTEM_FILE

_HOW = {
    "sub_flow": "calls",
    "agent": "delegates to",
    "member": "has the member",
    "handoff": "hands over to",
}


@link_rule("references.unknown-flow", "error", "A flow that is not there")
def unknown_flow(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """A sub-flow, an agent, a member or the target of a handoff must be a flow of this design.

    A name without a domain means the flow's own domain. A flow whose file is broken counts as
    there.
    """
    for call, target, domain in _unknown_targets(view, design):
        if domain in design.domains or ("/" not in call.name and not call.domain):
            caller = view.flow.names.get(call.node, view.key)
            yield Violation(
                design.reference_at(view.key, call),
                f"“{caller}” {_HOW[call.how]} “{target}”, but there is no such flow."
                f"{design.like_flow(target)} Name a flow that exists, or design it.",
            )


@link_rule("references.unknown-domain", "error", "A domain that is not there")
def unknown_domain(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """A reference to a flow names a domain that this design does not have."""
    for call, target, domain in _unknown_targets(view, design):
        if domain not in design.domains and (call.domain or "/" in call.name):
            yield Violation(
                design.reference_at(view.key, call),
                f"“{target}” is in the domain “{domain}”, which does not exist."
                f"{design.like_domain(domain)} Name a domain that exists.",
            )
    for reference in design.facts[view.key].domains:
        if reference.name not in design.domains and not runtime(reference.name):
            yield Violation(
                design.reference_at(view.key, reference),
                f"There is no domain “{reference.name}” to hand over to."
                f"{design.like_domain(reference.name)} Name a domain that exists.",
            )


def _unknown_targets(view: FlowView, design: DesignIndex) -> Iterator[tuple[Reference, str, str]]:
    for call in design.facts[view.key].calls:
        target = design.target(view.key, call)
        if target is not None and target not in design.known_flows:
            yield call, target, target.partition("/")[0]


@link_rule("references.mapping", "warning", "A mapping that does not fit the called flow")
def unknown_mapping(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """The mapping names inputs or outputs that are not in the called flow's contract.

    A required input that the mapping leaves out is reported too. Flows without a contract accept
    everything. A sub-flow without a mapping passes everything on.
    """
    for call in design.facts[view.key].calls:
        target = design.target(view.key, call)
        fact = design.facts.get(target) if target else None
        if call.how != "sub_flow" or fact is None or call.path != ("spec", call.path[-1]):
            continue
        if fact.inputs is None and fact.outputs is None:
            continue
        number = view.index.get(call.node)
        if number is None:
            continue
        spec = mapping(view.nodes[number].spec)
        sent = mapping(spec.get("input_mapping"))
        if sent and fact.inputs is not None:
            yield from _inputs(view, number, sent, fact.inputs, str(target))
        received = mapping(spec.get("output_mapping"))
        if fact.outputs is not None:
            yield from _outputs(view, number, received, fact.outputs, str(target))


def _inputs(
    view: FlowView,
    number: int,
    sent: dict[str, object],
    inputs: tuple[tuple[str, bool], ...],
    target: str,
) -> Iterator[Violation]:
    names = [name for name, _ in inputs]
    for name in sent:
        if name not in names:
            yield Violation(
                view.at(number, "spec", "input_mapping", name),
                f"“{target}” has no input “{name}”{_of(names)}.{view.hint(name, names)} Map one "
                "of its inputs, or add this one to its contract.",
            )
    missing = [name for name, needed in inputs if needed and name not in sent]
    if missing:
        yield Violation(
            view.at(number, "spec", "input_mapping"),
            f"“{target}” requires {quoted(missing)}. Add what is missing to the mapping.",
        )


def _outputs(
    view: FlowView, number: int, received: dict[str, object], outputs: tuple[str, ...], target: str
) -> Iterator[Violation]:
    for name, value in received.items():
        # Both ways round occur: output name to data path, and data name to output name.
        last = value.rpartition(".")[2] if isinstance(value, str) else ""
        if name not in outputs and last not in outputs:
            yield Violation(
                view.at(number, "spec", "output_mapping", name),
                f"“{target}” has no output “{name}”{_of(outputs)}.{view.hint(name, outputs)} "
                "Take one of its outputs, or add this one to its contract.",
            )


def _of(names: tuple[str, ...] | list[str]) -> str:
    return f" (its contract has {quoted(names)})" if names else " (its contract has none)"


@link_rule("references.unknown-route", "warning", "A route without a target")
def unknown_route(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """A smart router's route must name a node, an agent of the flow, a connected output or a flow.

    A fallback chain may also name routes and rules. Nothing else can be chosen.
    """
    for route in design.facts[view.key].routes:
        target = design.target(view.key, route)
        if target is not None and target not in design.known_flows:
            yield Violation(
                design.reference_at(view.key, route),
                f"“{route.name}” is not a node, agent, route or flow."
                f"{view.like(route.name)} Name one, or connect an output of this name.",
            )


@link_rule("references.dangling", "warning", "A reference that leads nowhere")
def dangling(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """A $ref to a block of the same file ("#/tools") names a missing block.

    Or it leads back to itself. References inside a JSON Schema ("#/$defs/…") are not checked.
    """
    flow = view.flow
    for reference in design.facts[view.key].pointers:
        number = view.index.get(reference.node)
        root = {"spec": view.nodes[number].spec} if number is not None else flow.extra
        *at, _ = reference.path
        pointer = reference.name
        if is_own(pointer, root, tuple(at), flow):
            continue
        seen = {pointer}
        while (
            next_pointer := local_pointer(follow(pointer, flow))
        ) is not None and next_pointer not in seen:
            seen.add(pointer := next_pointer)
        if next_pointer is not None:
            lead = "leads back to itself"
        elif follow(pointer, flow) is None:
            lead = "leads nowhere"
        else:
            continue
        first = pointer.removeprefix("#/").partition("/")[0]
        hint = "" if first in flow.extra else view.hint(first, flow.extra)
        yield Violation(
            design.reference_at(view.key, reference),
            f"“{reference.name}” {lead} in this file.{hint} Add the block at the top level of the "
            f"file, or write its content here.",
        )


@link_rule("references.unknown-integration", "warning", "An integration that is not there")
def unknown_integration(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """A call names an integration that the system does not declare.

    Where the system declares none, nothing is checked.
    """
    for reference in design.facts[view.key].integrations if design.integrations else ():
        if reference.name not in design.integrations and not runtime(reference.name):
            yield Violation(
                design.reference_at(view.key, reference),
                f"The system has no integration “{reference.name}”."
                f"{design.hint(reference.name, design.integrations)} Name one, or declare it under "
                f"integrations in {SYSTEM_FILE}.",
            )


@link_rule("references.unknown-store", "warning", "An undeclared memory store")
def unknown_store(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """A step reads or writes a memory store that no domain declares.

    Where no domain declares stores, nothing is checked.
    """
    for reference in design.facts[view.key].stores if design.stores and design.complete else ():
        if reference.name not in design.stores and not runtime(reference.name):
            yield Violation(
                design.reference_at(view.key, reference),
                f"No domain declares the store “{reference.name}”."
                f"{design.hint(reference.name, design.stores)} Name one, or declare it under "
                f"stores in the domain “{view.domain}”.",
            )


@design_rule(
    "references.circular-agents", "error", "Agents that delegate to each other in a circle"
)
def circular_agents(design: DesignIndex) -> Iterator[Violation]:
    """An orchestrator or a group delegates to flows that delegate back to it.

    Each waits for the next, so none ever answers. Handoffs may go back and forth.
    """
    yield from _rings(
        design,
        delegating=True,
        message="delegates in a circle: {ring}. Remove one of them, or use a handoff.",
    )


@design_rule("references.circular-calls", "warning", "Flows that call each other in a circle")
def circular_calls(design: DesignIndex) -> Iterator[Violation]:
    """A flow calls itself through its sub-flows.

    This only works if every call makes the task smaller and a condition stops it.
    """
    yield from _rings(
        design,
        delegating=False,
        message="calls itself: {ring}. Make sure that a condition ends this, or use a loop.",
    )


def _rings(design: DesignIndex, *, delegating: bool, message: str) -> Iterator[Violation]:
    keys = list(design.facts)
    index = {key: number for number, key in enumerate(keys)}
    calls: list[list[tuple[int, Reference]]] = []
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
        yield Violation(
            design.reference_at(keys[number], call),
            f"“{keys[number]}” {message.format(ring=ring)}",
        )
