"""Sheets on which edges cross only where they must, however ranks order the cards."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.maps import sheet
from ddd_lab.maps.arrange import tidied
from ddd_lab.maps.data import Sheet
from ddd_lab.maps.routing import EdgeRouter
from ddd_lab.maps.routing.trails import crossings
from ddd_lab.maps.svg.pictures import sheet_picture

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"


@pytest.fixture(scope="module")
def boards() -> dict[str, Sheet]:
    """The sheets of the sample after Tidy."""
    with ddd.open(FERNHILL, watch=False) as project:
        flows = dict(project.workbench.design.flows)
    return {key: sheet(tidied(flow)) for key, flow in flows.items()}


def crossed(board: Sheet) -> int:
    """Points at which edges cross as pictures draw them."""
    picture = sheet_picture(board)
    routes = EdgeRouter().routes(
        [card.on_board for card in picture.cards],
        [edge.on_board for edge in picture.edges],
        picture.direction,
    )
    return len(
        crossings({id: tuple((x, y) for x, y in route.points) for id, route in routes.items()})
    )


@pytest.mark.parametrize(
    "key",
    [
        "catalogue/receive-delivery",  # a loop whose edges leave its frame
        "lending/remind-overdue",
        "reservations/reserve-title",  # endings whose failures alternate
        "reservations/allocate-copy",
        "helpdesk/account-helper",  # an agent's sheet
    ],
)
def test_edges_that_ranks_would_cross_do_not_where_cards_can_stand_elsewhere(
    boards: dict[str, Sheet], key: str
) -> None:
    assert crossed(boards[key]) == 0


def test_cards_moved_for_clear_edges_cover_none_and_stay_in_their_frames(
    boards: dict[str, Sheet],
) -> None:
    for board in boards.values():
        areas = {card.id: card.rect for card in sheet_picture(board).cards}
        assert not any(one.meets(other) for one, other in combinations(areas.values(), 2))
    loop = next(iter(boards["catalogue/receive-delivery"]["containers"]))
    assert set(loop["children"]) == {
        *("save_title", "write_shelf_note", "save_copy", "offer_copy", "set_line_aside")
    }
