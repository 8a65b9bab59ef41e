"""A design in a repository as a notebook opens it, and what is said of the repository."""

from __future__ import annotations

from pathlib import Path

import ddd_lab as ddd
from ddd_lab.git.notices import NoticeId


def opened(root: Path) -> ddd.Project:
    return ddd.open(root, watch=False)


def notice(root: Path, id: NoticeId) -> str:
    """What is said of a state."""
    status = opened(root).git.status()
    assert status.has(id), status
    text = next(one.text for one in status.notices if one.id == id)
    assert text in str(status)
    return text
