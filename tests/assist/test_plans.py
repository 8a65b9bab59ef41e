"""Plans: Markdown that people read and edit, with marks that only the lab's steps change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.assist.plans.plan import Plan, Step
from ddd_lab.assist.plans.plan_files import new_path, plans, read_plan, write_plan
from ddd_lab.files.disk.storage import ChangedOnDiskError

BEGUN = Plan.begin("A shop for tea", "People order tea.\nIt comes by post.")


def test_a_new_plan_says_what_is_wanted_and_has_nothing_done() -> None:
    assert BEGUN.title == "A shop for tea"
    assert BEGUN.wanted == "People order tea.\nIt comes by post."
    assert (BEGUN.stage, BEGUN.steps) == ("understanding", [])


def test_steps_keep_their_marks_with_reasons() -> None:
    plan = BEGUN.with_steps([Step("Draw `orders/place-order`"), Step("Draw `orders/refund`")])
    plan = plan.marked("orders/place-order", "done")
    plan = plan.marked("orders/refund", "dropped", "not (yet) wanted")
    assert [(step.key, step.mark, step.reason) for step in plan.steps] == [
        ("orders/place-order", "done", ""),
        ("orders/refund", "dropped", "not [yet] wanted"),
    ]
    assert "- [x] Draw `orders/place-order`\n- [-] Draw `orders/refund` (not [yet]" in plan.text


def test_what_somebody_wrote_between_stays_and_no_step_is_listed_twice() -> None:
    plan = BEGUN.with_steps([Step("Draw `a/b`", "done")])
    edited = Plan(plan.text.replace("## Steps\n", "## Steps\n\nAsk Ann first.\n") + "\nThe end.\n")
    again = edited.with_steps([Step("Draw `a/b`"), Step("Draw `a/c`")]).at_stage("flows")
    assert [(step.key, step.mark) for step in again.steps] == [("a/b", "done"), ("a/c", "open")]
    assert "Ask Ann first." in again.text
    assert again.text.endswith("The end.\n")
    assert again.stage == "flows"


def test_a_step_that_is_not_there_is_said() -> None:
    with pytest.raises(KeyError, match="no step 'a/z'"):
        BEGUN.marked("a/z", "done")


@given(st.text(max_size=400))
def test_any_text_can_be_read_as_a_plan_and_taken_on(text: str) -> None:
    plan = (
        Plan(text).with_steps([Step("Draw `x/y`")]).marked("x/y", "working").at_stage("structure")
    )
    assert plan.stage == "structure"
    assert any(step.key == "x/y" and step.mark == "working" for step in plan.steps)


def test_a_plan_is_kept_as_a_file_and_a_persons_edit_is_never_overwritten(tmp_path: Path) -> None:
    path = new_path(tmp_path, "A shop for tea", date(2026, 12, 1))
    assert path == ".ddd/plans/2026-12-01-a-shop-for-tea.md"
    write_plan(tmp_path, path, BEGUN, None)
    assert new_path(tmp_path, "A shop for tea!", date(2026, 12, 1)).endswith("tea-2.md")
    assert dict(plans(tmp_path)) == {path: BEGUN}
    (tmp_path / path).write_text(BEGUN.text + "\nMine.\n", "utf-8")
    with pytest.raises(ChangedOnDiskError):
        write_plan(tmp_path, path, BEGUN.at_stage("flows"), BEGUN)
    assert read_plan(tmp_path, path).text.endswith("Mine.\n")
