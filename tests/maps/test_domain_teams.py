from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.maps import domain_map, mermaid, svg
from ddd_lab.maps.data import Team
from ddd_lab.maps.layout import Rect
from ddd_lab.spec.models.flow import FlowData
from tests.design_data import DesignData
from tests.maps.designs import by, design, domain, flow, node, overlaps

AGENTS = [
    {"id": "bills", "flow": "bills", "priority": 1},
    {"id": "tech", "flow": "tech", "priority": 2},
]


def desk(**leader: Any) -> FlowData:
    return flow(
        node("lead", "orchestrator", spec={"strategy": "supervisor", "agents": AGENTS, **leader}),
        node(
            "who",
            "smart_router",
            spec={
                "rules": [{"id": "invoice", "route": "bills"}],
                "fallback_chain": ["tech"],
                "policies": {"circuit_breaker": {"enabled": True, "failure_threshold": 3}},
                "ab_testing": {"experiments": [{"route": "tech", "percentage": 20}]},
            },
        ),
        node(
            "ask",
            "handoff",
            spec={"mode": "consult", "source": {"flow": "bills"}, "target": {"flow": "tech"}},
        ),
        node("pass", "handoff", spec={"mode": "transfer", "target": {"flow": "bills"}}),
        node(
            "gate",
            "human_gate",
            label="Duty officer",
            spec={"approval_options": [{"id": "take", "label": "Take over"}]},
        ),
        id_="desk",
        type="agent",
        extra={
            "agent_group": {
                "name": "Help team",
                "members": [{"flow": "bills"}, {"flow": "tech"}],
                "shared_memory": [{"name": "talk"}],
                "coordination": {"communication": "via_orchestrator"},
                "metrics": {"track": ["answered"]},
            }
        },
    )


def helpdesk(**leader: Any) -> DesignData:
    help_ = domain("help", "desk:agent", "bills:agent", "tech:agent", "form")
    flows = {
        "help/desk": desk(**leader),
        "help/bills": flow(id_="bills", type="agent"),
        "help/tech": flow(id_="tech", type="agent"),
        "help/form": flow(id_="form"),
    }
    return design(help_, flows=flows)


def links(found: Mapping[str, Any], kind: str) -> list[tuple[str, str, str]]:
    return [
        (link["source"], link["target"], link["via"])
        for link in found["links"]
        if link["kind"] == kind
    ]


@pytest.mark.covers("T11.1", "S04.19")
def test_agent_flows_wear_a_badge_and_others_do_not() -> None:
    found = by(domain_map(helpdesk(), "help")["flows"])

    marks = {id_: [badge["kind"] for badge in card["badges"]] for id_, card in found.items()}
    assert marks == {
        "desk": ["team", "breaker", "experiment"],
        "bills": ["agent"],
        "tech": ["agent"],
        "form": [],
    }
    assert found["bills"]["badges"][0]["text"] == "▣⊛"
    assert "3 failures" in found["desk"]["badges"][1]["title"]
    assert "20 % to tech" in found["desk"]["badges"][2]["title"]


def test_a_team_that_makes_one_answer_of_many_says_so() -> None:
    whole = helpdesk(strategy="consensus", result_merge={"strategy": "best_of"})
    badges = by(domain_map(whole, "help")["flows"])["desk"]["badges"]

    (merge,) = [badge for badge in badges if badge["kind"] == "merge"]
    assert merge["text"] == "⋈ consensus"
    assert "best of" in merge["title"]


@pytest.mark.covers("T11.2", "S04.16")
def test_supervisor_arrows_lead_from_the_leader_to_every_agent() -> None:
    assert links(domain_map(helpdesk(), "help"), "orchestrator") == [
        ("flow:desk", "flow:bills", "supervisor"),
        ("flow:desk", "flow:tech", "supervisor"),
    ]
    assert "⊛ supervises" in svg(helpdesk(), "help")


@pytest.mark.covers("T11.3", "S04.17")
def test_handoff_arrows_lead_between_the_agents_with_their_mode() -> None:
    found = domain_map(helpdesk(), "help")

    assert links(found, "handoff") == [
        ("flow:bills", "flow:tech", "consult"),
        ("flow:desk", "flow:bills", "transfer"),
    ]
    assert [link["both_ways"] for link in found["links"] if link["kind"] == "handoff"] == [
        True,
        False,
    ]
    text = svg(helpdesk(), "help")
    assert "⇄ consult" in text
    assert "⇄ transfer" in text


