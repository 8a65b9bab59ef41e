"""Layer 3: why the design is as it is, in `.ddd/memory/decisions.md`, which is committed."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Literal, overload

from ddd_lab.files.disk import storage
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.memory.decision_file import (
    Decision,
    Entry,
    entries,
    moved_place,
    with_added,
    with_changed,
    with_places,
    with_removed,
)
from ddd_lab.memory.files import DECISIONS_FILE, ignore_derived_files
from ddd_lab.memory.places import gone, known
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.no_such import no_such
from ddd_lab.visible import visible

Author = Literal["user", "llm"]
_TRIES = 5
_WORD = re.compile(r"\w{3,}")
_HERE, _AROUND = 8.0, 4.0
_IN_TITLE, _IN_TEXT = 2.0, 1.0


class Decisions(Sequence[Decision]):
    """The decisions of a project, in the file's order; read from the file at each use.

    Example:
        >>> len(project.memory.decisions)
        0
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    # --- reading -----------------------------------------------------------------------------

    @overload
    def __getitem__(self, index: int) -> Decision: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Decision]: ...

    def __getitem__(self, index: int | slice) -> Decision | Sequence[Decision]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(entries(_decoded(self._bytes())))

    def _all(self) -> list[Decision]:
        return [self._shown(entry) for entry in entries(_decoded(self._bytes()))]

    def _shown(self, entry: Entry) -> Decision:
        decision, design = entry.decision, self._workspace.design
        lost = gone(design, decision.affected, entry.subjects)
        return replace(decision, gone=lost) if lost else decision

    @property
    def text(self) -> str:
        """The file as it is; nothing where there is none.

        Example:
            >>> project.memory.decisions.text.count("###")
            0
        """
        return visible(_decoded(self._bytes()), lines=True)

    def relevant(self, at: str = "", text: str = "", limit: int = 5) -> list[Decision]:
        """The decisions that matter at a place, or for a question.

        Args:
            at: nothing for the whole system, ``domain``, ``domain/flow`` or ``domain/flow#node``.
            text: of the question; words of three letters or more count.
            limit: how many at most.

        Returns:
            Those that are about the place or share words with the text; the most fitting first,
            then the newest. Without place and text, the newest.

        Example:
            >>> project.memory.decisions.relevant("lending/return-item", "When do loans end?")
            []
        """
        words = {word.casefold() for word in _WORD.findall(text)}
        scored = [(_score(decision, at, words), decision) for decision in self._all()]
        chosen = sorted(
            (pair for pair in scored if pair[0] > 0),
            key=lambda pair: (pair[0], pair[1].date),
            reverse=True,
        )
        return [decision for _, decision in chosen[:limit]]

    # --- writing -----------------------------------------------------------------------------

    def add(
        self,
        title: str,
        rationale: str = "",
        *,
        affected: Iterable[str] = (),
        decision: str = "",
        author: Author = "user",
        date: str = "",
    ) -> Decision:
        """Write a decision down, behind the others.

        Args:
            title: in a line.
            rationale: why.
            affected: what it is about: ``domain``, ``domain/flow``, ``domain/flow#node``, a
                schema, an event, or any words. Places follow when they are renamed.
            decision: what was decided, where that says more than the title.
            author: ``user``, or ``llm`` where a model worded it and a person agreed.
            date: ``2026-12-01``; today if left out.

        Returns:
            The decision with its id.

        Raises:
            EditError: there is no title, or the date is none.
            OSError: the file cannot be written.

        Example:
            >>> decision = project.memory.decisions.add("Loans end at midnight")
            >>> project.memory.decisions.remove(decision.id)
        """
        new = _checked(
            Decision(
                id=secrets.token_hex(4),
                date=date or datetime.now(UTC).astimezone().date().isoformat(),
                title=title,
                decision=decision,
                rationale=rationale,
                affected=_names(affected),
                author=author,
            )
        )
        self._rewrite(lambda text: with_added(text, new, self._known(new.affected)))
        return self._by_id(new.id)

    def edit(
        self,
        id: str,
        *,
        title: str | None = None,
        rationale: str | None = None,
        affected: Iterable[str] | None = None,
        decision: str | None = None,
        date: str | None = None,
    ) -> Decision:
        """Change what is named of a decision; all else stays as it is.

        Args:
            id: of the decision.
            title: in a line.
            rationale: why.
            affected: what it is about.
            decision: what was decided.
            date: like ``2026-12-01``.

        Returns:
            The decision as it is now.

        Raises:
            KeyError: there is no such decision.
            EditError: there is no title, or the date is none.
            OSError: the file cannot be written.

        Example:
            >>> decision = project.memory.decisions.add("Loans end at midnight")
            >>> project.memory.decisions.edit(decision.id, rationale="The vans leave at six.").title
            'Loans end at midnight'
            >>> project.memory.decisions.remove(decision.id)
        """
        given = {"title": title, "rationale": rationale, "decision": decision, "date": date}
        changes: dict[str, object] = {k: value for k, value in given.items() if value is not None}
        if affected is not None:
            changes["affected"] = _names(affected)

        def change(text: str) -> str:
            entry = _entry(text, id)
            new = _checked(replace(entry.decision, **changes))  # type: ignore[arg-type]  # by name
            subjects = [*entry.subjects, *self._known(new.affected)]
            about = [place for place in dict.fromkeys(subjects) if place in new.affected]
            return with_changed(text, entry, new, about)

        self._rewrite(change)
        return self._by_id(id)

    def remove(self, id: str) -> None:
        """Take a decision out of the file.

        Args:
            id: of the decision.

        Raises:
            KeyError: there is no such decision.
            OSError: the file cannot be written.

        Example:
            >>> decision = project.memory.decisions.add("Loans end at midnight")
            >>> project.memory.decisions.remove(decision.id)
        """
        self._rewrite(lambda text: with_removed(text, _entry(text, id)))

    def follow(self, places: Mapping[str, str]) -> bool:
        """Give places their new names; whether any decision is about one of them.

        Args:
            places: former name to the new one.
        """
        about = (place for decision in self._all() for place in decision.affected)
        if not places or all(moved_place(place, places) is None for place in about):
            return False
        self._rewrite(lambda text: with_places(text, places))
        return True

    def _rewrite(self, change: Callable[[str], str]) -> None:
        root = self._workspace.root
        for left in reversed(range(_TRIES)):
            raw = self._bytes()
            after = change(_decoded(raw)).encode("utf-8", "surrogateescape")
            if after == raw:
                return
            ignore_derived_files(root)
            try:
                storage.write(root, DECISIONS_FILE, after, expected=raw)
            except storage.ChangedOnDiskError:
                if not left:
                    raise
            else:
                return

    def _bytes(self) -> bytes | None:
        try:
            return storage.read(self._workspace.root, DECISIONS_FILE)
        except FileNotFoundError:
            return None

    def _by_id(self, id: str) -> Decision:
        return self._shown(_entry(_decoded(self._bytes()), id))

    def _known(self, places: Iterable[str]) -> list[str]:
        return [place for place in places if known(self._workspace.design, place)]


