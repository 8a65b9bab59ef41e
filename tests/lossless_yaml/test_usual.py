"""Texts that are written the usual way are read without the parser, and say the same."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from ddd_lab.equality import same
from ddd_lab.lossless_yaml import YamlError, parse, usual_data
from tests.lossless_yaml.documents import Writer

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill/specs"
USUAL = """\
# A flow
flow:
  id: pay   # its id
  name: "Pay: now"
  tags: [a, 'b c', 3, true]
  empty:
  none: {}

nodes:
- id: first
  position: { x: 60, y: -7.50 }
  spec:
    text: |
      one

        two
    folded: >-
      a b
      c

      d
    list:
      - $.a
      - x: 1
        y: ~
      -   z: http://x.org/a?b=1 # a link
    "404": 007
  connections:
- id: second
"""


def test_a_spec_of_the_usual_kind_says_what_the_parser_says() -> None:
    data: Any = usual_data(USUAL)
    assert list(data) == ["flow", "nodes"]
    assert data["nodes"][0]["spec"]["folded"] == "a b c\nd"
    assert str(data["nodes"][0]["spec"]["404"]) == "007"
    assert same(data, parse(USUAL).data)


def test_nearly_all_specs_of_a_project_are_of_the_usual_kind() -> None:
    texts = [path.read_text("utf-8") for path in sorted(FERNHILL.rglob("*.yaml"))]
    found = [(usual_data(text), parse(text).data) for text in texts]
    assert all(data is None or same(data, parsed) for data, parsed in found)
    assert sum(data is not None for data, _ in found) > 0.9 * len(texts)


def test_two_places_share_no_map() -> None:
    data: Any = usual_data("a: { x: 1 }\nb:\n  a: { x: 1 }\nc: { x: 1 }\n")
    data["a"]["x"] = 2
    assert data["b"] == {"a": {"x": 1}}
    assert data["c"] == {"x": 1}


@pytest.mark.parametrize(
    "text",
    [
        *("", "\n", "# only words\n", "a: 1", "- a\n", "word\n", "---\na: 1\n", "a: 1\n...\n"),
        *("a: 1\na: 2\n", "a: {x: 1, x: 2}\n", "<<: *b\n", "a: &b 1\n", "a: !!str 1\n"),
        *("a: one\n  two\n", "a: 'one\n  two'\n", 'a: "\\n"\n', "a: 'it''s'\n", "a: [1,\n 2]\n"),
        *("a: b: c\n", "a: b:\n", "a:\tb\n", "a: b\r\n", "a: \x85\n", "a: \u2028\n", "a: \ufeff\n"),
        *(
            "a: 1\n  b: 2\n",
            "  a: 1\nb: 2\n",
            "a:\n    b: 1\n  c: 2\n",
            "a: 1\n- b\n",
            "- a\nb: 1\n",
        ),
        *(
            "a: |2\n   b\n",
            "a: |+\n  b\n\n",
            "a: >\n  b\n   c\n",
            "a: |\nb: 1\n",
            "a: |\n\n   \n  b\n",
        ),
        *("? a\n", "a: ? b\n", "a: - b\n", "- - a\n", "-\n  a: 1\n", "a: [[1]]\n", "a: {b}\n"),
        *("a: [1] # ]\nb: {x: y} # z: 1}\n", "...   a: 1\n", "a: %x\n", "a: @x\n", "a: `x\n"),
    ],
)
def test_what_is_less_usual_is_left_to_the_parser_or_means_the_same(text: str) -> None:
    data = usual_data(text)
    if data is not None:
        assert same(data, parse(text).data)


@pytest.mark.parametrize("seed", range(150))
def test_no_random_text_is_read_differently(seed: int) -> None:
    random = Random(seed)
    whole = random.choice((USUAL, Writer(random).document()))
    for _ in range(20):
        text = _changed(whole, random)
        data = usual_data(text)
        if data is None:
            continue
        try:
            tree = parse(text)
        except YamlError as error:
            pytest.fail(f"{error}\n{text}")
        assert same(data, tree.data), text
        assert list(_keys(data)) == list(_keys(tree.data)), text
        assert (tree.duplicates, tree.merge_keys) == ([], []), text


PIECES = (
    *(": ", ":", "- ", " #", "#", "{", "}", "[", "]", ", ", "'", '"', "|", ">", "\n", "  ", " "),
    *("&a ", "*a", "!x ", "? ", "%", "...", "---", "a: ", "'q': ", "{ b: 1 }", "\t", "é", "\xa0"),
)


def _changed(text: str, random: Random) -> str:
    """A text with a few characters more or less, or lines that are moved."""
    for _ in range(random.randint(0, 3)):
        at = random.randint(0, len(text))
        kind = random.random()
        if kind < 0.6:
            text = text[:at] + random.choice(PIECES) + text[at + random.randint(0, 2) :]
        else:
            lines = text.split("\n")
            lines.insert(random.randint(0, len(lines)), lines.pop(random.randrange(len(lines))))
            text = "\n".join(lines)
    return text


def _keys(data: object) -> list[object]:
    """All keys in order."""
    if isinstance(data, dict):
        return [part for key, value in data.items() for part in (key, *_keys(value))]
    return [part for item in data for part in _keys(item)] if isinstance(data, list) else []
