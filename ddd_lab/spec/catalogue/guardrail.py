"""Guardrail: checks on what goes into an agent or comes out of it."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue import _card as card
from ddd_lab.spec.catalogue._base import NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._facts import EntryNeed, Settings, Target, statuses
from ddd_lab.spec.catalogue._fields import Flag, Names, Part, Ref, setting, summed, words
from ddd_lab.spec.catalogue._summary import count, joined
from ddd_lab.spec.lenient import first, maps

CHECK_TYPES = (
    *("content_filter", "pii_detection", "topic_restriction", "prompt_injection", "factuality"),
    *("tone", "no_hallucinated_urls", "schema_validation", "content_policy", "custom"),
)


class Check(Part):
    """One check, and what follows when it finds something."""

    model_config = summed("{type} → {action}", "{message}")

    id: str | None = setting("Id of the check.")
    type: str | None = words("What is looked for.", *CHECK_TYPES)
    action: str | None = words(
        "What happens then.", "block", "mask", "warn", "rewrite", "redirect", "log"
    )
    message: str | None = setting("What the user is told.")
    rule: str | None = setting("The rule, as an expression (later format).")
    enabled: Flag | None = setting("Whether the check is on.")
    block_categories: Names | None = setting("Kinds of content that are blocked.")
    detect: Names | None = setting("Kinds of personal data that are found.")
    mask_format: str | None = setting("Replacement for personal data.")
    allowed_topics: Names | None = setting("Topics that may be talked about.")
    sources: Names | None = setting("What facts are checked against.")
    required: Flag | str | None = setting("Required tone.")
    output_schema: dict[str, Any] | None = setting("Schema that an answer must have.")


class OnBlock(Part):
    """What happens if something is blocked."""

    connection: str | None = setting("Id of the node to go on with (guide).", suggest="node")
    status: int | str | None = setting("HTTP status of the answer.")
    message: str | None = setting("What the user is told.")


class GuardrailSpec(SpecModel):
    """Where the guardrail stands and what it checks."""

    position: str | None = words("Before or after the agent.", "input", "output")
    checks: list[Check | str] | Ref | None = setting("The checks, in order.")
    on_block: str | OnBlock | None = setting("What happens if something is blocked.")
    description: str | None = setting("Purpose, in a sentence.")


def _summary(spec: Settings) -> str:
    checks = [first(check, "type", "id", "rule") for check in maps(spec.get("checks"))]
    named = [check for check in checks if check]
    shown = ", ".join(named) if len(named) <= 2 else count(spec.get("checks"), "check")
    return joined(first(spec, "position"), shown)


def _content(spec: Settings, _raw: Settings) -> dict[str, Any]:
    """Where a guardrail stands, and its checks with what each leads to."""
    checks = [check for check in maps(spec.get("checks")) if check.get("enabled") is not False]
    return {
        "position": card.one_line(spec.get("position")),
        "checks": [
            {
                "type": card.first_line(check, "type", "id", "rule"),
                "action": card.first_line(check, "action") or "block",
                "message": card.first_line(check, "message"),
            }
            for check in checks
            if card.first_line(check, "type", "id", "rule")
        ],
    }


def _parts(content: card.Content) -> list[card.CardPart]:
    checks = (
        (card.arrow(card.plain(check["type"]), check["action"]), "", check["message"])
        for check in content["checks"]
    )
    return [card.chips("", checks)]


TYPES = (
    NodeType(
        type="guardrail",
        category="agent",
        icon="⊘",
        help="Checks what goes into an agent or comes out of it.",
        spec=GuardrailSpec,
        outputs=(
            Port("pass", aliases=("valid", "passed", "success", "next"), required=True),
            Port("block", aliases=("invalid", "blocked", "failure", "error"), required=True),
        ),
        summary=_summary,
        new={"position": "input", "checks": []},
        required=("position", "checks"),
        ranges=statuses("on_block.status"),
        entries=(EntryNeed("checks", ("type", "rule"), "check", ("$ref",)),),
        traits=("adds_nothing", "answers", "decides", "guards"),
        block=card.CardContent(
            content=_content, parts=_parts, origins=("position", "checks", "on_block")
        ),
        targets=(Target("on_block.connection", "block"),),
    ),
)
