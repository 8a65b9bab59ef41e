"""Whether an earlier step provides the data that a step reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._graph import reachable
from ddd_lab.checks._registry import Violation, flow_rule
from ddd_lab.checks._values import entries, mapping, named, quoted, text, walk_texts

_PATH = re.compile(r"\$\.([A-Za-z_]\w*)")
_PARAMETER = re.compile(r"\{(\w+)\}|:(\w+)")

_ALWAYS_THERE = frozenset(
    {
        *("api_key", "auth", "body", "claims", "client", "config", "context", "cookies", "host"),
        *("correlation_id", "current_user", "env", "error", "errors", "event", "file", "files"),
        *("flow", "form", "headers", "id", "input", "ip", "message", "meta", "metadata", "method"),
        *("now", "org", "organization", "page", "params", "path", "payload", "principal", "query"),
        *("raw_body", "request", "request_id", "response", "result", "session", "signature"),
        *("system", "tenant", "tenant_id", "timestamp", "today", "token", "trace_id", "trigger"),
        *("url", "user", "user_id", "validation_errors", "vars", "webhook"),
    }
)
"""Names that whatever runs the flow may provide, whether the flow says so or not."""


_RESULTS = frozenset(("output_mapping", "outputs", "result_condition", "fallback", "returns"))
"""Settings in which ``$`` is what the step itself gets back."""


@flow_rule("data.unknown-field", "warning", "A field that no earlier step provides")
def unknown_field(view: FlowView) -> Iterator[Violation]:
    """The step reads a field that the flow's input does not have.

    It is reported only if the input's fields are known and all earlier steps add no data
    (decisions, waits, guardrails). Data of the request (user, headers, path parameters) needs no
    declaration, nor does what a step provides itself (the item that a batch is at).
    """
    inputs = view.of(("input",))
    if not inputs or not view.triggers:
        return
    behind_input = reachable(view.adjacency, [to for one in inputs for to in view.adjacency[one]])
    open_steps = reachable(
        view.adjacency,
        [
            target
            for number in range(len(view.nodes))
            if not view.has(number, "adds_nothing") and number not in view.triggers
            for target in view.adjacency[number]
        ],
    )
    certain = [
        number
        for number, kind in enumerate(view.kinds)
        if behind_input[number] and not open_steps[number] and kind not in ("input", "trigger")
    ]
    provided = _provided(view, inputs) if certain else None
    if provided is None:
        return
    for number in certain:
        own = _own_names(view, number)
        for at, key, value in walk_texts(mapping(view.nodes[number].spec)):
            if "$." not in value or not _RESULTS.isdisjoint((*at, key)):
                continue
            for name in dict.fromkeys(_PATH.findall(value)):
                if name not in provided and name not in _ALWAYS_THERE and name not in own:
                    yield Violation(
                        view.at(number, "spec", *at, key),
                        f"Nothing before “{view.called(number)}” provides “{name}”."
                        f"{view.hint(name, provided)} The input has {quoted(sorted(provided))}: "
                        "read one of these, or add the field.",
                    )


_EACH = frozenset(("item", "index", "key", "value", "element", "row", "record", "batch", "results"))
"""What a step that does something for many provides about the one that it is at."""


def _own_names(view: FlowView, number: int) -> frozenset[str]:
    """Names that a step provides to its own settings: the item it is at, what its tools are given.

    A name may be its own (``iterator: order``), in one of the keys that say such names.
    """
    spec = mapping(view.nodes[number].spec)
    names: set[str] = set()
    if view.has(number, "container") or text(spec.get("operation")).endswith("_many"):
        names |= _EACH
        names |= {text(value) for _, key, value in walk_texts(spec) if key in _NAMING}
    for _, tool, _ in entries(spec.get("tools")):
        for part in (mapping(tool), mapping(named(tool, "spec"))):
            names |= {name for name, _, _ in entries(part.get("parameters"))}
    return frozenset(names)


_NAMING = frozenset(("iterator", "item_name", "item_var", "index_name", "as", "variable", "output"))


def _provided(view: FlowView, inputs: list[int]) -> frozenset[str] | None:
    """Names of all that the inputs and the trigger provide; None where that is not known."""
    provided: set[str] = set()
    for number in inputs:
        fields = mapping(view.nodes[number].spec).get("fields")
        if isinstance(fields, dict) and "$ref" in fields:
            return None
        names = {name for name, _, _ in entries(fields)}
        if not names:
            return None
        provided |= names
    trigger = view.nodes[view.triggers[0]]
    for source in (trigger.spec, mapping(view.flow.extra.get("trigger")), view.flow.header):
        for _, _, value in walk_texts(source):
            provided |= {one or other for one, other in _PARAMETER.findall(value)}
        for key in ("payload", "parameters", "inputs"):
            provided |= {name for name, _, _ in entries(mapping(source).get(key))}
        contract = mapping(mapping(source).get("contract"))
        provided |= {name for name, _, _ in entries(contract.get("inputs"))}
    return frozenset(provided - {""})
