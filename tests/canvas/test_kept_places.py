"""Nothing moves that nobody moved: the first edit of a board writes where its cards are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.canvas.shop import ORDERS, SYSTEM_LAYOUT, write_shop

LAYOUT = "specs/system-layout.yaml"
DOMAIN = "specs/domains/orders/domain.yaml"
PARTLY = SYSTEM_LAYOUT.replace("    support: {x: 520, y: 300}\n", "")
Corner = tuple[float, float]

ON_THE_SYSTEM_MAP: dict[str, tuple[str, dict[str, Any]]] = {
    "wire": ("wire_event", {"source": "billing", "target": "support", "event": "card.charged"}),
    "unwire": ("unwire_event", {"source": "orders", "target": "billing", "event": "order.placed"}),
    "add": ("new_domain", {"name": "Returns"}),
    "remove": ("delete_domain", {"domain": "support", "with_flows": True}),
    "rename": ("rename_domain", {"domain": "orders", "name": "Sales"}),
    "rename in the form": ("set", {"id": "orders", "path": ["name"], "value": "Sales"}),
    "move": ("move", {"moves": [{"id": "orders", "x": 900, "y": 900}]}),
}
ON_A_DOMAIN_MAP: dict[str, tuple[str, dict[str, Any]]] = {
    "wire": (
        "wire_event",
        {"source": "orders/place-order", "target": "orders/track-order", "event": "a.b"},
    ),
    "add": ("new_flow", {"name": "Return", "domain": "orders", "type": "traditional"}),
    "duplicate": ("duplicate_flow", {"at": "orders/place-order"}),
    "remove": ("delete_flow", {"at": "orders/track-order"}),
    "rename": ("rename_flow", {"at": "orders/place-order", "name": "Buy"}),
}
ON_A_SHEET: dict[str, tuple[str, dict[str, Any]]] = {
    "add": ("add", {"type": "process", "x": 1500, "y": 900}),
    "remove": ("remove", {"cards": ["unknown"]}),
    "connect": ("connect", {"source": "look_up", "output": "success", "target": "unknown"}),
    "rename": ("rename", {"id": "found", "to": "seen"}),
    "cut": ("cut", {"cards": ["unknown"]}),
    "duplicate": ("duplicate", {"cards": ["found"]}),
    "align": ("align", {"cards": ["look_up", "unknown"], "side": "bottom"}),
    "tidy some": ("tidy", {"cards": ["found", "unknown"]}),
}


def corners(screen: Screen) -> dict[str, Corner]:
    """Where cards are shown."""
    return {id: (card["x"], card["y"]) for id, card in screen.cards.items()}


def kept(before: Mapping[str, Corner], screen: Screen) -> None:
    """Assert that what is still there is where it was, here and for whoever opens it next."""
    at, now = screen.board["at"], corners(screen)
    screen.ask("save")
    again = Screen(Project(screen.project.root, watch=False), at)
    assert not [id for id, card in screen.cards.items() if not card["placed"] and id in before]
    assert {id: now[id] for id in before if id in now} == {
        id: corners(again)[id] for id in before if id in now
    }
    assert screen.board["status"]["undo"]


@pytest.mark.parametrize("change", ON_THE_SYSTEM_MAP)
@pytest.mark.parametrize("places", ["", PARTLY], ids=["no places", "some places"])
def test_no_domain_moves_when_the_system_map_is_edited(
    tmp_path: Path, places: str, change: str
) -> None:
    root = write_shop(tmp_path, **{LAYOUT: places})
    if not places:
        (root / LAYOUT).unlink()
    screen = Screen(Project(root, watch=False))
    before = corners(screen)
    op, arguments = ON_THE_SYSTEM_MAP[change]
    screen.ask(op, **arguments)
    after = corners(screen)
    touched = {"orders"} if change.startswith(("rename", "move")) else {"support"}
    still = before.keys() & after.keys() - touched
    assert {id: after[id] for id in still} == {id: before[id] for id in still}
    if change.startswith("rename"):
        assert after["sales"] == before["orders"]
    kept(before, screen)


def test_one_undo_takes_an_edit_of_a_map_back_with_the_places(tmp_path: Path) -> None:
    root = write_shop(tmp_path, **{LAYOUT: PARTLY})
    project = Project(root, watch=False)
    screen = Screen(project)
    op, arguments = ON_THE_SYSTEM_MAP["wire"]
    planned = screen.ask("plan", change=op, args=arguments)["files"]
    assert LAYOUT in [file["path"] for file in planned]
    screen.ask(op, **arguments)
    assert project.dirty == {file["path"] for file in planned}
    assert "card.charged" in screen.board["status"]["undo"]
    screen.ask("undo")
    assert project.dirty == set()


@pytest.mark.parametrize("change", ON_A_DOMAIN_MAP)
def test_no_flow_moves_when_a_domain_map_is_edited(tmp_path: Path, change: str) -> None:
    bare = ORDERS.partition("  layout:")[0]
    screen = Screen(Project(write_shop(tmp_path, **{DOMAIN: bare}), watch=False), "orders")
    before = corners(screen)
    op, arguments = ON_A_DOMAIN_MAP[change]
    screen.ask(op, **arguments)
    own = {id for id in before if id.startswith(("flow:", "portal:")) and id in screen.cards}
    assert {id: corners(screen)[id] for id in own} == {id: before[id] for id in own}
    kept({id: before[id] for id in own}, screen)


@pytest.mark.parametrize("change", ON_A_SHEET)
def test_no_card_moves_when_a_sheet_without_places_is_edited(
    look: Callable[..., Screen], change: str
) -> None:
    screen = look("orders/track-order")
    before = corners(screen)
    op, arguments = ON_A_SHEET[change]
    screen.ask(op, **arguments)
    after = corners(screen)
    arranged: set[str] = set()
    if change in ("align", "tidy some"):
        arranged.update(arguments["cards"])
    still = before.keys() & after.keys() - arranged
    assert {id: after[id] for id in still} == {id: before[id] for id in still}
    kept(before, screen)


def test_what_a_card_says_writes_no_places(look: Callable[..., Screen], shop: Project) -> None:
    screen = look("orders/track-order")
    screen.ask("set", id="found", path=["spec", "status"], value=202)
    nodes = shop.flows["orders/track-order"].data.all_nodes()
    assert not any(node.position for node in nodes)


def test_a_card_dropped_on_a_free_spot_stays_there(tmp_path: Path) -> None:
    crowded = "".join(
        f"  - {{id: n{n}, type: process, position: {{x: {300 + 60 * n}, y: {100 + 20 * n}}}}}\n"
        for n in range(6)
    )
    flow = (
        "flow: {id: track-order, name: Track, type: traditional, domain: orders}\n"
        "trigger: {type: http, method: GET, path: /x, position: {x: 0, y: 100}}\n"
        f"nodes:\n{crowded}"
    )
    path = "specs/domains/orders/flows/track-order.yaml"
    root = write_shop(tmp_path, **{path: flow})
    screen = Screen(Project(root, watch=False), "orders/track-order")
    shown = {id: at for id, at in corners(screen).items() if id != "n0"}
    free: Corner = next(
        (float(x), float(y))
        for y in range(100, 900, 10)
        for x in range(300, 900, 10)
        if all(abs(x - left) >= 236 or abs(y - top) >= 88 for left, top in shown.values())
    )
    screen.ask("move", moves=[{"id": "n0", "x": free[0], "y": free[1]}])
    assert corners(screen)["n0"] == free
    assert {id: corners(screen)[id] for id in shown} == shown
    screen.ask("save")
    again = Screen(Project(root, watch=False), "orders/track-order")
    assert corners(again)["n0"] == free


def test_a_new_note_and_its_text_are_one_step(look: Callable[..., Screen], shop: Project) -> None:
    screen = look("orders/place-order")
    note = screen.ask("add_note", x=10, y=10)["id"]
    screen.ask("leave", cards=["placed"])
    screen.ask("set", id=note, path=["text"], value="Ask Mia")
    screen.ask("undo")
    assert shop.dirty == set()
    screen.ask("redo")
    assert screen.cards[note]["title"] == "Ask Mia"


@pytest.mark.parametrize(
    ("source", "output", "spec"),
    [
        ("basket", "invalid", {"status": 422, "body": {"message": "Unprocessable Content"}}),
        ("charge", "failure", {"status": 500, "body": {"message": "Internal Server Error"}}),
        ("charge", "success", {"status": 200, "body": {"message": "Success"}}),
    ],
)
def test_a_terminal_begins_as_its_output_says(
    look: Callable[..., Screen], shop: Project, source: str, output: str, spec: dict[str, Any]
) -> None:
    screen = look("orders/place-order")
    place = {"x": 900, "y": 900, "connect_from": source, "output": output}
    id = screen.ask("add", type="terminal", **place)["id"]
    assert shop.flows["orders/place-order"].nodes[id].spec == spec


def test_a_flow_that_nobody_waits_for_ends_in_an_error_without_a_status(
    look: Callable[..., Screen], shop: Project
) -> None:
    screen = look("billing/charge-card")
    place = {"x": 900, "y": 900, "connect_from": "ask_bank", "output": "failure"}
    id = screen.ask("add", type="terminal", **place)["id"]
    assert shop.flows["billing/charge-card"].nodes[id].spec == {"outcome": "error"}


def test_events_of_nodes_are_offered_for_wiring(tmp_path: Path) -> None:
    quiet = ORDERS.replace("order.placed", "order.made")
    root = write_shop(tmp_path, **{DOMAIN: quiet})
    events = {
        one["name"]: one for one in Screen(Project(root, watch=False)).ask("events")["events"]
    }
    assert events["payment.failed"]["publishers"] == ["billing"]
    path = root / "specs/domains/billing/domain.yaml"
    path.write_text(path.read_text("utf-8").replace("payment.failed", "payment.lost"), "utf-8")
    events = {
        one["name"]: one for one in Screen(Project(root, watch=False)).ask("events")["events"]
    }
    assert events["payment.failed"]["publishers"] == ["billing"]


def test_what_another_type_does_not_have_is_told_once(look: Callable[..., Screen]) -> None:
    dropped = look("orders/track-order").ask("retype", id="look_up", type="process")["dropped"]
    assert dropped
    assert len(dropped) == len(set(dropped))
