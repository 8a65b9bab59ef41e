"""One file of an open project: what is on disk, and what it should say now."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ddd_lab.equality import same
from ddd_lab.files.disk.formats import dump_as, is_json, parse_as
from ddd_lab.files.disk.paths import flow_key
from ddd_lab.files.documents.conflict_markers import Piece, masked, read_markers
from ddd_lab.files.documents.dialect import FlowReading, FlowShape, read_flow, same_flow, write_flow
from ddd_lab.files.documents.json_patch import patch_json
from ddd_lab.files.documents.json_text import parse_json_text
from ddd_lab.lossless_yaml import (
    Duplicate,
    MergeKey,
    PatchError,
    Tree,
    YamlError,
    decode,
    encode,
    parse,
    patch,
    usual_data,
)
from ddd_lab.spec.models import Misread
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.problem import Problem
from ddd_lab.visible import visible

_CURES = {
    errno.EACCES: "make it readable",
    errno.EFBIG: "split it, or move data out of it",
    errno.ELOOP: "put the file itself in place of the link",
    errno.ENXIO: "replace it by a regular file, or remove it",
}
"""What to do about what the system says; what the lab itself refuses says so already."""
Model = Any
"""A :class:`FlowData` for a flow file, plain data for every other file."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that a moved file was before, for its text to go along."""

    path: str  # where it was
    text: str  # what it said when it was moved
    raw: bytes = b""  # its bytes on disk then, for their encoding


@dataclass(frozen=True, slots=True)
class Conflict:
    """A file that was changed here and on disk, in the same place."""

    places: tuple[str, ...]  # what both sides changed, in words
    raw: bytes | None  # the bytes on disk; None where the file was deleted there
    theirs: Model = None  # what those bytes say; None where the file cannot be read, or was deleted
    # The same, but at these places what was there before either side changed them.
    before: Model = None


@dataclass(eq=False, slots=True)
class Version:
    """What a file says at one moment."""

    model: Model  # the flow, or the plain data
    # The text that says it, once somebody asked; exact for what was ever on disk.
    text: str | None = None
    # Count of outside changes when the text was made; a text from before the last one is not used
    # again, since it would take back what others wrote.
    epoch: int = 0
    origin: Origin | None = None  # the file that this one was before it was moved here, if it was
    # Lines as a person wrote them by hand, comments included; what else the version says is changed
    # from there.
    base: str | None = None
    # What a text with conflict markers of Git consists of. What the version says is then what the
    # text says with all that is current.
    markers: tuple[Piece, ...] = ()
    # Set while it holds what is here at places where the disk says something else, and nobody has
    # decided yet. All other changes on disk are in the version already.
    clash: Conflict | None = None


@lru_cache(maxsize=24)
def parsed(text: str) -> Tree:
    """The tree of a text; the last few are kept, since edits come in bursts."""
    return parse(text)


@lru_cache(maxsize=8)
def reading_of(text: str, key: str) -> FlowReading:
    """What a flow's text says and where; the last few are kept, like their trees."""
    return read_flow(_root(parsed(text)), key)


