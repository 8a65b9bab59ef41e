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
