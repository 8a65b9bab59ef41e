import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given

from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.maps import sheet
from ddd_lab.spec.models.flow import FlowData
from tests.maps.designs import at, by, flow, node, overlaps
from tests.maps.random_designs import flows


def test_a_node_says_its_type_label_essence_and_ports() -> None:
    step = node(
        "save",
        "data_store",
        "success:done",
        label="Save user",
        spec={"operation": "create", "model": "User"},
    )
    found = by(sheet(flow(step, node("done", "terminal")))["nodes"])

    assert found["save"]["title"] == "Save user"
    assert found["save"]["summary"] == "create User"
    assert found["save"]["type_title"] == "Data store"
    assert found["save"]["connections"] == {"success": ["done"]}
    assert [port["name"] for port in found["save"]["outputs"]] == ["success", "failure"]
    assert (found["done"]["shape"], found["done"]["outputs"]) == ("terminal", [])


def test_the_trigger_says_what_starts_the_flow_and_stays() -> None:
    found = by(sheet(flow(node("a")))["nodes"])["trigger"]

    assert found["summary"] == "POST /sign-up"
    assert (found["fixed"], found["has_input"]) == (True, False)


def test_a_bare_trigger_leads_to_the_first_node_by_an_implicit_edge() -> None:
    (edge,) = sheet(flow(node("a")))["edges"]

    assert (edge["source"], edge["target"], edge["implicit"]) == ("trigger", "a", True)


def test_edges_carry_the_outcome_at_their_source_and_nothing_for_next() -> None:
    found = sheet(
        flow(
            node("ok", "decision", "true:b", "false:c"),
            node("b", "process", "c"),
            node("c", "terminal"),
        )
    )
    labels = {(edge["source"], edge["target"]): edge["label"] for edge in found["edges"]}

    assert labels["ok", "b"] == "true"
    assert labels["b", "c"] == ""


def test_a_target_that_does_not_exist_gets_one_stand_in_near_its_source() -> None:
    found = sheet(
        flow(
            node("a", "decision", "true:gone", "false:b", position=at(100, 100)),
            node("b", "process", "gone", position=at(400, 300)),
        )
    )
    (missing,) = found["missing"]

    assert missing["id"] == "gone"
    assert missing["sources"] == ["a", "b"]
    assert [edge["dangling"] for edge in found["edges"]] == [False, True, False, True]
    assert abs(missing["position"]["x"] - 100) < 600
    assert not overlaps([*found["nodes"], *found["missing"]])


def test_a_type_that_nobody_knows_is_drawn_with_its_outputs() -> None:
    found = by(sheet(flow(node("x", "quantum_leap", "landed:y"), node("y", "terminal")))["nodes"])[
        "x"
    ]

    assert (found["known"], found["category"]) == (False, "unknown")
    assert found["type_title"] == "Quantum leap"
    assert [port["name"] for port in found["outputs"]] == ["landed"]


def test_positions_of_the_file_hold_and_only_they_count_as_placed() -> None:
    found = by(sheet(flow(node("a", "process", "b", position=at(10, 20)), node("b")))["nodes"])

    assert (found["a"]["position"], found["a"]["placed"]) == ({"x": 10, "y": 20}, True)
    assert (found["b"]["placed"], found["trigger"]["placed"]) == (False, False)


@pytest.mark.parametrize("spot", [(0, 0), (50, 70)])
def test_a_file_that_heaps_all_nodes_on_one_point_opens_laid_out(spot: tuple[float, float]) -> None:
    found = sheet(
        flow(*(node(f"n{i}", "process", f"n{i + 1}", position=at(*spot)) for i in range(5)))
    )

    assert not overlaps([*found["nodes"], *found["missing"]])
    assert not any(card["placed"] for card in found["nodes"])


def test_nodes_dropped_on_the_origin_are_spread_while_placed_ones_stay() -> None:
    heap = [node(f"n{i}", position=at(0, 0)) for i in range(4)]
    found = by(sheet(flow(node("a", "process", "n0", position=at(40, 30)), *heap))["nodes"])

    assert found["a"]["position"] == {"x": 40, "y": 30}
    assert not overlaps(list(found.values()))


