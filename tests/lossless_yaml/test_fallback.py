"""The round-trip dump for shapes that span edits do not handle."""

from __future__ import annotations

from typing import Any

import pytest

from ddd_lab.lossless_yaml import PatchError, PatchReport, parse, patch

ODD = "# head\na: |\n             so deep\nb: 'x'  # the b\nl:\n  - 1\n  - 2\n"
LEADING = " a blank\nthat needs an indicator\n"
"""No indicator goes beyond nine columns."""


def rewritten(text: str, data: Any) -> str:
    report = PatchReport()
    result = patch(text, data, report=report)
    assert report.fallback
    assert parse(result).data == data
    return result


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comments_quotes_and_line_ends_are_kept(end: str) -> None:
    text = "\ufeff" + ODD.rstrip("\n").replace("\n", end)
    result = rewritten(text, {"a": LEADING, "b": "x", "l": [1, 3, 4], "n": {"on": "yes"}})
    assert "# head" in result
    assert "b: 'x'  # the b" in result
    assert result.startswith("\ufeff")
    assert not result.endswith("\n")
    assert result.count("\n") == result.count(end)


def test_entries_can_go() -> None:
    assert "'x'" not in rewritten(ODD, {"a": LEADING, "l": [1]})


def test_a_change_elsewhere_needs_no_fallback() -> None:
    report = PatchReport()
    data: Any = {"a": "so deep\n", "b": "y", "l": [1, 2]}
    assert patch(ODD, data, report=report) == ODD.replace("'x'", "'y'")
    assert not report.fallback


@pytest.mark.parametrize("key", ["? - x\n", "? [p, q]\n", "? {p: q}\n"])
def test_entries_beside_a_collection_as_key_can_change(key: str) -> None:
    text = f"{key}: 1\nb: 2\n"
    data: Any = parse(text).data
    data["b"] = 3
    assert patch(text, data) == text.replace("b: 2", "b: 3")


def test_what_cannot_be_written_even_so_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ddd_lab.lossless_yaml._patch.rewrite", lambda tree, _: tree.text)
    with pytest.raises(PatchError, match="Make the change in the file by hand"):
        patch(ODD, {"a": LEADING})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("t: !!int x", "the value with the tag !!int in line 3, column 4"),
        ("t: !!timestamp zz", "the value with the tag !!timestamp in line 3, column 4"),
        ("t: &b !!map [1]", "the value with the tag !!map in line 3, column 7"),
        ("!!bool x: 1", "the value with the tag !!bool in line 3, column 1"),
        ("<<: 3", "but found scalar in line 3, column 5"),
    ],
)
def test_a_value_that_cannot_be_rewritten_is_named_with_its_place(line: str, words: str) -> None:
    text = f"a: |\n             so deep\n{line}\n"
    data: Any = parse(text).data
    with pytest.raises(PatchError) as refusal:
        patch(text, {**data, "a": LEADING})
    assert words in str(refusal.value)
