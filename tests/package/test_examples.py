"""The examples of the documentation: every one is run on the sample design."""

from __future__ import annotations

import doctest
import inspect
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ddd_lab as ddd
from ddd_lab.git.history import FileHistory
from ddd_lab.git.open_design import DesignGit
from ddd_lab.git.status import GitStatus
from ddd_lab.memory.decisions import Decisions
from ddd_lab.memory.memory import Memory
from ddd_lab.project.design_diff import DesignDiff
from ddd_lab.project.flow_map import ProjectFlowMap, Trace
from ddd_lab.project.parts import DesignFlow
from tests.git.repository import run_git

ROOT = Path(__file__).parents[2]
FERNHILL = ROOT / "notebooks/fernhill"
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "ddd_lab/lossless_yaml/README.md"]
BLOCK = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CLASSES: tuple[type, ...] = (
    *(ddd.Project, ddd.Domain, DesignFlow, ddd.Node, Memory, Decisions),
    *(DesignGit, GitStatus, FileHistory),
    *(DesignDiff, ProjectFlowMap, Trace),
)
INTERNAL = {
    *("Node.read", "Node.write", "Node.delete"),  # for the live values
    *("Memory.follow", "Memory.parts", "Memory.write", "Decisions.follow"),  # for other rooms
    *("Decisions.count", "Decisions.index"),  # of every sequence
    *("FileHistory.count", "FileHistory.index"),
}
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def members() -> Iterator[tuple[str, Any]]:
    """Everything public that has a docstring of ours, by its name."""
    for call in (ddd.open, ddd.new, ddd.sample):
        yield call.__name__, call
    yield "Problem", ddd.Problem
    for owner in CLASSES:
        yield owner.__name__, owner
        for name in dir(owner):
            if not name.startswith("_") and f"{owner.__name__}.{name}" not in INTERNAL:
                member = inspect.getattr_static(owner, name)
                if inspect.isfunction(member) or isinstance(member, property):
                    yield f"{owner.__name__}.{name}", member


MEMBERS = dict(members())


def run(text: str, name: str, names: dict[str, Any]) -> dict[str, Any]:
    """Run an example, and return the names that it has in the end."""
    example = doctest.DocTestParser().get_doctest(text, names, name, name, 0)
    output: list[str] = []
    doctest.DocTestRunner(optionflags=OPTIONS).run(example, out=output.append, clear_globs=False)
    assert not output, "".join(output)
    return example.globs


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> ddd.Project:
    root = tmp_path_factory.mktemp("examples") / "fernhill"
    shutil.copytree(FERNHILL, root)
    run_git(root, "init", "-q", "-b", "main")
    run_git(root, "add", "-A")
    run_git(root, "commit", "-qm", "First commit")
    return ddd.open(root, watch=False)


@pytest.fixture
def sample(opened: ddd.Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The names that examples may use; afterwards the design is what it was."""
    monkeypatch.chdir(opened.root.parent)
    flow = opened.flows["lending/return-item"]
    yield {
        "project": opened,
        "domain": opened.domains["lending"],
        "flow": flow,
        "node": flow.nodes["find_loan"],
    }
    while opened.undo():
        pass
    opened.save()


@pytest.mark.parametrize("name", MEMBERS)
def test_the_example_of_a_public_name_is_true(name: str, sample: dict[str, Any]) -> None:
    text = inspect.getdoc(MEMBERS[name]) or ""

    assert ">>>" in text, f"{name} has no example"
    run(text, name, sample)


@pytest.mark.parametrize("name", MEMBERS)
def test_a_public_function_describes_its_arguments(name: str) -> None:
    member = MEMBERS[name]
    if not inspect.isfunction(member):
        return
    text = inspect.getdoc(member) or ""
    described = set(re.findall(r"^    (\w+): ", text.partition("Args:")[2], re.MULTILINE))

    assert set(inspect.signature(member).parameters) - {"self"} <= described


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_examples_of_a_page_are_true(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(FERNHILL, tmp_path / "fernhill")
    (tmp_path / "shop").mkdir()
    monkeypatch.chdir(tmp_path)
    names = run("\n".join(BLOCK.findall(page.read_text("utf-8"))), page.name, {})
    if "project" in names:
        names["project"].close()
