"""What came of a run: the files that it changed, what was said, and the tests of the code.

Nothing is stored in the mapping before a person has confirmed which files belong to the flow.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ddd_lab.files.disk.storage import UnsafePathError
from ddd_lab.implementation.claude_md import CLAUDE_FILE, write_claude_md
from ddd_lab.implementation.config import BuildConfig
from ddd_lab.implementation.events import note_event
from ddd_lab.implementation.fingerprints import digests
from ddd_lab.implementation.mapping_writer import (
    record_code,
    record_implementation,
    record_schema,
    record_tests,
)
from ddd_lab.implementation.notes import Notes, read_notes
from ddd_lab.implementation.runs.changes import WorkTree
from ddd_lab.implementation.runs.record import Run, RunError, runs
from ddd_lab.implementation.runs.starting import flow_schemas
from ddd_lab.implementation.staleness import says_otherwise
from ddd_lab.implementation.testing import TestRun, run_tests, tests_in_mapping
from ddd_lab.spec.lenient import mapping
from ddd_lab.spec.models.base import Frozen

if TYPE_CHECKING:
    from ddd_lab.implementation.staleness import Sync

__all__ = [
    "Outcome",
    "confirm",
    "keep_tests",
    "kept_tests",
    "last_tests",
    "outcome",
    "run_flow_tests",
    "wants_tests",
]


class Outcome(Frozen):
    """What came of a run so far.

    Attributes:
        files: paths of files that came or changed since it began, specs and the lab's own left out.
        notes: what was said at the end of the last turn.
        moved: flows whose spec says something else by now: their code is stale already.
    """

    files: tuple[str, ...] = ()
    notes: Notes = Notes()
    moved: tuple[str, ...] = ()


def outcome(sync: Sync, run: Run) -> Outcome:
    """What came of a run so far.

    Args:
        sync: of the project.
        run: of which at least one turn has ended, or which has ended as a whole.
    """
    before: Mapping[str, str] = mapping(run.about.get("before"))
    moved = []
    for key in run.flows:
        began, path = run.spec(key), sync.workspace.flow_path(key)
        if began is not None and says_otherwise(path, began, sync.files.read(path)):
            moved.append(key)
    return Outcome(
        files=WorkTree(run.root).changed_since(before, str(run.about.get("commit", ""))),
        notes=read_notes(run.last_message),
        moved=tuple(moved),
    )


def confirm(
    sync: Sync, run: Run, files: Mapping[str, Sequence[str]], config: BuildConfig
) -> dict[str, Any]:
    """Store which files implement which flow, as a person has confirmed.

    A flow for which no file is named is left out: it stands as it stood before.
    What was only fixed or migrated stays as stale as it was; a migration's schemas are noted as
    what is stored from now on. Where Claude Code noted that the code is not what the spec says,
    the run keeps what there is to reconcile, and, unless the settings say ``reconciliation:
    {auto_run: false}``, an event asks for it.

    Args:
        sync: of the project.
        run: the run that made them.
        files: paths of the code, by ``domain/flow``.
        config: of the project.

    Returns:
        What was kept with the run; ``files`` has the flows that were recorded.

    Raises:
        RunError: a flow is none of the run's, Claude Code is still at work or never began, or
            nothing would be recorded as implemented.
        EditError: a file is not there, or the mapping is broken.
        OSError: something cannot be written.
    """
    strange = [key for key in files if key not in run.flows]
    if strange:
        raise RunError(f"{strange[0]} is none of the flows of this run")
    if run.state in ("prompt_ready", "running", "waiting"):
        raise RunError("Claude Code is not done yet: confirm when its turn has ended")
    if not (run.turns or run.read("process.json")):
        raise RunError(f"Claude Code never began ({run.standing[1]}): there is nothing to confirm")
    chosen = {key: tuple(dict.fromkeys(paths)) for key, paths in files.items() if paths}
    if run.kind == "implement" and not chosen:
        raise RunError(
            f"no file is named for {', '.join(run.flows)}: name its code, or leave the run "
            "unconfirmed"
        )
    found = outcome(sync, run)
    for key, paths in chosen.items():
        _record(sync, run, key, paths)
    for name in run.schemas:
        _record_migration(sync, run, name)
    kept = {
        "files": {key: list(paths) for key, paths in chosen.items()},
        "notes": found.notes.model_dump(),
        "to_reconcile": list(found.notes.to_reconcile),
        "moved": list(found.moved),
    }
    run.write("outcome.json", kept)
    if found.notes.drifted and config.reconciliation.auto_run:
        for key in run.flows:
            note_event(
                run.root,
                "reconciliation_wanted",
                key,
                run=run.id,
                notes=list(found.notes.to_reconcile),
            )
    if config.claude_code.post_implement.regenerate_claude_md:
        kept["notices"] = _renew_claude_md(sync)
        run.write("outcome.json", kept)
    return kept


def _renew_claude_md(sync: Sync) -> list[str]:
    """Why ``CLAUDE.md`` is left as it was, if so: what was implemented is so nevertheless."""
    try:
        write_claude_md(sync)
    except (OSError, UnsafePathError) as error:
        said = f"{CLAUDE_FILE} was left as it is: {getattr(error, 'strerror', None) or error}"
        note_event(sync.workspace.root, "claude_md_left", reason=said)
        return [said]
    return []


def _record(sync: Sync, run: Run, key: str, paths: tuple[str, ...]) -> None:
    spec = run.spec(key)
    if run.kind == "implement" or sync.flow(key).mapped is None:
        mode = str(run.about.get("mode", ""))
        record_implementation(sync, key, paths, spec=spec, mode=mode)
        _track_schemas(sync, run, key)
    else:
        record_code(sync, key, paths)
    what = {"implement": "implemented", "fix": "fixed", "migrate": "migrated"}[run.kind]
    spec_hash = digests(spec)[0] if spec is not None else ""
    note_event(run.root, what, key, run=run.id, spec_hash=spec_hash, files=list(paths))


def _track_schemas(sync: Sync, run: Run, key: str) -> None:
    """Note what the schemas of a flow said when the code that is the first to store them began."""
    for name in flow_schemas(sync, key):
        if sync.schema(name).mapped is None:
            record_schema(sync, name, spec=run.schema_spec(name))


def _record_migration(sync: Sync, run: Run, name: str) -> None:
    standing = sync.schema(name)
    words = "; ".join(standing.words) or "the first one"
    record_schema(sync, name, spec=run.schema_spec(name), description=words)
    note_event(run.root, "schema_migrated", run=run.id, schema=name)


def run_flow_tests(sync: Sync, key: str, config: BuildConfig, run: Run | None = None) -> TestRun:
    """Run the tests of a flow, and keep what they said in the mapping and with a run.

    Args:
        sync: of the project.
        key: ``domain/flow``.
        config: of the project.
        run: whose code is tested; the last one of the flow that was confirmed if left out.

    Raises:
        EditError: the mapping is broken.
        OSError: something cannot be written.
    """
    result = run_tests(sync.workspace.root, config.testing, key)
    keep_tests(sync, result, run)
    return result


def keep_tests(sync: Sync, result: TestRun, run: Run | None = None) -> None:
    """Keep what the tests of a flow said, in the mapping and with a run.

    Args:
        sync: of the project.
        result: of running them.
        run: whose code was tested; the last one of the flow that was confirmed if left out.

    Raises:
        EditError: the mapping is broken.
        OSError: something cannot be written.
    """
    key = result.flow
    if key in sync.code_map.flows:
        record_tests(sync, key, result.summary())
    run = run or _last_confirmed(sync.workspace.root, key)
    if run is not None:
        run.write("tests.json", {**run.read("tests.json"), key: result.model_dump(mode="json")})
    note_event(
        sync.workspace.root,
        "tests_run",
        key,
        passed=result.passed,
        problem=result.problem[:200],
        **({"run": run.id} if run is not None else {}),
    )


def _last_confirmed(root: Path, key: str) -> Run | None:
    return next((run for run in runs(root) if key in run.flows and run.confirmed), None)


def kept_tests(run: Run) -> dict[str, TestRun]:
    """What the tests said that were run after a run, by ``domain/flow``."""
    found = {}
    for key, kept in run.read("tests.json").items():
        with contextlib.suppress(ValidationError):
            found[key] = TestRun.model_validate(kept)
    return found


def last_tests(sync: Sync, keys: Sequence[str]) -> dict[str, TestRun]:
    """What the tests of flows said when they ran last, as far as anybody recorded it."""
    found = {}
    for key in keys:
        of_flow = (run for run in runs(sync.workspace.root) if key in run.flows)
        kept = (kept_tests(run).get(key) for run in of_flow)
        last = next((result for result in kept if result is not None), None)
        mapped = sync.flow(key).mapped
        last = last or tests_in_mapping(key, mapped.extra if mapped else {})
        if last is not None:
            found[key] = last
    return found


def wants_tests(config: BuildConfig) -> bool:
    """Whether tests are run as soon as an implementation is confirmed."""
    return config.claude_code.post_implement.run_tests and config.testing.auto_run
