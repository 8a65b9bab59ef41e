"""Undo, redo, save, and what happens when the disk has other plans."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import git
import pytest

from ddd_lab.project import Project
from ddd_lab.spec.catalogue import is_orchestration
from tests.canvas.screen import Screen, text_of
from tests.canvas.shop import (
    ANSWER_CUSTOMER,
    ANSWER_CUSTOMER_FILE,
    CHARGE_CARD_FILE,
    PLACE_ORDER,
    PLACE_ORDER_FILE,
)

Look = Callable[..., Screen]
AT = "orders/place-order"


def rename(screen: Screen, label: str, node: str = "placed") -> None:
    screen.ask("set", id=node, path=["label"], value=label)


def test_undo_and_redo_say_what_they_would_do(look: Look) -> None:
    screen = look(AT)
    assert (screen.board["status"]["undo"], screen.board["status"]["redo"]) == ("", "")
    rename(screen, "Sent")
    assert screen.board["status"]["undo"] == "set label of Order placed"
    screen.ask("undo")
    assert screen.cards["placed"]["title"] == "Order placed"
    assert screen.board["status"]["redo"] == "set label of Order placed"
    screen.ask("redo")
    assert screen.cards["placed"]["title"] == "Sent"


def test_undo_of_something_elsewhere_says_where(look: Look, shop: Project) -> None:
    screen = look(AT)
    shop.flows["billing/charge-card"].nodes["paid"].label = "Money is here"

    screen.ask("undo")

    assert screen.notices == ["Undone in billing/charge-card: set label of paid"]
    screen.ask("redo")
    assert screen.notices[-1].startswith("Redone in billing/charge-card")


def test_undo_of_something_here_needs_no_words(look: Look) -> None:
    screen = look(AT)
    rename(screen, "Sent")
    screen.ask("undo")
    assert screen.notices == []


@pytest.mark.covers("T12.1", "T12.4", "S05.1", "S05.5")
def test_saving_writes_exactly_the_changed_lines(
    look: Look, shop: Project, git_repo: Callable[[Path], git.Repo]
) -> None:
    repo = git_repo(shop.root)
    screen = look(AT)
    screen.ask("move", moves=[{"id": "placed", "x": 1300, "y": 60}])
    rename(screen, "Sold out", "refused")
    assert screen.state() == "unsaved"
    promised = screen.ask("preview")["diff"]

    assert screen.ask("save") == {"written": [PLACE_ORDER_FILE]}

    assert screen.state() == "saved"
    changed = [line for line in repo.git.diff("--unified=0").splitlines() if line[0] in "+-"][2:]
    assert changed == [
        "-    position: {x: 1240, y: 60}",
        "+    position: {x: 1300, y: 60}",
        "-    label: Order refused",
        "+    label: Sold out",
    ]
    assert [line for line in promised.splitlines() if line[0] in "+-"][2:] == changed


@pytest.mark.covers("T12.2", "T12.4", "S03.12")
def test_saving_an_agent_flow_keeps_all_that_makes_it_one(look: Look, shop: Project) -> None:
    screen = look("support/answer-customer")
    screen.ask("move", moves=[{"id": "loop", "x": 400, "y": 300}])
    screen.ask("set", id="", path=["agent_config", "max_iterations"], value=12)
    screen.ask("save")

    text = text_of(shop, ANSWER_CUSTOMER_FILE)
    expected = ANSWER_CUSTOMER.replace("max_iterations: 8", "max_iterations: 12")
    assert text.count("    position: {x: 400, y: 300}\n") == 1
    places = re.compile(r"(?m)^    position: .*\n|, position: \{[^}]*\}")
    assert places.sub("", text) == expected
    for block in ("agent_config:", "tools:", "memory:", "guardrails:"):
        assert f"\n{block}\n" in text


@pytest.mark.covers("T09.1", "S03.1")
def test_a_new_agent_flow_is_made_opened_and_saved_as_one(look: Look, shop: Project) -> None:
    screen = look("support")
    at = screen.ask("new_flow", name="Calm down", domain="support", type="agent")["at"]
    screen.ask("go", at=at)
    assert screen.board["direction"] == "down"
    assert "agent_loop" in {card["type"] for card in screen.cards.values()}
    screen.ask("save")

    with Project(shop.root, watch=False) as again:
        assert again.flows[at].data.is_agent
        assert not [p for p in again.problems if p.severity == "error" and at in p.where]
        listed = again.domains["support"].data.flow("calm-down")
        assert listed is not None
        assert listed.type == "agent"


@pytest.mark.covers("T12.3", "S04.20")
def test_saving_an_orchestration_writes_every_node_that_makes_it_one(
    look: Look, shop: Project
) -> None:
    screen = look("support")
    at = screen.ask("new_flow", name="Team", domain="support", type="agent")["at"]
    screen.ask("go", at=at)
    kinds = ["agent_group", "orchestrator", "smart_router", "handoff"]
    ids = [screen.ask("add", type=kind, x=900, y=200 * n)["id"] for n, kind in enumerate(kinds)]
    group, lead, router, handoff = ids
    member = {"flow": "support/answer-customer"}
    screen.ask("set", id=group, path=["spec", "members"], value=[member])
    screen.ask("set", id=lead, path=["spec", "agents"], value=[{"id": "helper", **member}])
    rule = {"id": "money", "condition": "$.about == 'money'", "route": handoff}
    screen.ask("set", id=router, path=["spec", "rules"], value=[rule])
    target = {"flow": "answer-customer", "domain": "support"}
    screen.ask("set", id=handoff, path=["spec", "target"], value=target)
    screen.ask("connect", source=lead, output="resolved", target=router)
    screen.ask("connect", source=router, target=handoff)
    screen.ask("save")

    text = text_of(shop, shop.workbench.flow_path(at))
    for kind in kinds:
        assert f"type: {kind}\n" in text
    with Project(shop.root, watch=False) as again:
        flow = again.flows[at].data
        assert is_orchestration(flow)
        assert flow == shop.flows[at].data
        lines = {(edge.source, edge.output, edge.target) for edge in flow.edges}
        assert {(lead, "resolved", router), (router, handoff, handoff)} <= lines


def test_a_preview_of_nothing_is_empty(look: Look) -> None:
    screen = look(AT)
    assert screen.ask("preview")["diff"] == ""
    assert screen.ask("preview", path=PLACE_ORDER_FILE)["diff"] == ""
    assert "no file ../secret.yaml" in screen.refused("preview", path="../secret.yaml").lower()


def test_a_new_flow_previews_as_a_new_file(look: Look) -> None:
    screen = look("orders")
    screen.ask("new_flow", name="Return goods", domain="orders", type="agent")
    diff = screen.ask("preview")["diff"]
    assert "--- /dev/null\n+++ b/specs/domains/orders/flows/return-goods.yaml" in diff
    assert "+++ b/specs/domains/orders/domain.yaml" in diff


def test_a_failed_save_says_why_and_loses_nothing(look: Look, shop: Project) -> None:
    screen = look(AT)
    rename(screen, "Sent")
    target = Path(shop.root, PLACE_ORDER_FILE)
    target.unlink()
    target.mkdir()

    said = screen.refused("save")

    assert PLACE_ORDER_FILE in said
    assert screen.state() == "failed"
    assert PLACE_ORDER_FILE in screen.board["status"]["message"]
    assert screen.cards["placed"]["title"] == "Sent"
    target.rmdir()
    target.write_text(PLACE_ORDER, "utf-8")
    screen.ask("save")
    assert screen.state() == "saved"
    assert "label: Sent" in text_of(shop, PLACE_ORDER_FILE)


def write(shop: Project, old: str, new: str, path: str = PLACE_ORDER_FILE) -> None:
    """Another program edits a file."""
    target = Path(shop.root, path)
    text = target.read_text("utf-8")
    assert old in text
    target.write_text(text.replace(old, new), "utf-8")
    shop.workbench.noticed([path])


def test_what_another_program_writes_appears(look: Look, shop: Project) -> None:
    screen = look(AT)
    write(shop, "label: Order placed", "label: Sent off")

    screen.ask("problems")

    assert screen.cards["placed"]["title"] == "Sent off"
    assert screen.state() == "saved"


def test_both_sides_edits_of_different_nodes_are_merged(look: Look, shop: Project) -> None:
    screen = look(AT)
    rename(screen, "Sold out", "refused")
    write(shop, "label: Order placed", "label: Sent off")

    screen.ask("save")

    assert screen.cards["placed"]["title"] == "Sent off"
    text = text_of(shop, PLACE_ORDER_FILE)
    assert "label: Sent off" in text
    assert "label: Sold out" in text


@pytest.mark.parametrize(
    ("keep", "label", "state"), [("mine", "Here", "unsaved"), ("theirs", "There", "saved")]
)
def test_a_conflict_shows_both_versions_and_one_is_chosen(
    look: Look, shop: Project, keep: str, label: str, state: str
) -> None:
    screen = look(AT)
    rename(screen, "Here")
    write(shop, "label: Order placed", "label: There")
    screen.ask("problems")

    assert screen.state() == "conflict"
    assert screen.board["status"]["conflicts"] == [PLACE_ORDER_FILE]
    preview = screen.ask("preview", path=PLACE_ORDER_FILE)
    assert preview["places"] == ["node placed label"]
    assert "-    label: There\n+    label: Here\n" in preview["diff"]
    assert "node placed label" in screen.board["status"]["message"]
    refused = screen.refused("save")
    assert "changed on disk too" in refused
    assert f"project.resolve({PLACE_ORDER_FILE!r}, 'mine') or 'theirs'" in refused
    assert "label: There" in text_of(shop, PLACE_ORDER_FILE)

    screen.ask("conflict", path=PLACE_ORDER_FILE, keep=keep)

    assert screen.cards["placed"]["title"] == label
    assert screen.state() == state
    screen.ask("save")
    assert f"label: {label}" in text_of(shop, PLACE_ORDER_FILE)
    assert "no conflict" in screen.refused("conflict", path=PLACE_ORDER_FILE, keep=keep)
    screen.ask("undo")
    assert screen.board["status"]["conflicts"] == [PLACE_ORDER_FILE]


def test_a_file_that_breaks_while_it_is_shown_is_read_only_until_mended(
    look: Look, shop: Project
) -> None:
    screen = look("billing/charge-card")
    write(shop, "nodes:\n", "nodes: [\n", CHARGE_CARD_FILE)
    screen.ask("problems")
    assert screen.state() == "readonly"
    assert screen.board["cards"] == []
    write(shop, "nodes: [\n", "nodes:\n", CHARGE_CARD_FILE)
    screen.ask("problems")
    assert screen.state() == "saved"
    assert "paid" in screen.cards


def test_broken_settings_are_on_the_list_of_problems(look: Look, shop: Project) -> None:
    Path(shop.root, ".ddd").mkdir(exist_ok=True)
    Path(shop.root, ".ddd/config.yaml").write_text("testing:\n  timeout: soon\n", "utf-8")

    screen = look()
    screen.ask("problems")

    [found] = [p for p in screen.problems if p["rule"] == "settings.broken"]
    assert (found["path"], found["line"]) == (".ddd/config.yaml", 2)
    assert "fix it, or remove the file" in found["message"]


def test_a_flow_deleted_on_disk_is_left(look: Look, shop: Project) -> None:
    screen = look("billing/charge-card")
    Path(shop.root, CHARGE_CARD_FILE).unlink()
    shop.workbench.noticed([CHARGE_CARD_FILE])
    screen.ask("problems")
    assert screen.board["at"] == "billing"
    assert screen.notices == ["The flow billing/charge-card no longer exists."]