def _entry(text: str, id: str) -> Entry:
    present = {entry.decision.id: entry for entry in entries(text)}
    if id not in present:
        raise no_such("decision", id, present)
    return present[id]


def _checked(decision: Decision) -> Decision:
    title = " ".join(decision.title.split())
    if not title:
        raise EditError("a decision needs a title: say in a line what was decided")
    try:
        if decision.date:
            date.fromisoformat(decision.date)
    except ValueError:
        raise EditError(f"{decision.date!r} is no date: write it like 2026-12-01") from None
    return replace(decision, title=title)


def _names(affected: Iterable[str]) -> tuple[str, ...]:
    words = affected.split(",") if isinstance(affected, str) else affected
    names = (part for word in words for part in str(word).split(","))
    return tuple(dict.fromkeys(name for part in names if (name := " ".join(part.split()))))


def _score(decision: Decision, at: str, words: set[str]) -> float:
    """How much a decision matters at a place and for some words."""
    domain, flow = at.partition("/")[0], at.partition("#")[0]
    score = 0.0
    for place in decision.affected:
        if at and (place == at or place.partition("#")[0] == flow):
            score = max(score, _HERE)
        elif domain and place.partition("/")[0] == domain:
            score = max(score, _AROUND if place == domain or "/" not in at else 1.0)
    title = {word.casefold() for word in _WORD.findall(decision.title)}
    text = f"{decision.decision} {decision.rationale} {' '.join(decision.affected)}"
    body = {word.casefold() for word in _WORD.findall(text)}
    score += _IN_TITLE * len(words & title) + _IN_TEXT * len(words & (body - title))
    return score if at or words else 1.0


def _decoded(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "surrogateescape")
