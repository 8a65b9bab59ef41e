"""The one writer of ``.ddd/mapping.yaml``: what was implemented, and drifts that were accepted.

The file is read from the disk at the moment of writing and changed only where it must be, so that
what Claude Code or another tool wrote meanwhile stays. One program at a time does so: a notebook,
the server and a shell may have the same project open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ddd_lab.files.documents.document import Document
from ddd_lab.implementation.cache import cache_path, keep_spec
from ddd_lab.implementation.events import note_event
from ddd_lab.implementation.fingerprints import content_digest, digests
from ddd_lab.implementation.mapping import camel, read_code_map, snake
from ddd_lab.spec.edit.data import NoSuchPathError, get_in, set_in
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.lenient import entries as entries_of
from ddd_lab.spec.lenient import mapping, named
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.paths import MAPPING_FILE

if TYPE_CHECKING:
    from ddd_lab.implementation.staleness import Sync


class MappingEntry(NamedTuple):
    """What is to be written of one flow or schema.

    Attributes:
        section: of the file.
        key: ``domain/flow``, or the name of a schema.
        change: gives the new values from the present ones, named in snake case.
    """

    section: Literal["flows", "schemas"]
    key: str
    change: Callable[[Mapping[str, Data]], dict[str, Data]]


def implementation_entry(
    sync: Sync,
    key: str,
    files: tuple[str, ...],
    *,
    spec: bytes | None = None,
    mode: str = "",
    at: datetime | None = None,
) -> MappingEntry:
    """That a flow is implemented by some files as they are now; its spec is kept aside.

    Args:
        files: paths of the code, relative to the project.
        spec: bytes of the spec that was implemented, where it has changed since; what is on disk
            if left out.
        mode: ``new`` or ``update``.
    """
    workspace = sync.workspace
    path = workspace.flow_path(key)
    raw = _spec_bytes(sync, key, path) if spec is None else spec
    hashes = _hashes(sync, files)
    if cache_path(path):
        keep_spec(workspace.root, path, raw)
    entry: dict[str, Data] = {
        "spec": path,
        **_fingerprint(path, raw),
        "files": list(files),
        "file_hashes": hashes,
        "implemented_at": _moment(at),
    }
    if mode:
        entry["mode"] = mode
    return MappingEntry("flows", key, lambda _: entry)


def code_entry(sync: Sync, key: str, files: tuple[str, ...]) -> MappingEntry:
    """The code of a flow as it is now, its spec left as it was implemented.

    For code that was fixed or migrated: that the flow is stale, if it is, stays true.
    """
    entry: dict[str, Data] = {"files": list(files), "file_hashes": _hashes(sync, files)}
    return MappingEntry("flows", key, lambda _: entry)


def schema_entry(
    sync: Sync,
    name: str,
    *,
    spec: bytes | None = None,
    description: str = "",
    at: datetime | None = None,
) -> MappingEntry:
    """What a schema says, as what is stored from now on; it is kept aside.

    Args:
        spec: bytes of its file that count; what is on disk if left out.
        description: of the migration that brought data there, for its history; none if left out.
    """
    name, path = sync.schema_key(name), sync.schema_path(name)
    raw = _spec_bytes(sync, name, path) if spec is None else spec
    if cache_path(path):
        keep_spec(sync.workspace.root, path, raw)

    def entry(old: Mapping[str, Data]) -> dict[str, Data]:
        fields = {"spec": path, **_fingerprint(path, raw), "last_synced_at": _moment(at)}
        history = old.get("migration_history")
        earlier = history if isinstance(history, list) else []
        if description:
            migration = {
                "version": f"{len(earlier) + 1:03}",
                "description": description,
                "generated_at": _moment(at),
            }
            fields["migration_history"] = [*earlier, migration]
        return fields

    return MappingEntry("schemas", name, entry)


def accept_drift(sync: Sync, key: str, reason: str, *, at: datetime | None = None) -> None:
    """Take both sides of a flow, or a schema, as they are now for being in sync, and say why.

    It does not come back until something moves again.

    Args:
        key: ``domain/flow``, or the name of a schema.
        reason: for whoever reads the mapping.
    """
    status = sync.flow(key) if "/" in key else sync.schema(key)
    if not reason.strip():
        raise EditError("say why the drift is accepted: others will read it in the mapping")
    if not status.stale or status.mapped is None:
        raise EditError(f"{key} is {status.state.replace('_', ' ')}: there is no drift to accept")
    workspace = sync.workspace
    path = sync.spec_path(status)
    raw = _spec_bytes(sync, key, path)
    files = tuple(path for path in status.mapped.files if path not in status.missing_files)
    if cache_path(path):
        keep_spec(workspace.root, path, raw)
    accepted = {
        "reason": reason.strip(),
        "state": status.state,
        "accepted_at": _moment(at),
        "spec_hash": status.mapped.spec_hash,
    }

    def entry(old: Mapping[str, Data]) -> dict[str, Data]:
        before = old.get("accepted")
        code = {"files": list(files), "file_hashes": _hashes(sync, files)}
        return {
            "spec": path,
            **_fingerprint(path, raw),
            **(code if status.kind == "flow" else {}),
            "accepted": [*(before if isinstance(before, list) else []), accepted],
        }

    section: Literal["flows", "schemas"] = "flows" if status.kind == "flow" else "schemas"
    write_entries(sync, [MappingEntry(section, key, entry)])
    note_event(
        workspace.root, "drift_accepted", key, reason=reason.strip(), spec_hash=digests(raw)[0]
    )


def record_tests(sync: Sync, key: str, summary: Mapping[str, Data]) -> None:
    """Keep what the tests of a flow said, beside what is recorded of its code.

    Args:
        summary: of the run of tests; what it does not speak of and others wrote stays.
    """
    spoken = {"problem", *summary}

    def entry(old: Mapping[str, Data]) -> dict[str, Data]:
        before = mapping(old.get("test_results"))
        others = {name: value for name, value in before.items() if snake(name) not in spoken}
        return {"test_results": {**others, **summary}}

    write_entries(sync, [MappingEntry("flows", key, entry)])


def _spec_bytes(sync: Sync, key: str, path: str) -> bytes:
    raw = sync.files.read(path)
    if raw is None:
        raise KeyError(f"{path} is not there; save {key} first")
    return raw


def _fingerprint(path: str, raw: bytes) -> dict[str, Data]:
    document = Document(path)
    document.load(raw)
    fingerprint: dict[str, Data] = {"spec_hash": digests(raw)[0]}
    if document.version is not None:
        fingerprint["content_hash"] = content_digest(document.version.model)
    return fingerprint


def _hashes(sync: Sync, files: tuple[str, ...]) -> dict[str, Data]:
    hashes: dict[str, Data] = {}
    for path in files:
        digests_of_file = sync.files.digests(path)
        if not digests_of_file:
            raise EditError(f"{path} is not a file of this project; remove it from the list")
        hashes[path] = digests_of_file[0]
    return hashes


def _moment(at: datetime | None) -> str:
    return (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")


def write_entries(sync: Sync, entries: Iterable[MappingEntry]) -> None:
    """Write entries in one go: all of them, or none."""
    pending = list(entries)
    keys = sync.workspace.design.flow_keys

    def written(data: Data) -> Data:
        for entry in pending:
            data = _with_entry(data, keys, entry)
        return data

    if pending:
        sync.workspace.rewrite(MAPPING_FILE, written)


def _with_entry(data: Data, keys: Sequence[str], entry: MappingEntry) -> Data:
    code_map = read_code_map(data, keys)
    mapped = (code_map.flows if entry.section == "flows" else code_map.schemas).get(entry.key)
    at: Path = mapped.at if mapped else (entry.section, entry.key)
    old = _entry(data, at)
    in_camel = mapped.camel if mapped else _in_camel(data)
    for name, value in entry.change({snake(word): item for word, item in old.items()}).items():
        word = next((own for own in old if snake(own) == name), "")
        word = word or (camel(name) if in_camel else name)
        try:
            data = set_in(data, (*at, word), value)
        except NoSuchPathError as error:
            reason = f"{MAPPING_FILE}: {error.args[0]}"
            raise EditError(f"{reason}. Fix the file first; it is not written to.") from error
    return data


def _entry(data: Data, at: Path) -> dict[str, Any]:
    try:
        value = get_in(data, at)
    except NoSuchPathError:
        return {}
    return value if isinstance(value, dict) else {}


def _in_camel(data: Data) -> bool:
    """Whether the entries of a file are written like ``specHash``."""
    return any("specHash" in mapping(entry) for _, entry, _ in entries_of(named(data, "flows")))
