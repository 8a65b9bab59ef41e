"""Checks of a design: one small function per rule, each with an id and a severity.

A module of this folder whose name does not start with an underscore declares rules with
:func:`flow_rule`, :func:`link_rule` or :func:`design_rule`; adding a rule is adding a function.
"""

from __future__ import annotations

from ddd_lab.checks._incremental import IncrementalChecker
from ddd_lab.checks._registry import Rule, Scope, design_rule, flow_rule, link_rule, rules
from ddd_lab.checks._runner import check, check_design, check_flow

__all__ = [
    "IncrementalChecker",
    "Rule",
    "Scope",
    "check",
    "check_design",
    "check_flow",
    "design_rule",
    "flow_rule",
    "link_rule",
    "rules",
]
