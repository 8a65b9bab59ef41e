"""The pieces of what is sent, and the receipt: what went in, what was cut, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from ddd_lab.assist.tokens import Counting, TextKind
from ddd_lab.visible import VisibleError, one_line

Layer = Literal[
    "rules",
    "catalogue",
    "summary",
    "system",
    "domain",
    "flow",
    "selection",
    "mention",
    "status",
    "schemas",
    "errors",
    "decisions",
    "index",
    "question",
]
ALWAYS = 0
"""The priority of what is never cut."""


class ContextError(VisibleError, ValueError):
    """Not even what a model cannot do without fits; says how much does."""


@dataclass(frozen=True)
class Candidate:
    """A piece that might be sent, in several lengths.

    Attributes:
        id: by which a person pins or drops it.
        layer: what sort of thing it is.
        priority: 1 to 5; what has the highest number is cut first.
        forms: its text, whole and then shorter and shorter; the last is the least that helps.
        cuts: what each shorter form leaves out, in words.
        reason: why it might be sent.
        kind: of its text, for counting.
    """

    id: str
    layer: Layer
    priority: int
    forms: tuple[str, ...]
    reason: str
    cuts: tuple[str, ...] = ()
    kind: TextKind = "spec"


@dataclass(frozen=True)
class ContextBlock:
    """A piece that is sent.

    Attributes:
        id: by which a person drops it.
        layer: what sort of thing it is.
        priority: 0 (never cut) to 5 (cut first).
        text: as it is sent.
        tokens: of the text.
        cut: what was left out of it to save tokens; empty if nothing was.
        reason: why it is sent.
    """

    id: str
    layer: Layer
    priority: int
    text: str
    tokens: int
    cut: str
    reason: str


@dataclass(frozen=True)
class LeftOut:
    """A piece that is not sent.

    Attributes:
        id: by which a person pins it.
        layer: what sort of thing it is.
        tokens: that its whole text would take.
        reason: why it is not sent.
    """

    id: str
    layer: Layer
    tokens: int
    reason: str


@dataclass(frozen=True)
class Context:
    """Exactly what is sent, and the receipt for it.

    Attributes:
        blocks: in the order in which they are sent, the question last.
        left_out: what would have been sent, had there been room or had nobody dropped it.
        system: the part that stays the same to the byte from turn to turn.
        text: the part that goes with the question, the question at its end.
        budget: tokens that it may have at most.
        tokens: that it has.
        how: how the tokens were counted.
        unknown: names after an ``@`` in the question that mean nothing in the design.
    """

    blocks: tuple[ContextBlock, ...]
    left_out: tuple[LeftOut, ...]
    system: tuple[str, ...]
    text: str
    budget: int
    tokens: int
    how: Counting = "estimate"
    unknown: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return "\n".join(self._lines())

    __repr__ = __str__

    def _lines(self) -> Iterator[str]:
        yield f"{self.tokens:,} of at most {self.budget:,} tokens ({self.how})"
        for block in self.blocks:
            cut = f"; {block.cut}" if block.cut else ""
            yield f"{block.tokens:>6,}  {one_line(f'{block.id}: {block.reason}{cut}')}"
        if self.left_out:
            yield "Left out:"
        for left in self.left_out:
            yield f"{left.tokens:>6,}  {one_line(f'{left.id}: {left.reason}')}"
