"""Whether events are published, consumed and handled as the domains say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddd_lab.checks._design_index import DesignIndex, Wired
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._registry import Violation, design_rule, link_rule
from ddd_lab.checks._values import quoted
from ddd_lab.spec.problem import Place
from ddd_lab.spec.topics import is_pattern


@design_rule("events.no-publisher", "warning", "An event that nobody publishes")
def no_publisher(design: DesignIndex) -> Iterator[Violation]:
    """A domain waits for an event that no domain publishes and no flow emits.

    A pattern of topics (`*` one word, `#` any number) must match at least one event.

    If the event comes from outside the system, add it to `publishes_events` of the domain that
    receives it.
    """
    sources = {**design.published, **design.emitted}
    for event, wirings in design.consumed.items():
        if design.is_sent(event) or not design.complete:
            continue
        none = "no event matches it" if is_pattern(event) else "nobody publishes it"
        for wired in wirings:
            yield Violation(
                design.wiring_at(wired, "event"),
                f"“{wired.domain}” consumes “{event}”, but {none}."
                f"{design.hint(event, sources)} Publish it in the domain where it occurs, or "
                "remove it here.",
            )


@design_rule("events.no-consumer", "info", "An event that nobody consumes")
def no_consumer(design: DesignIndex) -> Iterator[Violation]:
    """No domain consumes the event and no flow waits for it. It may be meant for other systems."""
    for event, wirings in design.published.items():
        if design.is_awaited(event) or not design.complete:
            continue
        for wired in wirings:
            yield Violation(
                design.wiring_at(wired, "event"),
                f"Nobody consumes “{event}”. Add it to a domain that needs it, or remove it if no "
                f"other system needs it.",
            )


@design_rule("events.unknown-flow", "error", "An event entry that names an unknown flow")
def unknown_flow(design: DesignIndex) -> Iterator[Violation]:
    """The flow that publishes or handles an event must belong to the domain."""
    for side, key in ((design.published, "from_flow"), (design.consumed, "handled_by_flow")):
        for wirings in side.values():
            for wired in wirings:
                flow = wired.entry.flow
                if flow and not _is_flow(design, wired.domain, flow):
                    listed = design.flows_of(wired.domain)
                    yield Violation(
                        design.wiring_at(wired, key),
                        f"“{wired.domain}” has no flow “{flow}”.{design.hint(flow, listed)} Name "
                        "one of its flows.",
                    )


def _is_flow(design: DesignIndex, domain: str, flow: str) -> bool:
    return flow in design.flows_of(domain)


@design_rule("events.unknown-source", "warning", "An event with the wrong source")
def unknown_source(design: DesignIndex) -> Iterator[Violation]:
    """The source of a consumed event does not exist, or does not publish the event."""
    for event, wirings in design.consumed.items():
        for wired in wirings:
            domain, flow = wired.entry.domain, wired.entry.source_flow
            problem = _source_problem(design, event, domain, flow)
            if problem:
                key = "from_flow" if flow else "from_domain"
                yield Violation(design.wiring_at(wired, key), problem)


def _source_problem(design: DesignIndex, event: str, domain: str, flow: str) -> str:
    if not domain:
        return ""
    if domain not in design.domains:
        return (
            f"“{event}” comes from the domain “{domain}”, which does not exist."
            f"{design.like_domain(domain)} Name the domain that publishes it."
        )
    if flow and not _is_flow(design, domain, flow):
        return (
            f"“{event}” comes from “{domain}/{flow}”, but there is no such flow."
            f"{design.hint(flow, design.flows_of(domain))} Name the flow that publishes it."
        )
    publishers = {wired.domain for wired in design.of_event(design.published, event)}
    publishers |= {key.partition("/")[0] for key in design.of_event(design.emitted, event)}
    if publishers and domain not in publishers:
        return (
            f"“{domain}” does not publish “{event}”, but {quoted(sorted(publishers))} does: name "
            "the domain that it comes from."
        )
    return ""


@link_rule("events.undeclared-emit", "warning", "An emitted event that the domain does not publish")
def undeclared_emit(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """The maps show what domains publish. An event that only a flow names is missing there."""
    if not design.has_file(view.domain):
        return
    seen: set[str] = set()
    for event in design.facts[view.key].emits:
        domains = {wired.domain for wired in design.of_event(design.published, event.name)}
        if view.domain in domains or event.name in seen:
            continue
        seen.add(event.name)
        near = "" if event.name in design.published else design.hint(event.name, design.published)
        yield Violation(
            design.reference_at(view.key, event),
            f"The domain “{view.domain}” does not publish “{event.name}”.{near} Add it to "
            "publishes_events in its domain.yaml.",
        )


@design_rule("events.not-emitted", "warning", "A published event that its flow does not emit")
def not_emitted(design: DesignIndex) -> Iterator[Violation]:
    """The domain says that the flow publishes the event, but no event node in the flow does.

    A tool of an agent that emits the event counts too, and so does the flow's header.
    """
    for event, wirings in design.published.items():
        emitters = design.of_event(design.emitted, event)
        for wired in wirings:
            key = f"{wired.domain}/{wired.entry.flow}"
            if key not in design.facts or key in emitters:
                continue
            own = [other for other in emitters if other.startswith(f"{wired.domain}/")]
            hint = f" (but {quoted(own)} does)" if own and own[0] != f"{wired.domain}/" else ""
            yield Violation(
                design.wiring_at(wired, "from_flow"),
                f"“{key}” has no event node that emits “{event}”{hint}. Add one to the flow, or "
                "name the flow that does.",
            )


@link_rule("events.undeclared-trigger", "warning", "A trigger that the domain does not consume")
def undeclared_trigger(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """The maps show what domains consume. An event that only a trigger names is missing there."""
    if not design.has_file(view.domain):
        return
    fact = design.facts[view.key]
    for event in dict.fromkeys(event for info in fact.triggers for event in info.events):
        domains = {wired.domain for wired in design.of_event(design.consumed, event)}
        if view.domain in domains:
            continue
        is_sent = design.is_sent(event) or not design.complete
        unsent = "" if is_sent else ", and nobody publishes it"
        near = "" if is_sent else design.hint(event, design.published)
        yield Violation(
            design.trigger_at(view.key, "event"),
            f"“{event}” starts this flow, but the domain “{view.domain}” does not consume it"
            f"{unsent}.{near} Add it to consumes_events in its domain.yaml.",
        )


@design_rule("events.not-handled", "warning", "A consumed event that its flow does not wait for")
def not_handled(design: DesignIndex) -> Iterator[Violation]:
    """The domain says that the flow handles the event, but nothing in the flow waits for it."""
    for event, wirings in design.consumed.items():
        handlers = design.of_event(design.awaited, event)
        for wired in wirings:
            key = f"{wired.domain}/{wired.entry.flow}"
            if key not in design.facts or key in handlers or key in design.called:
                continue
            own = [other for other in handlers if other.startswith(f"{wired.domain}/")]
            hint = f" (but {quoted(own)} does)" if own else ""
            yield Violation(
                design.wiring_at(wired, "handled_by_flow"),
                f"“{key}” does not wait for “{event}”{hint}. Make it the flow's trigger, or name "
                "the flow that handles it.",
            )


@link_rule("events.unknown-group", "error", "An unknown event group")
def unknown_group(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """A trigger waits for an event group that no domain declares."""
    for info in design.facts[view.key].triggers if design.complete else ():
        if info.kind == "event_group" and info.name and info.name not in design.groups:
            yield Violation(
                design.trigger_at(view.key, "name"),
                f"There is no event group “{info.name}”.{design.hint(info.name, design.groups)} "
                f"Declare it under event_groups in the domain “{view.domain}”.",
            )


@design_rule("events.group-event", "warning", "An event group with an unpublished event")
def group_event(design: DesignIndex) -> Iterator[Violation]:
    """A flow that waits for the group never receives this event."""
    sources = {**design.published, **design.emitted}
    for domain, model in design.domains.items():
        for group in model.event_groups:
            for number, event in enumerate(group.events):
                if design.complete and not design.is_sent(event):
                    yield Violation(
                        _in_domain(design, domain, (*group.path, "events", number)),
                        f"Nobody publishes “{event}” of the group “{group.name}”."
                        f"{design.hint(event, sources)} Publish it, or remove it from the group.",
                    )


@design_rule("events.duplicate-group", "warning", "Two event groups with the same name")
def duplicate_group(design: DesignIndex) -> Iterator[Violation]:
    """A trigger that names the group could mean either of them."""
    for domain, model in design.domains.items():
        seen: set[str] = set()
        for group in model.event_groups:
            if group.name in seen:
                yield Violation(
                    _in_domain(design, domain, (*group.path, "name")),
                    f"The event group “{group.name}” is declared twice. Rename one, or put their "
                    "events together.",
                )
            seen.add(group.name)


def _in_domain(design: DesignIndex, domain: str, path: tuple[str | int, ...]) -> Place:
    return design.domain_at(domain).model_copy(update={"path": path})


@design_rule("events.mixed-names", "info", "Inconsistent event names")
def mixed_names(design: DesignIndex) -> Iterator[Violation]:
    """Some events are named like contract.ingested, others like ContractIngested.

    One style makes them easier to find. It is reported once for the whole design, at the less
    common style.
    """
    styles: dict[str, list[Wired]] = {}
    for side in (design.published, design.consumed):
        for event, wirings in side.items():
            if style := _style(event):
                styles.setdefault(style, []).append(wirings[0])
    if len(styles) > 1:
        rare, common = sorted(styles, key=lambda style: (len(styles[style]), style))[:2]
        names = list(dict.fromkeys(wired.entry.event for wired in styles[rare]))
        example = styles[common][0].entry.event
        yield Violation(
            design.wiring_at(styles[rare][0], "event"),
            f"Most events are named like “{example}”, but not {quoted(names)}. Use one style for "
            f"all.",
        )


def _style(event: str) -> str:
    if "." in event:
        return "dotted"
    return "capitals" if re.search(r"[a-z][A-Z]|^[A-Z][a-z]", event) else ""


@design_rule("events.payload", "warning", "A payload field that no publisher sends")
def payload(design: DesignIndex) -> Iterator[Violation]:
    """The consumer needs a field of the event that no publisher declares.

    This is checked only if every publisher declares its payload.
    """
    for event, wirings in design.consumed.items():
        sent = _sent(design, event)
        for wired in wirings if sent is not None else ():
            for name in wired.entry.payload:
                if sent is not None and name not in sent:
                    yield Violation(
                        design.wiring_at(wired, "payload", name),
                        f"No publisher sends “{name}” with “{event}” (sent: "
                        f"{quoted(sorted(sent))})."
                        f"{design.hint(name, sent)} Add the field to a publisher, or remove it "
                        f"here.",
                    )


def _sent(design: DesignIndex, event: str) -> set[str] | None:
    """Fields that come with an event; None where some publisher does not say."""
    wired = [frozenset(wired.entry.payload) for wired in design.published.get(event, ())]
    declared = [fields for fields in wired if fields]
    for fields in design.payloads.get(event, ()):
        if fields is None:
            return None
        declared.append(fields)
    return set().union(*declared) if any(declared) else None
