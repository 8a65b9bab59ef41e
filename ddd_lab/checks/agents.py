"""Whether agents exist, can finish, and have their guardrails in the right position."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._graph import reachable, reverse
from ddd_lab.checks._registry import Violation, flow_rule
from ddd_lab.checks._values import entries, mapping
from ddd_lab.spec.local_refs import settings


@flow_rule("agents.guardrail-order", "warning", "A guardrail in the wrong position")
def guardrail_order(view: FlowView) -> Iterator[Violation]:
    """An input guardrail must come before the agent and an output guardrail after it.

    A guardrail between two agents may be either.
    """
    guards = view.of(("guardrail",))
    if not guards:
        return
    agents = view.having("agent")
    behind = reachable(view.adjacency, agents)
    before = reachable(reverse(view.adjacency), agents)
    for number in guards:
        position = mapping(view.nodes[number].spec).get("position")
        if position == "input" and behind[number] and not before[number]:
            where, move = "input, but it comes after the agent", "“output”, or move it before"
        elif position == "output" and before[number] and not behind[number]:
            where, move = "output, but it comes before the agent", "“input”, or move it after"
        else:
            continue
        yield Violation(
            view.at(number, "spec", "position"),
            f"“{view.called(number)}” guards the {where}. Set its position to {move} the agent.",
        )


@flow_rule("agents.no-agent", "warning", "An agent flow without an agent")
def no_agent(view: FlowView) -> Iterator[Violation]:
    """An agent flow needs an agent loop, an agent group, an orchestrator or a router.

    Without any of them it is a traditional flow.
    """
    if not view.flow.is_agent or "agent_group" in view.flow.extra or not view.nodes:
        return
    if not view.having("carries") and all(view.types):
        yield Violation(
            view.at_top("flow", "type"),
            "This agent flow has no agent. Add an agent loop or an orchestrator, or set its type "
            "to “traditional”.",
        )


@flow_rule("agents.no-terminal-tool", "warning", "An agent without a terminal tool")
def no_terminal_tool(view: FlowView) -> Iterator[Violation]:
    """An agent loop ends when the agent uses a terminal tool.

    Otherwise it runs until its iterations are used up. Agents without tools, or with stop
    conditions, are not checked.
    """
    for number in view.of(("agent_loop",)):
        spec = settings(mapping(view.nodes[number].spec), view.flow)
        tools = [tool for _, tool, _ in entries(spec.get("tools")) if isinstance(tool, dict)]
        if not tools or spec.get("stop_conditions") or any(map(_is_terminal, tools)):
            continue
        yield Violation(
            view.at(number, "spec", "tools"),
            f"No tool of “{view.called(number)}” is terminal. Set is_terminal on the tool that "
            f"returns the answer.",
        )


def _is_terminal(tool: dict[str, object]) -> bool:
    inner = mapping(tool.get("spec"))
    keys = ("is_terminal", "terminal", "$ref")
    return any(tool.get(key) or inner.get(key) for key in keys)


@flow_rule("agents.unbounded", "warning", "An agent without a limit")
def unbounded(view: FlowView) -> Iterator[Violation]:
    """Nothing limits the number of iterations, and each one costs money.

    Stop conditions are a limit too.
    """
    for number in view.of(("agent_loop",)):
        spec = settings(mapping(view.nodes[number].spec), view.flow)
        # Settings whose block is missing are reported as such; nothing is known of them.
        if "config" in spec and "model" not in spec:
            continue
        if not spec.get("max_iterations") and not spec.get("stop_conditions"):
            yield Violation(
                view.at(number, "spec", "max_iterations"),
                f"Nothing limits the iterations of “{view.called(number)}”. Set max_iterations, "
                f"for example to 10.",
            )


@flow_rule("agents.several-loops", "info", "Several agents in one flow without an orchestrator")
def several_loops(view: FlowView) -> Iterator[Violation]:
    """Agents of one flow share its guardrails and its answer.

    If each agent has its own task, separate flows and an orchestrator are easier to test and
    change. Parallel agents, and agents led by a router, an orchestrator or a group, are not
    reported.
    """
    loops = view.of(("agent_loop",))
    if len(loops) > 1 and not view.having("leads") and "agent_group" not in view.flow.extra:
        yield Violation(
            view.at(loops[1]),
            f"“{view.called(loops[0])}” already works in this flow. Move "
            f"“{view.called(loops[1])}” to its own flow, and add an orchestrator for both.",
        )


@flow_rule("agents.idle-tool", "warning", "A tool that does nothing")
def idle_tool(view: FlowView) -> Iterator[Violation]:
    """The tool has no implementation.

    Terminal tools end the agent's work and need none. If no tool of the agent has one, nothing is
    checked, because the tools are defined elsewhere.
    """
    for number in view.of(("agent_loop",)):
        tools = list(entries(mapping(view.nodes[number].spec).get("tools")))
        if not any(mapping(tool).get("implementation") for _, tool, _ in tools):
            continue
        for name, tool, path in tools:
            fields = mapping(tool)
            if fields and not _is_terminal(fields) and not fields.get("implementation"):
                yield Violation(
                    view.at(number, "spec", "tools", *path, "implementation"),
                    f"The tool “{name}” has no implementation. Add one, or make the tool terminal.",
                )
