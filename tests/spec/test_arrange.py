"""Lining cards up, spreading them, putting them on a grid."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.spec.edit.arrange import Area, Moves, Side, Way, align, distribute, snap
from ddd_lab.spec.edit.nodes import EditError

CARDS = {
    "a": Area(0, 0, 100, 40),
    "b": Area(130, 10, 200, 60),
    "c": Area(400, 90, 100, 80),
}


def after(cards: dict[str, Area], moves: Moves) -> dict[str, Area]:
    return {id: area._replace(x=x, y=y) for id, area in cards.items()
            for x, y in [moves.get(id, (area.x, area.y))]}  # fmt: skip


@pytest.mark.parametrize(
    ("side", "line"),
    [
        ("left", lambda area: area.x),
        ("center", lambda area: area.x + area.width / 2),
        ("right", lambda area: area.x + area.width),
        ("top", lambda area: area.y),
        ("middle", lambda area: area.y + area.height / 2),
        ("bottom", lambda area: area.y + area.height),
    ],
)
def test_aligned_cards_share_a_line_and_move_along_one_axis_only(side: Side, line: object) -> None:
    assert callable(line)
    moved = after(CARDS, align(CARDS, side))
    assert len({line(area) for area in moved.values()}) == 1
    fixed = "y" if side in ("left", "center", "right") else "x"
    assert [getattr(a, fixed) for a in moved.values()] == [
        getattr(a, fixed) for a in CARDS.values()
    ]


def test_cards_are_aligned_with_the_outermost() -> None:
    assert align(CARDS, "right") == {"a": (400, 0), "b": (300, 10)}


def test_distributed_cards_have_equal_gaps_and_the_outer_two_stay() -> None:
    moved = after(CARDS, distribute(CARDS, "horizontally"))
    assert moved["a"] == CARDS["a"]
    assert moved["c"] == CARDS["c"]
    assert moved["b"].x - 100 == 400 - (moved["b"].x + 200)


areas = st.builds(
    Area, *[st.integers(-2000, 2000)] * 2, *[st.integers(20, 400)] * 2
)  # fmt: skip
boards = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), areas, min_size=3, max_size=12)


@given(boards, st.sampled_from(["horizontally", "vertically"]))
def test_any_cards_are_spread_evenly_to_the_pixel(cards: dict[str, Area], way: Way) -> None:
    moved = after(cards, distribute(cards, way))
    place, size = ("x", "width") if way == "horizontally" else ("y", "height")

    def end(area: Area) -> float:
        return float(getattr(area, place) + getattr(area, size))

    ids = sorted(cards, key=lambda id: getattr(cards[id], place) + end(cards[id]))
    gaps = [getattr(moved[b], place) - end(moved[a]) for a, b in pairwise(ids)]
    assert max(gaps) - min(gaps) <= 2


@given(boards, st.integers(1, 100))
def test_snapped_cards_lie_on_the_grid_as_near_as_can_be(cards: dict[str, Area], grid: int) -> None:
    for id, area in after(cards, snap(cards, grid)).items():
        assert area.x % grid == 0
        assert area.y % grid == 0
        assert abs(area.x - cards[id].x) <= grid / 2
        assert abs(area.y - cards[id].y) <= grid / 2


def test_too_few_cards_and_unknown_words_are_refused() -> None:
    with pytest.raises(EditError, match="at least 2"):
        align({"a": CARDS["a"]}, "left")
    with pytest.raises(EditError, match="at least 3"):
        distribute({"a": CARDS["a"], "b": CARDS["b"]}, "vertically")
    with pytest.raises(EditError, match="not 'up'"):
        align(CARDS, "up")  # type: ignore[arg-type]  # as a browser may ask
    with pytest.raises(EditError, match="grid"):
        snap(CARDS, 0)
