"""Plans on disk: ``.ddd/plans/<date>-<slug>.md``, which is committed like the design."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ddd_lab.assist.plans.plan import Plan
from ddd_lab.files.disk.storage import is_file, names, read, write

FOLDER = ".ddd/plans"
_LARGEST = 1_000_000
_SLUG = 40


def new_path(root: Path, title: str, day: date) -> str:
    """A free path for a new plan."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG].rstrip("-") or "plan"
    stem = f"{FOLDER}/{day.isoformat()}-{slug}"
    candidates = (f"{stem}{f'-{number}' if number > 1 else ''}.md" for number in range(1, 1000))
    return next(path for path in candidates if not is_file(root, path))


def plans(root: Path) -> Iterator[tuple[str, Plan]]:
    """Every plan with its path, the newest first; what cannot be read is left out."""
    try:
        found = sorted(names(root, FOLDER), reverse=True)
    except OSError:
        return
    for name in found:
        path = f"{FOLDER}/{name}"
        if name.endswith(".md"):
            try:
                yield path, read_plan(root, path)
            except OSError:
                continue


def read_plan(root: Path, path: str) -> Plan:
    """A plan as its file says it now.

    Raises:
        OSError: it cannot be read.
    """
    return Plan(read(root, path, limit=_LARGEST).decode("utf-8", "replace"))


def write_plan(root: Path, path: str, plan: Plan, before: Plan | None) -> None:
    """Write a plan, unless somebody changed the file since it was read.

    Raises:
        ChangedOnDiskError: it was changed meanwhile; read it again.
        OSError: it cannot be written.
    """
    expected = None if before is None else before.text.encode()
    write(root, path, plan.text.encode(), expected=expected)
