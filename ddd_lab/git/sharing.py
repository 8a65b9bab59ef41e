"""Pulling and pushing, and the ends of a merge: what came is told in words."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ddd_lab.files.disk.git import Git, GitError
from ddd_lab.files.workspace.snapshot import compare_snapshots, revision_snapshot
from ddd_lab.git.acting import act
from ddd_lab.git.committing import has_commits
from ddd_lab.git.obstacles import GitAction, obstacle
from ddd_lab.git.status import ChangedFile, GitStatus, described, read_status
from ddd_lab.plurals import plural
from ddd_lab.visible import visible


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came with a pull.

    Attributes:
        commits: how many came.
        files: of the design that changed thereby, with what changed in words.
        conflicts: paths that both sides changed in the same place; to be resolved and committed.
        words: what happened.
    """

    commits: int
    files: tuple[ChangedFile, ...] = ()
    conflicts: tuple[str, ...] = ()
    words: str = ""

    def __str__(self) -> str:
        return "\n".join([self.words, *map(str, self.files)])

    __repr__ = __str__


def pull(root: Path) -> Pulled:
    """Fetch what the others have committed and merge it.

    Raises:
        GitError: there is nothing to pull from, or Git refuses; nothing has changed then.
    """
    before = _ready(root, "pull")
    refusal = None
    try:
        act(root, "pull", "--quiet", "--no-rebase", "--no-edit", "--no-recurse-submodules")
    except GitError as error:
        refusal = error
    status = read_status(root)
    if status.conflicts:
        paths = tuple(file.path for file in status.conflicts)
        words = (
            f"The other side's changes came, but {plural(len(paths), 'file')} changed on both "
            "sides in the same place. Resolve each file, stage it and commit; or abort the merge"
        )
        return Pulled(_count(root, before.commit, "MERGE_HEAD"), status.conflicts, paths, words)
    if refusal is not None:
        raise refusal
    if status.commit == before.commit:
        return Pulled(0, words="Nothing new: everything was here already")
    commits = _count(root, before.commit, "HEAD")
    files = _between(root, before.commit, status.commit)
    changed = f", which changed {plural(len(files), 'file')} of the design" if files else ""
    words = f"{plural(commits, 'commit')} came{changed}"
    return Pulled(commits, files, (), words)


def push(root: Path) -> str:
    """Send the commits of this branch to its remote, and publish a branch that has none there.

    Returns:
        What was done, in words.

    Raises:
        GitError: there is no remote, or it refuses; says why and what to do.
    """
    status = _ready(root, "push")
    if status.upstream:
        act(root, "push", "--quiet", "--no-recurse-submodules")
        count = plural(status.ahead, "commit")
        return f"{count} pushed to {visible(status.upstream)}"
    remote = _remote(root, status.branch)
    act(root, "push", "--quiet", "--no-recurse-submodules", "--set-upstream", "--", remote, "HEAD")
    return f"{visible(status.branch)} is published at {visible(remote)}, and follows it from now on"


def init(root: Path) -> None:
    """Make the project's folder a Git repository.

    Raises:
        GitError: it is one already, or Git refuses.
    """
    status = read_status(root)
    if not status.has("no_repository"):
        raise GitError(
            "This design lies in a repository already"
            if status.has_repository
            else status.notices[0].text
        )
    act(root, "init", "--quiet")


def abort(root: Path) -> str:
    """Take back a merge, rebase, cherry-pick or revert that is in progress.

    Returns:
        What was done, in words.
    """
    status = read_status(root)
    for id in ("merge", "rebase", "cherry_pick", "revert"):
        if status.has(id):
            command = id.replace("_", "-")
            act(root, command, "--abort")
            return f"The {command} was taken back; everything is as it was before it"
    raise GitError("Nothing is in progress that could be aborted")


def _ready(root: Path, action: GitAction) -> GitStatus:
    """The status of a repository, where nothing stands in the way of an action."""
    status = read_status(root)
    if refusal := obstacle(status, action):
        raise GitError(refusal)
    return status


def _remote(root: Path, branch: str) -> str:
    """Where a branch is published: at the remote that it followed before, if it did."""
    git = Git(root)
    remotes = git.text("remote").split("\n")[:-1]
    with suppress(GitError):
        followed = git.text("config", "--get", f"branch.{branch}.remote").strip()
        if followed in remotes:
            return followed
    if "origin" in remotes:
        return "origin"
    if len(remotes) > 1:
        names = ", ".join(map(visible, remotes))
        raise GitError(
            f"There are several remotes ({names}). Choose one in a terminal: "
            "git push -u REMOTE HEAD"
        )
    return remotes[0]


def _count(root: Path, before: str, after: str) -> int:
    span = f"{before}..{after}" if before else after
    try:
        return int(Git(root).text("rev-list", "--count", span, "--"))
    except GitError:
        return 0


def _between(root: Path, before: str, after: str) -> tuple[ChangedFile, ...]:
    """What differs between two commits, in words."""
    if not has_commits(Git(root)):
        return ()
    old = revision_snapshot(root, before) if before else {}
    files = []
    for one in compare_snapshots(old, revision_snapshot(root, after)):
        words, layout_only = described(one)
        files.append(
            ChangedFile(one.path, "changed", one.state, words, one.flow, one.was, layout_only)
        )
    return tuple(files)
