"""Which program runs the tests of a project, found from the project's own files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.json_files import read_json
from ddd_lab.implementation.reports import Format

_JAVASCRIPT = "**/{flow_id}*.test.*|**/{flow_id}*.spec.*"
_CONFIGS = ("js", "cjs", "mjs", "ts", "mts", "cts", "json")
_NO_TESTS = "no test specified"
"""What the test script says that ``npm init`` writes."""


class Runner(NamedTuple):
    """A program that runs tests: the settings of ``testing`` where it is used.

    Attributes:
        command: its words before the arguments.
        args: the arguments.
        report: what tells how each test went.
        scope_pattern: the files of a flow's tests; empty where it runs all tests or none.
    """

    command: str
    args: tuple[str, ...]
    report: Format
    scope_pattern: str = ""

    def settings(self) -> dict[str, Any]:
        """The settings by name."""
        scoped = {"scope_pattern": self.scope_pattern} if self.scope_pattern else {"scoped": False}
        return {"command": self.command, "args": self.args, "report": self.report, **scoped}


PYTEST: Final = Runner("pytest", ("--tb=short", "-q"), "junit", "tests/**/test_{flow_id}*")
_GO: Final = Runner("go test", ("-json", "./..."), "go")
_CARGO: Final = Runner("cargo test", ("--no-fail-fast",), "cargo")
_MANAGERS: Final = {"pnpm-lock.yaml": "pnpm", "yarn.lock": "yarn"}
"""The program that manages packages, by its lock file; npm where there is neither."""
_STARTS: Final = {"npm": "npx --no-install", "pnpm": "pnpm exec", "yarn": "yarn run"}
_ARGUMENTS: Final[dict[str, tuple[tuple[str, ...], Format]]] = {
    "vitest": (("run", "--reporter=default", "--reporter=junit", "--outputFile={report}"), "junit"),
    "jest": (("--ci", "--json", "--outputFile={report}"), "jest"),
}


def runners(root: Path) -> list[Runner]:
    """The runners that a project's files speak of, each once."""
    candidates = [*_python(root), *_javascript(root)]
    candidates += [_GO] if storage.is_file(root, "go.mod") else []
    candidates += [_CARGO] if storage.is_file(root, "Cargo.toml") else []
    return candidates


def _python(root: Path) -> Iterator[Runner]:
    files = ("pyproject.toml", "setup.cfg", "tox.ini", "requirements.txt", "requirements-dev.txt")
    own = ("pytest.ini", "conftest.py", "tests/conftest.py")
    if any(storage.is_file(root, path) for path in own) or any(
        re.search(rb"\bpytest\b", _read(root, path)) for path in files
    ):
        yield PYTEST


def _javascript(root: Path) -> Iterator[Runner]:
    try:
        package = read_json(root, "package.json")
    except (OSError, ValueError):
        return
    package = package if isinstance(package, dict) else {}
    script = _map(package.get("scripts")).get("test")
    script = script if isinstance(script, str) and _NO_TESTS not in script else ""
    manager = next((name for lock, name in _MANAGERS.items() if storage.is_file(root, lock)), "npm")
    named = [name for name in _ARGUMENTS if re.search(rf"\b{name}\b", script)]
    names = named or ([] if script else [name for name in _ARGUMENTS if _has(root, package, name)])
    for name in names:
        args, report = _ARGUMENTS[name]
        yield Runner(f"{_STARTS[manager]} {name}", args, report, _JAVASCRIPT)
    if script and not names:
        yield Runner(f"{manager} test", (), "status")


def _has(root: Path, package: dict[str, Any], name: str) -> bool:
    """Whether a project has a runner of JavaScript: as a package, in its settings or a file."""
    packages = {**_map(package.get("dependencies")), **_map(package.get("devDependencies"))}
    files = (f"{name}.config.{ending}" for ending in _CONFIGS)
    return name in packages or name in package or any(storage.is_file(root, path) for path in files)


def _map(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _read(root: Path, path: str) -> bytes:
    try:
        return storage.read(root, path)
    except OSError:
        return b""
