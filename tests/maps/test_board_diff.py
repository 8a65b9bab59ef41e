"""Two versions of a place as one board, and as two boards in line with each other."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddd_lab.maps.board_diff import BoardDiff, board_diff
from ddd_lab.maps.edges import missing_id
from ddd_lab.maps.svg.diffs import diff_boards, diff_svg
from ddd_lab.maps.svg.drawing import Drawing
from ddd_lab.spec.diff.flow import diff_flows
from ddd_lab.spec.diff.renames import renamed_nodes
from ddd_lab.spec.models.base import Position
from ddd_lab.spec.models.flow import Connection, FlowData
from tests.design_data import DesignData
from tests.maps.designs import at, design, domain, flow, node
from tests.maps.random_designs import designs, flows, names, positions, types
from tests.profiles import tries

NS = "{http://www.w3.org/2000/svg}"
KEY = "users/sign-up"


def holding(one: FlowData, key: str = KEY) -> DesignData:
    return design(domain("users", "sign-up"), flows={key: one})


def compared(old: FlowData, new: FlowData) -> BoardDiff:
    return board_diff(holding(old), holding(new), KEY)


def overlapping(board: Drawing) -> list[tuple[str, str]]:
    return [
        (one.id, other.id)
        for one, other in combinations(board.cards, 2)
        if one.rect.meets(other.rect)
    ]


OLD = flow(
    node("check", "input", "valid:store", "invalid:bad", label="Check", position=at(300, 0)),
    node("store", "data_store", "success:done", label="Store it", position=at(600, 0)),
    node("done", "terminal", label="Done", position=at(900, 0)),
    node("bad", "terminal", label="Bad", position=at(600, 200)),
    name="Sign up",
)
NEW = flow(
    node("check", "input", "valid:mail", "invalid:wrong", label="Check all", position=at(300, 0)),
    node("mail", "process", "next:done", label="Mail them", position=at(620, 20)),
    node("done", "terminal", label="Done", position=at(900, 0)),
    node("wrong", "terminal", label="Bad", position=at(600, 200)),
    name="Sign up here",
)


def test_what_came_went_and_changed_is_marked_and_told_in_words() -> None:
    diff = compared(OLD, NEW)

    assert diff.cards == {
        "check": "changed",
        "mail": "added",
        "wrong": "changed",
        "store": "removed",
    }
    assert diff.edges == {
        "check valid → mail": "added",
        "mail next → done": "added",
        "check valid → store": "removed",
        "store success → done": "removed",
    }
    assert diff.words == "1 card added, 2 changed, 1 removed; 2 edges added, 2 removed"
    told = {one.subject: (one.kind, one.words, one.card or one.edge) for one in diff.entries}
    assert told["Check all"] == ("changed", ("label “Check” → “Check all”",), "check")
    assert told["Bad"] == ("changed", ("bad renamed to wrong",), "wrong")
    assert told["Store it"] == ("removed", (), "store")
    leads = "“Check all”/valid now leads to “Mail them” (was “Store it”)"
    assert told[leads] == ("changed", (), "check valid → mail")
    assert told["The flow itself"] == ("other", ("name “Sign up” → “Sign up here”",), "")


def test_what_stays_lies_as_in_the_new_version_and_what_went_where_it_was_or_beside() -> None:
    diff = compared(OLD, NEW)
    board, (before, after) = diff.board, diff.sides
    places = {card.id: card.at for card in board.cards}

    assert {card.id: card.at for card in after.cards}.items() <= places.items()
    assert {card.id: places[card.id] for card in before.cards} == {
        card.id: card.at for card in before.cards if card.id != "store"
    } | {"store": places["store"]}
    assert overlapping(board) == []
    alone = compared(OLD, flow(*(one for one in OLD.nodes if one.id != "store")))
    assert {card.id: card.at for card in alone.board.cards}["store"] == (600, 0)


def test_both_boards_mark_what_each_of_them_has() -> None:
    before, after = compared(OLD, NEW).sides

    assert {id for id, kind in before.ghosts.items() if kind == "removed"} == {
        "store",
        "check valid → store",
        "store success → done",
    }
    assert {id for id, kind in after.ghosts.items() if kind == "added"} == {
        "mail",
        "check valid → mail",
        "mail next → done",
    }
    both = {id for id, kind in before.ghosts.items() if kind == "changed"}
    assert both == {"check", "wrong"}
    assert both <= after.ghosts.keys()
    assert next(card.title for card in before.cards if card.id == "check") == "Check"


@st.composite
def changed_flows(draw: st.DrawFn) -> tuple[FlowData, FlowData]:
    """A flow before and after: nodes went, came, changed, moved and got other names."""
    old = draw(flows("sign-up"))
    nodes = []
    for one in old.nodes:
        changed = one
        match draw(st.sampled_from(["same", "gone", "label", "rename", "move", "lead"])):
            case "gone":
                continue
            case "label":
                changed = one.model_copy(update={"label": f"{one.label} now"})
            case "rename":
                changed = one.model_copy(update={"id": f"{one.id}_2"})
            case "move":
                changed = one.model_copy(update={"position": draw(positions)})
            case "lead":
                lines = (Connection(output="next", target=draw(names)),)
                changed = one.model_copy(update={"connections": lines})
        nodes.append(changed)
    taken = {one.id for one in nodes} | {"trigger"}
    come = [id for id in draw(st.lists(names, max_size=3, unique=True)) if id not in taken]
    nodes += [node(id, draw(types), position=draw(positions)) for id in come]
    update: dict[str, object] = {"nodes": tuple(nodes)}
    if draw(st.booleans()):
        update["trigger"] = None
    return old, old.model_copy(update=update)


@settings(max_examples=tries(6, 1000))
@given(changed_flows())
def test_every_difference_is_marked_and_no_card_lies_on_another(
    pair: tuple[FlowData, FlowData],
) -> None:
    old, new = pair
    diff = compared(old, new)
    renamed = renamed_nodes(old, new)

    real = {card.id for card in diff.board.cards if card.shape != "missing"}
    kinds = {id: kind for id, kind in diff.cards.items() if id in real}
    assert {id for id, kind in kinds.items() if kind == "added"} == (
        new.by_id.keys() - old.by_id.keys() - set(renamed.values())
    )
    assert {id for id, kind in kinds.items() if kind == "removed"} == (
        old.by_id.keys() - new.by_id.keys() - renamed.keys()
    )
    told = {
        change.node
        for change in diff_flows(old, new)
        if change.kind == "node" and change.path and change.path != ("position",)
    }
    assert told <= {id for id, kind in kinds.items() if kind == "changed"}
    before = Counter(
        (renamed.get(one.source, one.source), one.output, renamed.get(one.target, one.target))
        for one in old.edges
    )
    after = Counter((one.source, one.output, one.target) for one in new.edges)
    edges = Counter(diff.edges.values())
    assert edges["added"] == (after - before).total()
    assert edges["removed"] == (before - after).total()
    ends = {(one.source, one.output, one.target) for one in diff.board.edges}
    assert {(*ends_of[:2], missing_id(ends_of[2])) for ends_of in before | after} == ends
    assert overlapping(diff.board) == []
    picture = ElementTree.fromstring(diff_svg(diff, "a", "b"))
    marked = [
        one for one in picture.iter(f"{NS}g") if one.get("data-ghost") and one.get("data-card")
    ]
    assert len(marked) == len(diff.cards)


@settings(max_examples=tries(4, 500))
@given(designs(), designs())
def test_maps_of_any_two_designs_are_compared(old: DesignData, new: DesignData) -> None:
    for place in ("", "@flows", *old.domains, *new.domains):
        diff = board_diff(old, new, place)

        assert overlapping(diff.board) == []
        ids = {card.id for card in diff.board.cards} | {edge.id for edge in diff.board.edges}
        assert diff.board.ghosts.keys() <= ids
        one, both = diff_boards(diff), diff_boards(diff, theme="dark", side_by_side=True)
        boxes = {ElementTree.fromstring(svg).get("viewBox") for svg in both}
        assert len(one) == len(boxes) == 1


def test_a_place_that_only_one_version_has_is_all_added_or_all_removed() -> None:
    empty = design(domain("users"))
    came, went = board_diff(empty, holding(OLD), KEY), board_diff(holding(OLD), empty, KEY)

    assert set(came.cards.values()) == {"added"}
    assert set(went.edges.values()) == {"removed"}
    assert went.sides[1].empty == "Not in this version"
    with pytest.raises(KeyError, match="did you mean 'users/sign-up'"):
        board_diff(empty, holding(OLD), "users/sign-upp")


def test_moving_cards_changes_nothing_but_how_it_looks() -> None:
    moved = OLD.model_copy(
        update={
            "nodes": tuple(
                one.model_copy(update={"position": Position(one.position.x, one.position.y + 300)})
                for one in OLD.nodes
                if one.position
            )
        }
    )
    diff = compared(OLD, moved)

    assert diff.board.ghosts == {}
    assert diff.words == "No card differs"
    assert [(one.subject, one.words) for one in diff.entries] == [
        ("Only how it looks", ("4 cards moved",))
    ]
    assert compared(OLD, OLD).words == "Nothing differs"


def test_a_map_marks_flows_portals_and_events() -> None:
    mail = domain("mail", "thank", consumes={"order.placed": "thank"})
    old = design(domain("shop", "order", publishes={"order.placed": "order"}), mail)
    new = design(
        domain("shop", "order", "refund", publishes={"order.placed": "order", "b.c": "refund"}),
        mail,
        domain("bank", "pay", consumes={"b.c": "pay"}),
    )
    system, shop = board_diff(old, new), board_diff(old, new, "shop")

    assert system.cards == {"shop": "changed", "bank": "added"}
    assert system.edges == {"shop → bank": "added"}
    assert [one.words for one in system.entries if one.card == "shop"] == [("1 flow → 2 flows",)]
    assert shop.cards == {"flow:refund": "added", "portal:bank": "added"}
    assert list(shop.edges.values()) == ["added"]


@pytest.mark.parametrize("side_by_side", [False, True])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_text_of_a_design_becomes_markup(theme: str, side_by_side: bool) -> None:
    nasty = "</title><script>alert(1)</script>\x1b[2J\u202e\" onload='x' &amp;"
    old = flow(node("a", "process", "next:b", label=nasty), node("b", "terminal", label="End"))
    new = flow(node("b", "terminal", label=nasty), node(nasty, "process", "next:b"), name=nasty)
    diff = compared(old, new)

    for svg in (
        diff_svg(diff, nasty, nasty, theme=theme, side_by_side=side_by_side),
        *diff_boards(diff, theme=theme, side_by_side=side_by_side),
    ):
        root = ElementTree.fromstring(svg)
        assert {element.tag.removeprefix(NS) for element in root.iter()} <= {
            *("svg", "g", "title", "desc", "rect", "text", "path", "polygon", "circle"),
            "polyline",
        }
        assert not {name for one in root.iter() for name in one.attrib if name.startswith("on")}
        assert "\u202e" not in svg
        assert "\x1b" not in svg


def test_the_picture_says_with_signs_and_words_how_much_differs() -> None:
    root = ElementTree.fromstring(diff_svg(compared(OLD, NEW), "v1.0", "the files"))
    texts = [element.text or "" for element in root.iter(f"{NS}text")]

    assert texts[0] == "Sign up here: v1.0 → the files"
    assert {"added: 1 card, 2 edges", "changed: 2 cards", "removed: 1 card, 2 edges"} <= {*texts}
    assert {"+", "~", "−"} <= {*texts}
    struck = [one.text for one in root.iter(f"{NS}text") if one.get("text-decoration")]
    assert struck == ["Store it"]
    beside = diff_svg(compared(OLD, NEW), "v1.0", "the files", side_by_side=True)
    assert {"v1.0", "the files"} <= {one.text for one in ElementTree.fromstring(beside).iter()}
