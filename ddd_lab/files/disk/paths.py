"""Which files belong to a design, and the guard on every path that is made from a name."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ddd_lab.files.disk.listing import SUFFIXES
from ddd_lab.files.disk.storage import UnsafePathError, status
from ddd_lab.spec.paths import MAPPING_FILE, PROJECT_FILE, usual

EVERYTHING = ""
"""Means all paths, where paths are passed on."""
LONGEST_NAME: Final = 100
"""Letters of a new id: those of a domain and a flow fit into one file name together."""
_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)
_SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_FLOW = re.compile(r"specs/domains/([^/]+)/flows/([^/]+)\.yaml")
_DOMAIN = re.compile(r"specs/domains/([^/]+)/domain\.yaml")
_SCHEMA = re.compile(r"specs/schemas/(?:events/)?([^/]+)\.yaml")


def safe_name(name: str, what: str) -> str:
    """A name that may become part of a path, on every system; else raises `UnsafePathError`."""
    if not _SAFE_NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise UnsafePathError(
            f"{name!r} cannot be the id of a {what}: use letters, digits, - and _ "
            f"(at most {LONGEST_NAME})"
        )
    if name.endswith(".") or _DEVICE.fullmatch(name.partition(".")[0]):
        raise UnsafePathError(
            f"{name!r} cannot be the id of a {what}: Windows has no files of that name; choose "
            "another"
        )
    return name


def settings_file(root: Path, path: str) -> str:
    """A file that the design does not hold, as ``.yaml`` or ``.yml``; having both is an OSError."""
    other = f"{path.removesuffix('.yaml')}.yml"
    present = [name for name in (path, other) if status(root, name) is not None]
    if len(present) > 1:
        raise OSError(errno.EEXIST, f"{path} and {other} are both there; remove one of them", other)
    return present[0] if present else path


def others(paths: Iterable[str]) -> dict[str, str]:
    """By usual path, the path of each file that has another ending or its accents apart."""
    by_name: dict[str, str] = {}
    present = frozenset(paths)
    for path in sorted(present):
        if (name := usual(path)) != path and name not in present:
            by_name.setdefault(name, path)
    return by_name


def flow_key(path: str) -> str:
    """``domain/flow`` for the path of a flow file; empty for any other."""
    match = _FLOW.fullmatch(usual(path))
    return f"{match[1]}/{match[2]}" if match else ""


def domain_of(path: str) -> str:
    """The domain for the path of its own file; empty for any other."""
    match = _DOMAIN.fullmatch(usual(path))
    return match[1] if match else ""


def schema_of(path: str) -> str:
    """The stem for the path of a schema file; empty for any other."""
    match = _SCHEMA.fullmatch(usual(path))
    return match[1] if match else ""


def is_kept_file(path: str) -> bool:
    """Whether a project keeps a file open: one of the design, or the map from flows to code."""
    return usual(path) == MAPPING_FILE or is_design_file(path)


def is_design_file(path: str) -> bool:
    """Whether a path is that of a design's file."""
    return path == PROJECT_FILE or (
        path.startswith("specs/")
        and path.endswith(SUFFIXES)
        and not any(part.startswith(".") or not part for part in path.split("/"))
        and "\\" not in path
    )
