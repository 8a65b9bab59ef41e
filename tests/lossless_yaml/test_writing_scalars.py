"""Changing single values in a text."""

from __future__ import annotations

import math
from typing import Any

import pytest

from ddd_lab.lossless_yaml import PatchError, PatchReport, parse, patch
from tests.lossless_yaml.helpers import block, diff, edited, put


def test_data_without_a_change_leaves_the_text_as_it_is() -> None:
    text = "\ufeff# x\r\na:   1   # c\r\n\r\nb: [ 1,2 ]\r\n..."
    assert patch(text, parse(text).data) == text


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("a: x  # why", "y z", "a: y z  # why"),
        ("a: 'x'  # why", "it's", "a: 'it''s'  # why"),
        ('a: "x"', 'say "hi"\t☺', 'a: "say \\"hi\\"\\t☺"'),
        ('a: "x"', "two\nlines", 'a: "two\\nlines"'),
        ("a:   x", "z", "a:   z"),
        ("a: 1", 2, "a: 2"),
        ("a: 0x1F", 32, "a: 32"),
        ("a: 1.5", 2.0, "a: 2.0"),
        ("a: 1.5", 1e20, "a: 1.0e+20"),
        ("a: 1", math.inf, "a: .inf"),
        ("a: 1", -math.inf, "a: -.inf"),
        ("a: true", False, "a: false"),
        ("a: ~", True, "a: true"),
        ("a:", 5, "a: 5"),
        ("a:  # why", "x", "a: x  # why"),
        ("a: x", None, "a: null"),
        ('a: "5"', 5, "a: 5"),
        ("a: 5", "5", 'a: "5"'),
        ("a: x", "true", 'a: "true"'),
        ("a: x", "", 'a: ""'),
        ("a: x", "# no", 'a: "# no"'),
        ("a: x", "b: c", 'a: "b: c"'),
        ("a: x", 'say: "b"', "a: 'say: \"b\"'"),
        ("a: x", "http://x.org/?a=b#c", "a: http://x.org/?a=b#c"),
        ("a: x", " lead", 'a: " lead"'),
        ("a: x", "*star", 'a: "*star"'),
        ("a: x", "\x07\u2028\ufeff", 'a: "\\a\\L\\ufeff"'),
        ("- x # why", "z", "- z # why"),
        ("a: several\n  words", "one", "a: one"),
        ('a: "several\n  words"  # why', "one", 'a: "one"  # why'),
        ("a:\n  x  # why", "z", "a:\n  z  # why"),
        ("a: !!str 5", "6", "a: !!str 6"),
        ("a: !thing x", "z", "a: !thing z"),
        ("a: !!int 5", "x", "a: x"),
        ("a: &n 5  # why", 6, "a: &n 6  # why"),
        ("a: {b: x, c: 1}", "z", "a: {b: z, c: 1}"),
        ("a: {b: x, c: 1}", "p, q", 'a: {b: "p, q", c: 1}'),
        ("a: {b: , c: 1}", 2, "a: {b: 2, c: 1}"),
        ("a: {b, c: 1}", 2, "a: {b: 2, c: 1}"),
        ("a: [x, y]", "[z]", 'a: ["[z]", y]'),
    ],
)
def test_a_value_changes_in_its_own_style(before: str, value: Any, after: str) -> None:
    def edit(data: Any) -> None:
        while isinstance(data, dict | list):
            step: Any = next(iter(data)) if isinstance(data, dict) else 0
            if not isinstance(data[step], dict | list):
                data[step] = value
                return
            data = data[step]

    assert edited(before, edit) == after
    assert edited(before + "\n", edit) == after + "\n"
    assert (
        edited(before.replace("\n", "\r\n") + "\r\n", edit) == after.replace("\n", "\r\n") + "\r\n"
    )


@pytest.mark.parametrize(
    "text",
    ["on", "yes", "No", "OFF", "y", "12:30", "2025-02-13", "2001-12-14t21:59:43Z", "010", "1_000",
     "0b11", "0x1f", "1e3", "1234e5", ".5", ".nan", "null", "~", "=", "<<", "-", "?", "---"],
)  # fmt: skip
def test_a_new_string_that_some_reader_would_misread_gets_quotes(text: str) -> None:
    assert edited("a: word\n", put("a", text)) == f'a: "{text}"\n'


@pytest.mark.parametrize(
    "text", ["1.2.3", "a:b", "x#y", "-dash", "$.body.id", "Größe", "日本", "it's"]
)
def test_a_string_that_nobody_misreads_stays_plain(text: str) -> None:
    assert edited("a: word\n", put("a", text)) == f"a: {text}\n"


def test_a_plain_date_stays_a_plain_date() -> None:
    assert (
        edited("modified: 2025-02-13\n", put("modified", "2025-03-01")) == "modified: 2025-03-01\n"
    )


