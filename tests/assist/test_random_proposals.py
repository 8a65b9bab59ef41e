"""Random lists of edits, random choices, random edits meanwhile: whole items, one undo step."""

from __future__ import annotations

import contextlib
import os
import random
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.assist.proposals.edits import edit_of
from ddd_lab.assist.proposals.proposal import Proposal
from ddd_lab.spec.edit.nodes import EditError, add_node, remove_nodes, set_value
from ddd_lab.spec.edit.rename import rename_node
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.workbench import Workbench
from tests.assist.proposing import files
from tests.canvas.shop import write_shop
from tests.profiles import tries

FLOWS = ("orders/place-order", "orders/track-order", "billing/charge-card", "orders/new-one")
NEW = ("n1", "n2", "n3")
TYPES = ("process", "terminal", "decision", "data_store", "router", "nonsense")
DOMAINS = ("orders", "billing", "support", "fresh")


@pytest.fixture(scope="module", autouse=True)
def quick_disk() -> object:
    """Nothing here is about power cuts, and thousands of flushes would take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


def some_edit(workbench: Workbench, chance: random.Random) -> dict[str, Any]:
    """An edit as a model might write it, often one that cannot be made."""
    flow = chance.choice(FLOWS)
    data = workbench.design.flows.get(flow)
    ids = [*(data.by_id if data is not None else ()), *NEW]
    node, other = chance.choice(ids), chance.choice(ids)
    new = chance.choice(NEW)
    at = {"flow": flow}
    edits: list[dict[str, Any]] = [
        {"op": "add_node", **at, "node": new, "type": chance.choice(TYPES), "label": "New"},
        {"op": "add_node", **at, "node": new, "type": "process"},
        {"op": "change_node", **at, "node": node, "label": chance.choice("ABC")},
        {"op": "change_node", **at, "node": node, "settings": {"x": chance.randint(0, 2)}},
        {"op": "change_node", **at, "node": node, "type": chance.choice(TYPES)},
        {"op": "connect", **at, "source": node, "target": new},
        {"op": "connect", **at, "source": new, "target": other, "settings": {"label": "so"}},
        {"op": "disconnect", **at, "source": node},
        {"op": "disconnect", **at, "source": node, "target": other},
        {"op": "change_connection", **at, "source": node, "target": other, "new_target": new},
        {"op": "delete_node", **at, "node": node},
        {"op": "rename_node", **at, "node": node, "to": chance.choice((new, "other"))},
        {"op": "add_note", **at, "text": "Look"},
        {"op": "change_flow", **at, "description": chance.choice("AB"), "settings": {"k": 1}},
        {"op": "new_flow", "domain": chance.choice(DOMAINS), "name": "New one"},
        {"op": "rename_flow", **at, "name": "Other name"},
        {"op": "move_flow", **at, "domain": chance.choice(DOMAINS)},
        {"op": "delete_flow", **at},
        {"op": "new_domain", "name": "Fresh"},
        {"op": "rename_domain", "domain": chance.choice(DOMAINS), "name": "Renamed"},
        {"op": "wire_event", "event": "a.b", "source": "orders", "target": "support"},
        {"op": "set_error_code", "code": chance.choice("AB"), "http_status": 404, "message": "x"},
        {"op": "set_schema", "schema_name": "Order", "settings": {"fields": {"id": "uuid"}}},
    ]
    return chance.choice(edits)


def own_edit(workbench: Workbench, chance: random.Random) -> None:
    """Something that a person does meanwhile."""
    key = chance.choice(list(workbench.design.flow_keys))
    flow = workbench.flow_data(key)
    id = chance.choice(list(flow.by_id))
    acts = [
        lambda: workbench.edit_flow(key, lambda f: set_value(f, id, ("label",), "Mine"), "mine"),
        lambda: workbench.edit_flow(key, lambda f: set_value(f, id, ("spec", "x"), 7), "mine"),
        lambda: workbench.edit_flow(key, lambda f: remove_nodes(f, [id]), "mine"),
        lambda: workbench.edit_flow(key, lambda f: rename_node(f, id, "mine"), "mine"),
        lambda: workbench.edit_flow(key, lambda f: add_node(f, "process", id="n1")[0], "mine"),
        lambda: workbench.rename_flow(key, "My name"),
        lambda: workbench.delete_flow(key),
        lambda: workbench.add_domain("Fresh"),
        workbench.undo,
    ]
    with contextlib.suppress(EditError):
        chance.choice(acts)()


def meaning(workbench: Workbench) -> dict[str, Any]:
    """What every file says now, but for the time at which a flow was made."""
    return {
        path: model.model_copy(update={"metadata": {}}) if isinstance(model, FlowData) else model
        for path in sorted(workbench.documents)
        if (model := workbench.model(path)) is not None
    }


def test_items_are_whole_and_one_undo_step_restores_every_byte(tmp_path: Path) -> None:
    workbench = Workbench(write_shop(tmp_path / "shop"), watch=False)
    start = files(workbench.root)
    took = 0
    for seed in range(tries(1000, 20_000)):
        chance = random.Random(seed)
        edits = [edit_of(some_edit(workbench, chance)) for _ in range(chance.randint(1, 9))]
        at = chance.choice(("", *FLOWS))
        one = Proposal.of(workbench, edits, at, complete=chance.random() < 0.05)
        for _ in range(chance.randint(0, 2)):
            own_edit(workbench, chance)
        kept = meaning(workbench)
        steps = len(workbench.history)
        ids = [item.id for item in one.items if chance.random() < 0.6]
        applied = one.apply(ids)
        took += len(applied.done)

        # Every chosen item is done as a whole, or refused with the reason.
        done = {item.id for item in applied.done}
        refused = {refusal.item.id for refusal in applied.refused}
        assert not done & refused
        assert set(ids) <= done | refused
        assert all(item.needs <= done for item in applied.done)
        assert all(refusal.why for refusal in applied.refused)
        assert len(workbench.history) == steps + bool(done)
        after = meaning(workbench)
        if chance.random() < 0.1:
            workbench.save()
        if done:
            workbench.undo()
        assert meaning(workbench) == kept
        # Nothing is left of what was refused: the others alone make the same design.
        if chance.random() < 0.2:
            with one.rebase().tried(done) as again:
                assert meaning(again) == after
        while workbench.undo():
            pass
        if files(workbench.root) != start or workbench.dirty:
            workbench.save()
        assert files(workbench.root) == start
    assert took > 300
