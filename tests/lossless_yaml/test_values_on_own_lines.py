"""Values that begin below their dash, and blank lines below that are longer than usual."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ddd_lab.lossless_yaml import parse
from tests.lossless_yaml.helpers import drop, edited, insert, insert_key, put


@pytest.mark.parametrize("comment", ["", "  # why"])
@pytest.mark.parametrize("old", ["x", "'x y'", "|\n            x"])
@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"a": {"b": []}, "c": 1}, "  a:\n    b: []\n  c: 1\n"),
        ([[1], {"a": "s\nt"}], "  - - 1\n  - a: |-\n      s\n      t\n"),
    ],
)
def test_a_collection_takes_the_place_of_a_value_below_its_dash(
    value: Any, written: str, old: str, comment: str
) -> None:
    text = f"-{comment}\n          {old}\n- 3\n"
    assert edited(text, put(0, value)) == f"-{comment}\n{written}- 3\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "edit", "after"),
    [
        ("a: x\n      \nb: 1\n", put("a", "p\nq"), "a: |-\n  p\n  q\n\nb: 1\n"),
        (
            "a: x\n      \nb: 1\n",
            insert_key("a", "n", "p\nq\n"),
            "a: x\n\nn: |\n  p\n  q\n\nb: 1\n",
        ),
        ("- x\n      \n- y\n", insert(1, ["p\nq"]), "- x\n\n- - |-\n    p\n    q\n\n- y\n"),
        ("a: |\n  x\nb: 1\n      \nc: 1\n", drop("b"), "a: |\n  x\n\nc: 1\n"),
        (
            "- |\n  x\n- 1\n      \n- y\n",
            lambda data: data.insert(0, data.pop(1)),
            "- 1\n- |\n  x\n\n- y\n",
        ),
        ("a: |\n  x\n      \n\nb: 1\n", put("a", "y\n"), "a: |\n  y\n\n\nb: 1\n"),
        ("a: |2\n   x\n      \n\nb: 1\n", put("a", " y\n"), "a: |2\n   y\n\n\nb: 1\n"),
        ("a: >\n  x\n      \n\nb: 1\n", put("a", "y\n"), "a: >\n  y\n\n\nb: 1\n"),
        ("a: |\n  x\n      \n\nb: 1\n", put("a", 1), "a: 1\n\nb: 1\n"),
    ],
)
def test_long_blank_lines_do_not_become_a_part_of_the_text_above(
    text: str, edit: Callable[[Any], object], after: str, end: str
) -> None:
    assert edited(text.replace("\n", end), edit) == after.replace("\n", end)


def test_a_text_ends_with_the_blank_line_that_counts() -> None:
    tree = parse("a: |\n  x\n      \n  \nb: 1\n")
    assert tree.data == {"a": "x\n    \n", "b": 1}
    assert tree.lines(("a",)) == (1, 3)
