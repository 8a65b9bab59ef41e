"""What people look at of a drift: the lines of the spec that moved, and the tests of its code."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddd_lab.implementation.drift import TestCounts, recorded_tests, spec_diff
from ddd_lab.implementation.mapping import Mapped
from ddd_lab.project import Project
from tests.canvas.shop import PLACE_ORDER, PLACE_ORDER_FILE, write_shop
from tests.recorded import record_implementation

KEY = "orders/place-order"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The shop, with code for a flow."""
    write_shop(tmp_path, **{"src/place.py": "pass\n"})
    with Project(tmp_path, watch=False) as project:
        record_implementation(project.workbench.sync, KEY, ("src/place.py",))
    return tmp_path


def diff(root: Path) -> str:
    sync = Project(root, watch=False).workbench.sync
    return spec_diff(sync, sync.flow(KEY))


@pytest.mark.covers("T28.6")
def test_the_lines_of_a_spec_that_moved_are_shown_with_those_of_then(root: Path) -> None:
    moved = PLACE_ORDER.replace("status: 201", "status: 202").replace("\n", "\r\n")
    root.joinpath(PLACE_ORDER_FILE).write_bytes(moved.encode())

    lines = diff(root).splitlines()

    assert lines[:2] == [f"--- a/{PLACE_ORDER_FILE}", f"+++ b/{PLACE_ORDER_FILE}"]
    changed = [line for line in lines[2:] if line[0] in "+-"]
    assert changed == ["-      status: 201", "+      status: 202"], "line ends are no change"


def test_there_are_no_lines_where_nothing_moved_or_nobody_kept_the_spec(root: Path) -> None:
    assert diff(root) == ""
    for copy in root.joinpath(".ddd/cache").rglob("*.yaml"):
        copy.unlink()
    root.joinpath(PLACE_ORDER_FILE).write_text(PLACE_ORDER.replace("201", "202"), "utf-8")
    assert diff(root) == ""


def test_a_spec_that_is_gone_shows_every_line_it_had(root: Path) -> None:
    project = Project(root, watch=False)
    status = project.workbench.sync.flow(KEY)
    root.joinpath(PLACE_ORDER_FILE).unlink()
    project.refresh()
    lines = spec_diff(project.workbench.sync, status).splitlines()
    assert lines[1] == "+++ /dev/null"
    assert len([line for line in lines[3:] if line[0] == "-"]) == PLACE_ORDER.count("\n")


@pytest.mark.parametrize("name", ["test_results", "testResults"])
def test_tests_that_could_not_be_run_count_as_failed(name: str) -> None:
    results = {"total": 7, "passed": 3, "failed": 1, "errors": 2, "duration_ms": 5, "tests": []}
    counts = recorded_tests(Mapped(key=KEY, extra={name: results}))
    assert counts == TestCounts(passed=3, failed=3, skipped=1)
    assert counts.total == 7


def test_why_tests_gave_no_result_is_told() -> None:
    results = {"total": 0, "passed": 0, "problem": "the tests did not end within 600 seconds"}
    counts = recorded_tests(Mapped(key=KEY, extra={"test_results": results}))
    assert counts == TestCounts(problem="the tests did not end within 600 seconds")


@pytest.mark.parametrize("results", [None, "all green", {"total": 0}, {"passed": "3"}, []])
def test_nothing_is_said_of_tests_that_nobody_can_read(results: object) -> None:
    assert recorded_tests(Mapped(key=KEY, extra={"test_results": results})) is None
    assert recorded_tests(None) is None