def test_routes_fallbacks_and_trials_lead_to_their_agents() -> None:
    found = domain_map(helpdesk(), "help")

    assert links(found, "route") == [("flow:desk", "flow:bills", "invoice")]
    assert links(found, "fallback") == [("flow:desk", "flow:tech", "fallback")]
    assert links(found, "experiment") == [("flow:desk", "flow:tech", "20 %")]


def frame_of(team: Team) -> Rect:
    x, y, width, height = team["x"], team["y"], team["width"], team["height"]
    assert x is not None
    assert y is not None
    assert width is not None
    assert height is not None
    return Rect(x, y, x + width, y + height)


@pytest.mark.covers("T11.4", "S04.18")
def test_a_team_has_a_boundary_around_its_flows_and_nobody_else() -> None:
    found = domain_map(helpdesk(), "help")
    (group,) = found["groups"]
    frame = frame_of(group)
    inside = {
        card["key"]
        for card in [*found["flows"], *found["gates"]]
        if frame.left <= card["position"]["x"] < frame.right
        and frame.top <= card["position"]["y"] < frame.bottom
    }

    assert inside == set(group["around"]) == {"flow:desk", "flow:bills", "flow:tech"}
    text = svg(helpdesk(), "help")
    assert "⊛ Help team · 2 agents · via orchestrator" in text
    assert "◈ talk" in text
    assert "measures answered" in text


def test_people_stand_outside_the_box_of_the_team_that_turns_to_them() -> None:
    found = domain_map(helpdesk(), "help")
    (gate,) = found["gates"]
    (group,) = found["groups"]

    assert (gate["title"], gate["options"], gate["flow"]) == ("Duty officer", ["Take over"], "desk")
    assert gate["position"]["x"] > frame_of(group).right
    assert not overlaps([*found["flows"], *found["gates"]])
    text = svg(helpdesk(), "help")
    assert "Duty officer" in text
    assert "escalates" in text
    assert "Duty officer" in mermaid(helpdesk(), "help")


def test_a_boundary_that_a_placed_stranger_stands_in_gives_a_member_up() -> None:
    places = {"desk": (0, 0), "bills": (400, 0), "form": (800, 0), "tech": (1200, 0)}
    layout = {"flows": {id_: {"x": x, "y": y} for id_, (x, y) in places.items()}}
    help_ = domain("help", "desk:agent", "bills:agent", "tech:agent", "form", layout=layout)
    whole = helpdesk()
    (group,) = domain_map(design(help_, flows=whole.flows), "help")["groups"]

    assert group["around"] == ["flow:desk", "flow:bills"]


def test_links_from_other_domains_come_in_through_a_portal() -> None:
    caller = flow(node("check", "sub_flow", spec={"flow_ref": "help/form"}), id_="order")
    shop = domain("shop", "order")
    whole = helpdesk()
    found = domain_map(
        design(*whole.domains.values(), shop, flows={**whole.flows, "shop/order": caller}), "help"
    )

    assert ("portal:shop", "flow:form", "") in links(found, "sub_flow")
    (portal,) = found["portals"]
    assert (portal["target_domain"], portal["direction"]) == ("shop", "in")


def project(folder: Path) -> Path:
    for domain_id, flow_id, step in (
        ("help", "form", "type: terminal"),
        ("shop", "order", "type: sub_flow\n    spec: {flow_ref: help/form}"),
    ):
        home = folder / "specs" / "domains" / domain_id
        (home / "flows").mkdir(parents=True)
        (home / "domain.yaml").write_text(f"domain:\n  name: {domain_id}\n", encoding="utf-8")
        (home / "flows" / f"{flow_id}.yaml").write_text(
            f"flow: {{id: {flow_id}, domain: {domain_id}}}\n"
            f"trigger: {{type: http, method: GET, path: /}}\n"
            f"nodes:\n  - id: step\n    {step}\n",
            encoding="utf-8",
        )
    return folder


def test_the_first_picture_of_a_domain_reads_no_flow_of_another(tmp_path: Path) -> None:
    workspace = Workspace(project(tmp_path))
    path = workspace.flow_path("shop/order")

    assert links(domain_map(workspace.design, "help"), "sub_flow") == []
    assert not workspace.is_read(path)
    assert workspace.design.flows["shop/order"].nodes
    assert links(domain_map(workspace.design, "help"), "sub_flow") != []


def test_an_exported_map_reads_everything_that_leads_to_the_domain(tmp_path: Path) -> None:
    workspace = Workspace(project(tmp_path))

    assert links(domain_map(workspace.design, "help", everything=True), "sub_flow") != []
    assert svg(workspace.design, "help") == svg(Workspace(tmp_path).design, "help")
    assert "shop" in svg(Workspace(tmp_path).design, "help")
