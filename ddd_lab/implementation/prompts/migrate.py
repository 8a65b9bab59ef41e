"""The prompt that has stored data follow its schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ddd_lab.checks.uses import uses
from ddd_lab.implementation.config import BuildConfig
from ddd_lab.implementation.prompts.parts import AFTERWARDS, REPORT, beginning, moved, numbered
from ddd_lab.implementation.prompts.prompt import Prompt
from ddd_lab.implementation.quoting import named, quoted
from ddd_lab.implementation.staleness import SyncStatus
from ddd_lab.spec.paths import ARCHITECTURE_FILE

if TYPE_CHECKING:
    from ddd_lab.implementation.staleness import Sync

_TOOLS = (
    "alembic",
    "django",
    "drizzle",
    "flyway",
    "goose",
    "knex",
    "liquibase",
    "prisma",
    "sequelize",
    "typeorm",
)
"""Tools for migrations that an architecture may name."""


def migration_prompt(sync: Sync, names: Sequence[str], config: BuildConfig) -> Prompt:
    """The prompt that has data migrated to what schemas say now.

    Args:
        names: of the schemas. The first migration of one makes its tables.
    """
    statuses = {status.key: status for status in map(sync.schema, names)}
    due = [status for status in statuses.values() if status.stale or status.state == "pending"]
    if not due:
        raise ValueError("no schema has changed since its data was migrated")
    stems = [sync.schema_stem(status.key) for status in due]
    flows = _flows(sync, stems)
    files = list(_files(sync, due, flows))
    schemas = tuple(status.key for status in due)
    lines = [*beginning("Migrate the data of", schemas), *numbered(files)]
    for status in due:
        lines += _changes(status)
    lines += [*_instructions(_tool(sync, config)), *AFTERWARDS, *REPORT]
    return Prompt(
        flows=flows,
        kind="migrate",
        mode="update",
        schemas=schemas,
        text="\n".join(lines),
        files=tuple(path for path, _ in files),
    )


def _flows(sync: Sync, stems: Sequence[str]) -> tuple[str, ...]:
    """The flows with code that use one of the schemas: theirs is the code that may change."""
    design, stems_left = sync.workspace.design, set(stems)
    return tuple(
        key
        for key in sync.code_map.flows
        if key in design.flows
        and not stems_left.isdisjoint(uses(design, design.flows[key]).schemas)
    )


def _files(
    sync: Sync, due: Sequence[SyncStatus], flows: Sequence[str]
) -> Iterator[tuple[str, str]]:
    if sync.workspace.exists(ARCHITECTURE_FILE):
        architecture = sync.workspace.file_of(ARCHITECTURE_FILE)
        yield architecture, "the database, its conventions, where migrations go"
    for status in due:
        yield sync.schema_path(status.key), f"the schema {named(status.key)}"
    names: set[str] = set()
    for key in flows:
        for path in sync.code_map.flows[key].files:
            if path not in names and sync.files.digests(path):
                names.add(path)
                yield path, f"code of {named(key)}, which uses it"


def _changes(status: SyncStatus) -> Iterator[str]:
    yield f"## {named(status.key)}"
    yield ""
    if status.mapped is None:
        yield "Nothing of it is stored yet: this is its first migration."
    else:
        yield "Since its data was migrated last, it has changed:"
        yield ""
        yield from moved(status.words)
    yield ""


def _tool(sync: Sync, config: BuildConfig) -> str:
    """The tool for migrations that the settings or the architecture name; empty if none."""
    extra = config.claude_code.model_extra or {}
    if named := str(extra.get("orm_migration_tool") or ""):
        return named
    architecture = sync.workspace.design.architecture
    command = architecture.infrastructure.database.migrations.command
    if command:
        return command
    dependencies = architecture.dependencies
    for name in (*dependencies.production, *dependencies.development):
        word = next((tool for tool in _TOOLS if tool in re.split(r"[^a-z]+", name.lower())), "")
        if word:
            return word
    return ""


def _instructions(tool: str) -> Iterator[str]:
    yield "## What to do"
    yield ""
    how = f"with {quoted(tool)}" if tool else "as the architecture and the code that is there do it"
    yield f"- Write a migration {how}; run it against no database."
    yield "- It can be undone: write the way back too."
    yield "- It adds first: new columns are nullable or have a default."
    yield "- It loses no data. To rename or change a column, add the new one, copy, and leave the"
    yield "  old one to a later migration; say so in the report."
    yield "- Bring the code that reads and writes these fields along, and its tests."
    yield ""
