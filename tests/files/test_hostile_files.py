"""Files that no editor would write: each is named with its place, left alone, and costs nothing."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.spec.edit.nodes import EditError
from tests.files.projects import FLOW_PATH, GUIDE_FLOW, KEY, small_project

BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n"
    for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)

BROKEN = {
    "empty": (b"", "The file is empty"),
    "only comments": (b"# nothing here yet\n", "The file is empty"),
    "binary": (bytes(range(256)) * 8, "binary data"),
    "latin-1": ("flow: {id: caf\xe9}\n".encode("latin-1"), "not UTF-8"),
    "a list": (b"- id: a\n- id: b\n", "The file is a list"),
    "a word": (b"hello\n", "The file is a single value"),
    "a tab": (b"flow:\n\tid: x\n", ""),
    "two documents": (b"flow: {id: a}\n---\nflow: {id: b}\n", ""),
    "alias bomb": (BOMB.encode(), "alias"),
    "huge scalar": (b"flow: {id: x, description: " + b"y" * 50_000_000 + b"}\n", "more than"),
    "deep nesting": (b"flow: " + b"[" * 100_000 + b"\n", ""),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_that_cannot_be_read_is_reported_and_left_alone(tmp_path: Path, kind: str) -> None:
    content, words = BROKEN[kind]
    root = small_project(tmp_path)
    broken = root / "specs/domains/payments/flows/broken.yaml"
    broken.write_bytes(content)
    project = ddd.open(root, watch=False)
    found = [problem for problem in project.problems if problem.path.endswith("broken.yaml")]
    unreadable = [problem for problem in found if problem.rule == "file.unreadable"]
    assert len(unreadable) == 1
    assert unreadable[0].severity == "error"
    unopened = kind == "huge scalar"
    assert (unreadable[0].line, unreadable[0].column) >= ((0, 0) if unopened else (1, 1))
    assert not unreadable[0].message[0].islower()
    assert words.lower() in unreadable[0].message.lower()
    assert "left exactly as it is" in unreadable[0].message

    project.flows[KEY].nodes["charge"].label = "Everything else works"
    assert "payments/broken" not in project.flows
    with pytest.raises(KeyError):
        project.flows["payments/broken"]
    with pytest.raises(EditError, match="Fix the file first"):
        project.workbench.edit_data(
            "specs/domains/payments/flows/broken.yaml", lambda data: data, "x"
        )
    assert project.save() == [FLOW_PATH]
    assert broken.read_bytes() == content


def test_a_bomb_is_refused_with_little_time_and_memory(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / "specs/domains/payments/flows/bomb.yaml").write_text(BOMB)
    script = (
        "import sys, time, resource, ddd_lab\n"
        "project = ddd_lab.open(sys.argv[1], watch=False); project.flows[sys.argv[2]]\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try: project.flows['payments/bomb']\n"
        "except KeyError as error: assert 'liases expand' in str(error)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    limit = 20  # seconds of processor time, so that a bomb that goes off ends the test, not the run
    done = subprocess.run(
        [sys.executable, "-c", script, str(root), KEY],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit)),
    )
    assert int(done.stdout) < 200 * 1024, "kilobytes"


def test_the_broken_architecture_of_a_real_project_is_named_and_kept(corpus_copy) -> None:  # type: ignore[no-untyped-def]  # fixture
    root = corpus_copy("todo-app")
    path = root / "specs/architecture.yaml"
    before = path.read_bytes()
    project = ddd.open(root, watch=False)
    [problem] = [p for p in project.problems if p.rule == "file.unreadable"]
    assert problem.path == "specs/architecture.yaml"
    line = before.decode().splitlines()[problem.line - 1]
    assert problem.column <= len(line) + 1
    assert sorted(project.domains) == ["todos", "users"]
    assert len(project.flows) == 4
    for key in project.flows:
        first = next(iter(project.flows[key].nodes))
        project.flows[key].nodes[first].label = "Edited"
    assert len(project.save()) == 4
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "id", ["../../etc/passwd", "/etc/passwd", "..", "a/b", "a\\b", "", "x" * 300]
)
def test_an_id_that_leads_elsewhere_never_becomes_a_path(tmp_path: Path, id: str) -> None:
    root = small_project(tmp_path / "project")
    project = ddd.open(root, watch=False)
    with pytest.raises(KeyError):
        project.flows[f"payments/{id}"]
    with pytest.raises(KeyError):
        project.flows[f"{id}/charge-card"]
    with pytest.raises((EditError, ValueError)):
        project.workbench.change({f"specs/domains/{id}/../../../../x.yaml": {"a": 1}}, "escape")
    with pytest.raises(EditError):
        project.new_flow("A flow", id)
    before = sorted(tmp_path.rglob("*"))
    if id not in ("/etc/passwd", "../../etc/passwd", "a/b", "a\\b"):
        with pytest.raises(EditError):
            project.new_flow(id, "payments")
    else:
        made = project.new_flow(id, "payments")
        assert "/" not in made.key.removeprefix("payments/")
        project.save()
        assert (root / "specs/domains/payments/flows").joinpath(made.id + ".yaml").is_file()
        before = []
    if before:
        assert sorted(tmp_path.rglob("*")) == before


def test_hostile_ids_inside_files_are_only_words(tmp_path: Path) -> None:
    text = GUIDE_FLOW.replace("id: charge-card", "id: ../../../../etc/passwd", 1).replace(
        "domain: payments", "domain: ../../secrets", 1
    )
    root = small_project(tmp_path / "project", text)
    project = ddd.open(root, watch=False)
    assert project.flows[KEY].id == "../../../../etc/passwd"
    assert any(p.where.startswith(KEY) and p.severity == "error" for p in project.problems)
    project.flows[KEY].nodes["charge"].label = "Still here"
    assert project.save() == [FLOW_PATH]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["project"]


WRONG = {
    "nodes is a map": ("nodes:\n", "nodes: {}\nothers:\n"),
    "flow is a list": ("flow:\n  id: charge-card", "flow: [1]\nflow2:\n  id: charge-card"),
    "trigger is a list": ("trigger:\n  type: http", "trigger: []\ntrigger2:\n  type: http"),
    "position is a word": ("position: {x: 100, y: 50}", "position: here"),
    "position is text": ("position: {x: 100, y: 50}", "position: {x: 'a', y: []}"),
    "spec is a list": ("spec:\n      operation", "spec: []\n    properties2:\n      operation"),
    "connections is a word": ("connections:\n      next: receipt", "connections: receipt"),
    "target is a map": ("next: receipt", "next: {a: {b: c}}"),
    "id is a map": ("- id: receipt", "- id: {a: b}"),
    "id twice": ("- id: receipt", "- id: charge"),
    "no id": ("- id: receipt\n    type", "- type"),
    "node is a word": ("  # talks to the bank\n", "  - just a word\n"),
    "type is a number": ("type: process", "type: 5"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_odd_shapes_are_reported_and_everything_around_them_can_be_edited(
    tmp_path: Path, kind: str
) -> None:
    old, new = WRONG[kind]
    assert old in GUIDE_FLOW
    text = GUIDE_FLOW.replace(old, new, 1)
    root = small_project(tmp_path, text)
    project = ddd.open(root, watch=False)
    assert any(problem.path == FLOW_PATH for problem in project.problems), "nothing was said"
    flow = project.flows[KEY]
    if "charge" in flow.nodes:
        flow.nodes["charge"].label = "Edited all the same"
        project.save()
        after = (root / FLOW_PATH).read_text()
        assert after.replace("label: 'Edited all the same'", "label: 'Charge the card'") == text
    else:
        flow.description = "Edited all the same"
        project.save()
        assert "Edited all the same" in (root / FLOW_PATH).read_text()
