from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.maps.layout import (
    Box,
    Direction,
    LayoutEdge,
    Point,
    Positions,
    lay_out,
    place_around,
    rect_of,
    trend,
)


def boxes(count: int, width: float = 220, height: float = 72) -> list[Box]:
    return [Box(str(index), width, height) for index in range(count)]


def lines(*pairs: tuple[int, int]) -> list[LayoutEdge]:
    return [LayoutEdge(str(source), str(target)) for source, target in pairs]


def overlap(found: list[Box], places: Positions) -> bool:
    areas = [rect_of(box, places[box.id]) for box in found]
    return any(one.meets(other) for one, other in combinations(areas, 2))


sized = st.lists(
    st.tuples(st.integers(20, 400), st.integers(20, 300)), min_size=1, max_size=14
).map(lambda sizes: [Box(str(at), float(w), float(h)) for at, (w, h) in enumerate(sizes)])
tangle = st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15)), max_size=40)


@given(sized, tangle, st.sampled_from(["right", "down"]))
def test_no_two_boxes_overlap_whatever_the_lines(
    found: list[Box], pairs: list[tuple[int, int]], direction: Direction
) -> None:
    places = lay_out(found, lines(*pairs), direction)

    assert places.keys() == {box.id for box in found}
    assert not overlap(found, places)
    assert min(at.x for at in places.values()) == 0 == min(at.y for at in places.values())
    assert places == lay_out(found, lines(*pairs), direction)


@given(sized, tangle, st.data())
def test_placed_boxes_stay_and_others_go_around_them(
    found: list[Box], pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    spot = st.builds(Point, st.integers(-900, 900), st.integers(-900, 900))
    placed = data.draw(st.dictionaries(st.sampled_from([box.id for box in found]), spot))
    places = place_around(found, lines(*pairs), placed)

    assert all(places[id_] == at for id_, at in placed.items())
    for one, other in combinations(found, 2):
        if one.id not in placed or other.id not in placed:
            assert not rect_of(one, places[one.id]).meets(rect_of(other, places[other.id]))


def test_lines_lead_onwards_in_the_direction_asked_for() -> None:
    right = lay_out(boxes(3), lines((0, 1), (1, 2)))
    down = lay_out(boxes(3), lines((0, 1), (1, 2)), "down")

    assert right["0"].x < right["1"].x < right["2"].x
    assert down["0"].y < down["1"].y < down["2"].y


def test_the_first_output_goes_straight_on_and_others_step_aside() -> None:
    places = lay_out(boxes(7), lines((0, 1), (1, 2), (1, 4), (2, 3), (2, 5), (3, 6)))

    assert len({places[id_].y for id_ in ("0", "1", "2", "3", "6")}) == 1


def test_cycles_and_lines_to_oneself_are_fine() -> None:
    places = lay_out(boxes(3), lines((0, 1), (1, 2), (2, 0), (1, 1)))

    assert places["0"].x < places["1"].x < places["2"].x


def test_a_chain_of_five_thousand_does_not_overflow_the_stack() -> None:
    chain = lay_out(boxes(5000), lines(*pairwise(range(5000))))
    ring = lay_out(boxes(5000), lines(*pairwise(range(5000)), (4999, 0)))

    assert chain["4999"].x > chain["0"].x
    assert not chain.keys() - ring.keys()


def test_parts_that_nothing_connects_stand_side_by_side() -> None:
    places = lay_out(boxes(6), lines((0, 1), (2, 3)))

    assert not overlap(boxes(6), places)
    assert max(at.x for at in places.values()) < 6 * 320


def test_boxes_without_lines_fill_a_grid_in_reading_order() -> None:
    places = lay_out(boxes(9), [])

    assert [id_ for id_, _ in sorted(places.items(), key=lambda item: (item[1].y, item[1].x))] == [
        str(index) for index in range(9)
    ]
    assert len({at.y for at in places.values()}) > 1


def test_a_new_box_goes_right_after_what_leads_to_it() -> None:
    placed = {"0": Point(100, 100), "1": Point(100, 400)}
    places = place_around(boxes(3), lines((1, 2)), placed)

    assert places["2"].x > 100 + 220
    assert places["2"].y == 400


def test_the_trend_of_placed_boxes_says_where_lines_lead() -> None:
    upright = {"0": Point(0, 0), "1": Point(0, 130), "2": Point(0, 260)}
    level = {"0": Point(0, 0), "1": Point(300, 0), "2": Point(600, 0)}

    assert trend(boxes(3), lines((0, 1), (1, 2)), upright, "right") == "down"
    assert trend(boxes(3), lines((0, 1), (1, 2)), level, "down") == "right"
    assert trend(boxes(3), [], {}, "down") == "down"
