"""What a conversation consists of, as its file holds it line by line."""

from __future__ import annotations

import uuid
from typing import Literal

from pydantic import ConfigDict, Field

from ddd_lab.spec.models.base import Frozen

Role = Literal["user", "assistant", "system"]
ProposalState = Literal["", "pending", "applied", "discarded"]
Ending = Literal["done", "cancelled", "failed", "replaced"]

TITLE = 60
"""Letters of a title that is taken from the first question."""


class Record(Frozen):
    """A line of a file; what a later version writes besides is left unread."""

    model_config = ConfigDict(extra="ignore")


class TokensUsed(Record):
    """Tokens of an answer, and whether the server said so or we estimated it."""

    input: int = 0
    cache_read: int = 0
    cache_write: int = 0
    output: int = 0
    how: Literal["exact", "estimate"] = "exact"


class ChatMessage(Record):
    """One message of a conversation.

    Attributes:
        id: by which later lines name it.
        role: who speaks; ``system`` is a note, such as of a decision that was recorded.
        content: what is said.
        timestamp: ISO, in UTC.
        model: that answered; empty for people.
        why: that model answered.
        usage: what the answer took; None where nothing was sent.
        cost: of the answer in US dollars; None where its price is not known.
        state: how the answer ended.
        error: why there is no answer, in words.
        proposal: what became of the changes that it proposed; empty where it proposed none.
        changes: the proposed changes, a line for each.
    """

    id: str = Field(default_factory=lambda: uuid.uuid4().hex)
    role: Role
    content: str
    timestamp: str = ""
    model: str = ""
    why: str = ""
    usage: TokensUsed | None = None
    cost: float | None = None
    state: Ending = "done"
    error: str = ""
    proposal: ProposalState = ""
    changes: tuple[str, ...] = ()


class ThreadInfo(Record):
    """What is known of a conversation without its messages.

    Attributes:
        id: names its file.
        place: what it is about: nothing for the project, ``domain`` or ``domain/flow``.
        title: what people call it; empty until the first question gives it one.
        created: ISO, in UTC.
        archived: whether lists leave it out.
        updated: time of the last message, or of its beginning.
        messages: how many there are.
    """

    id: str
    place: str = ""
    title: str = ""
    created: str = ""
    archived: bool = False
    updated: str = ""
    messages: int = 0


class Thread(Record):
    """A conversation, its oldest message first."""

    info: ThreadInfo
    messages: tuple[ChatMessage, ...] = ()
