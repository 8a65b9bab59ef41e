"""Whether ids are present, unique, and safe in file names and references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._registry import Violation, flow_rule
from ddd_lab.visible import visible

_USUAL = re.compile(r"\w[\w.-]*")
_UNSAFE = re.compile(r"[/\\#\x00-\x1f\x7f]|\.\.")


@flow_rule("names.duplicate-id", "error", "Two nodes with the same id")
def duplicate_id(view: FlowView) -> Iterator[Violation]:
    """Connections name their target by id, so they cannot tell the two nodes apart.

    They lead to the first node. The second gets a temporary id until you give it its own.
    """
    taken = {node.id for node in view.nodes}
    seen: set[str] = set()
    for number, node in enumerate(view.nodes):
        declared = node.declared_id or ""
        if node.id in seen or (declared and declared != node.id and declared in taken):
            name = declared or node.id
            yield Violation(
                view.at(number, "id"),
                f"The id “{name}” is already taken by another node of this flow. Give this one "
                f"another id.",
            )
        seen.add(node.id)


@flow_rule("names.missing-id", "error", "A node without an id")
def missing_id(view: FlowView) -> Iterator[Violation]:
    """Connections cannot lead to a node without an id. A trigger needs none."""
    for number, node in enumerate(view.nodes):
        if node.id and (node.declared_id != "" or view.kinds[number] == "trigger"):
            continue
        if view.takes_in(number):
            continue
        yield Violation(
            view.at(number, "id"),
            f"This {view.type_word(number)} has no id. Add one that says what it does, such as "
            "“validate_input”.",
        )


@flow_rule("names.unsafe-id", "error", "An id with forbidden characters")
def unsafe_id(view: FlowView) -> Iterator[Violation]:
    """Ids become parts of file names, references and code.

    Slashes, backslashes, “#”, “..” and control characters have a special meaning there.
    """
    if _UNSAFE.search(view.flow.id):
        yield Violation(view.at_top("flow", "id"), _unsafe("flow", view.flow.id))
    for number, node in enumerate(view.nodes):
        if _UNSAFE.search(node.id):
            yield Violation(view.at(number, "id"), _unsafe("node", node.id))


@flow_rule("names.unusual-id", "warning", "An id with unusual characters")
def unusual_id(view: FlowView) -> Iterator[Violation]:
    """Code and tests use ids as names. Letters, digits, “_”, “-” and “.” are safe everywhere."""
    for number, node in enumerate(view.nodes):
        written = node.declared_id if view.is_made_up(number) else node.id
        if written and not _USUAL.fullmatch(written) and not _UNSAFE.search(written):
            yield Violation(
                view.at(number, "id"),
                f"The id “{_shown(written)}” has unusual characters. Use letters, digits, “_”, "
                "“-” and “.”, and put the rest into the label.",
            )


def _unsafe(what: str, id: str) -> str:
    return (
        f"“{_shown(id)}” cannot be the id of a {what}, because ids become file names and "
        f"references. Use only letters, digits, “_”, “-” and “.”."
    )


def _shown(id: str) -> str:
    """An id for a message: control characters visible, not endlessly long."""
    return visible(id if len(id) <= 60 else f"{id[:59]}…")
