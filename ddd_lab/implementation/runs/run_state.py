"""How a run stands, from what Claude Code told of itself and how its program ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

State = Literal["prompt_ready", "running", "waiting", "done", "failed", "stopped"]
RunStatus: TypeAlias = tuple[State, str]
"""A state, and why it is so, in words."""

BEGINS_WITHIN = 60.0
"""Seconds after which a run whose terminal has started nothing will not begin by itself."""
_READY: RunStatus = ("prompt_ready", "the prompt is ready")
_NEVER_BEGAN: RunStatus = ("failed", "its terminal was closed before Claude Code began")
_AT_WORK: RunStatus = ("running", "Claude Code is at work")
_WAITS: RunStatus = ("waiting", "Claude Code waits for you in the terminal")
_DONE: RunStatus = ("done", "the turn has ended; you can go on talking in the terminal")
_OPEN_AGAIN: RunStatus = ("waiting", "the session is open again; continue in the terminal")


def prepared(age: float) -> RunStatus:
    """How a run stands that nothing has begun yet.

    Args:
        age: seconds since it was prepared.
    """
    # One of the future was prepared before the clock was set back.
    return _READY if abs(age) <= BEGINS_WITHIN else _NEVER_BEGAN


def at_work(events: Sequence[Mapping[str, Any]]) -> RunStatus:
    """How a run stands whose program runs.

    Args:
        events: what the hooks of Claude Code noted, in order.
    """
    status = _AT_WORK
    for entry in events:
        status = _after(status, entry)
    return status


def _after(status: RunStatus, entry: Mapping[str, Any]) -> RunStatus:
    match entry.get("hook_event_name"):
        case "Stop":
            return _DONE
        case "StopFailure":
            message = str(entry.get("last_assistant_message") or entry.get("error") or "").strip()
            return (
                "waiting",
                f"the turn was interrupted; continue in the terminal. {message[:300]}",
            )
        case "UserPromptSubmit" | "PostToolUse":
            return _AT_WORK
        case "PermissionRequest":
            return _WAITS
        # It also notifies a while after a turn has ended, of nothing but that.
        case "Notification" if status == _AT_WORK:
            return _WAITS
        case "SessionStart" if entry.get("source") == "resume" and status[0] != "done":
            return _OPEN_AGAIN
        case _:
            return status


def ended_status(ended: Mapping[str, Any], turns: int) -> RunStatus:
    """How a run stands whose program has ended."""
    if ended.get("stopped"):
        return "stopped", "it was stopped"
    if ended.get("ended"):
        return "done", "Finished. The session was closed so that the next run could start."
    status = ended.get("status")
    if status == 0:
        if turns:
            return "done", "Claude Code has finished"
        return "stopped", "Claude Code was closed before it finished anything"
    return "failed", str(ended.get("reason") or f"Claude Code ended with status {status}")
