import re
from typing import Any

import pytest

from ddd_lab.maps import sheet, sheet_mermaid, sheet_svg
from ddd_lab.maps.data import Sheet
from ddd_lab.maps.layout import Rect
from ddd_lab.maps.svg.drawing import Boundary
from ddd_lab.maps.svg.frames import words_svg
from ddd_lab.maps.svg.theme import THEMES
from ddd_lab.spec.models.flow import FlowData
from tests.maps.designs import Card, at, by, flow, node, overlaps

TEAM = {
    "id": "team",
    "name": "Help team",
    "members": [{"flow": "a", "domain": "help"}, {"flow": "b"}],
    "shared_memory": [{"name": "talk", "type": "conversation_history", "access": "read_only"}],
    "coordination": {"communication": "via_orchestrator"},
    "metrics": {"track": ["answered"]},
}


def team(**places: tuple[float, float]) -> FlowData:
    def where(id_: str) -> dict[str, Any]:
        return {"position": at(*places[id_])} if id_ in places else {}

    return flow(
        node("guard", "guardrail", "pass:router", "block:no", **where("guard")),
        node("router", "smart_router", "lead:lead", "pass_on:pass_on", **where("router")),
        node("pass_on", "handoff", "complete:lead", "failure:no", **where("pass_on")),
        node("lead", "orchestrator", "resolved:yes", "escalated:gate", **where("lead")),
        node("gate", "human_gate", "approve:yes", **where("gate")),
        node("yes", "terminal", **where("yes")),
        node("no", "terminal", **where("no")),
        type="agent",
        extra={"agent_group": TEAM},
    )


def inside(frame: Card, card: Card) -> bool:
    x, y = card["position"]["x"], card["position"]["y"]
    return bool(
        frame["x"] <= x
        and frame["y"] <= y
        and x + card["width"] <= frame["x"] + frame["width"]
        and y + card["height"] <= frame["y"] + frame["height"]
    )


def within(frame: Card, found: Sheet) -> set[str]:
    return {card["id"] for card in found["nodes"] if inside(frame, card)}


@pytest.mark.covers("T10.4", "T10.5", "S04.14", "S04.15")
def test_a_team_has_a_boundary_around_its_agents_and_nobody_else() -> None:
    found = sheet(team(), "help/desk")
    (group,) = found["groups"]

    assert group["name"] == "Help team"
    assert group["members"] == ["help/a", "help/b"]
    assert group["around"] == ["router", "pass_on", "lead"]
    assert within(group, found) == {"router", "pass_on", "lead"}
    assert group["communication"] == "via_orchestrator"
    assert group["memory"][0]["name"] == "talk"
    assert group["metrics"] == ["answered"]
    assert not overlaps(found["nodes"])


def test_a_boundary_leaves_out_whom_it_cannot_reach_without_taking_in_others() -> None:
    found = sheet(
        team(
            guard=(300, 0),
            router=(300, 300),
            lead=(300, 700),
            pass_on=(900, 700),
            no=(700, 500),
            gate=(300, 1200),
            yes=(300, 1500),
        )
    )
    (group,) = found["groups"]

    assert group["around"] == ["router", "lead"]
    assert within(group, found) == {"router", "lead"}


@pytest.mark.covers("T10.4", "T10.5", "S04.14")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_shows_the_boundary_with_its_memory_along_the_bottom(theme: str) -> None:
    text = sheet_svg(sheet(team()), theme=theme)

    assert "⊛ Help team · 2 agents · via orchestrator" in text
    assert "◈ talk (read only)" in text
    assert "measures answered" in text
    assert 'stroke-dasharray="8 5"' in text


def test_the_words_of_a_boundary_stand_where_no_wire_crosses() -> None:
    frame = Boundary("Team", Rect(0, 0, 600, 300), "measures answers", ("◈ talk",))
    down = Rect(60, 100, 60, 400)
    drawn = words_svg(frame, [down], THEMES["light"])
    left = {words: float(x) for x, words in re.findall(r'<text x="([\d.]+)"[^>]*>([^<]+)<', drawn)}

    assert left["Team"] == 14
    assert left["◈ talk"] > 60
    assert left["measures answers"] > left["◈ talk"]


def test_a_group_node_without_children_says_everything_on_its_own_card() -> None:
    found = sheet(flow(node("team", "agent_group", spec=TEAM), type="agent"))
    (group,) = found["groups"]

    assert (group["node"], group["around"], group["x"]) == ("team", [], None)
    assert "◈ talk" in sheet_svg(found)


