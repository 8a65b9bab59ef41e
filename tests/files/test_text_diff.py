"""Diffs that people read say all that changed, the newline at the end included."""

from __future__ import annotations

from ddd_lab.text_diff import unified_diff


def test_a_last_line_without_a_newline_is_marked_on_its_side() -> None:
    diff = unified_diff("a: 1\n", "a: 1", "a/x.yaml", "b/x.yaml")
    assert diff.endswith("-a: 1\n+a: 1\n\\ No newline at end of file\n")


def test_texts_with_the_same_lines_have_no_diff() -> None:
    assert unified_diff("a: 1\n", "a: 1\n", "x", "x") == ""


def test_only_a_newline_ends_a_line() -> None:
    before, after = "a: one\u2028two\n", "a: one\u2028three\n"
    diff = unified_diff(before, after, "x", "x")
    assert diff.splitlines(keepends=False)[0] == "--- x"
    assert f"-{before}+{after}" in diff
    assert "No newline" not in diff
