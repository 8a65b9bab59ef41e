"""One list names everything that can start a program, and what a project names asks for trust."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import ddd_lab
from ddd_lab.implementation.starters import STARTERS

HOUSE = Path(ddd_lab.__file__).parent
MODULES = {
    "asyncio": {"create_subprocess_exec", "create_subprocess_shell"},
    "concurrent.futures": {"ProcessPoolExecutor"},
    "git": None,
    "multiprocessing": None,
    "os": {
        *("system", "popen", "startfile", "fork", "forkpty", "posix_spawn", "posix_spawnp"),
        *(f"exec{how}" for how in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")),
        *(f"spawn{how}" for how in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")),
    },
    "pexpect": None,
    "psutil": {"Popen"},
    "ptyprocess": None,
    "pty": {"spawn", "fork"},
    "runpy": None,
    "shlex": set(),
    "subprocess": None,
    "terminado": None,
    "watchfiles": {"run_process", "arun_process"},
    "webbrowser": None,
}
"""Modules with the names in them that start programs; None for all of them."""
BUILTINS = {"eval", "exec", "__import__"}
HARMLESS = {
    *("subprocess.DEVNULL", "subprocess.STDOUT", "subprocess.PIPE", "subprocess.TimeoutExpired"),
    *("subprocess.SubprocessError", "subprocess.CalledProcessError", "git.GitError"),
}


class Starts(ast.NodeVisitor):
    """Finds what may start a program in a module: each use, with the function that it is in."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, int]] = []
        self._names: dict[str, str] = {}
        self._within: list[str] = []
        self._types = False

    def visit_Import(self, node: ast.Import) -> None:
        for name in node.names:
            first = name.name.partition(".")[0]
            self._names[name.asname or first] = name.name if name.asname else first

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for name in node.names:
            module = f"{'.' * node.level}{node.module}"
            self._names[name.asname or name.name] = f"{module}.{name.name}"

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._within.append(node.name)
        for part in (*node.decorator_list, *node.args.defaults, *node.body):
            self.visit(part)
        self._within.pop()

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self._note(self._full(node), node.lineno)
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        full = self._names.get(node.id, node.id)
        if "." in full or full in BUILTINS:
            self._note(full, node.lineno)

    def visit_Call(self, node: ast.Call) -> None:
        if any(word.arg == "shell_command" for word in node.keywords):
            self._note("a terminal", node.lineno)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if node.value == "shell_command":
            self._note("a terminal", node.lineno)

    def _note(self, full: str, line: int) -> None:
        module, _, name = full.rpartition(".")
        watched = MODULES.get(module, set())
        starts = full in BUILTINS or full == "a terminal" or watched is None or name in watched
        if starts and full not in HARMLESS:
            self.found.append((full, self._within[-1] if self._within else "", line))

    def _full(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name):
            return self._names.get(node.id, "")
        if isinstance(node, ast.Attribute):
            above = self._full(node.value)
            return f"{above}.{node.attr}" if above else ""
        return ""


def starts(source: str) -> list[tuple[str, str, int]]:
    visitor = Starts()
    visitor.visit(ast.parse(source))
    return visitor.found


def starting() -> Iterator[tuple[str, str, int]]:
    """Each place that may start a program: ``file:function``, what it uses, the line."""
    for path in sorted(HOUSE.rglob("*.py")):
        for used, function, line in starts(path.read_text("utf-8")):
            yield f"{path.relative_to(HOUSE).as_posix()}:{function}", used, line


def function(place: str) -> ast.FunctionDef | ast.AsyncFunctionDef:
    path, _, name = place.partition(":")
    for node in ast.walk(ast.parse((HOUSE / path).read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            return node
    raise AssertionError(f"there is no {place}")


def called(node: ast.AST) -> list[str]:
    """The names of what is called in a piece of code, in order."""
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    calls.sort(key=lambda call: (call.lineno, call.col_offset))
    return [ast.unparse(call.func).rpartition(".")[2] for call in calls]


def test_whatever_starts_a_program_is_in_the_list() -> None:
    places = {starter.place for starter in STARTERS}
    missing = [f"{place}:{line}: {used}" for place, used, line in starting() if place not in places]
    assert missing == [], (
        "name it in ddd_lab.implementation.starters, with its gate or the reason for none"
    )


def test_whatever_is_in_the_list_starts_one() -> None:
    assert {starter.place for starter in STARTERS} == {place for place, _, _ in starting()}


@pytest.mark.parametrize(
    "starter", [one for one in STARTERS if one.gate], ids=lambda starter: starter.what
)
def test_what_a_project_names_asks_for_trust_first(starter: object) -> None:
    assert isinstance(starter, type(STARTERS[0]))
    calls = called(function(starter.gate))
    name = starter.place.partition(":")[2]
    own = {"Popen", "ask", "create"}
    begins = min(number for number, call in enumerate(calls) if call == name or call in own)
    assert "require_trust" in calls[:begins]
    if starter.place != starter.gate:
        file = ast.parse((HOUSE / starter.place.partition(":")[0]).read_text("utf-8"))
        assert called(file).count(name) == 1, "somebody else calls it without asking"


@pytest.mark.parametrize("starter", [one for one in STARTERS if not one.gate])
def test_what_asks_for_no_trust_says_why(starter: object) -> None:
    assert getattr(starter, "why", "")


@pytest.mark.parametrize(
    "source",
    [
        "import subprocess\ndef f(): subprocess.run(['x'])",
        "import subprocess as s\ndef f(): g(s.Popen)",
        "from subprocess import run as go\ndef f(): go(['x'])",
        "import os\ndef f(): os.execv('x', [])",
        "from os import system\ndef f(): system('x')",
        "import asyncio\nasync def f(): await asyncio.create_subprocess_exec('x')",
        "import multiprocessing\ndef f(): multiprocessing.Process(target=g)",
        "import git\ndef f(): git.Repo('.')",
        "import pty\ndef f(): pty.spawn('x')",
        "def f(manager): manager.create(shell_command=['x'])",
        "def f(ask): ask('terminals', {'shell_command': ['x']})",
        "def f(): exec('x')",
    ],
)
def test_the_search_finds_them(source: str) -> None:
    assert [function for _, function, _ in starts(source)][:1] == ["f"]
