"""Adding, removing, moving and renaming entries in block style."""

from __future__ import annotations

from typing import Any

import pytest

from ddd_lab.lossless_yaml import parse, patch
from tests.lossless_yaml.helpers import block, diff, drop, edited, insert, insert_key, put

FLOW = block("""
    # head of the file
    flow:
      id: x   # the id
      name: "X"

    # about the trigger
    trigger:
      event: 'go'

    # ---- all nodes ----

    nodes:
      # first
      - id: a
        position: { x: 1, y: 2 }
        connections:
          - targetNodeId: b
            sourceHandle: "ok"   # fine

      # second
      # and more
      - id: b
        label: "B"
        connections: []
        # the end of b

    meta: {a: 1}
    """)
NODE = {"id": "c", "label": "C", "position": {"x": 5, "y": 6}, "connections": [
    {"targetNodeId": "a", "sourceHandle": "err"}]}  # fmt: skip
NODE_LINES = block("""
      - id: c
        label: "C"
        position: { x: 5, y: 6 }
        connections:
          - targetNodeId: a
            sourceHandle: "err"
    """)


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_new_node_looks_like_its_siblings(at: int) -> None:
    lines = [f"+   {line}" for line in NODE_LINES.splitlines()]
    assert sorted(diff(FLOW, edited(FLOW, insert("nodes", at, NODE)))) == sorted([*lines, "+ "])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("tail", ["\n", "", "\n\n# the end\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    "edit",
    [
        insert("nodes", 0, NODE),
        insert("nodes", 1, NODE),
        insert("nodes", 2, NODE),
        insert("nodes", 0, "connections", 0, {"targetNodeId": "q"}),
        insert("nodes", 0, "connections", 1, {"targetNodeId": "q", "sourceHandle": "x"}),
        insert("nodes", 1, "connections", 0, {"targetNodeId": "q"}),
        insert_key("flow", "id", "version", 3),
        insert_key("flow", "name", "description", "One\ntwo.\n"),
        insert_key("flow", None, "first", ["x", {"y": []}]),
        insert_key(None, "new", {"a": 1}),
        insert_key("flow", "new", {"a": 1}),
        insert_key("nodes", 0, None, "kind", "x"),
        insert_key("nodes", 0, "id", "kind", "x"),
        insert_key("nodes", 1, "connections", "kind", {"a": {"b": None}}),
        insert_key("meta", "a", "b", {"c": [1]}),
        insert_key("meta", None, "b", "x, y"),
    ],
)
def test_what_was_added_goes_again_without_a_trace(
    edit: Any, end: str, tail: str, mark: str
) -> None:
    text = mark + (FLOW.rstrip("\n") + tail).replace("\n", end)
    result = edited(text, edit)
    assert result != text
    assert ("\r\n" in result) == (end == "\r\n")
    assert result.count("\n") == result.count(end)
    assert patch(result, parse(text).data) == text


def test_a_removed_node_takes_its_comments_and_no_others() -> None:
    assert diff(FLOW, edited(FLOW, drop("nodes", 0))) == [
        "-   # first",
        "-   - id: a",
        "-     position: { x: 1, y: 2 }",
        "-     connections:",
        "-       - targetNodeId: b",
        '-         sourceHandle: "ok"   # fine',
        "- ",
    ]
    assert sorted(diff(FLOW, edited(FLOW, drop("nodes", 1)))) == [
        "- ",
        "-     # the end of b",
        "-     connections: []",
        '-     label: "B"',
        "-   # and more",
        "-   # second",
        "-   - id: b",
    ]


def test_a_removed_key_takes_its_comment_but_not_that_of_its_neighbour() -> None:
    assert diff(FLOW, edited(FLOW, drop("trigger"))) == [
        "- ",
        "- # about the trigger",
        "- trigger:",
        "-   event: 'go'",
    ]
    assert diff(FLOW, edited(FLOW, drop("flow", "id"))) == ["-   id: x   # the id"]


def test_the_comment_at_the_head_of_the_file_stays() -> None:
    result = edited(FLOW, drop("flow"))
    assert result.startswith("# head of the file\n# about the trigger\ntrigger:\n")


def test_a_section_comment_stays_when_the_section_after_it_goes() -> None:
    assert "# ---- all nodes ----" in edited(FLOW, drop("nodes"))


def test_a_removed_first_key_of_an_item_leaves_the_dash() -> None:
    text = "- id: a  # c\n  # about b\n  b: 1\n  c: 2\n"
    assert edited(text, drop(0, "id")) == "- # about b\n  b: 1\n  c: 2\n"
    assert edited("- a: 1\n\n  b: 2\n", drop(0, "a")) == "- b: 2\n"


def test_the_longer_gap_stays_where_neighbours_meet() -> None:
    assert edited("a: 1\n\nb: 2\nc: 3\n", drop("b")) == "a: 1\n\nc: 3\n"
    assert edited("a: 1\nb: 2\n\n\nc: 3\n", drop("b")) == "a: 1\n\n\nc: 3\n"
    assert edited("a: 1\n\nb: 2\n\nc: 3\n", drop("b")) == "a: 1\n\nc: 3\n"
    assert edited("a: 1\n\nb: 2\n\n# end\n", drop("b")) == "a: 1\n\n# end\n"


def test_the_last_entry_of_a_file_without_a_line_end_goes_cleanly() -> None:
    assert edited("a: 1\nb: 2", drop("b")) == "a: 1"
    assert edited("a: 1\nb: 2", insert_key("b", "c", 3)) == "a: 1\nb: 2\nc: 3"


def test_an_emptied_collection_becomes_an_empty_one_on_the_line() -> None:
    assert edited("a:  # why\n  - 1\n  - 2\nb: 1\n", put("a", [])) == "a: []  # why\nb: 1\n"
    assert edited("a:\n  b: 1 # x\n", drop("a", "b")) == "a: {}\n"
    assert edited("- - 1\n  - 2 # x\n- 3\n", put(0, [])) == "- []\n- 3\n"


def test_an_empty_collection_becomes_a_block_when_something_comes() -> None:
    assert edited("a: []  # why\n", put("a", [1])) == "a:  # why\n  - 1\n"
    assert edited("a: {}\nb:\n    c: 1\n", put("a", {"k": "v"})) == "a:\n    k: v\nb:\n    c: 1\n"
    assert edited("- {}\n", put(0, {"k": 1, "l": 2})) == "- k: 1\n  l: 2\n"
    assert edited("-   []\n", put(0, [1, 2])) == "-   - 1\n    - 2\n"


def test_a_collection_on_one_line_comes_where_its_namesakes_are_on_one_line() -> None:
    text = "- tags: [a, b]\n  pos: { x: 1, y: 2 }\n- tags: []\n  pos: {}\n"
    after = "- tags: [a, b]\n  pos: { x: 1, y: 2 }\n- tags: [c]\n  pos: { x: 3 }\n"

    def edit(data: Any) -> None:
        data[1] = {"tags": ["c"], "pos": {"x": 3}}

    assert edited(text, edit) == after


def test_a_position_is_written_as_the_file_writes_positions() -> None:
    block_style = "- id: a\n  position:\n    x: 1\n    y: 2\n- id: b\n"
    flow_style = "- id: a\n  position: {x: 1, y: 2}\n- id: b\n"
    edit = insert_key(1, "id", "position", {"x": 3, "y": 4})
    assert edited(block_style, edit).endswith("- id: b\n  position:\n    x: 3\n    y: 4\n")
    assert edited(flow_style, edit).endswith("- id: b\n  position: {x: 3, y: 4}\n")


def test_dashes_that_are_not_indented_stay_so() -> None:
    text = "a:\n- 1\nb: []\n"
    assert edited(text, put("b", ["x"])) == "a:\n- 1\nb:\n- x\n"
    assert edited(text, insert("a", 1, {"k": [1], "l": 2})) == (
        "a:\n- 1\n- k:\n  - 1\n  l: 2\nb: []\n"
    )


def test_four_columns_stay_four_columns() -> None:
    text = "a:\n    b:\n        c: 1\n"
    after = text + "    d:\n        e:\n            f: 1\n"
    assert edited(text, insert_key("a", "b", "d", {"e": {"f": 1}})) == after


def test_items_on_one_line_get_a_sibling_on_one_line() -> None:
    text = "edges:\n  - { from: a, to: b }\n"
    after = text + "  - { from: b, to: c }\n"
    assert edited(text, insert("edges", 1, {"from": "b", "to": "c"})) == after


def test_new_strings_are_quoted_like_the_strings_beside_them() -> None:
    assert edited('- "a"\n- "b"\n', insert(2, "c")) == '- "a"\n- "b"\n- "c"\n'
    assert edited("a: 'x'\nb: 'y'\n", insert_key("b", "c", "z")) == "a: 'x'\nb: 'y'\nc: 'z'\n"
    assert edited('"a": 1\n', insert_key("a", "b", 2)) == '"a": 1\n"b": 2\n'


def test_a_key_comes_behind_the_one_before_it() -> None:
    text = "a: 1\n# about c\nc: 3\n"
    assert edited(text, insert_key("a", "b", 2)) == "a: 1\nb: 2\n# about c\nc: 3\n"
    assert edited("c: 3\n", insert_key(None, "a", 1)) == "a: 1\nc: 3\n"


def test_names_of_connections_and_codes_stay_plain_keys() -> None:
    text = "a: 1\n"
    for name in ("true", "404", "y", "on error"):
        assert edited(text, insert_key("a", name, 2)) == f"a: 1\n{name}: 2\n"
    for name in ("on", "", "12:30", "a: b", "#x"):
        assert edited(text, insert_key("a", name, 2)) == f'a: 1\n"{name}": 2\n'


def test_a_renamed_key_changes_nothing_but_its_name() -> None:
    text = "m:\n  # c\n  a:   # why\n    x: 1\n  b: 2\n"

    def rename(data: Any) -> None:
        data["m"] = {"z": data["m"]["a"], "b": 2}

    assert edited(text, rename) == text.replace("a:", "z:")


def test_a_renamed_item_is_edited_in_place() -> None:
    text = "- id: a  # one\n  n: 1\n- id: b  # two\n  n: 2\n"
    assert edited(text, put(1, "id", "z")) == text.replace("id: b", "id: z")


def test_a_replaced_item_does_not_disturb_the_others() -> None:
    text = "- id: a\n  n: 1\n# about b\n- id: b\n  n: 2\n"
    result = edited(text, lambda data: (data.pop(0), data.append({"id": "c", "n": 1})))
    assert result == "# about b\n- id: b\n  n: 2\n- id: c\n  n: 1\n"


def test_a_moved_item_takes_its_comments_along() -> None:
    text = "l:\n  # one\n  - id: a\n\n  # two\n  - id: b  # x\n\n  - id: c\nz: 1\n"
    after = "l:\n  - id: c\n\n  # one\n  - id: a\n\n  # two\n  - id: b  # x\nz: 1\n"
    assert edited(text, lambda data: data["l"].insert(0, data["l"].pop())) == after


def test_items_can_move_and_change_and_come_and_go_at_once() -> None:
    text = "- id: a\n  n: 1\n- id: b  # b\n  n: 2\n- id: c\n  n: 3\n- id: d\n"

    def edit(data: Any) -> None:
        data[:] = [data[2], {"id": "e"}, {**data[1], "n": 5}, data[0]]

    after = "- id: c\n  n: 3\n- id: e\n- id: b  # b\n  n: 5\n- id: a\n  n: 1\n"
    assert edited(text, edit) == after


def test_items_in_items_can_move() -> None:
    assert edited("- - 1\n  # two\n  - 2\n- 3\n", lambda d: d[0].reverse()) == (
        "- # two\n  - 2\n  - 1\n- 3\n"
    )


def test_a_rewired_connection_is_edited_in_place() -> None:
    text = "- targetNodeId: a\n  sourceHandle: ok\n  # why\n  data: x\n"
    result = edited(text, put(0, "sourceHandle", "error"))
    assert result == text.replace("ok", "error")


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("a: x  # why\nb: 1\n", {"k": [1]}, "a:  # why\n  k:\n    - 1\nb: 1\n"),
        ("a: |  # why\n  x\n  y\nb: 1\n", [1], "a:  # why\n  - 1\nb: 1\n"),
        ("a:\n  k: 1\n    # in k\nb: 1\n", [1], "a:\n  - 1\nb: 1\n"),
        ("a:\n  k: 1  # x\nb: 1\n", "x\ny", "a: |-\n  x\n  y\nb: 1\n"),
        ("a:\n  k: 1\nb: 1\n", None, "a: null\nb: 1\n"),
        ("a:\n  x # why\nb: 1\n", [1], "a: # why\n  - 1\nb: 1\n"),
        ("a: [1]  # why\nb: 1\n", {"k": 1}, "a:  # why\n  k: 1\nb: 1\n"),
        ("a: &n\n  k: 1\nb: 1\n", [1], "a: &n\n  - 1\nb: 1\n"),
        ("a: !!map\n  k: 1\nb: 1\n", 5, "a: 5\nb: 1\n"),
    ],
)
def test_a_value_may_change_its_kind(before: str, value: Any, after: str) -> None:
    assert edited(before, put("a", value)) == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("- 5\n- x\n", {"a": 1, "b": 2}, "- a: 1\n  b: 2\n- x\n"),
        ("- 5  # why\n- x\n", {"a": 1}, "-  # why\n  a: 1\n- x\n"),
        ("- a: 1\n  b: 2\n- x\n", 5, "- 5\n- x\n"),
        ("- a: 1\n  b: 2\n- x\n", [1, 2], "- - 1\n  - 2\n- x\n"),
        ("- &n 5\n- x\n", [1], "- &n\n  - 1\n- x\n"),
    ],
)
def test_an_item_may_change_its_kind(before: str, value: Any, after: str) -> None:
    assert edited(before, put(0, value)) == after


