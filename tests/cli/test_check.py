"""`ddd-lab check`: what is wrong, where, and the exit status that CI goes by."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import ddd_lab as ddd
from tests.cli.program import SAMPLE, ddd_lab, replace
from tests.files.projects import FLOW_PATH, small_project

LINE = re.compile(r"(?P<path>.+?)(:\d+:\d+)?: (error|warning|info): .+ \[[a-z-]+\.[a-z-]+\]")


@pytest.fixture
def fine(tmp_path: Path) -> Path:
    return small_project(tmp_path / "shop")


@pytest.fixture
def doubtful(fine: Path) -> Path:
    """A project with warnings only."""
    replace(fine / FLOW_PATH, "next: receipt", "next: receipt\n      failure: rejekt")
    return fine


@pytest.fixture
def wrong(fine: Path) -> Path:
    """A project with an error."""
    replace(fine / FLOW_PATH, "- id: receipt", "- id: charge")
    return fine


def test_the_sample_design_has_no_problems() -> None:
    done = ddd_lab("check", SAMPLE)

    assert (done.returncode, done.stdout) == (
        0,
        "No problems in fernhill (7 domains, 20 flows).\n",
    )


def test_a_problem_is_told_with_a_path_that_opens_from_here(doubtful: Path) -> None:
    done = ddd_lab("check", "shop", cwd=doubtful.parent)

    dangling = next(line for line in done.stdout.splitlines() if "[graph.dangling]" in line)
    assert dangling.startswith(f"shop/{FLOW_PATH}:32:16: warning: There is no node “rejekt”.")
    assert (doubtful.parent / dangling.partition(":")[0]).is_file()


def test_the_folder_at_hand_is_checked_where_none_is_named(doubtful: Path) -> None:
    done = ddd_lab("check", cwd=doubtful)

    assert done.stdout.splitlines()[0].startswith(f"{FLOW_PATH}:")


def test_the_specs_folder_may_be_where_one_is(doubtful: Path) -> None:
    for words in ((), (".",), ("../specs",), ("../specs/",)):
        done = ddd_lab("check", *words, cwd=doubtful / "specs")
        first = done.stdout.splitlines()[0].partition(":")[0]
        assert (doubtful / "specs" / first).is_file(), done


def test_the_specs_folder_itself_may_be_named(doubtful: Path) -> None:
    done = ddd_lab("check", "shop/specs/", cwd=doubtful.parent)

    path = done.stdout.partition(":")[0]
    assert (doubtful.parent / path).is_file()


def test_warnings_fail_only_when_strict(doubtful: Path) -> None:
    assert ddd_lab("check", doubtful).returncode == 0
    assert ddd_lab("check", doubtful, "--strict").returncode == 1


def test_errors_fail_and_are_counted_in_the_last_line(wrong: Path) -> None:
    done = ddd_lab("check", wrong)

    assert done.returncode == 1
    assert re.fullmatch(
        r"\d errors?, .*in shop \(1 domain, 1 flow\)\.", done.stdout.splitlines()[-1]
    )


@pytest.mark.parametrize("name", ["nexus", "obligo", "todo-app"])
def test_real_projects_give_sorted_lines_of_one_form(
    corpus_copy: Callable[[str], Path], name: str
) -> None:
    copy = corpus_copy(name)

    *lines, summary = ddd_lab("check", ".", cwd=copy).stdout.splitlines()

    found = [LINE.fullmatch(line) for line in lines]
    assert lines
    assert all(found), [line for line in lines if not LINE.fullmatch(line)]
    paths = [match["path"] for match in found if match]
    assert paths == sorted(paths)
    assert re.search(r"\d+ flows\)\.$", summary)


def test_json_is_one_document_with_every_field(corpus_copy: Callable[[str], Path]) -> None:
    copy = corpus_copy("obligo")

    done = ddd_lab("check", copy, "--format", "json")

    document = json.loads(done.stdout)
    with ddd.open(copy, watch=False) as project:
        expected = [problem.model_dump(mode="json") for problem in project.problems]
    assert document["problems"] == expected
    assert sum(document["counts"].values()) == len(expected)
    assert document["counts"]["error"] > 0
    assert done.returncode == 1


def test_a_broken_file_is_an_error_beside_those_of_the_others(doubtful: Path) -> None:
    (doubtful / "specs/domains/payments/flows/broken.yaml").write_bytes(b"flow: {\0\xff")

    done = ddd_lab("check", doubtful)

    assert done.returncode == 1
    assert "broken.yaml" in done.stdout
    assert "[file.unreadable]" in done.stdout
    assert "[graph.dangling]" in done.stdout


def test_broken_settings_are_an_error_with_their_line(doubtful: Path) -> None:
    (doubtful / ".ddd").mkdir(exist_ok=True)
    (doubtful / ".ddd/config.yaml").write_text("testing:\n  timeout: soon\n")

    done = ddd_lab("check", doubtful)

    assert done.returncode == 1
    assert ".ddd/config.yaml:2:" in done.stdout
    assert "nothing is run until then [settings.broken]" in done.stdout
    sarif = json.loads(ddd_lab("check", doubtful, "--format", "sarif").stdout)
    [found] = [r for r in sarif["runs"][0]["results"] if r["ruleId"] == "settings.broken"]
    assert found["locations"][0]["physicalLocation"]["region"]["startLine"] == 2


def test_a_pipe_in_place_of_a_file_keeps_nobody_waiting(doubtful: Path) -> None:
    flows = doubtful / "specs/domains/payments/flows"
    os.mkfifo(flows / "pipe.yaml")
    (flows / "endless.yaml").symlink_to("/dev/zero")
    (flows / "loop.yaml").symlink_to("loop.yaml")
    (flows / "folder.yaml").mkdir()

    done = ddd_lab("check", doubtful)

    assert done.returncode == 1
    for name in ("pipe", "endless", "loop"):
        assert f"{name}.yaml: error: The file cannot be read" in done.stdout
    assert "[graph.dangling]" in done.stdout


def test_what_a_design_says_never_drives_the_terminal(doubtful: Path) -> None:
    replace(
        doubtful / FLOW_PATH, "failure: rejekt", r'failure: "\e[31mred\a\nforged: error: x [a.b]"'
    )

    lines = ddd_lab("check", doubtful).stdout.splitlines()

    assert not any(letter < " " for line in lines for letter in line)
    assert not any(line.startswith("forged") for line in lines)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda _: None, "does not exist; give the folder that holds specs/"),
        (lambda path: path.write_text("x"), "is a file, not a folder"),
        (lambda path: path.mkdir(), "there is no design in"),
        (lambda path: (path / "specs").mkdir(parents=True), "there is no design in"),
    ],
    ids=["missing", "file", "empty", "empty specs"],
)
def test_a_place_without_a_design_cannot_be_checked(
    tmp_path: Path, make: Callable[[Path], object], told: str
) -> None:
    make(tmp_path / "place")

    done = ddd_lab("check", tmp_path / "place")

    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_above_or_below_the_project_is_told_where_the_project_is(fine: Path) -> None:
    for folder in (fine.parent, fine / "specs" / "domains"):
        assert f"did you mean {fine}?" in ddd_lab("check", folder).stderr
