"""Problems as SARIF 2.1.0, the format that code scanning services read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from urllib.parse import quote

from ddd_lab import __version__
from ddd_lab.checks import rules
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.problem import Problem, Severity
from ddd_lab.visible import visible

if TYPE_CHECKING:
    from ddd_lab.files.workspace.workspace import Workspace

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_BASE = "SRCROOT"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


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
        "A value of the wrong kind",
        "The value is kept as it is, but DDD Lab cannot use it.",
    ),
    "file.conflict": _About(
        "error",
        "A merge that is not resolved",
        "Git has left conflict markers where both sides changed the same. The file is read with "
        "what is current, and not changed until a version is chosen for each place.",
    ),
    "git.driver": _About(
        "warning",
        "A merge driver that is gone",
        "Git is set up to merge this design with a program that is not there any more, so it "
        "merges line by line.",
    ),
    "file.two-for-one": _About(
        "error",
        "Two files for the same thing",
        "The names of the two files differ only in their ending (.yaml, "
        ".yml) or in how their letters are encoded. Only the file that is "
        "named is read.",
    ),
    "file.ending": _About(
        "warning",
        "A file whose ending is not that of a spec",
        "Specs end in .yaml or .yml, in small letters. The file is not read.",
    ),
    "settings.broken": _About(
        "error",
        "Settings that cannot be used",
        "The file .ddd/config.yaml is not YAML, or a setting is of the wrong kind. Nothing of the "
        "project is run until it is fixed.",
    ),
    "settings.models": _About(
        "warning",
        "A setting of the language models that cannot be used",
        "Something below llm in .ddd/config.yaml is of the wrong kind, or names a model that is "
        "not there. That part is left out.",
    ),
    "settings.retired-model": _About(
        "warning",
        "A language model that its vendor retires",
        "From that day on it no longer answers. The message names a successor.",
    ),
    "settings.secret": _About(
        "warning",
        "A key in the settings",
        "Keys come from environment variables only; a file is shared, and Git keeps it.",
    ),
    "save.finished": _About(
        "info",
        "A save that was cut off, and is finished",
        "A program was killed while it saved several files. The save was "
        "then finished, or dropped as a whole.",
    ),
    "save.unfinished": _About(
        "warning",
        "A save that was cut off",
        "A program was killed while it saved several files. The save could "
        "not be finished by itself: its journal may not be yours, or files "
        "have changed since. Some of the files may be new and others old.",
    ),
    "file.merge-key": _About(
        "error",
        "A merge key that is not followed",
        "YAML 1.2 has no merge keys (<<). The keys that this one stands for "
        "are missing from the design. The line is kept as it is.",
    ),
    "file.duplicate-key": _About(
        "error",
        "A key that stands twice in one map",
        "YAML allows each key only once. The last one counts, and what the others say is lost.",
    ),
}


class Suggestion(NamedTuple):
    """A fix of a problem: what it does, and the text before and after of what it changes."""

    title: str
    texts: Mapping[str, tuple[str, str]]


Suggestions: TypeAlias = Mapping[tuple[str, str, str], list[Suggestion]]
"""Suggestions by the rule, the place and the message of the problem that they end."""


def suggestions(workspace: Workspace) -> Suggestions:
    """Every certain fix of a project's problems."""
    from ddd_lab.checks.fixes import fixable, preview

    by_problem: dict[tuple[str, str, str], list[Suggestion]] = {}
    for fix in fixable(workspace):
        if not fix.certain:
            continue
        # A file that cannot be written as text, for its name or its layout, is not fixed either.
        with contextlib.suppress(EditError, UnicodeError):
            mark = (fix.rule, fix.where, fix.problem.message)
            by_problem.setdefault(mark, []).append(Suggestion(fix.title, preview(workspace, fix)))
    return by_problem


def sarif(
    root: Path, problems: Iterable[Problem], fixes: Suggestions | None = None
) -> dict[str, Any]:
    """Problems as a SARIF log with one run.

    Args:
        root: the project's folder. Paths are given relative to the Git repository that it lies in
            (else to the folder itself), since that is what code scanning services look for.

    Returns:
        Plain data, ready for JSON.
    """
    base = _repository(root) or root
    prefix = root.relative_to(base).as_posix()
    about = _abouts(listed := list(problems))
    index = {id: number for number, id in enumerate(about)}
    occurrences: dict[str, int] = {}
    results = [_result(p, index[p.rule], prefix, occurrences) for p in listed]
    for problem, result in zip(listed, results, strict=True):
        offered = (fixes or {}).get((problem.rule, problem.where, problem.message))
        if offered:
            result["fixes"] = [_fix(suggestion, prefix) for suggestion in offered]
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
                "results": results,
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


def _result(
    problem: Problem, index: int, prefix: str, occurrences: dict[str, int]
) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(problem.path, prefix)}
    if problem.line:
        physical["region"] = {"startLine": problem.line, "startColumn": max(problem.column, 1)}
    location: dict[str, Any] = {"physicalLocation": physical} if problem.path else {}
    if problem.where:
        location["logicalLocations"] = [{"fullyQualifiedName": problem.where}]
    # Not made of the line, so that a problem stays the same one when text above it grows.
    identity = f"{problem.rule}\0{problem.path}\0{problem.where}\0{problem.message}"
    mark = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:32]
    occurrences[mark] = occurrences.get(mark, 0) + 1
    return {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": _LEVELS[problem.severity],
        "message": _message(problem.message),
        "locations": [location] if location else [],
        "partialFingerprints": {"dddLab/v1": f"{mark}:{occurrences[mark]}"},
    }


def _message(text: str) -> dict[str, str]:
    """Words that a service shows: none of them becomes a link (``[text](address)`` does)."""
    return {"text": visible(text.replace("](", "] ("))}


def _artifact(path: str, prefix: str) -> dict[str, Any]:
    return {
        "uri": quote(os.fsencode(f"{prefix}/{path}" if prefix != "." else path)),
        "uriBaseId": _BASE,
    }


def _fix(suggestion: Suggestion, prefix: str) -> dict[str, Any]:
    return {
        "description": _message(suggestion.title),
        "artifactChanges": [
            {
                "artifactLocation": _artifact(path, prefix),
                "replacements": [_replacement(before, after)],
            }
            for path, (before, after) in suggestion.texts.items()
        ],
    }


def _replacement(before: str, after: str) -> dict[str, Any]:
    """The lines that differ, from the first to the last, as a region and the text in its place."""
    old, new = _LINE.findall(before), _LINE.findall(after)
    shared = min(len(old), len(new))
    start = next((at for at in range(shared) if old[at] != new[at]), shared)
    end = next((at for at in range(shared - start) if old[-1 - at] != new[-1 - at]), shared - start)
    deleted = old[start : len(old) - end]
    region: dict[str, Any] = {"startLine": start + 1, "startColumn": 1}
    if deleted and not deleted[-1].endswith("\n"):
        region |= {"endLine": start + len(deleted), "endColumn": len(deleted[-1]) + 1}
    else:
        region |= {"endLine": start + len(deleted) + 1, "endColumn": 1}
    replacement: dict[str, Any] = {"deletedRegion": region}
    if inserted := "".join(new[start : len(new) - end]):
        replacement["insertedContent"] = {"text": inserted}
    return replacement
