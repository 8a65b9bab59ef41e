"""What people see of mistakes in a text: what it is, where it begins and what to do."""

from __future__ import annotations

import pytest

from ddd_lab.lossless_yaml import YamlError, parse
from tests.lossless_yaml.mistakes import MISTAKES


@pytest.mark.parametrize("name", MISTAKES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_mistake_is_named_with_its_place_and_cure(name: str, end: str, mark: str) -> None:
    text, (line, column, what, cure) = MISTAKES[name]
    with pytest.raises(YamlError) as refusal:
        parse(mark + text.replace("\n", end))
    error = refusal.value
    assert (error.line, error.column) == (line, column), error
    assert what in error.message
    assert cure in error.message


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  ```yaml\n  <<<<<<< HEAD\n  =======\n",
        "a: 10\xa0kg\n",
        "a: |\n  \xa0\xa0x\n",
        'a: "one\u2028two"\n',
        "a: '\xa0x'\n",
        "- \xa0x\n",
        "# \xa0 a comment\na: 1\n",
    ],
)
def test_what_only_looks_like_a_mistake_is_read(text: str) -> None:
    parse(text)
