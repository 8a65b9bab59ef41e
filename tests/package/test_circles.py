"""No circle of imports in Python, not even of types; biome looks for those in TypeScript."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import ddd_lab

HOUSE = Path(ddd_lab.__file__).parent


def imports() -> dict[str, set[str]]:
    """The modules that each module imports, wherever in it that stands."""
    files = {name_of(file): file for file in HOUSE.rglob("*.py")}
    graph: dict[str, set[str]] = {}
    for name, file in files.items():
        graph[name] = set()
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module in files:
                whole = [f"{node.module}.{alias.name}" for alias in node.names]
                graph[name] |= {one if one in files else node.module for one in whole}
    return graph


def name_of(file: Path) -> str:
    parts = file.relative_to(HOUSE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = imports()
    assert len(graph) > 300
    circle: list[str] = []
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]

    assert circle == [], "move what both need to a module of its own"
