"""Comments above a list item belong to that item, however they are indented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.lossless_yaml.helpers import block, drop, edited, insert, put

DEEP = block("""
    flow:
      id: x
    nodes:
        # about a
      - id: a
        tags:
            # about one
          - one
              # about two
          - two  # 2
          # about b
          # and more
      - id: b
        n: 1
          # about c

          # still about c
      - id: c
          # the end of c
    last: 1
    """)
A, B, C = (
    (
        "    # about a\n  - id: a\n    tags:\n        # about one\n      - one\n"
        "          # about two\n      - two  # 2\n"
    ),
    "      # about b\n      # and more\n  - id: b\n    n: 1\n      # about c\n\n",
    "      # still about c\n  - id: c\n      # the end of c\n",
)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("index", "gone"), [(0, A), (1, B), (2, C)])
def test_a_removed_item_takes_the_comments_above_its_dash(index: int, gone: str, end: str) -> None:
    result = edited(DEEP.replace("\n", end), drop("nodes", index)).replace("\r\n", "\n")
    assert result.split() == DEEP.replace(gone, "").split()


@pytest.mark.parametrize(
    ("index", "gone"),
    [
        (0, "        # about one\n      - one\n"),
        (1, "          # about two\n      - two  # 2\n"),
    ],
)
def test_a_removed_item_of_a_list_in_a_list_takes_its_comments(index: int, gone: str) -> None:
    assert edited(DEEP, drop("nodes", 0, "tags", index)) == DEEP.replace(gone, "")


def test_a_new_item_comes_between_an_item_and_the_comments_of_the_next() -> None:
    assert edited(DEEP, insert("nodes", 0, {"id": "new"})) == DEEP.replace(A, "  - id: new\n" + A)
    assert edited(DEEP, insert("nodes", 1, {"id": "new"})) == DEEP.replace(B, "  - id: new\n" + B)
    assert edited(DEEP, insert("nodes", 0, "tags", 2, "three")) == DEEP.replace(
        "# 2\n", "# 2\n      - three\n"
    )


def test_a_new_key_of_an_item_comes_above_the_comments_of_the_next() -> None:
    result = edited(DEEP, put("nodes", 0, "n", 1))
    assert result == DEEP.replace("# 2\n", "# 2\n    n: 1\n")


def test_a_value_that_becomes_another_leaves_the_comments_of_the_next_item() -> None:
    result = edited(DEEP, put("nodes", 0, "tags", []))
    assert "    tags: []\n      # about b\n      # and more\n  - id: b\n" in result


def test_a_moved_item_takes_the_comments_above_its_dash_along() -> None:
    result = edited(DEEP, lambda data: data["nodes"].insert(0, data["nodes"].pop(1)))
    assert result.index("# about b") < result.index("- id: b") < result.index("# about a")
    assert result.index("# about a") < result.index("- id: a") < result.index("# still about c")


@pytest.mark.parametrize(
    ("text", "edit", "after"),
    [
        ("- a\n  # b\n- b\n", drop(0), "  # b\n- b\n"),
        ("- a\n  # b\n- b\n", drop(1), "- a\n"),
        ("  # a\n- a\n- b\n", drop(0), "- b\n"),
        ("# head\n\n  # a\n- a\n- b\n", drop(0), "# head\n\n- b\n"),
        ("# head\n- a\n  # b\n- b\n", drop(0), "# head\n  # b\n- b\n"),
        ("- - a\n    # b\n  - b\n  # c\n- c\n", drop(0, 0), "- # b\n  - b\n  # c\n- c\n"),
        ("- - a\n    # b\n  - b\n  # c\n- c\n", drop(0, 1), "- - a\n  # c\n- c\n"),
        ("- - a\n    # b\n  - b\n    # c\n- c\n", drop(0), "    # c\n- c\n"),
        ("l:\n- a\n    # b\n- b\nk: 1\n", drop("l", 0), "l:\n    # b\n- b\nk: 1\n"),
        ("l:\n- a\n  # of a\n\n- b\n", drop("l", 0), "l:\n- b\n"),
        ("- a: |\n    x\n    # text\n  # b\n- b\n", drop(0), "  # b\n- b\n"),
        ("- {x: 1}\n  # b\n- {x: 2}\n", put(0, "x", 3), "- {x: 3}\n  # b\n- {x: 2}\n"),
    ],
)
def test_the_first_and_the_last_item_and_lists_in_lists(text: str, edit: Any, after: str) -> None:
    assert edited(text, edit) == after


BRACKETS = block("""
    a: [
      # one
      one,  # 1
      # two
      # and more
      two,
      three  # 3
    ]
    """)
ONE, TWO, THREE = "  # one\n  one,  # 1\n", "  # two\n  # and more\n  two,\n", "  three  # 3\n"


@pytest.mark.parametrize(
    ("edit", "gone", "come"),
    [
        (drop("a", 0), ONE, ""),
        (drop("a", 1), TWO, ""),
        (drop("a", 2), THREE, ""),
        (insert("a", 0, "new"), ONE, "  new,\n" + ONE),
        (insert("a", 1, "new"), ONE, ONE + "  new,\n"),
        (insert("a", 2, "new"), TWO, TWO + "  new,\n"),
        (
            lambda data: data["a"].reverse(),
            ONE + TWO + THREE,
            "  three,  # 3\n" + TWO + "  # one\n  one  # 1\n",
        ),
    ],
)
def test_comments_in_brackets_belong_to_the_item_below(
    edit: Callable[[Any], object], gone: str, come: str
) -> None:
    assert edited(BRACKETS, edit) == BRACKETS.replace(gone, come)


@pytest.mark.parametrize(
    ("index", "after"),
    [
        (0, "a: [two, # x\n  # three\n  three, four]\n"),
        (1, "a: [one, # x\n  # three\n  three, four]\n"),
        (2, "a: [one, two, # x\n  # three\n  four]\n"),
        (3, "a: [one, two, # x\n  # three\n  three]\n"),
    ],
)
def test_items_that_share_a_line_go_alone_among_comments(index: int, after: str) -> None:
    text = "a: [one, two, # x\n  # three\n  three, four]\n"
    assert edited(text, drop("a", index)) == after


def test_commas_that_begin_the_lines_go_along() -> None:
    text = "a: [\n  # one\n  one\n  # two\n  , two]\n"
    assert edited(text, drop("a", 0)) == "a: [\n  # two\n  two]\n"


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("- a\n    # b\n- b\n", insert(1, "x\ny\n")),
        ("    # a\n- a\n- b\n", insert(0, "x\ny\n")),
        ("- k: 1\n       # b\n- b\n", put(0, "text", "x\ny\n")),
        ("- k: 1\n       # b\n- b\n", put(0, "k", {"text": "x\ny\n"})),
        ("- k: 1\n       # b\n- b\n", put(0, "k", [{"text": "x\ny\n"}])),
        ("- k: 1\n       # b\n- b\n", put(0, "k", "x\ny\n")),
    ],
)
def test_a_new_text_of_lines_does_not_take_in_the_comment_below_it(text: str, edit: Any) -> None:
    result = edited(text, edit)
    assert result.count("#") == 1
    assert '"x\\ny\\n"' in result


def first_two_swapped(data: Any) -> None:
    data[0], data[1] = data[1], data[0]


UNDER_TEXT = "- |\n  text\n- b\n    # c\n    # more\n- c\n- d\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("edit", "after"),
    [
        (drop(1), "- |\n  text\n# c\n# more\n- c\n- d\n"),
        (first_two_swapped, "- b\n- |\n  text\n# c\n# more\n- c\n- d\n"),
    ],
)
def test_a_text_of_lines_does_not_take_in_the_comment_of_an_item_that_comes_below_it(
    edit: Any, after: str, end: str
) -> None:
    assert edited(UNDER_TEXT.replace("\n", end), edit) == after.replace("\n", end)
