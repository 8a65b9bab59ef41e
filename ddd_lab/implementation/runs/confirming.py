"""Confirming a run: its outcome becomes one record, which is written once; then tests may run.

Nothing is stored in the mapping before a person has confirmed which files belong to the flow.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ddd_lab.files.disk.storage import UnsafePathError
from ddd_lab.implementation.claude_md import CLAUDE_FILE, write_claude_md
from ddd_lab.implementation.config import BuildConfig
from ddd_lab.implementation.events import note_event
from ddd_lab.implementation.fingerprints import digests
from ddd_lab.implementation.mapping_writer import (
    MappingEntry,
    code_entry,
    implementation_entry,
    schema_entry,
    write_entries,
)
from ddd_lab.implementation.runs.confirmation import Confirmation
from ddd_lab.implementation.runs.outcome import outcome
from ddd_lab.implementation.runs.record import Run, RunError
from ddd_lab.implementation.runs.starting import flow_schemas
from ddd_lab.implementation.testing import AlreadyTestedError, TestRun
from ddd_lab.implementation.writers import require_leave

if TYPE_CHECKING:
    from ddd_lab.implementation.staleness import Sync


def confirm(
    sync: Sync, run: Run, files: Mapping[str, Sequence[str]], config: BuildConfig
) -> Confirmation:
    """Store which files implement which flow, as a person has confirmed.

    A flow for which no file is named is left out: it stands as it stood before.
    What was only fixed or migrated stays as stale as it was; a migration's schemas are noted as
    what is stored from now on. Where Claude Code noted that the code is not what the spec says,
    the run keeps what there is to reconcile, and, unless the settings say ``reconciliation:
    {auto_run: false}``, an event asks for it.

    Args:
        files: paths of the code, by ``domain/flow``.

    Returns:
        What was recorded, as the run keeps it.
    """
    require_leave(run.root, "mapping")
    _require_confirmable(run, files)
    result = outcome(sync, run)
    confirmation = Confirmation(
        files={key: tuple(dict.fromkeys(paths)) for key, paths in files.items() if paths},
        to_reconcile=result.notes.to_reconcile,
        moved=result.moved,
    )
    migrated = {name: "; ".join(sync.schema(name).words) or "the first one" for name in run.schemas}
    write_entries(sync, _entries(sync, run, confirmation, migrated))
    _note_events(run, confirmation, config)
    if config.claude_code.post_implement.regenerate_claude_md:
        confirmation = confirmation.model_copy(update={"notices": _renew_claude_md(sync)})
    notes = {"notes": result.notes.model_dump()}
    run.write("outcome.json", {**confirmation.model_dump(mode="json"), **notes})
    return confirmation


def test_confirmed(
    run: Run, config: BuildConfig, test: Callable[[str], TestRun]
) -> Iterator[TestRun]:
    """Run the tests of what was confirmed, if the settings want it.

    Args:
        test: runs the tests of a flow and keeps what they say; a flow whose tests run already is
            left to them.
    """
    for key in run.confirmation.files if config.wants_tests else ():
        with contextlib.suppress(AlreadyTestedError):
            yield test(key)


def _require_confirmable(run: Run, files: Mapping[str, Sequence[str]]) -> None:
    strange = [key for key in files if key not in run.flows]
    if strange:
        raise RunError(f"{strange[0]} is not a flow of this run")
    if run.state in ("prompt_ready", "running", "waiting"):
        raise RunError("Claude Code is not done yet: confirm when its turn has ended")
    if not (run.turns or run.read("process.json")):
        raise RunError(f"Claude Code never started ({run.status[1]}): there is nothing to confirm")
    if run.kind == "implement" and not any(files.values()):
        raise RunError(
            f"no file is given for {', '.join(run.flows)}: give its files, or leave the run "
            f"unconfirmed"
        )


def _entries(
    sync: Sync, run: Run, confirmation: Confirmation, migrated: Mapping[str, str]
) -> Iterator[MappingEntry]:
    """What the mapping says of a run from now on."""
    mode = str(run.about.get("mode", ""))
    tracked: set[str] = set()
    for key, paths in confirmation.files.items():
        if run.kind == "implement" or sync.flow(key).mapped is None:
            yield implementation_entry(sync, key, paths, spec=run.spec(key), mode=mode)
            tracked.update(flow_schemas(sync, key))
        else:
            yield code_entry(sync, key, paths)
    # What the schemas of a flow said when the code that is the first to store them began.
    for name in sorted(tracked - migrated.keys()):
        if sync.schema(name).mapped is None:
            yield schema_entry(sync, name, spec=run.schema_spec(name))
    for name, words in migrated.items():
        yield schema_entry(sync, name, spec=run.schema_spec(name), description=words)


def _note_events(run: Run, confirmation: Confirmation, config: BuildConfig) -> None:
    done = {"implement": "implemented", "fix": "fixed", "migrate": "migrated"}[run.kind]
    for key, paths in confirmation.files.items():
        spec = run.spec(key)
        spec_hash = digests(spec)[0] if spec is not None else ""
        note_event(run.root, done, key, run=run.id, spec_hash=spec_hash, files=list(paths))
    for name in run.schemas:
        note_event(run.root, "schema_migrated", run=run.id, schema=name)
    notes = list(confirmation.to_reconcile)
    for key in run.flows if notes and config.reconciliation.auto_run else ():
        note_event(run.root, "reconciliation_wanted", key, run=run.id, notes=notes)


def _renew_claude_md(sync: Sync) -> tuple[str, ...]:
    """Why ``CLAUDE.md`` is left as it was, if so: what was implemented is so nevertheless."""
    try:
        write_claude_md(sync)
    except (OSError, UnsafePathError) as error:
        notice = f"{CLAUDE_FILE} was left as it is: {getattr(error, 'strerror', None) or error}"
        note_event(sync.workspace.root, "claude_md_left", reason=notice)
        return (notice,)
    return ()
