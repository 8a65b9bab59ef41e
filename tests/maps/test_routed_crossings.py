"""Sheets on which edges cross only where they must, however ranks order the cards."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path

import pytest

import ddd_lab as ddd
from benchmarks.designs import write_domain
from ddd_lab.maps import domain_map, sheet
from ddd_lab.maps.arrange import tidied
from ddd_lab.maps.data import Sheet
from ddd_lab.maps.routing import EdgeRouter
from ddd_lab.maps.routing.joining import TOUCH
from ddd_lab.maps.routing.trails import crossings, pieces
from ddd_lab.maps.svg.drawing import Drawing
from ddd_lab.maps.svg.pictures import domain_picture, sheet_picture
from tests.corpus import real_projects
from tests.maps.designs import flow, node

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"
OBLIGO = [root for root in real_projects() if root.name == "obligo"]


@pytest.fixture(scope="module")
def boards() -> dict[str, Sheet]:
    """The sheets of the sample after Tidy."""
    with ddd.open(FERNHILL, watch=False) as project:
        flows = dict(project.workbench.design.flows)
    return {key: sheet(tidied(flow)) for key, flow in flows.items()}


def crossed(board: Sheet) -> int:
    """Points at which edges cross as pictures draw them."""
    return crossings_of(sheet_picture(board))


def crossings_of(picture: Drawing) -> int:
    """Points at which edges of a picture cross."""
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
        "helpdesk/ask-a-librarian",  # a team whose edges leave it between others
    ],
)
def test_edges_that_ranks_would_cross_do_not_where_cards_can_stand_elsewhere(
    boards: dict[str, Sheet], key: str
) -> None:
    assert crossed(boards[key]) == 0


def test_edges_from_different_outputs_to_different_cards_never_run_on_each_other() -> None:
    with ddd.open(FERNHILL, watch=False) as project:
        boards = [sheet(flow) for flow in project.workbench.design.flows.values()]
    for picture in map(sheet_picture, boards):
        edges = [edge.on_board for edge in picture.edges]
        cards = [card.on_board for card in picture.cards]
        routes = EdgeRouter().routes(cards, edges, picture.direction)
        for one, other in combinations(edges, 2):
            out, other_out = (one.source, one.output), (other.source, other.output)
            if one.target == other.target or out == other_out:
                continue
            for a, b in product(*(pieces(routes[edge.id].points) for edge in (one, other))):
                assert a[:2] != b[:2] or min(a[3], b[3]) - max(a[2], b[2]) <= TOUCH


def test_a_sheet_lies_so_that_its_edges_are_short_and_do_not_cross() -> None:
    checks = ("facts", "tone", "sources")
    spec = {"rules": [{"id": name, "route": name} for name in checks]}
    board = sheet(
        flow(
            node("router", "smart_router", *(f"{name}:{name}" for name in checks), spec=spec),
            *(node(name, "sub_flow", "success:store", f"error:no_{name}") for name in checks),
            node("store", "data_store", "success:stored", "error:not_stored"),
            *(node(name, "terminal") for name in ("stored", "not_stored")),
            *(node(f"no_{name}", "terminal") for name in checks),
        )
    )

    assert board["style"] == "down"
    assert crossed(board) == 0


@pytest.mark.skipif(not OBLIGO, reason="the corpus is not there: set DDD_LAB_CORPUS")
def test_an_edge_back_comes_in_beside_the_one_that_it_answers_where_it_would_cross() -> None:
    with ddd.open(OBLIGO[0], watch=False) as project:
        board = sheet(tidied(project.workbench.design.flows["support/support-orchestration"]))

    assert crossed(board) == 0


def test_the_map_of_a_domain_with_agents_has_no_edges_that_cross(tmp_path: Path) -> None:
    domain = write_domain(tmp_path, 13, 12, agents=5)
    with ddd.open(tmp_path, watch=False) as project:
        picture = domain_picture(domain_map(project.workbench.design, domain))

    assert crossings_of(picture) == 0


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
