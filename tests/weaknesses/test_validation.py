"""W17 and W18: checking never gives up, and what we make ourselves passes it."""

from __future__ import annotations

import pytest

from ddd_lab.project import Project
from ddd_lab.spec.templates import templates
from tests.canvas.shop import TRACK_ORDER_FILE
from tests.weaknesses.conftest import Shop

ROUTES = """\
flow: {id: track-order, name: Track order, domain: orders}
trigger: {type: http, method: GET, path: /track}
nodes:
  - id: pick
    type: smart_router
    spec:
      rules: [{id: money, condition: $.a, route: end, priority: 1}]
      llm_routing: {enabled: true, model: claude-sonnet-4-5-20250929, routes: [end, money]}
      fallback_chain: [end]
    connections: {money: end}
  - {id: end, type: terminal, spec: {status: 200}}
"""


@pytest.mark.parametrize("ref", ["7", "[a, b]", "{flow: x}", "null", "true"])
def test_w17_a_reference_of_any_kind_is_judged_and_never_fatal(shop: Shop, ref: str) -> None:
    text = "flow: {id: track-order, name: T, domain: orders}\nnodes:\n"
    text += f"  - {{id: call, type: sub_flow, spec: {{flow_ref: {ref}}}}}\n"
    project = shop("orders", **{TRACK_ORDER_FILE: text}).project

    rules = {problem.rule for problem in project.problems if "track-order" in problem.path}
    assert rules
    assert "internal.rule-failed" not in rules


@pytest.mark.parametrize("template", templates())
def test_w18_what_a_template_makes_passes_every_check(shop: Shop, template: str) -> None:
    screen = shop("billing")
    before = {str(problem) for problem in screen.project.problems}

    screen.ask("new_flow", name="", domain="billing", template=template)
    new = [p for p in screen.project.problems if str(p) not in before]
    assert [str(p) for p in new if p.severity == "error"] == []
    screen.ask("save")
    with Project(screen.project.root, watch=False) as again:
        after = [str(p) for p in again.problems if p.severity == "error"]
        assert sorted(set(after) - before) == []


def test_w18_routes_of_a_language_model_may_be_a_list(shop: Shop) -> None:
    screen = shop("orders/track-order", **{TRACK_ORDER_FILE: ROUTES})

    names = [port["name"] for port in screen.cards["pick"]["outputs"]]
    assert not {"0", "1"} & set(names)
    assert "money" in names


def test_w18_events_written_as_plain_words_are_understood(shop: Shop) -> None:
    text = "domain:\n  name: billing\n  publishes_events: [bill.paid]\n"
    other = "domain:\n  name: orders\n  consumes_events: [bill.paid]\n"
    screen = shop(
        "",
        **{
            "specs/domains/billing/domain.yaml": text,
            "specs/domains/orders/domain.yaml": other,
        },
    )

    lines = {(link["source"], link["target"]): link["events"] for link in screen.board["links"]}
    assert lines["billing", "orders"] == ["bill.paid"]
