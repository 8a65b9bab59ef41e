"""Commits as ``git log`` tells them."""

from __future__ import annotations

from typing import Final, NamedTuple

FORMAT: Final = "--format=%H%x00%aI%x00%an%x00%s"
"""Has ``git log -z`` give the fields of `LoggedCommit` in their order."""


class LoggedCommit(NamedTuple):
    """A commit in a log.

    Attributes:
        commit: its hash.
        at: when it was written, ISO 8601.
        author: who wrote it.
        subject: the first line of its message.
    """

    commit: str
    at: str
    author: str
    subject: str


FIELDS: Final = len(LoggedCommit._fields)