def test_children_of_a_container_lie_inside_its_frame() -> None:
    found = sheet(
        flow(
            node("each", "loop", "body:save", "done:end"),
            node("save", "data_store", "success:each", parent="each"),
            node("tell", "event", parent="each"),
            node("end", "terminal"),
        )
    )
    (frame,) = found["containers"]

    assert (frame["id"], frame["kind"], frame["derived"]) == ("each", "loop", False)
    assert frame["children"] == ["save", "tell"]
    assert within(frame, found) == {"each", "save", "tell"}


def test_a_container_in_a_container_has_its_frame_inside() -> None:
    found = sheet(
        flow(
            node("outer", "parallel", "a:inner", "done:end"),
            node("inner", "loop", "body:step", parent="outer"),
            node("step", "process", parent="inner"),
            node("end", "terminal"),
        )
    )
    outer, inner = (by(found["containers"])[id_] for id_ in ("outer", "inner"))

    assert outer["children"] == ["inner"]
    assert outer["x"] < inner["x"]
    assert inner["x"] + inner["width"] < outer["x"] + outer["width"]
    assert within(outer, found) == {"outer", "inner", "step"}


def test_placed_children_keep_their_places_and_the_frame_goes_around_them() -> None:
    found = sheet(
        flow(
            node("each", "loop", "body:save", position=at(0, 0)),
            node("save", "process", parent="each", position=at(400, 300)),
        )
    )
    (frame,) = found["containers"]

    assert by(found["nodes"])["save"]["position"] == {"x": 400, "y": 300}
    assert within(frame, found) == {"each", "save"}


def test_the_body_of_a_loop_is_worked_out_from_its_lines() -> None:
    found = sheet(
        flow(
            node("each", "loop", "body:fetch", "done:end"),
            node("fetch", "service_call", "success:save", "failure:failed"),
            node("save", "data_store", "success:each"),
            node("end", "terminal"),
            node("failed", "terminal"),
        )
    )
    (frame,) = found["containers"]

    assert (frame["derived"], frame["children"]) == (True, ["fetch", "save"])
    assert within(frame, found) == {"each", "fetch", "save"}


def test_a_body_among_other_cards_gets_no_frame() -> None:
    found = sheet(
        flow(
            node("each", "loop", "body:step", "done:end", position=at(0, 0)),
            node("step", "process", "each", position=at(800, 0)),
            node("end", "terminal", position=at(400, 0)),
        )
    )

    assert found["containers"] == []


def test_loops_inside_loops_have_bodies_inside_bodies() -> None:
    found = sheet(
        flow(
            node("outer", "loop", "body:inner", "done:end"),
            node("inner", "loop", "body:step", "done:outer"),
            node("step", "process", "inner"),
            node("end", "terminal"),
        )
    )
    frames = by(found["containers"])

    assert frames["outer"]["children"] == ["inner"]
    assert within(frames["outer"], found) == {"outer", "inner", "step"}
    assert within(frames["inner"], found) == {"inner", "step"}


def test_mermaid_draws_frames_as_subgraphs_one_in_the_other() -> None:
    text = sheet_mermaid(
        sheet(
            flow(
                node("outer", "parallel", "a:inner", label="Both"),
                node("inner", "loop", "body:step", parent="outer", label="Both"),
                node("step", "process", parent="inner"),
            )
        )
    )
    ids = [line.split()[1] for line in text.splitlines() if line.strip().startswith("subgraph")]

    assert len(ids) == len(set(ids)) == 2
    assert text.count("\n    end\n") == text.count("\n  end\n") == 1
    assert "Help team" in sheet_mermaid(sheet(team()))


def test_parents_in_a_circle_or_out_of_nowhere_are_no_containers() -> None:
    found = sheet(
        flow(
            node("a", "loop", parent="b"),
            node("b", "loop", parent="a"),
            node("c", "process", parent="gone"),
        )
    )

    assert found["containers"] == []


def test_notes_lie_where_they_were_put_and_the_others_below() -> None:
    notes = [
        {"id": "n1", "text": "Ask Ada\nabout this", "position": {"x": -400, "y": 20}},
        {"id": "n2", "text": "Later"},
    ]
    found = sheet(flow(node("a"), extra={"notes": notes}))
    first, second = found["notes"]
    lowest = max(card["position"]["y"] + card["height"] for card in found["nodes"])

    assert (first["x"], first["y"], first["placed"]) == (-400, 20, True)
    assert (second["text"], second["placed"]) == ("Later", False)
    assert second["y"] > lowest
    assert "about this" in sheet_svg(found)
