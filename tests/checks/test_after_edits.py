"""After any edits in any order, what is wrong is what checking everything anew would find."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.checks import IncrementalChecker, check_design
from ddd_lab.problems import ProblemBook
from ddd_lab.project import Project
from ddd_lab.spec.edit.data import set_in
from ddd_lab.spec.edit.nodes import EditError
from tests.canvas.shop import write_shop

ERRORS = "errors:\n  NOT_FOUND: {http_status: 404, message: Not there}\n"
ORDER = "schema:\n  name: Order\n  fields:\n    id: {type: uuid}\n"
MORE = {"specs/shared/errors.yaml": ERRORS, "specs/schemas/order.yaml": ORDER}


def some_edit(project: Project, chance: random.Random) -> None:
    """One edit of those that other flows or files may be judged by; refusals are part of it."""
    key = chance.choice(list(project.flows))
    domain = key.partition("/")[0]
    flow = project.flows[key]
    node = chance.choice(list(flow.nodes.values()))
    event = chance.choice(["order.placed", "payment.failed", "order.lost"])
    call = chance.choice([*project.flows, "billing/nothing"])
    file = f"specs/domains/{domain}/domain.yaml"

    def setting(path: str, *at: str | int) -> Callable[[Any], None]:
        def change(value: Any) -> None:
            project.workbench.edit_data(path, lambda data: set_in(data, at, value), "change")

        return change

    edits: list[Callable[[], object]] = [
        lambda: setattr(node, "label", chance.choice(["One", "Two"])),
        lambda: node.spec.__setitem__("status", chance.choice([200, 404])),
        lambda: node.spec.__setitem__("body", {"code": chance.choice(["NOT_FOUND", "LOST"])}),
        lambda: flow.add_node("event", spec={"direction": "emit", "event_name": event}),
        lambda: flow.add_node("sub_flow", spec={"flow_ref": call, "input_mapping": {"a": "$.b"}}),
        lambda: flow.add_node("data_store", spec={"operation": "read", "model": "Parcel"}),
        lambda: flow.set(("contract",), {"inputs": [{"name": chance.choice("ab")}], "outputs": []}),
        lambda: flow.set(("auth",), chance.choice([True, False])),
        lambda: flow.remove_node(node.id),
        lambda: flow.trigger.spec.__setitem__("event", event) if flow.trigger else None,
        lambda: setting(file, "domain", "publishes_events")([{"event": event}]),
        lambda: setting(file, "domain", "consumes_events")([{"event": event}]),
        lambda: setting("specs/shared/errors.yaml", "errors", "LOST")({"http_status": 410}),
        lambda: setting("specs/schemas/order.yaml", "schema", "name")(chance.choice("PO")),
        lambda: project.new_flow(f"Flow {chance.randint(1, 3)}", domain),
        lambda: project.workbench.delete_flow(key) if len(project.flows) > 3 else None,
        project.undo,
        project.redo,
    ]
    with contextlib.suppress(EditError, KeyError):
        chance.choice(edits)()


@pytest.mark.parametrize("seed", range(12))
def test_problems_are_those_of_a_fresh_look(tmp_path: Path, seed: int) -> None:
    with Project(write_shop(tmp_path, **MORE), watch=False) as project:
        chance = random.Random(seed)
        held = IncrementalChecker(project.design)
        for _ in range(40):
            some_edit(project, chance)
            assert held.problems() == check_design(project.design)
            assert project.problems == ProblemBook(project.workbench).all()
        project.save()
        with Project(project.root, watch=False) as anew:
            assert anew.problems == project.problems


def test_an_edit_that_concerns_nobody_else_leaves_the_other_findings_as_they_were(
    tmp_path: Path,
) -> None:
    with Project(write_shop(tmp_path, **MORE), watch=False) as project:
        before = {id(problem) for problem in project.problems}
        project.flows["orders/place-order"].nodes["in_stock"].label = "Any left?"
        after = [p for p in project.problems if not p.where.startswith("orders/place-order")]
        assert after
        assert all(id(problem) in before for problem in after)
