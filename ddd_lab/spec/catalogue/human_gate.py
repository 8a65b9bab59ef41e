"""Human gate: a person decides how the flow goes on."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue import _card as card
from ddd_lab.spec.catalogue._base import NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._facts import Need, Range, Settings, Target, when_map
from ddd_lab.spec.catalogue._fields import Amount, Flag, Part, grouped, setting, summed, words
from ddd_lab.spec.catalogue._summary import count, joined
from ddd_lab.spec.lenient import first_text, line, maps, part

DEFAULT_OPTIONS = ("approve", "reject", "resolve")
"""What a person can choose where the file does not say (the guide's sample without options)."""


_MS_FROM = 1_000_000
"""From this number on a wait is written in milliseconds: in seconds, it would be eleven days."""


class Channel(Part):
    """How the person hears of it."""

    model_config = summed("{type}", "{channel} {to}", "message_template")

    type: str | None = words("Kind of message.", "slack", "email", "webhook")
    channel: str | None = setting("Name of the channel.")
    to: str | None = setting("Address.")
    message_template: str | None = setting("Text of the message.")


class Notification(Part):
    """Who is told, and how."""

    channels: list[Channel | str] | None = setting("The ways to tell.")


class ApprovalOption(Part):
    """One thing that the person can choose."""

    model_config = summed("{label}", "{id}")

    id: str | None = setting("Id of the option; the output has this name.")
    label: str | None = setting("Text of the button.")
    description: str | None = setting("What choosing it means.")
    requires_input: Flag | None = setting("Whether the person must write something.")


class Timeout(Part):
    """What happens when nobody decides."""

    duration: Amount | None = setting(
        "How long to wait.", example="300", unit="seconds", ms_from=_MS_FROM
    )
    action: str | None = words(
        "What happens then.",
        *("auto_escalate", "auto_approve", "return_error", "escalate", "auto_reject"),
    )
    fallback_connection: str | None = setting("Id of the next node (guide).", suggest="node")


class HumanGateSpec(SpecModel):
    """Who is asked, what they can choose, and how long the flow waits."""

    model_config = grouped(
        Choice=("approval_options", "context_for_human"),
        Waiting=("timeout",),
        Notice=("notification", "notification_channels"),
    )

    notification: Notification | None = setting("Who is told, and how.")
    notification_channels: list[str | Channel] | None = setting(
        "Ways to tell (later format).", same_as="notification"
    )
    approval_options: list[ApprovalOption | str] | None = setting("What the person can choose.")
    timeout: Timeout | Amount | None = setting(
        "What happens when nobody decides.", unit="seconds", ms_from=_MS_FROM
    )
    context_for_human: list[str | dict[str, Any]] | None = setting("What the person is shown.")
    description: str | None = setting("What is decided here, in a sentence.")


def _outputs(spec: Settings) -> tuple[Port, ...]:
    options: dict[str, Port] = {}
    for option in maps(spec.get("approval_options")):
        id, label = first_text(option, "id"), first_text(option, "label", "name")
        name = id or label
        if name:
            aliases = (label,) if label else ()
            options.setdefault(name, Port(name, aliases=aliases, label=label, required=True))
    chosen = tuple(options.values()) or tuple(
        Port(name, required=name != "resolve") for name in DEFAULT_OPTIONS
    )
    waits = bool(spec.get("timeout"))
    return (*chosen, Port("timeout", aliases=("timed_out",), required=waits, shown="guide"))


def _summary(spec: Settings) -> str:
    names = [first_text(option, "label", "id") for option in maps(spec.get("approval_options"))]
    shown = " / ".join(name for name in names if name)
    wait = line(part(spec, "timeout").get("duration"))
    short = line(shown, 40) or count(spec.get("context_for_human"), "thing to see", "things to see")
    return joined(short, f"waits {wait}" if wait else "")


def _content(spec: Settings, _raw: Settings) -> dict[str, Any]:
    """Who is asked, what they may choose, and what happens when nobody answers."""
    channels = part(spec, "notification").get("channels") or spec.get("notification_channels")
    wait = part(spec, "timeout")
    return {
        "options": [
            {
                **card.texts_of(
                    option, id=("id", "label"), label=("label", "id"), description="description"
                ),
                "requires_input": option.get("requires_input") is True,
            }
            for option in maps(spec.get("approval_options"))
            if card.first_line(option, "id", "label")
        ],
        "timeout": {
            "duration": card.amount(wait.get("duration") if wait else spec.get("timeout")),
            **card.texts_of(wait, action="action", connection="fallback_connection"),
        },
        "channels": card.entries_of(channels, type=("type", "id"), to=("channel", "to", "url")),
        "shown": card.lines(spec.get("context_for_human")),
    }


def _parts(content: card.Content) -> list[card.CardPart]:
    wait = content["timeout"]
    channels = (" ".join(filter(None, channel.values())) for channel in content["channels"])
    after = wait["action"] and f"then {card.plain(wait['action'])}"
    return [
        card.text_part("asks", *channels),
        card.text_part("waits", card.then(card.seconds(wait["duration"], _MS_FROM), after)),
    ]


TYPES = (
    NodeType(
        type="human_gate",
        category="agent",
        icon="◐",
        help="A person decides how the flow continues.",
        spec=HumanGateSpec,
        outputs=_outputs,
        summary=_summary,
        new={
            "notification": {"channels": []},
            "approval_options": [
                {"id": "approve", "label": "Approve"},
                {"id": "reject", "label": "Reject"},
            ],
            "timeout": {"duration": 300, "action": "auto_escalate"},
            "context_for_human": [],
        },
        ranges=(Range("timeout.duration", 1, unit="seconds"),),
        required_when=(Need(("timeout.duration",), when_map("timeout"), "the wait has a limit"),),
        distinct=("approval_options",),
        traits=("answers", "decides", "person", "repeats"),
        block=card.CardContent(content=_content, parts=_parts),
        targets=(Target("timeout.fallback_connection", "timeout"),),
    ),
)
