"""A flow starts somewhere, every path ends somewhere, and nothing is left lying about."""

from __future__ import annotations

import pytest

from ddd_lab.spec.models.flow import FlowData
from tests.checks.builders import (
    ask,
    design,
    end,
    findings,
    fine,
    flow,
    node,
    quiet,
    shows,
    trigger,
)

HERE = "orders/place-order"


def test_a_flow_that_nothing_starts_is_an_error() -> None:
    lone = flow(node("charge", to="end"), end(), start=None)
    shows("graph.no-trigger", design(lone), at=HERE, path=("trigger",), says="Add a trigger")
    quiet("graph.no-trigger", design(fine()))


def test_a_flow_that_another_one_calls_needs_no_trigger() -> None:
    called = flow(node("charge", to="end"), end(), start=None)
    agent = node("boss", "orchestrator", {"resolved": "end"}, agents=[{"id": "a", "flow": "pay"}])
    for caller in (
        node("pay", "sub_flow", "end", flow_ref="orders/pay"),
        node("pay", "handoff", {"complete": "end"}, target={"flow": "pay", "domain": "orders"}),
        agent,
    ):
        pair = {HERE: flow(caller, end()), "orders/pay": called}
        quiet("graph.no-trigger", design(pair))


def test_a_trigger_beside_the_nodes_counts() -> None:
    beside = flow(end(), start=None, extra={"trigger": {"type": "http"}})
    quiet("graph.no-trigger", design(beside))


def test_a_second_trigger_is_an_error() -> None:
    second = node("later", "trigger", "end", type="cron", schedule="0 2 * * *")
    twice = flow(second, end(), start=trigger("end"))
    shows("graph.second-trigger", twice, at=f"{HERE}#later", path=("type",), says="in that trigger")
    quiet("graph.second-trigger", fine(), flow(end(), start=None))


def test_a_flow_without_a_terminal_is_an_error() -> None:
    endless = flow(node("charge"))
    shows("graph.no-terminal", endless, at=HERE, path=("nodes",), says="Add a terminal")
    transfer = node("over", "handoff", mode="transfer", target={"flow": "billing"})
    missing = flow(node("charge", to="not_there_yet"))
    quiet("graph.no-terminal", fine(), flow(transfer), missing)


def test_a_connection_to_a_missing_node_names_the_one_that_was_meant() -> None:
    broken = flow(node("charge", to="ends"), end())
    at = f"{HERE}#charge"
    says = "Did you mean “end”?"
    shows("graph.dangling", broken, at=at, path=("connections", "next"), says=says)
    quiet("graph.dangling", fine())


def test_a_node_that_nothing_leads_to_is_unreachable() -> None:
    lost = flow(node("charge", to="end"), node("lost", to="end"), end())
    shows("graph.unreachable", lost, at=f"{HERE}#lost", path=(), says="Connect an earlier step")
    quiet("graph.unreachable", fine(), flow(node("charge"), start=None))


def _chain(start: str, middle: str) -> FlowData:
    """Three steps and a terminal, in which the first two connections may be misspelt."""
    alpha, charlie = node("alpha", to=middle), node("charlie", to="end")
    return flow(alpha, node("bravo", to="charlie"), charlie, end(), start=trigger(start))


@pytest.mark.parametrize(
    ("wrong", "where", "follows"),
    [
        (_chain("alhpa", "bravo"), "trigger", "“alpha” and 3 nodes after it"),
        (_chain("alpha", "brvao"), "alpha", "“bravo” and 2 nodes after it"),
        (_chain("alpha", "check_stock"), "alpha", "“bravo” and 2 nodes after it"),
        (flow(ask("big", "endd", "end"), end()), "big", ""),
        (flow(ask("big", "ende", "done"), end(), end("done")), "big", "“end”"),
    ],
)
def test_what_a_misspelt_target_cuts_off_is_said_with_it(
    wrong: FlowData, where: str, follows: str
) -> None:
    (found,) = findings(wrong)
    assert (found.rule, found.place.node) == ("graph.dangling", where)
    assert found.severity == ("error" if follows else "warning")
    assert found.message.endswith(f" Until then {follows} cannot be reached.") == bool(follows)


def test_each_misspelt_target_answers_for_what_it_cuts_off() -> None:
    found = findings(_chain("alhpa", "brvao"))
    assert [(one.rule, one.place.node) for one in found] == [
        ("graph.dangling", "trigger"),
        ("graph.dangling", "alpha"),
    ]


