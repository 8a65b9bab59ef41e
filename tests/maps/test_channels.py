"""How edges share the gaps between the cards of a board that has few of them."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from ddd_lab.maps import sheet
from ddd_lab.maps.layout import Direction, Rect
from ddd_lab.maps.routing import BoardEdge, CardArea, EdgeRouter, PortPlace, Route
from ddd_lab.maps.svg.pictures import sheet_picture
from tests.maps.designs import flow, node

WIDTH, HEIGHT = 220, 72


def card(id: str, x: float, y: float, *labels: str) -> CardArea:
    ports = tuple(
        PortPlace(label, HEIGHT * (index + 1) / (len(labels) + 1), label)
        for index, label in enumerate(labels)
    )
    return CardArea(id, Rect(x, y, x + WIDTH, y + HEIGHT), ports)


def edge(source: str, target: str, label: str = "", kind: str = "event") -> BoardEdge:
    return BoardEdge(f"{source} {kind} {target} {label}", source, target, "", label, kind)


def routes(
    cards: list[CardArea], edges: list[BoardEdge], direction: Direction | None = None
) -> list[Route]:
    found = EdgeRouter().routes(cards, edges, direction)
    return [found[one.id] for one in edges]


def pieces(route: Route) -> list[Rect]:
    return [
        Rect(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y))
        for a, b in pairwise(route.points)
    ]


def crossings(found: list[Route]) -> int:
    """Points at which edges cross."""
    points = set()
    for one, other in combinations(found, 2):
        for a in pieces(one):
            for b in pieces(other):
                for level, upright in ((a, b), (b, a)):
                    x, y = upright.left, level.top
                    if level.left < x < level.right and upright.top < y < upright.bottom:
                        points.add((x, y))
    return len(points)


COLUMN = [card("a", 0, 0), card("b", 0, 110), card("c", 0, 220)]


def test_events_to_one_card_arrive_as_one_bundle_with_one_head() -> None:
    found = routes([*COLUMN, card("z", 420, 110)], [edge(one, "z") for one in "abc"])

    assert len({route.points[-1] for route in found}) == 1
    assert crossings(found) == 0


def test_edges_of_different_kinds_arrive_at_points_of_their_own() -> None:
    cards = [card("a", 0, 0), card("z", 420, 0)]
    found = routes(cards, [edge("a", "z"), edge("a", "z", kind="handoff")])

    assert found[0].points[-1] != found[1].points[-1]
    assert all(len(route.points) == 2 for route in found)


def test_unrelated_edges_in_one_gap_run_side_by_side_without_crossing() -> None:
    cards = [*COLUMN, card("x", 420, 40), card("y", 420, 150), card("z", 420, 260)]
    found = routes(cards, [edge("a", "y"), edge("b", "z")])
    turns = [route.points[1].x for route in found if len(route.points) > 2]

    assert crossings(found) == 0
    assert turns[0] - turns[1] > 3


def test_edges_that_turn_back_through_one_gap_keep_clear_of_each_other() -> None:
    cards = [card(f"{at}", at % 3 * 300, at // 3 * 160) for at in range(6)]
    found = routes(cards, [edge("2", "3"), edge("1", "4"), edge("0", "5")])

    for one, other in combinations(found, 2):
        for a in pieces(one):
            for b in pieces(other):
                beside = a.left == a.right and b.left == b.right and abs(a.left - b.left) < 3
                assert not (beside and min(a.bottom, b.bottom) - max(a.top, b.top) > 6)


def test_the_edges_of_a_row_of_failures_do_not_cross_the_way_that_succeeds() -> None:
    names = "abc"
    cards = [card(name, at * 340, 0, "success", "failure") for at, name in enumerate(names)]
    cards += [card("done", 1020, 0), card("failed", 1020, 160)]
    edges = [
        BoardEdge(f"{one} ok", one, other, "success") for one, other in pairwise([*names, "done"])
    ]
    edges += [BoardEdge(f"{one} failed", one, "failed", "failure") for one in names]

    assert crossings(routes(cards, edges, "right")) == 0


def test_labels_stand_on_no_card_and_on_no_other_edge() -> None:
    cards = [*COLUMN, card("x", 460, 40), card("y", 460, 150), card("z", 460, 260)]
    edges = [edge(one, other, f"{one}.{other}.sent") for one in "abc" for other in "xyz"][::2]
    found = routes(cards, edges)

    for route in found:
        assert route.label is not None
        assert not any(route.label.meets(one.rect) for one in cards)
        for other in found:
            if other is not route:
                assert other.label is None or not route.label.meets(other.label)
                assert not any(route.label.meets(piece.grown(0.5)) for piece in pieces(other))


def test_edges_of_one_bundle_that_say_the_same_say_it_once() -> None:
    cards = [card("lead", 0, 110), *(card(name, 420, at * 110) for at, name in enumerate("xyz"))]
    found = routes(cards, [edge("lead", name, "supervises", "orchestrator") for name in "xyz"])

    assert sum(route.label is not None for route in found) == 1


def test_edges_that_arrive_beside_one_that_goes_straight_in_join_it_at_its_head() -> None:
    cards = [card("a", 0, 0, "yes", "no"), card("b", 0, 200), card("z", 420, 0)]
    edges = [BoardEdge("a yes z", "a", "z", "yes"), edge("b", "z", kind="")]
    found = routes(cards, edges, "right")

    assert len({route.points[-1] for route in found}) == 1
    assert crossings(found) == 0


def test_edges_in_one_gap_cross_none_even_where_a_third_lies_between_two_of_them() -> None:
    agent = CardArea(
        "agent",
        Rect(60, 321, 402, 565),
        tuple(PortPlace(name, at) for name, at in zip("abcd", (8, 108, 194, 294), strict=True)),
    )
    guard = CardArea("b", Rect(375, 642, 595, 758), (PortPlace("block", 147),))
    cards = [agent, guard, card("a", 123, 642), card("c", 627, 642), card("d", 879, 642)]
    edges = [BoardEdge(name, "agent", name, name) for name in "abcd"]
    edges.append(BoardEdge("block", "b", "c", "block"))

    assert crossings(routes(cards, edges, "down")) == 0


STEPS: dict[str, tuple[str, ...]] = {
    "process": ("next",),
    "data_store": ("success", "failure"),
    "service_call": ("success", "failure"),
    "decision": ("true", "false"),
}


@pytest.mark.parametrize("count", [17, 30])
def test_a_long_flow_in_rows_with_one_end_for_all_failures_has_no_crossing(count: int) -> None:
    names = [str(number) for number in range(count)]
    kinds = [*STEPS, "process"]
    nodes = [
        node(
            name,
            kind,
            *(f"{out}:{to}" for out, to in zip(STEPS[kind], (after, "bad"), strict=False)),
        )
        for at, (name, after) in enumerate(pairwise([*names, "done"]))
        for kind in [kinds[at % len(kinds)]]
    ]
    board = sheet_picture(sheet(flow(*nodes, node("done", "terminal"), node("bad", "terminal"))))
    cards = [one.on_board for one in board.cards]
    found = routes(cards, [one.on_board for one in board.edges], board.direction)

    assert crossings(found) == 0


def test_edges_take_the_longer_way_around_a_card_rather_than_cross_another_edge() -> None:
    cards = [
        card("a", 0, 0, "success", "failure"),
        card("b", 312, 0, "success", "failure"),
        card("c", 0, 134, "success", "failure"),
        card("d", 312, 134),
        card("failed", 0, 268),
        card("lost", 312, 268),
    ]
    edges = [
        *(BoardEdge(f"{x} ok", x, y, "success") for x, y in pairwise("abcd")),
        *(BoardEdge(f"{x} failed", x, "failed", "failure") for x in "bc"),
        BoardEdge("a lost", "a", "lost", "failure"),
    ]

    assert crossings(routes(cards, edges, "right")) <= 1  # one of its own cannot be helped