def test_all_entries_of_a_map_can_be_exchanged() -> None:
    text = "m:\n  # c\n  a: 1\n  b: 2\nz: 1\n"
    assert edited(text, put("m", {"x": [], "y": 3})) == "m:\n  x: []\n  y: 3\nz: 1\n"


def test_duplicate_keys_are_left_alone_by_other_edits_and_go_together() -> None:
    text = "a: 1\nb: 2\na: 3\n"
    assert edited(text, put("b", 5)) == "a: 1\nb: 5\na: 3\n"
    assert edited(text, put("a", 5)) == "a: 1\nb: 2\na: 5\n"
    assert edited(text, drop("a")) == "b: 2\n"


def test_text_below_a_kept_blank_line_stays() -> None:
    text = "a: |+\n  x\n\nb: 1\n"
    assert edited(text, insert_key("a", "n", 1)) == "a: |+\n  x\n\nn: 1\nb: 1\n"


def test_a_document_that_is_indented_as_a_whole_stays_so() -> None:
    text = "# c\n\n  a: 1\n  # d\n  b: 2\n"
    assert edited(text, put("b", 3)) == text.replace("2", "3")
    assert patch(text, [1, 2]) == "# c\n\n  - 1\n  - 2\n"


@pytest.mark.parametrize(
    ("siblings", "added"),
    [
        ("a:\n  x: 1\n  y: 2\n", "b:\n  x: 3\n  y: 4\n"),
        ("a: { x: 1, y: 2 }\n", "b: { x: 3, y: 4 }\n"),
    ],
)
def test_a_new_place_is_written_as_its_neighbours_are(siblings: str, added: str) -> None:
    assert patch(siblings, {"a": {"x": 1, "y": 2}, "b": {"x": 3, "y": 4}}) == siblings + added
