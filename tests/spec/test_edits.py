"""Edits of a flow: what they do, what they refuse, and the reason they give."""

from __future__ import annotations

import pytest

from ddd_lab.spec.edit.nodes import (
    EditError,
    add_node,
    connect,
    disconnect,
    move_nodes,
    remove_nodes,
    set_flow_value,
    set_value,
    unset_value,
)
from ddd_lab.spec.edit.rename import rename_node
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData


def node(id: str, type: str = "process", *targets: str, **spec: object) -> NodeData:
    lines = tuple(Connection(target=target) for target in targets)
    return NodeData(id=id, type=type, spec=spec, connections=lines)


def sample() -> FlowData:
    return FlowData(
        id="charge-card",
        trigger=NodeData(id="trigger", type="trigger", spec={"type": "http"}, connections=None),
        nodes=(
            node("charge", "process", "receipt", operation="charge", timeout=30),
            node("receipt", "terminal", status=201),
        ),
    )


def lines_of(flow: FlowData) -> list[tuple[str, str, str]]:
    return [(edge.source, edge.output, edge.target) for edge in flow.edges]


def test_a_new_node_gets_an_id_from_its_label_and_the_defaults_of_its_type() -> None:
    flow, made = add_node(sample(), "process", label="Send the Receipt!", position=(10, 20.5))
    assert made.id == "send_the_receipt"
    assert repr(made.position) == "Position(x=10, y=20.5)"
    assert "operation" in made.spec
    flow, again = add_node(flow, "process", label="Send the receipt")
    assert again.id == "send_the_receipt_2"
    assert [item.id for item in flow.nodes[-2:]] == ["send_the_receipt", "send_the_receipt_2"]


def test_files_with_handles_get_ids_with_dashes() -> None:
    _, made = add_node(sample().model_copy(update={"vocabulary": "handles"}), "data_store")
    assert made.id == "data-store"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"type": "proces"}, "no node type 'proces'"),
        ({"type": "trigger"}, "has a trigger already"),
        ({"type": "process", "id": "charge"}, "already a node 'charge'"),
        ({"type": "process", "id": "../../etc/passwd"}, "cannot be an id"),
        ({"type": "process", "id": ""}, "cannot be an id"),
        ({"type": "process", "parent": "nowhere"}, "no node 'nowhere'"),
        ({"type": "input", "spec": {"fields": 5}}, "fields of"),
        ({"type": "process", "position": ("left", 0)}, "'left' is not a coordinate"),
    ],
)
def test_a_node_that_cannot_be_is_refused_with_the_reason(
    arguments: dict[str, object], reason: str
) -> None:
    with pytest.raises(EditError, match=reason):
        add_node(sample(), **arguments)  # type: ignore[arg-type]  # wrong on purpose


def test_a_connection_takes_the_first_free_output_and_either_name_of_it() -> None:
    flow, _ = add_node(sample(), "data_store", id="store")
    flow = connect(flow, "store", "receipt")
    flow = connect(flow, "store", "charge")
    assert lines_of(flow)[-2:] == [("store", "success", "receipt"), ("store", "failure", "charge")]
    flow = disconnect(flow, "store", output="error")
    assert lines_of(flow)[-1] == ("store", "success", "receipt")
    assert lines_of(connect(flow, "store", "charge", output="error"))[-1][1] == "failure"


@pytest.mark.parametrize(
    ("source", "target", "output", "reason"),
    [
        ("charge", "nowhere", None, "no node 'nowhere'"),
        ("charge", "trigger", None, "starts the flow"),
        ("receipt", "charge", None, "no outputs"),
        ("charge", "receipt", "maybe", "no output 'maybe'; it has next"),
        ("charge", "receipt", None, "already leads to"),
    ],
)
def test_a_connection_that_cannot_be_is_refused_with_the_reason(
    source: str, target: str, output: str | None, reason: str
) -> None:
    with pytest.raises(EditError, match=reason):
        connect(sample(), source, target, output)


def test_the_line_of_a_bare_trigger_becomes_real_when_another_is_drawn() -> None:
    flow = sample()
    assert lines_of(flow)[0] == ("trigger", "next", "charge")
    assert flow.edges[0].implicit
    drawn = connect(flow, "trigger", "receipt")
    assert lines_of(drawn)[:2] == [("trigger", "next", "charge"), ("trigger", "next", "receipt")]
    cut = disconnect(drawn, "trigger", target="charge")
    assert lines_of(cut)[0] == ("trigger", "next", "receipt")
    assert lines_of(disconnect(flow, "trigger")) == [("charge", "next", "receipt")]


def test_removing_a_node_removes_the_lines_to_it_but_the_trigger_stays() -> None:
    assert lines_of(remove_nodes(sample(), ["receipt"])) == [("trigger", "next", "charge")]
    with pytest.raises(EditError, match="trigger cannot be deleted"):
        remove_nodes(sample(), ["trigger"])
    with pytest.raises(EditError, match="no node 'x'"):
        remove_nodes(sample(), ["receipt", "x"])


