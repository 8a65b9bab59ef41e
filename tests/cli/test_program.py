"""The program itself: help, version, usage, and outputs that close or speak another encoding."""

from __future__ import annotations

import re
import subprocess
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab import cli
from tests.cli.program import COMMAND, SAMPLE, ddd_lab, environment, started
from tests.patience import PATIENCE

COMMANDS = (
    *("new", "check", "show", "trace", "search", "export", "diff", "log"),
    *("status", "implement", "runs", "tests", "accept", "claude-md", "git-setup"),
    *("ask", "review", "memory", "decide", "models", "usage", "trust", "lab"),
)


def test_the_readme_names_every_command() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")

    assert [name for name in COMMANDS if f"\nddd-lab {name} " not in readme] == []


def test_the_console_script_is_this_program() -> None:
    (script,) = entry_points(group="console_scripts", name="ddd-lab")

    assert script.load() is cli.program


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("chek",),
        ("check", SAMPLE, "--format", "sarif"),
        ("search", SAMPLE, "open loan"),
        ("diff", SAMPLE, SAMPLE / "specs"),
        ("status", SAMPLE, "--format", "json"),
        ("implement", "--project", SAMPLE, "members/join-library", "--prompt"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_process_of_its_own_says_what_the_call_in_python_says(
    arguments: tuple[str | Path, ...],
) -> None:
    done, here = started(*arguments), ddd_lab(*arguments)

    assert (done.returncode, done.stdout, done.stderr) == (
        here.returncode,
        here.stdout,
        here.stderr,
    )
    assert done.stdout or done.stderr


def test_the_version_is_told_without_loading_a_design() -> None:
    code = (
        "import sys\nfrom ddd_lab.cli import main\n"
        "try:\n main(['--version'])\n"
        "except SystemExit as end:\n"
        " heavy = {'pydantic', 'yaml', 'git', 'ruamel', 'anywidget', 'watchfiles', 'jupyterlab'}\n"
        " print(end.code, sorted(heavy & sys.modules.keys()))"
    )

    done = subprocess.run(
        [COMMAND[0], "-c", code],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == f"ddd-lab {ddd.__version__}\n0 []\n"


def test_help_names_every_command() -> None:
    told = ddd_lab("--help")

    assert told.returncode == 0
    assert set(re.findall(r"^    ([\w-]+)\s", told.stdout, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_examples(command: str) -> None:
    told = ddd_lab(command, "--help")

    assert told.returncode == 0
    assert f"  ddd-lab {command}" in told.stdout.partition("examples:")[2]


@pytest.mark.parametrize(
    "arguments",
    [(), ("chek",), ("check", ".", "--format", "xml"), ("export", ".", "", "--to", "png")],
)
def test_bad_usage_cannot_be_carried_out(arguments: tuple[str, ...]) -> None:
    done = ddd_lab(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(("usage: ddd-lab", "ddd-lab: there is no command"))
    assert "Traceback" not in done.stderr


def shell(script: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run a shell script in which `$LAB` is the program and `$DESIGN` the sample design."""
    return subprocess.run(
        ["bash", "-c", script],
        env=environment(LAB=" ".join(COMMAND), DESIGN=str(SAMPLE), **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.mark.parametrize(
    ("script", "status"),
    [
        ("$LAB show $DESIGN @flows | head -1; exit ${PIPESTATUS[0]}", 0),
        ("$LAB export $DESIGN @flows --to svg | true; exit ${PIPESTATUS[0]}", 0),
        ("$LAB show $DESIGN >&-", 0),
        ("$LAB show $DESIGN nowhere 2>&-", 2),
    ],
)
def test_a_reader_who_goes_away_is_no_failure(script: str, status: int) -> None:
    done = shell(script)

    assert (done.returncode, done.stderr) == (status, b"")


def test_a_full_disk_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")

    done = shell("$LAB check $DESIGN > /dev/full")

    assert done.returncode == 2
    assert b"the output cannot be written: " in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_terminal_of_another_encoding_gets_what_it_can_show() -> None:
    done = shell("$LAB show $DESIGN @flows", PYTHONUTF8="0", PYTHONIOENCODING="latin-1")

    text = done.stdout.decode("latin-1")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "borrow-item" in text
    assert " ? " in text


def test_what_programs_read_is_utf_8_in_every_locale() -> None:
    script = "$LAB export $DESIGN @flows --to svg"

    plain = shell(script)
    ascii_only = shell(script, PYTHONUTF8="0", PYTHONIOENCODING="ascii", LC_ALL="C")

    assert plain.stdout == ascii_only.stdout
    assert not plain.stdout.isascii()


def test_a_mistake_of_the_program_is_not_taken_for_one_of_the_design(tmp_path: Path) -> None:
    code = (
        "import sys, ddd_lab.maps as maps\nfrom ddd_lab.cli import main\n"
        "def broken(*_): raise RuntimeError('oh')\n"
        f"maps.show_text = broken\nsys.exit(main(['show', {str(SAMPLE)!r}]))"
    )

    done = subprocess.run(
        [COMMAND[0], "-c", code],
        env=environment(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "RuntimeError: oh" in done.stderr
    assert done.stderr.endswith("please report the lines above\n")
