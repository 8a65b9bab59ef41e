"""What a client of models tells while it asks one after another."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ddd_lab.assist.replies import Outcome, ReplyEvent, Usage
from ddd_lab.assist.tokens import Tokens


@dataclass(frozen=True)
class AttemptStarted:
    """A model is asked.

    Attributes:
        model: its id in the registry.
        why: why this one, in words.
        tokens: of all that is sent.
        price: US dollars that it will take; None where the price is unknown.
    """

    model: str
    why: str
    tokens: Tokens
    price: Decimal | None


@dataclass(frozen=True)
class AttemptFailed:
    """A model did not answer to the end.

    Attributes:
        model: its id in the registry.
        outcome: in which way.
        message: what is wrong and what to do, for a person.
        next: id of the model that is asked next, which may be the same; empty for none.
        wait: seconds until then.
    """

    model: str
    outcome: Outcome
    message: str
    next: str = ""
    wait: float = 0.0


@dataclass(frozen=True)
class TextVoid:
    """What was shown of the text does not count: it comes anew."""


@dataclass(frozen=True)
class NeedsLeave:
    """Nobody is left whom a person has allowed to be asked. Always the last event.

    After a yes, ask again with ``override=model`` and ``allow=leaves``; `ModelClient.remember`
    keeps the leaves for the next time.

    Attributes:
        model: id of the model that could answer.
        leaves: what has to be allowed, as the client takes it.
        reason: what a person is asked, in words.
        why: why it would be this model.
    """

    model: str
    leaves: tuple[str, ...]
    reason: str
    why: str


@dataclass(frozen=True)
class Answered:
    """The answer is complete. Always the last event.

    Attributes:
        model: id of the model in the registry.
        served: the vendor's id of the model that really answered.
        why: why this one, in words.
        usage: the tokens that it took.
        cost: US dollars; None where the price is unknown.
        note: what a person should know of the record of usage; empty if nothing.
    """

    model: str
    served: str
    why: str
    usage: Usage
    cost: Decimal | None
    note: str = ""


ClientEvent = AttemptStarted | AttemptFailed | TextVoid | NeedsLeave | ReplyEvent | Answered
