"""Reading YAML text as plain data."""

from __future__ import annotations

import codecs
import math
from typing import Any

import pytest

from ddd_lab.lossless_yaml import MAX_BYTES, YamlError, decode, encode, parse, patch


def read(text: str) -> Any:
    return parse(text).data


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null", None), ("Null", None), ("NULL", None), ("~", None), ("", None),
        ("true", True), ("True", True), ("TRUE", True), ("false", False), ("FALSE", False),
        ("0", 0), ("-7", -7), ("+7", 7), ("010", 10), ("0o17", 15), ("0x1F", 31),
        ("3.5", 3.5), ("-.5", -0.5), ("1.", 1.0), ("1e3", 1000.0), ("6.02e+23", 6.02e23),
        (".inf", math.inf), ("-.INF", -math.inf), ("+.Inf", math.inf),
    ],
)  # fmt: skip
def test_plain_values_follow_the_core_schema(text: str, value: object) -> None:
    found = read(f"key: {text}")["key"]
    assert found == value
    assert isinstance(found, type(value))


@pytest.mark.parametrize(
    "text",
    ["on", "yes", "no", "off", "y", "12:30", "12:30:45", "2025-02-13", "1_000", "0b11", "tRue",
     "nULL", "1e", "0o8", "0xG", "+0x1F", ".", "+", "-inf", "1.2.3", "word", "=", "<<"],
)  # fmt: skip
def test_what_only_older_readers_convert_is_a_string(text: str) -> None:
    assert read(f"key: {text}") == {"key": text}


def test_not_a_number_is_read() -> None:
    assert math.isnan(read("key: .nan")["key"])


def test_quoted_and_block_scalars_are_strings() -> None:
    assert read("- 'true'\n- \"5\"\n- |\n  null\n- >-\n  1\n") == ["true", "5", "null\n", "1"]


def test_an_integer_beyond_what_python_converts_stays_text() -> None:
    digits = "9" * 5000
    assert read(f"key: {digits}") == {"key": digits}


def test_explicit_tags_are_honoured_and_unknown_ones_keep_the_value() -> None:
    text = "a: !!str 5\nb: !!int '5'\nc: !!float 1\nd: !thing 5\nf: !thing {x: 1}\n"
    assert read(text) == {"a": "5", "b": 5, "c": 1.0, "d": "5", "f": {"x": 1}}


def test_a_tag_that_does_not_fit_keeps_the_text() -> None:
    assert read("a: !!int x\nb: !!bool 1\nc: !!null x\n") == {"a": "x", "b": "1", "c": None}


def test_keys_are_their_source_text() -> None:
    text = "404: a\ntrue: b\n1.50: c\n~: d\n'on': e\n? [x, y]\n: f\n"
    assert list(read(text)) == ["404", "true", "1.50", "~", "on", "[x, y]"]


def test_a_merge_key_is_an_ordinary_key() -> None:
    text = "base: &b {x: 1}\nitem:\n  <<: *b\n  y: 2\n"
    assert read(text)["item"] == {"<<": {"x": 1}, "y": 2}


def test_an_aliased_key_is_the_text_it_stands_for() -> None:
    assert read("a: &k word\n*k : 1\n") == {"a": "word", "word": 1}


def test_aliases_share_nothing_with_their_anchor() -> None:
    data = read("a: &x [1]\nb: *x\n")
    data["a"].append(2)
    assert data["b"] == [1]


def test_of_duplicate_keys_the_last_one_counts_and_each_repetition_is_noted() -> None:
    tree = parse("a: 1\nb:\n  - {k: 1, k: 2}\na: 3\n")
    assert tree.data == {"a": 3, "b": [{"k": 2}]}
    assert [(d.path, d.line, d.column) for d in tree.duplicates] == [
        (("b", 0, "k"), 3, 12),
        (("a",), 4, 1),
    ]


def test_a_file_without_duplicates_has_none() -> None:
    assert parse("a: 1\nb: {a: 1}\n").duplicates == []


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "\ufeff", "\n\n"])
def test_an_empty_document_is_null(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ends_and_a_byte_order_mark_are_read(end: str) -> None:
    text = "\ufeff" + end.join(["a: |", "  x", "  y", "b: 1", ""])
    tree = parse(text)
    assert tree.data == {"a": "x\ny\n", "b": 1}
    assert tree.text == text
    assert tree.locate(("b",)) == (4, 4)
    assert tree.locate_key(("a",)) == (1, 1)


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("a: b: c\n", 1, 5, "Put quotes around"),
        ('a: 1\nkey: $ref: "x"\n', 2, 10, "{...}"),
        ("a:\n\tb: 1\n", 2, 1, "tabs"),
        ("a: [1, 2\n", 1, 4, "not closed with ]"),
        ('a: "x\n', 1, 4, "never closed"),
        ("a: 1\n b: 2\n", 2, 2, "indented deeper"),
        ("a: @x\n", 1, 4, "quotes"),
        ("a: *nobody\n", 1, 4, "no anchor &nobody"),
        ("a: &a [*a]\n", 1, 8, "inside its own anchor"),
        ("a: 1\n---\nb: 2\n", 2, 1, "second document"),
        ("a: 1\nb: \x01\n", 2, 4, "U+0001"),
        ("a: \ud800\n", 1, 4, "U+D800"),
    ],
)
def test_a_broken_text_is_refused_with_its_place(
    text: str, line: int, column: int, says: str
) -> None:
    with pytest.raises(YamlError) as caught:
        parse(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert says in caught.value.message
    assert f"line {line}, column {column}" in str(caught.value)


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 5_000])
def test_nesting_without_end_is_refused(text: str) -> None:
    with pytest.raises(YamlError, match="nested deeper than 200"):
        parse(text)