def test_a_string_in_the_place_of_another_kind_is_quoted_like_its_namesakes() -> None:
    text = "- label: 'A'\n- label: 'B'\n- label:\n"
    assert edited(text, put(2, "label", "C")) == "- label: 'A'\n- label: 'B'\n- label: 'C'\n"


LITERAL = block("""
    a: |  # why
      one

        two
      three
    b: 1
    """)


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("one\n\n  two\nthird\n", ["-   three", "+   third"]),
        ("one\n\n  two\nthree", ["- a: |  # why", "+ a: |-  # why"]),
        ("one\n\n  two\nthree\nfour\n", ["+   four"]),
        ("  one\n\n  two\nthree\n", ["- a: |  # why", "-   one", "+ a: |2  # why", "+     one"]),
    ],
)
def test_a_literal_block_changes_only_the_lines_that_differ(value: str, lines: list[str]) -> None:
    assert sorted(diff(LITERAL, edited(LITERAL, put("a", value)))) == sorted(lines)


@pytest.mark.parametrize("value", [5, None, "", "\n", "\x07", "x\n\n\n"])
def test_a_literal_block_gives_way_to_what_it_cannot_hold(value: Any) -> None:
    result = edited(LITERAL, put("a", value))
    assert len(result.splitlines()) == 2
    assert result.splitlines()[0].endswith("  # why")


def test_a_literal_block_keeps_an_unusual_indentation_and_chomping() -> None:
    text = "a: |5+\n       x\n     y\n\nb: 1\n"
    assert edited(text, put("a", "  x\nz\n\n")) == "a: |5+\n       x\n     z\n\nb: 1\n"


def test_a_folded_block_keeps_the_lines_round_the_change() -> None:
    text = block("""
        a: >
          The first line stays,
          the second one changes,
          and the third one stays.

          So does this paragraph.
        b: 1
        """)
    old = "The first line stays, the second one changes, and the third one stays."
    new = old.replace("second one changes", "other one has changed")
    rest = "\nSo does this paragraph.\n"
    assert parse(text).data["a"] == old + rest  # type: ignore[index,call-overload]  # a map
    assert diff(text, edited(text, put("a", new + rest))) == [
        "-   the second one changes,",
        "+   the other one has",
        "+   changed,",
    ]


def test_a_folded_block_becomes_literal_for_what_folding_would_spoil() -> None:
    assert edited("a: >\n  x\n  y\n", put("a", "x\n  y\n")) == "a: |\n  x\n    y\n"


def test_a_plain_value_that_gets_several_lines_becomes_a_literal_block() -> None:
    text = "m:\n  a: x  # why\n  b: 1\n"
    after = "m:\n  a: |  # why\n    one\n    two\n  b: 1\n"
    assert edited(text, put("m", "a", "one\ntwo\n")) == after


def test_a_block_never_swallows_a_comment_below_it() -> None:
    text = "a: x\n\n    # about b\nb: 1\n"
    assert edited(text, put("a", "one\ntwo\n")) == 'a: "one\\ntwo\\n"\n\n    # about b\nb: 1\n'


def test_a_block_at_the_end_of_a_file_without_a_line_end_gets_one_if_it_must() -> None:
    assert edited("a: x", put("a", "one\ntwo")) == "a: |-\n  one\n  two"
    assert edited("a: x", put("a", "one\ntwo\n")) == "a: |\n  one\n  two\n"


def test_the_document_itself_may_be_a_scalar() -> None:
    assert patch("# c\nword  # d\n", "other") == "# c\nother  # d\n"
    assert patch("--- 5\n", [1]) == "---\n- 1\n"
    assert patch("word\n", {"a": [1]}) == "a:\n  - 1\n"


@pytest.mark.parametrize("text", ["", "# c\n", "# c", "---\n", "\ufeff"])
def test_an_empty_document_gets_its_first_value(text: str) -> None:
    result = patch(text, {"a": {"b": 1}})
    assert result.startswith(text)
    assert result.endswith("a:\n  b: 1\n")
    assert parse(result).data == {"a": {"b": 1}}


def test_numbers_that_python_thinks_equal_are_told_apart() -> None:
    assert edited("a: 1\n", put("a", True)) == "a: true\n"
    assert edited("a: 1\n", put("a", 1.0)) == "a: 1.0\n"
    assert edited("a: false\n", put("a", 0)) == "a: 0\n"
    assert edited("a: .nan\nb: 1\n", put("b", 2)) == "a: .nan\nb: 2\n"


@pytest.mark.parametrize("value", ["\ud800", object(), {"x": {1, 2}}])
def test_what_yaml_cannot_say_is_refused(value: Any) -> None:
    with pytest.raises(PatchError):
        patch("a: 1\n", {"a": value})


def test_data_nested_without_end_is_refused() -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(PatchError, match="too deep"):
        patch("a: 1\n", {"a": deep})


def test_a_tree_of_another_text_is_not_trusted() -> None:
    report = PatchReport()
    assert patch("a: 1\n", {"a": 2}, tree=parse("a: 2\n"), report=report) == "a: 2\n"
    assert report.rounds == 1
