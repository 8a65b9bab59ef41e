"""What a language model suggests, as the canvas shows it: ghosts on the board, and a list."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ddd_lab.canvas.protocol.field_types import Shown
from ddd_lab.canvas.protocol.message import Message

GhostKind = Literal["added", "changed", "removed"]


class FieldChange(Message):
    """A setting before and after, as texts; empty where there is none."""

    field: Shown
    before: Shown = ""
    after: Shown = ""


class Ghost(Message):
    """What a proposal would do to a card or an edge, or what became of it since a version.

    Attributes:
        since: what people call that version; empty for a proposal. What was added since is there.
        words: what changed since, in people's words.
        items: ids of the items of the proposal that do it.
        changes: of its settings.
        inside: how many items change what lies in the flow or domain that the card stands for.
        problem: the first new problem that it would have; empty if none.
    """

    kind: GhostKind
    since: Shown = ""
    words: list[Shown] = Field(default_factory=list)
    items: list[str] = Field(default_factory=list)
    changes: list[FieldChange] = Field(default_factory=list)
    inside: int = 0
    problem: Shown = ""


class ProposalItem(Message):
    """One thing that a proposal would do, to be taken or left.

    Attributes:
        kind: what becomes of its subject.
        at, card: where a click leads: the place, and the card there; empty where there is none yet.
        needs: ids of the items without which it cannot be.
        ticked: whether it is taken when the proposal is applied.
        changes: settings before and after.
        problems: what our checks would newly say of it.
        refused: why it cannot be done; such an item has no tick.
    """

    id: str
    title: Shown
    kind: GhostKind
    at: str = ""
    card: str = ""
    needs: list[str] = Field(default_factory=list)
    ticked: bool = True
    changes: list[FieldChange] = Field(default_factory=list)
    problems: list[Shown] = Field(default_factory=list)
    refused: Shown = ""


class ComparedView(Message):
    """What differs on the board from an earlier version of the design.

    Attributes:
        name: what people call that version.
        words: how many cards and edges came, changed and went, or why that cannot be told.
    """

    name: Shown
    words: Shown


class ProposalView(Message):
    """A proposal: its items in the order of the answer, and what they come to.

    Attributes:
        complete: False while the answer is still being written.
        added, changed, removed: how many of the ticked items do that.
        words: the same in a sentence.
        problems: new problems that no single item has.
    """

    id: str
    complete: bool = True
    items: list[ProposalItem] = Field(default_factory=list)
    added: int = 0
    changed: int = 0
    removed: int = 0
    words: str = ""
    problems: list[Shown] = Field(default_factory=list)
