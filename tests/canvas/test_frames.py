"""Containers, teams and notes on the board, and every edit that concerns them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ddd_lab as ddd
from ddd_lab.project import Project
from tests.canvas.screen import Screen, fresh, text_of
from tests.canvas.shop import write_shop

PACK = """\
flow: {id: pack, name: Pack orders, type: traditional, domain: orders}
trigger:
  {type: http, method: POST, path: /pack, position: {x: 0, y: 100}, connections: {next: each}}
nodes:
  - {id: each, type: loop, label: For each line, position: {x: 280, y: 100},
     spec: {collection: $.lines, iterator: line}, connections: {body: fetch, done: packed}}
  - {id: fetch, type: process, label: Fetch it, parentId: each, position: {x: 580, y: 60},
     connections: {next: both}}
  - {id: both, type: parallel, label: Wrap and label, parentId: each, position: {x: 580, y: 220},
     spec: {branches: [wrap, label]}, connections: {branch-0: wrap, done: each}}
  - {id: wrap, type: process, label: Wrap it, parentId: both, position: {x: 880, y: 220}}
  - {id: packed, type: terminal, label: Packed, position: {x: 880, y: 420}, spec: {status: 200}}
  - {id: aside, type: process, label: Set aside, position: {x: 280, y: 420},
     connections: {next: packed}}
  - {id: again, type: loop, label: Once more, position: {x: 580, y: 420},
     spec: {collection: $.late, iterator: line}}
notes:
  - {id: why, text: Ask the packers first., position: {x: 0, y: 540},
     size: {width: 240, height: 100}}
  - {id: each, text: A note with the id of a node.}
