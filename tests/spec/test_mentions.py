"""Where specs name flows and domains."""

from __future__ import annotations

from typing import Any

import pytest

from ddd_lab.spec.models.flow import Connection, FlowData, NodeData
from ddd_lab.spec.references import (
    Known,
    Renaming,
    calls,
    file_names,
    flow_names,
    rename_in_data,
    rename_in_flow,
)

KNOWN = Known(["sales/order", "sales/pay", "baking/bake", "baking/pay"], ["sales", "baking", "van"])
TO_NOTE = Renaming(KNOWN, flows={"sales/order": "sales/note"})
TO_BAKING = Renaming(KNOWN, flows={"sales/order": "baking/order"})
TO_SHOP = Renaming(KNOWN, domains={"sales": "shop"})


def node(type: str, /, **spec: Any) -> NodeData:
    return NodeData(id="n", type=type, spec=spec)


def renamed(node: NodeData, renaming: Renaming = TO_NOTE, domain: str = "sales") -> dict[str, Any]:
    flow = FlowData(id="x", nodes=(node,))
    names = flow_names(flow, domain, KNOWN)
    return rename_in_flow(flow, names, renaming, renaming.domain(domain)).nodes[0].spec


@pytest.mark.parametrize(
    "spec",
    [
        {"type": "sub_flow", "flow_ref": "{}"},
        {"type": "sub_flow", "flow": "{}"},
        {"type": "handoff", "target": "{}"},
        {"type": "handoff", "on_failure": {"flow": "{}"}},
        {"type": "orchestrator", "agents": [{"id": "a", "flow": "{}"}]},
        {"type": "orchestrator", "agents": {"a": {"flow": "{}"}}},
        {"type": "agent_group", "members": ["{}", {"flow": "{}"}]},
        {"type": "batch", "sub_flow_ref": "{}"},
        {"type": "batch", "operation_template": {"flow_ref": "{}"}},
        {
            "type": "agent_loop",
            "tools": [{"id": "t", "implementation": {"type": "sub_flow", "flow": "{}"}}],
        },
        {"type": "smart_router", "rules": [{"id": "r", "route": "{}"}]},
        {"type": "smart_router", "llm_routing": {"routes": {"a": "{}"}}},
        {"type": "smart_router", "fallback_chain": ["{}"]},
    ],
)
@pytest.mark.parametrize(("old", "new"), [("order", "note"), ("sales/order", "sales/note")])
def test_every_way_of_naming_a_flow_follows_it(spec: dict[str, Any], old: str, new: str) -> None:
    def filled(value: Any, word: str) -> Any:
        if isinstance(value, dict):
            return {key: filled(item, word) for key, item in value.items()}
        if isinstance(value, list):
            return [filled(item, word) for item in value]
        return word if value == "{}" else value

    before, after = filled(spec, old), filled(spec, new)
    kind = before.pop("type")
    after.pop("type")
    assert renamed(node(kind, **before)) == after


def test_a_name_alone_means_the_flows_own_domain() -> None:
    assert renamed(node("sub_flow", flow="order"), domain="baking") == {"flow": "order"}


def test_a_domain_beside_a_flow_moves_with_it() -> None:
    target = {"flow": "order", "domain": "sales"}
    moved = renamed(node("handoff", target=target), TO_BAKING)
    assert moved == {"target": {"flow": "order", "domain": "baking"}}


def test_a_name_alone_gets_a_domain_when_its_flow_goes_to_another() -> None:
    assert renamed(node("sub_flow", flow="order"), TO_BAKING) == {"flow": "baking/order"}


def test_what_is_named_in_vain_follows_its_domain() -> None:
    assert renamed(node("sub_flow", flow_ref="sales/ghost"), TO_SHOP) == {"flow_ref": "shop/ghost"}


def test_a_path_that_looks_like_a_flow_is_left_alone() -> None:
    spec = {"method": "GET", "url": "sales/order", "body": {"from": "sales/order"}}
    after = renamed(node("service_call", **spec))
    assert (after["url"], after["body"]) == ("sales/order", {"from": "sales/note"})