def test_positions_that_are_no_numbers_count_as_none() -> None:
    nan = float("nan")
    found = by(
        sheet(flow(node("a", position=at(nan, 1)), node("b", position=at(1e300, 0))))["nodes"]
    )

    assert not any(card["placed"] for card in found.values())
    json.dumps(list(found.values()), allow_nan=False)


def test_agent_sheets_stand_upright_and_others_lie() -> None:
    steps = (node("a", "process", "b"), node("b", "terminal"))

    assert sheet(flow(*steps))["direction"] == "right"
    assert sheet(flow(*steps, type="agent"))["direction"] == "down"


def test_the_agent_block_shows_its_model_prompt_cycle_tools_and_memory() -> None:
    loop = node(
        "loop",
        "agent_loop",
        spec={"config": {"$ref": "#/agent_config"}, "tools": {"$ref": "#/tools"}},
    )
    extra = {
        "agent_config": {"model": "some-model", "system_prompt": "Be kind.\nAnswer."},
        "tools": [{"id": "look", "name": "look_up"}, {"id": "reply", "is_terminal": True}],
        "memory": [{"name": "talk", "type": "conversation_history"}],
    }
    card = by(sheet(flow(loop, type="agent", extra=extra))["nodes"])["loop"]
    parts = {part["title"]: part["items"] for part in card["details"]}

    assert [item["text"] for item in parts["model"]] == ["some-model"]
    assert [item["text"] for item in parts["prompt"]] == ["Be kind. Answer."]
    assert [(item["text"], item["mark"]) for item in parts["tools"]] == [
        ("look_up", ""),
        ("reply", "■"),
    ]
    assert [item["text"] for item in parts["memory"]] == ["talk"]
    assert parts["loop"][0]["text"] == "reason"


def test_a_card_grows_with_its_ports_so_that_their_labels_stay_apart() -> None:
    options = [{"id": f"option{i}", "label": f"Option {i}"} for i in range(8)]
    found = by(
        sheet(flow(node("gate", "human_gate", spec={"approval_options": options})))["nodes"]
    )["gate"]
    offsets = [port["offset"] for port in found["outputs"]]

    assert len(offsets) >= 8
    assert min(b - a for a, b in pairwise(offsets)) >= 16
    assert offsets[-1] < found["height"]


@given(flows())
def test_any_flow_has_a_sheet_that_is_plain_data_and_the_same_every_time(
    any_flow: FlowData,
) -> None:
    found = sheet(any_flow)

    assert json.dumps(found, sort_keys=True) == json.dumps(sheet(any_flow), sort_keys=True)
    cards = [*found["nodes"], *found["missing"]]
    ids = [card["id"] for card in cards]
    assert len(ids) == len(set(ids))
    assert {edge["target"] for edge in found["edges"]} <= set(ids)
    loose = {card["id"] for card in cards if not card["placed"]}
    assert not [pair for pair in overlaps(cards) if loose & set(pair)]
    for edge in found["edges"]:
        ports = {port["name"] for port in by(cards)[edge["source"]]["outputs"]}
        assert edge["output"] in ports


@pytest.mark.parametrize("project", ["nexus", "todo-app", "obligo"])
def test_every_edge_of_real_flows_starts_at_a_port(corpus: Path, project: str) -> None:
    design = Workspace(corpus / project).design
    for key in design.flows:
        found = sheet(design.flows[key], key)
        ports = {(card["id"], port["name"]) for card in found["nodes"] for port in card["outputs"]}
        assert {(edge["source"], edge["output"]) for edge in found["edges"]} <= ports
        loose = {card["id"] for card in [*found["nodes"], *found["missing"]] if not card["placed"]}
        pairs = overlaps([*found["nodes"], *found["missing"]])
        assert not [pair for pair in pairs if loose & set(pair)], key
