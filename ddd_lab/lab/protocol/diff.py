"""What travels between the tab that compares two versions and the server extension."""

from __future__ import annotations

from typing import Literal

from ddd_lab.canvas.protocol.field_types import Shown
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.protocol.proposals import GhostKind
from ddd_lab.lab.protocol.panel import RootNamed

__all__ = ["GhostKind"]


class PlaceNamed(RootNamed):
    """A place of a design: empty for the System Map, ``domain``, ``domain/flow`` or ``@flows``.

    The path of a file stands for the place that shows it.
    """

    at: str = ""


class DesignDiffWanted(PlaceNamed):
    """Two versions to compare at a place.

    ``old`` and ``new`` are Git revisions, ``:0`` for what is staged; empty for the files as they
    are. With ``sides`` both boards are drawn, else one for both.
    """

    old: str = "HEAD"
    new: str = ""
    theme: Literal["light", "dark"] = "light"
    sides: bool = False


class DesignChange(Message):
    """A difference in words.

    ``kind`` is ``other`` for what is neither a card nor an edge. ``card`` and ``edge`` are ids in
    the pictures, ``at`` is a place whose own comparison says more; each empty if there is none.
    """

    kind: Literal["added", "changed", "removed", "other"]
    subject: Shown
    words: list[Shown]
    card: str
    edge: str
    at: str


class MarkCount(Message):
    """How many cards and edges of a kind there are."""

    kind: GhostKind
    cards: int
    edges: int


class DesignDiffView(Message):
    """What differs between two versions at a place.

    ``at`` is its name now, ``pictures`` one SVG document, or with ``sides`` that of the old and
    the new version, which show one area. ``notice`` says what cannot be compared, and why.
    """

    at: str
    title: Shown
    words: str
    notice: Shown
    counts: list[MarkCount]
    changes: list[DesignChange]
    pictures: list[str]


class VersionCommit(Message):
    """A commit that touched a place; ``at`` is ISO 8601."""

    commit: str
    at: str
    author: Shown
    subject: Shown


class DesignVersions(Message):
    """What a place can be compared with; ``notice`` says why there is nothing."""

    commits: list[VersionCommit]
    branches: list[str]
    notice: str
