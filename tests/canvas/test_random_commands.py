"""Any edits in any order: undone they leave every byte as it was, redone as it became."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ddd_lab
from ddd_lab.canvas.session.dispatch import dispatch
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.project import Project
from tests.canvas.random_commands import EDITS, READ_ONLY, arguments, place
from tests.canvas.shop import write_shop
from tests.profiles import tries

TEAM = """\
# Who answers what.
flow: {id: team, name: Team, type: agent, domain: support}
trigger: {type: http, method: POST, path: /team}
nodes:
  - id: lead
    type: orchestrator
    position: {x: 300, y: 100}
    spec:
      strategy: supervisor
      agents: [{id: helper, flow: support/answer-customer, priority: 1}]
      result_merge: {strategy: last_wins}
    connections: {routed: router, failed: done}
  - id: router
    type: smart_router
    spec:
      rules: [{id: money, condition: $.about == 'money', route: pass_on, priority: 1}]
      fallback_chain: [done]
    connections: {money: pass_on, fallback: done}
  - id: pass_on
    type: handoff
    spec: {mode: transfer, target: {flow: answer-customer, domain: support}}
    connections: {done: done}
  - {id: done, type: terminal, spec: {status: 200}}
"""
BOXES = """\
flow: {id: boxes, name: Boxes, type: traditional, domain: orders}
trigger: {type: event, event: order.cancelled}
nodes:
  - id: each   # parcel
    type: loop
    label: Each parcel
    position: {x: 300, y: 100}
    spec: {collection: $.parcels, iterator: parcel}
    connections:
    - {targetNodeId: weigh, sourceHandle: body, label: one by one, data: [parcel, order]}
    - {targetNodeId: done, sourceHandle: done, behavior: continue}
  - id: weigh
    type: process
    parentId: each
    position: {x: 40, y: 60}
    spec: {description: Weighs it, tags: [scale, "it's"]}
  - id: done
    type: terminal
    position: {x: 900, y: 100}
    spec: {outcome: ok}
    connections: []
metadata: {notes: [{text: "Mind the scale", x: 40, y: 400}]}
"""
MORE = {
    "specs/domains/orders/flows/boxes.yaml": BOXES,
    "specs/domains/support/flows/team.yaml": TEAM,
    "specs/schemas/order.yaml": "schema:\n  name: Order\n  fields:\n    id: {type: uuid}  # key\n",
    "specs/shared/errors.yaml": "errors:\n  NOT_FOUND: {http_status: 404, message: Not there}\n",
}


@pytest.fixture(scope="module", autouse=True)
def quick_disk() -> Iterator[None]:
    """Nothing here is about power cuts, and so many flushes would take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


def files(root: Path) -> dict[str, bytes]:
    """Every file of a project."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.parent.name not in ("locks", "journal", "memory")
    }


class Session:
    """A canvas of a project, and somebody who gives it commands."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.project = Project(root, watch=False)
        self.session = CanvasSession(self.project.workbench, "orders/place-order", lambda _: None)
        self.give("hello", version=ddd_lab.__version__)

    def give(self, op: str, **args: Any) -> bool:
        """Give a command; returns whether it was carried out."""
        reply = dispatch(self.session, {"id": 1, "op": op, "args": args})
        assert reply is not None
        assert reply.error is None or "mistake in DDD Lab" not in reply.error.message, reply
        return reply.ok

    def state(self) -> tuple[object, ...]:
        """Which version every file has, and where the history stands."""
        versions = {path: id(doc.version) for path, doc in self.project.workbench.documents.items()}
        history = self.project.workbench.history
        return {
            k: v for k, v in versions.items() if self.project.workbench.exists(k)
        }, history.undo_label

    def edit(self, op: str, chance: random.Random) -> bool:
        """Try an edit; one that is refused must change nothing. Returns whether it did."""
        self.give("go", at=place(self.session, chance, op))
        before = self.state()
        if not self.give(op, **arguments(self.session, op, chance)):
            assert self.state() == before, f"{op} was refused, but changed something"
            return False
        return self.state() != before

    def saved(self) -> dict[str, bytes]:
        """Every file after saving."""
        reply = dispatch(self.session, {"id": 2, "op": "save"})
        assert reply is not None
        assert reply.ok, reply.error
        return files(self.root)

    def travel(self, way: str) -> None:
        """Undo or redo as far as it goes."""
        label = "redo_label" if way == "redo" else "undo_label"
        while getattr(self.project.workbench.history, label):
            assert self.give(way)

    def close(self) -> None:
        self.session.close()
        self.project.close()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_shop(tmp_path_factory.mktemp("any") / "shop", **MORE)


@settings(max_examples=tries(50, 500), suppress_health_check=list(HealthCheck))
@given(
    commands=st.lists(
        st.tuples(st.sampled_from(EDITS), st.integers(0, 2**32)), min_size=1, max_size=8
    ),
    saves=st.integers(0, 2**32),
)
def test_any_edits_are_undone_and_redone_to_the_byte(
    shop: Path, commands: list[tuple[str, int]], saves: int
) -> None:
    root = shop.with_name("tried")
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(shop, root)
    start = files(root)
    session = Session(root)
    now_and_then = random.Random(saves)
    for op, seed in commands:
        session.edit(op, random.Random(seed))
        if now_and_then.random() < 0.2:
            session.saved()
    end = session.saved()

    session.travel("undo")
    assert session.saved() == start

    session.travel("redo")
    assert session.saved() == end
    session.close()


@settings(max_examples=tries(40, 1000), suppress_health_check=list(HealthCheck))
@given(op=st.sampled_from(sorted(READ_ONLY)), seed=st.integers(0, 2**32))
def test_looking_changes_nothing(shop: Path, op: str, seed: int) -> None:
    session = Session(shop)
    before = session.state()
    session.give(op, **arguments(session.session, op, random.Random(seed)))
    assert session.state() == before
    assert session.project.dirty == set()
    session.close()


@pytest.mark.parametrize("op", EDITS)
def test_every_edit_is_one_that_the_arguments_here_can_make(shop: Path, op: str) -> None:
    """A new operation that never changes anything needs arguments that suit it."""
    chance = random.Random(op)
    for _ in range(200):
        session = Session(shop)
        changed = session.edit(op, chance)
        session.close()
        if changed:
            return
    pytest.fail(f"{op} changed nothing: is it read-only, or does it need arguments of its own?")
