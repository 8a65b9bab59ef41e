"""Ids are there, unique, and safe to name files and references after."""

from __future__ import annotations

import pytest

from tests.checks.builders import end, fine, flow, node, quiet, shows

HERE = "orders/place-order"


def test_two_nodes_with_one_id_are_an_error() -> None:
    stand_in = node("charge~2", to="end").model_copy(update={"declared_id": "charge"})
    twice = flow(node("charge", to="end"), stand_in, end())
    says = "Give this one another id"
    shows("names.duplicate-id", twice, at=f"{HERE}#charge~2", path=("id",), says=says)
    same = flow(node("charge", to="end"), node("charge", to="end"), end())
    shows("names.duplicate-id", same, at=f"{HERE}#charge", path=("id",), says=says)
    quiet("names.duplicate-id", fine())


def test_a_node_without_an_id_is_an_error_and_a_trigger_without_one_is_not() -> None:
    bare = node("node~1", to="end").model_copy(update={"declared_id": ""})
    missing = flow(bare, end())
    says = "process node has no id"
    shows("names.missing-id", missing, at=f"{HERE}#node~1", path=("id",), says=says)
    start = node("trigger", "trigger", "end", event="HTTP GET /x")
    quiet("names.missing-id", flow(end(), start=start.model_copy(update={"declared_id": ""})))


@pytest.mark.parametrize("id", ["../../etc/passwd", "a/b", "a\\b", "a#b", "a\nb", "..", "a\x00"])
def test_an_id_that_leads_elsewhere_is_an_error(id: str) -> None:
    unsafe = flow(node(id, to="end"), end())
    shows("names.unsafe-id", unsafe, at=f"{HERE}#{id}", path=("id",), says="Use only letters")
    quiet("names.unusual-id", unsafe)


def test_a_flow_may_not_be_called_like_a_path_either() -> None:
    unsafe = fine(id="../place-order")
    at = "orders/../place-order"
    shows("names.unsafe-id", unsafe, at=at, path=("flow", "id"), says="id of a flow")


@pytest.mark.parametrize("id", ["validate_input", "human_gate-rv1wgate", "v1.2", "prüfen", "2nd"])
def test_ordinary_ids_are_fine(id: str) -> None:
    good = flow(node(id, to="end"), end())
    quiet("names.unsafe-id", good)
    quiet("names.unusual-id", good)


@pytest.mark.parametrize("id", ["charge card", "what?", "-x", "{id}"])
def test_unusual_characters_are_a_warning(id: str) -> None:
    odd = flow(node(id, to="end"), end())
    says = "put the rest into the label"
    shows("names.unusual-id", odd, at=f"{HERE}#{id}", path=("id",), says=says)
