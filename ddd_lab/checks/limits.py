"""Whether the numbers in settings are in a sensible range."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._registry import Violation, flow_rule
from ddd_lab.checks._values import entries, items, mapping, named
from ddd_lab.spec.catalogue import Range, keys_of, numbers
from ddd_lab.spec.edit.data import show_path


@flow_rule("specs.range", "warning", "A number out of range")
def out_of_range(view: FlowView) -> Iterator[Violation]:
    """The number is too large or too small: HTTP status 999, 120 %, 0 attempts.

    Expressions and numbers with a unit are not checked.
    """
    for number, kind in view.known:
        spec = mapping(view.nodes[number].spec)
        for limit in kind.ranges:
            keys = keys_of(limit.key)
            for path, value in numbers(spec, keys) if keys[0] in spec else ():
                if not limit.lowest <= value <= limit.highest:
                    yield Violation(
                        view.at(number, "spec", *path),
                        f"{show_path(path)} is {value:g}. Write a number {_between(limit)}.",
                    )
    for path, value in numbers(view.flow.metadata, ("completeness",)):
        if not 0 <= value <= 100:
            yield Violation(
                view.at_top("metadata", *path),
                f"completeness is {value:g}. Write a percentage from 0 to 100.",
            )


@flow_rule("specs.status", "warning", "An invalid HTTP status")
def no_status(view: FlowView) -> Iterator[Violation]:
    """Errors of a call are mapped by HTTP status, from 100 to 599.

    Words (timeout, default) and classes (4xx) are allowed too.
    """
    for number in view.of(("service_call",)):
        for key in mapping(mapping(view.nodes[number].spec).get("error_mapping")):
            if str(key).isdecimal() and not 100 <= int(str(key)[:9]) <= 599:
                yield Violation(
                    view.at(number, "spec", "error_mapping", key),
                    f"{key} is not an HTTP status. Use a number from 100 to 599.",
                )


@flow_rule("specs.shares", "warning", "Experiments with more than 100 % in total")
def shares(view: FlowView) -> Iterator[Violation]:
    """The experiments of one route share its requests.

    Their percentages must not exceed 100 in total.
    """
    for number in view.of(("smart_router",)):
        at = ("ab_testing", "experiments")
        experiments = items(named(mapping(view.nodes[number].spec), *at))
        sums: dict[str, float] = {}
        for index, experiment in enumerate(experiments):
            share = mapping(experiment).get("percentage")
            if isinstance(share, bool) or not isinstance(share, int | float):
                continue
            route = str(mapping(experiment).get("original_route") or "")
            before = sums.get(route, 0)
            sums[route] = before + share
            if before <= 100 < sums[route] and share <= 100:
                yield Violation(
                    view.at(number, "spec", *at, index, "percentage"),
                    f"With this one the experiments take {sums[route]:g} % of the requests. "
                    f"Lower the percentages to at most 100 in total.",
                )


@flow_rule("specs.same-name", "warning", "Two entries with the same name")
def same_name(view: FlowView) -> Iterator[Violation]:
    """Routes, options, tools and agents are chosen by id, so one of the two is never chosen."""
    for number, kind in view.known:
        for key in kind.distinct:
            keys = keys_of(key)
            seen: set[str] = set()
            listed = named(mapping(view.nodes[number].spec), *keys)
            for name, _, path in entries(listed) if isinstance(listed, list) else ():
                if name and name in seen:
                    yield Violation(
                        view.at(number, "spec", *keys, *path),
                        f"“{name}” appears twice in {key}. Give each entry a different name.",
                    )
                seen.add(name)


def _between(limit: Range) -> str:
    unit = f" ({limit.unit})" if limit.unit else ""
    if math.isinf(limit.highest):
        return f"from {limit.lowest:g} up{unit}"
    return f"from {limit.lowest:g} to {limit.highest:g}{unit}"
