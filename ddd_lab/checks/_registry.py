"""What a rule is, how one is declared, and where all of them are found."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.spec.problem import Place, Severity

Scope = Literal["flow", "link", "design"]
"""What a rule looks at: one flow alone, one flow against the rest of the design, or the design."""


class Violation(NamedTuple):
    """What a rule yields: where, and what is wrong with the value and what to do about it.

    Attributes:
        severity: the rule's own if None; a rule may find some cases worse than others.
    """

    place: Place
    message: str
    severity: Severity | None = None


FlowCheck: TypeAlias = Callable[[FlowView], Iterable[Violation]]
LinkCheck: TypeAlias = Callable[[FlowView, DesignIndex], Iterable[Violation]]
DesignCheck: TypeAlias = Callable[[DesignIndex], Iterable[Violation]]

FAILED = "internal.rule-failed"


@dataclass(frozen=True)
class Rule:
    """One thing that is checked.

    Attributes:
        id: subject and name, ``graph.unreachable``; stable, since people silence rules by it.
        severity: ``error`` only where the design cannot work or cannot mean what it says,
            ``warning`` for a likely mistake, ``info`` for advice.
        title: what the rule finds, in a few words.
        scope: what it looks at; a ``flow`` rule depends on nothing but the flow and its key.
        explain: why it matters and what is left alone, in full sentences.
    """

    id: str
    severity: Severity
    title: str
    scope: Scope
    explain: str


_flow: list[tuple[Rule, FlowCheck]] = []
_link: list[tuple[Rule, LinkCheck]] = []
_design: list[tuple[Rule, DesignCheck]] = []


def flow_rule(id: str, severity: Severity, title: str) -> Callable[[FlowCheck], FlowCheck]:
    """Register a check of one flow that depends on nothing but the flow and its key.

    The function's docstring becomes the rule's explanation.
    """

    def register(check: FlowCheck) -> FlowCheck:
        _flow.append((_declared(id, severity, title, "flow", check), check))
        return check

    return register


def link_rule(id: str, severity: Severity, title: str) -> Callable[[LinkCheck], LinkCheck]:
    """Register a check of one flow against the rest of the design.

    Of other flows it may look at which are called, which events are emitted, and at their
    contracts; :class:`IncrementalChecker` runs it again when one of these changes.
    """

    def register(check: LinkCheck) -> LinkCheck:
        _link.append((_declared(id, severity, title, "link", check), check))
        return check

    return register


def design_rule(id: str, severity: Severity, title: str) -> Callable[[DesignCheck], DesignCheck]:
    """Register a check of domains, shared files, or several flows at once.

    Of flows it looks at the facts only (:mod:`._facts`).
    """

    def register(check: DesignCheck) -> DesignCheck:
        _design.append((_declared(id, severity, title, "design", check), check))
        return check

    return register


def _declared(
    id: str, severity: Severity, title: str, scope: Scope, check: Callable[..., object]
) -> Rule:
    return Rule(id, severity, title, scope, " ".join((inspect.getdoc(check) or "").split()))


@cache
def _load() -> None:
    """Import every module of this package that may declare rules."""
    package = __name__.rpartition(".")[0]
    path = importlib.import_module(package).__path__
    for info in sorted(pkgutil.iter_modules(path), key=lambda info: info.name):
        if not info.name.startswith("_"):
            importlib.import_module(f"{package}.{info.name}")
    for group in (_flow, _link, _design):
        group.sort(key=lambda pair: pair[0].id)


def flow_rules() -> list[tuple[Rule, FlowCheck]]:
    """Every rule of flow scope with its function, by id."""
    _load()
    return _flow


def link_rules() -> list[tuple[Rule, LinkCheck]]:
    """Every rule of link scope with its function, by id."""
    _load()
    return _link


def design_rules() -> list[tuple[Rule, DesignCheck]]:
    """Every rule of design scope with its function, by id."""
    _load()
    return _design


RULE_FAILED = Rule(
    FAILED,
    "error",
    "A check that failed",
    "design",
    "A rule failed because of an unexpected error. The other rules have run and their problems "
    "are valid.",
)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by id, in the order of their ids."""
    pairs = [*flow_rules(), *link_rules(), *design_rules()]
    listed = sorted([*(rule for rule, _ in pairs), RULE_FAILED], key=lambda rule: rule.id)
    return MappingProxyType({rule.id: rule for rule in listed})
