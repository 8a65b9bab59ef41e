"""What is written to the mapping by several at once, or to a mapping that somebody has edited."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ddd_lab.build.recording import record_implementation
from ddd_lab.project import Project

CODE = "src/code.py"
KEYS = [f"orders/flow-{number}" for number in range(16)]
RECORDS = f"""
import sys
from ddd_lab.build.recording import record_implementation
from ddd_lab.project import Project
project = Project(sys.argv[1], watch=False)
print(flush=True)
input()
for key in sys.argv[2:]:
    record_implementation(project.sync, key, ({CODE!r},))
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with several flows and one file of code."""
    (tmp_path / "specs/domains/orders/flows").mkdir(parents=True)
    (tmp_path / "src").mkdir()
    (tmp_path / CODE).write_text("pass\n")
    for key in KEYS:
        id = key.partition("/")[2]
        text = f"flow: {{id: {id}, name: {id}, type: traditional, domain: orders}}\nnodes: []\n"
        (tmp_path / f"specs/domains/orders/flows/{id}.yaml").write_text(text)
    return tmp_path


def recorded(root: Path) -> list[str]:
    return sorted(Project(root, watch=False).sync.code_map.flows)


def test_two_programs_that_record_at_once_lose_nothing(root: Path) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", RECORDS, str(root), *keys],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for keys in (KEYS[::2], KEYS[1::2])
    ]
    for program in programs:
        assert program.stdout is not None
        program.stdout.readline()
    for program in programs:
        assert program.stdin is not None
        program.stdin.write(b"\n")
        program.stdin.flush()
    for program in programs:
        program.communicate(timeout=60)
        assert program.returncode == 0
    assert recorded(root) == sorted(KEYS)


def test_two_projects_of_one_program_lose_nothing_either(root: Path) -> None:
    def record(keys: list[str]) -> None:
        project = Project(root, watch=False)
        for key in keys:
            record_implementation(project.sync, key, (CODE,))

    with ThreadPoolExecutor(2) as both:
        list(both.map(record, (KEYS[::2], KEYS[1::2])))
    assert recorded(root) == sorted(KEYS)
