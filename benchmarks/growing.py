"""What people wait for on a very large project, and on half of it: how the work grows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.generate import write_chain, write_project, write_ring
from benchmarks.harness import Benchmark, Row, told
from ddd_lab.implementation.fingerprints import digests

FLOWS, NODES = 10_000, 20
DOMAINS, CHAINED = 500, 2_000
_MB = 1024 * 1024


@dataclass(frozen=True)
class Measured:
    """What a program of its own took: seconds for what was measured, and memory in all."""

    seconds: float
    peak: int


@dataclass(frozen=True)
class Task:
    """Something to measure at two sizes.

    Attributes:
        what: in words; ``{size}`` stands for the size.
        size: the whole one.
        make: writes a project of some size into a folder that is not there yet.
        run: name of what is measured, in this module.
        goal: seconds at the whole size. memory: bytes there, where that has a goal.
    """

    what: str
    size: int
    make: Callable[[Path, int], object]
    run: str
    goal: float
    memory: int = 0


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder:
        made: dict[tuple[object, int], Path] = {}
        for task in TASKS:
            found = []
            for size in (task.size // 2, task.size):
                root = made.get((task.make, size))
                if root is None:
                    root = made[task.make, size] = Path(folder, str(len(made)))
                    task.make(root, size)
                found.append(alone(task.run, root))
            yield row(task, *found)


def row(task: Task, half: Measured, whole: Measured) -> Row:
    """A task at its whole size, held against half of it: twice as much work is 2.0×."""
    met = whole.seconds <= task.goal and (not task.memory or whole.peak <= task.memory)
    limit = f", {task.memory // _MB} MB" if task.memory else ""
    return Row(
        task.what.format(size=f"{task.size:,}"),
        f"{told(whole.seconds)}, {whole.peak // _MB} MB",
        f"{told(half.seconds)}, {half.peak // _MB} MB at half the size",
        f"{whole.seconds / half.seconds:.1f}×",
        f"≤ {told(task.goal)}{limit}",
        met,
    )


def alone(name: str, root: Path) -> Measured:
    """Measure something in a program of its own, so that nothing else fills its memory."""
    program = [sys.executable, "-m", "benchmarks.growing", name, str(root)]
    found = subprocess.run(program, check=True, capture_output=True, text=True, cwd=HOME)
    match = re.search(r"^seconds (\S+) peak (\d+)$", found.stdout, re.MULTILINE)
    assert match, found.stdout + found.stderr
    return Measured(float(match[1]), int(match[2]))


HOME = Path(__file__).parents[1]


# --- what is measured, each in a program of its own -------------------------------------------


def system_svg(root: Path) -> float:
    """The System Map as SVG."""
    from ddd_lab.maps import svg

    return _seconds(lambda: svg(_design(root)))


def domain_svg(root: Path) -> float:
    """The Domain Map as SVG."""
    from ddd_lab.maps import svg

    design = _design(root)
    return _seconds(lambda: svg(design, "big"))


def flow_map(root: Path) -> float:
    """The flow map, once every flow has been read."""
    from ddd_lab.maps import flow_map as drawn

    design = _design(root)
    assert sum(1 for _ in design.flows)
    return _seconds(lambda: drawn(design))


def problems(root: Path) -> float:
    """Every problem, which reads everything."""
    from ddd_lab.project import Project

    project = Project(root, watch=False)
    return _seconds(lambda: project.problems)


def search(root: Path) -> float:
    """The first search, which reads everything."""
    from ddd_lab.project import Project

    project = Project(root, watch=False)
    return _seconds(lambda: project.search("order"))


def status(root: Path) -> float:
    """``ddd-lab status``, Python's start included."""
    program = [str(Path(sys.executable).parent / "ddd-lab"), "status", str(root)]
    return _seconds(lambda: subprocess.run(program, check=False, capture_output=True))


def first_look(root: Path) -> float:
    """The panel's first look."""
    return _looks(root)[0]


