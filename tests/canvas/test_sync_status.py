"""What the canvas shows of a design and its code: badges and the banner's words."""

from __future__ import annotations

import asyncio
import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import git
import pytest

from ddd_lab.implementation.mapping_writer import record_tests
from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.canvas.shop import (
    CHARGE_CARD,
    CHARGE_CARD_FILE,
    PLACE_ORDER,
    PLACE_ORDER_FILE,
    TRACK_ORDER,
    TRACK_ORDER_FILE,
    write_shop,
)
from tests.patience import PATIENCE
from tests.recorded import record_implementation

PLACE, TRACK, CHARGE = "orders/place-order", "orders/track-order", "billing/charge-card"
CODE = {
    PLACE: ("src/orders/place.py", "tests/test_place.py"),
    TRACK: ("src/orders/track.py",),
    CHARGE: ("src/billing/charge.py",),
}
MAPPING = ".ddd/mapping.yaml"


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Project]:
    """The shop with code for three of its four flows, in sync; no watcher."""
    files = {path: f"# {path}\n" for paths in CODE.values() for path in paths}
    with Project(write_shop(tmp_path / "shop", **files), watch=False) as project:
        for key, paths in CODE.items():
            record_implementation(project.workbench.sync, key, paths)
        yield project


def badges(screen: Screen, card: str) -> dict[str, dict[str, Any]]:
    return {badge["text"]: badge for badge in screen.cards[card]["badges"]}


def write(project: Project, path: str, text: str) -> None:
    project.root.joinpath(path).write_text(text, "utf-8")
    project.refresh()


def results(passed: int, failed: int = 0, errors: int = 0, skipped: int = 0) -> dict[str, Any]:
    total = passed + failed + errors + skipped
    return {"total": total, "passed": passed, "failed": failed, "errors": errors, "tests": []}


def test_a_project_without_code_has_no_badge_for_it(shop: Project) -> None:
    flows = Screen(shop, "orders")
    assert badges(flows, "flow:place-order") == {}
    assert list(badges(Screen(shop), "orders")) == ["2 flows"]
    assert Screen(shop, PLACE).board["sync_status"] is None


@pytest.mark.covers("T28.1", "S08.14")
def test_opening_compares_every_flow_with_the_mapping(built: Project) -> None:
    root = built.root
    root.joinpath(PLACE_ORDER_FILE).write_text(PLACE_ORDER.replace("201", "202"), "utf-8")
    root.joinpath(*CODE[CHARGE][0].split("/")).write_text("changed = True\n", "utf-8")
    screen = Screen(Project(root, watch=False))
    assert "1 stale" in badges(screen, "orders")
    assert badges(screen, "orders")["1 stale"]["title"] == "1 stale: Place order"
    assert "1 stale" in badges(screen, "billing")
    assert list(badges(screen, "support")) == ["1 flow", "1 agent"], "pending is quiet"


@pytest.mark.covers("T28.2", "S08.15")
def test_which_side_moved_is_told_by_text_not_by_hue_alone(built: Project) -> None:
    write(built, PLACE_ORDER_FILE, PLACE_ORDER.replace("201", "202").replace("POST", "PUT"))
    write(built, TRACK_ORDER_FILE, TRACK_ORDER.replace("200", "203"))
    for path in (CODE[TRACK][0], CODE[CHARGE][0]):
        built.root.joinpath(path).write_text("changed = True\n", "utf-8")
    orders, billing = Screen(built, "orders"), Screen(built, "billing")

    (spec,) = badges(orders, "flow:place-order").values()
    assert (spec["text"], spec["tone"], spec["offers"]) == ("↓ stale 2", "warn", "drift")
    assert spec["title"].startswith("The spec has changed since its code was written: ")
    assert spec["title"].endswith(
        ": trigger: method “POST” → “PUT”; node “Order placed”: status 201 → 202"
    )
    assert list(badges(orders, "flow:track-order")) == ["⇅ diverged 2"]
    (code,) = badges(billing, "flow:charge-card").values()
    assert code["text"] == "↑ code ahead 1"
    assert code["title"].endswith(": src/billing/charge.py changed")


