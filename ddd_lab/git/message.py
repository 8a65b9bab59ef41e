"""The message that is offered for a commit, made from what is staged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ddd_lab.files.disk.paths import domain_of, flow_key, schema_of
from ddd_lab.git.status import ChangedFile, GitStatus
from ddd_lab.plurals import plural

_SUBJECT: Final = 72
"""Letters of the first line, as Git's own tools expect them."""
_MOST: Final = 40
"""Lines of the rest."""
_VERBS: Final = {"added": "Add", "removed": "Remove", "renamed": "Rename"}


def offered_message(status: GitStatus) -> str:
    """A message for the next commit: one line that says it, then each change that is staged.

    Args:
        status: with the files that are staged, and the merge that the commit ends.

    Returns:
        The message; empty where there is nothing to commit.
    """
    staged = status.staged
    if not staged:
        return status.merge
    subject = status.merge or (_of_one(staged[0]) if len(staged) == 1 else _of_many(staged))
    if len(subject) > _SUBJECT:
        subject = f"{subject[: _SUBJECT - 1].rstrip()}…"
    elif not status.merge and len(staged) == 1 and len(staged[0].words) < 2:
        return subject
    lines = [line for file in staged for line in _lines(file)]
    left = len(lines) - _MOST
    rest = [*lines[:_MOST], *([f"… and {plural(left, 'more line')}"] if left > 0 else [])]
    return "\n".join([subject, "", *rest])


def _name(path: str) -> str:
    if domain := domain_of(path):
        return f"domain {domain}"
    if schema := schema_of(path):
        return f"schema {schema}"
    return flow_key(path) or path


def _of_one(file: ChangedFile) -> str:
    name = _name(file.path)
    if file.state == "renamed":
        return f"Rename {_name(file.was)} to {name}"
    if verb := _VERBS.get(file.state):
        return f"{verb} {name}"
    if file.layout_only:
        return f"Arrange {name}"
    if len(file.words) == 1:
        return f"{name}: {file.words[0]}"
    return f"Change {name}"


def _of_many(files: Sequence[ChangedFile]) -> str:
    parts = []
    for state, verb in {**_VERBS, "changed": "Change"}.items():
        of_state = [file for file in files if _state(file) == state]
        flows = sum(1 for file in of_state if file.flow)
        others = len(of_state) - flows
        counts = [plural(flows, "flow")] * bool(flows) + [plural(others, "file")] * bool(others)
        if counts:
            parts.append(f"{verb} {' and '.join(counts)}")
    first, *rest = parts
    return ", ".join([first, *(part[0].lower() + part[1:] for part in rest)])


def _state(file: ChangedFile) -> str:
    return file.state if file.state in _VERBS else "changed"


def _lines(file: ChangedFile) -> list[str]:
    state = "" if _state(file) == "changed" else f" {file.state}"
    return [f"- {_name(file.path)}{state}", *(f"  - {word}" for word in file.words)]
