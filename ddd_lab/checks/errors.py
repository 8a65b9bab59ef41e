"""Whether the error codes that flows answer with are in the registry."""

from __future__ import annotations

from collections.abc import Iterator

from ..spec.design import ERRORS_FILE
from ._design_index import DesignIndex
from ._flow_view import FlowView
from ._registry import Hit, link_rule


@link_rule("errors.unknown-code", "warning", "An error code that is not in the registry")
def unknown_code(view: FlowView, design: DesignIndex) -> Iterator[Hit]:
    """Code and tests take status and message of an error from the registry, by its code.

    Where there is no registry nothing is checked. Free text under “error” counts only where it
    looks like a code.
    """
    shared = design.design.errors.codes
    if not shared:
        return
    domain = design.domains.get(view.domain)
    own = domain.errors if domain else {}
    seen: set[tuple[str, str]] = set()
    for code in design.facts[view.key].codes:
        if code.name in shared or code.name in own or (code.name, code.node) in seen:
            continue
        seen.add((code.name, code.node))
        yield Hit(
            design.mention_at(view.key, code),
            f"The error code {code.name} is not in the registry."
            f"{design.hint(code.name, (*shared, *own))} Use one that is, or add this one to "
            f"{ERRORS_FILE}.",
        )
