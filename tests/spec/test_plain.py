"""What no design file can hold is refused where it comes in, with what to write instead."""

from __future__ import annotations

import dataclasses
import enum
import math
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

import ddd_lab as ddd
from ddd_lab.spec.plain_data import plain_data
from tests.files.projects import FLOW_PATH, KEY, small_project


class Colour(enum.Enum):
    RED = "red"


class Word(enum.StrEnum):
    ON = "on"


class Level(enum.IntEnum):
    HIGH = 3


@dataclasses.dataclass
class Point:
    x: int = 1


CIRCLE: list[Any] = []
CIRCLE.append(CIRCLE)

REFUSED: dict[str, tuple[Any, str]] = {
    "date": (date(2026, 1, 2), r'a date .*2026, 1, 2.*; write its text, "2026-01-02"'),
    "datetime": (datetime(2026, 1, 2, 3, tzinfo=UTC), r'write its text, "2026-01-02T03:00:00'),
    "time": (time(12, 30), r'write its text, "12:30:00"'),
    "timedelta": (timedelta(minutes=2), "write a number of seconds, 120"),
    "set": ({"a"}, r"a set \(\{'a'\}\) cannot be saved.*write a list, such as sorted"),
    "frozenset": (frozenset("a"), "write a list"),
    "bytes": (b"abc", r"write text, such as value.decode\(\)"),
    "bytearray": (bytearray(b"abc"), r"write text, such as value.decode\(\)"),
    "decimal": (Decimal("1.10"), 'write text, "1.10"'),
    "fraction": (Fraction(1, 3), 'write text, "1/3"'),
    "complex": (1j, 'write text, "1j"'),
    "uuid": (uuid.UUID(int=5), 'write text, "00000000-'),
    "path": (PurePosixPath("a/b"), 'write text, "a/b"'),
    "enum": (Colour.RED, "write its value, with .value"),
    "dataclass": (Point(), r"write a map, with dataclasses.asdict\(value\)"),
    "generator": ((x for x in "ab"), r"write a list, with list\(value\)"),
    "function": (print, "write text, numbers, true or false"),
    "object": (object(), "an object .*write text, numbers"),
    "half a pair": ("x\ud83d", r"U\+D83D is half of a surrogate pair"),
    "half a pair as key": ({"\ud83d": 1}, r"U\+D83D is half of a surrogate pair"),
    "key None": ({None: 1}, 'a key must be text, not None; write "null"'),
    "key true": ({True: 1}, 'a key must be text, not True; write "true"'),
    "key 1.5": ({1.5: 1}, 'a key must be text, not 1.5; write "1.5"'),
    "key date": ({date(2026, 1, 2): 1}, 'write "2026-01-02"'),
    "key tuple": ({(1, 2): 1}, "a key must be text"),
    "key twice": ({1: "a", "1": "b"}, "the key '1' appears twice"),
    "deep": ({"a": [{"b": {1, 2}}]}, r"a\[0\]\.b of .*write a list"),
    "circle": (CIRCLE, "nested deeper than"),
    "long number": (10**5000, "more than 4000 digits"),
}


@pytest.fixture
def project(tmp_path: Path) -> ddd.Project:
    return ddd.open(small_project(tmp_path), watch=False)


def _attribute(project: ddd.Project, value: Any) -> None:
    project.flows[KEY].nodes["charge"].spec.description = value


def _file(project: ddd.Project, value: Any) -> None:
    path = "specs/domains/payments/domain.yaml"
    project.workbench.edit_data(path, lambda data: {**data, "when": value}, "note when")


def _own_edit(project: ddd.Project, value: Any) -> None:
    def change(flow: Any) -> Any:
        return flow.model_copy(update={"extra": {**flow.extra, "when": {"x": value}}})

    project.flows[KEY].edit(change, "note when")


def _listed(project: ddd.Project, value: Any) -> None:
    spec: Any = project.flows[KEY].nodes["charge"].spec
    spec["list"] = []
    spec["list"].append(value)


