"""Where edges run: around cards, apart from each other, and again only where something changed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, pairwise, product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ddd_lab.maps.edge_looks import EDGE_LOOKS
from ddd_lab.maps.edges import MapEdge
from ddd_lab.maps.layout import Direction, Rect
from ddd_lab.maps.routing import BoardEdge, CardArea, EdgeRouter, PortPlace, Route


def card(id: str, x: float, y: float, *labels: str) -> CardArea:
    """A card of the usual size with an output per label, or with the one way on."""
    ports = [
        PortPlace(label or "next", 72 * (index + 1) / (len(labels or "n") + 1), label)
        for index, label in enumerate(labels or ("",))
    ]
    return CardArea(id, Rect(x, y, x + 220, y + 72), tuple(ports))


def edge(source: str, target: str, output: str = "next", label: str = "") -> BoardEdge:
    return BoardEdge(f"{source} {output} {target}", source, target, output, label)


def grid(random: Random, edges: int = 40) -> tuple[list[CardArea], list[BoardEdge]]:
    """Thirty cards in rows that are not quite straight, and edges between them."""
    cards = [
        card(f"{column}/{row}", column * 340, round(row * 130 + 40 * random.random()))
        for column, row in product(range(6), range(5))
    ]
    pairs = {tuple(random.sample(range(30), 2)): None for _ in range(edges)}
    return cards, [edge(cards[one].id, cards[other].id) for one, other in pairs]


def crossed(route: Route, cards: list[CardArea]) -> list[str]:
    """The cards that a route runs over."""
    pieces = [
        Rect(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)).grown(0.1)
        for a, b in pairwise(route.points)
    ]
    return [one.id for one in cards if any(one.rect.grown(-1).meets(piece) for piece in pieces)]


def routes(
    cards: list[CardArea], edges: list[BoardEdge], direction: Direction | None = "right"
) -> Mapping[str, Route]:
    return EdgeRouter().routes(cards, edges, direction)


def test_edges_go_around_the_cards_of_a_grid_at_right_angles() -> None:
    cards, edges = grid(Random(7))
    for route in routes(cards, edges).values():
        assert crossed(route, cards) == []
        assert all(a.x == b.x or a.y == b.y for a, b in pairwise(route.points))


def test_an_edge_goes_around_a_card_in_its_way() -> None:
    cards = [card("first", 0, 0), card("block", 400, 0), card("last", 800, 0)]
    found = routes(cards, [edge("first", "last")])
    assert crossed(found["first next last"], cards) == []


def test_a_way_back_leads_around_its_own_cards() -> None:
    cards = [card("first", 0, 0), card("last", 400, 0)]
    found = routes(cards, [edge("last", "first")])
    assert crossed(found["last next first"], cards) == []


@settings(max_examples=20)
@given(
    st.integers(),
    st.sampled_from([10, 120]),  # those of many edges are routed in another way
    st.sampled_from(["right", None]),
    st.lists(
        st.tuples(
            st.integers(0, 29), st.sampled_from([-300, -24, 0, 24, 170]), st.integers(-90, 90)
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_routes_after_any_moves_are_those_of_a_board_that_always_was_so(
    seed: int, many: int, direction: Direction | None, moves: list[tuple[int, int, int]]
) -> None:
    random = Random(seed)
    cards, edges = grid(random, many)
    router = EdgeRouter()
    router.routes(cards, edges, direction)
    for number, right, down in moves:
        area = cards[number].rect
        moved = Rect(area.left + right, area.top + down, area.right + right, area.bottom + down)
        cards[number] = cards[number]._replace(rect=moved)
        edges.pop(random.randrange(len(edges)))
        random.shuffle(cards)
        found = router.routes(cards, edges, direction)
    assert found == routes(cards, edges, direction)


def test_a_moved_card_leaves_edges_elsewhere_as_they_are() -> None:
    cards = [card(f"{number}", number % 6 * 340, number // 6 * 260) for number in range(30)]
    edges = [edge(f"{number}", f"{number + 1}") for number in range(29)]
    router = EdgeRouter()
    before = router.routes(cards, edges, "right")
    cards[8] = card("8", 2 * 340 + 60, 300)
    after = router.routes(cards, edges, "right")

    assert after["25 next 26"] is before["25 next 26"]
    assert after["7 next 8"] != before["7 next 8"]


def test_an_edge_is_straight_again_when_a_card_has_left_its_way() -> None:
    ends = [card("a", 0, 0), card("b", 900, 0)]
    router = EdgeRouter()
    around = router.routes([*ends, card("c", 450, 0)], [edge("a", "b")], "right")
    straight = router.routes([*ends, card("c", 450, 700)], [edge("a", "b")], "right")

    assert len(around["a next b"].points) > 2
    assert len(straight["a next b"].points) == 2


def test_edges_go_around_a_column_of_cards() -> None:
    cards = [card(f"{number}", 0, number * 185) for number in range(7)]
    edges = [edge("4", "0"), edge("6", "0"), edge("6", "2"), edge("4", "2"), edge("0", "5")]
    for route in routes(cards, edges, None).values():
        assert crossed(route, cards) == []


def test_edges_there_and_back_lie_apart() -> None:
    there, back = routes(
        [card("a", 0, 0), card("b", 500, 0)], [edge("a", "b"), edge("b", "a")], None
    ).values()

    assert len(there.points) == len(back.points) == 2
    assert abs(there.points[0].y - back.points[0].y) >= 16


def test_an_edge_from_a_card_to_itself_leads_around_it() -> None:
    loop = [card("a", 0, 0)]
    directions: tuple[Direction | None, ...] = ("right", "down", None)
    for direction in directions:
        (route,) = routes(loop, [edge("a", "a")], direction).values()
        assert len(route.points) >= 4


def test_an_edge_turns_after_the_label_of_its_port() -> None:
    cards = [card("a", 0, 0, "not allowed"), card("b", 420, 200)]
    (route,) = routes(cards, [edge("a", "b", "not allowed")]).values()

    assert route.points[1].x - route.points[0].x > 70


def test_labels_lie_neither_on_cards_nor_on_each_other() -> None:
    cards = [card(f"{number}", number % 3 * 420, number // 3 * 200) for number in range(9)]
    edges = [
        edge(f"{one}", f"{other}", label=f"order.{other}_placed")
        for one, other in ((0, 1), (1, 0), (1, 2), (3, 1), (4, 8), (8, 4), (6, 7), (5, 0))
    ]
    labels = [route.label for route in routes(cards, edges, None).values()]
    areas = [label for label in labels if label]

    assert len(areas) == len(edges)
    for number, area in enumerate(areas):
        others = [*areas[number + 1 :], *(one.rect for one in cards)]
        assert not any(area.meets(other) for other in others)


def test_a_label_between_two_close_cards_stands_in_the_gap() -> None:
    cards = [card("a", 0, 0), card("b", 280, 0)]
    (route,) = routes(cards, [edge("a", "b", label="2 events")], None).values()

    assert route.label is not None
    assert not any(route.label.meets(one.rect) for one in cards)


def test_a_label_without_room_is_left_out_rather_than_printed_over_a_card() -> None:
    cards = [card("a", 0, 0), card("b", 240, 0)]
    (route,) = routes(cards, [edge("a", "b", label="order.placed")], None).values()

    assert len(route.points) == 2
    assert route.label is None


def test_no_label_stands_on_an_edge_of_another_event() -> None:
    cards = [card(f"{number}", number % 3 * 300, number // 3 * 130) for number in range(9)]
    edges = [
        edge(f"{one}", f"{other}", label=f"order.{one}_to_{other}_happened")
        for one, other in combinations(range(9), 2)
    ]
    found = routes(cards, edges, None)
    for one, route in found.items():
        for other in found.values():
            for a, b in pairwise(other.points if other is not route else ()):
                line = Rect(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)).grown(0.5)
                assert route.label is None or not route.label.meets(line), one


def test_every_kind_of_edge_has_a_shape_of_its_own_and_says_what_it_is() -> None:
    shapes = {(look.stroke, look.head) for look in EDGE_LOOKS.values()}
    assert len(shapes) == len(EDGE_LOOKS)

    passed = MapEdge("1", "a", "b", kind="handoff", label="⇄ consult", both_ways=True)
    assert passed.hint == "Hands over, and back: consult"
    assert MapEdge("1", "a", "b").hint == ""
