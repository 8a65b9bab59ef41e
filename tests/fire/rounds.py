"""Three programs and Git write one flow at the same time, round after round."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Self

from ddd_lab.files.workspace.workspace import Workspace
from tests.files.projects import FLOW_PATH, KEY, small_project
from tests.fire.program import SHARED
from tests.patience import PATIENCE

PROGRAMS = {"validate": "api", "receipt": "api", "reject": "canvas"}
"""The node that each program edits, and which kind of program it is."""
BY_GIT = "audit"
_PLACE = f"node {SHARED} label"
_AUDIT = """
  - id: audit
    type: process
    label: nothing yet
"""


@dataclass
class Report:
    """What came of it.

    Attributes:
        saves: how many were reported as done.
        conflicts: how many conflicts were told.
        checkouts: how often Git wrote the file.
        lost: what was reported as saved, and is neither there nor in a conflict that names it.
    """

    saves: int = 0
    conflicts: int = 0
    checkouts: int = 0
    lost: list[str] = field(default_factory=list)


class Program:
    """One of the programs, seen from outside."""

    def __init__(self, kind: str, root: Path, number: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fire.program", kind, str(root), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def tell(self, **order: Any) -> None:
        """Give an order; :meth:`answer` is to follow."""
        self._pipe(self._process.stdin).write(json.dumps(order) + "\n")

    def answer(self) -> dict[str, Any]:
        """Wait until it is carried out."""
        line = self._pipe(self._process.stdout).readline()
        assert line, "the program has ended"
        found: dict[str, Any] = json.loads(line)
        return found

    def __enter__(self) -> Self:
        self.answer()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=PATIENCE)

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


def fire(root: Path, rounds: int, pause: float) -> Report:
    """Let all edit, Git check out, and all save, so many times.

    Args:
        root: a folder for the project.
        rounds: how many.
        pause: seconds that a program waits before it saves, on average.
    """
    small_project(root)
    flow = root / FLOW_PATH
    flow.write_text(flow.read_text().replace("metadata:", f"{_AUDIT.strip(chr(10))}\nmetadata:"))
    _git(root, "init", "--quiet", "--initial-branch=main")
    report, chance = Report(), random.Random(rounds)
    programs = {
        node: Program(kind, root, number) for number, (node, kind) in enumerate(PROGRAMS.items())
    }
    for program in programs.values():
        program.__enter__()
    for number in range(rounds):
        shared = chance.random() < 0.25
        labels = {node: f"{node} in round {number}" for node in programs}
        for node, program in programs.items():
            program.tell(node=node, label=labels[node], shared=shared)
        for program in programs.values():
            program.answer()
        labels[BY_GIT] = f"checked out in round {number}"
        _check_out(root, labels[BY_GIT])
        for program in programs.values():
            program.tell(pause=pause)
        told = {node: program.answer()["conflicts"] for node, program in programs.items()}
        report.saves += len(programs)
        report.checkouts += 1
        report.conflicts += sum(len(said) for said in told.values())
        report.lost += _lost(root, labels, told, shared=shared)
    for program in programs.values():
        program.__exit__()
    return report


def _lost(
    root: Path, labels: Mapping[str, str], told: Mapping[str, list[str]], *, shared: bool
) -> list[str]:
    nodes = Workspace(root).flow_data(KEY).by_id
    lost = [
        f"{label!r}: the file says {nodes[node].label!r}"
        for node, label in labels.items()
        if nodes[node].label != label
    ]
    if shared:
        # Each of them was saved: all but the last must have been named to those that came later.
        named = [node for node, said in told.items() if any(_PLACE in words for words in said)]
        there = nodes[SHARED].label
        if there not in labels.values() or len(named) < len(told) - 1:
            lost.append(f"{SHARED!r} says {there!r}, and only {named} were told of a conflict")
    return lost


def _check_out(root: Path, label: str) -> None:
    """Commit what is there, then check out a commit on top of it that says something else."""
    _git(root, "add", "--all")
    _git(root, "commit", "--quiet", "--message", "What was saved")
    text = (root / FLOW_PATH).read_text()
    at = text.index("label:", text.index("- id: audit"))
    changed = f"{text[:at]}label: {label}{text[text.index(chr(10), at) :]}"
    blob = _git(root, "hash-object", "-w", "--stdin", given=changed).strip()
    _git(root, "update-index", "--cacheinfo", f"100644,{blob},{FLOW_PATH}")
    _git(root, "commit", "--quiet", "--message", label)
    _git(root, "checkout", "--quiet", "--", FLOW_PATH)


def _git(root: Path, *arguments: str, given: str = "") -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", *arguments],
        cwd=root,
        input=given,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
