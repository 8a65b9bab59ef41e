"""Which files a person is asked to confirm for which flow."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ddd_lab.implementation.config import read_config
from ddd_lab.implementation.prompts.prompt import Prompt
from ddd_lab.implementation.runs import Run, new_run
from ddd_lab.implementation.runs.confirming import confirm
from ddd_lab.implementation.runs.file_attribution import Proposal, proposed, proposed_by_flow
from ddd_lab.project import Project
from tests.implementation.stand_in import launched, stand_in
from tests.patience import PATIENCE

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"
JOIN, BORROW = "members/join-library", "lending/borrow-item"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the sample design."""
    root = tmp_path / "fernhill"
    shutil.copytree(FERNHILL, root)
    stand_in(root, "tell('Stop')")
    return Project(root, watch=False)


def ended_run(project: Project, *flows: str) -> Run:
    run = new_run(project.root, Prompt(flows=flows, text="Do it."), {})
    assert launched(run).wait(PATIENCE) == 0
    return run


def test_a_file_is_for_the_flow_that_its_path_names(project: Project) -> None:
    run = ended_run(project, "lending/list", "lending/list-loans", "members/list-members")
    paths = ["src/list_loans.py", "src/list.py", "src/common.py"]
    assert proposed_by_flow(project.workbench.sync, run, paths) == {
        "lending/list": ["src/list.py", "src/common.py"],
        "lending/list-loans": ["src/list_loans.py", "src/common.py"],
        "members/list-members": ["src/common.py"],
    }


def test_after_confirming_the_flows_have_what_was_confirmed_and_nothing_else(
    project: Project,
) -> None:
    run = ended_run(project, JOIN, BORROW)
    for name in ("join_library", "borrow_item", "rubbish"):
        (project.root / f"{name}.py").write_text("x = 1\n")
    files = {JOIN: ["join_library.py"], BORROW: ["borrow_item.py"]}
    confirm(project.workbench.sync, run, files, read_config(project.root))
    changed = ["borrow_item.py", "join_library.py", "rubbish.py"]
    assert list(proposed(project.workbench.sync, run, changed)) == [
        Proposal(path="join_library.py", flows=(JOIN,), known=True),
        Proposal(path="borrow_item.py", flows=(BORROW,), known=True),
        Proposal(path="rubbish.py", flows=(), known=False),
    ]
