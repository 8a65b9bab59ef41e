"""A proposal: what a model suggests, worked out on a copy of the design, taken item by item."""

from __future__ import annotations

import contextlib
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ddd_lab.assist.proposals.edit import Edit
from ddd_lab.assist.proposals.items import Item, NeedFinder, basis_of_edit, changed_since
from ddd_lab.assist.proposals.making import lacks, make_items
from ddd_lab.assist.proposals.placing import Placing, Points, Shown, nowhere
from ddd_lab.assist.proposals.shadow import shadow_of
from ddd_lab.assist.proposals.words import summary
from ddd_lab.files.documents.document import Version
from ddd_lab.implementation.writers import require_leave
from ddd_lab.spec.problem import UnlocatedProblem
from ddd_lab.workbench import Workbench

if TYPE_CHECKING:
    from ddd_lab.implementation.config import AssistMode

LABEL = "apply the assistant's proposal"
"""What the undo button shows."""


@dataclass(frozen=True)
class Refused:
    """An item that was not done, and why."""

    item: Item
    why: str


@dataclass(frozen=True)
class Applied:
    """What came of applying a proposal.

    Attributes:
        done: the items that were made, in one undo step.
        refused: those that were chosen but not made, each with the reason.
        words: what changed in fact: ``7 of 9: 4 nodes added, 3 connections added``.
    """

    done: tuple[Item, ...]
    refused: tuple[Refused, ...]
    words: str


@dataclass(frozen=True)
class Proposal:
    """What a model suggests, as items that a person takes or leaves.

    It is worked out on a copy of the design, on any thread; only :meth:`apply` changes the design,
    and must be called where people's edits are made.

    Attributes:
        id: of the proposal; it stays when the design changes or the answer grows.
        at: the place that it was asked about.
        items: in the order of the answer, those that cannot be made included.
        problems: what our checks would newly say, all of it, once all items are made.
        complete: False while the answer is still coming; nothing has been checked then.
    """

    workbench: Workbench
    id: str
    at: str
    items: tuple[Item, ...]
    problems: tuple[UnlocatedProblem, ...]
    complete: bool
    places: Mapping[str, Points]
    shown: Shown
    _trial: _Trial | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        workbench: Workbench,
        edits: Iterable[Edit],
        at: str = "",
        *,
        shown: Shown = nowhere,
        complete: bool = True,
        id: str = "",
    ) -> Proposal:
        """Work out what edits would do.

        Args:
            workbench: the design; nothing of it is changed.
            edits: in the order in which they are made.
            at: the place that they were asked about.
            shown: where the cards of a flow's sheet are seen now, if they are.
            complete: False while more edits may come: then the rules are not checked.
            id: of a proposal that this one replaces.
        """
        blank = cls(workbench, id or uuid.uuid4().hex[:12], at, (), (), complete, {}, shown)
        return blank._worked_out([Item(str(n), edit, "") for n, edit in enumerate(edits, 1)])

    @staticmethod
    def prepare(workbench: Workbench) -> None:
        """Look at a design before its first proposal: best while a model is still thinking.

        In a design of a thousand flows the first look takes over a second, and every other one
        little.
        """
        with shadow_of(workbench) as shadow:
            shadow.problems()

    # --- choosing --------------------------------------------------------------------------

    @property
    def possible(self) -> frozenset[str]:
        """Ids of the items that can be made."""
        return frozenset(item.id for item in self.items if not item.refused)

    @property
    def refused(self) -> tuple[Refused, ...]:
        """The items that cannot be made, or no longer."""
        return tuple(Refused(item, item.refused) for item in self.items if item.refused)

    def tick(self, ids: Collection[str]) -> frozenset[str]:
        """Some items with all that they need, without those that cannot be made."""
        by_id = {item.id: item for item in self.items}
        wanted = {id for id in ids if id in by_id}
        wanted |= {need for id in wanted for need in by_id[id].needs}
        return frozenset(id for id in wanted & self.possible if by_id[id].needs <= self.possible)

    def untick(self, ticked: Collection[str], ids: Collection[str]) -> frozenset[str]:
        """The chosen items without some, and without all that need one of these."""
        off = set(ids)
        return self.tick(
            [i.id for i in self.items if i.id in ticked and i.id not in off and not i.needs & off]
        )

    # --- the design with it ----------------------------------------------------------------

    @contextlib.contextmanager
    def tried(self, ids: Collection[str] | None = None) -> Iterator[Workbench]:
        """The design as it would be with some items, or all that can be made.

        What is yielded is a copy, which is as before when the block ends.
        """
        chosen = self.possible if ids is None else self.tick(ids)
        with shadow_of(self.workbench) as shadow, shadow.workbench.trial():
            trial, workbench = self._trial, shadow.workbench
            if trial is not None and chosen == self.possible and trial.fits(workbench):
                workbench.put(trial.after)
            else:
                items = [item for item in self.items if item.id in chosen]
                make_items(workbench, items, Placing(self.shown, self.places))
            yield workbench

    def rebase(self) -> Proposal:
        """The proposal on the design as it is now.

        What still fits stays. What somebody has changed meanwhile stays as they made it, and what
        no longer fits says why it is refused.
        """
        return self._worked_out(self.items)

    def _worked_out(self, listed: Collection[Item]) -> Proposal:
        with shadow_of(self.workbench) as shadow:
            workbench = shadow.workbench
            away = _meanwhile(workbench, listed)
            had = Counter(map(_mark, shadow.problems())) if self.complete else Counter()
            placing = Placing(self.shown)
            with workbench.trial():
                making = make_items(workbench, listed, placing, away, checked=self.complete)
                new = tuple(_new(shadow.problems(), had)) if self.complete else ()
                trial = _Trial.of(workbench, making.before)
            items = [_with_basis(item, making.finder, workbench) for item in making.items]
        own = _by_item(items, new)
        return replace(
            self,
            items=tuple(replace(item, problems=tuple(own[item.id])) for item in items),
            problems=new,
            places=placing.chosen,
            _trial=trial,
        )

    # --- taking it -------------------------------------------------------------------------

    def apply(
        self,
        ids: Collection[str] | None = None,
        *,
        label: str = "",
        mode: AssistMode | None = None,
    ) -> Applied:
        """Make some items, or all that can be made, as one undo step.

        The design may have changed since; what no longer fits is left out, with the reason.

        Args:
            ids: of the chosen items; what they need is made too.
            label: what the undo button shows.
            mode: how far helpers may go in this chat; as the project says if left out.

        Raises:
            ModeError: this chat or project is in Explore.
        """
        workbench = self.workbench
        require_leave(workbench.root, "proposal", mode)
        workbench.take_outside_changes()
        now = self.rebase()
        asked = {item.id for item in self.items} if ids is None else set(ids)
        chosen = now.tick(asked)
        left = [item for item in now.items if item.id in asked - chosen]
        refused = [Refused(item, now.why_not(item)) for item in left]
        done: tuple[Item, ...] = ()
        words = "nothing was changed"
        with contextlib.suppress(_NothingLeftError), workbench.step(label or LABEL):
            items = [item for item in now.items if item.id in chosen]
            placing = Placing(self.shown, now.places)
            making = make_items(workbench, items, placing, checked=True)
            refused += [Refused(item, item.refused) for item in making.items if item.refused]
            done = tuple(item for item in making.items if not item.refused)
            if not done:
                raise _NothingLeftError
            words = summary(workbench, making.before)
        return Applied(done, tuple(refused), f"{len(done)} of {len(self.items)}: {words}")

    def why_not(self, item: Item) -> str:
        """Why an item cannot be made; empty if it can."""
        by_id = {other.id: other for other in self.items}
        need = next((by_id[id] for id in sorted(item.needs) if by_id[id].refused), None)
        return item.refused or (lacks(need) if need is not None else "")