def test_children_lie_free_when_their_container_goes() -> None:
    flow, box = add_node(sample(), "loop", id="each")
    flow, child = add_node(flow, "process", id="inside", parent=box.id)
    assert child.parent == "each"
    assert remove_nodes(flow, ["each"]).by_id["inside"].parent is None


def test_settings_change_at_any_depth_and_keep_their_types() -> None:
    flow = set_value(sample(), "charge", ("spec", "retry", "max_attempts"), 3)
    flow = set_value(flow, "charge", ("spec", "my own key"), "010")
    flow = set_value(flow, "charge", ("log", "level"), "debug")
    changed = flow.by_id["charge"]
    assert changed.spec["retry"] == {"max_attempts": 3}
    assert changed.spec["my own key"] == "010"
    assert changed.extra == {"log": {"level": "debug"}}
    assert sample().by_id["charge"].extra == {}
    assert "timeout" not in unset_value(flow, "charge", ("spec", "timeout")).by_id["charge"].spec


@pytest.mark.parametrize(
    ("id", "path", "reason"),
    [
        ("trigger", ("name",), "name of 'trigger' cannot be set here; set its label"),
        ("charge", ("config", "x"), "config of 'charge' cannot be set here; set its spec"),
        ("trigger", ("retries",), "cannot be set here; set something of its spec"),
    ],
)
def test_a_key_that_files_read_as_something_else_is_refused(
    id: str, path: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(EditError, match=reason):
        set_value(sample(), id, path, "x")


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("spec", "operation"), ["a", "list"], "operation of 'charge'"),
        (("spec",), "text", "must be a map"),
        (("spec", "timeout", "deeper"), 1, "cannot be set"),
        (("label",), 5, "must be text"),
        (("id",), "x", "cannot be set here"),
        (("connections",), [], "cannot be set here"),
        ((), {}, "cannot be set here"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(
    path: tuple[str, ...], value: object, reason: str
) -> None:
    with pytest.raises(EditError, match=reason):
        set_value(sample(), "charge", path, value)


def test_what_was_wrong_already_does_not_stop_other_edits() -> None:
    broken = sample().model_copy(
        update={"nodes": (node("charge", "process", operation=["wrong"]),)}
    )
    assert set_value(broken, "charge", ("spec", "service"), "bank").by_id["charge"].spec == {
        "operation": ["wrong"],
        "service": "bank",
    }


@pytest.mark.parametrize("place", [(float("nan"), 0), (float("inf"), 0), (1e12, 0), ("1", 2)])
def test_a_place_that_is_no_place_is_refused(place: tuple[float, float]) -> None:
    with pytest.raises(EditError, match="not a coordinate"):
        move_nodes(sample(), {"charge": place})


def test_whole_coordinates_stay_whole_numbers() -> None:
    moved = move_nodes(sample(), {"charge": (120.0, 33.333333)}).by_id["charge"].position
    assert moved is not None
    assert [repr(value) for value in moved] == ["120", "33.33"]


def test_a_renamed_node_is_followed_by_everything_that_names_it() -> None:
    flow = FlowData(
        id="f",
        trigger=NodeData(id="t", type="trigger", connections=(Connection(target="a"),)),
        nodes=(
            node("a", "guardrail", "b", on_block={"connection": "b"}),
            NodeData(id="b", type="process", parent="a", spec={"fallback_chain": ["a", "b"]}),
        ),
    )
    renamed = rename_node(flow, "b", "bee")
    assert lines_of(renamed) == [("t", "next", "a"), ("a", "next", "bee")]
    assert renamed.by_id["a"].spec["on_block"] == {"connection": "bee"}
    assert renamed.by_id["bee"].spec == {"fallback_chain": ["a", "bee"]}
    assert rename_node(renamed, "a", "ay").by_id["bee"].parent == "ay"
    with pytest.raises(EditError, match="already a node 'a'"):
        rename_node(flow, "b", "a")


def test_the_flow_itself_can_be_described_but_not_gutted() -> None:
    flow = set_flow_value(sample(), ("description",), "Takes the money")
    flow = set_flow_value(flow, ("agent_config", "model"), "some-model")
    assert flow.description == "Takes the money"
    assert flow.extra == {"agent_config": {"model": "some-model"}}
    for path in [("nodes",), ("trigger",), ("id",), ()]:
        with pytest.raises(EditError, match="cannot be set here"):
            set_flow_value(flow, path, [])


def test_the_message_of_a_new_terminal_says_what_its_status_means_until_somebody_writes_one() -> (
    None
):
    def message(flow: FlowData) -> object:
        return flow.by_id["end_2"].spec["body"]["message"]

    flow, _ = add_node(sample(), "terminal", id="end_2")
    assert message(flow) == "Success"
    for status, meaning in (
        (422, "Unprocessable Content"),
        (500, "Internal Server Error"),
        (200, "OK"),
    ):
        flow = set_value(flow, "end_2", ("spec", "status"), status)
        assert message(flow) == meaning
    flow = set_value(flow, "end_2", ("spec", "body", "message"), "Try again")
    flow = set_value(flow, "end_2", ("spec", "status"), 503)
    assert message(flow) == "Try again"
