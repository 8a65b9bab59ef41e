"""Real projects: what is reported is worth their owners' while, and nothing else is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ddd_lab.checks import check
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.problem import UnlocatedProblem


def _found(project: Path) -> list[UnlocatedProblem]:
    return check(Workspace(project).design)


def _counts(found: list[UnlocatedProblem]) -> dict[str, int]:
    return dict(Counter(finding.rule for finding in found))


def test_a_large_project_of_the_later_format_has_only_findings_that_are_true(corpus: Path) -> None:
    found = _found(corpus / "nexus")
    assert _counts(found) == {
        # An upload whose field is “file” is parsed as “file_content”.
        "data.unknown-field": 1,
        "domains.listed-type": 1,
        # Three flows answer SERVICE_UNAVAILABLE with 502; the registry gives it 503.
        "errors.other-status": 3,
        "events.group-event": 1,
        "events.no-consumer": 9,
        "events.not-emitted": 4,
        "events.not-handled": 5,
        "events.undeclared-emit": 2,
        "events.undeclared-trigger": 6,
        # Pages ask for lists and actions of which nobody has designed a flow.
        "pages.unknown-flow": 13,
        "references.unknown-flow": 1,
        # Flows write what the schemas of content, events, digests and records do not have.
        "schemas.unknown-field": 23,
        "schemas.unknown-model": 1,
    }
    error = next(finding for finding in found if finding.severity == "error")
    assert "processing/summarize-single" in error.message


def test_a_small_project_of_the_later_format_is_nearly_clean(corpus: Path) -> None:
    assert _counts(_found(corpus / "todo-app")) == {
        "events.no-consumer": 2,
        "events.not-handled": 1,
    }


def test_a_fragment_in_the_guides_format_misses_what_it_leaves_out(corpus: Path) -> None:
    found = _found(corpus / "obligo")
    assert _counts(found) == {
        "domains.empty": 2,
        "domains.missing-flow": 3,
        "domains.unlisted": 1,
        "errors.unknown-code": 3,
        "events.not-handled": 1,
        "graph.dangling": 3,
        "references.unknown-flow": 5,
        "specs.claimed-complete": 1,
    }
    dangling = [finding.place.where for finding in found if finding.rule == "graph.dangling"]
    start = "ingestion/webhook-ingestion#"
    assert dangling == [
        f"{start}{id}" for id in ("validate_signature", "validate_payload", "store_contract")
    ]


@pytest.mark.parametrize("name", ["nexus", "todo-app", "obligo"])
def test_nothing_about_wiring_or_settings_is_found_in_projects_that_are_right(
    corpus: Path, name: str
) -> None:
    advice = {"specs.claimed-complete"}
    rules = {finding.rule for finding in _found(corpus / name)} - advice
    subjects = {rule.partition(".")[0] for rule in rules}
    assert subjects.isdisjoint({"wiring", "specs", "names", "internal", "agents", "http"})
