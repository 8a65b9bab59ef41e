"""Which files of a repository are the design, for Git."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ddd_lab.files.disk.git import GitError
from ddd_lab.files.disk.paths import is_design_file
from ddd_lab.files.documents.settings import SETTINGS_FILE
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.paths import MAPPING_FILE, PROJECT_FILE, SYSTEM_FILE, domain_file

SPEC_PATHS: Final = ("specs", PROJECT_FILE, SETTINGS_FILE, MAPPING_FILE)
"""What of a project is its design; the rest of a repository is not even looked at."""


def is_spec(path: str) -> bool:
    """Whether a path of a project, from its folder, is part of the design."""
    return is_design_file(path) or path in SPEC_PATHS


def require_specs(paths: Iterable[str]) -> None:
    """Refuse paths of other files, which are not for the lab to change."""
    for path in paths:
        if not is_spec(path):
            raise GitError(f"{path!r} is no file of the design. Use Git itself for other files")


def path_of(workspace: Workspace, name: str) -> str:
    """The path of what a person names: a path, a flow or domain; the system where it is empty."""
    if is_spec(name) or name.startswith(("specs/", ".ddd/")):
        return name
    if "/" in name:
        return workspace.flow_path(name)
    return workspace.file_of(domain_file(name) if name else SYSTEM_FILE)
