"""What a place of a design can be compared with: its commits, branches and tags."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ddd_lab.files.disk.git import Git
from ddd_lab.git.committing import has_commits
from ddd_lab.git.log import FIELDS, FORMAT, LoggedCommit
from ddd_lab.git.notices import NoRepositoryError, find_place
from ddd_lab.maps.location import FLOWS
from ddd_lab.spec.paths import PROJECT_FILE, flow_file
from ddd_lab.visible import one_line

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Comparable:
    """What a place can be compared with.

    Attributes:
        commits: that touched it, newest first.
        branches: and tags, those that moved last first.
        notice: why there are none; empty where there are some.
    """

    commits: tuple[LoggedCommit, ...] = ()
    branches: tuple[str, ...] = ()
    notice: str = ""


def comparable(root: Path, at: str) -> Comparable:
    """What a place of a design can be compared with.

    Args:
        root: the project's folder.
        at: nothing for the System Map, a domain, ``domain/flow``, or ``@flows``.
    """
    git = Git(root)
    try:
        find_place(git, root)
    except NoRepositoryError as error:
        return Comparable(notice=str(error))
    if not has_commits(git):
        return Comparable(notice="There are no commits yet. Commit first")
    log = git.text("log", f"-{MOST}", "-z", FORMAT, "--", *_paths(at))
    fields = log.rstrip("\0").split("\0") if log else []
    commits = [
        LoggedCommit(*map(one_line, fields[begin : begin + FIELDS]))
        for begin in range(0, len(fields) - FIELDS + 1, FIELDS)
    ]
    refs = git.text(
        *("for-each-ref", f"--count={MOST}", "--sort=-creatordate"),
        *("--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes"),
    )
    branches = [name for name in refs.splitlines() if not name.endswith("/HEAD")]
    return Comparable(tuple(commits), tuple(branches))


def _paths(at: str) -> tuple[str, ...]:
    """The files of a place, from the project's folder."""
    if at in ("", FLOWS):
        return "specs", PROJECT_FILE
    if "/" not in at:
        return (f"specs/domains/{at}",)
    path = flow_file(at)
    return path, f"{path.removesuffix('.yaml')}.yml"
