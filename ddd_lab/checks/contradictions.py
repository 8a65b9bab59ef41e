"""Whether the settings of one node agree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._registry import Violation, flow_rule
from ddd_lab.checks._values import mapping


@flow_rule("specs.contradiction", "warning", "Contradicting settings")
def contradiction(view: FlowView) -> Iterator[Violation]:
    """Two settings contradict each other.

    Examples: a minimum above the maximum, a fallback equal to the model, two prompts.
    """
    for number, kind in view.known:
        for look in kind.clashes:
            for clash in look(mapping(view.nodes[number].spec)):
                yield Violation(view.at(number, "spec", *clash.path), clash.message)
