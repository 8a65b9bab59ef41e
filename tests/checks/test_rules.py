"""The rules as a whole: every one is explained, documented and proved."""

from __future__ import annotations

import re
from pathlib import Path

from ddd_lab.checks import rules
from scripts.generate_rules import TARGET, generate

ERRORS = [
    "domains.duplicate",
    "domains.duplicate-flow",
    "domains.flow-domain",
    "domains.flow-id",
    "events.unknown-flow",
    "events.unknown-group",
    "graph.dead-end",
    "graph.endless-loop",
    "graph.from-terminal",
    "graph.into-trigger",
    "graph.no-terminal",
    "graph.no-trigger",
    "graph.second-trigger",
    "graph.unreachable",
    "http.duplicate-endpoint",
    "http.incomplete",
    "infrastructure.circular",
    "infrastructure.duplicate-service",
    "internal.rule-failed",
    "names.duplicate-id",
    "names.missing-id",
    "names.unsafe-id",
    "pages.duplicate",
    "references.circular-agents",
    "references.unknown-domain",
    "references.unknown-flow",
    "schedules.invalid",
    "schemas.circular-parents",
    "schemas.duplicate-name",
    "schemas.unknown-parent",
    "wiring.unconnected",
]
ADVICE = [
    "agents.several-loops",
    "domains.empty",
    "events.mixed-names",
    "events.no-consumer",
    "http.auth",
    "schemas.unowned",
    "specs.claimed-complete",
    "specs.error-text",
]


def test_only_what_cannot_work_is_an_error() -> None:
    by_severity: dict[str, list[str]] = {"error": [], "warning": [], "info": []}
    for rule in rules().values():
        by_severity[rule.severity].append(rule.id)
    assert sorted(by_severity["error"]) == sorted(ERRORS)
    assert by_severity["info"] == ADVICE


def test_every_rule_has_a_subject_a_title_and_an_explanation() -> None:
    for id, rule in rules().items():
        assert re.fullmatch(r"[a-z]+\.[a-z]+(-[a-z]+)*", id)
        assert rule.title[0].isupper()
        assert not rule.title.endswith(".")
        assert len(rule.explain) > 40, id


def test_the_documentation_lists_the_rules_as_they_are() -> None:
    assert TARGET.read_text("utf-8") == generate(), "run `make schema` and commit docs/rules.md"


def test_every_rule_is_shown_at_work_and_at_rest() -> None:
    text = "\n".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    for id in rules().keys() - {"internal.rule-failed", "http.duplicate-endpoint"}:
        named = re.findall(rf'(?i:rule)[a-z, ]* = "{id}"', text)
        assert named or re.search(rf'shows\(\s*"{id}"', text), f"no test shows what {id} finds"
        assert named or re.search(rf'quiet\(\s*"{id}"', text), f"no test shows when {id} is quiet"
