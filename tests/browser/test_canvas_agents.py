"""Agents and teams, edited through the forms of the spec panel, down to the saved file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.bare import bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.browser.forms import Form
from tests.canvas.shop import ANSWER_CUSTOMER, ANSWER_CUSTOMER_FILE, write_shop

AGENT = "support/answer-customer"
TEAM = "support/team"
TEAM_FILE = "specs/domains/support/flows/team.yaml"
TEAM_TEXT = """\
flow: {id: team, name: Team, type: agent, domain: support}
trigger: {type: http, method: POST, path: /team, connections: {next: router}}
# who does what
nodes:
  - id: router
    type: smart_router
    label: Who knows
    position: {x: 300, y: 60}
    spec:
      rules:
        - {id: refunds, condition: "$.topic == 'refund'", route: lead, priority: 0}
        - {id: orders, condition: "$.topic == 'order'", route: ask, priority: 1}
      policies:
        retry: {max_attempts: 2}
    connections: {lead: lead, ask: ask}
  - id: lead
    type: orchestrator
    label: Lead
    position: {x: 700, y: 20}
    spec:
      strategy: supervisor
      agents:
        - {id: seller, flow: support/answer-customer, priority: 1}   # sells
        - {id: helper, flow: orders/track-order, priority: 2}
    connections: {resolved: done, escalated: gate, error: done}
  - id: ask
    type: handoff
    label: Ask
    position: {x: 700, y: 260}
    spec: {mode: consult, target: {flow: support/answer-customer}}
    connections: {complete: done, failure: done, timeout: done}
  - id: gate
    type: human_gate
    label: A person
    position: {x: 1040, y: 300}
    spec:
      approval_options: [{id: approve, label: Approve}]
    connections: {approve: done, reject: done, timeout: done}
  - id: crew
    type: agent_group
    label: Crew
    position: {x: 300, y: 460}
    spec: {members: [{flow: support/answer-customer}]}
  - {id: done, type: terminal, label: Done, position: {x: 1400, y: 120}, spec: {status: 200}}
"""


@pytest.fixture(scope="module")
def canvas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CanvasPage]:
    root = write_shop(tmp_path_factory.mktemp("agents") / "shop", **{TEAM_FILE: TEAM_TEXT})
    with bare_canvas(browser, root, AGENT) as canvas:
        yield canvas


@pytest.fixture(autouse=True)
def as_it_was(canvas: CanvasPage) -> Iterator[None]:
    yield
    canvas.lab.kernel_eval("while project.undo(): pass")


def form(canvas: CanvasPage, node: str) -> Form:
    canvas.select(node)
    expect(canvas.panel.get_by_role("textbox", name="ID", exact=True)).to_have_value(node)
    return Form(canvas.panel)


def expect_setting(canvas: CanvasPage, node: str, path: str, expected: object) -> None:
    """Wait until a node's settings say something, such as ``['agents'][0]['id']``."""
    found = f"project.flows[{TEAM!r}].data.by_id[{node!r}].spec{path}"
    # Long values are shown in several lines, so they are compared over there.
    canvas.expect_python(f"{found} == {expected!r}", True)


def saved(canvas: CanvasPage, path: str) -> str:
    canvas.save()
    return Path(canvas.lab.root, "shop", path).read_text("utf-8")


@pytest.mark.covers("T09.9", "T09.10", "S03.8")
def test_an_agents_settings_are_edited_where_the_file_keeps_them(canvas: CanvasPage) -> None:
    canvas.go(AGENT, "System Map", "support", "Answer customer")
    agent = form(canvas, "loop")
    expect(canvas.panel.get_by_role("heading", name="Agent loop")).to_be_visible()
    expect(canvas.panel.get_by_text("kept in agent_config").first).to_be_visible()
    expect(agent.field("model")).to_have_value("claude-sonnet-4-5-20250929")
    offered = agent.field("model").evaluate(
        "input => [...document.getElementById(input.getAttribute('list')).options]"
        ".map(option => option.value)"
    )
    assert "claude-sonnet-4-5-20250929" in offered

    agent.fill(model="claude-haiku-4-5", system_prompt="You are brief.\nYou are kind.")
    agent.fill(**{"Rounds at most": "12"})
    agent.ask("temperature").fill(temperature="0.2")
    config = f"project.flows[{AGENT!r}].data.extra['agent_config']"
    wanted = {
        "model": "claude-haiku-4-5",
        "system_prompt": "You are brief.\nYou are kind.",
        "max_iterations": 12,
        "temperature": 0.2,
    }
    canvas.expect_python(f"{config} == {wanted!r}", True)
    text = saved(canvas, ANSWER_CUSTOMER_FILE)
    rest = ANSWER_CUSTOMER[ANSWER_CUSTOMER.index("tools:") :]
    assert text.endswith(rest), "tools, memory, guardrails and nodes keep their bytes"
    assert "  max_iterations: 12\n" in text
    assert "  temperature: 0.2\n" in text


