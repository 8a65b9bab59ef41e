"""``ddd-lab runs``, ``tests`` and ``accept``: what came of runs, in a shell."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ddd_lab.cli import main
from ddd_lab.implementation.prompts.prompt import Prompt
from ddd_lab.implementation.runs import Run
from ddd_lab.implementation.runs.starting import prepared
from ddd_lab.project import Project
from tests.implementation.own_terminal import own_terminal
from tests.implementation.stand_in import launched, stand_in, wait_for
from tests.patience import PATIENCE

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"
ONE, TWO = "members/join-library", "lending/borrow-item"
SPEC = "specs/domains/members/flows/join-library.yaml"
CODE, TEST = "src/join_library.py", "tests/test_join_library.py"
WORK = f"""
for path in ({CODE!r}, {TEST!r}, "src/borrow_item.py"):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    open(path, "w").write("def test_it(): pass\\n")
tell("Stop", last_assistant_message="Done.")
"""
SETTINGS = "testing: {args: [-q, -p, 'no:cacheprovider']}\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample design, with a script in Claude Code's place."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    folder = tmp_path / "fernhill"
    shutil.copytree(FERNHILL, folder)
    stand_in(folder, WORK, SETTINGS)
    return folder


def begun(root: Path, *flows: str) -> Run:
    project = Project(root, watch=False)
    return prepared(project.workbench.sync, Prompt(flows=flows or (ONE,), text="Do it."))


def ended(root: Path, *flows: str) -> Run:
    run = begun(root, *flows)
    assert launched(run).wait(PATIENCE) == 0
    return run


def ddd_lab(root: Path, name: str, *words: str) -> int:
    return main([name, *words, "--project", str(root)])


def test_runs_are_listed_with_how_they_stand(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ddd_lab(root, "runs") == 0
    assert "There are no runs yet" in capsys.readouterr().out
    run = ended(root)
    assert ddd_lab(root, "runs") == 0
    line = f"{run.id}  implement {ONE}: done (Claude Code has finished)\n"
    assert capsys.readouterr().out == line
    assert ddd_lab(root, "runs", "--confirm", run.id, CODE, TEST) == 0
    capsys.readouterr()
    assert ddd_lab(root, "runs") == 0
    assert f"{ONE}: confirmed" in capsys.readouterr().out


def test_files_that_are_named_are_recorded_for_their_flows(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ended(root, ONE, TWO)
    monkeypatch.chdir(root / "src")
    assert (
        ddd_lab(root, "runs", "--confirm", run.id, "join_library.py", "borrow_item.py", TEST) == 1
    )
    assert f"Files of {ONE}:\n  {CODE}\n  {TEST}\n" in capsys.readouterr().out
    sync = Project(root, watch=False).workbench.sync
    found = [mapped.files for key in (ONE, TWO) if (mapped := sync.flow(key).mapped)]
    assert found == [(CODE, TEST), ("src/borrow_item.py",)]


def test_what_is_proposed_is_confirmed_later(root: Path) -> None:
    run = ended(root)
    with own_terminal() as terminal, terminal.here():
        terminal.type("y\n")
        assert ddd_lab(root, "runs", "--confirm", run.id) == 0
    assert Project(root, watch=False).workbench.sync.flow(ONE).state == "in_sync"


def test_a_run_is_stopped(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stand_in(root, "time.sleep(600)", SETTINGS)
    run = begun(root)
    process = launched(run)
    wait_for(lambda: run.state == "running")
    assert ddd_lab(root, "runs", "--confirm", run.id, CODE) == 2
    assert "not done yet" in capsys.readouterr().err
    assert ddd_lab(root, "runs", "--stop", run.id) == 0
    process.wait(PATIENCE)
    assert run.state == "stopped"
    assert ddd_lab(root, "runs", "--stop", run.id) == 0
    assert capsys.readouterr().out == f"{run.id} was stopped.\n{run.id} was over already.\n"


def test_tests_are_run_and_kept(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ended(root)
    assert ddd_lab(root, "runs", "--confirm", run.id, CODE, TEST) == 0
    (root / TEST).write_text("def test_it(): assert 3 == 4\n")
    capsys.readouterr()
    assert ddd_lab(root, "tests", ONE) == 1
    assert "1 failed" in capsys.readouterr().out
    assert ddd_lab(root, "tests") == 1
    assert main(["implement", ONE, "--fix", "--prompt", "--project", str(root)]) == 0
    assert "assert 3 == 4" in capsys.readouterr().out
    assert ddd_lab(root, "tests", "a/b") == 2
    assert "there is no flow 'a/b'" in capsys.readouterr().err


def test_a_drift_is_accepted_with_a_reason(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ended(root)
    assert ddd_lab(root, "runs", "--confirm", run.id, CODE, TEST) == 0
    assert ddd_lab(root, "accept", ONE, "--reason", "x") == 2
    (root / CODE).write_text("x = 2\n")
    assert Project(root, watch=False).workbench.sync.flow(ONE).state == "code_ahead"
    assert ddd_lab(root, "accept", ONE, "--reason", " ") == 2
    assert ddd_lab(root, "accept", ONE, "--reason", "only a name") == 0
    assert Project(root, watch=False).workbench.sync.flow(ONE).state == "in_sync"
    assert "only a name" in (root / ".ddd/mapping.yaml").read_text()
