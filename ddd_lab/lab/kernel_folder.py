"""Whether a kernel may be started in a design's folder."""

from __future__ import annotations

import sys
from importlib.machinery import all_suffixes
from pathlib import Path

from ddd_lab.files.disk import storage

IMPORTED = frozenset(
    (
        *("annotated_types", "anyio", "anywidget", "ddd_lab", "filelock", "git", "gitdb"),
        *("ipywidgets", "mypy_extensions", "psutil", "psygnal", "pydantic", "pydantic_core"),
        *("ruamel", "smmap", "typing_extensions", "typing_inspection", "watchfiles", "wcwidth"),
        "yaml",
    )
)
"""What a design that is opened imports beyond what a kernel has imported by then."""


def shadowing(folder: Path) -> str:
    """What in a folder a kernel there, and a design in it, would import by mistake.

    Raises:
        OSError: the folder cannot be read.
    """
    names = (sys.stdlib_module_names | {"ipykernel_launcher"} | IMPORTED) - {"test"}
    for name in storage.names(folder, ""):
        stem = name.partition(".")[0]
        if stem in names and (
            name.endswith(tuple(all_suffixes()))
            or any(one.startswith("__init__.") for one in storage.names(folder, name))
        ):
            return name
    return ""
