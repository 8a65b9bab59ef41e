"""W17 and W18: checking never gives up, and what we make ourselves passes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddd_lab.project import Project
from ddd_lab.spec.templates import templates
from tests.canvas.shop import PLACE_ORDER_FILE, TRACK_ORDER_FILE, write_shop
from tests.cli.program import SAMPLE, ddd_lab
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


def test_w17_a_chain_of_any_length_is_checked(shop: Shop) -> None:
    count = 9000
    text = "flow: {id: track-order, name: T, domain: orders}\n"
    text += "trigger: {type: http, method: GET, path: /t}\nnodes:\n"
    step = "- {{id: n{0}, type: process, spec: {{description: d}}, connections: {{next: n{1}}}}}\n"
    text += "".join(step.format(i, i + 1) for i in range(count))
    text += f"- {{id: n{count}, type: terminal, spec: {{status: 200}}}}\n"
    project = shop("orders", **{TRACK_ORDER_FILE: text}).project

    errors = [p for p in project.problems if p.severity == "error" and "track-order" in p.path]
    assert errors == []


def test_w17_a_file_that_cannot_be_read_counts_as_an_error_everywhere(tmp_path: Path) -> None:
    root = write_shop(tmp_path, **{PLACE_ORDER_FILE: "flow: [\n"})
    with Project(root, watch=False) as project:
        (found,) = [p for p in project.problems if p.path == PLACE_ORDER_FILE]
        assert found.severity == "error"
    assert ddd_lab("check", root).returncode == 1


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


def test_w18_our_sample_design_has_no_error_and_events_that_maps_draw() -> None:
    with Project(SAMPLE, watch=False) as project:
        assert [p for p in project.problems if p.severity == "error"] == []
        assert project.system_map()["event_arrows"]


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
