"""``ddd-lab status`` on a large project with code, and the look again after one change."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from benchmarks.generate import write_project
from benchmarks.harness import Benchmark, Clock, Row, at_most, side_by_side, told
from ddd_lab.implementation.fingerprints import digests
from ddd_lab.project import Project

FLOWS, FILES, NODES = 1000, 5, 20
TIMES = 3
"""What is allowed, in times of hashing the same bytes, beside the start of Python."""
_PROGRAM = str(Path(sys.executable).parent / "ddd-lab")
_HASHING = """
import hashlib, sys
for path in open(sys.argv[1]).read().splitlines():
    with open(path, "rb") as file:
        hashlib.sha256(file.read()).hexdigest()
"""
"""What cannot be done without, as a program of its own."""


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder:
        root = implemented(write_project(Path(folder, "project"), FLOWS, NODES))
        files = Path(folder, "files")
        files.write_text("".join(f"{path}\n" for path in root.rglob("*") if path.is_file()))
        status, start, hashed = side_by_side(
            program("-P", _PROGRAM, "status", str(root)),
            program("-c", "pass"),
            program("-c", _HASHING, str(files)),
            rounds=9,
        )
        hashing = hashed.median - start.median
        allowed = TIMES * hashing + start.median
        name = f"{FLOWS:,} flows × {FILES} files"
        yield Row(
            f"ddd-lab status, {name}",
            told(status.median),
            f"{told(hashing)} hashing, {told(start.median)} python -c pass",
            f"{status.median / allowed:.2f} of {TIMES} × hashing + Python",
            **at_most(status.median, allowed),
        )
        again = looked_again(root)
        yield Row(
            "… the look again after one change", told(again.median), **at_most(again.median, 0.05)
        )


def program(*words: str) -> Callable[[], object]:
    """A run of Python."""
    return lambda: subprocess.run([sys.executable, *words], check=False, capture_output=True)


def implemented(root: Path) -> Path:
    """A project in which every flow has code, and its mapping."""
    flows = {}
    for spec in sorted(root.glob("specs/domains/*/flows/*.yaml")):
        domain, name = spec.parts[-3], spec.stem
        files = []
        for number in range(FILES):
            code = root / f"src/domains/{domain}/{name}_{number}.py"
            code.parent.mkdir(parents=True, exist_ok=True)
            code.write_text("".join(f"{name!r}  # {line}\n" for line in range(100 + number)))
            files.append(code.relative_to(root).as_posix())
        flows[f"{domain}/{name}"] = {
            "spec": spec.relative_to(root).as_posix(),
            "spec_hash": digests(spec.read_bytes())[0],
            "files": files,
            "file_hashes": {path: digests((root / path).read_bytes())[0] for path in files},
            "implemented_at": "2026-11-21T12:00:00+00:00",
        }
    (root / ".ddd").mkdir()
    (root / ".ddd/mapping.yaml").write_text(yaml.safe_dump({"flows": flows}, sort_keys=False))
    return root


def looked_again(root: Path) -> Clock:
    """The time in which an open project sees what one changed file means."""
    clock = Clock()
    with Project(root, watch=False) as project:
        project.workbench.sync.flows()
        (first, *_) = project.workbench.sync.flows()
        assert first.mapped is not None
        code = root / first.mapped.files[0]
        for number in range(10):
            code.write_text(f"changed = {number}\n")
            statuses = clock.time(project.workbench.sync.flows)
            assert statuses[0].state == "code_ahead"
    return clock


BENCHMARK = Benchmark("status", "Telling what is stale", run)
