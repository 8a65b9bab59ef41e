"""Whether the settings of the nodes are there and of the kind that their types declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..spec.base import Data
from ..spec.catalogue import NodeType, catalogue
from ..spec.data import show_path
from ..spec.refs_local import settings
from ._flow_view import FlowView
from ._registry import Hit, flow_rule
from ._settings import misfits, strange_words
from ._values import mapping, quoted


@flow_rule("specs.unknown-type", "warning", "A node of a type that nobody knows")
def unknown_type(view: FlowView) -> Iterator[Hit]:
    """The node is kept and drawn as a plain card, but there is no form for it and no check."""
    for number, kind in enumerate(view.types):
        written = view.nodes[number].type
        if kind is None and written:
            yield Hit(
                view.at(number, "type"),
                f"There is no node type “{written}”.{view.hint(written, catalogue())} Use a type "
                "of the palette, or “process” with a description.",
            )


@flow_rule("specs.required", "warning", "A setting that is missing")
def required(view: FlowView) -> Iterator[Hit]:
    """The type of the node cannot do its work without this setting.

    Whether a trigger says what it must is the matter of the http rules.
    """
    for number, kind in enumerate(view.types):
        if kind is None or kind.type == "trigger":
            continue
        spec = mapping(view.nodes[number].spec)
        # Following references takes long, and most nodes say all that they must themselves.
        missing = _missing(kind, spec) and _missing(kind, settings(spec, view.flow))
        for keys in missing:
            nor = f" (nor {quoted(keys[1:])})" if keys[1:] else ""
            yield Hit(
                view.at(number, "spec", keys[0]),
                f"{kind.title} “{view.called(number)}” has no “{keys[0]}”{nor}: fill it in.",
            )


def _missing(kind: NodeType, spec: Mapping[str, Data]) -> list[tuple[str, ...]]:
    """Required keys that say nothing, each with those that would do as well."""
    found = []
    for need in kind.required:
        keys = (need,) if isinstance(need, str) else need
        for key in keys:
            if not blank(spec.get(key)):
                break
        else:
            found.append(keys)
    return found


def blank(value: Data) -> bool:
    """Whether a value says nothing; a number and ``False`` do say something."""
    return value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip())


@flow_rule("specs.type", "warning", "A setting of the wrong kind")
def wrong_kind(view: FlowView) -> Iterator[Hit]:
    """A map where a number belongs, or the like: forms and generated code cannot use the value.

    It is kept as it is. Expressions ($.path) and references may stand in for any value.
    """
    for number, kind in enumerate(view.types):
        if kind is None:
            continue
        for misfit in misfits(kind.spec, mapping(view.nodes[number].spec)):
            yield Hit(
                view.at(number, "spec", *misfit.path),
                f"{show_path(misfit.path)} is {_told(misfit.value)}: write {misfit.wanted}.",
            )


@flow_rule("specs.word", "warning", "A word that the setting does not know")
def strange_word(view: FlowView) -> Iterator[Hit]:
    """The setting has a fixed set of words, and this is none of them.

    It is kept as it is; what becomes of it is up to whoever writes the code.
    """
    for number, kind in enumerate(view.types):
        if kind is None:
            continue
        spec = mapping(view.nodes[number].spec)
        for path, word, options in strange_words(kind.spec, spec):
            yield Hit(
                view.at(number, "spec", *path),
                f"“{word}” is none of the words that {show_path(path)} knows."
                f"{view.hint(word, options)} Use {quoted(options, 16)}.",
            )


def _told(value: Data) -> str:
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, list):
        return "a list"
    line = " ".join(str(value).split())
    return f"“{line if len(line) <= 40 else line[:39] + '…'}”"
