"""Copying and pasting nodes as values."""

from __future__ import annotations

from typing import Any

import pytest

from ddd_lab.spec.edit.clipboard import MOST_NODES, Clip, copy_nodes, duplicate_nodes, paste_nodes
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.base import Position
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData
from tests.spec.flows import flow, node


def placed(item: NodeData, x: float, y: float) -> NodeData:
    return item.model_copy(update={"position": Position(x, y)})


def shop(**extra: Any) -> FlowData:
    return flow(
        placed(node("check", "input", valid="charge", invalid="reject"), 0, 0),
        placed(node("charge", "process", {"timeout": 30}, next="receipt"), 100, 0),
        placed(node("receipt", "terminal"), 200, 0),
        placed(node("reject", "terminal"), 200, 100),
        trigger={"type": "http"},
        **extra,
    )


def test_what_is_copied_keeps_the_connections_among_it_and_no_others() -> None:
    clip = copy_nodes(shop(), ["check", "charge"])
    assert [item.id for item in clip.nodes] == ["check", "charge"]
    assert clip.nodes[0].connections == (Connection(output="valid", target="charge"),)
    assert clip.nodes[1].connections == ()


def test_the_trigger_stays_behind() -> None:
    assert [item.id for item in copy_nodes(shop(), ["trigger", "reject"]).nodes] == ["reject"]
    with pytest.raises(EditError, match="nothing to copy"):
        copy_nodes(shop(), ["trigger"])


def test_pasting_into_an_empty_flow_keeps_ids_and_places() -> None:
    target = flow(trigger={"type": "http"})
    pasted, ids = paste_nodes(target, copy_nodes(shop(), ["check", "charge"]))
    assert ids == ("check", "charge")
    assert pasted.by_id["charge"].position == Position(100, 0)
    assert pasted.by_id["check"].connections == (Connection(output="valid", target="charge"),)


def test_taken_ids_are_renewed_and_followed_among_the_copies() -> None:
    start = flow(
        node("gate", "human_gate", {"timeout": {"fallback_connection": "gate_2"}}, ok="gate_2"),
        node("gate_2", "process", next="gate"),
    )
    pasted, ids = paste_nodes(start, copy_nodes(start, ["gate", "gate_2"]))
    assert ids == ("gate_3", "gate_4")
    gate, other = (pasted.by_id[id] for id in ids)
    assert gate.connections == (Connection(output="ok", target="gate_4"),)
    assert gate.spec == {"timeout": {"fallback_connection": "gate_4"}}
    assert other.connections == (Connection(output="next", target="gate_3"),)
    assert pasted.nodes[:2] == start.nodes


def test_a_copy_is_placed_beside_what_it_was_copied_from_however_often() -> None:
    start = shop()
    once, first = duplicate_nodes(start, ["charge", "receipt"])
    twice, second = duplicate_nodes(once, ["charge", "receipt"])
    assert first == ("charge_2", "receipt_2")
    assert second == ("charge_3", "receipt_3")
    assert once.by_id["charge_2"].position == Position(140, 40)
    assert twice.by_id["charge_3"].position == Position(180, 80)
    assert twice.by_id["receipt_3"].position == Position(280, 80)


def test_pasting_at_a_place_puts_the_top_left_corner_of_the_whole_there() -> None:
    clip = copy_nodes(shop(), ["receipt", "reject", "charge"])
    pasted, _ = paste_nodes(flow(), clip, at=(10, 20))
    assert pasted.by_id["charge"].position == Position(10, 20)
    assert pasted.by_id["reject"].position == Position(110, 120)


def test_nodes_without_places_stand_below_each_other_where_somebody_points() -> None:
    pasted, ids = paste_nodes(
        flow(), Clip(nodes=(node("a", "process"), node("b", "process"))), at=(5, 5)
    )
    first, second = (pasted.by_id[id].position for id in ids)
    assert first == Position(5, 5)
    assert second is not None
    assert second.x == 5
    assert second.y > 72


def test_a_child_keeps_its_container_only_when_that_comes_along() -> None:
    start = flow(
        node("loop", "loop"), node("inner", "process").model_copy(update={"parent": "loop"})
    )
    assert copy_nodes(start, ["inner"]).nodes[0].parent is None
    pasted, ids = paste_nodes(start, copy_nodes(start, ["loop", "inner"]))
    assert pasted.by_id[ids[1]].parent == "loop_2"


def test_outputs_are_named_as_the_flow_that_they_come_to_names_them() -> None:
    start = flow(node("store", "data_store", failure="end"), node("end", "terminal"))
    later = flow().model_copy(update={"vocabulary": "handles"})
    pasted, _ = paste_nodes(later, copy_nodes(start, ["store", "end"]))
    assert [edge.output for edge in pasted.edges] == ["error"]


def test_blocks_that_copies_refer_to_come_along() -> None:
    tools = [{"id": "look", "name": "look"}]
    start = flow(node("agent", "agent_loop", {"tools": {"$ref": "#/tools"}}), tools=tools)
    clip = copy_nodes(start, ["agent"])
    pasted, _ = paste_nodes(flow(), clip)
    assert pasted.extra == {"tools": tools}
    assert pasted.by_id["agent"].spec == {"tools": {"$ref": "#/tools"}}


def test_a_block_that_the_flow_has_otherwise_is_written_into_the_copy() -> None:
    tools = [{"id": "look", "name": "look"}]
    start = flow(node("agent", "agent_loop", {"tools": {"$ref": "#/tools"}}), tools=tools)
    target = flow(tools=[{"id": "other"}])
    pasted, ids = paste_nodes(target, copy_nodes(start, ["agent"]))
    assert pasted.extra == target.extra
    assert pasted.by_id[ids[0]].spec == {"tools": tools}


def test_settings_of_the_wrong_type_are_refused_when_pasted_but_not_when_duplicated() -> None:
    odd = flow(node("a", "llm_call", {"system_prompt": ["no", "text"]}))
    with pytest.raises(EditError, match="system_prompt"):
        paste_nodes(flow(), copy_nodes(odd, ["a"]))
    assert duplicate_nodes(odd, ["a"])[1] == ("a_2",)


def test_twins_and_heaps_are_refused() -> None:
    with pytest.raises(EditError, match="appears twice"):
        paste_nodes(flow(), Clip(nodes=(node("a", "process"), node("a", "process"))))
    many = tuple(node(f"n{index}", "process") for index in range(MOST_NODES + 1))
    with pytest.raises(EditError, match="too many"):
        paste_nodes(flow(), Clip(nodes=many))
    values = node("n", "process", {"inputs": {str(index): index for index in range(60_000)}})
    with pytest.raises(EditError, match="too much"):
        paste_nodes(flow(), Clip(nodes=(values,)))
