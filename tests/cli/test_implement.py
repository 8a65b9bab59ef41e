"""``ddd-lab implement``: one flow, several in a queue that can be gone on with, fixes, sessions."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ddd_lab.cli import main
from ddd_lab.implementation.queue import read_queue
from ddd_lab.implementation.runs import runs
from ddd_lab.project import Project
from tests.implementation.own_terminal import OwnTerminal, own_terminal
from tests.implementation.stand_in import stand_in

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"
ONE, TWO = "members/join-library", "lending/borrow-item"
WORK = """
if "--resume" in words:
    name = "join_library"
else:
    name = said().split("\\n")[0].split("/")[-1].replace("-", "_")
os.makedirs("tests", exist_ok=True)
open(f"tests/test_{name}.py", "w").write("def test_it(): pass\\n")
tell("Stop", last_assistant_message="Done.\\n\\n## Implementation Notes\\n\\nNo deviations.")
"""
FAILS = WORK.replace("def test_it(): pass", "def test_it(): assert 3 == 4")
Implement = Callable[..., int]
SETTINGS = "testing: {args: [-q, -p, 'no:cacheprovider']}\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample design, with a script in Claude Code's place."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    folder = tmp_path / "fernhill"
    shutil.copytree(FERNHILL, folder)
    stand_in(folder, WORK, SETTINGS)
    return folder


@pytest.fixture
def terminal() -> Iterator[OwnTerminal]:
    """The terminal that the command is called in."""
    with own_terminal() as found:
        yield found


@pytest.fixture
def implement(root: Path, terminal: OwnTerminal) -> Implement:
    """Calls the command in the terminal."""

    def called(*words: str) -> int:
        with terminal.here():
            return main(["implement", "--project", str(root), *words])

    return called


def states(root: Path) -> list[str]:
    return [item.state for item in read_queue(root).items]


@pytest.mark.covers("T31.4", "S08.19")
def test_a_queue_goes_through_its_flows(
    root: Path, implement: Implement, terminal: OwnTerminal
) -> None:
    assert implement("--queue", "--yes", ONE, TWO) == 0
    out = terminal.take()
    assert f"--- {ONE}" in out
    assert f"--- {TWO}" in out
    assert "The queue is done." in out
    project = Project(root, watch=False)
    assert {project.workbench.sync.flow(key).state for key in (ONE, TWO)} == {"in_sync"}


def test_a_queue_that_paused_goes_on_when_it_is_called_again(
    root: Path, implement: Implement, terminal: OwnTerminal
) -> None:
    stand_in(root, FAILS, SETTINGS)
    assert implement("--queue", "--yes", ONE, TWO) == 1
    assert "1 of 1 tests fail\n2 left. Go on with" in terminal.take()
    assert states(root) == ["failed", "waiting"]
    assert implement("--queue", "--yes", TWO) == 2
    stand_in(root, WORK, SETTINGS)
    assert implement(ONE, "--fix", "--yes") == 0
    assert runs(root)[0].kind == "fix"
    assert "assert 3 == 4" in runs(root)[0].prompt
    assert implement("--queue", "--yes") == 0
    assert states(root) == ["done", "done"]
    assert len(runs(root)) == 3


def test_what_the_person_does_not_confirm_pauses_the_queue(
    root: Path, implement: Implement, terminal: OwnTerminal
) -> None:
    terminal.type("n\n")
    assert implement("--queue", ONE, TWO) == 1
    said = terminal.take()
    assert "Nothing was recorded. Confirm with ddd-lab runs --confirm" in said
    assert f"The queue is paused: {ONE}: its files are not confirmed\n" in said
    assert "its terminal opens" not in said
    assert read_queue(root).state == "paused"
    assert not (root / ".ddd/mapping.yaml").exists()
    terminal.type("y\ny\n")
    assert implement("--queue") == 0
    assert len(runs(root)) == 2


def test_a_queue_whose_turn_changed_nothing_goes_on_without_it(
    root: Path, implement: Implement, terminal: OwnTerminal
) -> None:
    stand_in(root, "tell('Stop', last_assistant_message='Which database?')", SETTINGS)
    assert implement("--queue", "--yes", ONE, TWO) == 1
    assert "Nothing was changed, so nothing is recorded." in terminal.take()
    assert implement("--queue", "--yes") == 1
    assert implement("--queue", "--yes", TWO) == implement("--queue", "--more", "x") == 2
    stand_in(root, WORK, SETTINGS)
    assert implement("--queue", "--skip", "--yes") == 0
    assert states(root) == ["skipped", "done"]


def test_a_queue_can_be_forgotten(root: Path, implement: Implement, terminal: OwnTerminal) -> None:
    stand_in(root, "tell('Stop')", SETTINGS)
    assert implement("--queue", "--yes", ONE) == 1
    assert implement("--queue", "--clear") == 0
    assert "The queue was cleared" in terminal.take()
    assert read_queue(root).state == "empty"


def test_the_list_of_files_is_corrected_before_it_is_recorded(
    root: Path, implement: Implement, terminal: OwnTerminal
) -> None:
    more = "os.makedirs('src/out')\nfor n in '12': open(f'src/out/{n}.log', 'w').write('x')\n"
    stand_in(root, more + WORK, SETTINGS)
    (root / "src").mkdir(exist_ok=True)
    (root / "src/my own.py").write_text("x = 1\n")
    terminal.type("e\nno.py -none.py 'half\nno.py -none.py\n-src/out/* 'src/my own.py'\ny\n")
    assert implement(ONE) == 0
    said = terminal.take()
    assert "there is no file no.py" in said
    assert "none.py is not one of these files" in said
    mapped = Project(root, watch=False).workbench.sync.flow(ONE).mapped
    assert mapped is not None
    assert mapped.files == ("tests/test_join_library.py", "src/my own.py")


@pytest.mark.covers("T32.4")
def test_notes_that_say_something_are_to_be_reconciled(
    root: Path, implement: Implement, terminal: OwnTerminal
) -> None:
    stand_in(root, WORK.replace("No deviations.", "- **Additions**\\n  - a log line"), SETTINGS)
    assert implement(ONE, "--yes") == 0
    out = terminal.take()
    assert "Notes to reconcile with the spec:\n  a log line\n" in out
    assert "reconciliation_wanted" in (root / ".ddd/events.jsonl").read_text()


def test_the_data_of_a_schema_is_migrated_and_noted(
    root: Path, implement: Implement, terminal: OwnTerminal, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(root, "open('001.sql', 'w').write('x')\ntell('Stop')", SETTINGS)
    assert implement("Member", "--migrate", "--yes") == 0
    out = terminal.take()
    assert "Changed files:\n  001.sql\n" in out
    assert "Recorded in .ddd/mapping.yaml: Member" in out
    status = Project(root, watch=False).workbench.sync.schema("Member")
    assert status.state == "in_sync"
    assert status.mapped is not None
    assert status.mapped.extra["migration_history"][0]["description"] == "the first one"
    assert implement("--migrate", "--yes") == 0
    assert "No schema has changed." in terminal.take()
    assert implement("Member", "--migrate", "--yes") == 2
    assert "no schema has changed" in capsys.readouterr().err


def test_a_session_that_was_cut_off_goes_on(
    root: Path, implement: Implement, terminal: OwnTerminal
) -> None:
    stand_in(root, "tell('UserPromptSubmit')\nos.kill(os.getpid(), 9)", SETTINGS)
    assert implement(ONE) == 1
    (run,) = runs(root)
    assert f"Go on with ddd-lab implement --resume {run.id}" in terminal.take()
    stand_in(root, WORK, SETTINGS)
    assert implement("--resume", run.id, "--yes") == 0
    assert Project(root, watch=False).workbench.sync.flow(ONE).state == "in_sync"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name the flows"),
        (("a/b", "--resume", "x"), "name the flows"),
        (("a/b",), "there is no flow 'a/b'"),
        (("--resume", "20260101-000000-x"), "there is no run"),
        ((ONE, "--fix"), "nothing to fix"),
        (("--resume", "x", "--prompt"), "--resume continues a session"),
        (("--resume", "x", "--more", "Be quick."), "--resume continues a session"),
        ((ONE, "--skip"), "only together with --queue"),
        (("--queue", ONE, "--clear"), "only together with --queue"),
        (("--queue", "--skip", "--clear"), "only together with --queue"),
        (("--queue", "--skip"), "no queue is running"),
    ],
)
def test_what_cannot_be_carried_out_is_said(
    root: Path,
    implement: Implement,
    terminal: OwnTerminal,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    said: str,
) -> None:
    assert implement(*words) == 2
    assert said in capsys.readouterr().err


def test_without_a_terminal_nothing_is_prepared(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["implement", "--project", str(root), ONE, "--yes"]) == 2
    assert "only runs in a terminal" in capsys.readouterr().err
    assert not runs(root)
    assert main(["implement", "--project", str(root), ONE, "--prompt"]) == 0
