"""What several operations answer; what only one does stands beside it."""

from __future__ import annotations

from ddd_lab.canvas.protocol.messages import Message


class Done(Message):
    """It was done, and there is nothing else to say."""


class NamedCard(Message):
    """The id of a card or an edge, as it is now."""

    id: str


class NamedCards(Message):
    """The ids of cards that were added."""

    ids: list[str]


class NamedPlace(Message):
    """A place that was made or changed; empty where there is none any more."""

    at: str


class TextResult(Message):
    """A text to show or to take away."""

    text: str
