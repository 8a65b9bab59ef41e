from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.maps.layout import (
    CELL,
    Box,
    LayoutEdge,
    Point,
    Positions,
    Style,
    View,
    apart,
    lay_out,
    leads,
    place_around,
    rect_of,
    sight,
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


@given(sized, tangle, st.sampled_from(["right", "down", "wrapped"]))
def test_no_two_boxes_overlap_whatever_the_lines(
    found: list[Box], pairs: list[tuple[int, int]], style: Style
) -> None:
    places = lay_out(found, lines(*pairs), style)

    assert places.keys() == {box.id for box in found}
    assert not overlap(found, places)
    assert min(at.x for at in places.values()) == 0 == min(at.y for at in places.values())
    assert places == lay_out(found, lines(*pairs), style)


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


def ports(count: int, after: float) -> list[Box]:
    return [Box(str(index), 220, 72, after) for index in range(count)]


def chain(count: int) -> list[LayoutEdge]:
    return lines(*pairwise(range(count)))


def test_a_wrapped_chain_runs_in_rows_from_left_to_right_within_the_view() -> None:
    places = lay_out(boxes(17), chain(17), "wrapped")

    rows = sorted({at.y for at in places.values()})
    assert 4 <= len(rows) <= 6
    assert max(at.x for at in places.values()) + 220 < CELL.across
    order = sorted(places, key=lambda id_: (places[id_].y, places[id_].x))
    assert order == [str(index) for index in range(17)]


def test_a_wrapped_chain_shows_most_of_its_boxes() -> None:
    hidden = {
        style: sight(boxes(17), lay_out(boxes(17), chain(17), style), leads(style), CELL).hidden
        for style in ("right", "down", "wrapped")
    }

    assert hidden["wrapped"] < 17 / 2 < min(hidden["right"], hidden["down"])


def test_an_ending_that_many_rows_lead_to_stands_below_them() -> None:
    failing = [*chain(12), *(LayoutEdge(str(source), "12") for source in (1, 5, 9))]
    places = lay_out(boxes(13), failing, "wrapped")

    assert places["12"].y > max(at.y for id_, at in places.items() if id_ != "12")
    assert places["12"].x == 0


def test_the_line_named_the_main_way_goes_straight_on() -> None:
    aside = [LayoutEdge("0", "1"), LayoutEdge("0", "2", main=True), LayoutEdge("2", "3")]
    places = lay_out(boxes(4), aside)

    assert places["0"].y == places["2"].y == places["3"].y
    assert places["1"].y < places["2"].y


def test_labels_of_outputs_have_room_between_ranks_and_between_parts() -> None:
    wide = lay_out(ports(2, 100), chain(2))
    loose = lay_out(ports(6, 100), [])

    assert wide["1"].x - 220 > 100
    for one, other in combinations(loose.values(), 2):
        assert one.y != other.y or abs(one.x - other.x) > 320


def test_a_smaller_view_makes_shorter_rows() -> None:
    view = View(640, 640)
    narrow = lay_out(boxes(12), chain(12), "wrapped", view)

    assert max(at.x for at in narrow.values()) + 220 < view.across < CELL.across


@given(sized, st.data())
def test_boxes_that_cover_each_other_are_shown_apart_and_settled_ones_stay(
    found: list[Box], data: st.DataObject
) -> None:
    spot = st.builds(Point, st.integers(-300, 300), st.integers(-300, 300))
    places = {box.id: data.draw(spot) for box in found}
    moved = apart(found, places, settled={found[-1].id})

    assert not overlap(found, moved)
    assert moved[found[-1].id] == places[found[-1].id]
    assert moved == apart(found, places, settled={found[-1].id})


def test_boxes_that_lie_clear_of_each_other_are_left_alone() -> None:
    places = {"0": Point(0.5, 0), "1": Point(0.5, 73), "2": Point(221, 10)}

    assert apart(boxes(3), places) == places


def test_boxes_follow_in_the_order_of_the_outputs_that_lead_to_them() -> None:
    places = lay_out(boxes(5), lines((0, 3), (0, 2), (1, 3), (2, 4), (3, 4)))

    assert places["3"].x == places["2"].x
    assert places["3"].y < places["2"].y
