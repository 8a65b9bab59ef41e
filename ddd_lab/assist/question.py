"""What somebody asks of a model, and all that goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ddd_lab.assist.actions import Action, Target
from ddd_lab.assist.proposals.placing import Shown, nowhere


@dataclass(frozen=True)
class Turn:
    """What was said before.

    Attributes:
        role: who said it.
        text: what they said.
    """

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True)
class Question:
    """What somebody asks.

    Attributes:
        text: in their words; of an action, what they say beside it.
        at: the place, ``domain/flow``, a domain's id, or empty for the whole system.
        selection: ids of the nodes that are selected.
        action: the inline action; None where they just talk.
        target: what the action is done to.
        history: what was said before, the oldest first.
        pinned, dropped: ids of blocks of the context that must, or must not, be sent.
        model: id of the model that they picked; empty to let the lab choose.
        allow: what they have allowed for this question.
        schema: that the answer follows where it is neither words nor a proposal.
        shown: where the cards of a flow's sheet are seen now.
    """

    text: str
    at: str = ""
    selection: tuple[str, ...] = ()
    action: Action | None = None
    target: Target | None = None
    history: tuple[Turn, ...] = ()
    pinned: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    model: str = ""
    allow: tuple[str, ...] = ()
    schema: Mapping[str, Any] | None = None
    shown: Shown = nowhere

    @property
    def task(self) -> str:
        """What routes it to a model."""
        return self.action.id if self.action is not None else "chat"
