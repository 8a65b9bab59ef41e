"""The tests' own tools: the browser finder and the checklist marks."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.chromium import find_chromium, main
from tests.checklist import check_covers


def test_a_named_chromium_goes_before_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "my-chromium"
    program.touch(mode=0o755)
    monkeypatch.setenv("DDD_LAB_CHROMIUM", str(program))

    assert find_chromium() == program


def test_a_named_chromium_that_is_not_there_gets_one_line_of_advice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DDD_LAB_CHROMIUM", "/no/such/chromium")

    assert main([]) == 1
    error = capsys.readouterr().err
    assert "/no/such/chromium" in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("claim", ["T1.1", "T01.99", "the system map"])
def test_a_mark_that_names_no_checklist_item_stops_the_run(
    request: pytest.FixtureRequest, claim: str
) -> None:
    item = request.node
    item.add_marker(pytest.mark.covers(claim))

    with pytest.raises(pytest.UsageError, match="no checklist item"):
        check_covers(item)


def test_each_item_of_the_checklist_is_listed_with_the_tests_that_claim_it() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "scripts.covered", "tests/implementation/test_config.py"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "  S08.20  Configuration loaded" in found.stdout
    assert "tests/implementation/test_config.py::test_without_a_file" in found.stdout
    assert "  T01.1  App starts on System Map: no test\n" in found.stdout
    assert found.stdout.endswith(" of 376 items have a test\n")


def test_a_test_cannot_reach_the_network() -> None:
    with socket.socket() as outside, pytest.raises(AssertionError, match="local fake"):
        outside.connect(("192.0.2.1", 80))
