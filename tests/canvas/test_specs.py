"""Specs whose settings are kept at the top of the file, what fields offer, and quick fixes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ddd_lab.project import Project
from tests.canvas.screen import Screen, text_of
from tests.canvas.shop import (
    ANSWER_CUSTOMER,
    ANSWER_CUSTOMER_FILE,
    TRACK_ORDER,
    TRACK_ORDER_FILE,
    write_shop,
)

Look = Callable[..., Screen]
AT = "support/answer-customer"


@pytest.mark.covers("S03.8")
def test_settings_kept_at_the_top_of_the_file_are_shown_in_the_form(look: Look) -> None:
    seen = look(AT).ask("inspect", id="loop")
    spec = seen["data"]["spec"]
    assert spec["model"] == "claude-sonnet-4-5-20250929"
    assert [tool["id"] for tool in spec["tools"]] == ["find_order", "answer"]
    assert spec["config"] == {"$ref": "#/agent_config"}
    assert seen["kept"]["spec/model"] == "#/agent_config"
    assert seen["kept"]["spec/tools"] == "#/tools"


@pytest.mark.covers("T09.10", "T09.11", "S03.9")
def test_they_are_edited_where_they_live_and_nowhere_else(look: Look, shop: Project) -> None:
    screen = look(AT)
    screen.ask("set", id="loop", path=["spec", "max_iterations"], value=12)
    screen.ask("set", id="loop", path=["spec", "tools", 2], value={"id": "ask", "name": "ask"})
    screen.ask("move_item", id="loop", path=["spec", "tools", 2], to=0)
    screen.ask("save")
    saved = text_of(shop, ANSWER_CUSTOMER_FILE)
    assert "max_iterations: 12" in saved
    tools = shop.flows[AT].data.extra["tools"]
    assert [tool["id"] for tool in tools] == ["ask", "find_order", "answer"]
    nodes = ANSWER_CUSTOMER[ANSWER_CUSTOMER.index("nodes:") :]
    assert saved.endswith(nodes)

    screen.ask("unset", id="loop", path=["spec", "tools", 0])
    screen.ask("set", id="loop", path=["spec", "max_iterations"], value=8)
    screen.ask("save")
    assert text_of(shop, ANSWER_CUSTOMER_FILE) == ANSWER_CUSTOMER


@pytest.mark.covers("T09.12")
def test_checks_behind_a_reference_are_added(look: Look, shop: Project) -> None:
    screen = look(AT)
    screen.ask("set", id="check_in", path=["spec", "checks", 1], value={"type": "pii_detection"})
    checks = shop.flows[AT].data.extra["guardrails"]["input"]
    assert [check["type"] for check in checks] == ["prompt_injection", "pii_detection"]
    screen.ask("undo")
    assert len(shop.flows[AT].data.extra["guardrails"]["input"]) == 1


def test_an_item_of_a_node_without_references_is_moved_too(look: Look, shop: Project) -> None:
    screen = look(AT)
    id = screen.ask("add", type="human_gate", x=0, y=0)["id"]
    screen.ask("move_item", id=id, path=["spec", "approval_options", 1], to=0)
    options = shop.flows[AT].data.by_id[id].spec["approval_options"]
    assert [option["id"] for option in options] == ["reject", "approve"]
    assert "approval_options" in screen.refused(
        "move_item", id=id, path=["spec", "approval_options", 1], to=9
    )


def test_fields_are_offered_what_the_project_knows(look: Look) -> None:
    agent = look(AT).ask("inspect", id="loop")["suggestions"]
    assert "claude-sonnet-4-5-20250929" in agent["model"]
    assert "orders/place-order" in agent["flow"]
    call = look("orders/place-order").ask("inspect", id="charge")["suggestions"]
    assert "billing/charge-card" in call["flow"]
    assert "model" not in call
    event = look("billing/charge-card").ask("inspect", id="not_paid")["suggestions"]
    assert {"payment.failed", "order.placed"} <= set(event["event"])


# --- quick fixes ----------------------------------------------------------------------------------

MISSPELT = "orders/track-order"


@pytest.fixture
def faulty(tmp_path: Path) -> Iterator[Project]:
    """A shop with a word that is meant but not written as it should be."""
    misspelt = TRACK_ORDER.replace("operation: read", "operation: Read")
    files = {TRACK_ORDER_FILE: misspelt}
    with Project(write_shop(tmp_path / "faulty", **files), watch=False) as project:
        yield project


def test_a_problem_offers_what_would_mend_it_and_shows_the_lines(faulty: Project) -> None:
    screen = Screen(faulty, MISSPELT)
    screen.ask("problems")
    offered = screen.ask("fixes")["fixes"]
    assert offered
    keys = {problem["key"]: problem for problem in screen.problems}
    assert len(keys) == len(screen.problems)
    assert set(offered) <= set(keys)
    key, titles = next(
        (key, titles) for key, titles in offered.items() if "Read" in keys[key]["message"]
    )
    assert screen.ask("fixes", keys=[key]) == {"fixes": {key: titles}}

    shown = screen.ask("preview_fix", key=key, index=0)
    assert shown["title"] == titles[0]
    assert "-    spec: {operation: Read, model: Order}" in shown["diff"]
    assert "+    spec: {operation: read, model: Order}" in shown["diff"]
    assert screen.ask("fix", key=key, index=0)["title"] == titles[0]
    screen.ask("problems")
    assert key not in {problem["key"] for problem in screen.problems}
    assert "gone" in screen.refused("fix", key=key, index=0)
    screen.ask("undo")
    screen.ask("problems")
    assert key in {problem["key"] for problem in screen.problems}


def test_all_certain_fixes_are_one_step(faulty: Project) -> None:
    screen = Screen(faulty, MISSPELT)
    screen.ask("problems")
    before = faulty.dirty
    titles = screen.ask("fix_all")["titles"]
    assert titles
    screen.ask("undo")
    assert faulty.dirty == before
