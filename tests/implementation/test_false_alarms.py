"""On flows of a real design: what says the same raises no alarm, and each kind of change does."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from ddd_lab.implementation.staleness import SyncStatus
from ddd_lab.project import Project
from tests.recorded import record_implementation

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"
PLAIN, AGENT = "members/join-library", "helpdesk/account-helper"
CODE = "src/code.py"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the sample design with two flows that are implemented."""
    folder = tmp_path / "fernhill"
    shutil.copytree(FERNHILL, folder)
    (folder / "src").mkdir()
    (folder / CODE).write_text("pass\n")
    with Project(folder, watch=False) as project:
        for key in (PLAIN, AGENT):
            record_implementation(project.workbench.sync, key, (CODE,))
    return folder


def spec(root: Path, key: str) -> Path:
    domain, _, flow = key.partition("/")
    return root / f"specs/domains/{domain}/flows/{flow}.yaml"


def status(root: Path, key: str) -> SyncStatus:
    return Project(root, watch=False).workbench.sync.flow(key)


def reordered(value: Any) -> Any:
    """The same data with the keys of every map in another order."""
    if isinstance(value, dict):
        keys = list(value)
        random.Random(len(keys)).shuffle(keys)
        return {key: reordered(value[key]) for key in keys}
    return [reordered(item) for item in value] if isinstance(value, list) else value


def written_anew(path: Path) -> None:
    data = reordered(yaml.load(path.read_text(), yaml.BaseLoader))
    numbers = yaml.load(path.read_text(), yaml.SafeLoader)
    assert set(data) == set(numbers)
    path.write_text(
        yaml.safe_dump(reordered(numbers), indent=4, width=60, sort_keys=False, allow_unicode=True)
    )


def checked_out(root: Path) -> None:
    """Every file as Git writes it on another machine: the same bytes at another time."""
    for path in (root / "src").rglob("*"):
        os.utime(path, (1, 1))
    for path in (root / "specs").rglob("*.yaml"):
        path.write_bytes(path.read_bytes())
        os.utime(path, (1, 1))


def crlf(root: Path) -> None:
    for path in [*root.rglob("specs/**/*.yaml"), root / CODE]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def moved(root: Path, key: str) -> None:
    with Project(root, watch=False) as project:
        for number, node in enumerate(project.flows[key].nodes.values()):
            project.flows[key].nodes[node.id].position = (number * 10, 7)
        project.save()


QUIET: dict[str, Callable[[Path, str], object]] = {
    "written anew, keys in another order": lambda root, key: written_anew(spec(root, key)),
    "comments and blank lines": lambda root, key: spec(root, key).write_text(
        "# who wrote this?\n"
        + spec(root, key).read_text().replace("\nnodes:", "\n\n\n# all\nnodes:")
    ),
    "moved nodes": moved,
    "ends of lines": lambda root, _: crlf(root),
    "a checkout": lambda root, _: checked_out(root),
    "metadata": lambda root, key: spec(root, key).write_text(
        spec(root, key).read_text().replace("completeness: 100", "completeness: 40")
    ),
}


@pytest.mark.parametrize("key", [PLAIN, AGENT])
@pytest.mark.parametrize("what", QUIET)
@pytest.mark.covers("S08.14")
def test_what_says_the_same_is_no_alarm(root: Path, what: str, key: str) -> None:
    before = spec(root, key).read_bytes()
    QUIET[what](root, key)
    assert what == "a checkout" or spec(root, key).read_bytes() != before
    assert status(root, key).words == ()
    assert not status(root, key).stale


def test_a_change_that_was_taken_back_is_no_alarm(root: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    path = spec(root, PLAIN)
    path.write_text(path.read_text().replace("Make a junior card", "Make a card"))
    assert status(root, PLAIN).stale
    subprocess.run(["git", "checkout", "-q", "--", "."], cwd=root, check=True)
    assert status(root, PLAIN).state == "in_sync"


@pytest.mark.parametrize(
    ("key", "old", "new", "node", "field"),
    [
        (PLAIN, "label: New to the library?", "label: A new reader?", "A new reader?", "label"),
        (PLAIN, '"$.age < 16"', '"$.age < 18"', "Under sixteen?", "condition"),
        (PLAIN, "max_length: 254", "max_length: 200", "Check the form", "email.max_length"),
        (PLAIN, "type: date\n", "type: string\n", "Check the form", "birth_date.type"),
        (PLAIN, "find_same_email\n      invalid", "new_reader\n      invalid", "", "valid"),
        (PLAIN, "id: young_reader", "id: is_young", "", "young_reader"),
        (PLAIN, "method: POST", "method: PUT", "trigger", "method"),
        (PLAIN, 'rate_limit: "5/minute"', 'rate_limit: "9/minute"', "trigger", "rate_limit"),
        (PLAIN, "name: Join the library", "name: Join us", "", "name"),
        (PLAIN, "operation: list", "operation: read", "Look for the email", "operation"),
        (AGENT, "max_iterations: 6", "max_iterations: 9", "", "max_iterations"),
        (AGENT, "never guess a date", "guess dates", "", "system_prompt"),
        (AGENT, "ttl: 900", "ttl: 60", "", "ttl"),
        (AGENT, "requires_confirmation: true", "requires_confirmation: false", "", "confirmation"),
        (AGENT, "action: mask", "action: block", "", "action"),
        (AGENT, "duration: 900", "duration: 90", "The desk takes over", "duration"),
        (AGENT, "id: call_back\n", "id: ring_back\n", "The desk takes over", "approval_options"),
        (AGENT, "        - tool_called: send_to_desk\n", "", "Account helper", "stop_conditions"),
    ],
)
def test_each_kind_of_change_names_its_node_and_field(
    root: Path, key: str, old: str, new: str, node: str, field: str
) -> None:
    path = spec(root, key)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    found = status(root, key)
    assert found.state == "spec_ahead"
    assert any(node in line and field in line for line in found.words), found.words
    other = AGENT if key == PLAIN else PLAIN
    assert status(root, other).state == "in_sync"


def test_a_node_that_comes_or_goes_is_named(root: Path) -> None:
    with Project(root, watch=False) as project:
        flow = project.flows[AGENT]
        flow.remove_node("settled_by_desk")
        project.save()
    assert any("Settled" in line for line in status(root, AGENT).words)
