"""What all prompts have in common: what is to be read, left alone, and reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ddd_lab.files.paths import schema_of
from ddd_lab.spec.design import MAPPING_FILE

from ..notes import HEADING, NOTHING

if TYPE_CHECKING:
    from ddd_lab.files.workspace import Workspace

AFTERWARDS = (
    "## When it is done",
    "",
    f"- Leave {MAPPING_FILE} alone: it is kept up to date from what Git says has changed.",
    "- Commit nothing.",
    "",
)
REPORT = (
    "## Report",
    "",
    f"End with a section `## {HEADING}` that has, as lists:",
    "",
    "1. **Deviations**: what the code does otherwise than the spec says, and why",
    "2. **Additions**: what it does without the spec saying so",
    "3. **Ambiguities resolved**: what the spec leaves open, and how you decided",
    "4. **Schema changes**: new fields, other types, what has to be migrated",
    "",
    f"Where there is nothing to say in any of them, write only: {NOTHING}",
    "",
)


def numbered(files: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The list of what to read first: paths, and what each is about."""
    yield "Read these files first, in this order:"
    yield ""
    for number, (path, about) in enumerate(files, 1):
        yield f"{number}. {path} ({about})"
    yield ""


def fenced(text: str) -> Iterator[str]:
    """A text between fences that nothing in it can close."""
    fence = "```"
    while fence in text:
        fence += "`"
    yield fence
    yield from text.splitlines()
    yield fence


def schema_path(workspace: Workspace, stem: str) -> str:
    """The path of a schema's file, whatever its ending and folder."""
    return next(path for path in workspace.documents if schema_of(path) == stem)
