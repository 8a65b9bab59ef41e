"""What the Git panel asks, and what it has Git do."""

from __future__ import annotations

from collections.abc import Sequence

from ddd_lab.git import committing, discarding, history, sharing
from ddd_lab.git.discarding import Discarded
from ddd_lab.git.message import offered_message
from ddd_lab.git.notices import NoRepositoryError
from ddd_lab.git.obstacles import obstacle
from ddd_lab.git.restoring import restore_file
from ddd_lab.git.spec_paths import path_of
from ddd_lab.git.status import GitStatus, read_status
from ddd_lab.lab.protocol.git import (
    GitCannot,
    GitCommitWanted,
    GitDiscarded,
    GitDone,
    GitFile,
    GitHistory,
    GitNotice,
    GitPaths,
    GitPutBackWanted,
    GitRestoreWanted,
    GitState,
    GitVersion,
)
from ddd_lab.lab.protocol.panel import FlowNamed, RootNamed
from ddd_lab.lab.server.project_cache import OpenProject
from ddd_lab.plurals import plural
from ddd_lab.visible import visible


def state(project: OpenProject, _: RootNamed) -> GitState:
    """How a design stands in its repository."""
    return _shown(read_status(project.root))


def versions(project: OpenProject, named: FlowNamed) -> GitHistory:
    """The history of a flow, or of a file by its path; none where there is no repository."""
    path = _path(project, named.flow)
    try:
        found = history.read_history(project.root, path)
    except NoRepositoryError:
        found = history.FileHistory(())
    return GitHistory(
        path=path,
        versions=[
            GitVersion(
                commit=one.commit,
                at=one.at,
                author=one.author,
                subject=one.subject,
                path=one.path,
                state=one.state,
                words=list(one.words),
            )
            for one in found
        ],
    )


def stage(project: OpenProject, wanted: GitPaths) -> GitDone:
    """Have files in the next commit."""
    committing.stage(project.root, wanted.paths)
    return _done(project, f"{plural(len(wanted.paths), 'file')} staged")


def unstage(project: OpenProject, wanted: GitPaths) -> GitDone:
    """Leave files out of the next commit."""
    committing.unstage(project.root, wanted.paths)
    return _done(project, f"{plural(len(wanted.paths), 'file')} unstaged")


def discard(project: OpenProject, wanted: GitPaths) -> GitDone:
    """Discard changes, as the person who was asked has said."""
    discarded = discarding.discard(project.root, wanted.paths)
    return _done(project, f"Changes of {plural(len(discarded), 'file')} discarded", discarded)


def put_back(project: OpenProject, wanted: GitPutBackWanted) -> GitDone:
    """Have back what was discarded, or what an older version has replaced."""
    paths = discarding.put_back(
        project.root, [Discarded(one.path, one.hash, one.left) for one in wanted.discarded]
    )
    return _done(project, f"{plural(len(paths), 'file')} put back")


def commit(project: OpenProject, wanted: GitCommitWanted) -> GitDone:
    """Commit what is staged."""
    done = committing.commit(project.root, wanted.message, wanted.unsaved)
    return _done(project, f"Committed {done}")


def pull(project: OpenProject, _: RootNamed) -> GitDone:
    """Fetch and merge what others have committed."""
    pulled = sharing.pull(project.root)
    # Files in conflict are in the list.
    return _done(project, pulled.words if pulled.conflicts else str(pulled))


def push(project: OpenProject, _: RootNamed) -> GitDone:
    """Send the commits of the branch to its remote."""
    return _done(project, sharing.push(project.root))


def init(project: OpenProject, _: RootNamed) -> GitDone:
    """Make the design's folder a repository."""
    sharing.init(project.root)
    return _done(project, "The design's folder is a Git repository now")


def abort(project: OpenProject, _: RootNamed) -> GitDone:
    """Take back what is in progress."""
    return _done(project, sharing.abort(project.root))


def restore(project: OpenProject, wanted: GitRestoreWanted) -> GitDone:
    """Write an older version over a file; one that is open in a kernel is restored there."""
    path = _path(project, wanted.flow)
    discarded = restore_file(project.root, path, wanted.commit)
    return _done(project, f"{wanted.flow} is as it was at {wanted.commit[:8]}", [discarded])


def _path(project: OpenProject, flow: str) -> str:
    with project.fresh() as sync:
        return path_of(sync.workspace, flow)


def _done(project: OpenProject, words: str, discarded: Sequence[Discarded] = ()) -> GitDone:
    return GitDone(
        words=words,
        state=_shown(read_status(project.root)),
        discarded=[GitDiscarded(path=one.path, hash=one.hash, left=one.left) for one in discarded],
    )


def _shown(status: GitStatus) -> GitState:
    return GitState(
        repository=status.has_repository,
        headline=status.headline,
        branch=visible(status.branch),
        commit=status.commit,
        upstream=visible(status.upstream),
        ahead=status.ahead,
        behind=status.behind,
        files=[
            GitFile(
                path=file.path,
                name=visible(file.flow or file.path.removeprefix("specs/")),
                area=file.area,
                state=file.state,
                words=list(file.words),
                flow=file.flow,
                was=file.was,
            )
            for file in status.files
        ],
        notices=[GitNotice(id=notice.id, text=notice.text) for notice in status.notices],
        cannot=GitCannot(
            write=obstacle(status, "write"),
            commit=obstacle(status, "commit"),
            pull=obstacle(status, "pull"),
            push=obstacle(status, "push"),
        ),
        message=offered_message(status),
    )
