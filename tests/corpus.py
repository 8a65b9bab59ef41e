"""Finds the corpus: real projects by others, which the tests read and never copy in here."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]


def corpus_root() -> Path | None:
    """Return the corpus folder: `DDD_LAB_CORPUS`, else `../shared/corpus` beside the project."""
    root = Path(os.environ.get("DDD_LAB_CORPUS", ROOT.parent / "shared" / "corpus"))
    return root if root.is_dir() else None


def corpus_files(pattern: str = "*.yaml") -> list[Path]:
    """Return the corpus files that match, sorted; empty when the corpus is not there.

    For `pytest.mark.parametrize`, together with the `corpus` fixture's skip.
    """
    root = corpus_root()
    return sorted(root.rglob(pattern)) if root else []


def real_projects() -> list[Path]:
    """Return the corpus projects and those of `DDD_LAB_PROJECTS` (folders, colon-separated)."""
    root = corpus_root()
    own = sorted(path.parent for path in root.glob("*/specs")) if root else []
    more = [Path(name) for name in os.environ.get("DDD_LAB_PROJECTS", "").split(":") if name]
    return [*own, *more]
