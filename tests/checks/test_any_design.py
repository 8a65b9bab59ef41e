"""No design is too long, too tangled or too broken to be checked."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.checks import check, check_flow
from ddd_lab.checks._graph import cycles
from ddd_lab.spec.catalogue import catalogue
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData
from tests.checks.builders import ask, design, end, findings, flow, node

IDS = st.sampled_from(["a", "b", "c", "a~2", "", "../x", "$.x", "d/f", "done", "skip"])
KEYS = st.sampled_from(
    [
        "agents",
        "approval_options",
        "body",
        "branches",
        "checks",
        "code",
        "connection",
        "data",
        "domain",
        "error",
        "event",
        "error_mapping",
        "fallback_chain",
        "fields",
        "flow",
        "flow_ref",
        "id",
        "input_mapping",
        "llm_routing",
        "members",
        "model",
        "on_block",
        "operation",
        "output_mapping",
        "path",
        "position",
        "routes",
        "rules",
        "target",
        "timeout",
        "tools",
        "type",
        "$ref",
        "schema",
        "include",
        "payload",
        "direction",
        "config",
        "ab_testing",
        "approval_options",
        "auth",
        "circuit_breaker",
        "completeness",
        "component",
        "condition",
        "default",
        "depends_on",
        "enum",
        "experiments",
        "implementation",
        "initial_fetch",
        "items",
        "join",
        "join_count",
        "max",
        "max_iterations",
        "memory",
        "min",
        "mode",
        "name",
        "navigation",
        "oauth1a_config",
        "operation_template",
        "page",
        "pages",
        "percentage",
        "policies",
        "port",
        "retry",
        "route",
        "schedule",
        "sections",
        "selectors",
        "services",
        "shared_components",
        "startup_order",
        "status",
        "steps",
        "strategy",
        "streaming",
        "temperature",
        "used_by",
        "validations",
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | IDS | st.text(max_size=8)
JUNK = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | IDS, inner, max_size=4),
    max_leaves=12,
)
SPECS = st.dictionaries(KEYS, JUNK, max_size=6)
TYPES = st.sampled_from([*catalogue(), "unknown", ""])
LINES = st.lists(st.builds(Connection, output=IDS, target=IDS), max_size=4).map(tuple)
NODES = st.builds(
    NodeData,
    id=IDS,
    type=TYPES,
    spec=SPECS,
    connections=LINES | st.none(),
    parent=st.none() | IDS,
    declared_id=st.none() | IDS,
    extra=st.dictionaries(st.sampled_from(["body_start", "log"]), JUNK, max_size=2),
)
FLOWS = st.builds(
    FlowData,
    id=IDS,
    type=IDS,
    domain=IDS,
    vocabulary=st.sampled_from(["guide", "handles"]),
    header=st.dictionaries(st.sampled_from(["contract", "emits", "listens_to"]), JUNK, max_size=3),
    trigger=st.none() | st.builds(NodeData, id=IDS, type=st.just("trigger"), spec=SPECS),
    metadata=st.dictionaries(st.sampled_from(["completeness"]), JUNK, max_size=1),
    nodes=st.lists(NODES, max_size=6).map(tuple),
    extra=st.dictionaries(st.sampled_from(["tools", "agent_group", "trigger"]), JUNK, max_size=3),
)


@given(FLOWS)
def test_no_flow_makes_a_rule_fail(some: FlowData) -> None:
    found = check_flow("d/f", some)
    assert [hit.message for hit in found if hit.rule == "internal.rule-failed"] == []


DOMAIN = st.dictionaries(
    st.sampled_from(
        [
            "flows",
            "publishes_events",
            "consumes_events",
            "event_groups",
            "groups",
            "layout",
            "owns_schemas",
            "errors",
            "on_error",
            "name",
        ]
    ),
    JUNK,
    max_size=6,
)
SCHEMA = st.dictionaries(
    st.sampled_from(["name", "inherits", "fields", "relationships", "indexes", "transitions"]),
    JUNK,
    max_size=6,
)
SYSTEM = st.dictionaries(
    st.sampled_from(["domains", "zones", "data_flows", "schedules", "pipelines", "integrations"]),
    JUNK,
    max_size=4,
)


FILES = ["specs/infrastructure.yaml", "specs/ui/pages.yaml", "specs/ui/a.yaml", "specs/ui/b.yaml"]


@given(
    flows=st.dictionaries(st.sampled_from(["a/b", "a/c", "d/f"]), FLOWS, max_size=3),
    domains=st.dictionaries(st.sampled_from(["a", "d", "e"]), DOMAIN | st.none(), max_size=3),
    schemas=st.dictionaries(st.sampled_from(["a", "b", "_base"]), SCHEMA, max_size=3),
    system=SYSTEM,
    errors=JUNK,
    layout=JUNK,
    config=JUNK,
    plain=st.dictionaries(st.sampled_from(FILES), JUNK, max_size=3),
)
def test_no_design_makes_a_rule_fail(**parts: Any) -> None:
    some = design(**parts)
    found = check(some)
    assert [hit.message for hit in found if hit.rule == "internal.rule-failed"] == []
    assert check(some) == found


LONG = 20_000


def _chain(size: int, last: NodeData) -> FlowData:
    return flow(*(node(f"n{number}", to=f"n{number + 1}") for number in range(size)), last)


def test_a_chain_of_twenty_thousand_nodes_is_checked() -> None:
    assert check_flow("orders/place-order", _chain(LONG, end(f"n{LONG}"))) == []


@pytest.mark.parametrize(
    ("last", "rules"),
    [
        (node("n9999"), ["graph.no-terminal", "graph.dead-end"]),
        (ask("n9999", "n0", "end"), ["graph.dangling"]),
        (node("n9999", to="n0"), ["graph.no-terminal"]),
    ],
    ids=["a dead end", "a ring with a way out", "a ring"],
)
def test_what_is_wrong_at_the_end_of_a_long_flow_is_found(last: NodeData, rules: list[str]) -> None:
    assert [hit.rule for hit in check_flow("orders/place-order", _chain(9999, last))] == rules


def test_a_node_with_twenty_thousand_lines_is_checked() -> None:
    lines = {f"branch-{number}": "end" for number in range(LONG)}
    fork = node("fork", "parallel", lines, branches=LONG)
    found = check_flow("orders/place-order", flow(fork, end()))
    assert "internal.rule-failed" not in {hit.rule for hit in found}


def test_settings_of_any_depth_are_checked() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = {"body": [deep]}
    found = check_flow(
        "orders/place-order", flow(node("deep", "decision", "end", body=deep), end())
    )
    assert "internal.rule-failed" not in {hit.rule for hit in found}


def test_time_grows_with_the_size_of_the_flow_and_no_faster() -> None:
    def took(size: int) -> float:
        long = _chain(size, end(f"n{size}"))
        before = time.process_time()
        check_flow("orders/place-order", long)
        return time.process_time() - before

    took(100)
    # Twenty times the nodes; a rule that looks at all pairs would take four hundred times as long.
    assert took(20_000) < 100 * max(took(1_000), 0.005)


@given(st.lists(st.lists(st.integers(0, 7), max_size=3), min_size=8, max_size=8))
def test_knots_are_the_nodes_that_reach_each_other(adjacency: list[list[int]]) -> None:
    reach = [set(targets) for targets in adjacency]
    for _ in adjacency:
        reach = [known.union(*(reach[target] for target in known)) for known in reach]
    mutual = {
        tuple(other for other in range(8) if other in reach[one] and one in reach[other])
        for one in range(8)
        if one in reach[one]
    }
    assert {tuple(knot) for knot in cycles(adjacency)} == mutual


def test_many_nodes_that_nothing_leads_to_are_checked() -> None:
    alone = [node(f"n{number}") for number in range(3_000)]
    rings = [node(f"r{number}", to=f"r{number ^ 1}") for number in range(3_000)]
    lost = [node(f"l{number}", to=f"nowhere{number}") for number in range(200)]
    many = flow(node("first", to="gone"), *lost, *alone, *rings, end())
    found = [one for one in findings(many) if one.rule == "graph.unreachable"]
    assert len(found) > 4_000
