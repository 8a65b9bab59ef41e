"""Two programs that save one design, stepped call by call through many schedules."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
from functools import partial
from pathlib import Path

import pytest

from ddd_lab.files.documents.document import Document
from ddd_lab.files.workspace.saving import SaveError
from ddd_lab.project import Project
from ddd_lab.spec.paths import MAPPING_FILE, flow_file
from tests.files.projects import FLOW_PATH, KEY, SYSTEM_PATH, small_project
from tests.files.stepping import Schedule, stepped
from tests.profiles import tries

SCHEDULES = round(tries(20, 60) * float(os.environ.get("DDD_LAB_FIRE", "1")))
TURNS = 3
OWN = ("validate", "reject")
SHARED = "charge"


def noting(word: str, data: dict[str, object]) -> dict[str, object]:
    return {**data, word: True}


class Writer:
    """A program that edits its own node, and now and then the one that both edit.

    Attributes:
        said: the last label of its own node that was reported as saved.
    """

    def __init__(self, root: Path, number: int, seed: int, log: list[str]) -> None:
        self.project = Project(root, watch=False)
        self.number = number
        self.said = ""
        self._chance = random.Random(f"{seed} {number}")
        self._log = log

    def run(self) -> None:
        for turn in range(TURNS):
            word = f"w{self.number}t{turn}"
            flow = self.project.flows[next(iter(self.project.flows))]
            flow.nodes[OWN[self.number]].label = word
            if self._chance.random() < 0.4:
                flow.nodes[SHARED].label = word
            self.project.workbench.edit_data(SYSTEM_PATH, partial(noting, word), "note it")
            self.save()
            self.said = word
            self.project.workbench.rewrite(MAPPING_FILE, partial(noting, word))

    def save(self) -> None:
        while True:
            try:
                self.project.save()
            except SaveError:
                for path in list(self.project.conflicts):
                    self.project.resolve(path, self._chance.choice(("mine", "theirs")))
            else:
                self._log.append(self.shared())
                return

    def shared(self) -> str:
        [key] = self.project.flows
        return self.project.workbench.flow_data(key).by_id[SHARED].label or ""


class Mover(Writer):
    """A program that renames the flow instead."""

    def run(self) -> None:
        key = KEY
        for turn in range(TURNS):
            key = self.project.workbench.rename_flow(key, f"Charge {turn}")
            self.save()
            self.said = key


@pytest.mark.parametrize("part", range(4))
def test_nothing_that_two_writers_save_is_lost_in_any_schedule(tmp_path: Path, part: int) -> None:
    for seed in range(part, SCHEDULES, 4):
        root = small_project(tmp_path / str(seed))
        log: list[str] = []
        writers = [Writer(root, number, seed, log) for number in range(2)]
        schedule = Schedule(seed)
        with stepped(schedule):
            schedule.run(*(writer.run for writer in writers))
        nodes = Project(root, watch=False).workbench.flow_data(KEY).by_id
        found = {number: nodes[OWN[number]].label for number in range(2)}
        assert found == {writer.number: writer.said for writer in writers}, seed
        assert (nodes[SHARED].label or "") == log[-1], seed
        words = {f"w{n}t{turn}" for n, turn in itertools.product(range(2), range(TURNS))}
        for path in (SYSTEM_PATH, MAPPING_FILE):
            assert words <= data_of(root, path).keys(), (seed, path)
        assert left_over(root) == [], seed


def test_what_one_writes_into_a_flow_that_another_renames_goes_along(tmp_path: Path) -> None:
    for seed in range(SCHEDULES // 5):
        root = small_project(tmp_path / str(seed))
        log: list[str] = []
        mover, writer = Mover(root, 0, seed, log), Project(root, watch=False)
        saved: list[str] = []

        def write(writer: Project = writer, saved: list[str] = saved) -> None:
            writer.flows[KEY].nodes["reject"].label = "Written"
            saved.extend(writer.save())

        schedule = Schedule(seed)
        with stepped(schedule), contextlib.suppress(SaveError):
            schedule.run(mover.run, write)
        again = Project(root, watch=False)
        if saved:
            labels = [again.workbench.flow_data(key).by_id["reject"].label for key in again.flows]
            assert "Written" in labels, seed
        else:
            assert list(writer.conflicts) == [FLOW_PATH], seed
        assert (root / flow_file(mover.said)).exists(), seed


def data_of(root: Path, path: str) -> dict[str, object]:
    document = Document(path)
    document.load((root / path).read_bytes())
    assert document.version is not None
    found: dict[str, object] = document.version.model
    return found


def left_over(root: Path) -> list[str]:
    names = (path.name for path in root.rglob("*"))
    return [name for name in names if name.endswith((".ddd-tmp", ".journal"))]