def test_a_setting_that_names_a_missing_node_answers_for_what_it_cuts_off() -> None:
    guard = node(
        "guard",
        "guardrail",
        {"pass": "end"},
        position="input",
        checks=[{"type": "pii_detection"}],
        on_block={"connection": "blokced"},
    )
    (found,) = findings(flow(guard, end("blocked"), end()))
    assert (found.rule, found.severity) == ("wiring.unknown-target", "error")
    assert "Until then “blocked” cannot be reached" in found.message


def test_of_unreachable_nodes_in_a_row_only_the_first_is_reported() -> None:
    row = flow(
        node("charge", to="end"), end(), node("a", to="b"), node("b", to="c"), ask("c", "b", "end")
    )
    shows("graph.unreachable", row, at=f"{HERE}#a", path=(), says="“a” and 2 nodes after it.")
    ring = flow(node("charge", to="end"), end(), node("b", to="c"), ask("c", "b", "end"))
    shows("graph.unreachable", ring, at=f"{HERE}#b", path=(), says="“b” and 1 node after it.")


def test_a_node_without_an_id_of_its_own_is_reported_for_that_only() -> None:
    twice = flow(
        node("charge", to="end"),
        end(),
        node("charge~2", to="end").model_copy(update={"declared_id": "charge"}),
    )
    assert [one.rule for one in findings(twice)] == ["names.duplicate-id"]


def test_what_settings_lead_to_is_reached() -> None:
    guard = node("guard", "guardrail", {"pass": "end"}, on_block={"connection": "blocked"})
    boss = node("boss", "orchestrator", {"resolved": "end"}, routing={"primary": "desk"})
    desk = node("desk", "smart_router", rules=[{"id": "r", "route": "person"}])
    person = node("person", "human_gate", {"approve": "end"})
    looped = node("each", "loop", {"done": "end"}, body_start="step")
    quiet(
        "graph.unreachable",
        flow(guard, end("blocked"), end()),
        flow(boss, desk, person, end()),
        flow(looped, node("step"), end()),
    )


def test_declarations_need_no_line() -> None:
    quiet(
        "graph.unreachable",
        flow(
            node("charge", to="end"),
            end(),
            node("remembers", "memory", stores=[]),
            node("team", "agent_group", members=[]),
            node("to_billing", "handoff", mode="consult", target={"flow": "billing"}),
        ),
    )


def test_a_part_of_a_container_is_reached_with_it() -> None:
    part = node("step").model_copy(update={"parent": "each"})
    inside = flow(node("each", "loop", {"done": "end"}), part, end())
    quiet("graph.unreachable", inside)
    quiet("graph.dead-end", inside)


def test_a_path_that_stops_is_a_dead_end_where_it_stops() -> None:
    stops = flow(ask("big", "charge", "end"), node("charge", to="wait"), node("wait"), end())
    path = ("connections",)
    shows("graph.dead-end", stops, at=f"{HERE}#wait", path=path, says="or to a terminal")
    quiet("graph.dead-end", fine(), flow(node("charge", to="missing"), end()))


def test_the_end_of_a_body_or_branch_goes_back_by_itself() -> None:
    loop = node("each", "loop", {"body": "step", "done": "end"}, collection="$.items")
    fork = node("fork", "parallel", {"branch-0": "a", "branch-1": "b", "done": "end"})
    quiet(
        "graph.dead-end",
        flow(loop, node("step", to="then"), node("then"), end()),
        flow(fork, node("a", to="more"), node("more"), node("b"), end()),
    )


def test_a_body_step_that_is_also_on_the_main_path_must_go_on() -> None:
    loop = node("each", "loop", {"body": "step", "done": "step"}, collection="$.items")
    stops = flow(loop, node("step"), end())
    path = ("connections",)
    shows("graph.dead-end", stops, at=f"{HERE}#step", path=path, says="Connect it")


def test_a_consulting_handoff_that_says_where_to_return_may_stop() -> None:
    consult = node("ask_them", "handoff", mode="consult", on_complete={"return_to": "source_agent"})
    quiet("graph.dead-end", flow(ask("big", "ask_them", "end"), consult, end()))