DOORS: dict[str, Callable[[ddd.Project, Any], object]] = {
    "an item of the spec": lambda p, v: p.flows[KEY].nodes["charge"].spec.update(when=v),
    "the spec": lambda p, v: setattr(p.flows[KEY].nodes["charge"], "spec", {"when": v}),
    "an attribute": _attribute,
    "a list": _listed,
    "extra": lambda p, v: p.flows[KEY].nodes["charge"].extra.__setitem__("log", v),
    "set_value": lambda p, v: p.flows[KEY].set_value("charge", ("spec", "when"), v),
    "add_node": lambda p, v: p.flows[KEY].add_node("process", spec={"when": v}),
    "connect": lambda p, v: p.flows[KEY].connect("charge", "reject", "next", when=v),
    "a connection": lambda p, v: p.flows[KEY].connection("charge", "next").update(when=v),
    "the flow": lambda p, v: p.flows[KEY].set(("agent_config", "when"), v),
    "another file": _file,
    "an edit of one's own": _own_edit,
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_no_file_holds_is_refused_with_what_to_write(kind: str) -> None:
    value, says = REFUSED[kind]
    with pytest.raises(ddd.EditError, match=says):
        plain_data(value, "'charge'")


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", ["date", "set", "bytes", "half a pair", "key None", "deep"])
def test_every_way_in_refuses_at_once_and_the_next_save_works(
    project: ddd.Project, door: str, kind: str
) -> None:
    value, says = REFUSED[kind]
    flow = project.flows[KEY]
    flow.nodes["receipt"].label = "Paid"
    with pytest.raises(ddd.EditError, match=says) as refused:
        DOORS[door](project, value)
    assert " of " in str(refused.value), "the place is named"
    assert FLOW_PATH in project.save()
    assert "Paid" in (project.root / FLOW_PATH).read_text()


@pytest.mark.parametrize("door", sorted(DOORS.keys() - {"an attribute", "an edit of one's own"}))
def test_what_is_only_another_kind_of_the_same_is_written_as_files_have_it(
    project: ddd.Project, door: str
) -> None:
    DOORS[door](project, (Word.ON, Level.HIGH, {200: range(2)}, math.inf))
    project.save()
    again = ddd.open(project.root, watch=False)
    texts = [p.read_text() for p in project.root.rglob("*.yaml")]
    assert any('"200"' in text or "200:" in text for text in texts)
    assert [doc.broken for doc in again.workbench.documents.values() if doc.broken] == []


def test_the_place_and_the_value_are_named(project: ddd.Project) -> None:
    with pytest.raises(ddd.EditError) as refused:
        project.flows[KEY].nodes["charge"].spec["when"] = {"from": [date(2026, 1, 2)]}
    assert str(refused.value) == (
        "when.from[0] of 'charge': a date (datetime.date(2026, 1, 2)) cannot be saved in a file; "
        'write its text, "2026-01-02"'
    )
    assert project.undo() == ""


def test_a_key_that_is_no_text_is_refused(project: ddd.Project) -> None:
    spec: Any = project.flows[KEY].nodes["charge"].spec
    with pytest.raises(ddd.EditError, match="a key must be text, not 404; write '404'"):
        spec[404] = "x"
    spec["responses"] = {404: "none", 200: "ok"}
    assert spec.responses == {"404": "none", "200": "ok"}


def test_json_holds_no_infinity() -> None:
    with pytest.raises(ddd.EditError, match="not a number in JSON"):
        plain_data({"a": math.nan}, "x.json", finite=True)
    assert plain_data([math.inf], "x.yaml") == [math.inf]


WORDS: dict[str, Callable[[ddd.Project, Any], object]] = {
    "a new flow": lambda p, v: p.new_flow(v, "payments"),
    "a new domain": lambda p, v: p.add_domain(v),
    "an id": lambda p, v: setattr(p.flows[KEY].nodes["charge"], "id", v),
    "the id of a new node": lambda p, v: p.flows[KEY].add_node("process", id=v),
    "the type of a new node": lambda p, v: p.flows[KEY].add_node(v),
    "the label of a new node": lambda p, v: p.flows[KEY].add_node("process", label=v),
    "a label": lambda p, v: setattr(p.flows[KEY].nodes["charge"], "label", v),
    "a name": lambda p, v: setattr(p.flows[KEY], "name", v),
    "a target": lambda p, v: p.flows[KEY].connect("charge", v),
    "a note": lambda p, v: p.flows[KEY].add_note(v),
    "a text to paste": lambda p, v: p.flows[KEY].paste(v),
    "the lines of a node": lambda p, v: p.flows[KEY].nodes["charge"].set_yaml(v),
}


@pytest.mark.parametrize("door", WORDS)
@pytest.mark.parametrize("value", [date(2026, 1, 2), {"a"}, b"x", 5, ["x"]], ids=repr)
def test_what_must_be_a_word_is_refused_in_words(
    project: ddd.Project, door: str, value: Any
) -> None:
    with pytest.raises(ddd.EditError, match="must be text, not"):
        WORDS[door](project, value)
    assert project.undo() == ""


@pytest.mark.parametrize("place", [5, None, (1,), (1, 2, 3), "ab", (date(2026, 1, 2), 1)])
def test_what_is_no_place_is_refused_in_words(project: ddd.Project, place: Any) -> None:
    with pytest.raises(ddd.EditError, match="pixels"):
        project.flows[KEY].nodes["charge"].position = place
