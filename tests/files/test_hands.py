"""Everything that hands do, in any order: saved it reads back, undone every byte is as it was."""

from __future__ import annotations

import contextlib
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ddd_lab as ddd
from ddd_lab.files.documents.document import Document, same_model
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.live.connection import LiveConnection
from ddd_lab.spec.models.base import Position
from tests.files.flow_texts import flow_texts
from tests.files.projects import FLOW_PATH, GUIDE_FLOW, KEY, changed_lines, small_project
from tests.profiles import tries


@pytest.fixture
def project(tmp_path: Path) -> ddd.Project:
    return ddd.open(small_project(tmp_path), watch=False)


def saved_lines(project: ddd.Project) -> list[str]:
    project.save()
    return changed_lines(GUIDE_FLOW, (project.root / FLOW_PATH).read_text())


def test_a_connection_is_edited_in_the_lines_that_it_has(project: ddd.Project) -> None:
    line = project.flows[KEY].connection("charge", "next")
    line.label = "paid"
    line["async"] = True
    line.retry_config = {"max_attempts": 3}
    line.retry_config.max_attempts = 4
    assert dict(line) == {"label": "paid", "async": True, "retry_config": {"max_attempts": 4}}
    line.target = "reject"
    assert (line.source, line.output, line.target, line.label) == (
        "charge",
        "next",
        "reject",
        "paid",
    )
    assert len(project.workbench.history) == 5
    for _ in range(5):
        project.undo()
    assert saved_lines(project) == []


def test_a_slip_of_the_pen_in_a_connection_is_refused(project: ddd.Project) -> None:
    line = project.flows[KEY].connection("charge")
    with pytest.raises(AttributeError, match="did you mean 'label'"):
        line.lable = "x"
    with pytest.raises(AttributeError, match="source"):
        line.source = "reject"  # type: ignore[misc]  # what a person may try
    with pytest.raises(EditError, match="behavior"):
        line.behavior = 3


def test_a_connection_is_removed_by_itself(project: ddd.Project) -> None:
    project.flows[KEY].connection("validate", "invalid").remove()
    assert project.flows[KEY].nodes["validate"].connections == {"valid": ["charge"]}


def test_a_note_is_a_few_lines_at_the_end_of_the_file(project: ddd.Project) -> None:
    flow = project.flows[KEY]
    note = flow.add_note("Ask the bank", (10, 600))
    assert saved_lines(project) == [
        "+notes:",
        "+  - id: note_1",
        "+    text: Ask the bank",
        "+    position: {x: 10, y: 600}",
    ]
    flow.change_note(note.id, position=(20, 600))
    assert "+    position: {x: 20, y: 600}" in saved_lines(project)
    flow.remove_note(note.id)
    assert saved_lines(project) == []


def test_a_node_put_into_a_container_gets_one_line(project: ddd.Project) -> None:
    flow = project.flows[KEY]
    flow.add_node("loop", id="each", position=(0, 300))
    project.save()
    before = (project.root / FLOW_PATH).read_text()
    flow.put_into("each", "charge")
    project.save()
    assert changed_lines(before, (project.root / FLOW_PATH).read_text()) == ["+    parentId: each"]
    assert [container.children for container in flow.containers] == [("charge",)]
    flow.take_out("charge")
    project.save()
    assert (project.root / FLOW_PATH).read_text() == before


def test_settings_behind_a_reference_change_where_they_are_written(tmp_path: Path) -> None:
    text = GUIDE_FLOW.replace("type: traditional", "type: agent").replace(
        "metadata:", "agent_config:\n  model: small   # cheap\nmetadata:"
    )
    text = text.replace("operation: charge_card", "config: {$ref: '#/agent_config'}")
    text = text.replace("type: process", "type: agent_loop").replace(
        "timeout: 30", "max_iterations: 3"
    )
    project = ddd.open(small_project(tmp_path, text), watch=False)
    node = project.flows[KEY].nodes["charge"]
    assert node.resolved["model"] == "small"
    node.spec.model = "large"
    assert node.resolved["model"] == "large"
    project.save()
    assert changed_lines(text, (tmp_path / FLOW_PATH).read_text()) == [
        "-  model: small   # cheap",
        "+  model: large   # cheap",
    ]


def test_cards_are_arranged_as_one_step_where_people_see_them(project: ddd.Project) -> None:
    project.workbench.align(KEY, ["validate", "charge", "reject"], "left")
    cards = {card["id"]: card for card in project.sheet(KEY)["nodes"]}
    assert cards["validate"]["position"]["x"] == cards["reject"]["position"]["x"]
    assert project.undo() == "align 3 cards"
    project.workbench.snap(KEY)
    for card in project.sheet(KEY)["nodes"]:
        assert card["position"]["x"] % 20 == 0
        assert card["position"]["y"] % 20 == 0
    project.undo()
    assert saved_lines(project) == []


def test_a_tidied_sheet_has_no_overlaps_and_stays_where_it_was(project: ddd.Project) -> None:
    flow = project.flows[KEY]
    flow.move(dict.fromkeys(["validate", "charge", "receipt"], (700, 300)))
    project.workbench.tidy(KEY)
    cards = project.sheet(KEY)["nodes"]
    areas = [(c["position"]["x"], c["position"]["y"], c["width"], c["height"]) for c in cards]
    for index, (x, y, width, height) in enumerate(areas):
        for left, top, wide, high in areas[index + 1 :]:
            apart = x + width <= left or left + wide <= x or y + height <= top or top + high <= y
            assert apart
    assert all(node.position is not None for node in flow.data.all_nodes())
    assert project.undo() == "tidy the sheet"


