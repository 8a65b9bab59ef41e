"""Whether a node has the settings that other settings require."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ddd_lab.checks._flow_summary import runtime
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._registry import Violation, flow_rule
from ddd_lab.checks._settings import name_of
from ddd_lab.checks._values import blank, entries, mapping, named
from ddd_lab.spec.catalogue import keys_of, number_of
from ddd_lab.spec.local_refs import settings
from ddd_lab.spec.models.base import Data


@flow_rule("specs.needed", "warning", "A setting that another setting requires")
def needed(view: FlowView) -> Iterator[Violation]:
    """Some settings require others: joining n_of branches requires a number, for instance.

    Settings that a type always requires are checked by specs.required. Fields of an input and
    entries of lists (rules, tools, checks, steps) are checked one by one.
    """
    for number, kind in view.known:
        if not kind.required_when:
            continue
        spec = settings(mapping(view.nodes[number].spec), view.flow)
        outputs = frozenset(line.output for line in view.lines[number])
        for need in kind.required_when:
            if not need.when(spec, outputs) or any(_said(spec, key) for key in need.keys):
                continue
            keys = keys_of(need.keys[0])
            yield Violation(
                view.at(number, "spec", *keys),
                f"“{view.called(number)}” has no {name_of(kind.spec, keys)} yet. Add it, because "
                f"{need.because}.",
            )


@flow_rule("specs.incomplete-entry", "warning", "An incomplete entry")
def incomplete_entry(view: FlowView) -> Iterator[Violation]:
    """An entry without its main part has no effect, such as a rule without a condition."""
    for number, kind in view.known:
        for part in kind.entries:
            spec = mapping(view.nodes[number].spec)
            keys = keys_of(part.key)
            for name, entry, path in entries(named(spec, *keys)):
                if not isinstance(entry, dict) or any(key in entry for key in part.unless):
                    continue
                if any(not blank(entry.get(key)) for key in part.keys):
                    continue
                called = f" “{name}”" if name else ""
                needed = name_of(kind.spec, (*keys, part.keys[0]))
                yield Violation(
                    view.at(number, "spec", *keys, *path, part.keys[0]),
                    f"The {part.what}{called} has no {needed} yet. Fill it in, or remove the "
                    f"{part.what}.",
                )


@flow_rule("specs.too-few", "warning", "Too few entries")
def too_few(view: FlowView) -> Iterator[Violation]:
    """Some types need several branches, agents, members or steps.

    A missing list is reported by specs.required.
    """
    for number, kind in view.known:
        for key, fewest, why, lines in kind.fewest:
            spec = settings(mapping(view.nodes[number].spec), view.flow)
            count = number_of(spec.get(key))
            if not count or count >= fewest or (lines and _drawn(view, number) >= fewest):
                continue
            yield Violation(
                view.at(number, "spec", key),
                f"“{key}” of “{view.called(number)}” has {count}, but needs at least {fewest}. "
                f"{why}.",
            )


@flow_rule("specs.untyped-field", "warning", "A field without a type")
def untyped_field(view: FlowView) -> Iterator[Violation]:
    """Requests, forms and tests depend on the types of the fields."""
    for number in view.of(("input",)):
        for name, field, path in entries(mapping(view.nodes[number].spec).get("fields")):
            if not isinstance(field, dict) or "$ref" in field or runtime(name):
                continue
            if all(blank(field.get(key)) for key in ("type", "schema", "enum", "ref")):
                yield Violation(
                    view.at(number, "spec", "fields", *path, "type"),
                    f"The field “{name}” has no type. Add one, for example string.",
                )


def _drawn(view: FlowView, number: int) -> int:
    """Branches that are connected, whatever the settings count."""
    return len({line.output for line in view.lines[number]} - {"done", "next", "failure", "error"})


def _said(spec: Mapping[str, Data], key: str) -> bool:
    return not blank(named(spec, *keys_of(key)))