@pytest.mark.covers("T28.3", "T28.6", "S08.15")
def test_a_stale_sheet_says_what_moved_as_soon_as_it_is_saved(built: Project) -> None:
    screen = Screen(built, PLACE)
    assert screen.board["sync_status"]["stale"] is False
    patches = len(screen.patches)
    for number in range(6):
        screen.ask("set", id="refused", path=["spec", f"note{number}"], value=str(number))
    screen.ask("set", id="placed", path=["spec", "status"], value=202)
    assert screen.board["sync_status"]["stale"] is False, "nothing is compared before it is saved"
    assert all("sync_status" not in patch["board"] for patch in screen.patches[patches:])

    screen.ask("save")

    status = screen.board["sync_status"]
    assert (status["state"], status["title"]) == (
        "spec_ahead",
        "The spec has changed since its code was written",
    )
    assert len(status["words"]) == 5
    assert status["more"] == 2
    (patch,) = [patch for patch in screen.patches if "sync_status" in patch["board"]]
    assert (patch["cards"], patch["links"]) == ({}, {}), "a patch, never the board"


@pytest.mark.parametrize(
    "text",
    [
        PLACE_ORDER.replace("x: 340", "x: 400"),
        PLACE_ORDER.replace("# asks the shelf, not the catalogue", "# the shelf knows"),
        PLACE_ORDER.replace("\n", "\r\n"),
    ],
)
def test_layout_comments_and_line_ends_are_no_alarm(built: Project, text: str) -> None:
    built.root.joinpath(PLACE_ORDER_FILE).write_bytes(text.encode())
    built.refresh()
    assert badges(Screen(built, "orders"), "flow:place-order") == {}
    assert Screen(built, PLACE).board["sync_status"]["stale"] is False


@pytest.mark.covers("T29.5")
def test_how_the_tests_went_stands_on_flows_and_is_summed_on_domains(built: Project) -> None:
    record_tests(built.workbench.sync, PLACE, results(passed=5, skipped=1))
    record_tests(built.workbench.sync, TRACK, results(passed=3, failed=1, errors=1))
    record_tests(built.workbench.sync, CHARGE, results(passed=1))
    flows, system = Screen(built, "orders"), Screen(built)

    passed = badges(flows, "flow:place-order")["✓ 5"]
    assert (passed["tone"], passed["title"]) == ("good", "5 tests passed, 1 skipped")
    failed = badges(flows, "flow:track-order")["✗ 2 of 5"]
    assert (failed["tone"], failed["offers"]) == ("bad", "fix")
    assert failed["title"] == "2 of 5 tests failed"
    assert badges(system, "orders")["✗ 2 of 11"]["tone"] == "bad"
    assert badges(system, "billing")["✓ 1"]["title"] == "1 test passed"
    assert Screen(built, TRACK).board["sync_status"]["failed"] == 2


def test_tests_that_gave_no_result_are_no_success(built: Project) -> None:
    said = "the runner was ended by signal 11.\nFatal Python error"
    record_tests(built.workbench.sync, PLACE, {**results(passed=0), "problem": said})
    badge = badges(Screen(built, "orders"), "flow:place-order")["✗ no result"]
    assert (badge["tone"], badge["offers"]) == ("bad", "fix")
    assert badge["title"] == "The tests gave no result: the runner was ended by signal 11."
    assert "✗ no result" in badges(Screen(built), "orders")
    assert Screen(built, PLACE).board["sync_status"]["failed"] == 1


def test_what_none_of_its_tests_passed_is_no_success(built: Project) -> None:
    record_tests(built.workbench.sync, PLACE, results(passed=0, skipped=3))
    (badge,) = badges(Screen(built, "orders"), "flow:place-order").values()
    assert badge["tone"] == "neutral"
    assert badge["title"] == "3 tests skipped, none passed"


