"""The gate before a change of more than one flow: first the plan, then the proposal."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping

from ddd_lab.assist.plans.plan import Mark, Plan, Step
from ddd_lab.assist.plans.plan_files import new_path, write_plan
from ddd_lab.assist.proposals.items import Item
from ddd_lab.assist.proposals.proposal import Applied, Proposal
from ddd_lab.plurals import plural
from ddd_lab.spec.no_such import no_such
from ddd_lab.visible import one_line

_TITLE = 60


def flow_of(item: Item) -> str:
    """The flow or domain that an item changes or makes; empty for the system."""
    return str(getattr(item.edit, "flow", "")) or item.at


def change_plan(question: str, proposal: Proposal) -> ChangePlan | None:
    """The plan of a proposal that touches more than one flow; None for any other."""
    return ChangePlan(question, proposal) if touches_several(proposal) else None


def touches_several(proposal: Proposal) -> bool:
    """Whether a proposal changes or makes more than one flow."""
    flows = {place for item in proposal.items if "/" in (place := flow_of(item))}
    return len(flows) > 1


class ChangePlan:
    """What a proposal would do to each flow, to be approved before it can be applied.

    Args:
        question: what was asked.
        proposal: that it led to.

    Attributes:
        path: of the plan's file; empty before it is approved.
    """

    def __init__(self, question: str, proposal: Proposal) -> None:
        self._question = question
        self._proposal = proposal
        self._approved: frozenset[str] | None = None
        self._plan: Plan | None = None
        self.path = ""

    @property
    def steps(self) -> dict[str, str]:
        """What is done, by flow or domain, in words."""
        counts: dict[str, list[Item]] = {}
        for item in self._proposal.items:
            counts.setdefault(flow_of(item), []).append(item)
        return {
            place: f"{plural(len(items), 'change')}: {one_line('; '.join(i.title for i in items))}"
            for place, items in counts.items()
        }

    @property
    def approved(self) -> bool:
        """Whether somebody has approved it."""
        return self._approved is not None

    def approve(
        self, places: Collection[str] | None = None, reasons: Mapping[str, str] | None = None
    ) -> frozenset[str]:
        """Approve all steps or some; it is written to `.ddd/plans`.

        Args:
            places: of the steps that are taken; all if left out.
            reasons: why a step is not taken.

        Returns:
            Ids of the items that may be applied, with all that they need.

        Raises:
            KeyError: there is no such step.
            OSError: it cannot be written.
        """
        steps, reasons = self.steps, reasons or {}
        for place in (*(places or ()), *reasons):
            if place not in steps:
                raise no_such("step", place, steps)
        taken = set(steps) if places is None else set(places)
        items = self._proposal.items
        allowed = self._proposal.tick([item.id for item in items if flow_of(item) in taken])
        plan = Plan.begin(one_line(self._question, _TITLE), self._question).at_stage("flows")
        plan = plan.with_steps(Step(_text(place, words)) for place, words in steps.items())
        for place in steps:
            reached = any(flow_of(item) == place for item in items if item.id in allowed)
            mark: Mark = "working" if reached else "dropped"
            plan = plan.marked(_key(place), mark, reasons.get(place, ""))
        root = self._proposal.workbench.root
        today = datetime.datetime.now(datetime.UTC).date()
        path = new_path(root, plan.title, today)
        write_plan(root, path, plan, None)
        self.path, self._plan, self._approved = path, plan, allowed
        return allowed

    def allowed(self, ids: Collection[str] | None) -> frozenset[str]:
        """The items of a choice that the approved steps allow."""
        approved = self._approved or frozenset()
        return approved if ids is None else self._proposal.tick(approved & set(ids))

    def applied(self, applied: Applied) -> None:
        """Note in the plan what was done.

        Raises:
            OSError: it cannot be written.
        """
        if self._plan is None:
            return
        done = {flow_of(item) for item in applied.done}
        plan = self._plan
        for place in self.steps:
            key = _key(place)
            step = next(step for step in plan.steps if key in (step.key, step.text))
            if step.mark == "working":
                plan = plan.marked(key, "done" if place in done else "dropped")
        plan = plan.at_stage("finished")
        write_plan(self._proposal.workbench.root, self.path, plan, self._plan)
        self._plan = plan


def _key(place: str) -> str:
    return place or "the system"


def _text(place: str, words: str) -> str:
    return f"`{_key(place)}`: {words}".replace("(", "[").replace(")", "]")