@pytest.mark.covers("T09.11", "T09.12", "S03.9", "S03.10")
def test_tools_and_checks_are_added_moved_and_removed(canvas: CanvasPage) -> None:
    canvas.go(AGENT, "System Map", "support", "Answer customer")
    tools = f"project.flows[{AGENT!r}].data.extra['tools']"
    list_ = form(canvas, "loop").group("tools")
    expect(list_.items).to_have_count(2)
    list_.button("Add item to Tools").click()
    expect(list_.items).to_have_count(3)
    tool = list_.item(2)
    tool.ask("id").fill(id="refund").ask("name").fill(name="refund")
    tool.ask("description").fill(description="Gives money back")
    tool.ask("parameters")
    parameters = tool.group("parameters")
    parameters.button("Add entry…").click()
    canvas.page.keyboard.type("amount")
    canvas.page.keyboard.press("Enter")
    amount = parameters.item(0).ask("type")
    amount.choose(type="number")
    canvas.expect_python(f"{tools}[2]['parameters']", {"amount": {"type": "number"}})

    list_.button("Using refund ends the loop").click()
    canvas.expect_python(f"{tools}[2]['is_terminal']", True)
    expect(list_.items.nth(2)).to_contain_text("ends the loop")
    expect(canvas.port("loop", "refund")).to_be_visible()
    up = list_.button("Move Tools 3 up")
    up.focus()
    canvas.page.keyboard.press("Enter")
    canvas.expect_python(f"[t['id'] for t in {tools}]", ["find_order", "refund", "answer"])
    expect(list_.button("Move Tools 2 up")).to_be_focused()
    list_.button("Remove Tools 2").click()
    canvas.expect_python(f"[t['id'] for t in {tools}]", ["find_order", "answer"])

    checks = form(canvas, "check_in").group("checks")
    checks.button("Add item to Checks").click()
    checks.item(1).ask("type", "action").choose(type="pii_detection", action="mask")
    found = f"project.flows[{AGENT!r}].data.extra['guardrails']['input']"
    canvas.expect_python(f"{found}[1]", {"type": "pii_detection", "action": "mask"})
    expect(checks.items.nth(1)).to_contain_text("pii_detection → mask")
    checks.button("Remove Checks 1").click()
    canvas.expect_python(f"[c['type'] for c in {found}]", ["pii_detection"])
    canvas.button("Undo").click()
    canvas.expect_python(f"[c['type'] for c in {found}]", ["prompt_injection", "pii_detection"])


@pytest.mark.covers("S03.11")
def test_a_gate_has_options_and_a_time_to_wait(canvas: CanvasPage) -> None:
    canvas.go(TEAM, "System Map", "support", "Team")
    gate = form(canvas, "gate")
    options = gate.group("approval_options")
    options.button("Add item to Approval options").click()
    options.item(1).ask("id").fill(id="reject").ask("label").fill(label="Turn it down")
    expect_setting(
        canvas, "gate", "['approval_options'][1]", {"id": "reject", "label": "Turn it down"}
    )
    expect(canvas.port("gate", "reject")).to_be_visible()
    wait = gate.ask("timeout").group("timeout")
    wait.ask("duration").fill(duration="600").ask("action").choose(action="auto_escalate")
    expect_setting(canvas, "gate", "['timeout']", {"duration": 600, "action": "auto_escalate"})


@pytest.mark.covers("T10.6", "T10.7", "S04.2", "S04.3", "S04.4", "S04.5")
def test_an_orchestrator_is_edited_down_to_its_rules(canvas: CanvasPage) -> None:
    canvas.go(TEAM, "System Map", "support", "Team")
    lead = form(canvas, "lead")
    strategies = lead.field("strategy").locator("option")
    expect(strategies).to_have_text(
        ["supervisor", "round_robin", "broadcast", "consensus", "Another value…"]
    )
    lead.choose(strategy="consensus")
    expect_setting(canvas, "lead", "['strategy']", "consensus")

    agents = lead.group("agents")
    agents.button("Add item to Agents").click()
    agents.item(2).ask("id", "flow", "priority").fill(
        id="clerk", flow="orders/place-order", priority="3"
    )
    expect_setting(
        canvas,
        "lead",
        "['agents'][2]",
        {"id": "clerk", "flow": "orders/place-order", "priority": 3},
    )
    agents.item(0).fill(priority="5")
    expect_setting(canvas, "lead", "['agents'][0]['priority']", 5)
    agents.button("Remove Agents 2").click()
    expect_setting(canvas, "lead", "['agents'][1]['id']", "clerk")

    rules = lead.ask("supervision").group("supervision").ask("intervene_on").group("intervene_on")
    rules.button("Add item to Intervene on").click()
    rules.item(0).ask("condition", "threshold", "action").choose(
        condition="confidence_below", action="escalate_to_human"
    ).fill(threshold="0.4")
    rule = {"condition": "confidence_below", "threshold": 0.4, "action": "escalate_to_human"}
    found = "project.flows['support/team'].data.by_id['lead'].spec['supervision']['intervene_on']"
    canvas.expect_python(f"{found} == [{rule!r}]", True)
    expect(rules.items.first).to_contain_text("confidence_below 0.4 → escalate_to_human")
    merge = lead.ask("result_merge").group("result_merge")
    merge.ask("strategy").choose(strategy="best_of")
    expect_setting(canvas, "lead", "['result_merge']", {"strategy": "best_of"})

    text = saved(canvas, TEAM_FILE)
    assert "# who does what" in text
    assert re.search(r"id: seller, .*priority: 5}   # sells", text)
    assert "helper" not in text
    untouched = TEAM_TEXT[TEAM_TEXT.index("  - id: ask") :]
    assert text.endswith(untouched)


