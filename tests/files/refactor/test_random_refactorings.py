"""Any sequence of refactorings: undone to the start and redone to the end, to the byte."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ddd_lab.project import Project
from ddd_lab.spec.edit.nodes import EditError
from tests.files.refactor.bakery import bakery, contents, texts
from tests.profiles import tries

NAMES = ("Alpha", "beta two", "Gamma", "take-order", "Orders", "bake bread", "delta")
EVENTS = ("order.placed", "bread.baked", "van.left")

Command = Callable[[Project, random.Random], object]


def _flow(project: Project, dice: random.Random) -> str:
    keys: list[str] = [*project.flows]
    return dice.choice(keys or ["orders/none"])


def _domain(project: Project, dice: random.Random) -> str:
    ids: list[str] = [*project.domains]
    return dice.choice(ids or ["none"])


def _end(project: Project, dice: random.Random) -> str:
    return _flow(project, dice) if dice.random() < 0.5 else _domain(project, dice)


COMMANDS: dict[str, Command] = {
    "rename flow": lambda p, d: p.workbench.rename_flow(_flow(p, d), d.choice(NAMES)),
    "move flow": lambda p, d: p.workbench.move_flow(_flow(p, d), _domain(p, d)),
    "duplicate flow": lambda p, d: p.workbench.duplicate_flow(_flow(p, d)),
    "delete flow": lambda p, d: p.workbench.delete_flow(_flow(p, d)),
    "new flow": lambda p, d: p.new_flow(d.choice(NAMES), _domain(p, d)),
    "template": lambda p, d: p.new_flow(
        "", _domain(p, d), template=d.choice(["approval", "create_record", "event_worker"])
    ),
    "add domain": lambda p, d: p.add_domain(d.choice(NAMES)),
    "rename domain": lambda p, d: p.workbench.rename_domain(_domain(p, d), d.choice(NAMES)),
    "delete domain": lambda p, d: p.workbench.delete_domain(_domain(p, d), with_flows=True),
    "wire": lambda p, d: p.wire_event(
        d.choice(EVENTS), _end(p, d), _end(p, d), add_nodes=d.random() < 0.3
    ),
    "unwire": lambda p, d: p.unwire_event(d.choice(EVENTS), _end(p, d), _end(p, d)),
    "save": lambda p, _: p.save(),
}


@settings(max_examples=tries(25, 500))
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(COMMANDS)), st.integers(0, 9999)), min_size=2, max_size=8
    )
)
def test_any_refactorings_are_undone_to_the_start_and_redone_to_the_end(
    commands: list[tuple[str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = bakery(Path(folder))
        before = contents(root)
        project = Project(root, watch=False)
        start = texts(project)
        steps = 0
        for name, seed in commands:
            known = len(project.workbench.history)
            try:
                COMMANDS[name](project, random.Random(seed))
            except EditError:
                assert len(project.workbench.history) == known, (
                    "a refused operation changed something"
                )
            assert len(project.workbench.history) - known <= 1, f"{name} is more than one step"
            steps += len(project.workbench.history) - known
        end = texts(project)
        project.save()
        saved = contents(root)
        again = Project(root, watch=False)
        assert {path: text for path, text in texts(again).items() if text} == end
        assert not [p for p in again.problems if p.rule.startswith("file.")]
        for _ in range(steps):
            project.undo()
        assert texts(project) == start
        project.save()
        assert contents(root) == before
        while project.redo():
            pass
        assert texts(project) == end
        project.save()
        assert contents(root) == saved
