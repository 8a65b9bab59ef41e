"""Whether nodes have the settings that their types require, with the right types of values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._registry import Violation, flow_rule
from ddd_lab.checks._settings import misfits, name_of, strange_words
from ddd_lab.checks._values import blank, entries, items, mapping, quoted
from ddd_lab.spec.catalogue import NodeType, catalogue
from ddd_lab.spec.edit.data import show_path
from ddd_lab.spec.local_refs import settings
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.trigger import trigger_kind


@flow_rule("specs.unknown-type", "warning", "A node with an unknown type")
def unknown_type(view: FlowView) -> Iterator[Violation]:
    """The node is kept and drawn as a plain card, but it has no form and is not checked."""
    for number, kind in enumerate(view.types):
        written = view.nodes[number].type
        if kind is None and written:
            yield Violation(
                view.at(number, "type"),
                f"There is no node type “{written}”.{view.hint(written, catalogue())} Use a type "
                "of the palette, or “process” with a description.",
            )


@flow_rule("specs.required", "warning", "A missing setting")
def required(view: FlowView) -> Iterator[Violation]:
    """This type of node requires the setting. Triggers are checked by the http rules."""
    for number, kind in enumerate(view.types):
        if kind is None or not kind.has_input:
            continue
        spec = mapping(view.nodes[number].spec)
        # Following references takes long, and most nodes say all that they must themselves.
        missing = _missing(kind, spec) and _missing(kind, settings(spec, view.flow))
        if missing and view.takes_in(number):
            continue
        for keys in missing:
            yield Violation(
                view.at(number, "spec", keys[0]),
                f"{kind.title} “{view.called(number)}” has no {name_of(kind.spec, keys[:1])} yet. "
                "Fill it in.",
            )


def _missing(kind: NodeType, spec: Mapping[str, Data]) -> list[tuple[str, ...]]:
    """Required keys that say nothing, each with those that would do as well."""
    missing = []
    for need in kind.required:
        keys = (need,) if isinstance(need, str) else need
        for key in keys:
            if not blank(spec.get(key)):
                break
        else:
            missing.append(keys)
    return missing


@flow_rule("specs.type", "warning", "A setting with the wrong type of value")
def wrong_kind(view: FlowView) -> Iterator[Violation]:
    """Forms and generated code cannot use the value, for example a map instead of a number.

    The value stays in the file. Expressions ($.path) and references are allowed everywhere.
    """
    for number, kind in enumerate(view.types):
        if kind is None:
            continue
        for misfit in misfits(kind.spec, mapping(view.nodes[number].spec)):
            yield Violation(
                view.at(number, "spec", *misfit.path),
                f"{show_path(misfit.path)} is {_told(misfit.value)}. Write {misfit.wanted}.",
            )


@flow_rule("specs.word", "warning", "An invalid option")
def strange_word(view: FlowView) -> Iterator[Violation]:
    """The setting allows a fixed set of options, and this is not one of them.

    The value stays in the file.
    """
    for number, kind in enumerate(view.types):
        if kind is None:
            continue
        spec = mapping(view.nodes[number].spec)
        for path, word, options in strange_words(kind.spec, spec):
            if path == ("method",) and (word.upper() in _METHODS or spec.get("service")):
                continue
            if kind.type == "trigger" and path != ("method",) and trigger_kind(word):
                continue
            yield Violation(
                view.at(number, "spec", *path),
                f"“{word}” is not a valid value of {show_path(path)}."
                f"{view.hint(word, options)} Use {quoted(options, 16)}.",
            )


_METHODS = frozenset(("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"))
"""Methods of HTTP, in any case; a service that is named may have methods of its own."""


def _told(value: Data) -> str:
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, list):
        return "a list"
    line = " ".join(str(value).split())
    return f"“{line if len(line) <= 40 else line[:39] + '…'}”"


@flow_rule("specs.misspelt-key", "warning", "A misspelt setting")
def misspelt_key(view: FlowView) -> Iterator[Violation]:
    """Extra settings are allowed.

    But a name that is almost the name of a known setting is probably a typing mistake. Nothing is
    reported if the known setting is present too.
    """
    for number, kind in enumerate(view.types):
        if kind is None:
            continue
        spec = mapping(view.nodes[number].spec)
        keys = _keys(kind.type)
        for key in spec:
            if key in keys or not isinstance(key, str):
                continue
            near = _near(kind.type, key)
            if near and near not in spec:
                yield Violation(
                    view.at(number, "spec", key),
                    f"{kind.title} has no setting “{key}”. Did you mean “{near}”?",
                )


@cache
def _keys(word: str) -> frozenset[str]:
    kind = catalogue()[word]
    required = (need if isinstance(need, tuple) else (need,) for need in kind.required)
    return frozenset(kind.spec.keys()).union(*required)


@lru_cache(maxsize=2000)
def _near(word: str, key: str) -> str:
    """The known key that a key is one slip away from, if there is just one."""
    if len(key) < 5:
        return ""
    near = [
        candidate
        for candidate in _keys(word)
        if abs(len(candidate) - len(key)) < 2 and _slip(candidate, key)
    ]
    return near[0] if len(near) == 1 else ""


def _slip(one: str, other: str) -> bool:
    """Whether two words differ by a letter more, a letter else, or two that changed places."""
    if sorted(one) == sorted(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 2
    short, long = sorted((one, other), key=len)
    start = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    # Singular and plural are two words that may both be meant: member, members.
    if len(short) < len(long):
        return short[start:] == long[start + 1 :] and start < len(short)
    return short[start + 1 :] == long[start + 1 :] and start > 0


@flow_rule("specs.error-text", "info", "An input field without an error text")
def error_text(view: FlowView) -> Iterator[Violation]:
    """If some fields of an input have an error text, the others should have one too.

    Fields without restrictions, and inputs without any error text, are not reported.
    """
    for number in view.of(("input",)):
        fields = list(entries(mapping(view.nodes[number].spec).get("fields")))
        if not any(_has_error(field) for _, field, _ in fields):
            continue
        for name, field, path in fields:
            checked = mapping(field).get("required") is True or _RULES & mapping(field).keys()
            if checked and not _has_error(field):
                yield Violation(
                    view.at(number, "spec", "fields", *path, "error"),
                    f"“{name}” has no error text, but other fields have one. Add an error text.",
                )


_RULES = frozenset(("min", "max", "min_length", "max_length", "pattern", "format", "enum"))


def _has_error(field: Data) -> bool:
    rules = items(mapping(field).get("validations"))
    return any(not blank(mapping(one).get("error")) for one in (field, *rules))


@flow_rule("specs.claimed-complete", "info", "A flow marked complete that is not")
def claimed_complete(view: FlowView) -> Iterator[Violation]:
    """The metadata says that the flow is complete, but a node or a required setting is missing."""
    claim = view.flow.metadata.get("completeness")
    if not isinstance(claim, int | float) or isinstance(claim, bool) or claim < 100:
        return
    lost = {line.target for lines in view.lines for line in lines if line.to is None}
    what = [f"the nodes {quoted(sorted(lost))}"] if lost else []
    if missing := [view.named(hit.place.node) for hit in required(view)]:
        what.append(f"settings of {quoted(list(dict.fromkeys(missing)))}")
    if what:
        yield Violation(
            view.at_top("metadata", "completeness"),
            f"The flow says that it is complete, but {' and '.join(what)} are missing. Add them, "
            f"or lower the percentage.",
        )
