"""YAML text and plain data: reading with positions, and writing that changes only what it must.

This package knows YAML and nothing about designs. Values follow the YAML 1.2 core schema.
"""

from ddd_lab.files.yaml._compare import same
from ddd_lab.files.yaml._decode import MAX_BYTES, decode, encode
from ddd_lab.files.yaml._dump import dump
from ddd_lab.files.yaml._errors import PatchError, YamlError
from ddd_lab.files.yaml._nodes import Data, PathTuple
from ddd_lab.files.yaml._parse import parse
from ddd_lab.files.yaml._patch import PatchReport, patch
from ddd_lab.files.yaml._tree import Duplicate, Tree

__all__ = [
    "MAX_BYTES",
    "Data",
    "Duplicate",
    "PatchError",
    "PatchReport",
    "PathTuple",
    "Tree",
    "YamlError",
    "decode",
    "dump",
    "encode",
    "parse",
    "patch",
    "same",
]
