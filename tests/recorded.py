"""What a person has confirmed of flows and schemas, without a run of Claude Code."""

from __future__ import annotations

from ddd_lab.implementation.mapping_writer import (
    implementation_entry,
    schema_entry,
    write_entries,
)
from ddd_lab.implementation.staleness import Sync


def record_implementation(sync: Sync, key: str, files: tuple[str, ...], *, mode: str = "") -> None:
    """Record that a flow is implemented by some files as they are now."""
    write_entries(sync, [implementation_entry(sync, key, files, mode=mode)])


def record_schema(sync: Sync, name: str) -> None:
    """Record what a schema says now as what is stored."""
    write_entries(sync, [schema_entry(sync, name)])
