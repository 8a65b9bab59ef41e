"""WebSocket broadcast: telling all who are connected."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue._base import RARE_FAILURE, NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._fields import Flag, setting
from ddd_lab.spec.catalogue._summary import joined
from ddd_lab.spec.lenient import first


class WebsocketBroadcastSpec(SpecModel):
    """What is told on which channel."""

    channel: str | None = setting("Name of the channel.")
    event_name: str | None = setting("Name of the message.")
    payload: dict[str, Any] | str | None = setting("What it carries.")
    include_sender: Flag | None = setting("Whether the sender gets it, too.")
    description: str | None = setting("What is told, in a sentence.")


TYPES = (
    NodeType(
        type="websocket_broadcast",
        title="WebSocket broadcast",
        category="integration",
        icon="⊚",
        help="Sends a message to all who are connected to a channel.",
        spec=WebsocketBroadcastSpec,
        outputs=(Port("done", aliases=("next", "success"), required=True), RARE_FAILURE),
        summary=lambda spec: joined(first(spec, "channel"), first(spec, "event_name"), by=": "),
        new={"channel": "", "event_name": "", "payload": {}},
        required=("channel", "event_name"),
    ),
)