"""
PACK_FILE = "specs/domains/orders/flows/pack.yaml"
AT = "orders/pack"


@pytest.fixture
def packing(tmp_path: Path) -> Project:
    write_shop(tmp_path / "shop", **{PACK_FILE: PACK})
    return ddd.open(tmp_path / "shop", watch=False)


@pytest.fixture
def screen(packing: Project) -> Screen:
    return Screen(packing, AT)


def frames(screen: Screen) -> dict[str, dict[str, Any]]:
    return {frame["card"] or frame["id"]: frame for frame in screen.board["frames"]}


def parents(project: Project) -> dict[str, str]:
    return {node.id: node.parent for node in project.workbench.flow_data(AT).nodes if node.parent}


# --- what is drawn ------------------------------------------------------------------------------


def test_containers_have_frames_outermost_first(screen: Screen) -> None:
    assert [(frame["card"], frame["depth"]) for frame in screen.board["frames"]] == [
        ("each", 0),
        ("both", 1),
    ]
    outer, inner = frames(screen)["each"], frames(screen)["both"]
    assert outer["kind"] == "container"
    assert outer["title"] == "↺ For each line"
    assert outer["cards"] == ["fetch", "both"]
    assert inner["cards"] == ["wrap"]
    assert outer["x"] < inner["x"]
    assert outer["width"] > inner["width"]


def test_an_edit_elsewhere_sends_no_frames_again(screen: Screen) -> None:
    screen.ask("set", id="packed", path=["label"], value="All packed")
    assert "frames" not in screen.patches[-1]["board"]
    screen.ask("move", moves=[{"id": "fetch", "x": 620, "y": 0}])
    assert screen.patches[-1]["board"]["frames"][0]["card"] == "each"


def test_a_sheet_without_loops_and_teams_has_no_frames(
    look: Callable[..., Screen],
) -> None:
    screen = look("orders/place-order")
    assert screen.board["frames"] == []


# --- teams of agents ----------------------------------------------------------------------------

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"


@pytest.fixture
def helpdesk() -> Screen:
    return Screen(ddd.open(FERNHILL, watch=False), "helpdesk")


@pytest.mark.covers("T11.1", "T11.2", "T11.3", "T11.4")
def test_a_domain_map_has_the_boundary_of_a_team_with_what_it_shares(helpdesk: Screen) -> None:
    (team,) = helpdesk.board["frames"]
    assert team["kind"] == "team"
    assert team["title"] == "⊛ Enquiry team"
    assert team["note"] == "2 agents · via orchestrator · 1 at a time · router first"
    assert [chip["text"] for chip in team["chips"]][:2] == [
        "◈ conversation",
        "◈ reader (read only)",
    ]
    assert set(team["cards"]) == {
        "flow:ask-a-librarian",
        "flow:reading-guide",
        "flow:account-helper",
    }
    asked = helpdesk.cards["flow:ask-a-librarian"]
    assert [badge["text"] for badge in asked["badges"]] == ["▣⊛ team", "CB"]
    assert asked["summary"] == "POST /api/v1/helpdesk/questions"
    assert asked["about"].startswith("Takes every question")


def test_lines_of_a_team_say_what_they_stand_for(helpdesk: Screen) -> None:
    said = {(link["kind"], link["label"]): link["both_ways"] for link in helpdesk.board["links"]}
    assert said["orchestrator", "⊛ supervises"] is False
    assert said["handoff", "⇄ transfer"] is False
    assert said["handoff", "⇄ consult"] is True
    assert said["gate", "escalates"] is False
    assert {"route", "fallback", "event"} <= {kind for kind, _ in said}


def test_a_gate_leads_to_its_flow_and_stays_where_it_is(helpdesk: Screen) -> None:
    id = "gate:ask-a-librarian:librarian_gate"
    gate = helpdesk.cards[id]
    assert (gate["kind"], gate["title"]) == ("gate", "Librarian on duty")
    assert gate["opens"] == "helpdesk/ask-a-librarian"
    assert "human gate" in helpdesk.ask("inspect", id=id)["readonly"]
    assert "follow their flow" in helpdesk.refused("move", moves=[{"id": id, "x": 0, "y": 0}])


def test_the_browser_is_told_which_cards_others_can_be_put_into(screen: Screen) -> None:
    homes = {id for id, card in screen.cards.items() if card["container"]}
    assert homes == {"each", "both", "again"}


# --- into and out of containers -----------------------------------------------------------------


def test_a_card_dropped_into_a_container_lies_in_it_in_one_step(
    screen: Screen, packing: Project
) -> None:
    before = packing.workbench.flow_data(AT)
    screen.ask("move", moves=[{"id": "aside", "x": 620, "y": 180, "into": "each"}])

    assert parents(packing)["aside"] == "each"
    assert "aside" in frames(screen)["each"]["cards"]
    assert screen.board["status"]["undo"] == "put Set aside into For each line"
    screen.ask("save")
    assert "parentId: each" in text_of(packing, PACK_FILE).split("id: aside")[1].split("- ")[0]
    screen.ask("undo")
    assert packing.workbench.flow_data(AT) == before


def test_a_card_dragged_out_lies_on_the_sheet(screen: Screen, packing: Project) -> None:
    screen.ask("move", moves=[{"id": "wrap", "x": 1220, "y": 600, "into": ""}])
    assert "wrap" not in parents(packing)
    assert "both" not in frames(screen)
    assert screen.board["status"]["undo"] == "take Wrap it out"


def test_a_plain_move_leaves_a_card_where_it_lies(screen: Screen, packing: Project) -> None:
    screen.ask("move", moves=[{"id": "wrap", "x": 1220, "y": 600}])
    assert parents(packing)["wrap"] == "both"


def test_what_lies_inside_moves_along(screen: Screen, packing: Project) -> None:
    screen.ask("move", moves=[{"id": "each", "x": 290, "y": 90}])
    at = {id: (card["x"], card["y"]) for id, card in screen.cards.items()}
    assert at["fetch"] == (590, 50)
    assert at["wrap"] == (890, 210)
    assert at["packed"] == (880, 420)


def test_what_layout_placed_moves_along_with_its_container(tmp_path: Path) -> None:
    bare = PACK.replace("position: {x: 280, y: 100},", "").replace("position: {x: 580, y: 60},", "")
    write_shop(tmp_path / "shop", **{PACK_FILE: bare})
    screen = Screen(ddd.open(tmp_path / "shop", watch=False), AT)
    loop, child = screen.cards["each"], screen.cards["fetch"]
    screen.ask("move", moves=[{"id": "each", "x": loop["x"] + 50, "y": loop["y"] + 20}])
    moved = screen.cards["fetch"]
    assert (moved["x"], moved["y"]) == (child["x"] + 50, child["y"] + 20)


def test_cards_are_put_in_and_taken_out_by_name(screen: Screen, packing: Project) -> None:
    screen.ask("nest", cards=["aside"], into="again")
    assert parents(packing)["aside"] == "again"
    assert frames(screen)["again"]["kind"] == "container"
    screen.ask("nest", cards=["wrap"], into="each")
    assert parents(packing)["wrap"] == "each"
    screen.ask("nest", cards=["wrap", "fetch"], into="")
    assert not {"wrap", "fetch"} & parents(packing).keys()


def test_what_cannot_lie_there_is_refused(screen: Screen) -> None:
    assert "cannot lie inside" in screen.refused("nest", cards=["each"], into="both")
    assert "is a terminal" in screen.refused("nest", cards=["aside"], into="packed")
    assert "trigger" in screen.refused("nest", cards=["trigger"], into="each")
    assert "cannot lie in a container" in screen.refused("nest", cards=["note:why"], into="each")


def test_a_node_from_the_palette_can_be_placed_in_a_container(
    screen: Screen, packing: Project
) -> None:
    id = screen.ask("add", type="process", x=640, y=160, into="each")["id"]
    assert parents(packing)[id] == "each"
    screen.ask("undo")
    assert id not in screen.cards


# --- folding ------------------------------------------------------------------------------------


def test_a_folded_container_hides_its_cards_and_takes_their_lines(screen: Screen) -> None:
    whole = fresh(screen)
    screen.ask("fold", card="both", folded=True)
    assert "wrap" not in screen.cards
    assert [badge["text"] for badge in screen.cards["both"]["badges"]] == ["1 inside"]
    screen.ask("fold", card="each", folded=True)

    assert set(screen.cards) >= {"each", "packed", "aside"}
    assert not {"fetch", "both", "wrap"} & set(screen.cards)
    assert [badge["text"] for badge in screen.cards["each"]["badges"]] == ["3 inside"]
    assert frames(screen)["each"]["folded"] is True
    assert "both" not in frames(screen)
    assert {line for line in screen.lines() if "each" in line} == {
        ("trigger", "next", "each"),
        ("each", "done", "packed"),
    }
    screen.ask("fold", card="each", folded=False)
    screen.ask("fold", card="both", folded=False)
    assert screen.cards == {card["id"]: card for card in whole["cards"]}
    assert screen.links == {link["id"]: link for link in whole["links"]}


def test_lines_from_outside_end_once_at_a_folded_container(screen: Screen) -> None:
    for target in ("fetch", "both"):
        screen.ask("connect", source="aside", output="next", target=target)
    screen.ask("fold", card="each", folded=True)
    led = [link for link in screen.links.values() if link["target"] == "each"]
    assert [link["fixed"] for link in led if link["source"] == "aside"] == [True]


def test_folding_outlives_edits_and_undo_and_belongs_to_one_canvas(
    screen: Screen, packing: Project
) -> None:
    other = Screen(packing, AT)
    screen.ask("fold", card="each", folded=True)
    screen.ask("set", id="packed", path=["label"], value="All packed")
    screen.ask("undo")
    screen.ask("go", at="orders")
    screen.ask("go", at=AT)

    assert "fetch" not in screen.cards
    assert "fetch" in other.cards
    assert packing.dirty == set()
    screen.ask("unfold_around", id="wrap")
    assert "wrap" in screen.cards


def test_a_folded_container_is_deleted_copied_and_cut_whole(
    screen: Screen, packing: Project
) -> None:
    screen.ask("fold", card="each", folded=True)
    text = screen.ask("copy", cards=["each"])["text"]
    assert [f"id: {id}" in text for id in ("each", "fetch", "both", "wrap")] == [True] * 4

    twins = screen.ask("duplicate", cards=["each"])["ids"]
    assert len(twins) == 4
    assert parents(packing)[twins[-1]] == twins[-2]
    screen.ask("undo")

    screen.ask("remove", cards=["each"])
    assert set(packing.flows[AT].nodes) == {"packed", "aside", "again"}
    assert screen.board["status"]["undo"] == "delete 4 things"
    screen.ask("undo")
    assert screen.ask("cut", cards=["each"])["text"] == text
    assert set(packing.flows[AT].nodes) == {"packed", "aside", "again"}


def test_an_open_container_leaves_what_is_inside_it(screen: Screen, packing: Project) -> None:
    screen.ask("fold", card="both", folded=True)
    screen.ask("remove", cards=["each"])
    assert {"fetch", "both", "wrap"} <= set(packing.flows[AT].nodes)


def test_a_container_stays_folded_under_another_id(screen: Screen) -> None:
    screen.ask("fold", card="each", folded=True)
    screen.ask("rename", id="each", to="lines")
    assert frames(screen)["lines"]["folded"]

    text = screen.ask("node_yaml", id="lines")["text"].replace("id: lines", "id: rows")
    screen.ask("set_node_yaml", id="lines", text=text)
    assert frames(screen)["rows"]["folded"]
    assert "fetch" not in screen.cards


def test_a_card_without_others_inside_cannot_be_folded(screen: Screen) -> None:
    assert "contains nothing to fold" in screen.refused("fold", card="packed", folded=True)


# --- notes --------------------------------------------------------------------------------------


def test_notes_are_cards_whose_ids_no_node_has(screen: Screen) -> None:
    note = screen.cards["note:why"]
    assert note["kind"] == "note"
    assert note["title"] == "Ask the packers first."
    assert (note["x"], note["y"], note["width"], note["height"]) == (0, 540, 240, 100)
    assert screen.cards["note:each"]["title"] == "A note with the id of a node."
    assert screen.cards["each"]["kind"] == "node"


def test_a_node_with_the_id_of_a_notes_card_keeps_it(tmp_path: Path) -> None:
    strange = PACK.replace("id: aside", "id: 'note:why'")
    write_shop(tmp_path / "shop", **{PACK_FILE: strange})
    screen = Screen(ddd.open(tmp_path / "shop", watch=False), AT)
    assert screen.cards["note:why"]["kind"] == "node"
    assert screen.cards["~note:why"]["kind"] == "note"


def test_a_note_is_added_written_sized_and_moved(screen: Screen, packing: Project) -> None:
    id = screen.ask("add_note", x=40, y=900)["id"]
    screen.ask("set", id=id, path=["text"], value="Two lines\nof it")
    screen.ask("set", id=id, path=["width"], value=300)
    screen.ask("move", moves=[{"id": id, "x": 50, "y": 910}, {"id": "aside", "x": 310, "y": 500}])

    card = screen.cards[id]
    assert card["title"] == "Two lines\nof it"
    assert (card["x"], card["y"], card["width"], card["height"]) == (50, 910, 300, 120)
    assert screen.ask("inspect", id=id)["data"]["text"] == "Two lines\nof it"
    screen.ask("save")
    assert "Two lines" in text_of(packing, PACK_FILE)
    assert "40 to 4000 pixels" in screen.refused("set", id=id, path=["height"], value=3)
    assert "can be set" in screen.refused("set", id=id, path=["colour"], value="red")


def test_notes_and_nodes_are_deleted_in_one_step(screen: Screen, packing: Project) -> None:
    before = packing.workbench.flow_data(AT)
    screen.ask("remove", cards=["note:why", "aside"], links=[])
    assert not {"note:why", "aside"} & set(screen.cards)
    screen.ask("undo")
    assert packing.workbench.flow_data(AT) == before
