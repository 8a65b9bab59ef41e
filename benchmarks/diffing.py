"""Two versions of a design: what differs in words, as a board, and as a picture."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generate import write_project
from benchmarks.harness import Benchmark, Row, at_most, told
from benchmarks.remembering import cpu
from ddd_lab.files.workspace.snapshot import FileDifference, compare_snapshots
from ddd_lab.files.workspace.versions import DesignVersion, folder_version
from ddd_lab.maps.board_diff import board_diff
from ddd_lab.maps.svg.diffs import diff_svg

NODES, FLOWS, ROUNDS = 1000, 1000, 3
CHANGES = {
    "step_7\n    type": "step_seven\n    type",
    "step_500\n": "step_500_new\n",
    "label: ": "label: Now ",
}


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder:
        old, new = _versions(Path(folder, "flow"), 1, NODES)
        differences = compare_snapshots(old.snapshot, new.snapshot)
        key = differences[0].flow
        name = f"a flow of {NODES:,} nodes"
        seconds = cpu(lambda: compare_snapshots(old.snapshot, new.snapshot), ROUNDS)
        yield Row(f"Differences of {name} in words", told(seconds), **at_most(seconds, 0.5))
        seconds = cpu(lambda: _fresh_board(old, new, key, differences), ROUNDS)
        yield Row(f"Two versions of {name} as one board", told(seconds), **at_most(seconds, 3.0))
        diff = board_diff(old.design, new.design, key, differences)
        seconds = cpu(lambda: diff_svg(diff, "old", "new"), 1)
        yield Row(f"That as a picture, its {NODES:,} edges routed", told(seconds))
        old, new = _versions(Path(folder, "design"), FLOWS, 20)
        seconds = cpu(lambda: compare_snapshots(old.snapshot, new.snapshot), ROUNDS)
        name = f"{FLOWS:,} flows, one of which differs"
        yield Row(f"Differences of {name}", told(seconds), **at_most(seconds, 0.5))


def _fresh_board(
    old: DesignVersion, new: DesignVersion, at: str, files: list[FileDifference]
) -> object:
    """The board of versions that nobody has read before."""
    before = DesignVersion(old.name, old.snapshot)
    after = DesignVersion(new.name, new.snapshot, before)
    return board_diff(before.design, after.design, at, files)


def _versions(root: Path, flows: int, nodes: int) -> tuple[DesignVersion, DesignVersion]:
    """A generated project, and one like it whose first flow was changed in a few places."""
    old = write_project(root / "old", flows, nodes)
    new = Path(shutil.copytree(old, root / "new"))
    flow = min(new.glob("specs/domains/*/flows/*.yaml"))
    text = flow.read_text("utf-8")
    for before, after in CHANGES.items():
        text = text.replace(before, after, 20)
    flow.write_text(text, "utf-8")
    first = folder_version(old)
    return first, folder_version(new, like=first)


BENCHMARK = Benchmark("diffing", "Comparing two versions", run)