def test_typing_looks_at_no_file_of_code(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen(built, PLACE)
    looked: list[str] = []

    def digests(path: str) -> tuple[str, ...]:
        looked.append(path)
        return ()

    monkeypatch.setattr(built.workbench.sync.files, "digests", digests)
    for number in range(5):
        screen.ask("set", id="placed", path=["spec", "status"], value=200 + number)
    assert looked == []


def test_what_is_accepted_is_no_alarm_until_something_moves_again(built: Project) -> None:
    write(built, PLACE_ORDER_FILE, PLACE_ORDER.replace("201", "202"))
    screen = Screen(built, PLACE)
    assert screen.board["sync_status"]["stale"] is True

    built.accept_drift(PLACE, "the code never said which")

    assert fresh_status(screen)["stale"] is False
    again = Screen(Project(built.root, watch=False), PLACE)
    assert again.board["sync_status"]["stale"] is False
    write(built, PLACE_ORDER_FILE, PLACE_ORDER.replace("201", "204"))
    assert fresh_status(screen)["stale"] is True


def test_a_broken_mapping_is_one_problem_and_no_badge(built: Project) -> None:
    write(built, PLACE_ORDER_FILE, PLACE_ORDER.replace("201", "202"))
    screen = Screen(built, "orders")
    assert badges(screen, "flow:place-order")
    text = built.root.joinpath(MAPPING).read_text("utf-8")
    write(built, MAPPING, f"{text}<<<<<<< HEAD\n")

    screen.ask("problems")

    assert badges(screen, "flow:place-order") == {}
    (problem,) = [one for one in screen.problems if one["path"] == MAPPING]
    assert problem["line"] >= text.count("\n")
    write(built, MAPPING, text)
    screen.hello()
    assert badges(screen, "flow:place-order")


def fresh_status(screen: Screen) -> dict[str, Any]:
    screen.hello()
    status: dict[str, Any] = screen.board["sync_status"]
    return status


def test_a_canvas_that_opens_later_knows_what_happened_while_none_was_open(
    built: Project,
) -> None:
    first = Screen(built, "orders")
    first.canvas.close()
    built.workbench.rename_flow(TRACK, "Find order")
    second = Screen(built, "orders")
    assert second.cards["flow:find-order"]["title"] == "Find order"
    second.canvas.close()
    write(built, PLACE_ORDER_FILE, PLACE_ORDER.replace("201", "202"))
    third = Screen(built, "orders")
    assert list(badges(third, "flow:place-order")) == ["↓ stale 1"]


# --- noticed from outside ----------------------------------------------------------------------


async def until(seen: Callable[[], bool], do: Callable[[int], object]) -> None:
    """Do something again and again until it is seen: a watcher does not say when it is ready."""
    async with asyncio.timeout(PATIENCE):
        for number in itertools.count():
            do(number)
            for _ in range(20):
                await asyncio.sleep(0.05)
                if seen():
                    return


def becomes(root: Path, at: str, state: str, do: Callable[[int], object]) -> None:
    """Open a watched project, do something to its files, and wait until a patch says the state."""

    def now(screen: Screen) -> object:
        return (screen.board["sync_status"] or {}).get("state")

    async def story() -> None:
        with Project(root) as project:
            screen = Screen(project, at)
            await until(lambda: now(screen) == "in_sync", lambda _: None)
            await until(lambda: now(screen) == state, do)
            screen.canvas.close()

    asyncio.run(story())


def test_code_that_changes_on_disk_is_noticed(built: Project) -> None:
    code = built.root / CODE[PLACE][0]
    becomes(built.root, PLACE, "code_ahead", lambda n: code.write_text(f"changed = {n}\n", "utf-8"))


def test_a_folder_of_code_that_is_moved_away_is_noticed(built: Project) -> None:
    places = (built.root / "src", built.root / "elsewhere")

    def move(number: int) -> None:
        shutil.move(places[number % 2], places[1 - number % 2])

    becomes(built.root, TRACK, "code_ahead", move)


@pytest.mark.covers("S08.14")
def test_a_pull_that_brings_another_spec_is_noticed(
    built: Project, git_repo: Callable[[Path], git.Repo], tmp_path: Path
) -> None:
    here = git_repo(built.root)
    there = here.clone(tmp_path / "colleague")
    here.create_remote("colleague", str(tmp_path / "colleague"))
    spec = tmp_path / "colleague" / CHARGE_CARD_FILE

    def pull(number: int) -> None:
        spec.write_text(CHARGE_CARD.replace("5000", f"{5001 + number}"), "utf-8")
        there.git.commit("--all", "--message", "Wait longer for the bank")
        here.git.pull("colleague", "main")

    becomes(built.root, CHARGE, "spec_ahead", pull)


def test_a_mapping_that_is_mended_is_noticed(built: Project) -> None:
    mapping = built.root / MAPPING
    text = mapping.read_text("utf-8")
    built.root.joinpath(CODE[PLACE][0]).write_text("changed = True\n", "utf-8")
    mapping.write_text("<<<<<<< HEAD\n", "utf-8")

    async def story() -> None:
        with Project(built.root) as project:
            screen = Screen(project, "orders")
            await until(
                lambda: bool(badges(screen, "flow:place-order")),
                lambda n: mapping.write_text(f"{text}# {n}\n", "utf-8"),
            )
            screen.canvas.close()

    asyncio.run(story())
