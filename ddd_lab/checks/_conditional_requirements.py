"""What settings of a node call for further ones, type by type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ddd_lab.checks._values import entries, items, mapping, named, text

Settings = Mapping[str, Any]


class Need(NamedTuple):
    """A setting that is needed under a condition.

    Attributes:
        keys: the setting as a path with dots; any one of several will do.
        when: whether these settings, with outputs connected under these names, call for it.
        because: what calls for it, to go after “since”.
    """

    keys: tuple[str, ...]
    when: Callable[[Settings, frozenset[str]], bool]
    because: str


def _is(key: str, *words: str) -> Callable[[Settings, frozenset[str]], bool]:
    keys = key.split(".")

    def test(spec: Settings, _: frozenset[str]) -> bool:
        return keys[0] in spec and text(named(spec, *keys)).lower() in words

    return test


def _on(key: str) -> Callable[[Settings, frozenset[str]], bool]:
    def test(spec: Settings, _: frozenset[str]) -> bool:
        return _at(spec, key) is True

    return test


def _has_map(key: str) -> Callable[[Settings, frozenset[str]], bool]:
    def test(spec: Settings, _: frozenset[str]) -> bool:
        return bool(mapping(_at(spec, key))) and "$ref" not in mapping(_at(spec, key))

    return test


def _at(spec: Settings, key: str) -> Any:
    return named(spec, *key.split("."))


def _memory_part(spec: Settings, _: frozenset[str]) -> bool:
    return text(spec.get("store_type")) == "memory" and text(spec.get("operation")) != "reset"


def _rules_only(spec: Settings, outputs: frozenset[str]) -> bool:
    rules = entries(spec.get("rules") or spec.get("routes"))
    ways = {"fallback", "default", "failure", "error"}
    unconditional = any(
        text(named(rule, "condition")).lower() in ("true", "default", "else", "otherwise")
        for _, rule, _ in entries(spec.get("rules") or spec.get("routes"))
    )
    asks = mapping(spec.get("llm_routing"))
    return (
        any(True for _ in rules)
        and not (asks and asks.get("enabled", True) is not False)
        and not unconditional
        and not outputs & ways
        and not text(spec.get("fallback_note"))
    )


def _no_rules(spec: Settings, _: frozenset[str]) -> bool:
    asks = mapping(spec.get("llm_routing"))
    return "rules" in spec and (not asks or asks.get("enabled") is False)


def _lone_handoff(spec: Settings, _: frozenset[str]) -> bool:
    return _has_map("target")(spec, frozenset()) and not text(_at(spec, "target.domain"))


_KEYED = ("encrypt", "decrypt", "sign", "jwt_sign", "jwt_verify")
_DIGESTS = ("encrypt", "decrypt", "hash", "sign", "verify", "jwt_sign", "jwt_verify")

NEEDS: Mapping[str, tuple[Need, ...]] = {
    "agent_loop": (
        Need(("streaming.format",), _on("streaming.enabled"), "its answer is streamed"),
    ),
    "batch": (
        Need(
            ("operation_template.type", "operation_template.flow_ref", "sub_flow_ref"),
            _has_map("operation_template"),
            "a template says what is done for every item",
        ),
    ),
    "collection": (
        Need(("predicate",), _is("operation", "filter"), "items are filtered"),
        Need(("key",), _is("operation", "group_by"), "items are grouped"),
        Need(("right",), _is("operation", "join"), "two lists are joined"),
        Need(("on", "key", "predicate"), _is("operation", "join"), "two lists are joined"),
        Need(("accumulator",), _is("operation", "reduce"), "the list is reduced to one value"),
    ),
    "crypto": (
        Need(("algorithm",), _is("operation", *_DIGESTS, "generate_key"), "there are many"),
        Need(("key_source",), _is("operation", *_KEYED), "a key is used"),
        Need(("payload",), _is("operation", "jwt_sign"), "a token is signed"),
        Need(("expires_in",), _is("operation", "jwt_sign"), "a token without it is valid forever"),
        Need(
            ("output_field", "output"),
            _is("operation", "generate_token"),
            "the token must go somewhere",
        ),
    ),
    "data_store": (
        Need(("store",), _is("store_type", "memory"), "the data lives in memory"),
        Need(("selector",), _memory_part, "a store in memory has several parts"),
        Need(("predicate",), _is("operation", "update_where"), "only some entries are changed"),
        Need(("patch",), _is("operation", "update_where"), "entries are changed"),
        Need(("path",), _is("store_type", "filesystem"), "the data lives in a file"),
        Need(
            ("model", "entity", "schema", "aggregate_fields"),
            _is("store_type", "database"),
            "the data lives in a database",
        ),
    ),
    "delay": (Need(("max_ms",), _is("strategy", "random"), "the wait varies"),),
    "event": (
        Need(
            ("target_queue", "queue"),
            lambda spec, _: bool(spec.get("queue_operation")),
            "something is done to a queue",
        ),
    ),
    "handoff": (
        Need(("target.flow",), _lone_handoff, "nobody else says who takes over"),
        Need(
            ("on_failure.fallback", "on_failure.flow"),
            _is("on_failure.action", "fallback"),
            "something else takes over when it fails",
        ),
    ),
    "human_gate": (Need(("timeout.duration",), _has_map("timeout"), "the wait is limited"),),
    "parallel": (Need(("join_count",), _is("join", "n_of"), "so many branches must be done"),),
    "router": (Need(("model",), lambda _spec, _out: True, "a model decides"),),
    "smart_router": (
        Need(("rules", "routes"), _no_rules, "no model decides"),
        Need(("llm_routing.model",), _on("llm_routing.enabled"), "a model decides"),
        Need(("llm_routing.routes",), _on("llm_routing.enabled"), "a model decides between them"),
        Need(("fallback_chain",), _rules_only, "there may be requests that no rule fits"),
        Need(
            ("policies.circuit_breaker.failure_threshold",),
            _on("policies.circuit_breaker.enabled"),
            "the circuit breaker is on",
        ),
        Need(("ab_testing.experiments",), _on("ab_testing.enabled"), "experiments are on"),
        Need(("context_routing.rules",), _on("context_routing.enabled"), "they are on"),
    ),
    "transform": (
        Need(("input_schema",), _is("mode", "schema"), "schemas say what becomes what"),
        Need(("output_schema",), _is("mode", "schema"), "schemas say what becomes what"),
        Need(
            ("field_mappings", "expression", "output_schema"),
            _is("mode", "expression"),
            "expressions say what becomes what",
        ),
    ),
}


class Part(NamedTuple):
    """What every entry of a list in the settings must say.

    Attributes:
        key: the list, as a path with dots.
        keys: what an entry needs; any one of several will do.
        what: what an entry is called.
        unless: keys that make it unnecessary.
    """

    key: str
    keys: tuple[str, ...]
    what: str
    unless: tuple[str, ...] = ()


PARTS: Mapping[str, tuple[Part, ...]] = {
    "agent_loop": (Part("tools", ("description",), "tool", ("$ref", "spec")),),
    "guardrail": (Part("checks", ("type", "rule"), "check", ("$ref",)),),
    "orchestrator": (Part("agents", ("flow",), "agent", ("$ref",)),),
    "parse": (
        Part("strategy.selectors", ("name",), "selector"),
        Part("strategy.selectors", ("css", "xpath"), "selector"),
    ),
    "router": (Part("routes", ("id", "name", "route"), "route", ("$ref",)),),
    "smart_router": (
        Part("rules", ("condition",), "rule"),
        Part("rules", ("route", "target", "id"), "rule"),
        Part("ab_testing.experiments", ("percentage",), "experiment"),
        Part("ab_testing.experiments", ("route",), "experiment"),
    ),
    "transaction": (Part("steps", ("action", "operation", "description", "id"), "step"),),
}


FEWEST: Mapping[str, tuple[tuple[str, int, str], ...]] = {
    "agent_group": (("members", 2, "A group of fewer is a single agent. Add members"),),
    "orchestrator": (("agents", 2, "Leading fewer needs no orchestrator. Add agents"),),
    "parallel": (("branches", 2, "Nothing runs at the same time then. Add branches"),),
    "service_call": (("oauth1a_config", 4, "OAuth 1.0a takes a key and a secret of both sides"),),
    "transaction": (("steps", 2, "A single step happens or not by itself. Add steps"),),
}
"""The fewest entries that a list or map of the settings makes sense with, where it is there."""


def number_of(value: Any) -> int | None:
    """How many entries a list, a map or a plain number stands for; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, dict):
        return (
            None if "$ref" in value else sum(1 for one in value.values() if one not in ("", None))
        )
    return len(items(value)) if isinstance(value, list) else None
