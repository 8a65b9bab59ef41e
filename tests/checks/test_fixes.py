"""Quick fixes end what they are for, bring nothing new, and are one step to undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.checks import check
from ddd_lab.checks._quick_fixes import fix_actions_of, fixable_rules
from ddd_lab.checks.fixes import (
    Fix,
    apply_fix,
    fix_all,
    fix_titles,
    fixable,
    fixes_for,
    preview,
)
from ddd_lab.files.documents.locations import problem_of
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.nodes import EditError
from tests.checks.fix_cases import CASES, DOMAIN, FILES, FLOW, INFRASTRUCTURE, LAYOUT, PAY, SYSTEM
from tests.files.projects import changed_lines


def _project(root: Path, *changes: tuple[str, str, str]) -> Workspace:
    files = dict(FILES)
    for path, old, new in changes:
        assert files[path].count(old) == 1, (path, old)
        files[path] = files[path].replace(old, new)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return Workspace(root)


def _rules(workspace: Workspace) -> list[str]:
    return [finding.rule for finding in check(workspace.design)]


def test_the_project_of_these_tests_is_right(tmp_path: Path) -> None:
    assert check(_project(tmp_path).design) == []


@pytest.mark.parametrize(
    ("rule", "changes", "title", "lines"), CASES, ids=[rule for rule, *_ in CASES]
)
def test_a_fix_ends_its_finding_with_the_fewest_changes(
    tmp_path: Path,
    rule: str,
    changes: list[tuple[str, str, str]],
    title: str,
    lines: list[str],
) -> None:
    workspace = _project(tmp_path, *changes)
    finding = next(one for one in check(workspace.design) if one.rule == rule)
    fixes = fixes_for(workspace, finding)
    assert [(fix.title, fix.certain) for fix in fixes] == [(title, True)]
    shown = preview(workspace, fixes[0])
    assert workspace.dirty == set()

    apply_fix(workspace, fixes[0])

    assert _rules(workspace) == []
    (path,) = shown
    after = workspace.documents[path].text()
    assert shown[path][1] == after
    told = changed_lines(shown[path][0], after)
    assert sorted(line for line in lines) == sorted(line for line in told if line in lines), told
    assert workspace.undo() == title
    assert workspace.dirty == set()


def test_every_mend_is_proved() -> None:
    assert {rule for rule, *_ in CASES} | {
        "domains.unlisted",
        "wiring.unhandled",
    } == fixable_rules()


def test_a_domain_with_a_folder_is_listed_by_the_system(tmp_path: Path) -> None:
    _project(tmp_path)
    folder = tmp_path / "specs/domains/billing"
    folder.mkdir()
    (folder / "domain.yaml").write_text("domain: {name: billing, description: Bills}\n", "utf-8")
    workspace = Workspace(tmp_path)
    (fix,) = [fix for fix in fixable(workspace) if fix.rule == "domains.unlisted"]

    apply_fix(workspace, fix)

    assert "domains.unlisted" not in _rules(workspace)
    assert "description: Bills" in workspace.documents[SYSTEM].text()


def test_a_failure_may_lead_to_a_new_terminal_if_somebody_says_so(tmp_path: Path) -> None:
    line = "      - {targetNodeId: lost, sourceHandle: error}\n"
    lost = "  - id: lost\n    type: terminal\n    spec: {outcome: error}\n"
    workspace = _project(tmp_path, (PAY, line, ""), (PAY, lost, ""))
    (fix,) = fixable(workspace)
    assert (fix.rule, fix.certain) == ("wiring.unhandled", False)
    assert fix_all(workspace) == []

    apply_fix(workspace, fix)

    assert _rules(workspace) == []
    made = workspace.design.flows["orders/pay"].by_id["charge-error"]
    assert (made.type, made.position) == ("terminal", None)


@pytest.mark.parametrize(
    "change",
    [
        (FLOW, "event: order.placed,", "event: order.plced,"),
        (PAY, "event: order.placed}", "event: order.paid}"),
        (FLOW, "position: input", "position: inptu"),
        (DOMAIN, "    - id: pay\n      name: Pay\n", "    - id: payment\n      name: Pay\n"),
        (FLOW, "pass: tell", "pass: tel"),
    ],
    ids=["event", "trigger", "word", "listed name", "node"],
)
def test_what_is_only_likely_is_left_to_people(
    tmp_path: Path, change: tuple[str, str, str]
) -> None:
    workspace = _project(tmp_path, change)
    assert _rules(workspace)
    assert fixable(workspace) == []


def test_a_problem_of_a_project_leads_to_its_fixes(tmp_path: Path) -> None:
    workspace = _project(tmp_path, (FLOW, "domain: orders", "domain: order"))
    problems = [problem_of(workspace, finding) for finding in check(workspace.design)]
    assert [fix.title for fix in fixes_for(workspace, problems[0])] == [
        "Set the flow's domain to “orders”"
    ]
    assert fix_titles(workspace, problems) == {problems[0]: ["Set the flow's domain to “orders”"]}
    other = problems[0].model_copy(update={"message": "Something else."})
    assert fixes_for(workspace, other) == []


def test_all_certain_fixes_are_one_step(tmp_path: Path) -> None:
    workspace = _project(
        tmp_path,
        (FLOW, "domain: orders", "domain: order"),
        (
            DOMAIN,
            "      place-order: {x: 0",
            "      a: {x: 5, y: 5}\n      b: {x: 5, y: 5}\n      place-order: {x: 0",
        ),
        (INFRASTRUCTURE, "[db]", "[db, db, db]"),
        (LAYOUT, "    orders:", "    gone: {x: 5, y: 5}\n    orders:"),
    )
    assert len(fix_all(workspace)) == 6
    assert _rules(workspace) == []
    assert len(workspace.history) == 1
    workspace.undo()
    assert workspace.dirty == set()


def test_a_fix_that_no_longer_fits_is_refused(tmp_path: Path) -> None:
    workspace = _project(tmp_path, (FLOW, "domain: orders", "domain: order"))
    (fix,) = fixable(workspace)
    apply_fix(workspace, fix)
    with pytest.raises(EditError, match="no longer applies"):
        apply_fix(workspace, fix)
    assert len(workspace.history) == 1


def test_a_fix_that_would_bring_something_new_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = _project(tmp_path, (FLOW, "domain: orders", "domain: order"))
    (fix,) = fixable(workspace)

    def worse(space: Workspace, finding: Any) -> Any:
        for mend in fix_actions_of(space, finding):
            (path, flow) = next(iter(mend.models.items()))
            yield type(mend)(mend.title, {path: flow.model_copy(update={"id": "else"})})

    monkeypatch.setattr("ddd_lab.checks.fixes.fix_actions_of", worse)
    with pytest.raises(EditError, match=r"would cause “domains\.flow-id”"):
        apply_fix(workspace, fix)
    assert fix_all(workspace) == []
    assert workspace.dirty == set()


@pytest.mark.parametrize("name", ["nexus", "obligo", "todo-app"])
def test_every_fix_that_real_projects_are_offered_holds(
    corpus_copy: Callable[[str], Path], name: str
) -> None:
    workspace = Workspace(corpus_copy(name))
    before = Counter(_rules(workspace))
    fixes: list[Fix] = fixable(workspace)
    assert len(fixes) == {"nexus": 5, "obligo": 0, "todo-app": 0}[name]
    for fix in fixes:
        apply_fix(workspace, fix)
        assert not Counter(_rules(workspace)) - before
        workspace.undo()
        assert workspace.dirty == set()
    done = fix_all(workspace)
    assert not Counter(_rules(workspace)) - before
    assert sum(before.values()) - len(_rules(workspace)) >= len(done)
    assert fixable(workspace) == []
