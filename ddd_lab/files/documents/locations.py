"""From places in the design to lines and columns in its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ddd_lab.files.disk.listing import wrong_ending
from ddd_lab.files.disk.paths import flow_key
from ddd_lab.files.documents.document import Document, sentence
from ddd_lab.lossless_yaml import MergeKey, PatchError, YamlError
from ddd_lab.spec.problem import Place, Problem, UnlocatedProblem

if TYPE_CHECKING:
    from ddd_lab.files.workspace.workspace import Workspace


def problem_of(workspace: Workspace, finding: UnlocatedProblem) -> Problem:
    """A finding with its file, line and column as the design's text stands now."""
    place = finding.place
    path = workspace.file_of(place.file) if place.file else ""
    path = path or (workspace.flow_path(place.flow) if place.flow else "")
    line, column = line_and_column(workspace.document(path), place)
    return Problem(
        path=path,
        line=line,
        column=column,
        severity=finding.severity,
        rule=finding.rule,
        message=finding.message,
        where=place.where,
    )


def line_and_column(document: Document | None, place: Place) -> tuple[int, int]:
    """Line and column, from 1, of a place as the document's text stands now; zeros for none."""
    if document is None or document.version is None:
        return 0, 0
    try:
        tree = document.tree()
        path = document.shape().tree_path(place) if document.key else place.path
        return tree.locate(path)
    except (PatchError, YamlError):
        return 0, 0


def file_problems(workspace: Workspace) -> Iterator[Problem]:
    """What is wrong with the files themselves: unreadable ones, keys given twice, odd shapes."""
    for path, reason in workspace.listing.refused.items():
        ending = reason == wrong_ending(path)
        yield Problem(
            path=path,
            severity="warning" if ending else "error",
            rule="file.ending" if ending else "file.unreadable",
            message=sentence(reason),
            where=path,
        )
    yield from workspace.cut_off
    for path in sorted(workspace.documents):
        document = workspace.document(path)
        if document is None:
            continue
        if document.unreadable is not None:
            yield document.unreadable
        if document.broken is not None:
            yield document.broken
        elif document.version is not None:
            yield from _shape_problems(workspace, document)
    yield from _problems_of_twins(workspace)


def _problems_of_twins(workspace: Workspace) -> Iterator[Problem]:
    """Files beside another that is taken for the same thing: only that one is read."""
    for name, others in workspace.documents.others.items():
        there = [path for path in (name, *sorted(others)) if workspace.exists_at(path)]
        for path in there[1:]:
            yield Problem(
                path=path,
                severity="error",
                rule="file.two-for-one",
                message=(
                    f"{there[0]} is there too and stands for the same, so this file is not read. "
                    "Put into that one what is missing there, then remove this one."
                ),
                where=path,
            )


def _shape_problems(workspace: Workspace, document: Document) -> Iterable[Problem]:
    issues = document.issues if document.key else workspace.design.issues(document.path)
    where = flow_key(document.path) or document.path
    for issue in issues:
        line, column = document.tree().locate(issue.path) if issue.path else (1, 1)
        yield Problem(
            path=document.path,
            line=line,
            column=column,
            severity="warning",
            rule="file.shape",
            message=issue.message,
            where=where,
        )
    for merge in document.merge_keys:
        yield Problem(
            path=document.path,
            line=merge.line,
            column=merge.column,
            severity="error",
            rule="file.merge-key",
            message=merge_words(merge),
            where=where,
        )
    for twice in document.duplicates:
        if twice.path[-1] == "<<":
            continue
        yield Problem(
            path=document.path,
            line=twice.line,
            column=twice.column,
            severity="error",
            rule="file.duplicate-key",
            message=(
                f"the key {twice.path[-1]!r} appears twice in the same map; only the last one "
                "counts: remove or rename one of them"
            ),
            where=where,
        )


def merge_words(merge: MergeKey) -> str:
    """What to say of a merge key."""
    names = " and ".join(f"*{name}" for name in merge.bases)
    return (
        "merge keys (<<) are not followed: YAML 1.2 has none, and its readers differ. "
        f"Write the keys of {names or 'that map'} out here; until then they are missing, and the "
        "line stays as it is"
    )
