"""Whether the positions on maps belong to existing domains and flows."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._registry import Violation, design_rule
from ddd_lab.spec.paths import LAYOUT_FILE
from ddd_lab.spec.problem import Place


@design_rule("layout.unknown-flow", "warning", "A position for an unknown flow")
def unknown_flow(design: DesignIndex) -> Iterator[Violation]:
    """The flow was renamed or removed, so its position on the domain map is not used."""
    for domain, model in design.domains.items():
        flows = design.flows_of(domain)
        for flow in model.layout_flows:
            if flow not in flows:
                yield Violation(
                    design.domain_at(domain, "layout", "flows", flow),
                    f"“{domain}” has no flow “{flow}” for this "
                    f"position.{design.hint(flow, flows)} Rename "
                    "the entry to one of its flows, or remove it.",
                )


@design_rule("layout.unknown-portal", "warning", "A portal to an unknown domain")
def unknown_portal(design: DesignIndex) -> Iterator[Violation]:
    """A portal must lead to another domain of this design."""
    for domain, model in design.domains.items():
        for target in model.layout_portals:
            if target not in design.domains:
                yield Violation(
                    design.domain_at(domain, "layout", "portals", target),
                    f"There is no domain “{target}” for this portal."
                    f"{design.like_domain(target)} Rename the entry, or remove it.",
                )


@design_rule("layout.unknown-domain", "warning", "A position for an unknown domain")
def unknown_domain(design: DesignIndex) -> Iterator[Violation]:
    """The domain was renamed or removed, so its position on the system map is not used."""
    for domain in design.design.layout.domains:
        if domain not in design.domains:
            yield Violation(
                Place(file=LAYOUT_FILE, path=("system_layout", "domains", domain)),
                f"There is no domain “{domain}” for this position.{design.like_domain(domain)} "
                f"Rename the "
                "entry, or remove it.",
            )
