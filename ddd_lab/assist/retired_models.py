"""Models that their vendors retire, with the day and a successor.

From the lists that the vendors' SDKs carry (anthropic 2.14, openai 3.57, 2026-11-30).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Retirement(NamedTuple):
    """The end of a model.

    Attributes:
        on: the day, as ISO.
        successor: the vendor's id of a current model of its kind.
    """

    on: str
    successor: str


_ENDS: Final[Mapping[tuple[str, str], str]] = {
    ("2026-06-30", "claude-opus-5-5"): "claude-mythos-preview",
    ("2026-11-30", "claude-sonnet-5-5"): "claude-sonnet-4-5",
    ("2027-01-22", "claude-opus-5-5"): "claude-opus-4-5",
    ("2024-12-06", "gpt-6.2-sol"): "gpt-4-vision-preview",
    ("2025-07-28", "gpt-6.2-astra"): "o1-preview",
    ("2025-10-27", "gpt-6-luna"): "o1-mini",
    ("2026-02-12", "gpt-6.2-sol"): "codex-mini-latest",
    ("2026-02-17", "gpt-6.2-sol"): "chatgpt-4o-latest",
    ("2026-03-26", "gpt-6.2-sol"): "gpt-4-0125-preview gpt-4-turbo-preview gpt-4-0314",
    ("2026-07-23", "gpt-6.2-sol"): (
        "gpt-5.1-codex gpt-5.1-chat-latest gpt-5-chat-latest gpt-4o-search-preview"
    ),
    ("2026-07-23", "gpt-6-luna"): "gpt-4o-mini-search-preview",
    ("2026-08-10", "gpt-6.2-sol"): "gpt-5.3-chat-latest gpt-5.2-chat-latest",
    ("2026-10-23", "gpt-6.2-sol"): (
        "gpt-4o-2024-05-13 gpt-4-turbo gpt-4-1106-preview gpt-4 gpt-4-0613"
    ),
    ("2026-10-23", "gpt-6-luna"): ("gpt-4.1-nano o4-mini o3-mini gpt-3.5-turbo gpt-3.5-turbo-0125"),
    ("2026-10-23", "gpt-6.2-astra"): "o1",
    ("2026-12-11", "gpt-6.2-sol"): "gpt-5",
    ("2026-12-11", "gpt-6.2-astra"): "o3",
    ("2026-12-11", "gpt-6-luna"): "gpt-5-mini gpt-5-nano",
    ("2027-01-14", "gpt-6.2-sol"): "gpt-4.1 gpt-4o",
    ("2027-01-14", "gpt-6-luna"): "gpt-4.1-mini gpt-4o-mini",
    ("2027-04-01", "gpt-6-luna"): "gpt-5.4-nano",
    ("2027-04-01", "gpt-6.2-sol"): "gpt-5.1",
}

_RETIRED: Final[Mapping[str, Retirement]] = {
    id: Retirement(on, successor) for (on, successor), ids in _ENDS.items() for id in ids.split()
}


def undated(model_id: str) -> str:
    """A vendor's id without the day at its end: ``claude-opus-4-5`` for its snapshot.

    >>> undated("claude-opus-4-5-20251101"), undated("gpt-5-2025-08-07"), undated("gpt-4-0613")
    ('claude-opus-4-5', 'gpt-5', 'gpt-4-0613')
    """
    head, _, tail = model_id.rpartition("-")
    if len(tail) == 8 and tail.isdigit():
        return head
    parts = model_id.rsplit("-", 3)
    dated = len(parts) == 4 and [len(part) for part in parts[1:]] == [4, 2, 2]
    return parts[0] if dated and "".join(parts[1:]).isdigit() else model_id


def retirement(model_id: str) -> Retirement | None:
    """When a model ends and what takes its place; None for one that is not known to end."""
    return _RETIRED.get(model_id) or _RETIRED.get(undated(model_id))
