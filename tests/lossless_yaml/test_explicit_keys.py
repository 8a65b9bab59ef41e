"""A value behind ``? key``, or a pair without braces, changes only its own lines."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lossless_yaml.helpers import block, diff, drop, edited, insert, insert_key, put

TEXT = block("""
    # head
    ? a  # the key
    # between
    : 1  # the value
    ? b
    : x: 1  # x
      y: 2
    ? c
    :
      - 1
      - 2
    ? d
    ? [p, q]
    : z
    ? |
      block
    : "v"
    e: 5
    """)


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (put("a", 2), ["- : 1  # the value", "+ : 2  # the value"]),
        (put("a", {"n": 1}), ["- : 1  # the value", "+ :  # the value", "+   n: 1"]),
        (put("a", "x\ny\n"), ["- : 1  # the value", "+ : |  # the value", "+   x", "+   y"]),
        (put("b", "x", 9), ["- : x: 1  # x", "+ : x: 9  # x"]),
        (put("b", "n", 9), ["+   n: 9"]),
        (drop("b", "y"), ["-   y: 2"]),
        (put("c", 1, 3), ["-   - 2", "+   - 3"]),
        (insert("c", 0, 0), ["+   - 0"]),
        (put("d", 7), ["+ : 7"]),
        (put("d", [1, 2]), ["+ :", "+   - 1", "+   - 2"]),
        (put("[p, q]", "zz"), ["- : z", "+ : zz"]),
        (put("block\n", "w"), ['- : "v"', '+ : "w"']),
        (put("e", 6), ["- e: 5", "+ e: 6"]),
        (put("new", 1), ["+ new: 1"]),
        (insert_key("a", "new", 1), ["+ new: 1"]),
        (drop("a"), ["- ? a  # the key", "- # between", "- : 1  # the value"]),
        (drop("b"), ["- ? b", "- : x: 1  # x", "-   y: 2"]),
        (drop("d"), ["- ? d"]),
        (drop("[p, q]"), ["- ? [p, q]", "- : z"]),
        (drop("block\n"), ["- ? |", "-   block", '- : "v"']),
        (insert_key(None, "first", 1), ["+ first: 1"]),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_the_lines_of_the_value_change(edit: Any, lines: list[str], end: str) -> None:
    text = TEXT.replace("\n", end)
    result = edited(text, edit)
    assert result.count("\n") == result.count(end)
    assert diff(text, result) == lines


def test_an_explicit_key_is_renamed_where_it_stands() -> None:
    def rename(data: Any) -> None:
        items = [("A" if key == "a" else key, value) for key, value in data.items()]
        data.clear()
        data.update(items)

    assert diff(TEXT, edited(TEXT, rename)) == ["- ? a  # the key", "+ ? A  # the key"]


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("- ? a\n  : 1\n- b\n", put(0, "a", 2), "- ? a\n  : 2\n- b\n"),
        ("- ? a\n  : 1\n- b\n", put(0, "c", 2), "- ? a\n  : 1\n  c: 2\n- b\n"),
        ("- ? a\n- ? b\n", put(0, "a", 2), "- ? a\n  : 2\n- ? b\n"),
        ("a: !!set\n  ? x\n  ? y\n", drop("a", "x"), "a: !!set\n  ? y\n"),
        ("? a\n: ? b\n  : 1\n", put("a", "b", 2), "? a\n: ? b\n  : 2\n"),
        ("x:\n  - a:\n      ? |\n         t\nb: 1\n", put("x", 0, {}), "x:\n  - {}\nb: 1\n"),
        ("m: {? a : 1, ? b, c}\n", put("m", "a", 2), "m: {? a : 2, ? b, c}\n"),
        ("m: {? a : 1, ? b, c}\n", put("m", "b", 2), "m: {? a : 1, ? b: 2, c}\n"),
        ("m: {? a : 1, ? b, c}\n", drop("m", "a"), "m: {? b, c}\n"),
        ("m: {? a : 1, ? b, c}\n", drop("m", "b"), "m: {? a : 1, c}\n"),
        ("a: [x: 1, y]\n", put("a", 0, "x", 2), "a: [x: 2, y]\n"),
        ("a: [x: 1, y]\n", put("a", 0, "z", 2), "a: [{x: 1, z: 2}, y]\n"),
        ("a: [? x : 1, y]\n", put("a", 0, "x", 2), "a: [? x : 2, y]\n"),
        ("a: [? x : 1, y]\n", drop("a", 0), "a: [y]\n"),
        ("m: {a , b}\n", put("m", "a", [1]), "m: {a : [1], b}\n"),
        ("m: {'a' , b}\n", put("m", "a", 1), "m: {'a' : 1, b}\n"),
        ("a: [? x ]\n", put("a", 0, "x", "z"), "a: [? x : z]\n"),
        ("? |\n  k\n      \n", put("k\n    \n", "z"), "? |\n  k\n      \n: z\n"),
        ("a: |\n             x\nb: 1\n", put("a", "y\n"), "a: |\n             y\nb: 1\n"),
    ],
)
def test_other_odd_forms_change_in_place(before: str, edit: Any, after: str) -> None:
    assert edited(before, edit) == after
