"""What the Git panel has an open design do, so that it is a step to undo."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from ddd_lab.canvas.commands._registry import operation
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.files.disk.git import GitError
from ddd_lab.files.documents.conflict_markers import Choice
from ddd_lab.files.workspace.snapshot import RevisionError
from ddd_lab.git.open_design import DesignGit
from ddd_lab.implementation.errors import RunError
from ddd_lab.spec.edit.nodes import EditError


class VersionWanted(args.Arguments):
    """A flow, or a file by its path, that is to be as it was at a commit."""

    flow: args.Text
    commit: args.Text


class Discarding(args.Arguments):
    """Files whose changes are discarded, as the person who was asked has said."""

    paths: args.Ids


class Comparing(args.Arguments):
    """A revision to compare with; none where it is empty."""

    revision: args.Text


class MergedFile(args.Arguments):
    """A file in which a merge has left conflict markers."""

    path: args.Text


class MergeChoices(args.Arguments):
    """A version for each place of such a file; to stage it is to save it, too."""

    path: args.Text
    choices: list[Choice]
    stage: bool


class MergePlace(Message):
    """The lines of the versions of what both sides changed; ``base`` is null where unknown."""

    words: str
    line: int
    base: str | None
    current: str
    incoming: str


class MergePlaces(Message):
    """All places of a file."""

    places: list[MergePlace]


@operation("view")
def compare(session: CanvasSession, wanted: Comparing) -> None:
    """Mark what differs from a revision on this canvas's boards, until it is ended."""
    with _refusing():
        session.compare(wanted.revision)


@operation("nothing")
def merge_places(session: CanvasSession, wanted: MergedFile) -> MergePlaces:
    """What a merge has left to decide in a file."""
    places = DesignGit(session.workbench).conflicts.get(wanted.path, ())
    return MergePlaces(places=[MergePlace(**place._asdict()) for place in places])


@operation("project")
def resolve_merge(session: CanvasSession, wanted: MergeChoices) -> None:
    """Choose a version for each place that a merge has left to decide."""
    with _refusing():
        DesignGit(session.workbench).resolve(wanted.path, *wanted.choices, stage=wanted.stage)


@operation("project")
def restore_version(session: CanvasSession, wanted: VersionWanted) -> None:
    """Let a flow say what it said at a commit."""
    with _refusing():
        DesignGit(session.workbench).restore(wanted.flow, wanted.commit)


@operation("project")
def discard_changes(session: CanvasSession, wanted: Discarding) -> None:
    """Let files say again what is staged or committed, and save them."""
    with _refusing():
        DesignGit(session.workbench).discard(*wanted.paths)


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """Tell in the canvas's way what Git refuses."""
    try:
        yield
    except (GitError, RevisionError, RunError) as error:
        raise EditError(str(error)) from error
