"""Choosing what is sent: as much as helps, never more than the budget, the same part first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ddd_lab.assist.context.at_names import resolve_names
from ddd_lab.assist.context.blocks import (
    ALWAYS,
    Candidate,
    Context,
    ContextBlock,
    ContextError,
    LeftOut,
)
from ddd_lab.assist.context.candidates import (
    general_candidates,
    named_candidates,
    place_candidates,
    project_candidates,
)
from ddd_lab.assist.context.request import ContextRequest
from ddd_lab.assist.context.sources import Sources
from ddd_lab.assist.tokens import Counting, TextKind, TokenCounter

BUDGET: Final = 10_500
"""Tokens of all that is sent, where nobody says otherwise."""
DESIGN_BUDGET: Final = 5500
"""Tokens of what is told of the design: more of it does not make answers better."""
CATALOGUE_BUDGET: Final = 5000
_GENERAL, _PROJECT = 0.45, 0.4
"""Of the budget, what the rules and node types may have; of the design's, summary and system.

They depend on nothing but the design and the place, so these parts are the same for every question
that leaves room for them.
"""
_SCALES: Final = (1.0, 0.5, 0.0)
"""Of these shares, what is tried until a very long question fits, too."""
_NO_ROOM = "there was no room for it"
_NEEDED = frozenset({"rules"})
_SURE: tuple[Counting, ...] = ("exact", "calibrated", "estimate")


def assemble(
    request: ContextRequest, sources: Sources, counter: TokenCounter, budget: int = BUDGET
) -> Context:
    """What is sent for a question, exactly, with the receipt.

    Where there is not room for all, whole pieces go, those of priority 5 first; from priority 3 on
    a piece is shortened step by step before it goes. What a person pinned goes last.

    Args:
        request: the question and its place.
        sources: the design and its memory.
        counter: of the model that is asked.
        budget: tokens at most; never more are sent.

    Raises:
        ContextError: not even the rules and the question fit.
    """
    count = _Counting(counter)
    text, tokens = count(request.question.strip(), "prose")
    question = ContextBlock("question", "question", ALWAYS, text, tokens, "", "it is asked")
    named = resolve_names(sources, request.question, request.at)
    general, project = _stable(request, sources, count, budget, tokens)
    varying = [
        *place_candidates(sources, request, named),
        *(
            candidate
            for id in sorted(request.pinned)
            for candidate in named_candidates(sources, id, 1, "you pinned it")
        ),
    ]
    rest = _Fit(_once(varying), request, count)
    left = budget - general.tokens - project.tokens - tokens
    rest.shrink(min(DESIGN_BUDGET - project.tokens + rest.pinned, left))
    blocks = (
        *general.blocks(),
        *project.blocks(),
        *rest.blocks(),
        *([question] if question.text else []),
    )
    system = (_joined(general.blocks()), _joined(project.blocks()))
    return Context(
        blocks=blocks,
        left_out=(*general.left_out(), *project.left_out(), *rest.left_out()),
        system=tuple(text for text in system if text),
        text="\n\n".join(block.text for block in (*rest.blocks(), question) if block.text),
        budget=budget,
        tokens=sum(block.tokens for block in blocks),
        how=max(count.how, key=_SURE.index, default="estimate"),
        unknown=named.unknown,
    )


def _stable(
    request: ContextRequest, sources: Sources, count: _Counting, budget: int, question: int
) -> tuple[_Fit, _Fit]:
    """The parts that stay the same, as large as leaves room for the question."""
    for scale in _SCALES:
        general = _Fit(general_candidates(sources, request), request, count)
        least = general.least()
        if least + question > budget:
            raise ContextError(
                f"the question takes about {question:,} tokens and the rules {least:,}, more than "
                f"the {budget:,} that may be sent. Shorten the question, or allow more tokens"
            )
        room = least + min(CATALOGUE_BUDGET, int(budget * _GENERAL * scale))
        general.shrink(min(room, budget))
        project = _Fit(project_candidates(sources), request, count)
        design = min(DESIGN_BUDGET, budget - general.tokens)
        project.shrink(int(design * _PROJECT * scale))
        if general.tokens + project.tokens + question <= budget:
            break
    return general, project


def _joined(blocks: Sequence[ContextBlock]) -> str:
    return "\n\n".join(block.text for block in blocks)


def _chosen(candidate: Candidate, request: ContextRequest) -> Candidate:
    if candidate.id in request.pinned:
        return replace(candidate, priority=ALWAYS, reason=f"you pinned it; {candidate.reason}")
    return candidate


def _once(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Each piece once: where it stands first, with the priority of the most urgent."""
    by_id: dict[str, Candidate] = {}
    for candidate in candidates:
        known = by_id.get(candidate.id)
        if known is None:
            by_id[candidate.id] = candidate
        elif candidate.priority < known.priority:
            by_id[candidate.id] = replace(known, priority=candidate.priority)
    return list(by_id.values())


