"""What runs the tests of a project is found from its own files."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from ddd_lab.implementation.config import read_config
from ddd_lab.implementation.reports import Ended, Format, read_report
from ddd_lab.implementation.testing import TestRun, run_tests
from tests.trusting import trusting

KEY = "orders/place-order"


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def package(script: str = "", **packages: str) -> str:
    """The text of a ``package.json``."""
    scripts = {"test": script} if script else {}
    return json.dumps({"scripts": scripts, "devDependencies": packages})


def outcome_of(root: Path, files: dict[str, str]) -> TestRun:
    """What the tests of a flow say in a project of these files, which is trusted."""
    write(root, files)
    trusting(root)
    return run_tests(root, read_config(root).testing, KEY)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"conftest.py": ""}, "pytest --tb=short -q"),
        ({"pyproject.toml": "[dependency-groups]\ntest = ['pytest']\n"}, "pytest --tb=short -q"),
        ({"package.json": package(vitest="^3")}, "npx --no-install vitest run"),
        ({"package.json": package("vitest"), "pnpm-lock.yaml": ""}, "pnpm exec vitest run"),
        ({"package.json": package("jest"), "yarn.lock": ""}, "yarn run jest --ci --json"),
        ({"package.json": package(), "jest.config.js": ""}, "npx --no-install jest --ci --json"),
        ({"package.json": package("mocha", jest="^29")}, "npm test"),
        ({"package.json": package("mocha"), "pnpm-lock.yaml": ""}, "pnpm test"),
        ({"go.mod": "module shop\n"}, "go test -json ./..."),
        ({"Cargo.toml": "[package]\nname = 'shop'\n"}, "cargo test --no-fail-fast"),
        ({"package.json": package('echo "Error: no test specified" && exit 1')}, "pytest"),
    ],
)
def test_the_runner_is_found_from_the_files_of_a_project(
    tmp_path: Path, files: dict[str, str], words: str
) -> None:
    write(tmp_path, files)
    testing = read_config(tmp_path).testing
    assert " ".join([testing.command, *testing.args]).startswith(words)


def test_what_the_settings_say_counts_more_than_the_files(tmp_path: Path) -> None:
    settings = "testing: {scope_pattern: 'spec/{flow_id}*', args: [run]}\n"
    write(tmp_path, {"package.json": package(vitest="^3"), ".ddd/config.yaml": settings})
    testing = read_config(tmp_path).testing
    assert testing.command == "npx --no-install vitest"
    assert (testing.scope_pattern, testing.args) == ("spec/{flow_id}*", ("run",))

    write(tmp_path, {".ddd/config.yaml": "testing: {command: make test}\n"})
    assert read_config(tmp_path).testing.command == "make test"


def test_of_two_runners_it_is_said_which_there_are_and_where_to_choose(tmp_path: Path) -> None:
    run = outcome_of(tmp_path, {"pytest.ini": "", "package.json": package("jest")})
    assert run.problem == (
        "the project has several test runners: pytest, npx --no-install jest. "
        "Set testing.command in .ddd/config.yaml."
    )


def test_where_there_is_no_runner_it_says_so(tmp_path: Path) -> None:
    run = outcome_of(tmp_path, {"src/place_order.c": ""})
    assert "no test runner was found" in run.problem
    assert "testing.command" in run.problem


def test_files_of_javascript_are_found_as_they_are_called_there(tmp_path: Path) -> None:
    (tmp_path / "node_modules").mkdir()
    runner = "process.exit(process.argv.at(-1) === 'src/placeOrder.test.ts' ? 0 : 1)"
    settings = {"testing": {"command": f'node -e "{runner}"', "args": [], "report": "status"}}
    pattern = "**/{flow_id}*.test.*|**/{flow_id}*.spec.*"
    settings["testing"]["scope_pattern"] = pattern
    files = {"src/placeOrder.test.ts": "", "src/track-order.test.ts": ""}
    run = outcome_of(tmp_path, {**files, ".ddd/config.yaml": json.dumps(settings)})
    assert run.command[-1] == "src/placeOrder.test.ts"
    assert run.passed


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")
def test_a_test_script_passes_or_fails_as_a_whole(tmp_path: Path) -> None:
    assert outcome_of(tmp_path, {"package.json": package("node -e 0")}).passed

    failing = outcome_of(tmp_path, {"package.json": package("echo no good && exit 3")})
    (test,) = failing.failures
    assert test.name == "npm test"
    assert "no good" in test.detail


@pytest.mark.skipif(shutil.which("cargo") is None, reason="cargo is not installed")
def test_each_test_of_cargo_is_told(tmp_path: Path) -> None:
    if subprocess.run(["cargo", "--version"], capture_output=True, check=False).returncode:
        pytest.skip("cargo is installed for somebody else")
    code = '#[test] fn one() {}\n#[test] fn two() { panic!("too many") }\n'
    code += "#[test] #[ignore] fn three() {}\n"
    run = outcome_of(
        tmp_path,
        {
            "Cargo.toml": "[package]\nname = 'shop'\nversion = '0.1.0'\nedition = '2021'\n",
            "src/lib.rs": code,
        },
    )
    assert {test.name: test.status for test in run.tests} == {
        **{"one": "passed", "two": "failed", "three": "skipped"}
    }, run.problem
    assert "too many" in run.failures[0].detail


GO = """\
{"Action":"run","Package":"shop/orders","Test":"TestPlace"}
{"Action":"output","Package":"shop/orders","Test":"TestPlace","Output":"=== RUN   TestPlace\\n"}
{"Action":"output","Package":"shop/orders","Test":"TestPlace","Output":" a_test.go:5: too many\\n"}
{"Action":"fail","Package":"shop/orders","Test":"TestPlace","Elapsed":0.25}
go: downloading something
{"Action":"pass","Package":"shop/orders","Test":"TestTrack","Elapsed":0}
{"Action":"fail","Package":"shop/orders","Elapsed":0.3}
"""
JEST = {
    "testResults": [
        {
            "name": "/shop/place.test.js",
            "status": "failed",
            "assertionResults": [
                {"fullName": "place an order", "status": "passed", "duration": 5},
                {
                    **{"fullName": "too many", "status": "failed", "duration": None},
                    "failureMessages": ["Error: expected 3\n    at place.test.js:4"],
                },
                {"fullName": "later", "status": "todo"},
            ],
        },
        {"name": "/shop/odd.test.js", "status": "failed", "message": "Unexpected token"},
    ]
}


@pytest.mark.parametrize(
    ("format", "report", "expected"),
    [
        (
            "go",
            GO,
            [
                ("shop/orders::TestPlace", "failed", 250, "a_test.go:5: too many"),
                ("shop/orders::TestTrack", "passed", 0, ""),
            ],
        ),
        (
            "jest",
            json.dumps(JEST),
            [
                ("/shop/place.test.js::place an order", "passed", 5, ""),
                ("/shop/place.test.js::too many", "failed", 0, "Error: expected 3"),
                ("/shop/place.test.js::later", "skipped", 0, ""),
                ("/shop/odd.test.js", "error", 0, "Unexpected token"),
            ],
        ),
    ],
)
def test_each_test_is_told_in_the_formats_that_runners_have(
    tmp_path: Path, format: Format, report: str, expected: list[tuple[str, str, int, str]]
) -> None:
    (tmp_path / "report").write_text(report)
    tests = read_report(format, Ended("", tmp_path / "report", report, 1))
    found = [(test.name, test.status, test.duration_ms, test.message) for test in tests]
    assert found == expected
