"""Real spec files of real projects."""

from __future__ import annotations

import copy
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ddd_lab.lossless_yaml import PatchReport, Tree, YamlError, decode, dump, parse, patch
from tests.corpus import corpus_files
from tests.lossless_yaml.documents import at, paths, put

LEAVES_PER_FILE = 8


def read(path: Path) -> Tree:
    return parse(decode(path.read_bytes()))


def is_yaml(path: Path) -> bool:
    try:
        read(path)
    except YamlError:
        return False
    return True


FILES = corpus_files("*.yaml") + corpus_files("*.yml")
each_file = pytest.mark.parametrize(
    "path", [path for path in FILES if is_yaml(path)], ids=lambda path: "/".join(path.parts[-3:])
)


def test_most_of_the_corpus_can_be_read(corpus: Path) -> None:
    assert FILES
    assert sum(map(is_yaml, FILES)) / len(FILES) > 0.9


@each_file
def test_reading_and_writing_changes_nothing(corpus: Path, path: Path) -> None:
    tree = read(path)
    assert patch(tree.text, copy.deepcopy(tree.data), tree=tree) == tree.text
    assert parse(dump(tree.data)).data == tree.data


@each_file
def test_a_changed_value_changes_its_own_lines_and_back_again(corpus: Path, path: Path) -> None:
    tree = read(path)
    random = Random(path.name)
    leaves = [p for p in paths(tree.data) if p and not isinstance(at(tree.data, p), dict | list)]
    for leaf in random.sample(leaves, min(LEAVES_PER_FILE, len(leaves))):
        value = at(tree.data, leaf)
        result = write(tree, leaf, other(value))
        first, last = tree.lines(leaf)
        before, after = tree.text.splitlines(), result.splitlines()
        assert after[: first - 1] == before[: first - 1]
        assert after[len(after) - len(before) + last :] == before[last:]
        start, end = tree.span(leaf)
        if other(value) is not value and is_canonical(tree.text[start:end]):
            assert patch(result, tree.data) == tree.text


@each_file
def test_an_added_entry_goes_again_without_a_trace(corpus: Path, path: Path) -> None:
    tree = read(path)
    random = Random(path.name)
    parents = [p for p in paths(tree.data) if p and at(tree.data, p) and is_collection(tree, p)]
    for place in random.sample(parents, min(LEAVES_PER_FILE, len(parents))):
        data = copy.deepcopy(tree.data)
        parent: Any = at(data, place)
        if isinstance(parent, list):
            parent.insert(random.randint(0, len(parent)), {"id": "new", "label": "New one"})
        else:
            parent["new_key"] = {"on": True, "list": [1, "two"]}
        report = PatchReport()
        result = patch(tree.text, data, tree=tree, report=report)
        assert not report.fallback
        assert patch(result, tree.data) == tree.text


def write(tree: Tree, path: tuple[str | int, ...], value: Any) -> str:
    report = PatchReport()
    data = put(copy.deepcopy(tree.data), path, value)
    result = patch(tree.text, data, tree=tree, report=report)
    assert not report.fallback
    return result


def is_collection(tree: Tree, path: tuple[str | int, ...]) -> bool:
    return isinstance(at(tree.data, path), dict | list)


def other(value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str() if value:
            body = value.rstrip("\n")
            return body + " more" + value[len(body) :]
        case _:
            return value


def is_canonical(source: str) -> bool:
    """Whether a scalar has one way to be written in its style: one line, no odd escapes."""
    return "\n" not in source and "\\" not in source and not source[:1].isdigit()
