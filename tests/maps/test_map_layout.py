"""Where the cards of a map lie that nobody placed, and how its edges run then."""

from __future__ import annotations

from functools import partial
from itertools import combinations, pairwise, product
from random import Random

import pytest

from ddd_lab.maps.arrange import map_laid_out
from ddd_lab.maps.coordinates import place_map
from ddd_lab.maps.data import CardData
from ddd_lab.maps.edges import MapEdge
from ddd_lab.maps.layout import Rect, View
from ddd_lab.maps.routing import CardArea, EdgeRouter, Route, map_crossings
from ddd_lab.maps.routing.trails import crossings
from ddd_lab.spec.edit.arrange import Area
from tests.steps import steps

WIDTH, HEIGHT = 240, 112
NAMES = [f"domain-{number}" for number in range(15)]


def event(source: str, target: str) -> MapEdge:
    return MapEdge(f"{source} → {target}", source, target, kind="event", events=("sent",))


def tangle(events: int, seed: int) -> list[MapEdge]:
    """Domains that tell each other of events, to and fro."""
    dice = Random(seed)
    pairs = dict.fromkeys((*dice.sample(NAMES, 2),) for _ in range(events))
    return [event(*pair) for pair in pairs]


def placed(edges: list[MapEdge], view: View | None = None) -> dict[str, CardArea]:
    cards: dict[str, CardData] = {name: {"width": WIDTH, "height": HEIGHT} for name in NAMES}
    place_map(cards, edges, {}, view=view or View())
    found: dict[str, CardArea] = {}
    for name, card in cards.items():
        x, y = card["position"]["x"], card["position"]["y"]
        found[name] = CardArea(name, Rect(x, y, x + WIDTH, y + HEIGHT))
    return found


def routed(cards: list[CardArea], edges: list[MapEdge]) -> dict[str, Route]:
    return dict(EdgeRouter().routes(cards, [edge.on_board for edge in edges], None))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_map_of_fifteen_domains_with_thirty_events_can_be_followed_by_eye(seed: int) -> None:
    edges = tangle(30, seed)
    cards = list(placed(edges).values())
    routes = routed(cards, edges)

    assert map_crossings(cards, [edge.on_board for edge in edges]) <= 6
    for one, other in combinations(cards, 2):
        assert not one.rect.meets(other.rect)
    for route in routes.values():
        for a, b in pairwise(route.points):
            line = Rect(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)).grown(0.5)
            assert not any(line.meets(card.rect.grown(-1)) for card in cards)
        assert route.label is None or not any(route.label.meets(card.rect) for card in cards)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_edges_to_one_card_and_from_one_card_join_where_they_would_cross(seed: int) -> None:
    edges = tangle(30, seed)
    ends = {edge.id: (edge.source, edge.target) for edge in edges}
    routes = routed(list(placed(edges).values()), edges)
    crossed = crossings({id: [(x, y) for x, y in route.points] for id, route in routes.items()})

    for ids in crossed.values():
        sources, targets = zip(*(ends[id] for id in ids), strict=True)
        assert len({*sources}) > 1
        assert len({*targets}) > 1


def test_a_tangled_map_has_the_shape_of_the_view() -> None:
    areas = [card.rect for card in placed(tangle(30, 1)).values()]
    wide = max(area.right for area in areas) - min(area.left for area in areas)
    high = max(area.bottom for area in areas) - min(area.top for area in areas)

    assert 1 < wide / high < 3
    assert len(areas) * WIDTH * HEIGHT / (wide * high) > 0.3


def test_edges_that_would_cross_take_other_sides() -> None:
    cards = [
        CardArea(id, Rect(x, y, x + 220, y + HEIGHT))
        for id, (x, y) in zip("abcdef", product((0, 300, 600), (0, 250)), strict=True)
    ]
    edges = [event(*pair) for pair in ("cf", "bd", "af", "cd", "cb")]

    assert map_crossings(cards, [edge.on_board for edge in edges]) == 0


def test_a_tangled_map_is_looked_for_once() -> None:
    edges = tangle(30, 1)
    first = steps(partial(placed, edges, View(700, 700)))

    assert steps(partial(placed, edges, View(700, 700))) < first / 10


def test_tidy_lays_a_map_out_as_it_opens_with_edges_of_every_kind() -> None:
    edges = [*tangle(12, 2), MapEdge("led", NAMES[0], NAMES[1], kind="orchestrator")]
    opened = {name: (card.rect.left, card.rect.top) for name, card in placed(edges).items()}
    everywhere = {name: Area(0, 0, WIDTH, HEIGHT) for name in NAMES}

    assert map_laid_out(everywhere, edges) == opened


def test_a_map_lies_the_same_in_windows_of_most_sizes() -> None:
    edges = tangle(20, 4)

    assert placed(edges) == placed(edges) == placed(edges, View(1896, 860))
    assert placed(edges) != placed(edges, View(640, 640))


def test_events_that_lead_one_way_still_lead_onwards() -> None:
    cards = placed([event(one, other) for one, other in pairwise(NAMES[:4])])
    areas = [cards[name].rect for name in NAMES[:4]]

    assert all(a.right < b.left or a.bottom < b.top for a, b in pairwise(areas))
