"""Running the rules: one order, nothing done twice, and no rule that can stop the others."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from ddd_lab import checks
from ddd_lab.checks import _registry, _runner
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._registry import Rule, Violation
from ddd_lab.spec.problem import Place
from tests.checks.builders import ask, design, end, fine, flow, node

HERE = "orders/place-order"
WRONG = flow(ask("big", "lost", "charge"), node("charge"), node("never", to="end"), end())


def test_a_good_design_has_no_findings() -> None:
    listed = {"orders": {"name": "orders", "flows": [{"id": "place-order"}]}}
    assert checks.check(design(fine(), domains=listed)) == []


def test_findings_stand_in_the_order_of_flows_and_nodes_and_then_of_files() -> None:
    two = design(
        {"orders/b": WRONG.model_copy(update={"id": "b"}), "orders/a": fine(id="a")},
        domains={"orders": {"flows": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}},
    )
    found = [(finding.place.where, finding.rule) for finding in checks.check(two)]
    assert found == [
        ("orders/b#trigger", "http.duplicate-endpoint"),
        ("orders/b#big", "graph.dangling"),
        ("orders/b#charge", "graph.dead-end"),
        ("orders/a#trigger", "http.duplicate-endpoint"),
        ("specs/domains/orders/domain.yaml", "domains.missing-flow"),
    ]
    assert checks.check(two) == checks.check(two)


def test_the_parts_add_up_to_the_whole() -> None:
    some = design({HERE: WRONG, "orders/pay": fine(id="pay")}, domains={"orders": {}})
    alone = [finding for key, one in some.flows.items() for finding in checks.check_flow(key, one)]
    together = checks.check_design(some)
    assert sorted(map(str, [*alone, *together])) == sorted(map(str, checks.check(some)))


def test_a_flow_may_be_held_against_its_design() -> None:
    caller = flow(node("s", "sub_flow", "end", flow_ref="orders/pay"), end())
    alone = checks.check_flow(HERE, caller)
    held = checks.check_flow(HERE, caller, design(caller))
    assert alone == []
    assert [finding.rule for finding in held] == ["references.unknown-flow"]


def test_what_is_known_of_a_flow_is_kept_until_the_flow_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[str] = []

    def look(view: FlowView) -> Iterator[Violation]:
        looked.append(view.flow.id)
        yield Violation(view.at_top(), "Looked at.")

    rule = Rule("test.look", "info", "Looks", "flow", "")
    monkeypatch.setattr(_runner, "flow_rules", lambda: [(rule, look)])
    first, second = fine(), fine(id="other")
    for _ in range(3):
        checks.check(design({HERE: first, "orders/other": second}))
    assert looked == ["place-order", "other"]
    changed = second.model_copy(update={"name": "Changed"})
    checks.check(design({HERE: first, "orders/other": changed}))
    assert looked == ["place-order", "other", "other"]

    gone = weakref.ref(second)
    del second
    gc.collect()
    assert gone() is None


def test_a_rule_that_fails_says_so_and_the_others_still_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(view: FlowView) -> Iterator[Violation]:
        yield Violation(view.at_top("nodes"), "Found before.")
        raise RuntimeError("the cat sat on it")

    rule = Rule("test.fails", "warning", "Fails", "flow", "")
    others = _registry.flow_rules()
    monkeypatch.setattr(_runner, "flow_rules", lambda: [(rule, fails), *others])
    found = {finding.rule: finding for finding in checks.check_flow(HERE, WRONG.model_copy())}
    assert found["test.fails"].message == "Found before."
    failed = found["internal.rule-failed"]
    assert failed.severity == "error"
    assert failed.place == Place(flow=HERE)
    assert "“test.fails” failed with RuntimeError: the cat sat on it" in failed.message
    assert "graph.dead-end" in found


def test_two_rules_cannot_share_an_id() -> None:
    declared = [*_registry.flow_rules(), *_registry.link_rules(), *_registry.design_rules()]
    assert len({rule.id for rule, _ in declared}) == len(declared)