def test_deep_but_reasonable_nesting_is_read() -> None:
    data = read("[" * 150 + "]" * 150)
    for _ in range(149):
        (data,) = data
    assert data == []


def test_an_alias_bomb_is_refused() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"{c}: &{c} [{', '.join(['*' + p] * 10)}]" for p, c in zip("abcdefgh", "bcdefghi")]  # noqa: B905
    with pytest.raises(YamlError, match="expand to more than"):
        parse("\n".join(lines))


def test_a_file_beyond_the_limit_is_refused_with_its_size() -> None:
    with pytest.raises(YamlError, match="20,000,010 characters"):
        parse("a: " + "x" * (MAX_BYTES + 7))
    with pytest.raises(YamlError, match="split it"):
        decode(b"x" * (MAX_BYTES + 1))


@pytest.mark.parametrize(
    "text", ["- x\n" * 1500, "[" + "[x]," * 600 + "]", "a: {b: [c, d]}\n" * 400]
)
def test_a_file_of_too_many_values_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ddd_lab.lossless_yaml._parse.MAX_VALUES", 1000)
    with pytest.raises(YamlError, match="more than 1,000 values"):
        parse(text)


def test_a_large_scalar_below_the_limit_is_read() -> None:
    assert len(read("a: " + "x" * 10_000_000)["a"]) == 10_000_000


def test_utf_8_is_decoded_and_its_byte_order_mark_kept() -> None:
    assert decode("a: é\r\n".encode()) == "a: é\r\n"
    assert decode(codecs.BOM_UTF8 + b"a: 1") == "\ufeffa: 1"


@pytest.mark.parametrize(
    "raw",
    [
        b"a: 1",
        codecs.BOM_UTF8 + "é".encode(),
        "\ufeffé".encode("utf-16-le"),
        "\ufeffé".encode("utf-16-be"),
    ],
)
def test_text_goes_back_to_the_bytes_that_it_came_from(raw: bytes) -> None:
    text = decode(raw)
    assert encode(text, like=raw) == raw
    assert text[-1] in "é1"


@pytest.mark.parametrize(
    ("raw", "line", "column", "says"),
    [
        (b"a: 1\nb: \xff\n", 2, 4, "byte 8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 3, 1, "binary"),
        (b"a: 1\n\x00", 2, 1, "binary"),
        (b"\xff\xfea\x00b", 1, 1, "UTF-16"),
    ],
)
def test_what_is_not_text_is_refused_with_its_place(
    raw: bytes, line: int, column: int, says: str
) -> None:
    with pytest.raises(YamlError, match=says) as caught:
        decode(raw)
    assert caught.value.line == line
    if says != "UTF-16":
        assert caught.value.column == column


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'a: "\ud83d\ude00"', "😀"),
        (r'a: "\uD83D\uDE00 and \ud83d\ude80!"', "😀 and 🚀!"),
        (r'{"a": "x\\\ud83d\ude00"}', "x\\😀"),
        (r'a: "\\ud83d and \ud83d\ude00"', r"\ud83d and 😀"),
        ('a: "\\ud83d\\\n  \\ude00"', "😀"),
        ('a: "\\ud83d\\ude00 \ue03d \\ue83d"', "😀 \ue03d \ue83d"),
        (r'a: "\U0000D83D\U0000de00"', "😀"),
    ],
)
def test_a_character_in_two_escapes_is_read_as_the_character(text: str, value: str) -> None:
    tree = parse(text)
    assert tree.data == {"a": value}
    assert patch(text, tree.data) == text


def test_what_looks_like_two_escapes_elsewhere_is_plain_letters() -> None:
    text = (
        "# \\ud83d\\ude00\nplain: x\\ud83d\\ude00\nsingle: '\\uD83D\\uDE00'\n"
        'block: |\n  \\ud83D\\ude00 \\\\ud83d\n"\\ud83d\\ude00": "\\ud83d\\ude00"\nlast: 1\n'
    )
    tree = parse(text)
    assert tree.data == {
        "plain": "x\\ud83d\\ude00",
        "single": "\\uD83D\\uDE00",
        "block": "\\ud83D\\ude00 \\\\ud83d\n",
        "😀": "😀",
        "last": 1,
    }
    assert patch(text, {**tree.data, "last": 2}) == text.replace("last: 1", "last: 2")
    assert patch(text, {**tree.data, "😀": "🚀"}) == text.replace(': "\\ud83d\\ude00"', ': "🚀"')


@pytest.mark.parametrize(
    ("text", "column"),
    [
        (r'a: "x\ud83d"', 6),
        (r'a: "\ude00\ud83d"', 5),
        (r'a: "\ud83d\ude00 \ud83d\ud83d\ude00"', 18),
        (r'a: "\\\ud83d"', 7),
    ],
)
def test_half_of_two_escapes_is_an_error_at_its_place(text: str, column: int) -> None:
    with pytest.raises(YamlError, match="half of a surrogate pair") as error:
        parse(text)
    assert (error.value.line, error.value.column) == (1, column)