@dataclass(eq=False)
class Document:
    """One file."""

    path: str  # relative to the project, forward slashes
    raw: bytes | None = None  # its bytes as last seen on disk; None if it is not there
    # What those bytes say; None if there are none or they cannot be read.
    saved: Version | None = None
    # What the file should say now; None if it should not be there (or is broken).
    version: Version | None = None
    broken: Problem | None = None  # why it cannot be read, if so. Nothing overwrites it then
    # Why the last look at the disk failed, if so. What was read before is kept.
    unreadable: Problem | None = None
    issues: tuple[Misread, ...] = ()  # what did not fit the model
    duplicates: tuple[Duplicate, ...] = ()  # keys that appear twice in one map of the saved text
    merge_keys: tuple[MergeKey, ...] = ()  # keys ``<<`` of the saved text, which are not followed
    # Set while the disk has something that cannot be merged at all: the file was deleted there,
    # cannot be read any more, or was removed here.
    apart: Conflict | None = None
    epoch: int = 0
    _known: list[Version] = field(default_factory=list)
    _former: bytes = b""

    def __repr__(self) -> str:
        if self.conflict is None:
            return f"<{visible(self.path)}>"
        places = visible("; ".join(self.conflict.places))
        return f"<{visible(self.path)}, changed here and on disk: {places}>"

    @property
    def key(self) -> str:
        """``domain/flow`` for a flow file; empty for any other."""
        return flow_key(self.path)

    @property
    def conflict(self) -> Conflict | None:
        """What was changed here and on disk in the same place, while nobody has decided."""
        return self.apart or (self.version.clash if self.version is not None else None)

    @property
    def dirty(self) -> bool:
        """Whether saving would write (or create) the file."""
        if self.version is self.saved:
            return False
        if self.version is None or self.saved is None:
            return True
        if self.version.base is not None and self.version.base != self.saved.text:
            return True
        if self.version.text is not None and self.version.epoch == self.saved.epoch == self.epoch:
            return self.version.text != self.saved.text
        return not same_model(self.version.model, self.saved.model)

    def load(self, raw: bytes) -> None:
        """Take bytes from disk as the saved and present version, or note why that fails."""
        self.raw = self._former = raw
        self.broken = None
        self.issues = self.duplicates = self.merge_keys = ()
        try:
            text = decode(raw)
            model = self._read(text)
        except YamlError as error:
            self.saved = self.version = None
            if not self._read_markers(raw):
                self.broken = self._problem(error.line, error.column, f"{error.message}")
            return
        self.saved = self.version = Version(model, text, self.epoch)
        self._known = [self.saved]

    def _read_markers(self, raw: bytes) -> bool:
        """Take a text that a merge has left with conflict markers, as what is current there."""
        try:
            text = decode(raw)
            pieces = read_markers(text)
            if pieces is None or is_json(self.path):
                return False
            model = self._read(masked(pieces, "current"))
        except YamlError:
            return False
        self.saved = self.version = Version(model, text, self.epoch, markers=tuple(pieces))
        self._known = [self.saved]
        return True

    def _read(self, text: str) -> Model:
        data: Data = None if is_json(self.path) else usual_data(text)
        if data is None:
            tree = parse_as(self.path, text)
            data = tree.data
            if not isinstance(data, dict):
                raise YamlError(
                    f"the file is {_kind_of(data)}, but must be a map of keys (key: value)"
                )
            self.duplicates, self.merge_keys = tuple(tree.duplicates), tuple(tree.merge_keys)
        if not self.key:
            return data
        reading = read_flow(data, self.key)
        self.issues = reading.issues
        return reading.flow

    def text(self) -> str:
        """The text that says the present version: the saved one with the fewest changes."""
        version = self.version
        if version is None:
            return ""
        if version.text is None or version.epoch != self.epoch:
            version.text = self._written(version)
            version.epoch = self.epoch
        return version.text

    def tree(self) -> Tree:
        """The tree of the present text, for places."""
        text = self._readable()
        return parse_as(self.path, text) if is_json(self.path) else parsed(text)

    def shape(self) -> FlowShape:
        """Where the parts of a flow are in the present text."""
        return reading_of(self._readable(), self.key).shape

    def _readable(self) -> str:
        """The present text; where it has conflict markers, what is current in the same lines."""
        markers = self.version.markers if self.version is not None else ()
        return masked(markers, "current") if markers else self.text()

    def encoded(self) -> bytes:
        """The present text as bytes, in the encoding that the file has (or had elsewhere)."""
        origin = self.version.origin if self.version else None
        return encode(self.text(), self.raw or self._former or (origin.raw if origin else b""))

    def was_saved(self, raw: bytes) -> None:
        """Note that the present version is what is on disk now."""
        self.raw = raw
        self.saved = self.version
        if self.saved is not None and self.saved not in self._known:
            self._known.append(self.saved)

    def mark_unreadable(self, error: OSError) -> None:
        """Note that the file is there but its bytes cannot be had; what was read is kept."""
        reason = error.strerror or str(error)
        if cure := _CURES.get(error.errno or 0):
            reason += f": {cure}"
        problem = self._problem(0, 0, f"the file cannot be read: {reason}")
        if self.raw is None and self.version is None:
            self.broken = problem
        else:
            self.unreadable = problem

    def take_over(self, theirs: Document, version: Version | None) -> None:
        """Take what another document has read from disk as saved, and a version as present."""
        self.epoch = theirs.epoch
        self.raw, self.saved, self._former = theirs.raw, theirs.saved, theirs._former
        self.issues, self.duplicates = theirs.issues, theirs.duplicates
        self.merge_keys = theirs.merge_keys
        self.broken = self.apart = None
        self._known = [self.saved] if self.saved else []
        self.version = version
        if version is not None and not self.dirty:
            self.version = self.saved

    def _written(self, version: Version) -> str:
        model = version.model
        for candidate in self._known if version.base is None else ():
            if candidate.epoch == self.epoch and same_model(candidate.model, model):
                return candidate.text or ""
        base = self._base(version)
        if base is None:
            text = dump_as(self.path, new_flow_data(model) if self.key else model)
            if self.key:
                self._verify(text, model)
            return text
        if is_json(self.path):
            return patch_json(parse_json_text(base), model)
        old = parsed(base)
        if not self.key:
            return patch(base, model, tree=old, read=parsed)
        data = write_flow(_root(old), reading_of(base, self.key), model)
        text = patch(base, data, tree=old, read=parsed)
        self._verify(text, model)
        return text

    def _base(self, version: Version) -> str | None:
        """The text to change into a version's: where it comes from, or what was here last."""
        if version.base is not None:
            return version.base
        origin = version.origin
        if origin is not None and (self.saved is None or self.saved.origin is not origin):
            return origin.text
        if self.saved is not None:
            return self.saved.text
        return next((v.text for v in reversed(self._known) if v.epoch == self.epoch), None)

    def _verify(self, text: str, model: FlowData) -> None:
        again = reading_of(text, self.key).flow
        if not same_model(again, model):
            raise PatchError(
                f"{self.path}: this change cannot be written without changing something else in "
                "the file, so nothing was written. Make the change in the file itself, or first "
                "give every node its own id"
            )

    def _problem(self, line: int, column: int, message: str) -> Problem:
        return Problem(
            path=self.path,
            line=line,
            column=column,
            severity="error",
            rule="file.unreadable",
            message=f"{sentence(message)}. Until it is fixed the file is left exactly as it is.",
            where=self.key or self.path,
        )


