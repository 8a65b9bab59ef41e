"""The direction of a sheet, and cards that nobody moved: they stay."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.canvas.shop import write_shop

Look = Callable[..., Screen]

FLOW = "specs/domains/orders/flows/long.yaml"


def long_flow(count: int, **positions: str) -> str:
    names = [f"n{number}" for number in range(count)]
    nodes = "".join(
        f"  - id: {name}\n    type: process\n    spec: {{}}\n"
        + (f"    position: {positions[name]}\n" if name in positions else "")
        + f"    connections: {{next: {after}}}\n"
        for name, after in pairwise([*names, "end"])
    )
    return (
        "flow: {id: long, name: Long, type: traditional, domain: orders}\n"
        "trigger: {type: http, method: POST, path: /long}\n"
        f"nodes:\n{nodes}  - {{id: end, type: terminal, spec: {{status: 200}}}}\n"
    )


@pytest.fixture
def screen(tmp_path: Path) -> Screen:
    project = Project(write_shop(tmp_path, **{FLOW: long_flow(12)}), watch=False)
    return Screen(project, "orders/long")


def places(screen: Screen) -> dict[str, tuple[float, float]]:
    return {id: (card["x"], card["y"]) for id, card in screen.cards.items()}


def rows(screen: Screen) -> int:
    return len({y for _, y in places(screen).values()})


def widest(screen: Screen) -> float:
    """Width of the sheet in pixels on the screen, at the zoom at which its cards can be read."""
    return (max(x for x, _ in places(screen).values()) + 220) * 0.85


def text(screen: Screen) -> str:
    screen.ask("save")
    return (screen.project.root / FLOW).read_text("utf-8")


def test_a_long_sheet_opens_in_rows_that_fit_the_canvas(screen: Screen) -> None:
    assert screen.board["style"] == "automatic"
    assert rows(screen) > 2
    assert widest(screen) < 1053


def test_a_sheet_is_laid_out_for_the_size_that_the_canvas_says(tmp_path: Path) -> None:
    project = Project(write_shop(tmp_path, **{FLOW: long_flow(12)}), watch=False)
    narrow = Screen(project, "orders/long", greet=False)
    narrow.ask("hello", version="", size={"width": 640, "height": 640})

    assert widest(narrow) < 640


@pytest.mark.parametrize(
    ("style", "direction"), [("right", "right"), ("down", "down"), ("wrapped", "right")]
)
def test_a_chosen_direction_lays_out_the_sheet_and_stands_in_its_file(
    screen: Screen, style: str, direction: str
) -> None:
    screen.ask("direction", style=style)

    assert (screen.board["style"], screen.board["direction"]) == (style, direction)
    assert f"direction: {style}" in text(screen)
    again = Screen(Project(screen.project.root, watch=False), "orders/long")
    assert (again.board["style"], again.board["direction"]) == (style, direction)
    assert places(again) == places(screen)


def test_choosing_a_direction_is_one_step_to_undo(screen: Screen) -> None:
    before = places(screen)
    screen.ask("direction", style="down")
    assert screen.board["status"]["undo"] == "lay out the sheet downwards"
    screen.ask("undo")

    assert (screen.board["style"], screen.board["direction"]) == ("automatic", "right")
    assert places(screen) == before


def test_tidy_keeps_the_direction_that_was_chosen(screen: Screen) -> None:
    screen.ask("direction", style="down")
    before = places(screen)
    screen.ask("move", moves=[{"id": "n3", "x": 900, "y": 900}])
    screen.ask("tidy")

    assert screen.board["style"] == "down"
    assert places(screen) == before


def test_automatic_takes_what_shows_most_again(screen: Screen) -> None:
    screen.ask("direction", style="right")
    assert rows(screen) == 1
    screen.ask("direction", style="automatic")

    assert screen.board["style"] == "automatic"
    assert rows(screen) > 2


def test_a_direction_that_nobody_knows_is_refused(screen: Screen) -> None:
    assert "style" in screen.refused("direction", style="upwards")


def test_the_direction_never_changes_while_one_draws(tmp_path: Path) -> None:
    level = {f"n{at}": f"{{x: {at * 300}, y: 0}}" for at in range(3)}
    project = Project(write_shop(tmp_path, **{FLOW: long_flow(3, **level)}), watch=False)
    screen = Screen(project, "orders/long")
    assert screen.board["direction"] == "right"
    last = "n2"
    for number in range(8):
        new: dict[str, Any] = {"type": "process", "x": 600, "y": 200 * (number + 1)}
        last = screen.ask("add", **new, connect_from=last)["id"]
        assert screen.board["direction"] == "right"


def test_what_nobody_moved_stays_when_cards_come_and_go(screen: Screen) -> None:
    before = places(screen)
    new = screen.ask("add", type="process", x=2000, y=2000)["id"]
    assert {id: at for id, at in places(screen).items() if id != new} == before
    screen.ask("remove", cards=[new, "n5"], links=[])

    assert places(screen) == {id: at for id, at in before.items() if id != "n5"}


def test_a_card_with_a_new_id_stays_where_it_was(screen: Screen) -> None:
    before = places(screen)
    screen.ask("rename", id="n4", to="check")

    assert places(screen) == {"check" if id == "n4" else id: at for id, at in before.items()}


def test_domains_stay_when_an_event_joins_them(tmp_path: Path) -> None:
    project = Project(write_shop(tmp_path, **{"specs/system-layout.yaml": "{}\n"}), watch=False)
    screen = Screen(project)
    before = places(screen)
    screen.ask("new_domain", name="returns", description="")
    screen.ask("go", at="")

    assert {id: at for id, at in places(screen).items() if id != "returns"} == before


def test_cards_whose_places_overlap_are_shown_apart_and_the_board_says_so(tmp_path: Path) -> None:
    heap = {"n0": "{x: 0, y: 200}", "n1": "{x: 30, y: 210}", "n2": "{x: 400, y: 200}"}
    project = Project(write_shop(tmp_path, **{FLOW: long_flow(3, **heap)}), watch=False)
    screen = Screen(project, "orders/long")
    found = places(screen)

    assert screen.board["apart"]
    assert found["n0"] == (0.0, 200.0)
    assert abs(found["n1"][0]) >= 220 or abs(found["n1"][1] - 200) >= 72
    assert project.dirty == set()


def test_tidy_ends_that_cards_are_shown_beside_their_places(tmp_path: Path) -> None:
    heap = {"n0": "{x: 0, y: 200}", "n1": "{x: 30, y: 210}"}
    project = Project(write_shop(tmp_path, **{FLOW: long_flow(3, **heap)}), watch=False)
    screen = Screen(project, "orders/long")
    screen.ask("tidy")

    assert not screen.board["apart"]


def test_a_card_dropped_on_another_steps_aside_itself(look: Look) -> None:
    screen = look("orders/place-order")
    before = places(screen)
    ids = [id for id, card in screen.cards.items() if card["kind"] == "node"]
    x, y = before[ids[0]]
    screen.ask("move", moves=[{"id": ids[-1], "x": x + 5, "y": y + 5}])

    assert {id: at for id, at in places(screen).items() if id != ids[-1]} == {
        id: at for id, at in before.items() if id != ids[-1]
    }
    assert not screen.board["apart"]
