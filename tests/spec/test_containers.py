"""Nodes inside loops, parallels and groups."""

from __future__ import annotations

import pytest

from ddd_lab.spec.edit.containers import Container, carried, containers, put_into, take_out
from ddd_lab.spec.edit.nodes import EditError, remove_nodes, set_value
from ddd_lab.spec.models.base import Position
from ddd_lab.spec.models.flow import FlowData
from tests.spec.flows import flow, node


def nested() -> FlowData:
    start = flow(
        node("outer", "loop"),
        node("inner", "parallel"),
        node("step", "process").model_copy(update={"position": Position(50, 60)}),
        node("free", "process"),
        trigger={"type": "http"},
    )
    return put_into(put_into(start, ["inner"], "outer"), ["step"], "inner")


def test_containers_are_listed_outermost_first_with_what_lies_directly_inside() -> None:
    assert containers(nested()) == (
        Container(id="outer", children=("inner",), depth=0),
        Container(id="inner", children=("step",), depth=1),
    )


def test_putting_a_node_inside_leaves_it_where_it_lies() -> None:
    assert nested().by_id["step"].position == Position(50, 60)


def test_taken_out_a_node_lies_in_the_container_around() -> None:
    once = take_out(nested(), ["step"])
    assert once.by_id["step"].parent == "outer"
    assert take_out(once, ["step"]).by_id["step"].parent is None
    with pytest.raises(EditError, match="not in a container"):
        take_out(nested(), ["free"])


def test_nothing_lies_inside_itself_however_it_is_asked_for() -> None:
    with pytest.raises(EditError, match="lies inside it"):
        put_into(nested(), ["outer"], "inner")
    with pytest.raises(EditError, match="lies inside it"):
        put_into(nested(), ["outer"], "outer")
    with pytest.raises(EditError, match="lies inside it"):
        set_value(nested(), "outer", ("parent",), "inner")


def test_only_containers_hold_nodes_and_the_trigger_stays_outside() -> None:
    with pytest.raises(EditError, match="is a process"):
        put_into(nested(), ["free"], "step")
    with pytest.raises(EditError, match="trigger"):
        put_into(nested(), ["trigger"], "outer")


def test_removing_a_container_frees_what_lies_in_it() -> None:
    assert remove_nodes(nested(), ["inner"]).by_id["step"].parent is None


def test_what_lies_inside_moves_along() -> None:
    start = nested()
    moved = start.by_id["outer"].model_copy(update={"position": Position(0, 0)})
    start = start.model_copy(update={"nodes": (moved, *start.nodes[1:])})
    assert carried(start, {"outer": (10, -5)}) == {"outer": (10, -5), "step": (60, 55)}


def test_parents_in_a_circle_count_as_none() -> None:
    start = flow(
        node("a", "loop").model_copy(update={"parent": "b"}),
        node("b", "loop").model_copy(update={"parent": "a"}),
        node("c", "process").model_copy(update={"parent": "nobody"}),
    )
    assert containers(start) == ()
