"""Whether the error codes that flows answer with are in the registry."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._registry import Violation, design_rule, link_rule
from ddd_lab.checks._values import mapping
from ddd_lab.spec.paths import ERRORS_FILE
from ddd_lab.spec.problem import Place


@link_rule("errors.unknown-code", "warning", "An error code that is not in the registry")
def unknown_code(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """Code and tests look up an error's status and message in the registry.

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
            design.reference_at(view.key, code),
            f"The error code {code.name} is not in the registry."
            f"{design.hint(code.name, (*shared, *own))} Use one that is, or add this one to "
            f"{ERRORS_FILE}.",
        )


@link_rule("errors.other-status", "warning", "A response whose status differs from its error code")
def other_status(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """The registry sets the HTTP status of each error. A response with that error must use it."""
    domain = design.domains.get(view.domain)
    codes = {**design.design.errors.codes, **(domain.errors if domain else {})}
    for code in design.facts[view.key].codes if codes else ():
        declared = codes.get(code.name)
        number = view.index.get(code.node)
        if declared is None or declared.http_status is None or number is None:
            continue
        if view.kinds[number] != "terminal":
            continue
        status = mapping(view.nodes[number].spec).get("status")
        if isinstance(status, int) and status != declared.http_status:
            yield Violation(
                view.at(number, "spec", "status"),
                f"“{view.called(number)}” answers {code.name} with {status}, but the registry "
                f"says {declared.http_status}. Make them equal.",
            )


@design_rule("errors.status", "warning", "An error with an invalid HTTP status")
def status(design: DesignIndex) -> Iterator[Violation]:
    """Clients and proxies rely on the status. It must be between 100 and 599."""
    for code in design.design.errors.codes.values():
        if code.http_status is not None and not 100 <= code.http_status <= 599:
            yield Violation(
                Place(file=ERRORS_FILE, path=(*code.path, "http_status")),
                f"{code.code} has the status {code.http_status}. Write one from 100 to 599.",
            )
