"""A model's answer, whole or as it comes: its words and its edits, or words about what is wrong."""

from __future__ import annotations

import json
import random

import pytest

from ddd_lab.assist.proposals.answers import MOST_EDITS, AnswerReader, read_answer
from tests.profiles import tries

AT = "orders/place-order"
NODE = {"op": "add_node", "flow": AT, "node": "tell", "type": "event", "settings": "event: a.b"}
LINE = {"op": "connect", "flow": AT, "source": "charge", "target": "tell", "output": "success"}
BY_SCHEMA = json.dumps({"say": 'It says “hé”, \\ and\n"more" 🦊.', "edits": [NODE, LINE]})
AS_YAML = """\
I would tell the shop.

```yaml
edits:
  - op: add_node
    flow: orders/place-order
    node: tell
    type: event
    settings:
      event: a.b
  - {op: connect, flow: orders/place-order, source: charge, target: tell, output: success}
```

Shall I?
"""
AS_JSON = f"Sure.\n\n```json\n{json.dumps([NODE, LINE], indent=2)}\n```\n"


@pytest.mark.parametrize("text", [BY_SCHEMA, AS_YAML, AS_JSON])
def test_an_answer_is_its_words_and_its_edits(text: str) -> None:
    answer = read_answer(text, AT)
    assert not answer.broken
    assert answer.refused == ()
    assert [edit.model_dump()["op"] for edit in answer.edits] == ["add_node", "connect"]
    assert answer.edits[0].model_dump()["settings"] == {"event": "a.b"}
    assert "add_node" not in answer.say
    assert answer.say


def test_what_is_said_is_there_before_the_answer_ends() -> None:
    reader = AnswerReader(AT)
    reader.feed('{"say": "First \\u00e4, ')
    assert reader.say == "First ä, "
    reader.feed("then \\ud83e")
    assert reader.say == "First ä, then "
    reader.feed('\\udd8a", "edits": [')
    assert reader.say == "First ä, then 🦊"


def test_what_is_said_only_grows_whatever_stands_at_the_end_of_a_piece() -> None:
    chance = random.Random(7)
    letters = ["a", "\\", '"', "🦊", "\ud83e", "\udd8a", "ä", "\n", "u"]
    for _ in range(tries(200, 5000)):
        say = "".join(chance.choices(letters, k=9))
        text = json.dumps({"say": say, "edits": []}, ensure_ascii=chance.random() < 0.5)
        reader, at, before = AnswerReader(AT), 0, ""
        while at < len(text):
            step = chance.randint(1, 4)
            reader.feed(text[at : at + step])
            at += step
            assert reader.say.startswith(before)
            before = reader.say
        assert before == json.loads(text)["say"]


@pytest.mark.parametrize("text", [BY_SCHEMA, AS_YAML, AS_JSON])
def test_an_edit_is_there_as_soon_as_its_part_is_complete(text: str) -> None:
    reader = AnswerReader(AT)
    half = text.index("connect")
    assert [edit.model_dump()["op"] for edit in reader.feed(text[:half])] == ["add_node"]
    assert [edit.model_dump()["op"] for edit in reader.feed(text[half:])] == ["connect"]


@pytest.mark.parametrize("text", [BY_SCHEMA, AS_YAML, AS_JSON])
def test_it_does_not_matter_in_which_pieces_an_answer_comes(text: str) -> None:
    whole = read_answer(text, AT)
    for seed in range(tries(40, 2000)):
        chance = random.Random(seed)
        reader = AnswerReader(AT)
        at, come = 0, []
        while at < len(text):
            step = chance.randint(1, 25)
            come += reader.feed(text[at : at + step])
            at += step
            assert whole.say.startswith(reader.say.strip()) or "```" in text
        assert reader.end() == whole
        assert tuple(come) == whole.edits


def test_a_flow_between_fences_is_the_flow_of_the_place_or_the_one_that_it_names() -> None:
    nodes = "nodes:\n  - {id: a, type: process}\n"
    for head, key in (
        ("", AT),
        ("flow: {id: x, domain: support}\n", "support/x"),
        ("flow: {name: Take Back}\n", "orders/take-back"),
    ):
        (edit,) = read_answer(f"Here:\n```yaml\n{head}{nodes}```", AT).edits
        assert edit.model_dump()["op"] == "set_flow_yaml"
        assert edit.model_dump()["flow"] == key


def test_nodes_between_fences_belong_to_the_flow_of_the_place() -> None:
    text = "```yaml\n- {id: a, type: process}\n- {id: b, type: terminal}\n```\n"
    assert [edit.card for edit in read_answer(text, AT).edits] == ["a", "b"]
    assert read_answer(text, "orders").edits == ()


def test_blocks_that_are_no_edits_stay_in_the_text() -> None:
    text = "So:\n```python\nprint(1)\n```\nor\n```yaml\nname: example\n```\nor\n```\nrm -r /\n```"
    answer = read_answer(text, AT)
    assert answer.edits == ()
    assert answer.refused == ()
    assert answer.say == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BY_SCHEMA[:-2], "no whole JSON"),
        (BY_SCHEMA + " and more", "no whole JSON"),
        (AS_YAML[: AS_YAML.index("connect")], "ends inside a block"),
        ('{"say": "a", "edits": ' + "[" * 100_000, "no whole JSON"),
        ('{"say": "a", "say": "b", "edits": []}', "appears twice"),
        ('{"say": NaN}', "NaN"),
        ('{"say": "' + "x" * 600_000 + '"}', "more than 500,000 characters"),
    ],
)
def test_a_cut_or_broken_answer_proposes_nothing(text: str, words: str) -> None:
    answer = read_answer(text, AT)
    assert words in answer.broken
    assert answer.edits == ()


def test_an_edit_that_is_wrong_leaves_the_others() -> None:
    bad = {"op": "delete_everything"}
    answer = read_answer(json.dumps({"say": "", "edits": [NODE, bad, 7, LINE]}), AT)
    assert len(answer.edits) == 2
    assert [words[:23] for words in answer.refused] == [
        "edit 2: there is no edi",
        "edit 4: an edit is a ma",
    ]


def test_hostile_blocks_are_refused_in_words() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
        for before, name in zip("abcdef", "bcdefg", strict=True)
    )
    for block, words in (
        (bomb, "aliases expand"),
        ("[" * 500, "JSON"),
        ('"a\\u001b": 1', "control characters"),
        ("x: !!python/object/apply:os.system [ls]\nop: add_node", "Field required"),
    ):
        answer = read_answer(f"```yaml\n{block}\n```", AT)
        assert answer.edits == ()
        assert words in answer.refused[0]


def test_no_more_edits_are_read_than_anybody_looks_through() -> None:
    answer = read_answer(json.dumps({"say": "", "edits": [NODE] * (MOST_EDITS + 5)}), AT)
    assert len(answer.edits) == MOST_EDITS
    assert answer.refused == (f"only the first {MOST_EDITS} edits are read",)