@pytest.mark.covers("T10.8", "S04.7", "S04.8", "S04.9", "S04.10")
def test_a_router_has_rules_policies_and_experiments(canvas: CanvasPage) -> None:
    canvas.go(TEAM, "System Map", "support", "Team")
    router = form(canvas, "router")
    rules = router.group("rules")
    expect(rules.items.nth(0)).to_contain_text("0 refunds $.topic == 'refund' → lead")
    rules.button("Move Rules 1 down").click()
    expect_setting(canvas, "router", "['rules'][1]['id']", "refunds")
    rules.button("Add item to Rules").click()
    rules.item(2).ask("id", "condition", "route", "priority").fill(
        id="rest", condition="$.topic != ''", route="lead", priority="2"
    )
    rule = {"id": "rest", "condition": "$.topic != ''", "route": "lead", "priority": 2}
    expect_setting(canvas, "router", "['rules'][2]", rule)
    rules.button("Remove Rules 1").click()
    expect_setting(canvas, "router", "['rules'][0]['id']", "refunds")

    policies = router.group("policies")
    policies.group("retry").fill(max_attempts="4")
    timeout = policies.ask("timeout").group("timeout")
    timeout.ask("per_route").fill(per_route="20")
    breaker = policies.ask("circuit_breaker").group("circuit_breaker")
    breaker.ask("enabled").field("enabled").check()
    breaker.ask("failure_threshold").fill(failure_threshold="3")
    wanted: dict[str, Any] = {
        "retry": {"max_attempts": 4},
        "timeout": {"per_route": 20},
        "circuit_breaker": {"enabled": True, "failure_threshold": 3},
    }
    expect_setting(canvas, "router", "['policies']", wanted)

    trial = router.ask("ab_testing").group("ab_testing").ask("experiments").group("experiments")
    trial.button("Add item to Experiments").click()
    trial.item(0).ask("name", "route", "percentage").fill(name="kind", route="ask", percentage="15")
    expect_setting(canvas, "router", "['ab_testing']['experiments'][0]['percentage']", 15)
    context = router.ask("context_routing").group("context_routing").ask("rules").group("rules")
    context.button("Add item to Rules").click()
    context.item(0).ask("condition", "route", "reason").fill(
        condition="$.visits > 3", route="lead", reason="a regular"
    )
    expect_setting(
        canvas,
        "router",
        "['context_routing']['rules'][0]",
        {"condition": "$.visits > 3", "route": "lead", "reason": "a regular"},
    )


@pytest.mark.covers("T10.9", "S04.12", "S04.13", "S04.15")
def test_a_handoff_and_a_group_say_what_is_shared(canvas: CanvasPage) -> None:
    canvas.go(TEAM, "System Map", "support", "Team")
    ask = form(canvas, "ask")
    ask.choose(mode="collaborate")
    transfer = ask.ask("context_transfer").group("context_transfer").ask("include", "exclude")
    include = transfer.group("include")
    include.button("Add item to Include").click()
    include.item(0).ask("type").choose(type="conversation_summary")
    exclude = transfer.group("exclude")
    exclude.button("Add item to Exclude").click()
    expect(exclude.field("New item of Exclude")).to_be_focused()
    canvas.page.keyboard.type("card_number")
    canvas.page.keyboard.press("Enter")
    expect(exclude.items).to_have_count(1)
    transfer.ask("max_context_tokens").fill(max_context_tokens="1500")
    expect_setting(
        canvas,
        "ask",
        "['context_transfer']",
        {
            "include": [{"type": "conversation_summary"}],
            "exclude": ["card_number"],
            "max_context_tokens": 1500,
        },
    )
    after = ask.ask("on_complete").group("on_complete").ask("return_to", "merge_strategy")
    after.choose(return_to="orchestrator", merge_strategy="summarize")
    expect_setting(
        canvas,
        "ask",
        "['on_complete']",
        {"return_to": "orchestrator", "merge_strategy": "summarize"},
    )
    failure = ask.ask("on_failure").group("on_failure")
    failure.ask("timeout").fill(timeout="90")
    ask.ask("notify_customer").field("notify_customer").check()
    expect_setting(canvas, "ask", "['notify_customer']", True)

    crew = form(canvas, "crew")
    memory = crew.ask("shared_memory").group("shared_memory")
    memory.button("Add item to Shared memory").click()
    memory.item(0).ask("name").fill(name="case").ask("access").choose(access="read_only")
    together = crew.ask("coordination").group("coordination").ask("communication")
    together.choose(communication="blackboard")
    expect_setting(canvas, "crew", "['coordination']", {"communication": "blackboard"})
    expect_setting(canvas, "crew", "['shared_memory']", [{"name": "case", "access": "read_only"}])
