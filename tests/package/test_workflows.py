"""What GitHub reads is valid, and a workflow gives nobody more than it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

GITHUB = Path(__file__).parents[2] / ".github"
PROGRAMS = Path(sys.executable).parent
FILES = {
    "vendor.github-workflows": "workflows/*.yml",
    "vendor.github-issue-forms": "ISSUE_TEMPLATE/[!c]*.yml",
    "vendor.github-issue-config": "ISSUE_TEMPLATE/config.yml",
    "vendor.dependabot": "dependabot.yml",
}


@pytest.mark.parametrize("schema", FILES)
def test_the_files_for_github_follow_its_schemas(schema: str) -> None:
    files = [str(path) for path in sorted(GITHUB.glob(FILES[schema]))]
    done = CliRunner().invoke(check_jsonschema, ["--builtin-schema", schema, *files])
    assert done.exit_code == 0, done.output


def test_the_workflows_are_safe() -> None:
    done = subprocess.run(
        [PROGRAMS / "zizmor", "--offline", "--persona=pedantic", GITHUB],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
