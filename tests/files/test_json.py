"""What ends in .json is JSON: read as it, written as it in its own layout, or reported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ddd_lab as ddd
from ddd_lab.files.documents.json_patch import dump_json, patch_json
from ddd_lab.files.documents.json_text import parse_json_text
from ddd_lab.lossless_yaml import PatchError, YamlError
from ddd_lab.spec.models.base import Data

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)
STYLES = [
    {},
    {"indent": 2},
    {"indent": "\t"},
    {"indent": 4, "ensure_ascii": False},
    {"separators": (",", ":")},
    {"indent": 2, "separators": (",", " : ")},
]


def patched(text: str, data: Data) -> str:
    return patch_json(parse_json_text(text), data)


@given(VALUES, VALUES, st.sampled_from(STYLES), st.sampled_from(["", "\n", "\r\n\r\n"]))
def test_any_json_becomes_any_other(
    before: Data, after: Data, style: dict[str, Any], end: str
) -> None:
    text = json.dumps(before, **style) + end
    assert patched(text, before) == text
    found = patched(text, after)
    assert json.dumps(json.loads(found)) == json.dumps(after)
    assert found.endswith(end)
    assert json.dumps(json.loads(dump_json(after))) == json.dumps(after)


@given(
    st.dictionaries(st.text("ab", min_size=1, max_size=2), VALUES, min_size=1),
    st.sampled_from(STYLES),
    VALUES,
)
def test_one_more_entry_is_written_as_the_layout_would_have_it(
    before: dict[str, Data],
    style: dict[str, Any],
    value: Data,
) -> None:
    more = {**before, "more": value}
    assert json.loads(patched(json.dumps(before, **style), more)) == more
    plain = {**before, "more": 5}
    whole = all(not isinstance(item, dict | list) for item in before.values())
    if whole and "separators" not in style and len(before) > 1:
        ascii = style.get("ensure_ascii", True)
        text = json.dumps(before, **style)
        assert patched(text, plain) == json.dumps(plain, **{**style, "ensure_ascii": ascii})


def test_only_what_changed_changes() -> None:
    text = (
        '{\n   "name": "shop",  "version": 1.0,\n\n   "domains": [\n'
        '      {"name": "orders", "tags": ["a",  "b"]},\n      {"name": "bill\\u00e9" }\n   ],\n'
        '   "rest": {  }\n}\n\n'
    )
    data = json.loads(text)
    data["domains"][0]["name"] = "order"
    assert patched(text, data) == text.replace('"orders"', '"order"')
    data["domains"].append({"name": "café"})
    assert patched(text, data) == text.replace('"orders"', '"order"').replace(
        '{"name": "bill\\u00e9" }', '{"name": "bill\\u00e9" },\n      {"name": "caf\\u00e9"}'
    )
    del data["domains"][1:], data["version"]
    assert '"version"' not in patched(text, data)
    assert patched(text, data).startswith('{\n   "name": "shop",\n\n   "domains": [\n')


NO_JSON = {
    "YAML": ("{name: billing}", "a key in double quotes is expected here, not 'name'", (1, 2)),
    "a comment": ('{\n  // note\n  "a": 1\n}', "JSON has no comments", (2, 3)),
    "a comment behind": ('{"a": 1} # note', "nothing may follow", (1, 10)),
    "single quotes": ("{'a': 1}", "double quotes", (1, 2)),
    "a last comma": ('{"a": [1, 2,]}', "there is a comma before the closing bracket", (1, 13)),
    "a missing comma": ('{"a": 1\n "b": 2}', "a comma or } is expected here", (2, 2)),
    "NaN": ('{"a": NaN}', "a value is expected here, not 'NaN'", (1, 7)),
    "an end too early": ('{"a": [1', "the text ends too early", (1, 9)),
    "an open text": ('{"a": "b\n}', "not closed", (1, 7)),
    "half a character": ('{"a": "\\ud83d"}', "half of a character", (1, 7)),
    "depth": ("[" * 100_000, "brackets inside each other", (1, 202)),
    "a leading zero": ('{"a": 01}', "a value is expected", (1, 7)),
    "nothing": (" \n", "the file is empty", (1, 1)),
    "a number beyond any": ('{"a": 1e400, "domains": []}', "this number is too large", (1, 7)),
}


@pytest.mark.parametrize("kind", NO_JSON)
def test_what_is_no_json_is_told_with_its_place_and_cure(tmp_path: Path, kind: str) -> None:
    text, words, place = NO_JSON[kind]
    with pytest.raises(YamlError, match=r"this is not JSON|empty") as caught:
        parse_json_text(text)
    assert words in caught.value.message
    assert (caught.value.line, caught.value.column) == place
    (tmp_path / "ddd-project.json").write_text(text)
    project = ddd.open(tmp_path, watch=False)
    [problem] = [p for p in project.problems if p.rule == "file.unreadable"]
    assert (problem.path, problem.line, problem.column) == ("ddd-project.json", *place)
    assert words.lower() in problem.message.lower()


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ('{"a": 1,\n<<<<<<< HEAD\n"b": 2\n=======\n>>>>>>> x\n}', "conflict marker of Git", (2, 1)),
        ('```json\n{"a": 1}\n```\n', "code fence of Markdown", (1, 1)),
    ],
)
def test_lines_of_git_and_markdown_are_named_in_json_too(
    text: str, words: str, place: tuple[int, int]
) -> None:
    with pytest.raises(YamlError, match=words) as caught:
        parse_json_text(text)
    assert (caught.value.line, caught.value.column) == place


def test_a_domain_is_added_as_json_to_the_project_file(tmp_path: Path) -> None:
    path = tmp_path / "ddd-project.json"
    (tmp_path / "specs/domains/orders/flows").mkdir(parents=True)
    (tmp_path / "specs/domains/orders/domain.yaml").write_text("name: orders\n")
    path.write_text('{"domains": [{"name": "orders"}]}')
    project = ddd.open(tmp_path, watch=False)
    project.add_domain("Billing")
    assert "ddd-project.json" in project.save()
    assert path.read_text() == '{"domains": [{"name": "orders"}, {"name": "billing"}]}'
    project.undo()
    project.save()
    assert path.read_text() == '{"domains": [{"name": "orders"}]}'


def test_a_key_that_stands_twice_is_reported_and_the_last_counts(tmp_path: Path) -> None:
    path = tmp_path / "ddd-project.json"
    path.write_text('{\n  "name": "a",\n  "name": "b"\n}\n')
    project = ddd.open(tmp_path, watch=False)
    [problem] = [p for p in project.problems if p.rule == "file.duplicate-key"]
    assert (problem.path, problem.line, problem.column) == ("ddd-project.json", 3, 3)
    assert project.name == "b"
    project.workbench.edit_data("ddd-project.json", lambda data: {**data, "name": "c"}, "rename")
    project.save()
    assert path.read_text() == '{\n  "name": "a",\n  "name": "c"\n}\n'


def test_a_json_file_keeps_its_tabs_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "ddd-project.json"
    raw = '\ufeff{\r\n\t"name": "Größe",\r\n\t"domains": [\r\n\t\t{"name": "a"}\r\n\t]\r\n}'
    path.write_bytes(raw.encode())
    project = ddd.open(tmp_path, watch=False)
    project.workbench.edit_data(
        "ddd-project.json",
        lambda data: {**data, "domains": [*data["domains"], {"name": "b"}], "more": {"x": [1]}},
        "more",
    )
    project.save()
    assert path.read_bytes().decode() == raw.replace(
        '{"name": "a"}\r\n\t]\r\n}',
        '{"name": "a"},\r\n\t\t{"name": "b"}\r\n\t],\r\n\t"more": {\r\n\t\t"x": [\r\n\t\t\t1\r\n'
        "\t\t]\r\n\t}\r\n}",
    )


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(PatchError, match="JSON cannot hold"):
        patched('{"a": 1}', {"a": float("inf")})
