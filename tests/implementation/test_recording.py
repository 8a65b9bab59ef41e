"""What is written to the mapping by several at once, or to a mapping that somebody has edited."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ddd_lab.project import Project
from ddd_lab.spec.edit.nodes import EditError
from tests.patience import PATIENCE
from tests.recorded import record_implementation, record_schema

CODE = "src/code.py"
KEYS = [f"orders/flow-{number}" for number in range(16)]
RECORDS = f"""
import sys
from ddd_lab.implementation.mapping_writer import implementation_entry, write_entries
from ddd_lab.project import Project
project = Project(sys.argv[1], watch=False)
print(flush=True)
input()
for key in sys.argv[2:]:
    sync = project.workbench.sync
    write_entries(sync, [implementation_entry(sync, key, ({CODE!r},))])
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
    return sorted(Project(root, watch=False).workbench.sync.code_map.flows)


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
        program.communicate(timeout=PATIENCE)
        assert program.returncode == 0
    assert recorded(root) == sorted(KEYS)


def test_two_projects_of_one_program_lose_nothing_either(root: Path) -> None:
    def record(keys: list[str]) -> None:
        project = Project(root, watch=False)
        for key in keys:
            record_implementation(project.workbench.sync, key, (CODE,))

    with ThreadPoolExecutor(2) as both:
        list(both.map(record, (KEYS[::2], KEYS[1::2])))
    assert recorded(root) == sorted(KEYS)


@pytest.mark.parametrize("text", ["flows: []\n", "flows: all\n", "flows: {orders/flow-0: done}\n"])
def test_a_mapping_that_has_no_place_for_an_entry_is_to_be_mended(root: Path, text: str) -> None:
    mapping = root / ".ddd/mapping.yaml"
    mapping.parent.mkdir()
    mapping.write_text(text)
    with pytest.raises(EditError, match=r"mapping\.yaml: .*Fix the file first"):
        record_implementation(Project(root, watch=False).workbench.sync, KEYS[0], (CODE,))
    assert mapping.read_text() == text


def test_a_schema_is_one_by_its_name_and_by_that_of_its_file(root: Path) -> None:
    (root / "specs/schemas").mkdir()
    (root / "specs/schemas/member.yaml").write_text("schema: {name: Member, fields: {}}\n")
    sync = Project(root, watch=False).workbench.sync
    assert (sync.schema("member").key, sync.schema("member").state) == ("Member", "pending")
    record_schema(sync, "member")
    assert list(sync.code_map.schemas) == ["Member"]
    assert sync.schema("member").state == sync.schema("Member").state == "in_sync"
    mapping = root / ".ddd/mapping.yaml"
    mapping.write_text(mapping.read_text().replace("Member:", "member:"))
    sync.workspace.reload()
    assert sync.schema("Member").key == "member"
    record_schema(sync, "Member")
    assert list(sync.code_map.schemas) == ["member"]
