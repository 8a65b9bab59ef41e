"""The chat history of the guide's own program, taken over once; its file stays as it is."""

from __future__ import annotations

import contextlib
import logging
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from ddd_lab.assist.chat.records import ChatMessage
from ddd_lab.assist.chat.thread_files import append_lines, thread_lock, thread_path
from ddd_lab.files.disk.json_files import read_json
from ddd_lab.files.disk.storage import is_file
from ddd_lab.files.workspace.workspace import Workspace

logger = logging.getLogger("ddd_lab.assist")

HISTORY_FILES = (".ddd/chat-history.json", ".ddd/memory/chat-history.json")
_NAMESPACE = uuid.UUID("5f0c7a52-7a1e-4d43-8b1d-0d6c9f6f6f0a")


def take_over(workspace: Workspace) -> None:
    """Make a conversation of each thread of the history that is none yet."""
    root = workspace.root
    for path in HISTORY_FILES:
        if not is_file(root, path):
            continue
        try:
            threads = _list(read_json(root, path, halves=True), "threads")
            new = [
                (id, thread)
                for thread in threads
                # The id follows from the old one: nothing is taken over twice, by nobody.
                if not is_file(root, thread_path(id := _id_of(str(thread.get("id")))))
            ]
            for id, thread in new:
                _write(workspace, id, thread)
        except (OSError, ValueError) as error:
            logger.warning("%s could not be taken over: %s", path, error)


def _id_of(name: str) -> str:
    return uuid.uuid5(_NAMESPACE, name.encode("utf-8", "backslashreplace").decode()).hex


def _write(workspace: Workspace, id: str, thread: dict[str, Any]) -> None:
    lines: list[dict[str, Any]] = [
        {
            "kind": "thread",
            "id": id,
            "place": _place(workspace, thread),
            "title": "",
            "created": _time(thread.get("createdAt")),
            "archived": False,
        }
    ]
    for message in _messages(_list(thread, "messages")):
        line = message.model_dump(mode="json", exclude_defaults=True)
        lines.append({"kind": "message", "id": message.id, **line})
    with thread_lock(workspace.root):
        if not is_file(workspace.root, thread_path(id)):
            append_lines(workspace.root, id, lines)


def _messages(messages: list[dict[str, Any]]) -> Iterator[ChatMessage]:
    for message in messages:
        with contextlib.suppress(ValidationError):
            yield ChatMessage.model_validate(
                {
                    "id": str(message.get("id") or uuid.uuid4().hex),
                    "role": message.get("role"),
                    "content": message.get("content"),
                    "timestamp": _time(message.get("timestamp")),
                    "model": message.get("modelId") or "",
                    "usage": _usage(message),
                    # What was pending there can be applied nowhere any more.
                    "proposal": "applied" if message.get("previewState") == "applied" else "",
                }
            )


def _usage(message: dict[str, Any]) -> dict[str, Any] | None:
    counts = {"input": message.get("inputTokens"), "output": message.get("outputTokens")}
    return {key: count or 0 for key, count in counts.items()} if any(counts.values()) else None


def _place(workspace: Workspace, thread: dict[str, Any]) -> str:
    """Where a thread belongs: the old program knew a flow by its id alone."""
    flow, domain = str(thread.get("flowId") or ""), str(thread.get("domainId") or "")
    if not flow:
        return domain
    if "/" in flow or domain:
        return flow if "/" in flow else f"{domain}/{flow}"
    keys = [key for key in workspace.design.flow_keys if key.endswith(f"/{flow}")]
    return keys[0] if len(keys) == 1 else ""


def _time(value: object) -> str:
    """Milliseconds since 1970 as ISO; empty where they are none."""
    if not isinstance(value, int | float):
        return ""
    with contextlib.suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(value / 1000, UTC).isoformat(timespec="milliseconds")
    return ""


def _list(data: object, key: str) -> list[dict[str, Any]]:
    items = data.get(key) if isinstance(data, dict) else None
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
