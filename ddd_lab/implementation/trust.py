"""Whether what a project names may be run: the one place that decides.

A project is untrusted when it is opened. It can be read, drawn, edited, checked and exported, but
nothing that its files name is run. To trust it is a person's act: for one folder, and for the
commands and settings that they were shown. Where these change, they are asked again.

It is kept outside the project, in the person's own Jupyter data folder.
"""

from __future__ import annotations

import contextlib
import os
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from ddd_lab.implementation.config import BuildConfig, ConfigError
from ddd_lab.implementation.errors import RunError
from ddd_lab.implementation.personal_data import (
    misplaced,
    person_file,
    person_file_locked,
    read_person_file,
    write_person_file,
)
from ddd_lab.implementation.trust_request import TrustRequest, shown, shown_as_html, trust_request
from ddd_lab.spec.models.base import Frozen
from ddd_lab.visible import visible

__all__ = [
    "NotTrustedError",
    "TrustRequest",
    "TrustedFolder",
    "is_trusted",
    "require_trust",
    "revoke",
    "trust",
    "trust_request",
    "trusted_folders",
]

CLAUDE = "Claude Code"
_FILE = "trust.json"


class NotTrustedError(RunError):
    """A project is not trusted, so nothing that it names is run.

    Attributes:
        request: what a person would allow by trusting it.
    """

    def __init__(self, why: str, request: TrustRequest) -> None:
        super().__init__(why)
        self.request = request

    def __str__(self) -> str:
        trouble = f"{words}.\n" if (words := broken_words(Path(self.request.folder))) else ""
        folder = visible(shlex.quote(self.request.folder))
        return (
            f"{self.args[0]}\n{trouble}{self.request}\nIf you know where the folder comes from, "
            "trust it: project.trust() in Python, or in a shell: "
            f"ddd-lab trust {folder}"
        )


class TrustedFolder(Frozen):
    """A folder that a person trusts.

    Attributes:
        folder: its real path.
        since: when they said so, ISO 8601.
        fingerprint: of what they were shown.
        commands: that they were shown.
        settings: that they were shown.

    Shown by a cell, it says what may be run.
    """

    folder: str
    since: str = ""
    fingerprint: str
    commands: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"This project is trusted.\n{shown(self.commands, self.settings)}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<p>This project is trusted.</p>{shown_as_html(self.commands, self.settings)}"


def is_trusted(root: Path) -> bool:
    """Whether what a project names now may be run."""
    try:
        return _is_trusted(trust_request(root))
    except ConfigError:
        return False


def require_trust(root: Path, what: str, *, config: BuildConfig | None = None) -> None:
    """Refuse to go on where the project is not trusted.

    Args:
        what: would be started, such as ``Claude Code``.
        config: by which it would be started: it is what has to be trusted, whatever the file says
            by now. Left out, nothing has been taken from the file yet, and what it says counts.

    Raises:
        NotTrustedError: it is not trusted; says what would be run, and what to do.
        ConfigError: it cannot be said what would be run: the settings of the project are broken.
    """
    request = trust_request(root, config)
    if _is_trusted(request):
        return
    before = _folders().get(request.folder)
    why = "What this project would run has changed since you trusted it"
    if before is None:
        why = "This project is not trusted yet"
    raise NotTrustedError(f"{why}, so {what} is not started.", request)


def trust(root: Path, fingerprint: str = "") -> TrustedFolder:
    """Trust a project: what it names may be run until that changes. Only a person's act calls this.

    Args:
        fingerprint: of the request that the person was shown; left out, what there is now counts.

    Returns:
        What they allowed.

    Raises:
        NotTrustedError: what would be run is no longer what they were shown.
        ConfigError: it cannot be said what would be run: the settings of the project are broken.
        OSError: it cannot be kept.
    """
    request = trust_request(root)
    if fingerprint and fingerprint != request.fingerprint:
        raise NotTrustedError(
            "What this project would run has changed since it was shown, so it is not trusted.",
            request,
        )
    entry = TrustedFolder(
        folder=request.folder,
        since=datetime.now(UTC).isoformat(timespec="seconds"),
        fingerprint=request.fingerprint,
        commands=request.commands,
        settings=request.settings,
    )
    with _changing(root) as folders:
        folders[request.folder] = entry
    return entry


def revoke(root: Path) -> bool:
    """Trust a project no longer; returns whether it was trusted.

    Raises:
        OSError: it cannot be kept.
    """
    with _changing() as folders:
        return folders.pop(os.path.realpath(root), None) is not None


def trusted_folders() -> list[TrustedFolder]:
    """The folders that this person trusts, by path."""
    return [entry for _, entry in sorted(_folders().items())]


def _is_trusted(request: TrustRequest) -> bool:
    entry = _folders().get(request.folder)
    return entry is not None and entry.fingerprint == request.fingerprint


# --- the file -------------------------------------------------------------------------------------


def broken_words(root: Path | None = None) -> str:
    """What is wrong with the file that says who is trusted; empty where nothing is.

    Args:
        root: the folder of a project for which it is to count.
    """
    if why := misplaced(root):
        return visible(f"Nobody is trusted: {why}")
    try:
        _read()
    except (OSError, ValueError) as error:
        why = str(getattr(error, "strerror", None) or error).split("\n", 1)[0]
        return f"{person_file(_FILE)} cannot be read, so nobody is trusted ({why})"
    return ""


def _folders() -> dict[str, TrustedFolder]:
    try:
        return _read()
    except (OSError, ValueError):
        return {}


def _read() -> dict[str, TrustedFolder]:
    value = read_person_file(_FILE)
    try:
        folders = {
            folder: TrustedFolder.model_validate({**entry, "folder": folder})
            for folder, entry in value.get("folders", {}).items()
        }
    except (AttributeError, TypeError, ValidationError) as error:
        raise ValueError("it is not a list of trusted folders") from error
    return {name: entry for name, entry in folders.items() if not misplaced(Path(name))}


@contextlib.contextmanager
def _changing(root: Path | None = None) -> Iterator[dict[str, TrustedFolder]]:
    """Nobody else changes the file meanwhile; what was changed is written whole or not at all."""
    with person_file_locked(_FILE, root):
        folders, broken = _folders(), bool(broken_words())
        before = dict(folders)
        yield folders
        if folders == before:
            return
        entries = {name: folders[name].model_dump(exclude={"folder"}) for name in sorted(folders)}
        write_person_file(_FILE, {"version": 1, "folders": entries}, broken=broken)
