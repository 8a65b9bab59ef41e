"""What the tests of building share."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ddd_lab.implementation.prompts import Prompt
from ddd_lab.implementation.runs import Run, new_run
from tests.implementation.stand_in import KEY, Start, launched, stand_in


@pytest.fixture(autouse=True)
def quick_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pytest that runs the code of a flow needs none of the plugins that are here for ours."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """A function that runs a script in Claude Code's place, with a prompt."""

    def started(script: str, prompt: str = "Do it.") -> tuple[Run, subprocess.Popen[bytes]]:
        stand_in(tmp_path, script)
        run = new_run(tmp_path, Prompt(flows=(KEY,), text=prompt), {KEY: b"flow: {}\n"})
        return run, launched(run)

    return started