def later_look(root: Path) -> float:
    """The panel's look at a project that has not changed, once all of it has been read."""
    return _looks(root, settle=True)[-1]


def _looks(root: Path, *, settle: bool = False) -> list[float]:
    from ddd_lab.lab.server.project_cache import OpenProject
    from ddd_lab.lab.server.state import project_state
    from ddd_lab.lab.server.terminals import ServerTerminals

    class NoTerminals(ServerTerminals):
        def __init__(self) -> None:
            """There is nothing to know."""

        def has(self, name: str) -> bool:
            return not name

    project = OpenProject(root, NoTerminals())

    def look() -> float:
        return _seconds(lambda: project_state(project, watched=True))

    times = [look()]
    while settle and project.looks.found is None:
        times.append(look())
        time.sleep(0.05)
    return [*times, sorted(look() for _ in range(9))[4]]


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _design(root: Path):  # type: ignore[no-untyped-def]  # the design of any open project
    from ddd_lab.project import Project

    return Project(root, watch=False).design


# --- what it is measured on -------------------------------------------------------------------


def plain(root: Path, flows: int) -> None:
    """A project of many flows."""
    write_project(root, flows, NODES)


def half_stale(root: Path, flows: int) -> None:
    """A project whose flows all have code; half of them changed since."""
    write_project(root, flows, NODES)
    entries: dict[str, Mapping[str, object]] = {}
    for number, spec in enumerate(sorted(root.glob("specs/domains/*/flows/*.yaml"))):
        domain, name = spec.parts[-3], spec.stem
        key, raw = f"{domain}/{name}", spec.read_bytes()
        code = root / f"src/{domain}/{name}.py"
        code.parent.mkdir(parents=True, exist_ok=True)
        code.write_text("".join(f"{name!r}  # {line}\n" for line in range(100)))
        entries[key] = {
            "spec": spec.relative_to(root).as_posix(),
            "spec_hash": digests(raw)[0],
            "files": [code.relative_to(root).as_posix()],
            "file_hashes": {code.relative_to(root).as_posix(): digests(code.read_bytes())[0]},
            "implemented_at": "2026-11-21T12:00:00+00:00",
        }
        if number % 2:
            kept = root / f".ddd/cache/specs-at-implementation/{domain}--{name}.yaml"
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(raw)
            spec.write_bytes(raw.replace(b"status: 403", b"status: 401"))
    (root / ".ddd").mkdir(exist_ok=True)
    (root / ".ddd/mapping.yaml").write_text(yaml.safe_dump({"flows": entries}, sort_keys=False))


_MANY = "{size} flows × 20 nodes"
TASKS = (
    Task("SVG of a System Map of {size} domains", DOMAINS, write_ring, "system_svg", 5.0),
    Task("SVG of a Domain Map of {size} flows", CHAINED, write_chain, "domain_svg", 5.0),
    Task(f"The flow map of {_MANY}, all read", FLOWS, plain, "flow_map", 2.0),
    Task(f"Every problem of {_MANY}", FLOWS, plain, "problems", 15.0, 800 * _MB),
    Task(f"The first search in {_MANY}", FLOWS, plain, "search", 6.0),
    Task(f"ddd-lab status of {_MANY}, half stale", FLOWS, half_stale, "status", 4.0),
    Task(f"The panel's first look at {_MANY}", FLOWS, plain, "first_look", 3.0),
    Task("… each later one, nothing changed", FLOWS, plain, "later_look", 0.02),
)
BENCHMARK = Benchmark("growing", "A very large project, and half of it", run)


def main(name: str, root: str) -> None:
    """Measure one thing and say what it took."""
    import resource

    seconds = globals()[name](Path(root))
    whose = resource.RUSAGE_CHILDREN if name == "status" else resource.RUSAGE_SELF
    unit = 1 if sys.platform == "darwin" else 1024
    print(f"seconds {seconds} peak {resource.getrusage(whose).ru_maxrss * unit}", flush=True)
    os._exit(0)  # what is in memory need not be taken apart


if __name__ == "__main__":
    main(*sys.argv[1:])
