"""Terminal: where the flow ends, and what it answers."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue._base import NodeType, SpecModel
from ddd_lab.spec.catalogue._facts import Settings, statuses
from ddd_lab.spec.catalogue._fields import Flag, Status, setting, words
from ddd_lab.spec.catalogue._summary import joined
from ddd_lab.spec.lenient import first, line, part

PHRASES = {
    "200": "OK",
    "201": "Created",
    "202": "Accepted",
    "204": "No Content",
    "301": "Moved Permanently",
    "302": "Found",
    "303": "See Other",
    "304": "Not Modified",
    "400": "Bad Request",
    "401": "Unauthorized",
    "402": "Payment Required",
    "403": "Forbidden",
    "404": "Not Found",
    "405": "Method Not Allowed",
    "408": "Request Timeout",
    "409": "Conflict",
    "410": "Gone",
    "412": "Precondition Failed",
    "413": "Content Too Large",
    "415": "Unsupported Media Type",
    "422": "Unprocessable Content",
    "423": "Locked",
    "429": "Too Many Requests",
    "500": "Internal Server Error",
    "501": "Not Implemented",
    "502": "Bad Gateway",
    "503": "Service Unavailable",
    "504": "Gateway Timeout",
}
"""What the usual HTTP statuses are called (RFC 9110)."""


class TerminalSpec(SpecModel):
    """What the flow answers (guide: status and body; later format: outcome as well)."""

    status: Status | None = setting("HTTP status of the answer.")
    body: Any = setting("Body of the answer; values may be data paths ($.user.id).")
    outcome: str | None = words("How the flow ended.", "success", "error")
    description: str | None = setting("What it means to end here, in a sentence.")
    response_type: str | None = words("How the answer travels.", "json", "stream", "sse", "empty")
    headers: dict[str, Any] | None = setting("Headers of the answer.")
    success: Flag | None = setting("Whether ending here is a success.")
    error: Any = setting("What went wrong.")
    error_code: str | None = setting("Code from the error registry.", suggest="error")


def _summary(spec: Settings) -> str:
    status = line(spec.get("status"))
    if status:
        return joined(status, PHRASES.get(status, ""), by=" ")
    said_so = {True: "success", False: "error"}
    success = spec.get("success")
    ended = first(spec, "outcome") or (said_so[success] if isinstance(success, bool) else "")
    return joined(
        ended, first(spec, "error", "description") or first(part(spec, "body"), "message")
    )


def _meaning_of_status(old: Settings, new: Settings) -> Settings:
    """A message that says what the status means follows the status, until somebody writes one."""
    before, after = (PHRASES.get(line(spec.get("status")), "") for spec in (old, new))
    body = part(new, "body")
    if before == after or not after or body.get("message") not in (_NEW["message"], before):
        return new
    return {**new, "body": {**body, "message": after}}


_NEW = {"message": "Success"}
_REFUSALS = {
    **{"invalid": 422, "not_found": 404, "block": 403, "blocked": 403, "rejected": 403},
    **{"timeout": 504, "timed_out": 504, "open": 503, "exhausted": 503},
    **{"failure": 500, "failed": 500, "fail": 500, "error": 500},
}
"""What a flow usually answers when it ends at such an output."""


def _new_after(output: str, is_request: bool) -> Settings | None:
    """The answer after an output where something failed."""
    status = _REFUSALS.get(output)
    if status is None:
        return None
    if not is_request:
        return {"outcome": "error"}
    return {"status": status, "body": {"message": PHRASES[str(status)]}}


TYPES = (
    NodeType(
        type="terminal",
        category="flow",
        icon="◉",
        help="Where the flow ends, and what it answers.",
        spec=TerminalSpec,
        outputs=(),
        summary=_summary,
        new={"status": 200, "body": _NEW},
        new_after=_new_after,
        follow=_meaning_of_status,
        aliases=("end",),
        ranges=statuses("status"),
        traits=("adds_nothing", "terminal"),
        shape="terminal",
        ends="always",
        refers_to=("error",),
    ),
)
