"""`ddd-lab search`: words found in a whole design."""

from __future__ import annotations

from tests.cli.program import SAMPLE, ddd_lab


def test_what_is_found_is_said_with_its_file_and_line() -> None:
    done = ddd_lab("search", SAMPLE, "open loan")

    assert (done.returncode, done.stderr) == (0, "")
    flow = "specs/domains/lending/flows/return-item.yaml"
    assert any(
        line.startswith(f"{flow}:") and "[node lending/return-item#find_loan]" in line
        for line in done.stdout.splitlines()
    )


def test_no_more_is_shown_than_was_asked_for() -> None:
    assert len(ddd_lab("search", SAMPLE, "loan", "--limit", "3").stdout.splitlines()) == 3


def test_words_that_are_nowhere_are_no_failure() -> None:
    done = ddd_lab("search", SAMPLE, "zeppelin")

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "Nothing in this design matches 'zeppelin'.\n"
