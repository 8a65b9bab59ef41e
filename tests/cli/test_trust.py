"""``ddd-lab trust``, and the one question of the commands that run what a project names."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ddd_lab.cli import main
from ddd_lab.implementation.runs import runs
from ddd_lab.implementation.trust import is_trusted, revoke
from ddd_lab.project import Project
from tests.cli.program import ddd_lab
from tests.implementation.own_terminal import OwnTerminal, own_terminal
from tests.implementation.stand_in import stand_in
from tests.trusting import trusting

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"
FLOW = "members/join-library"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the sample design, which nobody has trusted."""
    folder = Path(shutil.copytree(FERNHILL, tmp_path / "fernhill"))
    stand_in(
        folder,
        "open('begun', 'w')\ntell('Stop')",
        "testing: {command: touch tested, args: ['{junit}'], scoped: false}\n",
    )
    revoke(folder)
    return folder


@pytest.fixture
def terminal() -> Iterator[OwnTerminal]:
    """The terminal that the command is called in."""
    with own_terminal() as found:
        yield found


def test_it_shows_what_would_be_run_and_asks(root: Path, terminal: OwnTerminal) -> None:
    with terminal.here():
        terminal.type("no\n")
        assert main(["trust", str(root)]) == 1
    said = terminal.take()
    assert f"{root}/.ddd/stand_in --settings … --session-id … -- …" in said
    assert "touch tested '{junit}'" in said
    assert "Trust this project? [y/N]" in said
    assert not is_trusted(root)
    with terminal.here():
        terminal.type("yes\n")
        assert main(["trust", str(root)]) == 0
    assert is_trusted(root)


def test_where_nobody_can_be_asked_it_takes_a_yes(root: Path) -> None:
    refused = ddd_lab("trust", root)
    assert (refused.returncode, is_trusted(root)) == (2, False)
    assert "touch tested" in refused.stderr
    assert f"ddd-lab trust --yes {root}" in refused.stderr
    assert ddd_lab("trust", "--yes", root).returncode == 0
    assert is_trusted(root)
    assert f"{root}  since 20" in ddd_lab("trust", "--list").stdout
    assert "trusted no longer" in ddd_lab("trust", "--revoke", root).stdout
    assert not is_trusted(root)
    assert str(root) not in ddd_lab("trust", "--list").stdout


def test_a_command_that_runs_something_asks_once(root: Path, terminal: OwnTerminal) -> None:
    with terminal.here():
        terminal.type("y\n")
        assert main(["implement", "--project", str(root), "--yes", FLOW]) == 1  # it wrote no file
        assert main(["tests", "--project", str(root)]) == 1  # the runner writes no report
    assert terminal.take().count("Trust this project?") == 1
    assert (root / "begun").exists()
    assert (root / "tested").exists()


def test_without_a_yes_nothing_is_run(root: Path, terminal: OwnTerminal) -> None:
    with terminal.here():
        terminal.type("\n\n")
        assert main(["implement", "--project", str(root), FLOW]) == 2
        assert main(["tests", "--project", str(root)]) == 2
    assert terminal.take().count("Trust this project?") == 2
    assert not (root / "begun").exists()
    assert not (root / "tested").exists()
    assert not runs(root)


def test_a_no_is_answered_in_a_line(
    root: Path, terminal: OwnTerminal, capfd: pytest.CaptureFixture[str]
) -> None:
    with terminal.here():
        terminal.type("n\n")
        main(["tests", "--project", str(root)])
    said = terminal.take() + "".join(capfd.readouterr())
    assert "Nothing was run: you have not trusted this project." in said
    assert said.count("touch tested") == 1


def test_what_cannot_be_begun_asks_for_no_trust(root: Path, terminal: OwnTerminal) -> None:
    with terminal.here():
        assert main(["implement", "--project", str(root), "members/nowhere"]) == 2
        assert main(["implement", "--project", str(root), "--queue", "members/nowhere"]) == 2
        assert main(["implement", "--project", str(root), "--resume", "nothing"]) == 2
    assert "Trust" not in terminal.take()


def test_what_has_changed_is_told_apart(root: Path, terminal: OwnTerminal) -> None:
    trusting(root)
    settings = root / ".ddd/config.yaml"
    settings.write_text(settings.read_text().replace("touch tested", "touch elsewhere"))
    with terminal.here():
        terminal.type("n\n")
        main(["trust", str(root)])
    new, gone = terminal.take().split("New since then:")[1].split("No longer there:")
    assert "touch elsewhere" in new
    assert "touch tested" in gone


def test_the_folder_is_named_whose_trust_is_taken_back(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    trusting(root)
    monkeypatch.chdir(root)
    assert main(["trust", "--revoke"]) == 0
    assert f"{root} is trusted no longer" in capsys.readouterr().out


def test_where_nobody_can_be_asked_it_says_what_to_do(root: Path) -> None:
    done = ddd_lab("tests", "--project", root)
    assert done.returncode == 2
    assert "not trusted yet" in done.stderr
    assert f"ddd-lab trust {root}" in done.stderr
    assert not (root / "tested").exists()


def test_looking_never_asks(root: Path, terminal: OwnTerminal) -> None:
    with terminal.here():
        main(["implement", "--project", str(root), "--prompt", FLOW])
        main(["check", str(root)])
        main(["status", str(root)])
        main(["runs", "--project", str(root)])
    assert "Trust" not in terminal.take()


def test_in_python_it_is_a_call_that_says_what_it_allows(root: Path) -> None:
    project = Project(root, watch=False)
    for run in (project.test, lambda: project.implement(FLOW), lambda: project.queue(FLOW)):
        with pytest.raises(RuntimeError, match=r"project\.trust\(\) in Python"):
            run()
    assert not is_trusted(root)
    assert "touch tested" in repr(project.trust())
    assert project.is_trusted
    assert "gave no result" in str(project.test())
