"""What the tab that compares two versions of a design asks."""

from __future__ import annotations

from ddd_lab.files.disk.paths import domain_of, flow_key
from ddd_lab.files.workspace.snapshot import RevisionError
from ddd_lab.git.comparable import comparable
from ddd_lab.lab.protocol.diff import (
    DesignChange,
    DesignDiffView,
    DesignDiffWanted,
    DesignVersions,
    MarkCount,
    PlaceNamed,
    VersionCommit,
)
from ddd_lab.lab.server.errors import NotThereError
from ddd_lab.lab.server.project_cache import OpenProject
from ddd_lab.maps.ghosts import KINDS
from ddd_lab.maps.svg.diffs import diff_boards


def design_diff(project: OpenProject, wanted: DesignDiffWanted) -> DesignDiffView:
    """What differs between two versions at a place."""
    try:
        diff = project.diffs.at(_place(wanted.at), wanted.old, wanted.new)
    except (KeyError, RevisionError) as error:
        raise NotThereError(str(error.args[0])) from error
    return DesignDiffView(
        at=diff.at,
        title=diff.title,
        words=diff.words,
        notice=diff.notice,
        counts=[
            MarkCount(
                kind=kind,
                cards=list(diff.cards.values()).count(kind),
                edges=list(diff.edges.values()).count(kind),
            )
            for kind in KINDS
        ],
        changes=[
            DesignChange(
                kind=one.kind,
                subject=one.subject,
                words=list(one.words),
                card=one.card,
                edge=one.edge,
                at=one.at,
            )
            for one in diff.entries
        ],
        pictures=diff_boards(diff, theme=wanted.theme, side_by_side=wanted.sides),
    )


def versions(project: OpenProject, named: PlaceNamed) -> DesignVersions:
    """What a place can be compared with."""
    found = comparable(project.root, _place(named.at))
    return DesignVersions(
        commits=[
            VersionCommit(commit=one.commit, at=one.at, author=one.author, subject=one.subject)
            for one in found.commits
        ],
        branches=list(found.branches),
        notice=found.notice,
    )


def _place(at: str) -> str:
    """A place, also by the path of its file."""
    return flow_key(at) or domain_of(at) if at.startswith("specs/") else at
