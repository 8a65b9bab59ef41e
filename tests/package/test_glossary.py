"""One name per thing: the glossary in CONTRIBUTING.md says which, and which not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FRONT = ROOT / "labextension"
DECLARED = re.compile(
    r"^(?:export )?(?:class|interface|type|enum) (\w+)"
    r"|^export (?:async )?(?:function|const) (\w+)",
    re.MULTILINE,
)


def glossary() -> dict[str, str]:
    """Names that nothing may have, each with the term to use."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = text.partition("## Glossary")[2].partition("\n## ")[0]
    rows = [row.split("|")[1:-1] for row in section.splitlines() if row.startswith("| ")][1:]
    assert len(rows) > 20
    assert len(section.splitlines()) <= 60
    return {name: term.strip() for term, _, names in rows for name in re.findall(r"`(\w+)`", names)}


@cache
def names() -> tuple[tuple[str, str], ...]:
    return tuple(_names())


def _names() -> Iterator[tuple[str, str]]:
    """Every module, class, type and public name of the product, with its file."""
    for file in sorted((ROOT / "ddd_lab").rglob("*.py")):
        where = file.relative_to(ROOT).as_posix()
        yield file.stem if file.stem != "__init__" else file.parent.name, where
        tree = ast.parse(file.read_text("utf-8"))
        yield from ((name, where) for name in _declared(tree))
    for file in sorted([*FRONT.glob("*/src/**/*.ts"), *FRONT.glob("*/src/**/*.tsx")]):
        where = file.relative_to(ROOT).as_posix()
        yield file.stem, where
        for kind, exported in DECLARED.findall(file.read_text("utf-8")):
            yield kind or exported, where


def _declared(scope: ast.Module | ast.ClassDef) -> Iterator[str]:
    """Classes, functions, methods, fields and constants, without what functions keep inside."""
    for node in scope.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            yield from _declared(node)
        for target in getattr(node, "targets", [getattr(node, "target", None)]):
            if isinstance(target, ast.Name):
                yield target.id


@pytest.mark.parametrize("name", sorted(glossary()))
def test_nothing_has_a_name_that_the_glossary_replaced(name: str) -> None:
    used = [where for declared, where in names() if declared == name]

    assert used == [], f"say {glossary()[name]!r}"
