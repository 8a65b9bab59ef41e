"""Whether the settings of one node agree with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ddd_lab.checks._conditional_requirements import number_of
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._registry import Violation, flow_rule
from ddd_lab.checks._values import entries, items, mapping, named, quoted, text
from ddd_lab.spec.models.base import Data, Path


class Clash(NamedTuple):
    """Two settings that cannot both be meant: where the second stands, and what to do."""

    path: Path
    message: str


Settings = Mapping[str, Data]


@flow_rule("specs.contradiction", "warning", "Contradicting settings")
def contradiction(view: FlowView) -> Iterator[Violation]:
    """Two settings contradict each other.

    Examples: a minimum above the maximum, a fallback equal to the model, two prompts.
    """
    for number in view.of(_LOOKS):
        for look in _LOOKS[view.kinds[number]]:
            for clash in look(mapping(view.nodes[number].spec)):
                yield Violation(view.at(number, "spec", *clash.path), clash.message)


def _ordered(low: str, high: str) -> Callable[[Settings], Iterator[Clash]]:
    """A look at two numbers of which one must not be above the other; keys are dotted paths."""
    low_keys, high_keys = low.split("."), high.split(".")

    def look(spec: Settings) -> Iterator[Clash]:
        if low_keys[0] not in spec:
            return
        least, most = (_number(named(spec, *keys)) for keys in (low_keys, high_keys))
        if least is not None and most is not None and least > most:
            yield Clash(
                tuple(low_keys),
                f"{low} is {least:g} and {high} is {most:g}. The first must not be larger.",
            )

    return look


_OF_FIELDS = (_ordered("min", "max"), _ordered("min_length", "max_length"))


def _fields(spec: Settings) -> Iterator[Clash]:
    for name, field, path in entries(spec.get("fields")):
        for look in _OF_FIELDS:
            for clash in look(mapping(field)):
                yield Clash(
                    ("fields", *path, *clash.path), f"In the field “{name}”, {clash.message}"
                )
        allowed = items(mapping(field).get("enum"))
        default = mapping(field).get("default")
        if allowed and isinstance(default, str | int | float) and default not in allowed:
            yield Clash(
                ("fields", *path, "default"),
                f"The default {default!r} of “{name}” is not one of its values "
                f"{quoted([str(value) for value in allowed])}. Choose one of them.",
            )


_MEMORY_ONLY = ("get", "set", "merge", "reset", "subscribe", "update_where")


def _store(spec: Settings) -> Iterator[Clash]:
    operation, kind = text(spec.get("operation")), text(spec.get("store_type"))
    if operation in _MEMORY_ONLY and kind in ("database", "filesystem"):
        yield Clash(
            ("operation",),
            f"“{operation}” is an operation on memory, but store_type is “{kind}”. Make them "
            f"agree.",
        )
    elif kind == "memory" and operation.endswith("_many"):
        yield Clash(
            ("operation",),
            f"“{operation}” is an operation on a database, but store_type is “memory”. Make them "
            f"agree.",
        )


def _labels(spec: Settings) -> Iterator[Clash]:
    yes, no = text(spec.get("trueLabel")), text(spec.get("falseLabel"))
    if yes and yes.casefold() == no.casefold():
        yield Clash(("falseLabel",), f"Both outputs are called “{yes}”. Rename one of them.")


def _join(spec: Settings) -> Iterator[Clash]:
    wanted, there = _number(spec.get("join_count")), number_of(spec.get("branches"))
    if wanted is not None and there is not None and there > 1 and wanted > there:
        yield Clash(
            ("join_count",),
            f"join_count is {wanted:g}, but there are {there} branches. Use a smaller number.",
        )
    if spec.get("join_count") is not None and text(spec.get("join")) in ("all", "any"):
        yield Clash(
            ("join_count",),
            "join_count only has an effect if join is “n_of”, but join is "
            f"“{text(spec.get('join'))}”. Remove join_count or change join.",
        )


def _prompts(spec: Settings) -> Iterator[Clash]:
    one, other = text(spec.get("prompt_template")), text(spec.get("prompt"))
    if one and other and one != other:
        yield Clash(("prompt",), "prompt_template and prompt differ. Keep one of them.")
    streams = spec.get("streaming") is True or named(spec.get("streaming"), "enabled") is True
    if streams and spec.get("structured_output"):
        yield Clash(
            ("streaming",),
            "A structured answer is complete only at its end, so streaming it has no use. Switch "
            "one of the two off.",
        )


def _fallbacks(spec: Settings) -> Iterator[Clash]:
    model = text(spec.get("model"))
    again = text(named(spec.get("retry"), "fallback_model"))
    found = [(("retry", "fallback_model"), again)] if again else []
    chain: list[tuple[Path, str]] = [*found]
    for index, item in enumerate(items(spec.get("model_fallback"))):
        name = text(item) or text(named(item, "model"))
        at = ("model_fallback", index) if text(item) else ("model_fallback", index, "model")
        chain.append((at, name))
    for path, name in chain:
        if name and name == model:
            yield Clash(
                path, f"The fallback “{name}” is the same as the model. Choose another one."
            )


def _experiments(spec: Settings) -> Iterator[Clash]:
    at = ("ab_testing", "experiments")
    for index, experiment in enumerate(items(named(spec, *at))):
        route = text(mapping(experiment).get("route"))
        if route and route == text(mapping(experiment).get("original_route")):
            yield Clash(
                (*at, index, "route"),
                f"The experiment compares “{route}” with itself. Choose another route.",
            )


_LOOKS: Mapping[str, tuple[Callable[[Settings], Iterator[Clash]], ...]] = {
    "agent_loop": (_fallbacks,),
    "cache": (_ordered("ttl_jitter_ms", "ttl_ms"),),
    "data_store": (_store, _ordered("pagination.default_limit", "pagination.max_limit")),
    "decision": (_labels,),
    "delay": (_ordered("min_ms", "max_ms"),),
    "input": (_fields,),
    "llm_call": (_prompts, _fallbacks),
    "parallel": (_join,),
    "smart_router": (
        _experiments,
        _ordered("policies.timeout.per_route", "policies.timeout.total"),
    ),
}


def _number(value: Data) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
