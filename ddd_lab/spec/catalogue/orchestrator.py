"""Orchestrator: several agents at work under one that leads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ddd_lab.spec.catalogue import _card as card
from ddd_lab.spec.catalogue._base import NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._facts import (
    FALLBACKS,
    Callee,
    EntryNeed,
    Fewest,
    Range,
    Settings,
    Target,
)
from ddd_lab.spec.catalogue._fields import (
    Amount,
    Flag,
    Names,
    Part,
    grouped,
    setting,
    summed,
    words,
)
from ddd_lab.spec.catalogue._summary import count, joined
from ddd_lab.spec.catalogue.llm_call import MODEL
from ddd_lab.spec.catalogue.tool import memory_ranges
from ddd_lab.spec.lenient import first, maps, part

MERGES = ("last_wins", "best_of", "combine", "supervisor_picks")


class ManagedAgent(Part):
    """One agent that is led."""

    model_config = summed("{id}", "{priority} {specialization}", "flow")

    id: str | None = setting("Id of the agent; routes name it.")
    flow: str | None = setting("Its flow: domain/flow, or a flow of this domain.", suggest="flow")
    domain: str | None = setting("Domain of its flow.", suggest="domain")
    specialization: str | None = setting("What it is good at, for the leading model to read.")
    priority: Amount | None = setting("Order of choice, lower first.")
    model_override: str | None = setting("Model to use instead of its own.", suggest="model")


class SharedMemory(Part):
    """Something that all the agents remember together."""

    model_config = summed("{name}", "{type}, {access}")

    name: str | None = setting("Name of the memory.")
    type: str | None = words("What it keeps.", "conversation_history", "vector_store", "key_value")
    access: str | None = words("What agents may do with it.", "read_write", "read_only")
    fields: list[Any] | dict[str, Any] | None = setting("Keys of a key-value memory.")
    load_on_start: Names | None = setting("What is loaded at the start.")
    provider: str | None = setting("Product that keeps it.")
    description: str | None = setting("What it is for.")


class Intervention(Part):
    """When the leader steps in, and what it does then."""

    model_config = summed("{condition} {threshold} {sentiment} → {action}")

    condition: str | None = words(
        "When the leader steps in.",
        *("agent_iterations_exceeded", "confidence_below", "customer_sentiment"),
        *("agent_error", "timeout"),
    )
    threshold: Amount | None = setting("Number that the condition is measured against.")
    sentiment: str | None = setting("Sentiment that the condition looks for.")
    action: str | None = words(
        "What it does.",
        *("reassign", "add_instructions", "escalate_to_human", "retry_with_different_agent"),
    )
    target: str | None = setting("Agent or node that it turns to.", suggest="node")
    instructions_prompt: str | None = setting("Instructions that it adds.")
    max_retries: Amount | None = setting("How many times it tries another agent.")


class Supervision(Part):
    """What the leader watches."""

    monitor_iterations: Flag | Amount | None = setting("Whether rounds are counted.")
    monitor_tool_calls: Flag | None = setting("Whether the use of tools is watched.")
    monitor_confidence: Flag | None = setting("Whether confidence is watched.")
    intervene_on: list[Intervention] | None = setting("When it steps in.")


class Routing(Part):
    """Who decides which agent gets a request."""

    primary: str | None = setting("Id of the smart router node.", suggest="node")
    fallback_chain: Names | None = setting("Agents or nodes to try after that, in order.")


class ResultMerge(Part):
    """How several answers become one."""

    strategy: str | None = words("How to merge.", *MERGES)


class OrchestratorSpec(SpecModel):
    """Which agents are led, how, and how their results become one."""

    model_config = grouped(
        Strategy=("strategy", "model", "supervisor_prompt"),
        Agents=("agents", "routing", "fallback_chain"),
        Supervision=("supervision",),
        Result=("result_merge", "result_merge_strategy"),
        Memory=("shared_memory",),
    )

    strategy: str | None = words(
        "How the agents work together.", "supervisor", "round_robin", "broadcast", "consensus"
    )
    model: str | None = setting("Id of the model that leads.", suggest="model")
    supervisor_prompt: str | None = setting("What the leading model is told.")
    agents: list[ManagedAgent | str] | dict[str, ManagedAgent] | None = setting("The agents.")
    routing: Routing | None = setting("Who decides which agent gets a request.")
    fallback_chain: Names | None = setting(
        "Agents to try in order when one fails (later format).", same_as="routing"
    )
    shared_memory: list[SharedMemory | str] | None = setting("Memory that the agents share.")
    supervision: Supervision | None = setting("What the leader watches and when it steps in.")
    result_merge: ResultMerge | str | None = setting("How several answers become one.")
    result_merge_strategy: str | None = words(
        "How several answers become one (later).", *MERGES, same_as="result_merge"
    )
    description: str | None = setting("What the agents are for, in a sentence.")


def _summary(spec: Settings) -> str:
    return joined(first(spec, "strategy"), count(spec.get("agents"), "agent"))


def _content(spec: Settings, _raw: Settings) -> dict[str, Any]:
    """How agents are led: by priority, what the leader steps in for, what becomes of answers."""
    merge = spec.get("result_merge", spec.get("result_merge_strategy"))
    routing = part(spec, "routing")
    chain = routing.get("fallback_chain") or spec.get("fallback_chain")
    return {
        "strategy": card.one_line(spec.get("strategy")),
        "model": card.one_line(spec.get("model")),
        "agents": [
            {
                **card.texts_of(
                    agent, id=("id", "flow", "flow_ref"), specialization="specialization"
                ),
                "flow": card.flow_key(agent) or card.first_line(agent, "value"),
                **card.amounts_of(agent, "priority"),
            }
            for agent in sorted(maps(spec.get("agents")), key=card.by_priority)
            if card.first_line(agent, "id", "flow", "flow_ref")
        ],
        "supervision": card.entries_of(
            part(spec, "supervision").get("intervene_on"),
            "condition",
            condition=("condition", "id"),
            limit=("threshold", "sentiment"),
            action="action",
            target="target",
        ),
        "shared_memory": card.stores(spec.get("shared_memory")),
        "merge": card.one_line(merge)
        or card.first_line(part({"merge": merge}, "merge"), "strategy"),
        "router": card.first_line(routing, "primary"),
        "fallback_chain": card.lines(chain),
    }


def _parts(content: card.Content) -> list[card.CardPart]:
    agents = (
        (
            card.ranked(agent["priority"]) + agent["id"],
            "",
            card.then(agent["flow"], agent["specialization"]),
        )
        for agent in content["agents"]
    )
    rules = (
        card.arrow(
            " ".join(filter(None, (card.plain(rule["condition"]), rule["limit"]))),
            card.plain(rule["action"]),
        )
        for rule in content["supervision"]
    )
    return [
        card.text_part("model", content["model"]),
        card.chips("agents", agents),
        card.rows("steps in", rules),
        card.chips("memory", card.memory_chips(content["shared_memory"])),
        card.text_part("merge", card.plain(content["merge"])),
        card.text_part("falls back", card.arrow(*content["fallback_chain"])),
    ]


_JOINING = {
    "consensus": "all agents answer, and one answer comes of it",
    "broadcast": "all agents work at once, and their answers are joined",
}


def _badges(content: card.Content) -> Iterator[card.Badge]:
    strategy, merge = content["strategy"], card.plain(content["merge"])
    if strategy in _JOINING:
        yield "merge", f"⋈ {strategy}", _JOINING[strategy] + (f" ({merge})" if merge else "")


TYPES = (
    NodeType(
        type="orchestrator",
        category="orchestration",
        icon="⊛",
        help="Leads several agents and merges their results.",
        spec=OrchestratorSpec,
        outputs=(
            Port(
                "resolved",
                handle="result",
                aliases=("done", "success", "next", "complete"),
                required=True,
            ),
            Port("escalated", aliases=("escalate",), required=True, shown="guide"),
            Port("error", aliases=("failure", "fail"), required=True),
        ),
        summary=_summary,
        new={
            "strategy": "supervisor",
            "model": MODEL,
            "supervisor_prompt": "",
            "agents": [],
            "result_merge": {"strategy": "last_wins"},
        },
        required=("strategy", "agents"),
        usual=("supervision", "shared_memory"),
        size=(300, 160),
        ranges=(
            Range("supervision.intervene_on.*.max_retries", 0, 100),
            *memory_ranges("shared_memory"),
        ),
        entries=(EntryNeed("agents", ("flow", "flow_ref", "sub_flow_ref"), "agent", ("$ref",)),),
        fewest=(Fewest("agents", 2, "An orchestrator leads several agents. Add agents"),),
        distinct=("agents", "shared_memory"),
        traits=("agent", "at_work", "carries", "decides", "leads", "repeats"),
        chart_shape="large",
        block=card.CardContent(
            content=_content,
            parts=_parts,
            badges=_badges,
            order=("agents", "steps in", "memory", "model", "merge"),
        ),
        calls=(Callee("agent", "agents.*", link="orchestrator", via="strategy"),),
        targets=(Target("routing.primary"), *FALLBACKS, Target("agents.*", names="agent")),
        team_rank=3,
    ),
)
