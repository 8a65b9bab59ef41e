"""One list names everything that writes into a project, and in Explore no helper of it does."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

import ddd_lab
from ddd_lab.assist.proposals.edits import edit_of
from ddd_lab.assist.proposals.proposal import Proposal
from ddd_lab.implementation.claude_md import write_claude_md
from ddd_lab.implementation.config import read_config
from ddd_lab.implementation.prompts import Prompt
from ddd_lab.implementation.runs import Run, new_run
from ddd_lab.implementation.runs.confirming import confirm
from ddd_lab.implementation.runs.launch import launch
from ddd_lab.implementation.writers import WRITERS, HelperId, ModeError, Writer, require_leave
from ddd_lab.project import Project
from tests.canvas.shop import write_shop

HOUSE = Path(ddd_lab.__file__).parent
DOOR = {"write", "append", "remove", "rename", "make_folder", "remove_folder"}
"""What the storage writes with."""
HELPERS_ROOMS = ("assist/", "memory/", "implementation/", "cli/")
DESIGN = {"change", "edit_flow", "edit_data", "rewrite", "save", "fix_all", "apply_fix", "undo"}
"""What changes a design, looked for where helpers are at home: calls on a workspace."""
OWNERS = {"workspace", "workbench", "_workspace", "_workbench", "project", "_project"}


class Writes(ast.NodeVisitor):
    """Finds the calls of a module that write, with the function that each is in."""

    def __init__(self, *, design: bool) -> None:
        self.found: list[tuple[str, str]] = []
        self._design = design
        self._names: dict[str, str] = {}
        self._within: list[str] = []

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for name in node.names:
            self._names[name.asname or name.name] = f"{node.module}.{name.name}"

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._within.append(node.name)
        self.generic_visit(node)
        self._within.pop()

    def visit_Call(self, node: ast.Call) -> None:
        called, owner = "", ""
        if isinstance(node.func, ast.Name):
            called = self._names.get(node.func.id, "")
        elif isinstance(node.func, ast.Attribute):
            value = node.func.value
            owner = getattr(value, "id", getattr(value, "attr", ""))
            called = f"{self._names.get(owner, owner)}.{node.func.attr}"
        name = called.rpartition(".")[2]
        stored = called.startswith("ddd_lab.files.disk.storage.") and name in DOOR
        if stored or (self._design and owner in OWNERS and name in DESIGN):
            self.found.append((self._within[-1] if self._within else "", name))
        self.generic_visit(node)


def writes(source: str, *, design: bool = True) -> list[tuple[str, str]]:
    """Function and call of everything that writes in a source."""
    visitor = Writes(design=design)
    visitor.visit(ast.parse(source))
    return visitor.found


def writing() -> Iterator[str]:
    """Every place that writes, as ``file:function``."""
    for path in sorted(HOUSE.rglob("*.py")):
        relative = path.relative_to(HOUSE).as_posix()
        if relative == "files/disk/storage.py":
            continue
        design = relative.startswith(HELPERS_ROOMS)
        for function, _ in writes(path.read_text("utf-8"), design=design):
            yield f"{relative}:{function}"


def test_everything_that_writes_is_listed() -> None:
    known = [place for writer in WRITERS for place in writer.places]
    unlisted = {place for place in writing() if not any(fnmatch(place, one) for one in known)}
    assert unlisted == set(), "name it in ddd_lab/implementation/writers.py, with its gate"


def test_every_place_of_the_list_still_writes() -> None:
    found = set(writing())
    for writer in WRITERS:
        for place in writer.places:
            if "*" not in place and not place.endswith((":fix_all", ":fix", ":accept_drift")):
                assert place in found, place


@pytest.mark.parametrize(
    "source",
    [
        "from ddd_lab.files.disk import storage\ndef f(): storage.write(r, 'x', b'')",
        "from ddd_lab.files.disk.storage import append as add\ndef f(): add(r, 'x', b'')",
        "def f(): self.workbench.edit_flow('a/b', g, 'x')",
        "def f(workspace): workspace.save()",
    ],
)
def test_each_way_to_write_is_seen(source: str) -> None:
    assert [function for function, _ in writes(source)] == ["f"]


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.what)
def test_every_writer_is_a_helper_with_a_gate_or_says_why_not(writer: Writer) -> None:
    assert bool(writer.helper) == bool(writer.gate)
    assert bool(writer.helper) != bool(writer.why)
    if writer.gate:
        file, _, function = writer.gate.partition(":")
        tree = ast.parse((HOUSE / file).read_text("utf-8"))
        bodies = [
            ast.unparse(node)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.name == function
        ]
        assert any("require_leave" in body for body in bodies), writer.gate


def proposal(project: Project) -> Proposal:
    """A proposal that could be applied."""
    edit = {"op": "add_note", "flow": "orders/place-order", "text": "Look"}
    return Proposal.of(project.workbench, [edit_of(edit)])


def run_of(project: Project) -> Run:
    return new_run(project.workbench.root, Prompt(flows=("orders/place-order",), text="Do."), {})


def confirmed(project: Project, run: Run) -> None:
    confirm(project.workbench.sync, run, {}, read_config(project.workbench.root))


ACTS: dict[HelperId, Callable[[Project, Run], object]] = {
    "proposal": lambda project, _: proposal(project).apply(),
    "fixes": lambda project, _: project.fix_all(),
    "claude_code": lambda _, run: launch(run),
    "claude_md": lambda project, _: write_claude_md(project.workbench.sync),
    "mapping": confirmed,
}
"""What each helper does when it writes."""


def content(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".ddd/locks" not in path.as_posix()
    }


def test_every_helper_is_tried() -> None:
    assert ACTS.keys() == {writer.helper for writer in WRITERS if writer.helper}


@pytest.mark.parametrize("helper", ACTS)
def test_in_explore_no_helper_changes_a_byte_and_says_how_to_allow_it(
    tmp_path: Path, helper: HelperId
) -> None:
    with Project(write_shop(tmp_path / "shop"), watch=False) as project:
        root = project.workbench.root
        run = run_of(project)
        (root / ".ddd/config.yaml").write_text("assist:\n  mode: explore\n")
        before = content(root)
        assert project.mode == "explore"
        with pytest.raises(ModeError) as refused:
            ACTS[helper](project, run)
        assert str(refused.value).startswith("This project is in Explore: it ")
        assert "set assist.mode: ask in .ddd/config.yaml" in str(refused.value)
        if helper == "claude_code":
            with pytest.raises(ModeError):
                run_of(project)
        assert content(root) == before
        assert not project.dirty
        assert not len(project.workbench.history)


def test_a_persons_own_edits_are_never_hindered(tmp_path: Path) -> None:
    explore = {".ddd/config.yaml": "assist: {mode: explore}\n"}
    with Project(write_shop(tmp_path / "shop", **explore), watch=False) as project:
        flow = project.flows["orders/place-order"]
        flow.add_node("process", id="mine")
        project.add_domain("Returns")
        assert len(project.save()) == 3
        assert project.undo()


def test_a_chat_may_go_further_or_less_far_than_its_project(tmp_path: Path) -> None:
    with Project(write_shop(tmp_path / "shop"), watch=False) as project:
        with pytest.raises(ModeError, match="This chat is in Explore"):
            proposal(project).apply(mode="explore")
        assert proposal(project).apply(mode="auto").done
        require_leave(project.workbench.root, "fixes")


def test_a_mode_that_nobody_knows_is_a_problem_with_its_line(tmp_path: Path) -> None:
    wrong = {".ddd/config.yaml": "assist:\n  mode: everything\n"}
    with Project(write_shop(tmp_path / "shop", **wrong), watch=False) as project:
        problem = next(one for one in project.problems if one.rule == "settings.broken")
        assert problem.line == 2
        assert "assist.mode" in problem.message
        with pytest.raises(ModeError, match="how far helpers may go is unknown"):
            project.fix_all()