def test_tidying_a_selection_leaves_the_others_alone(project: ddd.Project) -> None:
    flow = project.flows[KEY]
    flow.move({"charge": (300, 50), "receipt": (310, 60), "validate": (900, 900)})
    project.workbench.tidy(KEY, ["charge", "receipt"])
    assert flow.nodes["validate"].position == Position(900, 900)
    charge, receipt = flow.nodes["charge"].position, flow.nodes["receipt"].position
    assert charge is not None
    assert receipt is not None
    assert abs(charge.x - receipt.x) >= 220 or abs(charge.y - receipt.y) >= 72
    with pytest.raises(EditError, match="at least 2"):
        project.workbench.tidy(KEY, ["charge"])
    with pytest.raises(EditError, match="no node"):
        project.workbench.tidy(KEY, ["charge", "nobody"])


def test_a_note_goes_along_with_the_card_that_it_lies_beside(project: ddd.Project) -> None:
    flow = project.flows[KEY]
    flow.move({"charge": (300, 50), "receipt": (310, 60), "reject": (2000, 900)})
    flow.add_note("about the refusal", (2000, 1000))
    project.workbench.tidy(KEY)
    note, card = flow.notes[0].position, flow.nodes["reject"].position
    assert note is not None
    assert card is not None
    assert (note.x - card.x, note.y - card.y) == (0, 100)
    project.undo()
    assert flow.notes[0].position == Position(2000, 1000)


def some_handling(project: ddd.Project, kept: list[str], chance: random.Random) -> None:
    """One thing that hands do; refusals are part of the game."""
    flow = project.flows[KEY]
    ids = [*flow.nodes, "none"]
    any_id, other = chance.choice(ids), chance.choice(ids)
    some = chance.sample(ids, min(len(ids), 3))
    edges = flow.edges
    edge = chance.choice(edges) if edges else None
    place = (chance.randint(-50, 900), chance.randint(0, 400))
    word = chance.choice(["yes", "a: b", "12:30", "two\nlines", "café", ""])

    def line() -> LiveConnection:
        if edge is None:
            raise EditError("no connection")
        return flow.connection(edge.source, edge.output, edge.target)

    doings: list[Callable[[], object]] = [
        lambda: kept.append(flow.copy_nodes(*some)),
        lambda: kept.append(project.workbench.cut_nodes(KEY, [any_id])),
        lambda: flow.paste(chance.choice(kept), chance.choice([None, place])),
        lambda: flow.duplicate_nodes(*some),
        lambda: setattr(line(), "label", word),
        lambda: setattr(line(), "data", [{"name": word, "type": "text"}]),
        lambda: setattr(line(), "target", any_id),
        lambda: setattr(line(), "output", chance.choice(["next", "failure", "error", "true"])),
        lambda: line().remove(),
        lambda: flow.put_into(any_id, other),
        lambda: flow.take_out(any_id),
        lambda: flow.add_node("loop", position=place),
        lambda: flow.add_note(word, chance.choice([None, place])),
        lambda: flow.change_note("note_1", text=word, size=(200, 90)),
        lambda: flow.remove_note("note_1"),
        lambda: project.workbench.align(KEY, some, chance.choice(["left", "middle", "bottom"])),
        lambda: project.workbench.distribute(KEY, some, "horizontally"),
        lambda: project.workbench.snap(KEY),
        lambda: project.workbench.tidy(KEY, chance.choice([None, some])),
        lambda: flow.nodes[any_id].set_yaml(
            flow.nodes[any_id].yaml.replace("id: ", chance.choice(["id: x", "id: ", "label: "]), 1)
        ),
        lambda: flow.nodes[any_id].set_yaml(f"{flow.nodes[any_id].yaml}# {any_id}: why\n"),
        lambda: project.replace("e", word or "i", ids=chance.random() < 0.3).apply(),
    ]
    with contextlib.suppress(EditError, KeyError, IndexError):
        chance.choice(doings)()


@pytest.fixture(scope="module", autouse=True)
def quick_disk() -> object:
    """Nothing here is about power cuts, and thousands of flushes would take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@settings(max_examples=tries(50, 1000), suppress_health_check=list(HealthCheck))
@given(text=flow_texts(), seed=st.integers(0, 2**32))
def test_any_handling_reads_back_undoes_to_the_first_byte_and_redoes_to_the_last(
    tmp_path_factory: pytest.TempPathFactory, text: str, seed: int
) -> None:
    root = small_project(tmp_path_factory.getbasetemp() / "hands", text.encode())
    project = ddd.open(root, watch=False)
    path = root / FLOW_PATH
    start = {file: (root / file).read_bytes() for file in project.workbench.documents}
    chance, kept = random.Random(seed), list[str]()
    for _ in range(chance.randint(1, 8)):
        some_handling(project, kept, chance)
        if chance.random() < 0.4:
            before = project.workbench.flow_data(KEY)
            project.save()
            again = Document(FLOW_PATH)
            again.load(path.read_bytes())
            assert again.version is not None
            assert same_model(again.version.model, before)
    project.save()
    end = {file: (root / file).read_bytes() for file in start}
    while project.undo():
        pass
    project.save()
    assert {file: (root / file).read_bytes() for file in start} == start
    while project.redo():
        pass
    project.save()
    assert {file: (root / file).read_bytes() for file in start} == end
