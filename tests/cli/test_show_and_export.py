"""`ddd-lab show` and `ddd-lab export`: the maps, headless."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

import ddd_lab as ddd
from tests.cli.program import SAMPLE, ddd_lab
from tests.files.projects import small_project

SVG = "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ((), "7 domains"),
        ((".",), "Events between domains"),
        (("lending",), "borrow-item"),
        (("lending/borrow-item",), "Borrow an item  (lending/borrow-item"),
        (("@flows",), "All flows  (20 flows)"),
    ],
)
def test_every_place_can_be_shown_as_text(at: tuple[str, ...], told: str) -> None:
    done = ddd_lab("show", SAMPLE, *at)

    assert (done.returncode, done.stderr) == (0, "")
    assert told in done.stdout


@pytest.mark.parametrize("at", ["", "lending", "lending/borrow-item", "@flows"])
def test_an_export_is_what_the_notebook_gives(at: str) -> None:
    with ddd.open(SAMPLE, watch=False) as project:
        picture, text = project.svg(at, theme="dark"), project.mermaid(at)

    svg = ddd_lab("export", SAMPLE, at, "--to", "svg", "--theme", "dark").stdout
    mermaid = ddd_lab("export", SAMPLE, at, "--to", "mermaid").stdout

    assert svg.rstrip("\n") == picture.rstrip("\n")
    assert ElementTree.fromstring(svg).tag == SVG
    assert mermaid.rstrip("\n") == text.rstrip("\n")
    assert mermaid.startswith("flowchart")


def test_the_file_decides_what_is_written_into_it(tmp_path: Path) -> None:
    for name in ("map.svg", "map.mmd"):
        done = ddd_lab("export", SAMPLE, "lending", "-o", tmp_path / name)
        assert (done.returncode, done.stdout) == (0, "")

    assert ElementTree.parse(tmp_path / "map.svg").getroot().tag == SVG
    assert (tmp_path / "map.mmd").read_text("utf-8").startswith("flowchart")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map.mmd", "map.svg"]


@pytest.mark.parametrize("command", [("show",), ("export", "--to", "svg")])
@pytest.mark.parametrize(
    ("at", "near"),
    [("lendin", "lending"), ("lending/borow-item", "lending/borrow-item"), ("@flow", "@flows")],
)
def test_an_unknown_place_is_told_what_is_near(
    command: tuple[str, ...], at: str, near: str
) -> None:
    done = ddd_lab(*command, SAMPLE, at)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"did you mean {near!r}?" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_flow_that_cannot_be_read_is_no_crash(tmp_path: Path) -> None:
    project = small_project(tmp_path, b"\x00\x01\xff\xfe not yaml")

    shown = ddd_lab("show", project, "payments/charge-card")
    system = ddd_lab("show", project)

    assert shown.returncode == 2
    assert "cannot be read" in shown.stderr
    assert (system.returncode, system.stderr) == (0, "")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda folder: folder / "nowhere" / "map.svg", "there is no folder"),
        (lambda folder: folder, "is a folder; give the name of a file"),
    ],
)
def test_an_output_that_cannot_be_written_is_told(
    tmp_path: Path, make: Callable[[Path], Path], told: str
) -> None:
    done = ddd_lab("export", SAMPLE, "", "--to", "svg", "-o", make(tmp_path))

    assert done.returncode == 2
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_a_design_is_not_written_over_by_a_picture(tmp_path: Path) -> None:
    spec = tmp_path / "system.yaml"
    spec.write_text("name: shop\n")
    for kind in ("svg", "html"):
        done = ddd_lab("export", SAMPLE, "", "--to", kind, "-o", spec)
        assert done.returncode == 2
        assert "the name of a YAML file" in done.stderr
    assert spec.read_text() == "name: shop\n"


@pytest.mark.parametrize("name", ["nexus", "obligo", "todo-app"])
def test_real_projects_can_be_shown_and_exported(
    corpus_copy: Callable[[str], Path], name: str
) -> None:
    copy = corpus_copy(name)

    shown = ddd_lab("show", copy, "@flows")
    exported = ddd_lab("export", copy, "", "--to", "svg")

    assert shown.returncode == exported.returncode == 0
    assert ElementTree.fromstring(exported.stdout).tag == SVG
