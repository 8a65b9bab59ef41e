"""Ids, names and other texts that YAML reads as numbers are shown and addressed as written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import ddd_lab as ddd
from ddd_lab.files.edit.clipboard import read_clip
from ddd_lab.lossless_yaml import dump, parse, patch
from ddd_lab.spec.models.trigger import trigger_info
from tests.files.projects import changed_lines

WORDS = [
    "1e3",
    "007",
    "1.10",
    "0x1F",
    "1_000",
    "0o17",
    "+5",
    "-0",
    "1.",
    ".5",
    ".inf",
    ".NAN",
    "12",
]

FLOW = """\
flow:
  id: 1e3
  name: 007
  type: traditional
  domain: orders
  version: 1.10
trigger:
  event: 0x1F
nodes:
  - id: 007
    type: process
    label: 1.50
    spec: {description: 1e2, release: 2.10}
    connections: {next: {target: 1_000, label: 2.50}, 0x10: +5}
  - id: 1_000
    type: sub_flow
    label: 0o17
    spec: {flow_ref: 0010}
    connections: {next: +5}
  - id: +5
    type: event
    parentId: 007
    spec: {direction: emit, event_name: 2.0e1}
    connections: {next: done}
  - id: done
    type: terminal
"""
OTHER = "flow: {id: 0010, name: 1e5, type: traditional, domain: orders}\nnodes: []\n"
DOMAIN = """\
domain:
  name: 1.10
  description: 0x2A
  flows: [{id: 1e3, name: 007}, 0010]
  publishes_events: [{event: 2.0e1, from_flow: 1e3}]
  consumes_events: [{event: 0x1F, handled_by_flow: 1e3}]
  groups: [{name: 1e1, flows: [1e3, 0010]}]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    flows = tmp_path / "specs/domains/orders/flows"
    flows.mkdir(parents=True)
    (flows / "1e3.yaml").write_text(FLOW)
    (flows / "0010.yaml").write_text(OTHER)
    (flows.parent / "domain.yaml").write_text(DOMAIN)
    (tmp_path / "specs/system.yaml").write_text("system: {name: 007, version: 1.10}\n")
    return tmp_path


@pytest.mark.parametrize("word", WORDS)
def test_a_number_says_how_it_is_written(word: str) -> None:
    data: Any = parse(f"a: {word}\nb: &x {word}\nc: *x\nd: [{word}]\n").data
    assert f"{data['a']} {data['b']} {data['c']} {data['d'][0]}" == f"{word} {word} {word} {word}"
    assert str(data["d"]) in (f"[{word}]", f"['{word}']")
    assert parse(dump(data)).data == data or word == ".NAN"
    if word != "1_000":
        assert dump({"a": data["a"]}) == f"a: {word}\n", "a copy is written so too"
        assert isinstance(data["a"], int | float)
        json.dumps(data)


def test_ids_names_labels_and_events_are_shown_and_addressed_as_written(root: Path) -> None:
    project = ddd.open(root, watch=False)
    flow: Any = project.flows["orders/1e3"]
    assert (flow.id, flow.name, str(flow.data.header["version"])) == ("1e3", "007", "1.10")
    assert list(flow.nodes) == ["007", "1_000", "+5", "done"]
    assert (flow.nodes["007"].label, flow.nodes["1_000"].label) == ("1.50", "0o17")
    assert flow.nodes["007"].connections == {"next": ["1_000"], "0x10": ["+5"]}
    assert flow.nodes["+5"].data.parent == "007"
    assert str(flow.nodes["007"].spec.release) == "2.10"
    lines = project.sheet("orders/1e3")["edges"]
    assert [line["label"] for line in lines if line["target"] == "1_000"] == ["2.50"]
    assert [info.events for info in trigger_info(flow.data)] == [("0x1F",)]
    domain = project.domains["orders"]
    assert (domain.name, domain.description) == ("1.10", "0x2A")
    assert [wiring.event for wiring in domain.publishes] == ["2.0e1"]
    assert [wiring.event for wiring in domain.consumes] == ["0x1F"]
    assert [flow.id for flow in domain.data.flows] == ["1e3", "0010"]
    assert (project.design.system.name, project.design.system.version) == ("007", "1.10")
    messages = [problem.message for problem in project.problems]
    for unwritten in ("1000", "“7”", "1.1”", "“31”", "“20.0”", "“10”"):
        assert not [message for message in messages if unwritten in message]
    assert not [p for p in project.problems if p.rule.startswith(("events.unknown", "domains.fl"))]
    assert not [p for p in project.problems if p.rule == "references.unknown-flow"]


def test_search_finds_the_words_as_written(root: Path) -> None:
    project = ddd.open(root, watch=False)
    for word in ("1e3", "1.50", "2.10", "0o17"):
        assert project.search(word), word


def test_an_edit_changes_its_own_word_only(root: Path) -> None:
    project = ddd.open(root, watch=False)
    flow: Any = project.flows["orders/1e3"]
    path = "specs/domains/orders/flows/1e3.yaml"
    flow.nodes["done"].label = "Done"
    flow.nodes["007"].spec["new"] = 1
    project.save()
    assert changed_lines(FLOW, (root / path).read_text()) == [
        "-    spec: {description: 1e2, release: 2.10}",
        "+    spec: {description: 1e2, release: 2.10, new: 1}",
        "+    label: Done",
    ]
    flow.rename_node("007", "check")
    project.save()
    text = (root / path).read_text()
    assert "parentId: check" in text
    assert "- id: check" in text


def test_everything_that_names_a_flow_follows_when_it_is_renamed(root: Path) -> None:
    project = ddd.open(root, watch=False)
    project.workbench.rename_flow("orders/0010", "Pay out")
    project.workbench.rename_flow("orders/1e3", "Ship it")
    project.save()
    texts = [(p.name, p.read_text()) for p in root.rglob("*.yaml")]
    for name, text in texts:
        assert "1e3" not in text.replace("1e31", ""), name
        assert "0010" not in text, name


def test_copies_keep_the_words(root: Path) -> None:
    project = ddd.open(root, watch=False)
    flow: Any = project.flows["orders/1e3"]
    text = flow.copy_nodes("007", "1_000")
    assert "release: 2.10" in text
    assert [node.id for node in read_clip(text).nodes] == ["007", "1_000"]
    assert [node.label for node in read_clip(text).nodes] == ["1.50", "0o17"]


def test_the_same_number_written_otherwise_is_no_change() -> None:
    assert patch("a: 1.10\nb: 1\n", {"a": 1.1, "b": 2}) == "a: 1.10\nb: 2\n"
    assert patch("a: 007\n", {"a": 8}) == "a: 8\n"
