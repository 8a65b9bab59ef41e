"""Names that are given to new things: refused where a file system could not have them."""

from __future__ import annotations

from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.spec.edit.nodes import EditError
from tests.files.projects import DOMAIN, GUIDE_FLOW, SYSTEM, small_project

DEVICES = ["con", "PRN", "Aux", "nul", "COM1", "lpt9", "com0"]


@pytest.mark.parametrize("name", DEVICES)
def test_a_name_that_windows_keeps_for_itself_is_refused(tmp_path: Path, name: str) -> None:
    project = ddd.open(small_project(tmp_path), watch=False)
    for refused in (
        lambda: project.add_domain(name),
        lambda: project.new_flow(name, "payments"),
        lambda: project.domains["payments"].rename(name),
        lambda: project.flows["payments/charge-card"].rename(name),
    ):
        with pytest.raises(EditError, match="Windows has no files of that name; choose another"):
            refused()
    assert project.dirty == set()


def test_names_that_only_begin_like_those_are_taken(tmp_path: Path) -> None:
    project = ddd.open(small_project(tmp_path), watch=False)
    assert project.new_flow("console", "payments").id == "console"
    assert project.new_flow("com10", "payments").id == "com10"


def test_a_name_too_long_to_be_implemented_is_refused(tmp_path: Path) -> None:
    project = ddd.open(small_project(tmp_path), watch=False)
    with pytest.raises(EditError, match="at most 100"):
        project.add_domain("d" * 101)
    with pytest.raises(EditError, match="at most 100"):
        project.new_flow("f" * 101, "payments")
    project.add_domain("d" * 100)
    flow = project.new_flow("f" * 100, "d" * 100)
    project.save()
    run = len(f"{flow.key.replace('/', '--')}.yaml")
    assert run < 255


def test_files_that_have_such_names_are_read_and_edited(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    own = root / "specs/domains/aux"
    (own / "flows").mkdir(parents=True)
    (own / "domain.yaml").write_text(DOMAIN.replace("payments", "aux"))
    (root / "specs/system.yaml").write_text(SYSTEM.replace("payments", "aux"))
    long = "f" * 150
    for name in ("con", long):
        text = GUIDE_FLOW.replace("charge-card", name).replace("payments", "aux")
        (own / f"flows/{name}.yaml").write_text(text)
    project = ddd.open(root, watch=False)
    for name in ("con", long):
        project.flows[f"aux/{name}"].nodes["charge"].spec.timeout = 45
    project.new_flow("Fine", "aux")
    assert len(project.save()) == 4
