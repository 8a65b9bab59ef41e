"""Handoff: one agent gives the conversation, or a question, to another."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue import _card as card
from ddd_lab.spec.catalogue._base import NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._facts import Callee, Need, Range, Settings, at, when_map, when_word
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
from ddd_lab.spec.catalogue._summary import joined
from ddd_lab.spec.lenient import first, part, text

_MS_FROM = 1000
"""From this number on a wait is written in milliseconds: in seconds, 600 is the longest."""


class Target(Part):
    """The flow that takes over."""

    flow: str | None = setting(
        "Flow as domain/flow, or a flow of the domain below.", suggest="flow"
    )
    domain: str | None = setting("Its domain.", suggest="domain")


class ContextItem(Part):
    """Something that is told to the agent that takes over."""

    model_config = summed("{type}", "{generator}")

    type: str | None = words(
        "What is passed on.", "conversation_summary", "structured_data", "task_description"
    )
    generator: str | None = words("Who writes it.", "llm")
    model: str | None = setting("Id of the model that writes it.", suggest="model")
    max_tokens: Amount | None = setting("Longest summary.", unit="tokens")
    prompt: str | None = setting("What the model is told.")
    fields: dict[str, Any] | list[Any] | None = setting("Name to data path.")
    content: str | None = setting("Text of the task.")


class ContextTransfer(Part):
    """What the agent that takes over gets to know."""

    include: list[ContextItem | str] | None = setting("What is passed on.")
    include_types: Names | None = setting("Kinds of context (later format).", same_as="include")
    exclude: Names | None = setting("What is left out.")
    max_context_tokens: Amount | None = setting(
        "Most that is passed on (100 to 10000).", example="2000", unit="tokens"
    )


class OnComplete(Part):
    """What happens when the other agent is done."""

    return_to: str | None = words(
        "Who continues.", "source_agent", "orchestrator", "terminal", "self"
    )
    merge_strategy: str | None = words(
        "How the result is used.", "append", "replace", "summarize", "merge", "merge_fields"
    )
    summarize_prompt: str | None = setting("How the result is summed up.")


class OnFailure(Part):
    """What happens when the other agent fails."""

    action: str | None = words(
        "What happens then.", "return_with_error", "retry", "escalate", "error", "fallback"
    )
    fallback: str | None = setting("What to turn to.")
    flow: str | None = setting("Flow to turn to.", suggest="flow")
    timeout: Amount | None = setting(
        "How long to wait (5 to 600 seconds).", unit="seconds", ms_from=_MS_FROM
    )


class HandoffSpec(SpecModel):
    """Who takes over, what they are told, and what happens afterwards."""

    model_config = grouped(
        Who=("mode", "target", "source"),
        Context=("context_transfer",),
        Afterwards=("on_complete", "on_failure"),
        Customer=("notify_customer", "notification_message"),
    )

    mode: str | None = words(
        "Whether the other agent takes over, answers, or works along.",
        "transfer",
        "consult",
        "collaborate",
    )
    source: Target | str | None = setting("The flow that hands over, if not this one.")
    target: Target | str | None = setting("The flow that takes over.")
    context_transfer: ContextTransfer | None = setting("What the other agent gets to know.")
    on_complete: OnComplete | None = setting("What happens when the other agent is done.")
    on_failure: OnFailure | None = setting("What happens when the other agent fails.")
    notify_customer: Flag | None = setting("Whether the customer is told.")
    notification_message: str | None = setting("What the customer is told.")
    description: str | None = setting("Why it is handed over, in a sentence.")


def _summary(spec: Settings) -> str:
    target = card.flow_key(spec.get("target")) or first(part(spec, "target"), "domain")
    return joined(first(spec, "mode"), f"→ {target}" if target else "", by=" ")


_FLOW_KEYS = ("flow", "flow_ref", "sub_flow_ref")
"""Keys under which files name the flow that takes over."""


def _lone_target(spec: Settings, outputs: frozenset[str]) -> bool:
    return when_map("target")(spec, outputs) and not text(at(spec, "target.domain"))


def _content(spec: Settings, _raw: Settings) -> dict[str, Any]:
    """Who takes over, how much they are told, and what happens afterwards."""
    done, failed = part(spec, "on_complete"), part(spec, "on_failure")
    return {
        "mode": card.one_line(spec.get("mode")),
        "source": card.flow_key(spec.get("source")),
        "target": card.flow_key(spec.get("target")),
        "token_budget": card.amount(part(spec, "context_transfer").get("max_context_tokens")),
        "timeout": card.amount(failed.get("timeout")),
        "on_complete": card.texts_of(done, return_to="return_to", merge="merge_strategy"),
        "on_failure": card.texts_of(failed, action="action", fallback="fallback"),
        "notifies": spec.get("notify_customer") is True,
    }


def _parts(content: card.Content) -> list[card.CardPart]:
    budget, done, failed = content["token_budget"], content["on_complete"], content["on_failure"]
    back = card.plain(done["return_to"])
    action = card.plain(failed["action"])
    return [
        card.text_part("context", "" if budget is None else f"{budget} tokens"),
        card.text_part(
            "then", card.then(f"back to {back}" if back else "", card.plain(done["merge"]))
        ),
        card.text_part("timeout", card.then(card.seconds(content["timeout"], _MS_FROM), action)),
    ]


def _hands_over(spec: Settings) -> bool:
    return spec.get("mode") == "transfer" or bool(text(at(spec, "on_complete.return_to")))


TYPES = (
    NodeType(
        type="handoff",
        category="orchestration",
        icon="⇄",
        help="Hands the conversation, or a question, to another agent.",
        spec=HandoffSpec,
        outputs=(
            Port("complete", handle="success", aliases=("completed", "done", "next", "result")),
            Port("failure", handle="error", aliases=("failed", "fail")),
            Port("timeout", aliases=("timed_out",), shown="guide"),
        ),
        summary=_summary,
        new={
            "mode": "transfer",
            "target": {"flow": "", "domain": ""},
            "context_transfer": {"include": [], "max_context_tokens": 2000},
            "on_complete": {"return_to": "terminal", "merge_strategy": "append"},
            "on_failure": {"action": "return_with_error", "timeout": 60},
        },
        required=("mode", "target"),
        ranges=(
            Range("context_transfer.max_context_tokens", 100, 10_000, "tokens"),
            # Seconds in the guide (5 to 600), milliseconds in some later files.
            Range("on_failure.timeout", 5, 600_000, "seconds"),
        ),
        required_when=(
            Need(
                tuple(f"target.{key}" for key in _FLOW_KEYS),
                _lone_target,
                "a handoff names the flow that takes over",
            ),
            Need(
                ("on_failure.fallback", *(f"on_failure.{key}" for key in _FLOW_KEYS)),
                when_word("on_failure.action", "fallback"),
                "the action after a failure is “fallback”",
            ),
        ),
        traits=("at_work", "carries", "decides", "declares", "opens"),
        block=card.CardContent(content=_content, parts=_parts),
        calls=(
            Callee("handoff", "target", word=True, link="handoff", via="mode"),
            Callee("source", "source", word=True),
            Callee("handoff", "on_failure"),
        ),
        ends=_hands_over,
        refers_to=("domain",),
    ),
)
