"""What `make legibility` counts without a browser."""

from __future__ import annotations

from pathlib import Path

from benchmarks.designs import write_chain, write_domain, write_line, write_system
from benchmarks.drawing_session import direction_changes
from benchmarks.legibility import Place, shown
from benchmarks.readings import Segment, crossings, read


def test_lines_that_cross_count_and_lines_that_run_together_do_not() -> None:
    level, upright = [Segment(0, 50, 100, 50)], [Segment(50, 0, 50, 100)]
    joining = [Segment(0, 50, 60, 50), Segment(60, 50, 60, 90)]

    assert crossings({"a": level, "b": upright}) == 1
    assert crossings({"a": level, "b": joining}) == 0


def test_made_up_boards_open_without_faults(tmp_path: Path) -> None:
    keys = [write_line(tmp_path / "flows", 17), write_chain(tmp_path / "flows", 10)]
    places = [Place(key, tmp_path / "flows", key) for key in keys]
    write_system(tmp_path / "system", 15, 30)
    places.append(Place("system", tmp_path / "system", ""))
    places.append(Place("domain", tmp_path / "d", write_domain(tmp_path / "d", 20, 24, agents=4)))
    for place in places:
        reading = read(shown(place))

        assert reading.lines_under_cards == 0, place.name
        assert reading.labels_over_cards == 0, place.name
        assert reading.overlaps == 0, place.name


def test_the_direction_of_a_sheet_does_not_change_while_it_is_drawn() -> None:
    assert direction_changes(6) == 0
