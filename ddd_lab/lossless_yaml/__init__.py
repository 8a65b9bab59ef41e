"""YAML text and plain data: reading with positions, and writing that changes only what it must.

This package knows YAML and nothing about designs. Values follow the YAML 1.2 core schema. Each part
is imported when it is first asked for: programs that need little of it start quicker.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ddd_lab.lossless_yaml._decode import MAX_BYTES, decode, encode
from ddd_lab.lossless_yaml._errors import PatchError, YamlError

if TYPE_CHECKING:
    from ddd_lab.lossless_yaml._dump import dump
    from ddd_lab.lossless_yaml._entries import Entries, Entry, entries, moved
    from ddd_lab.lossless_yaml._mistakes import foreign_line
    from ddd_lab.lossless_yaml._nodes import Data, PathTuple
    from ddd_lab.lossless_yaml._parse import parse
    from ddd_lab.lossless_yaml._patch import PatchReport, patch
    from ddd_lab.lossless_yaml._pieces import are_whole
    from ddd_lab.lossless_yaml._tree import Duplicate, MergeKey, Tree
    from ddd_lab.lossless_yaml._usual import usual_data

__all__ = [
    "MAX_BYTES",
    "Data",
    "Duplicate",
    "Entries",
    "Entry",
    "MergeKey",
    "PatchError",
    "PatchReport",
    "PathTuple",
    "Tree",
    "YamlError",
    "are_whole",
    "decode",
    "dump",
    "encode",
    "entries",
    "foreign_line",
    "moved",
    "parse",
    "patch",
    "usual_data",
]

_MODULES = {
    "Entries": "_entries",
    "Entry": "_entries",
    "Data": "_nodes",
    "Duplicate": "_tree",
    "MergeKey": "_tree",
    "PatchReport": "_patch",
    "PathTuple": "_nodes",
    "Tree": "_tree",
    "are_whole": "_pieces",
    "entries": "_entries",
    "dump": "_dump",
    "foreign_line": "_mistakes",
    "moved": "_entries",
    "parse": "_parse",
    "patch": "_patch",
    "usual_data": "_usual",
}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
