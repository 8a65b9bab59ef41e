"""Where values stand in the text."""

from __future__ import annotations

import pytest

from ddd_lab.lossless_yaml import PathTuple, parse
from tests.lossless_yaml.helpers import block

TEXT = block("""
    # head
    flow:
      id: x   # the id

    nodes:
      # first
      - id: a
        position: { x: 1, y: 2 }
        spec:
          text: |
            one
            two

          # about tags
          tags: [p, "q"]

      - id: b
        note: several words
          on two lines
      # after
    anchor: &n !thing [1]
    other: *n
    empty:
    last: >+
      folded

    """)


@pytest.mark.parametrize(
    ("path", "value", "key", "lines"),
    [
        (("flow", "id"), (3, 7), (3, 3), (3, 3)),
        (("nodes",), (7, 3), (5, 1), (5, 19)),
        (("nodes", 0), (7, 5), (7, 3), (7, 15)),
        (("nodes", 0, "position", "y"), (8, 26), (8, 23), (8, 8)),
        (("nodes", 0, "spec", "text"), (10, 13), (10, 7), (10, 12)),
        (("nodes", 0, "spec", "tags", 1), (15, 17), (15, 17), (15, 15)),
        (("nodes", 1), (17, 5), (17, 3), (17, 19)),
        (("anchor",), (21, 19), (21, 1), (21, 21)),
        (("other",), (22, 8), (22, 1), (22, 22)),
        (("empty",), (23, 7), (23, 1), (23, 23)),
    ],
)
def test_a_value_its_key_and_its_lines_are_found(
    path: PathTuple, value: tuple[int, int], key: tuple[int, int], lines: tuple[int, int]
) -> None:
    tree = parse(TEXT)
    assert tree.locate(path) == value
    assert tree.locate_key(path) == key
    assert tree.lines(path) == lines


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (("flow", "id"), "x"),
        (("nodes", 0, "position"), "{ x: 1, y: 2 }"),
        (("nodes", 0, "spec", "text"), "|\n        one\n        two"),
        (("nodes", 0, "spec", "tags", 1), '"q"'),
        (("nodes", 1), "id: b\n    note: several words\n      on two lines"),
        (("anchor",), "&n !thing [1]"),
        (("other",), "*n"),
        (("empty",), ""),
    ],
)
def test_a_span_is_the_value_without_the_blanks_and_comments_behind_it(
    path: PathTuple, source: str
) -> None:
    start, end = parse(TEXT).span(path)
    assert TEXT[start:end] == source


def test_a_kept_blank_line_belongs_to_the_value() -> None:
    text = "a: |+\n  x\n\nb: 1\n"
    start, end = parse(text).span(("a",))
    assert text[start:end] == "|+\n  x\n"


def test_what_is_missing_is_located_at_its_nearest_ancestor() -> None:
    tree = parse(TEXT)
    assert tree.locate(("nodes", 0, "spec", "nothing", 3)) == tree.locate(("nodes", 0, "spec"))
    assert tree.locate_key(("flow", "nothing")) == tree.locate(("flow",))
    assert tree.locate(("nothing",)) == (2, 1)
    assert tree.locate(("nodes", 7)) == (7, 3)


def test_a_span_of_what_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        parse(TEXT).span(("nothing",))
    with pytest.raises(KeyError):
        parse(TEXT).lines(("nodes", 9))


def test_an_empty_document_begins_at_its_beginning() -> None:
    assert parse("").locate(("a", 0)) == (1, 1)


def test_of_duplicate_keys_the_last_one_is_located() -> None:
    assert parse("a: 1\na: 2\n").locate(("a",)) == (2, 4)


def test_characters_beyond_the_basic_plane_count_once() -> None:
    tree = parse('a: "🎉🎉"  # 🎉\nb: {c: 🎉, d: 1}\n')
    assert tree.locate(("b", "d")) == (2, 14)
    assert tree.text[slice(*tree.span(("b", "c")))] == "🎉"


def test_a_byte_order_mark_shifts_spans_but_no_columns() -> None:
    tree = parse("\ufeffa: word\nb: 1\n")
    assert tree.locate(("a",)) == (1, 4)
    assert tree.text[slice(*tree.span(("a",)))] == "word"
