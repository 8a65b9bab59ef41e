"""Problems as SARIF 2.1.0, the format that code scanning services read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from .. import __version__
from ..checks import rules
from ..spec.problem import Problem, Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_BASE = "SRCROOT"


class _About(NamedTuple):
    severity: Severity
    title: str
    explain: str


# What reading a file says; no rule looks for it, so it is in no registry.
_READING = {
    "file.unreadable": _About(
        "error",
        "A file that cannot be read",
        "The file is not YAML, not text, or cannot be opened. The rest of the design is read "
        "without it, and nothing writes over it.",
    ),
    "file.shape": _About(
        "warning",
        "A value of another shape than expected",
        "The value is kept as it is, but nothing can be done with it.",
    ),
    "file.duplicate-key": _About(
        "error",
        "A key that stands twice in one map",
        "YAML allows each key once; of two, only the last counts, and what the first says is lost.",
    ),
}


def sarif(root: Path, problems: Iterable[Problem]) -> dict[str, Any]:
    """Problems as a SARIF log with one run.

    Args:
        root: the project's folder. Paths are given relative to the Git repository that it lies in
            (else to the folder itself), since that is what code scanning services look for.
        problems: what was found.

    Returns:
        Plain data, ready for JSON.
    """
    base = _repository(root) or root
    prefix = root.relative_to(base).as_posix()
    about = _abouts(found := list(problems))
    index = {id: number for number, id in enumerate(about)}
    seen: dict[str, int] = {}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "DDD Lab",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "rules": [_rule(id, about[id]) for id in about],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {_BASE: {"uri": f"{base.as_uri().rstrip('/')}/"}},
                "invocations": [{"executionSuccessful": True}],
                "results": [_result(p, index[p.rule], prefix, seen) for p in found],
            }
        ],
    }


def _repository(root: Path) -> Path | None:
    return next((f for f in (root, *root.parents) if (f / ".git").exists()), None)


def _abouts(problems: list[Problem]) -> dict[str, _About]:
    """Every rule there is, and whatever else was found, by id."""
    about = {rule.id: _About(rule.severity, rule.title, rule.explain) for rule in rules().values()}
    about |= _READING
    for problem in problems:
        about.setdefault(problem.rule, _About(problem.severity, problem.rule, ""))
    return dict(sorted(about.items()))


def _rule(id: str, about: _About) -> dict[str, Any]:
    explain = about.explain or about.title
    return {
        "id": id,
        "name": "".join(word.capitalize() for word in id.replace(".", "-").split("-")),
        "shortDescription": {"text": about.title},
        "fullDescription": {"text": explain},
        "help": {"text": explain},
        "defaultConfiguration": {"level": _LEVELS[about.severity]},
    }


def _result(problem: Problem, index: int, prefix: str, seen: dict[str, int]) -> dict[str, Any]:
    path = f"{prefix}/{problem.path}" if prefix != "." else problem.path
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(path), "uriBaseId": _BASE}}
    if problem.line:
        physical["region"] = {"startLine": problem.line, "startColumn": max(problem.column, 1)}
    location: dict[str, Any] = {"physicalLocation": physical} if problem.path else {}
    if problem.where:
        location["logicalLocations"] = [{"fullyQualifiedName": problem.where}]
    # Not made of the line, so that a finding stays the same one when text above it grows.
    told = f"{problem.rule}\0{problem.path}\0{problem.where}\0{problem.message}"
    mark = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]
    seen[mark] = seen.get(mark, 0) + 1
    return {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": _LEVELS[problem.severity],
        "message": {"text": problem.message},
        "locations": [location] if location else [],
        "partialFingerprints": {"dddLab/v1": f"{mark}:{seen[mark]}"},
    }
