"""Whoever waits for a run is told when something happens to it, with or without the system."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import watchfiles

from ddd_lab.implementation.runs.watching import run_changes

RUN = "20260102-030405-place-a1b2"
EVER = 3600.0
"""Seconds of a pause that no test outlives."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a run."""
    (tmp_path / ".ddd/runs" / RUN).mkdir(parents=True)
    return tmp_path


def writing(file: Path, told: threading.Event) -> None:
    """Write a file again and again, until that was told."""
    count = 0
    while not told.wait(0.05):
        count += 1
        file.write_text(str(count))


@pytest.mark.parametrize("name", [f"{RUN}/hooks.jsonl", "queue.json"])
def test_what_happens_to_a_run_or_the_queue_is_told_without_a_pause(root: Path, name: str) -> None:
    changes = run_changes(root, lambda: RUN, pause=EVER)
    next(changes)
    told = threading.Event()
    writer = threading.Thread(target=writing, args=(root / ".ddd/runs" / name, told))
    writer.start()
    try:
        next(changes)
    finally:
        told.set()
        writer.join()


def test_a_run_that_begins_is_followed_from_then_on(root: Path) -> None:
    current = [""]
    changes = run_changes(root, lambda: current[0], pause=0.01)
    next(changes)
    next(changes)
    current[0] = RUN
    next(changes)
    told = threading.Event()
    writer = threading.Thread(target=writing, args=(root / f".ddd/runs/{RUN}/exit.json", told))
    writer.start()
    next(changes)
    told.set()
    writer.join()


def test_without_any_run_or_watches_it_looks_after_each_pause(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spent(*_: object, **__: object) -> Iterator[None]:
        raise OSError("OS file watch limit reached")

    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", root):
        changes = run_changes(folder, str, pause=0.01)
        assert [next(changes) for _ in range(3)] == [None, None, None]
        monkeypatch.setattr(watchfiles, "watch", spent)