def test_a_group_of_agents_is_a_place_to_arrive_at_in_the_guides_format() -> None:
    team = flow(node("team", "agent_group", members=[{"flow": "a"}, {"flow": "b"}]))
    quiet("graph.dead-end", team)
    later = team.model_copy(update={"vocabulary": "handles"})
    path = ("connections",)
    shows("graph.dead-end", later, at=f"{HERE}#team", path=path, says="Connect it")


def test_a_terminal_leads_nowhere() -> None:
    leads_on = flow(node("end", "terminal", "charge", status=200), node("charge", to="end"))
    path = ("connections", "next")
    shows("graph.from-terminal", leads_on, at=f"{HERE}#end", path=path, says="Remove the")
    quiet("graph.from-terminal", fine())


def test_nothing_leads_into_a_trigger() -> None:
    back = flow(ask("again", "trigger", "end"), end())
    path = ("connections", "true")
    shows("graph.into-trigger", back, at=f"{HERE}#again", path=path, says="sub-flow")
    quiet("graph.into-trigger", fine())


def test_the_same_connection_twice_is_a_warning() -> None:
    twice = flow(node("charge", to={"next": ["end", "end"]}), end())
    path = ("connections", "next")
    shows("graph.duplicate-edge", twice, at=f"{HERE}#charge", path=path, says="Remove one")
    two_ways = flow(ask("big", "end", "end"), end())
    both = flow(node("charge", to={"next": ["end", "other"]}), end(), end("other"))
    quiet("graph.duplicate-edge", two_ways, both)


def test_a_step_that_leads_to_itself_is_a_warning() -> None:
    again = flow(ask("big", "big", "end"), end())
    path = ("connections", "true")
    shows("graph.self-loop", again, at=f"{HERE}#big", path=path, says="Use a loop")
    call = node("call", "service_call", {"success": "end", "failure": "call"}, url="/x")
    gate = node("gate", "human_gate", {"approve": "end", "defer": "gate"})
    quiet("graph.self-loop", flow(call, end()), flow(gate, end()))


def test_a_loop_without_a_way_out_is_an_error() -> None:
    ring = (node("ask_again", to="wait"), node("wait", to="ask_again"))
    endless = flow(ask("big", "ask_again", "end"), *ring, end())
    path = ("connections",)
    shows("graph.endless-loop", endless, at=f"{HERE}#ask_again", path=path, says="a step outside")
    quiet("graph.unconditional-loop", endless)


def _repair(back: str) -> FlowData:
    return flow(
        node("try_it", to="check"), ask("check", "end", back), node("mend", to="try_it"), end()
    )


def test_a_repair_loop_with_a_decision_is_fine() -> None:
    quiet("graph.endless-loop", _repair("mend"), _repair("try_it"))
    quiet("graph.unconditional-loop", _repair("mend"))


def test_the_body_of_a_loop_may_go_back_to_it() -> None:
    loop = node("each", "loop", {"body": "step", "done": "end"}, collection="$.items")
    back = flow(loop, node("step", to="each"), end())
    quiet("graph.endless-loop", back)
    quiet("graph.unconditional-loop", back)


def test_a_loop_that_only_a_failure_ends_is_a_warning() -> None:
    first = node("read", "data_store", {"success": "write", "failure": "end"}, model="Order")
    then = node("write", "data_store", {"success": "read", "failure": "end"}, model="Order")
    path = ("connections",)
    forever = flow(first, then, end())
    shows("graph.unconditional-loop", forever, at=f"{HERE}#read", path=path, says="Add a decision")


def test_trying_again_after_a_failure_is_fine() -> None:
    call = node("call", "service_call", {"success": "end", "failure": "wait"}, url="/x")
    retry = flow(call, node("wait", "delay", "call", min_ms=100), end())
    quiet("graph.unconditional-loop", retry)


def test_attempts_after_a_failure_are_counted_by_somebody() -> None:
    rule = "graph.uncounted-retry"
    call = node("call", "service_call", {"success": "end", "failure": "wait"}, method="GET")
    wait = node("wait", "delay", "call", min_ms=100)
    path = ("connections", "failure")
    says = "Set retry with max_attempts"
    shows(rule, flow(call, wait, end()), at="orders/place-order#call", path=path, says=says)
    again = node("call", "service_call", {"success": "end", "failure": "call"}, method="GET")
    shows(rule, flow(again, end()), at="orders/place-order#call", path=path, says=says)
    counted = node("call", "service_call", {"success": "end", "failure": "again"}, method="GET")
    quiet(rule, flow(counted, ask("again", "call", "end"), end()))
