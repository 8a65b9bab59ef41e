"""Saving: whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ddd_lab.files.edit.design_workspace import DesignWorkspace
from ddd_lab.files.edit.new_flow import new_flow
from ddd_lab.files.workspace.saving import SaveError
from ddd_lab.spec.live.flow import Flow
from tests.files.projects import FLOW_PATH, GUIDE_FLOW, KEY, changed_lines, flow_of, small_project
from tests.patience import PATIENCE
from tests.profiles import tries

SAVER = """
import os, sys
from ddd_lab.files.edit.design_workspace import DesignWorkspace
from ddd_lab.spec.live.flow import Flow
for _ in sys.stdin:
    child = os.fork()
    if child:
        print(child, flush=True)
        os.waitpid(child, 0)
        print("dead", flush=True)
        continue
    workspace = DesignWorkspace(sys.argv[1])
    flow = Flow(workspace, "payments/charge-card")
    count = 0
    while True:
        count += 1
        flow.nodes["charge"].label = f"Charge number {count} " + "x" * 20000
        workspace.save()
"""

IN_A_NAMESPACE = """
mount -t tmpfs -o size={size} none "{place}" && cp -r "{source}/." "{place}" && {more}
exec "{python}" -c "$SCRIPT" "{place}"
"""

FULL = """
import sys
from ddd_lab.files.edit.new_flow import new_flow
from ddd_lab.files.workspace.saving import SaveError
from ddd_lab.files.edit.design_workspace import DesignWorkspace
from ddd_lab.spec.live.flow import Flow
workspace = DesignWorkspace(sys.argv[1])
flow = Flow(workspace, "payments/charge-card")
before = (workspace.root / "specs/domains/payments/flows/charge-card.yaml").read_bytes()
flow.nodes["charge"].spec["note"] = "y" * 300000
try:
    workspace.save()
except SaveError as error:
    print(error)
