"""The text of a new file."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.equality import same
from ddd_lab.lossless_yaml import PatchError, dump, parse
from tests.lossless_yaml.helpers import block


def test_a_new_file_is_written_in_the_canonical_form() -> None:
    data: Any = {
        "flow": {"id": "register", "name": "Register a user", "created": "2025-02-13"},
        "trigger": {"event": "HTTP POST /users", "position": {"x": 250, "y": 50.5}},
        "nodes": [
            {"id": "a", "connections": {"true": "b", "on": []}, "tags": ["p", "q"]},
            {"id": "b", "text": "One.\n\nTwo: three.\n", "empty": {}, "none": None, "s": ""},
        ],
        "layout": {"flows": {"register": {"x": 1, "y": 2}}},
    }  # fmt: skip
    assert dump(data) == block("""
        flow:
          id: register
          name: Register a user
          created: "2025-02-13"
        trigger:
          event: HTTP POST /users
          position: {x: 250, y: 50.5}
        nodes:
          - id: a
            connections:
              true: b
              "on": []
            tags:
              - p
              - q
          - id: b
            text: |
              One.

              Two: three.
            empty: {}
            none: null
            s: ""
        layout:
          flows:
            register: {x: 1, y: 2}
        """)


def test_a_long_text_gets_lines_of_its_own() -> None:
    text = "word " * 30 + "end"
    assert dump({"a": text, "b": [text]}) == f"a: |-\n  {text}\nb:\n  - |-\n    {text}\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (None, "null\n"), ([], "[]\n"), ({}, "{}\n"), ("x", "x\n"), (5, "5\n"),
        ([[1, [2]], []], "- - 1\n  - - 2\n- []\n"), ("a\nb", "|-\n  a\n  b\n"),
    ],
)  # fmt: skip
def test_any_value_can_be_a_document(data: Any, text: str) -> None:
    assert dump(data) == text
    assert parse(text).data == data


@pytest.mark.parametrize("data", [{"a": object()}, {"a": "\udc00"}, [(1, 2)]])
def test_what_is_not_plain_data_is_refused(data: Any) -> None:
    with pytest.raises(PatchError):
        dump(data)


def test_data_nested_without_end_is_refused() -> None:
    deep: Any = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(PatchError, match="too deep"):
        dump(deep)


characters = st.characters(exclude_categories=["Cs"])
texts = st.text(characters, max_size=20) | st.text(" \n\t#:-'\"ab1", max_size=12)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
data_trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(data_trees)
def test_whatever_is_written_reads_the_same(data: Any) -> None:
    assert same(parse(dump(data)).data, data)
