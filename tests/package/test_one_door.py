"""Only the storage opens, lists, writes and removes what lies in a project's folder.

Whoever made the folder may have put links, pipes and endless files into it. The storage is guarded
against them, once; a call beside it is not. Every other call that touches the disk is named here,
with the reason why no project's file can be meant.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import ddd_lab

HOUSE = Path(ddd_lab.__file__).parent
DOOR = {f"files/disk/{name}.py" for name in ("storage", "glances", "locks", "json_files")}

EXCEPTIONS = {
    "files/disk/listing.py": (
        {
            *("os.path.lexists", "os.path.islink", "os.path.isdir", "os.scandir", "os.stat"),
            *(".is_symlink", ".is_dir"),
        },
        "lists thousands of files; a link is followed only to where the storage says that it leads",
    ),
    "files/disk/watching.py": (
        {"os.stat", "os.lstat", "os.access", "os.path.isdir", ".is_dir"},
        "compares times of thousands of files where the listing found them, and opens none",
    ),
    "files/edit/new_design.py": (
        {"os.access", "os.path.lexists", ".is_dir"},
        "the folder that a person names for a new design",
    ),
    "project/beginning.py": ({"tempfile.mkdtemp"}, "a folder for the copy of a sample"),
    "files/disk/folder.py": (
        {".is_dir", ".exists"},
        "the folder that a person names as the project",
    ),
    "implementation/runs/hook.py": (
        {"json.load", "os.path.islink", "os.open"},
        "starts for every step of Claude Code, without the rest; guarded as the storage is",
    ),
    "implementation/testing.py": (
        {"tempfile.TemporaryDirectory", "tempfile.TemporaryFile"},
        "the report and the output of a test runner, in the system's own folder",
    ),
    "lab/terminals.py": ({".open", "json.load"}, "calls to the Jupyter server, which open no file"),
    "files/disk/git.py": (
        {"tempfile.TemporaryFile"},
        "the answer of Git, in the system's own folder",
    ),
    "git/committing.py": (
        {"tempfile.TemporaryDirectory"},
        "a list of files for one commit, in the system's own folder",
    ),
    "git/notices.py": ({"os.access"}, "Git's own folder, which may lie outside the project"),
    "bundle.py": ({".read_text"}, "the JavaScript and styles of our own front ends"),
    "git/setup.py": (
        {".is_file", "tempfile.TemporaryDirectory"},
        "the Python that Git is set up to start, and a test merge in the system's own folder",
    ),
    "cli/_errors.py": ({".is_dir", ".glob"}, "looks for a project's folder around the shell's own"),
    "cli/_output.py": ({"os.open"}, "the system's null device, where standard output was closed"),
    "cli/_drift.py": ({".is_dir", ".exists", ".read_bytes"}, "what a person names to compare"),
    "cli/_sarif.py": ({".exists"}, "looks for the Git repository above the project"),
    "cli/export.py": ({".is_dir"}, "the file that a person names for an export"),
    "cli/lab.py": ({".is_dir", ".exists"}, "the folder that a person names"),
    "cli/runs.py": ({".exists"}, "a path that a person names, relative to the shell's own folder"),
    "implementation/personal_data.py": (
        {".is_file", ".exists", ".stat", ".read_bytes", ".mkdir", ".unlink", ".glob", "os.open"},
        "what the lab keeps of a person, in that person's own Jupyter folder",
    ),
    "implementation/claude_permissions.py": (
        {".read_bytes"},
        "a person's own settings of Claude Code",
    ),
    "lab/server/project_discovery.py": (
        {"os.path.exists", "os.scandir", ".is_dir"},
        "looks for projects below the server's folder, follows no link and opens no file",
    ),
    "lab/server/project_cache.py": (
        {".is_dir"},
        "the folder that a page names, below the server's",
    ),
    "lab/magics.py": ({".iterdir", ".is_dir"}, "offers folder names while a person types a path"),
}
"""Files with the calls that they may make, and why."""

OS = {
    *("open", "stat", "lstat", "scandir", "listdir", "walk", "fwalk", "remove", "unlink", "rename"),
    *("replace", "mkdir", "makedirs", "rmdir", "removedirs", "link", "symlink", "truncate"),
    *("chmod", "utime", "mkfifo", "mknod", "readlink", "access", "renames"),
}
OS_PATH = {"exists", "lexists", "isfile", "isdir", "islink", "getsize", "getmtime", "getctime"}
METHODS = {
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir", "rmdir"),
    *("rename", "iterdir", "glob", "rglob", "touch", "symlink_to", "hardlink_to", "readlink"),
    *("is_file", "is_dir", "is_symlink", "is_fifo", "exists", "stat", "lstat", "chmod", "walk"),
    *("is_socket", "samefile", "owner"),
}
MODULES = {
    "os": OS,
    "os.path": OS_PATH,
    "io": {"open", "open_code", "FileIO"},
    "codecs": {"open"},
    "json": {"load", "dump"},
    "glob": {"glob", "iglob"},
    "hashlib": {"file_digest"},
    "tempfile": None,
    "shutil": None,
    "linecache": None,
    "fileinput": None,
}
HARMLESS = {"shutil.which", "shutil.get_terminal_size"}
NAMESAKES = {
    "self",
    "workspace",
    "workbench",
    "storage",
    "host",
    "design",
    "_workspace",
    "chart",
    "terminals",
    "desk",
    "project",
    "changes",
    "tree",
}
"""Objects of ours with methods of such names, which open no file."""


class Calls(ast.NodeVisitor):
    """Finds the calls of a module that touch the disk, with their lines."""

    def __init__(self) -> None:
        self.found: list[tuple[str, int]] = []
        self._names: dict[str, str] = {}

    def visit_Import(self, node: ast.Import) -> None:
        for name in node.names:
            self._names[name.asname or name.name.partition(".")[0]] = (
                name.name if name.asname else name.name.partition(".")[0]
            )

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for name in node.names:
            self._names[name.asname or name.name] = f"{node.module}.{name.name}"

    def visit_Call(self, node: ast.Call) -> None:
        called = self._called(node.func)
        if called:
            self.found.append((called, node.lineno))
        self.generic_visit(node)

    def _called(self, func: ast.expr) -> str:
        full = self._full(func)
        module, _, name = full.rpartition(".")
        if module in MODULES:
            watched = MODULES[module]
            touches = full not in HARMLESS and (watched is None or name in watched)
            return full if touches else ""
        if isinstance(func, ast.Name):
            return "open" if full == "open" else ""
        if isinstance(func, ast.Attribute) and func.attr in METHODS:
            return "" if _last(func.value) in NAMESAKES else f".{func.attr}"
        return ""

    def _full(self, func: ast.expr) -> str:
        if isinstance(func, ast.Name):
            return self._names.get(func.id, func.id)
        if isinstance(func, ast.Attribute):
            above = self._full(func.value)
            return f"{above}.{func.attr}" if above else ""
        return ""


def _last(owner: ast.expr) -> str:
    if isinstance(owner, ast.Attribute):
        return owner.attr
    return owner.id if isinstance(owner, ast.Name) else ""


def calls(source: str) -> list[tuple[str, int]]:
    visitor = Calls()
    visitor.visit(ast.parse(source))
    return visitor.found


def touching() -> Iterator[tuple[str, str, int]]:
    """Every call that touches the disk beside the storage: file, call, line."""
    for path in sorted(HOUSE.rglob("*.py")):
        relative = path.relative_to(HOUSE).as_posix()
        if relative not in DOOR:
            for call, line in calls(path.read_text("utf-8")):
                yield relative, call, line


def test_only_the_storage_touches_the_files_of_a_project() -> None:
    beside = [
        f"ddd_lab/{path}:{line}: {call}"
        for path, call, line in touching()
        if call not in EXCEPTIONS.get(path, (set(), ""))[0]
    ]
    assert beside == [], "use ddd_lab.files.disk.storage, or name the exception with its reason"


def test_every_exception_is_still_one() -> None:
    used = {(path, call) for path, call, _ in touching()}
    named = {(path, call) for path, (found, _) in EXCEPTIONS.items() for call in found}
    assert named - used == set()


@pytest.mark.parametrize(
    "source",
    [
        "open('x')",
        "import os; os.open('x', 0)",
        "import os as o; o.scandir('x')",
        "from os import listdir; listdir('x')",
        "from os import path; path.isfile('x')",
        "import os.path; os.path.exists('x')",
        "from pathlib import Path; Path('x').read_bytes()",
        "root = None; (root / 'x').write_text('')",
        "import json; json.load(file)",
        "import shutil; shutil.rmtree('x')",
        "from tempfile import mkdtemp; mkdtemp()",
    ],
)
def test_each_way_to_touch_the_disk_is_seen(source: str) -> None:
    assert calls(source)


def test_what_touches_no_file_is_left_alone() -> None:
    source = "import json, shutil\njson.loads('x')\nshutil.which('x')\n'x'.replace('x', 'y')"
    assert calls(source) == []
