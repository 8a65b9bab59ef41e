"""What GitHub reads is valid, and a workflow gives nobody more than it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

GITHUB = Path(__file__).parents[2] / ".github"
PROGRAMS = Path(sys.executable).parent
FILES = {
    "vendor.github-workflows": "workflows/*.yml",
    "vendor.github-issue-forms": "ISSUE_TEMPLATE/[!c]*.yml",
    "vendor.github-issue-config": "ISSUE_TEMPLATE/config.yml",
    "vendor.dependabot": "dependabot.yml",
}


def run(program: str, *arguments: str | Path) -> None:
    done = subprocess.run(
        [PROGRAMS / program, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("schema", FILES)
def test_the_files_for_github_follow_its_schemas(schema: str) -> None:
    run("check-jsonschema", "--builtin-schema", schema, *sorted(GITHUB.glob(FILES[schema])))


def test_the_workflows_are_safe() -> None:
    run("zizmor", "--offline", "--persona=pedantic", GITHUB)
