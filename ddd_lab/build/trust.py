"""Whether what a project names may be run: the one place that decides.

A project is untrusted when it is opened. It can be read, drawn, edited, checked and exported, but
nothing that its files name is run. To trust it is a person's act: for one folder, and for the
commands and settings that they were shown. Where these change, they are asked again.

It is kept outside the project, in the person's own Jupyter data folder.
"""

from __future__ import annotations

import contextlib
import json
import os
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ddd_lab.spec.base import Frozen

from .config import ConfigError
from .errors import RunError
from .trust_request import TrustRequest, trust_request

if TYPE_CHECKING:
    from filelock import BaseFileLock

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
_LARGEST = 20_000_000


class NotTrustedError(RunError):
    """A project is not trusted, so nothing that it names is run.

    Attributes:
        request: what a person would allow by trusting it.
    """

    def __init__(self, message: str, request: TrustRequest) -> None:
        super().__init__(message)
        self.request = request


class TrustedFolder(Frozen):
    """A folder that a person trusts.

    Attributes:
        folder: its real path.
        since: when they said so, ISO 8601.
        fingerprint: of what they were shown.
        commands: that they were shown.
        settings: that they were shown.
    """

    folder: str
    since: str = ""
    fingerprint: str
    commands: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


def is_trusted(root: Path) -> bool:
    """Whether what a project names now may be run."""
    try:
        return _is_trusted(trust_request(root))
    except ConfigError:
        return False


def require_trust(root: Path, what: str) -> None:
    """Refuse to go on where the project is not trusted.

    Args:
        root: the project's folder.
        what: would be started, such as ``Claude Code``.

    Raises:
        NotTrustedError: it is not trusted; says what would be run, and what to do.
        ConfigError: it cannot be said what would be run: the settings of the project are broken.
    """
    request = trust_request(root)
    if _is_trusted(request):
        return
    before = _folders().get(request.folder)
    why = "What this project would run has changed since you trusted it"
    if before is None:
        why = "This project is not trusted yet"
    raise NotTrustedError(f"{why}, so {what} is not started. {_advice(request)}", request)


def trust(root: Path, fingerprint: str = "") -> None:
    """Trust a project: what it names may be run until that changes. Only a person's act calls this.

    Args:
        root: the project's folder.
        fingerprint: of the request that the person was shown; left out, what there is now counts.

    Raises:
        NotTrustedError: what would be run is no longer what they were shown.
        ConfigError: it cannot be said what would be run: the settings of the project are broken.
        OSError: it cannot be kept.
    """
    request = trust_request(root)
    if fingerprint and fingerprint != request.fingerprint:
        raise NotTrustedError(
            "What this project would run has changed since it was shown, so it is not trusted. "
            + _advice(request),
            request,
        )
    entry = TrustedFolder(
        folder=request.folder,
        since=datetime.now(UTC).isoformat(timespec="seconds"),
        fingerprint=request.fingerprint,
        commands=request.commands,
        settings=request.settings,
    )
    with _changing() as folders:
        folders[request.folder] = entry


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


def _advice(request: TrustRequest) -> str:
    lines = [
        "It would run:",
        *(f"  {command}" for command in request.commands),
        *(("with these settings:",) if request.settings else ()),
        *(f"  {setting}" for setting in request.settings),
        (
            "If you know where the folder comes from, trust it: Trust this project in JupyterLab, "
            f"project.trust() in Python, or in a shell: ddd-lab trust {shlex.quote(request.folder)}"
        ),
    ]
    if trouble := broken_words():
        lines.insert(0, f"{trouble}.")
    return "\n".join(lines)


# --- the file -------------------------------------------------------------------------------------


def data_folder() -> Path:
    """Where the lab keeps what is this person's, and no project's."""
    from jupyter_core.paths import jupyter_data_dir

    return Path(jupyter_data_dir(), "ddd-lab")


def broken_words() -> str:
    """What is wrong with the file that says who is trusted; empty where nothing is."""
    try:
        _read()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        return f"{data_folder() / _FILE} cannot be read, so nobody is trusted ({_words(error)})"
    return ""


def _words(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error).split("\n", 1)[0]


def _folders() -> dict[str, TrustedFolder]:
    try:
        return _read()
    except (OSError, ValueError):
        return {}


def _read() -> dict[str, TrustedFolder]:
    path = data_folder() / _FILE
    if path.stat().st_size > _LARGEST or not path.is_file():
        raise ValueError("it is no regular file, or too large")
    try:
        found: Any = json.loads(path.read_bytes())
        return {
            folder: TrustedFolder.model_validate({"folder": folder, **entry})
            for folder, entry in found["folders"].items()
        }
    except (AttributeError, KeyError, TypeError, RecursionError, ValidationError) as error:
        raise ValueError("it is no list of trusted folders") from error


@contextlib.contextmanager
def _changing() -> Iterator[dict[str, TrustedFolder]]:
    """Nobody else changes the file meanwhile; what was changed is written whole or not at all."""
    folder = data_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _lock(folder):
        folders = _folders()
        if broken_words():
            with contextlib.suppress(OSError):
                (folder / _FILE).replace(folder / f"{_FILE}.broken")
        before = dict(folders)
        yield folders
        if folders != before:
            _write(folder / _FILE, folders)


def _lock(folder: Path) -> BaseFileLock:
    from filelock import FileLock

    return FileLock(folder / f"{_FILE}.lock", timeout=30, mode=0o600)


def _write(path: Path, folders: dict[str, TrustedFolder]) -> None:
    kept = {name: entry.model_dump(exclude={"folder"}) for name, entry in sorted(folders.items())}
    content = f"{json.dumps({'version': 1, 'folders': kept}, indent=2)}\n".encode()
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
