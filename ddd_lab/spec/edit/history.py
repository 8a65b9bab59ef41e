"""Undo and redo: every step knows what each document was before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Step(Generic[V]):
    """One thing a person did.

    Attributes:
        label: what was done, for the undo button.
        before, after: the version of every document it changed, by path; None where the document
            did not exist.
        token: steps with the same non-empty token that follow each other become one (typing in
            one field, dragging one card).
    """

    label: str
    before: Mapping[str, V | None]
    after: Mapping[str, V | None]
    token: str = ""


class History(Generic[V]):
    """Steps done and steps undone. Versions share what they did not change, so steps are small."""

    def __init__(self) -> None:
        self._done: list[Step[V]] = []
        self._undone: list[Step[V]] = []

    @property
    def undo_label(self) -> str:
        """What undo would take back, or nothing."""
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        """What redo would do again, or nothing."""
        return self._undone[-1].label if self._undone else ""

    def __len__(self) -> int:
        return len(self._done)

    def record(self, step: Step[V]) -> None:
        """Remember a step; what was undone before is gone then."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if (
            last
            and step.token
            and last.token == step.token
            and last.after.keys() == step.after.keys()
        ):
            step = Step(step.label, last.before, step.after, step.token)
            self._done.pop()
        self._done.append(step)

    def undo(self) -> Step[V] | None:
        """Take the last step off, or None; the caller puts its ``before`` back."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        return step

    def redo(self) -> Step[V] | None:
        """Take the last undone step, or None; the caller puts its ``after`` back."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return step

    def forget(self, path: str) -> None:
        """Drop every step that touches a document whose past is no longer valid."""
        self._done = [step for step in self._done if path not in step.after]
        self._undone = [step for step in self._undone if path not in step.after]

    def rewrite(self, path: str, change: Callable[[V | None], V | None]) -> None:
        """Replace every version of one document, or none if ``change`` raises."""
        rewritten_to: dict[int, V | None] = {}

        def side(versions: Mapping[str, V | None]) -> Mapping[str, V | None]:
            if path not in versions:
                return versions
            version = versions[path]
            if id(version) not in rewritten_to:
                rewritten_to[id(version)] = change(version)
            return {**versions, path: rewritten_to[id(version)]}

        def rewritten(steps: list[Step[V]]) -> list[Step[V]]:
            return [Step(s.label, side(s.before), side(s.after), s.token) for s in steps]

        done, undone = rewritten(self._done), rewritten(self._undone)
        self._done, self._undone = done, undone

    def seal(self) -> None:
        """Let the next step stand alone, whatever its token."""
        if self._done:
            last = self._done[-1]
            self._done[-1] = Step(last.label, last.before, last.after)