def test_a_route_that_an_output_explains_is_no_flow() -> None:
    router = NodeData(
        id="n",
        type="smart_router",
        spec={"rules": [{"id": "r", "route": "order"}]},
        connections=(Connection(output="order", target="m"),),
    )
    assert renamed(router) == router.spec


def test_calls_say_how_a_flow_hands_over() -> None:
    flow = FlowData(
        id="x",
        nodes=(
            node("sub_flow", flow_ref="sales/pay"),
            NodeData(id="h", type="handoff", spec={"target": {"flow": "bake", "domain": "baking"}}),
        ),
        extra={"agent_group": {"members": ["order"]}},
    )
    assert [(call.how, call.name, call.domain, call.node) for call in calls(flow)] == [
        ("sub_flow", "sales/pay", "", "n"),
        ("handoff", "bake", "baking", "h"),
        ("member", "order", "", ""),
    ]


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("specs/ui/a.yaml", {"data_source": "sales/order"}, {"data_source": "sales/note"}),
        ("specs/ui/a.yaml", {"used_by": ["order"]}, {"used_by": ["order"]}),
        ("specs/ui/a.yaml", {"navigate": "sales/order"}, {"navigate": "sales/order"}),
        ("specs/schemas/a.yaml", {"used_by": ["order"]}, {"used_by": ["note"]}),
        (
            "specs/infrastructure.yaml",
            {"queues": [{"consumer_flows": ["sales/order", "baking/bake"]}]},
            {"queues": [{"consumer_flows": ["sales/note", "baking/bake"]}]},
        ),
        (
            "specs/architecture.yaml",
            {"security": {"rate_limiting": {"per_endpoint": {"order": "5/minute"}}}},
            {"security": {"rate_limiting": {"per_endpoint": {"note": "5/minute"}}}},
        ),
        (".ddd/mapping.yaml", {"flows": {"order": {}}}, {"flows": {"note": {}}}),
        ("specs/shared/a.yaml", {"description": "about sales/order"}, None),
    ],
)
def test_other_files_name_flows_in_their_own_places(
    path: str, before: dict[str, Any], after: dict[str, Any] | None
) -> None:
    names = file_names(path, before, KNOWN)
    assert rename_in_data(before, names, TO_NOTE, "") == (after or before)


def test_an_id_that_two_domains_have_is_not_guessed() -> None:
    data = {"used_by": ["pay"]}
    renaming = Renaming(KNOWN, flows={"sales/pay": "sales/settle"})
    names = file_names("specs/schemas/a.yaml", data, KNOWN)
    assert rename_in_data(data, names, renaming, "") is data


def test_a_consumer_names_the_source_in_either_way() -> None:
    data = {
        "consumes_events": [
            {"event": "a", "from_flow": "sales/order", "handled_by_flow": "pay"},
            {"event": "b", "from_flow": "order", "from_domain": "sales"},
            {"event": "c", "from_domain": "sales"},
        ]
    }
    names = list(file_names("specs/domains/baking/domain.yaml", data, KNOWN, "baking"))
    assert rename_in_data(data, names, TO_BAKING, "baking") == {
        "consumes_events": [
            {"event": "a", "from_flow": "baking/order", "handled_by_flow": "pay"},
            {"event": "b", "from_flow": "order", "from_domain": "baking"},
            {"event": "c", "from_domain": "sales"},
        ]
    }


def test_keys_keep_their_order_when_they_are_renamed() -> None:
    data = {"system_layout": {"domains": {"baking": {"x": 1}, "sales": {"x": 2}, "van": {"x": 3}}}}
    names = file_names("specs/system-layout.yaml", data, KNOWN)
    after = rename_in_data(data, names, TO_SHOP, "")
    assert list(after["system_layout"]["domains"]) == ["baking", "shop", "van"]