def same_model(one: Model, other: Model) -> bool:
    """Whether two versions of a file say the same."""
    if one is other:
        return True
    if isinstance(one, FlowData) and isinstance(other, FlowData):
        return same_flow(one, other)
    return same(one, other)


def sentence(words: str) -> str:
    """Words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def _root(tree: Tree) -> dict[str, Any]:
    """The root map of a text that was read as a flow before."""
    return tree.data if isinstance(tree.data, dict) else {}


def _kind_of(data: Data) -> str:
    if data is None:
        return "empty"
    return "a list" if isinstance(data, list) else "a single value"


def new_flow_data(flow: FlowData) -> dict[str, Data]:
    """The data of a file for a flow that has none yet, in the canonical form."""
    empty: dict[str, Data] = {"flow": {}, "nodes": []}
    reading: FlowReading = read_flow(empty, f"{flow.domain}/{flow.id}")
    own = {name: getattr(flow, name) for name in ("id", "name", "type", "domain", "description")}
    blank = FlowReading(reading.flow.model_copy(update=own), (), reading.shape)
    written = write_flow(empty, blank, flow.model_copy(update={"header": {}}))
    header = {key: value for key, value in own.items() if value or key != "description"}
    header |= flow.header
    trigger = written.pop("trigger", None)
    data: dict[str, Data] = {"flow": header}
    if trigger is not None:
        data["trigger"] = {k: v for k, v in trigger.items() if (k, v) != ("id", "trigger")}
    metadata = written.pop("metadata", None)
    nodes = written.pop("nodes", [])
    written.pop("flow", None)
    data |= written
    data["nodes"] = nodes
    if metadata:
        data["metadata"] = metadata
    return data
