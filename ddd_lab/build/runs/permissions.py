"""What Claude Code may do without asking: what its user has set, and never everything.

A run is watched by a person, who answers its questions in the terminal. The person's own settings
decide which questions there are: a mode that they have chosen stays, with two exceptions. Where
they have chosen none, it asks, since newer versions of Claude Code would by themselves let a model
decide what needs no question. And where they have chosen to skip all questions, a prompt that was
put together by a program is no place for that, so that it asks too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

ASK = "default"
"""The mode in which Claude Code asks before it writes a file or runs a command."""
_SKIP = "bypassPermissions"
_UNSEEN = (
    "-p",
    "--print",
    "--dangerously-skip-permissions",
    "--allow-dangerously-skip-permissions",
)


def mode_to_set(root: Path) -> str:
    """The mode that a run is given; empty where the one that the person has chosen stays.

    Args:
        root: the project's folder.
    """
    return ASK if _mode_chosen(root) in ("", _SKIP) else ""


def mode_of(root: Path) -> str:
    """The mode that a run has: the one that it is given, or the person's own.

    Args:
        root: the project's folder.
    """
    return mode_to_set(root) or _mode_chosen(root)


def unseen(words: Iterable[str]) -> str:
    """The first word of a command that takes the person's questions or terminal away, if any."""
    return next((word for word in words if word in _UNSEEN or _SKIP in word), "")


def _mode_chosen(root: Path) -> str:
    return next((mode for mode in _chosen(root) if mode), "")


def _chosen(root: Path) -> Iterator[str]:
    """The modes that the person's settings name, the one that counts first."""
    own = Path(os.environ.get("CLAUDE_CONFIG_DIR") or Path.home() / ".claude")
    project = root / ".claude"
    for path in (project / "settings.local.json", project / "settings.json", own / "settings.json"):
        try:
            found = json.loads(path.read_bytes())
            yield str(found["permissions"]["defaultMode"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
