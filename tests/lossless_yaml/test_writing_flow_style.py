"""Adding, removing and moving entries inside brackets and braces."""

from __future__ import annotations

from typing import Any

import pytest

from ddd_lab.lossless_yaml import parse, patch
from tests.lossless_yaml.helpers import block, drop, edited, insert, insert_key, put


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("a: [1, 2]", insert("a", 2, 3), "a: [1, 2, 3]"),
        ("a: [1, 2]", insert("a", 0, 3), "a: [3, 1, 2]"),
        ("a: [1,2]", insert("a", 1, 3), "a: [1,3,2]"),
        ("a: [ 1 ]", insert("a", 1, [2, {"x": 1}]), "a: [ 1, [2, {x: 1}] ]"),
        ("a: ['x']", insert("a", 1, "y"), "a: ['x', 'y']"),
        ("a: [x]", insert("a", 1, "two\nlines"), 'a: [x, "two\\nlines"]'),
        ("a: [1, 2, 3]", drop("a", 0), "a: [2, 3]"),
        ("a: [1, 2, 3]", drop("a", 1), "a: [1, 3]"),
        ("a: [1, 2, 3,]", drop("a", 2), "a: [1, 2,]"),
        ("a: [1, 2, 3]", put("a", [3, 1, 2]), "a: [3, 1, 2]"),
        ("a: [1]", put("a", []), "a: []"),
        ("a: [1, 2]", put("a", ["x"]), "a: [x]"),
        ("a: { x: 1 }", insert_key("a", "x", "y", 2), "a: { x: 1, y: 2 }"),
        ("a: { x: 1 }", insert_key("a", None, "y", {"z": 2}), "a: { y: { z: 2 }, x: 1 }"),
        ('{"a": 1}', insert_key("a", "b", "x"), '{"a": 1, "b": x}'),
        ("{a: 1, b: 2}", drop("a"), "{b: 2}"),
        ("{a: 1, b: 2}", drop("b"), "{a: 1}"),
        ("{a: 1}", put("a", {"x": [1]}), "{a: {x: [1]}}"),
        ("{a: , b: 1}", drop("b"), "{a: }"),
        ("{a, b: 1}", drop("b"), "{a}"),
        ("{a: &n 1, b: 2}", put("a", "x"), "{a: &n x, b: 2}"),
        ("{a: !!int 1, b: 2}", put("a", "x"), "{a: x, b: 2}"),
    ],
)  # fmt: skip
def test_entries_come_and_go(before: str, edit: Any, after: str) -> None:
    assert edited(before, edit) == after


def test_a_renamed_key_keeps_its_value() -> None:
    text = "a: { x: 1, y: [1,2] }\n"

    def rename(data: Any) -> None:
        data["a"] = {"x": 1, "z": [1, 2]}

    assert edited(text, rename) == text.replace("y:", "z:")


LINES = block("""
    a: [
      one,   # first
      two,
      three  # third
    ]
    b: {
      x: 1,
      y: 2,
    }
    """)


@pytest.mark.parametrize(
    ("edit", "gone", "come"),
    [
        (insert("a", 3, "four"), "  three  # third\n", "  three,  # third\n  four\n"),
        (insert("a", 1, "new"), "  one,   # first\n", "  one,   # first\n  new,\n"),
        (insert("a", 0, "new"), "  one,", "  new,\n  one,"),
        (drop("a", 0), "  one,   # first\n", ""),
        (drop("a", 1), "  two,\n", ""),
        (drop("a", 2), "  three  # third\n", ""),
        (insert_key("b", "y", "z", 3), "  y: 2,\n", "  y: 2,\n  z: 3,\n"),
        (insert_key("b", "x", "z", 3), "  y: 2,\n", "  z: 3,\n  y: 2,\n"),
        (drop("b", "y"), "  y: 2,\n", ""),
    ],
)
def test_entries_on_lines_of_their_own_come_and_go_by_lines(
    edit: Any, gone: str, come: str
) -> None:
    expected = LINES.replace(gone, come)
    result = edited(LINES, edit)
    assert result == expected.replace("x: 1,\n}", "x: 1,\n}")
    if len(come) > len(gone) and "three" not in gone:
        assert patch(result, parse(LINES).data) == LINES


def test_a_pair_in_a_list_can_change_its_value() -> None:
    assert edited("a: [x: 1, y]\n", put("a", 1, "z")) == "a: [x: 1, z]\n"
