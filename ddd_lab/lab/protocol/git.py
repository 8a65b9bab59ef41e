"""What travels between the Git panel and the server extension."""

from __future__ import annotations

from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.git.notices import NoticeId
from ddd_lab.git.status import GitArea
from ddd_lab.lab.protocol.panel import RootNamed

__all__ = ["GitArea", "NoticeId"]


class GitFile(Message):
    """A file of the design that differs from what Git has of it.

    ``name`` is for people; ``flow`` is ``domain/flow`` for a flow's file, ``was`` the earlier path
    of a renamed one.
    """

    path: str
    name: str
    area: GitArea
    state: str
    words: list[str]
    flow: str
    was: str


class GitNotice(Message):
    """A state of the repository that one should know of, with what to do."""

    id: NoticeId
    text: str


class GitCannot(Message):
    """Why something cannot be done now; empty if it can.

    ``write`` stands for whatever stages, discards, restores or aborts.
    """

    write: str
    commit: str
    pull: str
    push: str


class GitState(Message):
    """How a design stands in its repository; ``message`` is the one that is offered."""

    repository: bool
    headline: str
    branch: str
    commit: str
    upstream: str
    ahead: int
    behind: int
    files: list[GitFile]
    notices: list[GitNotice]
    cannot: GitCannot
    message: str


class GitDiscarded(Message):
    """What a file said before it was discarded or restored, for having it back."""

    path: str
    hash: str
    left: str


class GitDone(Message):
    """What was done, in words, how the design stands since, and what it takes to undo it."""

    words: str
    state: GitState
    discarded: list[GitDiscarded]


class GitPaths(RootNamed):
    """Files of a design, by their paths."""

    paths: list[str]


class GitCommitWanted(RootNamed):
    """A commit of what is staged."""

    message: str
    unsaved: list[str]
    """Paths with edits that only an open canvas has."""


class GitPutBackWanted(RootNamed):
    """Files that are to say again what they said before."""

    discarded: list[GitDiscarded]


class GitRestoreWanted(RootNamed):
    """A flow, or a file by its path, that is to be as it was at a commit."""

    flow: str
    commit: str


class GitVersion(Message):
    """A version of a file that was committed."""

    commit: str
    at: str
    author: str
    subject: str
    path: str
    state: str
    words: list[str]


class GitHistory(Message):
    """The versions of a file, newest first."""

    path: str
    versions: list[GitVersion]
