"""What is said of a project without opening it is what is said of the open one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ddd_lab.implementation.quick_status import Unopened
from ddd_lab.implementation.staleness import SyncStatus, SyncStatuses
from ddd_lab.project import Project
from tests.corpus import real_projects
from tests.recorded import record_implementation, record_schema

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"


def both(root: Path) -> tuple[list[SyncStatus], list[SyncStatus]]:
    """SyncStatuses of a project that is not opened, and of the open one, by key."""
    project = Project(root, watch=False)
    bare, opened = Unopened(root), project.workbench.sync
    assert bare.name == project.name
    looks: tuple[SyncStatuses, SyncStatuses] = (SyncStatuses(bare), opened)
    assert looks[0].code_map.lost == looks[1].code_map.lost
    one, other = ([*look.flows(), *look.schemas()] for look in looks)
    return sorted(one, key=_key), sorted(other, key=_key)


def _key(status: SyncStatus) -> tuple[str, str]:
    return status.kind, status.key


def stir(root: Path) -> Iterator[str]:
    """Bring flows of a project into every state, one after another; says which."""
    project = Project(root, watch=False)
    keys = list(project.flows)
    for number, key in enumerate(keys[:7]):
        code = f"src/part_{number}.py"
        (root / "src").mkdir(exist_ok=True)
        (root / code).write_text("pass\n")
        record_implementation(project.workbench.sync, key, (code,))
    record_schema(project.workbench.sync, "Member")
    yield "in sync and pending"
    spec = [root / project.workbench.flow_path(key) for key in keys]
    spec[0].write_text("# a remark\n" + spec[0].read_text())
    yield "layout only"
    spec[1].write_text(spec[1].read_text().replace("name:", "name: Other ", 1))
    yield "spec ahead"
    (root / "src/part_2.py").write_text("changed\n")
    (root / "src/part_3.py").unlink()
    yield "code ahead"
    (root / "src/part_1.py").write_text("changed\n")
    yield "diverged"
    spec[4].write_text("flow: [\n")
    yield "a broken spec"
    (root / "elsewhere.py").write_text("pass\n")
    (root / "src/part_5.py").unlink()
    (root / "src/part_5.py").symlink_to(root / "elsewhere.py")
    yield "a link"
    spec[6].unlink()
    yield "an entry whose flow is gone"
    member = root / "specs/schemas/member.yaml"
    member.write_text(member.read_text().replace("max_length: 9", "max_length: 12"))
    yield "a schema that changed"
    shutil.rmtree(root / ".ddd/cache")
    yield "no copies kept"
    system = root / "specs/system.yaml"
    system.write_text("system: {name: 5}\n")
    yield "an odd name"


def test_every_state_is_told_alike(tmp_path: Path) -> None:
    root = tmp_path / "fernhill"
    shutil.copytree(FERNHILL, root)
    seen: set[str] = set()
    for _ in stir(root):
        one, other = both(root)
        assert one == other
        seen |= {status.state for status in one}
    assert seen == {"in_sync", "layout_only", "spec_ahead", "code_ahead", "diverged", "pending"}


@pytest.mark.parametrize("root", real_projects(), ids=lambda root: root.name)
def test_every_sample_is_told_alike(root: Path) -> None:
    one, other = both(root)
    assert one == other


@pytest.mark.parametrize("content", ["flows: {", "", "- a\n", "<<<<<<< HEAD\nflows: {}\n"])
def test_a_broken_mapping_is_told_alike(tmp_path: Path, content: str) -> None:
    root = tmp_path / "fernhill"
    shutil.copytree(FERNHILL, root)
    (root / ".ddd").mkdir(exist_ok=True)
    (root / ".ddd/mapping.yaml").write_text(content)
    document = Project(root, watch=False).workbench.document(".ddd/mapping.yaml")
    assert document is not None
    assert Unopened(root).broken == str(document.broken)


def test_what_has_not_moved_is_not_read() -> None:
    """Half of the time would go by with importing what reads specs."""
    look = (
        "import sys; from ddd_lab.cli import main; main(['status', sys.argv[1]]);"
        "loaded = {'pydantic', 'ddd_lab.files.workspace.workspace'} & {*sys.modules};"
        "sys.exit(bool(loaded))"
    )
    done = subprocess.run([sys.executable, "-c", look, str(FERNHILL)], check=False)
    assert done.returncode == 0
