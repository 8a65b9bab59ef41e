"""Changing what anchors and aliases stand for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lossless_yaml.helpers import block, drop, edited, put

TEXT = block("""
    base: &base  # shared
      x: 1
      y: [1, 2]
    one: *base  # same
    two:
      - *base
    three: {k: *base}
    """)


def test_aliases_stay_while_nothing_that_they_stand_for_changes() -> None:
    assert edited(TEXT, put("new", 1)) == TEXT + "new: 1\n"


def test_a_change_through_an_alias_writes_that_one_out() -> None:
    after = TEXT.replace("one: *base  # same\n", "one:  # same\n  x: 5\n  y: [1, 2]\n")
    assert edited(TEXT, put("one", "x", 5)) == after


def test_a_change_through_an_alias_in_brackets_is_written_out_in_brackets() -> None:
    after = TEXT.replace("{k: *base}", "{k: {x: 5, y: [1, 2]}}")
    assert edited(TEXT, put("three", "k", "x", 5)) == after


def test_a_change_at_the_anchor_leaves_the_former_value_at_its_aliases() -> None:
    after = block("""
        base: &base  # shared
          x: 5
          y: [1, 2]
        one:  # same
          x: 1
          y: [1, 2]
        two:
          - x: 1
            y: [1, 2]
        three: {k: {x: 1, y: [1, 2]}}
        """)
    assert edited(TEXT, put("base", "x", 5)) == after


def test_the_same_change_everywhere_keeps_the_aliases() -> None:
    def edit(data: Any) -> None:
        for place in (data["base"], data["one"], data["two"][0], data["three"]["k"]):
            place["x"] = 5

    assert edited(TEXT, edit) == TEXT.replace("x: 1", "x: 5")


@pytest.mark.parametrize("value", [None, [], {"x": {"y": 1}}])
def test_an_anchor_can_be_replaced(value: Any) -> None:
    result = edited(TEXT, put("base", value))
    assert "# same" in result


def test_an_anchor_can_be_removed() -> None:
    result = edited(TEXT, drop("base"))
    assert result == block("""
        one:  # same
          x: 1
          y: [1, 2]
        two:
          - x: 1
            y: [1, 2]
        three: {k: {x: 1, y: [1, 2]}}
        """)


def test_an_anchor_inside_what_goes_is_kept_for_its_aliases() -> None:
    text = "a:\n  - id: one\n    n: &n 5\n  - id: two\nb: *n\n"
    assert edited(text, drop("a", 0)) == "a:\n  - id: two\nb: 5\n"


def test_an_anchor_can_move_behind_its_alias() -> None:
    text = "- id: a\n  n: &n 5\n- id: b\n  n: *n\n"
    assert edited(text, lambda data: data.reverse()) == "- id: b\n  n: 5\n- id: a\n  n: &n 5\n"


def test_an_anchored_scalar_leaves_its_aliases_the_former_value() -> None:
    assert edited("a: &n 5\nb: *n\n", put("a", 6)) == "a: &n 6\nb: 5\n"


def test_a_merge_key_is_written_out_when_its_base_changes() -> None:
    text = "base: &b\n  k: 1\nitem:\n  <<: *b\n  y: 2\n"
    after = "base: &b\n  k: 2\nitem:\n  <<:\n    k: 1\n  y: 2\n"
    assert edited(text, put("base", "k", 2)) == after


def test_an_alias_may_be_a_key() -> None:
    text = "a: &k word\nb:\n  *k : 1\n  c: 2\n"
    assert edited(text, put("b", "word", 5)) == text.replace(": 1", ": 5")
    assert edited(text, put("b", "c", 5)) == text.replace("c: 2", "c: 5")


def test_aliases_of_a_superseded_duplicate_do_no_harm() -> None:
    text = "a: &n 5\nb: {c: *n}\nb: [*n]\nd: *n\n"
    assert edited(text, drop("a")) == "b: {c: 5}\nb: [5]\nd: 5\n"


def test_a_key_that_is_an_alias_is_written_out_when_its_anchor_goes() -> None:
    text = "a: &x 1\nm: &y k\nn:\n  *y : 2  # two\n*x : b\n"
    result = edited(text, lambda data: (data.pop("a"), data.pop("m")))
    assert result == "n:\n  k : 2  # two\n1 : b\n"
