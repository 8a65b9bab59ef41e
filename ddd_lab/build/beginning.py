"""A design that this person begins here is trusted from the start: nobody else wrote any of it."""

from __future__ import annotations

import contextlib
from fnmatch import fnmatchcase
from pathlib import Path

from ddd_lab.files import storage

from .config import ConfigError
from .trust import trust
from .trust_request import names_nothing, trust_request

_BLANK = (".git", ".gitignore", ".ipynb_checkpoints", ".DS_Store", "README*", "LICENSE*", "*.ipynb")
"""What may lie in a folder in which nothing is designed yet, and which names nothing to be run."""
_BEGUN = (*_BLANK, ".ddd", "ddd-project.json", "specs")


def is_blank(root: Path) -> bool:
    """Whether a folder holds nothing that anybody could have put there to be run.

    Args:
        root: the project's folder.
    """
    return _holds_only(root, _BLANK)


def trust_what_was_begun(root: Path) -> None:
    """Trust a design whose first files were saved here just now, in a folder that was blank.

    Where something else is there by now, the person is asked as for any project.

    Args:
        root: the project's folder.
    """
    with contextlib.suppress(ConfigError, OSError):
        if _holds_only(root, _BEGUN):
            trust(root)


def _holds_only(root: Path, names: tuple[str, ...]) -> bool:
    try:
        found = storage.names(root, "")
        if any(not any(fnmatchcase(name, one) for one in names) for name in found):
            return False
        return names_nothing(trust_request(root))
    except (ConfigError, OSError):
        return False
