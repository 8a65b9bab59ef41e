"""What would drive a terminal, turn letters around or hide words is shown as an escape."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.files.disk.folder import ProjectError
from ddd_lab.implementation.config import ConfigError
from ddd_lab.implementation.runs import RunError
from ddd_lab.lossless_yaml import YamlError
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.visible import error_at_hand, one_line, visible, visible_json

ANY = st.text(st.characters(exclude_categories=()))
ACTING = "\x1b\x07\x00\x7f\x85\x9b\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u2028\u2029"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", r"\x1b[2J"),
        ("a\u202eb", r"a\u202eb"),
        ("\x9b31m", r"\x9b31m"),
        ("a\nb\tc\rd", r"a\nb\tc\rd"),
        ("\udcff", r"\udcff"),
        ("tag\U000e0041", r"tag\U000e0041"),
    ],
)
def test_what_acts_is_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Größe → 3 €",
        "👩‍👩‍👧‍👦 ❤️ 🏳️‍🌈",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "مرحبا بالعالم",
        "שלום",
        "می‌خواهم",
        "你好, 世界",
    ],
    ids=["latin", "joined emoji", "flag of Scotland", "arabic", "hebrew", "persian", "chinese"],
)
def test_letters_of_all_scripts_stay(text: str) -> None:
    assert visible(text) == one_line(text) == text


@given(ANY)
def test_nothing_that_acts_is_left(text: str) -> None:
    for shown in (visible(text), one_line(text), visible(text, lines=True)):
        assert not set(shown) & set(ACTING)
        shown.encode("utf-8")
    left = {letter for letter in visible(text) if unicodedata.category(letter) in ("Cc", "Cs")}
    assert not left
    assert visible(visible(text)) == visible(text)


@given(ANY)
def test_lines_stay_where_lines_are_meant(text: str) -> None:
    shown = visible(text, lines=True)
    assert shown.count("\n") == text.count("\n")
    assert shown.count("\t") == text.count("\t")


def test_one_line_is_cut() -> None:
    assert one_line("a\n  b\u2028c") == "a b c"
    assert one_line("x" * 1_000_000) == "x" * 299 + "…"
    assert one_line("x" * 400, 0) == "x" * 400


@given(st.dictionaries(st.text(), st.text() | st.integers()))
def test_json_says_the_same(value: object) -> None:
    document = visible_json(json.dumps(value, ensure_ascii=False, indent=2))
    assert json.loads(document) == value
    assert not set(document) & set(ACTING)


def test_half_a_character_is_words_in_json() -> None:
    document = visible_json(json.dumps("a\udcff", ensure_ascii=False))
    assert json.loads(document) == r"a\udcff"


def test_an_error_goes_into_a_log_without_what_acts() -> None:
    try:
        raise ValueError("\x1b[2J\u202e")
    except ValueError:
        told = error_at_hand()
    assert told.startswith("Traceback")
    assert r"ValueError: \x1b[2J\u202e" in told


@pytest.mark.parametrize("kind", [EditError, RunError, ConfigError, ProjectError, YamlError])
def test_the_words_of_an_error_act_on_nothing(kind: type[Exception]) -> None:
    assert str(kind("a\x1b[2J\u202e\nb")).endswith("a\\x1b[2J\\u202e\nb")