@dataclass(frozen=True)
class _Trial:
    """What the changed files said before and after all items were made: for doing so again."""

    before: Mapping[str, Version | None]
    after: Mapping[str, Version | None]

    @classmethod
    def of(cls, workbench: Workbench, before: Mapping[str, Version | None]) -> _Trial:
        """From within the trial."""
        return cls(dict(before), {path: workbench.documents[path].version for path in before})

    def fits(self, workbench: Workbench) -> bool:
        """Whether the files still say what they said."""
        return all(
            (document.version if document else None) is version
            for path, version in self.before.items()
            for document in [workbench.documents.get(path)]
        )


class _NothingLeftError(Exception):
    """Nothing of a proposal fits any more, so that there is no step."""


def _meanwhile(workbench: Workbench, items: Iterable[Item]) -> dict[str, str]:
    """The items that must give way to what was changed since they were proposed, and why."""
    finder = NeedFinder(workbench)
    away: dict[str, str] = {}
    for item in items:
        if not item.raw:
            finder.needs(item.id, item.edit)
            edit = finder.in_former_words(item.edit)
            if why := changed_since(item, edit, workbench):
                away[item.id] = why
    return away


def _with_basis(item: Item, finder: NeedFinder, workbench: Workbench) -> Item:
    """A new item with what it is about, as that is before all of them; an old one as it is."""
    if item.basis is not None:
        return item
    return replace(item, basis=basis_of_edit(finder.in_former_words(item.edit), workbench))


def _mark(problem: UnlocatedProblem) -> tuple[str, str, str]:
    """What stays the same of a problem when something before it changes."""
    return (problem.rule, problem.place.where, problem.message)


def _new(
    problems: Iterable[UnlocatedProblem], had: Counter[tuple[str, str, str]]
) -> Iterator[UnlocatedProblem]:
    left = had.copy()
    for problem in problems:
        if left[_mark(problem)]:
            left[_mark(problem)] -= 1
        else:
            yield problem


def _by_item(
    items: Collection[Item], problems: Iterable[UnlocatedProblem]
) -> dict[str, list[UnlocatedProblem]]:
    """New problems by the item that has them: the last about the same node, else the same place."""
    own: dict[str, list[UnlocatedProblem]] = {item.id: [] for item in items}
    for problem in problems:
        made = (item for item in reversed(list(items)) if not item.refused)
        about = [item for item in made if item.edit.is_about(problem.place)]
        if about:
            own[about[0].id].append(problem)
    return own
