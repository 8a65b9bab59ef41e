"""Agent group: agents that share memory and coordinate among themselves."""

from __future__ import annotations

from typing import TypedDict

from ddd_lab.spec.catalogue import _card as card
from ddd_lab.spec.catalogue._base import NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._facts import Callee, Fewest, Range, Settings
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
from ddd_lab.spec.catalogue.guardrail import Check
from ddd_lab.spec.catalogue.orchestrator import SharedMemory
from ddd_lab.spec.lenient import first, maps, part

SELECTIONS = ("router_first", "round_robin", "least_busy", "random")


class Member(Part):
    """One agent of the group."""

    model_config = summed("{domain} {flow}", "{role}")

    flow: str | None = setting(
        "Flow as domain/flow, or a flow of the domain below.", suggest="flow"
    )
    domain: str | None = setting("Its domain.", suggest="domain")
    role: str | None = setting("What it does in the group.")


class Concurrency(Part):
    """How many work at once (guide)."""

    max_active_agents: Amount | None = setting("Agents that may work at the same time.")


class Selection(Part):
    """Which agent gets a request (guide)."""

    strategy: str | None = words("Which agent gets a request.", *SELECTIONS)
    sticky_session: Flag | None = setting("Whether a conversation stays with its agent.")
    sticky_timeout: Amount | None = setting("How long it stays.", unit="seconds")


class Coordination(Part):
    """How the agents keep out of each other's way."""

    communication: str | None = words(
        "How agents talk to each other.",
        *("via_orchestrator", "direct", "blackboard"),
        *("shared_memory", "message_passing", "broadcast"),
    )
    concurrency: Concurrency | None = setting("How many work at once.")
    selection: Selection | None = setting("Which agent gets a request.")
    max_active_agents: Amount | None = setting(
        "Agents that may work at once (later format).", same_as="concurrency"
    )
    selection_strategy: str | None = words(
        "Which agent gets a request (later).", *SELECTIONS, same_as="selection"
    )
    sticky_session: Flag | None = setting(
        "Whether a conversation stays with its agent (later).", same_as="selection"
    )


class GroupGuardrails(Part):
    """Checks that hold for every agent of the group."""

    input: list[Check | str] | None = setting("Checks on what goes in.")
    output: list[Check | str] | None = setting("Checks on what comes out.")


class Metrics(Part):
    """What is measured."""

    track: Names | None = setting("What is counted or timed.")


class AgentGroupSpec(SpecModel):
    """Who belongs to the group, what they share, and how they coordinate."""

    model_config = grouped(
        Group=("name", "description", "members"),
        Memory=("shared_memory",),
        Coordination=("coordination",),
        Checks=("guardrails",),
        Metrics=("metrics",),
    )

    name: str | None = setting("Name of the group.")
    description: str | None = setting("What the group is for, in a sentence.")
    members: list[Member | str] | None = setting("The agents of the group.")
    shared_memory: list[SharedMemory | str] | None = setting("Memory that they share.")
    coordination: Coordination | None = setting("How they keep out of each other's way.")
    guardrails: GroupGuardrails | None = setting("Checks on what goes in and comes out.")
    metrics: Metrics | None = setting("What is measured.")


class TeamMember(TypedDict):
    """An agent of a team, and its role."""

    flow: str
    role: str


class TeamWays(TypedDict):
    """How the agents of a team keep out of each other's way."""

    communication: str
    max_active: float | None
    selection: str


class TeamContent(TypedDict):
    """What the card of a team holds."""

    name: str
    members: list[TeamMember]
    shared_memory: list[card.MemoryStore]
    coordination: TeamWays
    metrics: list[str]


def team_content(spec: Settings, _raw: Settings) -> TeamContent:
    """Who belongs together, what they share, how they keep out of each other's way."""
    ways = part(spec, "coordination")
    many = part(ways, "concurrency").get("max_active_agents", ways.get("max_active_agents"))
    metrics = spec.get("metrics")
    tracked = metrics.get("track") if isinstance(metrics, dict) else metrics
    return {
        "name": card.one_line(spec.get("name")),
        "members": [
            {
                "flow": card.flow_key(member) or card.first_line(member, "id"),
                "role": card.first_line(member, "role"),
            }
            for member in maps(spec.get("members"))
            if card.flow_key(member) or card.first_line(member, "id")
        ],
        "shared_memory": card.stores(spec.get("shared_memory")),
        "coordination": {
            "communication": card.first_line(ways, "communication"),
            "max_active": card.amount(many),
            "selection": card.first_line(part(ways, "selection"), "strategy")
            or card.first_line(ways, "selection_strategy"),
        },
        "metrics": card.lines(tracked),
    }


def _parts(content: card.Content) -> list[card.CardPart]:
    ways = content["coordination"]
    many = ways["max_active"]
    return [
        card.chips(
            "members", ((member["flow"], "", member["role"]) for member in content["members"])
        ),
        card.text_part(
            "work",
            card.then(
                card.plain(ways["communication"]),
                card.plain(ways["selection"]),
                "" if many is None else f"{many} at once",
            ),
        ),
        card.chips("memory", card.memory_chips(content["shared_memory"], "◈ ")),
        card.text_part("metrics", ", ".join(card.plain(name) for name in content["metrics"])),
    ]


TYPES = (
    NodeType(
        type="agent_group",
        category="orchestration",
        icon="▦",
        help="Agents that share memory and coordinate among themselves.",
        spec=AgentGroupSpec,
        outputs=(
            Port("result", aliases=("done", "success", "next"), shown="handles"),
            Port("failure", handle="error", shown="handles"),
        ),
        summary=lambda spec: joined(
            count(spec.get("members"), "member"), first(part(spec, "coordination"), "communication")
        ),
        new={
            "name": "",
            "members": [],
            "shared_memory": [],
            "coordination": {
                "communication": "via_orchestrator",
                "concurrency": {"max_active_agents": 1},
                "selection": {"strategy": "router_first", "sticky_session": True},
            },
        },
        required=("members",),
        size=(300, 120),
        ranges=(
            Range("coordination.max_active_agents", 1, unit="agents"),
            Range("coordination.concurrency.max_active_agents", 1, unit="agents"),
            Range("coordination.selection.sticky_timeout", 1, unit="seconds"),
        ),
        fewest=(Fewest("members", 2, "A group has several members. Add members"),),
        distinct=("shared_memory",),
        traits=("agent", "carries", "container", "decides", "declares", "leads", "repeats", "team"),
        chart_shape="large",
        block=card.CardContent(
            content=team_content, parts=_parts, order=("memory", "members", "work", "metrics")
        ),
        calls=(Callee("member", "members.*", word=True, link="group"),),
        ends="no_outputs",
        team_rank=4,
    ),
)
