"""Which side has moved since a spec was implemented: the spec, the code, both or neither.

Deterministic and offline: fingerprints decide, and where those of a spec differ, the comparison of
its two versions. Comments, key order, positions and line ends are never an alarm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from ddd_lab.implementation.cache import KeptSpecs
from ddd_lab.implementation.code_files import CodeFiles
from ddd_lab.implementation.fingerprints import content_digest, matches
from ddd_lab.implementation.mapping import CodeMap, Mapped, read_code_map
from ddd_lab.implementation.sources import LoadedProject, Source, schema_stem
from ddd_lab.spec.no_such import no_such

if TYPE_CHECKING:
    from ddd_lab.files.workspace.snapshot import FileDifference
    from ddd_lab.files.workspace.workspace import Workspace
    from ddd_lab.spec.diff.flow import Change

State = Literal["in_sync", "layout_only", "spec_ahead", "code_ahead", "diverged", "pending"]
Kind = Literal["flow", "schema"]

STALE: frozenset[State] = frozenset({"spec_ahead", "code_ahead", "diverged"})
_QUIET = ("layout", "metadata")
_NOT_KEPT = "the spec changed; its earlier version was not kept, so the changes cannot be listed"

Present: TypeAlias = Mapping[str, tuple[str, ...]]
"""Fingerprints of files as they are, by path."""


class SyncStatus(NamedTuple):
    """How a flow or schema and its code stand to each other.

    Attributes:
        key: ``domain/flow``, or the name of a schema.
        kind: what it is.
        state: ``in_sync``; ``layout_only`` (the spec's text differs, what it says does not);
            ``spec_ahead``; ``code_ahead``; ``diverged`` (both moved); ``pending`` (no code yet).
        changes: of the spec since it was implemented, as far as its version of then is known.
        changed_files: paths of the code that changed.
        missing_files: paths of the code that no longer exists.
        unknown: why the changes of the spec cannot be told, if so.
        mapped: what was recorded; None where nothing was.
    """

    key: str
    kind: Kind = "flow"
    state: State = "pending"
    changes: tuple[Change, ...] = ()
    changed_files: tuple[str, ...] = ()
    missing_files: tuple[str, ...] = ()
    unknown: str = ""
    mapped: Mapped | None = None

    @property
    def stale(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.state in STALE

    @property
    def words(self) -> tuple[str, ...]:
        """What moved, a line for each, in people's words."""
        reasons = [change.text for change in self.changes if change.kind not in _QUIET]
        if self.unknown:
            reasons.append(self.unknown)
        reasons += [f"{path} changed" for path in self.changed_files]
        reasons += [f"{path} no longer exists" for path in self.missing_files]
        return tuple(reasons)


class SyncStatuses:
    """How the flows and schemas of a project stand; what did not move is remembered."""

    def __init__(self, source: Source) -> None:
        self.files = CodeFiles(source.root)
        self._source = source
        self._kept = KeptSpecs(source.root, self.files)
        self._map: tuple[object, tuple[str, ...], CodeMap] | None = None
        self._known: dict[tuple[Kind, str], tuple[Mapped, Present, SyncStatus]] = {}

    @property
    def code_map(self) -> CodeMap:
        """What ``.ddd/mapping.yaml`` says; nothing where it is missing or broken."""
        version, data = self._source.mapping()
        keys = tuple(self._source.flow_keys)
        if self._map is None or self._map[0] is not version or self._map[1] != keys:
            self._map = (
                version,
                keys,
                read_code_map(data, keys, self._source.root, self._source.written),
            )
        return self._map[2]

    def flow(self, key: str) -> SyncStatus:
        """How a flow stands."""
        if key not in self._source.flow_keys:
            raise no_such("flow", key, self._source.flow_keys)
        return self._status("flow", key, self.code_map.flows.get(key))

    def flows(self) -> list[SyncStatus]:
        """How every flow stands, in the design's order."""
        self.files.look_again()
        mapped = self.code_map.flows
        return [self._status("flow", key, mapped.get(key)) for key in self._source.flow_keys]

    def schemas(self) -> list[SyncStatus]:
        """How every schema stands that the mapping names."""
        return [
            self._status("schema", name, mapped) for name, mapped in self.code_map.schemas.items()
        ]

    def of_files(self, paths: Iterable[str]) -> list[SyncStatus]:
        """How those flows and schemas stand whose spec or code is among some paths."""
        chosen = set(paths)
        code_map = self.code_map
        return [
            self._status(kind, mapped.key, mapped)
            for kind, entries in self._kinds(code_map)
            for mapped in entries.values()
            if not chosen.isdisjoint((self._spec(kind, mapped.key, mapped), *mapped.files))
        ]

    def mapped_flows(self) -> Iterator[SyncStatus]:
        """How those flows stand that have code, one by one: others may have their turn between."""
        self.files.look_again()
        for key, mapped in self.code_map.flows.items():
            yield self._status("flow", key, mapped)

    def version_then(self, status: SyncStatus) -> bytes | None:
        """The spec as it was when it was implemented; None where nobody kept it."""
        mapped = status.mapped
        if mapped is None or not mapped.spec_hash:
            return None
        self.files.look_again()
        return self._kept.version(self.spec_path(status), mapped.spec_hash)

    def spec_path(self, status: SyncStatus) -> str:
        """The path of the spec that a status is about."""
        return self._spec(status.kind, status.key, status.mapped)

    @staticmethod
    def _kinds(code_map: CodeMap) -> tuple[tuple[Kind, Mapping[str, Mapped]], ...]:
        return (("flow", code_map.flows), ("schema", code_map.schemas))

    def _status(self, kind: Kind, key: str, mapped: Mapped | None) -> SyncStatus:
        if mapped is None or not (mapped.spec_hash or mapped.content_hash):
            return SyncStatus(key=key, kind=kind, mapped=mapped)
        spec = self._spec(kind, key, mapped)
        recorded = {spec: mapped.spec_hash, **mapped.file_hashes}
        present = {
            path: self.files.digests(path, recorded.get(path, "")) for path in (spec, *mapped.files)
        }
        cached = self._known.get((kind, key))
        if cached is None or cached[0] is not mapped or cached[1] != present:
            status = self._worked_out(kind, mapped, spec, present)
            cached = (mapped, present, status)
            # A spec that changes while it is compared is looked at again.
            in_sync = status.state == "in_sync"
            if in_sync or self.files.digests(spec, mapped.spec_hash) == present[spec]:
                self._known[kind, key] = cached
        return cached[2]

    def _spec(self, kind: Kind, key: str, mapped: Mapped | None) -> str:
        if kind == "flow":
            return self._source.flow_path(key)
        return (mapped.spec if mapped else "") or self._source.schema_path(key)

    def _worked_out(self, kind: Kind, mapped: Mapped, spec: str, present: Present) -> SyncStatus:
        missing = tuple(path for path in mapped.files if not present[path])
        changed = tuple(
            path
            for path, recorded in mapped.file_hashes.items()
            if present.get(path) and not matches(recorded, present[path])
        )
        state, changes, unknown = self._spec_state(mapped, spec, present[spec])
        if missing or changed:
            state = "diverged" if state == "spec_ahead" else "code_ahead"
        return SyncStatus(
            key=mapped.key,
            kind=kind,
            state=state,
            changes=changes,
            changed_files=changed,
            missing_files=missing,
            unknown=unknown,
            mapped=mapped,
        )

    def _spec_state(
        self, mapped: Mapped, spec: str, digests_now: tuple[str, ...]
    ) -> tuple[State, tuple[Change, ...], str]:
        """Whether a spec says what it said, what is new in it, and why that cannot be told."""
        if matches(mapped.spec_hash, digests_now):
            return "in_sync", (), ""
        raw = self.files.read(spec)
        if raw is None:
            return "spec_ahead", (), f"{spec} no longer exists"
        from ddd_lab.files.documents.document import Document
        from ddd_lab.files.workspace.snapshot import compare_files

        before = self._kept.version(spec, mapped.spec_hash)
        if before is not None:
            difference = compare_files(spec, before, raw)
            state: State = "spec_ahead" if _counts(difference) else "layout_only"
            if difference is None:
                return state, (), ""
            return state, difference.changes, difference.reason
        document = Document(spec)
        document.load(raw)
        saved = document.saved
        if saved is not None and matches(mapped.content_hash, (content_digest(saved.model),)):
            return "layout_only", (), ""
        return "spec_ahead", (), _NOT_KEPT


def says_otherwise(path: str, before: bytes, now: bytes | None) -> bool:
    """Whether a spec says something else than it did: comments, positions and notes do not count.

    Args:
        path: of the spec, relative to the project.
        now: its bytes; None where it no longer exists, or cannot be read.
    """
    from ddd_lab.files.workspace.snapshot import compare_files

    return _counts(compare_files(path, before, now))


def _counts(difference: FileDifference | None) -> bool:
    if difference is None:
        return False
    changes = difference.changes
    return not changes or any(change.kind not in _QUIET for change in changes)


class Sync(SyncStatuses):
    """How an open project and its code stand to each other.

    Args:
        workspace: the open project. Compared is what is on disk: an unsaved edit is no version yet.
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(LoadedProject(workspace))
        self.workspace = workspace

    def schema(self, name: str) -> SyncStatus:
        """How a schema stands; pending where the mapping does not name it."""
        key = self.schema_key(name)
        return self._status("schema", key, self.code_map.schemas.get(key))

    def schema_key(self, name: str) -> str:
        """What the mapping calls a schema, or will: by its name, or by the stem of its file."""
        mapped = self.code_map.schemas
        if name in mapped:
            return name
        stem = self.schema_stem(name)
        own = self.workspace.design.schemas[stem].name or stem
        return stem if stem in mapped and own not in mapped else own

    def schema_stem(self, name: str) -> str:
        """The file stem of a schema by its name, which its file says, or by the stem itself."""
        stem = schema_stem(self.workspace, name)
        if not stem:
            raise no_such("schema", name, self.workspace.design.schemas)
        return stem

    def schema_path(self, name: str) -> str:
        """The path of a schema's file by its name; where it would lie, if there is none."""
        return self._source.schema_path(name)
