"""The front end's own unit tests, run as part of all tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE

WORKSPACES = Path(__file__).parents[2] / "labextension"


@pytest.mark.parametrize("workspace", ["canvas", "lab"])
def test_the_units_of_the_front_end_do_what_they_say(workspace: str) -> None:
    node = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}

    run = subprocess.run(
        ["node", "../test.mjs"],
        cwd=WORKSPACES / workspace,
        env=node,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
