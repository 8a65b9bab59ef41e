"""Any edits in any order on any file: what is saved reads back, undo restores every byte."""

from __future__ import annotations

import contextlib
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddd_lab.files.documents.document import Document, same_model
from ddd_lab.files.edit.design_workspace import DesignWorkspace
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.live.flow import Flow
from tests.files.flow_texts import TRAPS, WORDS, flow_texts
from tests.files.projects import FLOW_PATH, flow_of, small_project
from tests.profiles import tries

VALUES = [
    *TRAPS, *WORDS, "", " edge ", "two\nlines\n", "tab\there", 0, 30, -1.5, True, None,
    [], {}, ["a", {"b": [1]}], {"x": 1, "y": {"z": "deep"}},
]  # fmt: skip


def some_edit(flow: Flow, chance: random.Random) -> None:
    """One edit that the API offers; refusals are part of the game."""
    ids = list(flow.nodes)
    trigger = flow.trigger
    any_id = chance.choice([*ids, *([trigger.id] if trigger else [])] or ["none"])
    value = chance.choice(VALUES)
    edits: list[Callable[[], object]] = [
        lambda: setattr(flow.nodes[any_id], "label", chance.choice([*WORDS, *TRAPS, None])),
        lambda: setattr(flow.nodes[any_id], "position", (chance.randint(0, 900), 12.25)),
        lambda: flow.nodes[any_id].spec.__setitem__(chance.choice(["a", "b", "new key"]), value),
        lambda: flow.nodes[any_id].spec.pop(chance.choice(["a", "b", "tags", "steps", "policy"])),
        lambda: flow.nodes[any_id].spec["steps"].append(value),
        lambda: flow.nodes[any_id].spec["policy"]["retry"].__setitem__("max_attempts", 9),
        lambda: flow.nodes[any_id].spec["tags"].__setitem__(0, value),
        lambda: flow.nodes[any_id].extra.__setitem__("log", {"level": "debug"}),
        lambda: flow.add_node("process", label=chance.choice(WORDS), position=(1, 2)),
        lambda: flow.connect(any_id, chance.choice(ids or ["none"])),
        lambda: flow.connect(any_id, chance.choice(ids or ["none"]), label="why"),
        lambda: flow.disconnect(any_id),
        lambda: flow.remove_node(any_id),
        lambda: flow.rename_node(any_id, f"renamed_{chance.randint(0, 3)}"),
        lambda: setattr(flow, "description", str(value)),
        lambda: flow.set(("shared", "note"), value),
    ]
    with contextlib.suppress(EditError, KeyError, TypeError, AttributeError):
        chance.choice(edits)()


@pytest.fixture(scope="module", autouse=True)
def quick_disk() -> object:
    """Nothing here is about power cuts, and thousands of flushes would take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@settings(max_examples=tries(150, 2000), suppress_health_check=list(HealthCheck))
@given(text=flow_texts(), seed=st.integers(0, 2**32))
def test_random_edits_read_back_and_undo_to_the_starting_bytes(
    tmp_path_factory: pytest.TempPathFactory, text: str, seed: int
) -> None:
    root = tmp_path_factory.getbasetemp() / "random-edits"
    start = text.encode()
    small_project(root, start)
    workspace = DesignWorkspace(root)
    flow = flow_of(workspace)
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 8)):
        some_edit(flow, chance)
        if chance.random() < 0.6:
            before = flow.data
            workspace.save()
            again = Document(FLOW_PATH)
            again.load((root / FLOW_PATH).read_bytes())
            assert again.version is not None
            assert same_model(again.version.model, before)
    while workspace.undo():
        if chance.random() < 0.2:
            workspace.save()
    workspace.save()
    assert (root / FLOW_PATH).read_bytes() == start
    assert sorted(Path(root / FLOW_PATH).parent.iterdir()) == [root / FLOW_PATH]
