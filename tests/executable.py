"""Programs for tests: a script that runs some words, and hands its own arguments on."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path


def executable(path: Path, words: Iterable[str | Path]) -> str:
    """Make a program that runs some words; returns how a command names it.

    Args:
        path: of the program.
        words: that it runs; what it is called with follows them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\nexec {shlex.join(map(str, words))} "$@"\n')
    path.chmod(0o755)
    return shlex.quote(str(path))
