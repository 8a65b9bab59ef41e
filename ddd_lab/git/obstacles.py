"""What stands in the way of an action, known before Git is asked: its button is greyed with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from ddd_lab.git.notices import NoticeId
from ddd_lab.git.status import GitStatus

GitAction = Literal["write", "commit", "pull", "push"]
"""``write`` stands for whatever stages, discards, restores or aborts."""
_UNWRITABLE: Final[tuple[NoticeId, ...]] = ("locked", "read_only")
_IN_PROGRESS: Final[tuple[NoticeId, ...]] = ("rebase", "cherry_pick", "revert", "bisect")
_APART: Final[tuple[NoticeId, ...]] = ("merge", *_IN_PROGRESS, *_UNWRITABLE, "detached")
_OBSTACLES: Final[Mapping[GitAction, tuple[NoticeId, ...]]] = {
    "write": _UNWRITABLE,
    "commit": (*_IN_PROGRESS, *_UNWRITABLE, "conflicts", "no_author"),
    "pull": (*_APART, "no_remote", "upstream_gone", "no_upstream"),
    "push": (*_APART, "no_commits", "no_remote"),
}


def obstacle(status: GitStatus, action: GitAction) -> str:
    """Why an action cannot be done as a repository is now, and what to do; empty if it can."""
    if not status.has_repository:
        return status.notices[0].text
    texts = {notice.id: notice.text for notice in status.notices}
    found = next((texts[id] for id in _OBSTACLES[action] if id in texts), "")
    if found or action != "commit" or status.staged or status.has("merge"):
        return found
    what = "Stage what is to be committed first" if status.files else "Nothing has changed"
    if status.unsaved:
        what = "The edits are not saved yet: save them, then stage"
    return f"Nothing is staged. {what}"
