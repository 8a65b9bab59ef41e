"""What stands between an anchor or tag and its value is not a part of either."""

from __future__ import annotations

from typing import Any

import pytest

from ddd_lab.lossless_yaml import parse, patch
from tests.lossless_yaml.helpers import edited, put


def _comments(text: str) -> list[str]:
    """The words behind a ``#``, and nothing that was written into them."""
    lines = (line.partition("#")[2] for line in text.splitlines())
    return [word for line in lines for word in line.split() if word != "#"]


@pytest.mark.parametrize(
    "value", ["s", "x\ny", " lead\nx", "\ttab\nx", 6, None, {"x": 1}, [1], []], ids=repr
)
@pytest.mark.parametrize("old", ["b: 1", "- 1", "5", "'a'", "|\n    x", "[1]"])
@pytest.mark.parametrize(
    "properties",
    [
        *("!!str  # why", "&x # why", "!t &x # !no &no", "&x !t # why", "!t # why\n  &x # what"),
        *("&x # why\n  !t # what", "&x # why\n  !t", "!t\n  &x # why"),
    ],
)
def test_a_comment_behind_an_anchor_or_tag_stays_as_it_is(
    properties: str, old: str, value: Any
) -> None:
    text = f"a: {properties}\n  {old}\nb: 1\n"
    assert _comments(edited(text, put("a", value))) == _comments(text)


def test_a_comment_below_a_tag_goes_with_the_map_below_it() -> None:
    text = "a: !!str\n\n    # - item\n    b: c\n\n# note\nd: 1\n"
    after = "a: |2-\n  \ttab\n  x\n\n# note\nd: 1\n"
    assert edited(text, put("a", "\ttab\nx")) == after


def test_aliases_stay_when_only_a_tag_beside_their_anchor_goes() -> None:
    text = "a: !t &x  # why\n  5\nb: *x\n"
    assert patch(text, {"a": 6, "b": 6}) == "a: &x  # why\n  6\nb: *x\n"


def test_a_plus_in_a_tag_does_not_make_blank_lines_count() -> None:
    tree = parse("a: !c++ |\n  x\n\nb: 1\nc: !t\n  |+\n  z\n\nd: 1\n")
    assert tree.lines(("a",)) == (1, 2)
    assert tree.lines(("c",)) == (5, 8)