print(sorted(workspace.dirty))
print((workspace.root / "specs/domains/payments/flows/charge-card.yaml").read_bytes() == before)
print(sorted(p.name for p in (workspace.root / "specs/domains/payments/flows").iterdir()))
"""


def in_a_small_world(source: Path, place: Path, script: str, *, size: str, more: str) -> str:
    """Run a script over a copy of a project on a file system of its own."""
    place.mkdir()
    shell = IN_A_NAMESPACE.format(
        size=size, place=place, source=source, more=more, python=sys.executable
    )
    result = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", shell],
        env={**os.environ, "SCRIPT": script},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    if "unshare" in result.stderr or "mount" in result.stderr:
        pytest.skip(f"no file system of one's own here: {result.stderr.strip()}")
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_an_edit_of_one_field_changes_one_line(tmp_path: Path) -> None:
    workspace = DesignWorkspace(small_project(tmp_path))
    flow_of(workspace).nodes["charge"].spec.timeout = 60
    assert workspace.dirty == {FLOW_PATH}
    assert workspace.save() == [FLOW_PATH]
    assert workspace.dirty == set()
    assert changed_lines(GUIDE_FLOW, (tmp_path / FLOW_PATH).read_text()) == [
        "-      timeout: 30   # seconds",
        "+      timeout: 60   # seconds",
    ]


def test_an_edit_taken_back_leaves_nothing_to_save(tmp_path: Path) -> None:
    workspace = DesignWorkspace(small_project(tmp_path))
    flow_of(workspace).nodes["charge"].label = "Another"
    flow_of(workspace).nodes["charge"].label = "Charge the card"
    assert workspace.dirty == set()
    assert workspace.save() == []


def test_undo_over_a_save_restores_every_byte(tmp_path: Path) -> None:
    workspace = DesignWorkspace(small_project(tmp_path))
    flow_of(workspace).remove_node("charge", "receipt")
    workspace.save()
    assert "# talks to the bank" not in (tmp_path / FLOW_PATH).read_text()
    workspace.undo()
    workspace.save()
    assert (tmp_path / FLOW_PATH).read_text() == GUIDE_FLOW


def test_permissions_and_links_survive(tmp_path: Path) -> None:
    root = small_project(tmp_path / "project")
    real = tmp_path / "project" / "elsewhere.yaml"
    (root / FLOW_PATH).rename(real)
    real.chmod(0o640)
    (root / FLOW_PATH).symlink_to(real)
    workspace = DesignWorkspace(root)
    flow_of(workspace).nodes["charge"].label = "Through the link"
    workspace.save()
    assert (root / FLOW_PATH).is_symlink()
    assert "Through the link" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_link_that_leads_outside_is_never_followed(tmp_path: Path) -> None:
    root = small_project(tmp_path / "project")
    secret = tmp_path / "secret.yaml"
    secret.write_text(GUIDE_FLOW)
    (root / FLOW_PATH).unlink()
    (root / FLOW_PATH).symlink_to(secret)
    workspace = DesignWorkspace(root)
    assert KEY not in workspace.design.flows
    document = workspace.document(FLOW_PATH)
    assert document is not None
    assert document.broken is not None
    assert "outside the project" in document.broken.message


def test_a_kill_in_the_middle_of_a_save_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    path = root / FLOW_PATH
    chance = random.Random(20260101)
    with subprocess.Popen(
        [sys.executable, "-c", SAVER, str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        for kill in range(tries(40, 200)):
            nursery.stdin.write("save\n")
            saver = int(nursery.stdout.readline())
            time.sleep(chance.uniform(0.0, 0.06))
            os.kill(saver, signal.SIGKILL)
            assert nursery.stdout.readline() == "dead\n"
            assert_whole(path.read_bytes())
            beside = [entry.name for entry in path.parent.iterdir() if entry != path]
            assert all(name.startswith(".") for name in beside), "nothing that a tool would read"
            assert len(beside) <= 1, "an interrupted save is cleared away by the next"
            if kill % 20 == 0:
                workspace = DesignWorkspace(root)
                flow_of(workspace).nodes["charge"].label = f"after kill {kill}"
                workspace.save()
                assert list(path.parent.iterdir()) == [path]
        nursery.stdin.close()


def assert_whole(content: bytes) -> None:
    text = content.decode()
    assert text.startswith("# How a card is charged\n")
    assert text.endswith("  completeness: 100\n")
    assert len(changed_lines(GUIDE_FLOW, text)) in (0, 2)


def test_a_full_disk_is_said_and_costs_nothing(tmp_path: Path) -> None:
    source = small_project(tmp_path / "source")
    said = in_a_small_world(source, tmp_path / "world", FULL, size="128k", more="true;")
    reason, dirty, untouched, files = said.splitlines()
    assert "the disk is full; free some space and save again" in reason
    assert dirty == f"['{FLOW_PATH}']"
    assert untouched == "True"
    assert files == "['charge-card.yaml']"


def test_a_read_only_folder_is_said_and_costs_nothing(tmp_path: Path) -> None:
    source = small_project(tmp_path / "source")
    place = tmp_path / "world"
    said = in_a_small_world(source, place, FULL, size="4m", more=f'mount -o remount,ro "{place}";')
    reason, dirty, untouched, _files = said.splitlines()
    assert "read-only; copy the project to a place you can write to" in reason
    assert dirty == f"['{FLOW_PATH}']"
    assert untouched == "True"


def test_one_file_that_cannot_be_written_does_not_hold_back_the_others(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    workspace = DesignWorkspace(root)
    flow_of(workspace).nodes["charge"].label = "Kept"
    domain = "specs/domains/payments/domain.yaml"
    workspace.edit_data(
        domain, lambda data: {"domain": {**data["domain"], "description": "New"}}, "describe"
    )
    (root / FLOW_PATH).unlink()
    (root / FLOW_PATH).mkdir()
    with pytest.raises(SaveError) as caught:
        workspace.save()
    assert caught.value.written == [domain]
    assert list(caught.value.failed) == [FLOW_PATH]
    assert "description: New" in (root / domain).read_text()
    (root / FLOW_PATH).rmdir()
    (root / FLOW_PATH).write_text(GUIDE_FLOW)
    assert workspace.save() == [FLOW_PATH]
    assert "label: 'Kept'" in (root / FLOW_PATH).read_text()


def test_a_new_flow_whose_trigger_leads_nowhere_says_so(tmp_path: Path) -> None:
    """Otherwise the next reader would take it to lead to the first node."""
    small_project(tmp_path)
    workspace = DesignWorkspace(tmp_path)
    key = new_flow(workspace, "Fresh", "payments", "traditional")
    flow = Flow(workspace, key)
    flow.add_node("process", id="first")
    flow.remove_node("done")
    assert flow.data.trigger is not None
    assert flow.data.trigger.connections == ()
    workspace.save()
    again = DesignWorkspace(tmp_path).flow_data(key)
    assert again.trigger is not None
    assert again.trigger.connections == ()


def test_a_flow_in_the_later_form_can_be_emptied(tmp_path: Path) -> None:
    """Nothing in an empty flow tells which names its outputs had."""
    later = """\
flow: {id: charge-card, name: Charge Card, domain: payments}
trigger: {type: http, method: POST, path: /charges}
nodes:
- {id: work, type: process, connections: [{targetNodeId: end, sourceHandle: error}]}
- {id: end, type: terminal, connections: []}
"""
    small_project(tmp_path, later.encode())
    workspace = DesignWorkspace(tmp_path)
    flow = flow_of(workspace)
    flow.remove_node("work")
    flow.remove_node("end")
    assert workspace.save() == [FLOW_PATH]
    assert DesignWorkspace(tmp_path).flow_data(KEY).nodes == ()
