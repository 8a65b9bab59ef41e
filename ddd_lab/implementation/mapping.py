"""``.ddd/mapping.yaml`` as values: which code came from which spec, and when.

Files in the wild write its keys in two ways (``spec_hash``, ``specHash``) and name flows by
``domain/flow`` or by their id alone; all of them are read. Writing is the matter of
:mod:`ddd_lab.implementation.mapping_writer`.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from ddd_lab.files.disk.paths import flow_key
from ddd_lab.spec.lenient import entries, items, mapping, named, text

if TYPE_CHECKING:
    from ddd_lab.spec.models.base import Data, Path


class Mapped(NamedTuple):
    """What was implemented of one flow or schema, as recorded.

    Attributes:
        key: ``domain/flow``, or the name of a schema.
        spec: path of its file.
        spec_hash: fingerprint of that file's bytes at the time; empty where nobody recorded it.
        content_hash: fingerprint of what it said; empty where nobody recorded it.
        files: paths of the code.
        file_hashes: fingerprints of the code by path, as far as recorded.
        implemented_at: when, as it stands in the file.
        at: where the entry stands in the mapping file.
        camel: whether its keys are written like ``specHash``.
        extra: the other keys, as they stand there.
    """

    key: str
    spec: str = ""
    spec_hash: str = ""
    content_hash: str = ""
    files: tuple[str, ...] = ()
    file_hashes: dict[str, str] = {}  # noqa: RUF012 - a field's default, which nobody changes
    implemented_at: str = ""
    at: Path = ()
    camel: bool = False
    extra: dict[str, Any] = {}  # noqa: RUF012


class CodeMap(NamedTuple):
    """The whole file.

    Attributes:
        flows: by ``domain/flow``.
        schemas: by the schema's name.
        lost: names of entries whose flow is not there (any more), or not to be told.
    """

    flows: dict[str, Mapped]
    schemas: dict[str, Mapped]
    lost: tuple[str, ...] = ()


_KNOWN = {"spec", "spec_hash", "content_hash", "files", "file_hashes", "implemented_at", "file"}


@lru_cache(maxsize=500)
def snake(key: str) -> str:
    """``specHash`` as ``spec_hash``."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: f"_{match[1].lower()}", key)


def camel(key: str) -> str:
    """``spec_hash`` as ``specHash``."""
    first, *rest = key.split("_")
    return first + "".join(part.capitalize() for part in rest)


def read_code_map(
    data: Data,
    keys: Iterable[str],
    root: PurePath | None = None,
    written: Callable[[Path], str] = lambda _: "",
) -> CodeMap:
    """The mapping that a file says.

    Args:
        data: of the file, whatever it holds.
        keys: ``domain/flow`` of every flow of the design: entries may name a flow by its id
            alone, or by the path of its file.
        root: the project's folder, for paths that begin with it.
        written: how a value is written in the file; empty where that is not known.
    """
    reader = _Reader(keys, root, written)
    flows: dict[str, Mapped] = {}
    lost: list[str] = []
    for name, entry, at in entries(named(data, "flows")):
        key = reader.flow(name, text(named(entry, "spec")))
        if key and key not in flows:
            flows[key] = reader.mapped(key, entry, ("flows", *at))
        else:
            lost.append(name)
    schemas = {
        name: reader.mapped(name, entry, ("schemas", *at))
        for name, entry, at in entries(named(data, "schemas"))
    }
    return CodeMap(flows=flows, schemas=schemas, lost=tuple(lost))


class _Reader:
    """Reads entries: flows by every name, paths and fingerprints in every way of writing them."""

    def __init__(
        self, keys: Iterable[str], root: PurePath | None, written: Callable[[Path], str]
    ) -> None:
        self._keys = set(keys)
        self._by_id: dict[str, str] = {}
        for key in self._keys:
            id = key.rpartition("/")[2]
            # An id that two domains have names neither of them.
            self._by_id[id] = "" if id in self._by_id else key
        roots = (root.as_posix(), os.path.realpath(root)) if root is not None else ()
        self._above = tuple(f"{one}/".replace("\\", "/") for one in roots)
        self._written = written

    def flow(self, name: str, spec: str) -> str:
        """The flow that an entry is about; empty where there is none."""
        if name in self._keys:
            return name
        by_file = flow_key(self._path(spec))
        return by_file if by_file in self._keys else self._by_id.get(name, "")

    def mapped(self, key: str, entry: Data, at: Path) -> Mapped:
        """What an entry says."""
        raw = mapping(entry)
        own = {snake(name): name for name in raw}
        values = raw if raw.keys() <= _KNOWN else {name: raw[key] for name, key in own.items()}
        hashes = mapping(values.get("file_hashes"))
        below = (*at, own.get("file_hashes", ""))
        return Mapped(
            key=key,
            spec=self._path(text(values.get("spec"))),
            spec_hash=self._word(values.get("spec_hash"), (*at, own.get("spec_hash", ""))),
            content_hash=self._word(values.get("content_hash"), (*at, own.get("content_hash", ""))),
            files=tuple(dict.fromkeys(self._path(path) for path in _files(values))),
            file_hashes={
                self._path(str(path)): self._word(value, (*below, path))
                for path, value in hashes.items()
            },
            implemented_at=self._word(values.get("implemented_at"), ()),
            at=at,
            camel=any(name != key for name, key in own.items()),
            extra={name: value for name, value in raw.items() if snake(name) not in _KNOWN},
        )

    def _path(self, path: str) -> str:
        """A path as the project has it: relative, with forward slashes."""
        if _is_plain(path):
            return path
        path = path.replace("\\", "/")
        for above in self._above:
            path = path.removeprefix(above)
        return posixpath.normpath(path) if path else ""

    def _word(self, value: Data, at: Path) -> str:
        """A text; a fingerprint of digits only, or a date, was read as something else."""
        if value is None or isinstance(value, (dict, list)):
            return ""
        if isinstance(value, str) or not at:
            return str(value).strip()
        return self._written(at) or str(value)


def _is_plain(path: str) -> bool:
    """Whether a path is as the project has it, as most are: quickly, for thousands of them."""
    odd = path[:1] in "/." or "/." in path or "//" in path or "\\" in path or ":" in path
    return not odd and path[-1] != "/"


def _files(values: dict[str, Any]) -> Iterator[str]:
    """Paths of the code; the oldest form names one file, and each node its place in one."""
    for item in items(values.get("files")):
        path = text(item) or text(named(item, "path"))
        if path:
            yield path
    if path := text(values.get("file")):
        yield path
    for place in mapping(values.get("nodes")).values():
        path = text(named(place, "file")) or text(named(place, "location")).partition(":")[0]
        if path:
            yield path
