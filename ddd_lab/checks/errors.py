"""Whether the error codes that flows answer with are in the registry."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._registry import Violation, design_rule, link_rule
from ddd_lab.checks._values import mapping
from ddd_lab.spec.models.design import ERRORS_FILE
from ddd_lab.spec.problem import Place


@link_rule("errors.unknown-code", "warning", "An error code that is not in the registry")
def unknown_code(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
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
        yield Violation(
            design.mention_at(view.key, code),
            f"The error code {code.name} is not in the registry."
            f"{design.hint(code.name, (*shared, *own))} Use one that is, or add this one to "
            f"{ERRORS_FILE}.",
        )


@link_rule("errors.other-status", "warning", "An answer with another status than its error has")
def other_status(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """The registry gives each error its HTTP status; an answer with its code must have the same."""
    domain = design.domains.get(view.domain)
    codes = {**design.design.errors.codes, **(domain.errors if domain else {})}
    for code in design.facts[view.key].codes if codes else ():
        known = codes.get(code.name)
        number = view.index.get(code.node)
        if known is None or known.http_status is None or number is None:
            continue
        if view.kinds[number] != "terminal":
            continue
        status = mapping(view.nodes[number].spec).get("status")
        if isinstance(status, int) and status != known.http_status:
            yield Violation(
                view.at(number, "spec", "status"),
                f"“{view.called(number)}” answers {code.name} with {status}, but the registry "
                f"gives it {known.http_status}: make the two the same.",
            )


@design_rule("errors.status", "warning", "An error with a status that HTTP does not have")
def status(design: DesignIndex) -> Iterator[Violation]:
    """Clients and proxies act upon the status, from 100 to 599."""
    for code in design.design.errors.codes.values():
        if code.http_status is not None and not 100 <= code.http_status <= 599:
            yield Violation(
                Place(file=ERRORS_FILE, path=(*code.path, "http_status")),
                f"{code.code} has the status {code.http_status}: write one from 100 to 599.",
            )
