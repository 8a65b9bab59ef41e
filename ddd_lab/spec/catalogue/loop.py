"""Loop and parallel: the same for many, or many at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ddd_lab.spec.catalogue._base import NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._facts import (
    IN_PLACE,
    WAIT,
    Clash,
    Fewest,
    Need,
    Range,
    Settings,
    Target,
    number,
    number_of,
    when_word,
)
from ddd_lab.spec.catalogue._fields import Amount, Part, setting, summed, words
from ddd_lab.spec.catalogue._summary import count, joined
from ddd_lab.spec.lenient import first, first_text, line, maps, text

MOST_BRANCHES = 64
"""A number of branches beyond this is a slip of the pen, not a design to draw."""


class Accumulate(Part):
    """What each round adds."""

    field: str | None = setting("Data path of what is kept.")
    strategy: str | None = words("How the results are combined.", "append", "merge", "sum", "last")
    output: str | None = setting("Name of the whole.")


class LoopSpec(SpecModel):
    """What is repeated, and for what."""

    collection: str | None = setting("Data path of the list ($.items).")
    iterator: str | None = setting("Name of the current item within a round.")
    break_condition: str | dict[str, Any] | None = setting("When to stop early.")
    on_error: str | None = words("What happens after an error.", "continue", "break", "fail")
    accumulate: Accumulate | None = setting("What each round adds.")
    body_start: str | None = setting("Id of the first node of a round.", suggest="node")
    description: str | None = setting("What is repeated, in a sentence.")


class ParallelBranch(Part):
    """One of the branches."""

    model_config = summed("{label}", "{id}")

    id: str | None = setting("Id of the branch; connections may leave under it.")
    label: str | None = setting("Label of the branch.")
    condition: str | None = setting("When the branch runs at all.")
    output_key: str | None = setting("Name under which its result is kept.")


class ParallelSpec(SpecModel):
    """What runs at the same time, and when the flow goes on."""

    branches: list[ParallelBranch | str] | dict[str, Any] | int | None = setting(
        "The branches, or their number."
    )
    join: str | None = words("When the flow goes on.", "all", "any", "n_of")
    join_count: Amount | None = setting("How many branches must be done, for n_of.")
    failure_policy: str | None = words(
        "When the step fails.", "all_required", "any_required", "best_effort"
    )
    merge_strategy: dict[str, Any] | str | None = setting("How the results are combined.")
    timeout_ms: Amount | None = setting("Time limit.", unit="ms")
    description: str | None = setting("What runs at the same time, in a sentence.")


def _branches(spec: Settings) -> tuple[Port, ...]:
    value = spec.get("branches")
    if isinstance(value, int) and not isinstance(value, bool):
        many = max(0, min(value, MOST_BRANCHES))
        ports = [Port(f"branch-{index}", required=True) for index in range(many)]
    else:
        ports = []
        for index, branch in enumerate(maps(value)):
            id, label = first_text(branch, "id"), first_text(branch, "label", "name")
            handle = f"branch-{index}"
            aliases = tuple(name for name in (label, handle) if name)
            name = id or label or handle
            needed = IN_PLACE.isdisjoint(branch)
            ports.append(Port(name, handle=handle, aliases=aliases, label=label, required=needed))
    return (*ports, Port("done", aliases=("next", "success"), required=True))


def _rounds(spec: Settings) -> tuple[Port, ...]:
    return (
        Port("body", required=IN_PLACE.isdisjoint(spec)),
        Port("done", aliases=("next", "success", "complete"), required=True),
        Port("failure", handle="error", aliases=("fail",), shown="used"),
    )


def _parallel_summary(spec: Settings) -> str:
    value = spec.get("branches")
    counted = isinstance(value, int) and not isinstance(value, bool)
    many = f"{value} branches" if counted else count(value, "branch", "branches")
    join = first(spec, "join")
    return joined(many, f"join {join}" if join else "")


def _loop_summary(spec: Settings) -> str:
    each, over = first(spec, "iterator"), first(spec, "collection")
    return joined(f"each {each}" if each else "", f"in {over}" if over else "", by=" ")


def _join_clashes(spec: Settings) -> Iterator[Clash]:
    join_count, branches = number(spec.get("join_count")), number_of(spec.get("branches"))
    if join_count is not None and branches is not None and branches > 1 and join_count > branches:
        yield Clash(
            ("join_count",),
            f"join_count is {join_count:g}, but there are {branches} branches. Lower it.",
        )
    if spec.get("join_count") is not None and text(spec.get("join")) in ("all", "any"):
        yield Clash(
            ("join_count",),
            "join_count only has an effect if join is “n_of”, but join is "
            f"“{text(spec.get('join'))}”. Remove join_count or change join.",
        )


TYPES = (
    NodeType(
        type="loop",
        category="logic",
        icon="↺",
        help="Repeats a part of the flow for every item of a list.",
        spec=LoopSpec,
        outputs=_rounds,
        summary=lambda spec: _loop_summary(spec) or line(spec.get("description")),
        new={"collection": "", "iterator": "item"},
        required=("collection", "iterator"),
        traits=("container", "body", "decides", "repeats"),
        frame_mark="↺",
        targets=(Target("body_start", "body"),),
    ),
    NodeType(
        type="parallel",
        category="logic",
        icon="═",
        help="Runs several branches at the same time and joins them.",
        spec=ParallelSpec,
        outputs=_branches,
        summary=_parallel_summary,
        new={"branches": ["first", "second"], "join": "all", "timeout_ms": 30000},
        required=("branches",),
        ranges=(
            Range("branches", 1, MOST_BRANCHES, "branches"),
            Range("join_count", 1, MOST_BRANCHES),
            WAIT,
        ),
        required_when=(
            Need(
                ("join_count",),
                when_word("join", "n_of"),
                "the flow goes on when that many branches are done",
            ),
        ),
        fewest=(
            Fewest("branches", 2, "A single branch is not parallel. Add branches", lines=True),
        ),
        distinct=("branches",),
        clashes=(_join_clashes,),
        traits=("container", "body", "decides", "leads", "repeats"),
        frame_mark="═",
        targets=(Target("body_start"),),
    ),
)
