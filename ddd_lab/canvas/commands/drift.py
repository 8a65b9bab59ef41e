"""How a flow and its code stand: what moved, and accepting it as it is."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ddd_lab.canvas.boards.sync_status import SAID
from ddd_lab.canvas.commands._refusals import refusals
from ddd_lab.canvas.commands._registry import operation
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.protocol.arguments import Arguments, Text
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.implementation.drift import spec_diff
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.workbench import Workbench

if TYPE_CHECKING:
    from ddd_lab.implementation.staleness import SyncStatus


class Accepted(Arguments):
    """A drift to accept, why, and what proves that it is the one that was looked at."""

    at: Text
    reason: Text
    seen: Text


class ProjectFolder(Message):
    """The folder that the project is in."""

    root: str


class Drift(Message):
    """What moved between a flow and its code; ``seen`` stands for it."""

    state: str
    stale: bool
    title: str
    words: list[str]
    diff: str
    changed: list[str]
    missing: list[str]
    unknown: str
    seen: str


@operation("nothing")
def root(session: CanvasSession, _: Arguments) -> ProjectFolder:
    """Say which folder the project is in, for other parts of the page that show it, too."""
    return ProjectFolder(root=str(session.host.root))


@operation("nothing")
def drift(session: CanvasSession, place: args.At) -> Drift:
    """Say what moved between a flow and its code, the lines of the spec included."""
    standing = _standing(session.host, place.at)
    return Drift(
        state=standing.state,
        stale=standing.stale,
        title=SAID.get(standing.state, "Neither the spec nor its code has changed"),
        words=list(standing.words),
        diff=spec_diff(session.host.sync, standing),
        changed=list(standing.changed_files),
        missing=list(standing.missing_files),
        unknown=standing.unknown,
        seen=_seal(session.host, standing),
    )


@operation("project")
def accept_drift(session: CanvasSession, accepted: Accepted) -> None:
    """Take a flow and its code as they are for being in sync; it is written at once."""
    standing = _standing(session.host, accepted.at)
    if _seal(session.host, standing) != accepted.seen:
        raise EditError("something has moved since you looked; look at the changes again")
    with refusals():
        session.host.accept_drift(accepted.at, accepted.reason)


def _standing(host: Workbench, key: str) -> SyncStatus:
    host.sync.files.look_again()
    return host.sync.flow(key)


def _seal(host: Workbench, standing: SyncStatus) -> str:
    """What is another as soon as anything that a standing is about moves again."""
    files = standing.mapped.files if standing.mapped is not None else ()
    paths = (host.sync.spec_path(standing), *files)
    found = (standing.state, [(path, host.sync.files.digests(path)) for path in paths])
    return hashlib.sha256(repr(found).encode("utf-8", "replace")).hexdigest()[:24]
