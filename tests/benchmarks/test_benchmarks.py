"""What the benchmarks measure with is itself to be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

import ddd_lab as ddd
from benchmarks import growing
from benchmarks.generate import write_project
from benchmarks.growing import Task
from benchmarks.harness import Clock, Row, table


def test_the_generated_project_is_always_the_same(tmp_path: Path) -> None:
    one, other = (write_project(tmp_path / name, 60, 20) for name in ("one", "other"))

    files = {path.relative_to(one): path.read_bytes() for path in one.rglob("*.yaml")}
    again = {path.relative_to(other): path.read_bytes() for path in other.rglob("*.yaml")}

    assert files == again
    assert len([path for path in files if path.parts[-2] == "flows"]) == 60


def test_the_generated_project_is_a_sound_design_of_the_size_asked_for(tmp_path: Path) -> None:
    with ddd.open(write_project(tmp_path / "made", 60, 25), watch=False) as project:
        assert {problem.rule for problem in project.problems} <= {"events.no-consumer"}
        assert {len(flow.data.nodes) for flow in project.flows.values()} == {25}
        assert len(project.domains) == 2


def test_a_thousand_flows_are_not_the_most(tmp_path: Path) -> None:
    with ddd.open(write_project(tmp_path / "made", 1001, 7), watch=False) as project:
        assert len(project.flows) == 1001
        assert "order2s" in project.domains
    with pytest.raises(ValueError, match="at least one"):
        write_project(tmp_path / "none", 0)


@pytest.mark.parametrize("task", growing.TASKS, ids=lambda task: task.run)
def test_what_grows_is_measured_in_a_program_of_its_own(tmp_path: Path, task: Task) -> None:
    task.make(tmp_path / "made", 6)

    half = whole = growing.alone(task.run, tmp_path / "made")

    assert whole.seconds > 0
    assert whole.peak > 10_000_000
    assert growing.row(task, half, whole).ratio == "1.0×"


@pytest.mark.parametrize(("percent", "expected"), [(50, 5.0), (95, 10.0), (90, 9.0), (100, 10.0)])
def test_a_percentile_is_a_time_that_was_measured(percent: float, expected: float) -> None:
    clock = Clock([float(number) for number in range(10, 0, -1)])

    assert clock.percentile(percent) == expected


def test_a_table_says_which_goals_were_missed() -> None:
    rows = [Row("fast", "1 ms", goal="≤ 2 ms", met=True), Row("slow", "3 ms", "5 ms x", met=False)]

    head, rule, *lines = table(rows).splitlines()

    assert len({len(line.replace("*", "")) for line in (head, rule)}) == 1
    assert [line.split("|")[-2].strip() for line in lines] == ["met", "**missed**"]