class _Counting:
    """Counts texts, each once, with what parts them from the next."""

    def __init__(self, counter: TokenCounter) -> None:
        self._counter = counter
        self._known: dict[str, int] = {}
        self.how: set[Counting] = set()

    def __call__(self, text: str, kind: TextKind) -> tuple[str, int]:
        """The text and its tokens."""
        if not text:
            return text, 0
        if text not in self._known:
            tokens = self._counter(f"{text}\n\n", kind)
            self._known[text] = tokens.count
            self.how.add(tokens.how)
        return text, self._known[text]


@dataclass
class _Piece:
    """A candidate at one of its lengths; beyond the last one it is left out."""

    candidate: Candidate
    form: int = 0
    reason: str = ""

    @property
    def out(self) -> bool:
        return bool(self.reason)


class _Fit:
    """Pieces that are made to fit."""

    def __init__(
        self, candidates: Iterable[Candidate], request: ContextRequest, count: _Counting
    ) -> None:
        self._count = count
        self._pieces = [_Piece(_chosen(candidate, request)) for candidate in candidates]
        for piece in self._pieces:
            if piece.candidate.id in request.dropped - _NEEDED:
                piece.reason = "you dropped it"

    @property
    def tokens(self) -> int:
        return sum(self._tokens(piece) for piece in self._pieces if not piece.out)

    @property
    def pinned(self) -> int:
        """Tokens of what a person pinned: it comes beside what is sent anyhow."""
        pinned = (one for one in self._pieces if one.candidate.priority == ALWAYS and not one.out)
        return sum(map(self._tokens, pinned))

    def least(self) -> int:
        """Tokens of what cannot be left out."""
        return sum(self._tokens(one) for one in self._pieces if one.candidate.id in _NEEDED)

    def shrink(self, room: int) -> None:
        """Leave out and shorten until all fits into so many tokens."""
        steps = (self._leave_out, self._shorten, self._leave_out_at_last)
        for step in steps:
            while self.tokens > room and step():
                pass
        for piece in sorted(self._pieces, key=lambda one: one.candidate.priority):
            if piece.reason == _NO_ROOM and self.tokens + self._tokens(piece) <= room:
                piece.reason = ""  # what was shortened later has made room again

    def _leave_out(self) -> bool:
        """Leave a whole piece of the lowest urgency out, the last one first."""
        return self._out(
            [one for one in self._pieces if not one.out and one.candidate.priority >= 4]
        )

    def _shorten(self) -> bool:
        """Shorten the longest piece of the lowest urgency by one step."""
        able = [
            piece
            for piece in self._pieces
            if not piece.out and piece.form + 1 < len(piece.candidate.forms)
        ]
        if not able:
            return False
        piece = max(able, key=lambda one: (one.candidate.priority, self._tokens(one)))
        piece.form += 1
        return True

    def _leave_out_at_last(self) -> bool:
        """Where all is as short as can be: leave out what matters least, the rules never."""
        return self._out(
            [one for one in self._pieces if not one.out and one.candidate.id not in _NEEDED]
        )

    def _out(self, pieces: Sequence[_Piece]) -> bool:
        if not pieces:
            return False
        lowest = max(piece.candidate.priority for piece in pieces)
        last = [piece for piece in pieces if piece.candidate.priority == lowest][-1]
        last.reason = _NO_ROOM
        return True

    def _tokens(self, piece: _Piece) -> int:
        return self._count(piece.candidate.forms[piece.form], piece.candidate.kind)[1]

    def blocks(self) -> tuple[ContextBlock, ...]:
        """What is sent."""
        return tuple(self._block(piece) for piece in self._pieces if not piece.out)

    def _block(self, piece: _Piece) -> ContextBlock:
        candidate = piece.candidate
        text, tokens = self._count(candidate.forms[piece.form], candidate.kind)
        cut = candidate.cuts[piece.form - 1] if piece.form else ""
        return ContextBlock(
            candidate.id, candidate.layer, candidate.priority, text, tokens, cut, candidate.reason
        )

    def left_out(self) -> tuple[LeftOut, ...]:
        """What is not sent."""
        return tuple(
            LeftOut(
                piece.candidate.id,
                piece.candidate.layer,
                self._count(piece.candidate.forms[0], piece.candidate.kind)[1],
                piece.reason,
            )
            for piece in self._pieces
            if piece.out
        )
