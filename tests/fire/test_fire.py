"""Nothing that was saved is lost, whoever writes at the same time and whoever is killed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fire.kills import kill_renames
from tests.fire.rounds import fire
from tests.profiles import tries

SHARE = float(os.environ.get("DDD_LAB_FIRE", "1"))
"""How many times the usual count of rounds and kills; `make fire` runs the full one."""


@pytest.mark.parametrize(
    ("rounds", "pause"), [(tries(15, 40), 0.0), (tries(8, 20), 0.1), (tries(4, 6), 0.5)]
)
def test_three_programs_and_git_lose_nothing_that_was_saved(
    tmp_path: Path, rounds: int, pause: float
) -> None:
    report = fire(tmp_path, max(1, round(rounds * SHARE)), pause)
    assert report.lost == []
    assert report.conflicts


def test_a_killed_save_of_many_files_leaves_the_old_design_or_the_new_and_says_which(
    tmp_path: Path,
) -> None:
    kills = max(1, round(tries(5, 10) * SHARE))
    report = kill_renames(tmp_path, kills)
    assert (report.half, report.unsaid) == (0, 0)
    assert report.old + report.new == kills
