"""From places in the design to lines and columns in its files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ddd_lab.files.disk.listing import wrong_ending
from ddd_lab.files.documents.conflict_markers import ConflictRegion, Piece
from ddd_lab.files.documents.document import Document, sentence
from ddd_lab.lossless_yaml import MergeKey, PatchError, YamlError
from ddd_lab.plurals import plural
from ddd_lab.spec.lenient import is_bare_template, walk
from ddd_lab.spec.models.base import Path
from ddd_lab.spec.problem import Place, Problem, Severity, UnlocatedProblem

if TYPE_CHECKING:
    from ddd_lab.files.workspace.workspace import Workspace


def problem_of(workspace: Workspace, problem: UnlocatedProblem) -> Problem:
    """A problem with its file, line and column in the present text of the design."""
    place = problem.place
    path = workspace.file_of(place.file) if place.file else ""
    path = path or (workspace.flow_path(place.flow) if place.flow else "")
    line, column = line_and_column(workspace.document(path), place)
    return Problem(
        path=path,
        line=line,
        column=column,
        severity=problem.severity,
        rule=problem.rule,
        message=problem.message,
        where=place.where,
        field=place.path,
    )


def line_and_column(document: Document | None, place: Place) -> tuple[int, int]:
    """Line and column, from 1, of a place in the present text of the document; zeros for none."""
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
        if ending:
            yield _problem(path, "ending", sentence(reason), severity="warning")
        else:
            yield _problem(path, "unreadable", sentence(reason))
    yield from workspace.cut_off
    for path in sorted(workspace.documents):
        document = workspace.document(path)
        if document is None:
            continue
        if document.unreadable is not None:
            yield document.unreadable
        if document.version is not None and document.version.markers:
            yield _merge_conflict(document.path, document.version.markers, document.key)
        if document.broken is not None:
            yield document.broken
        elif document.version is not None:
            yield from _shape_problems(workspace, document)
    yield from _problems_of_twins(workspace)


def _merge_conflict(path: str, pieces: Sequence[Piece], where: str) -> Problem:
    count = sum(isinstance(piece, ConflictRegion) for piece in pieces)
    before = pieces[0] if isinstance(pieces[0], str) else ""
    message = (
        f"a merge has left {plural(count, 'place')} that both sides changed. Until a version is "
        "chosen for each, the file is left as it is; shown is what is current"
    )
    return _problem(
        path, "conflict", sentence(message) + ".", (before.count("\n") + 1, 1), where=where
    )


def _problems_of_twins(workspace: Workspace) -> Iterator[Problem]:
    """Files beside another that is taken for the same thing: only that one is read."""
    for name, others in workspace.documents.others.items():
        twins = [path for path in (name, *sorted(others)) if workspace.exists_at(path)]
        for path in twins[1:]:
            yield _problem(
                path,
                "two-for-one",
                f"{twins[0]} describes the same part of the design, so this file is "
                f"not read. Move what is only here into {twins[0]}, then remove this "
                "file.",
            )


def _shape_problems(workspace: Workspace, document: Document) -> Iterable[Problem]:
    problem = partial(_problem, document.path, where=document.key)
    issues = document.issues if document.key else workspace.design.issues(document.path)
    for issue in issues:
        place = document.tree().locate(issue.path) if issue.path else (1, 1)
        yield problem("shape", issue.message, place, severity="warning")
    for merge in document.merge_keys:
        yield problem("merge-key", merge_words(merge), (merge.line, merge.column))
    for path in _bare_templates(document):
        message = (
            "In YAML, {{…}} without quotes is a map, so this text is lost. Put quotes around the "
            "whole value."
        )
        yield problem("bare-template", message, document.tree().locate(path), severity="warning")
    for twice in document.duplicates:
        if twice.path[-1] != "<<":
            message = (
                f"the key {twice.path[-1]!r} appears twice in the same map; only the last one "
                "counts: remove or rename one of them"
            )
            yield problem("duplicate-key", message, (twice.line, twice.column))


def _problem(
    path: str,
    rule: str,
    message: str,
    place: tuple[int, int] = (0, 0),
    *,
    where: str = "",
    severity: Severity = "error",
) -> Problem:
    """A problem of a file itself."""
    return Problem(
        path=path,
        line=place[0],
        column=place[1],
        severity=severity,
        rule=f"file.{rule}",
        message=message,
        where=where or path,
    )


def _bare_templates(document: Document) -> Iterator[Path]:
    """Paths of values that are meant as a template, such as ``{{name}}``, but are a map."""
    # The file as it is on disk: to write the edited text anew would delay every keystroke.
    on_disk = (document.raw or b"").replace(b"\0", b"")
    # Most files have no such braces at all, which is seen at once.
    if _BRACES.search(on_disk) is None or _BARE_TEMPLATE.search(on_disk) is None:
        return
    for path, value in walk(document.tree().data):
        if is_bare_template(value):
            yield path


_BRACES = re.compile(rb"\{\s*\{")
_BARE_TEMPLATE = re.compile(rb"[:\[,-]\s*\{\s*\{")


def merge_words(merge: MergeKey) -> str:
    """What to say of a merge key."""
    names = " and ".join(f"*{name}" for name in merge.bases)
    return (
        "merge keys (<<) are not supported: they are not part of YAML 1.2. "
        f"Write out the keys of {names or 'that map'} here. Until then they are missing, and the "
        "line stays as it is"
    )


def line_range(document: Document | None, place: Place) -> tuple[int, int]:
    """First and last line, from 1, of a place in a flow's present text; zeros for none."""
    if document is None or document.version is None:
        return 0, 0
    try:
        return document.tree().lines(document.shape().tree_path(place))
    except (PatchError, YamlError, KeyError):
        return 0, 0
