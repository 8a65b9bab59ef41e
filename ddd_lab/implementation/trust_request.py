"""What a person allows who trusts a project: the commands and settings that its files name."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shlex
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.json_files import read_json
from ddd_lab.files.documents.settings import SETTINGS_FILE
from ddd_lab.implementation.claude_program import claude_words
from ddd_lab.implementation.config import (
    CLAUDE_SETTINGS,
    BuildConfig,
    ConfigError,
    Testing,
    read_config,
)
from ddd_lab.implementation.errors import RunError
from ddd_lab.implementation.trust_git import git_runs
from ddd_lab.spec.models.base import Frozen
from ddd_lab.visible import visible

_SERVERS = ".mcp.json"
_CLAUDE = ".claude"
_MOST = 2_000
"""Files of Claude Code's in a project beyond which nobody could look through them."""
_HELPERS = frozenset(
    ("apiKeyHelper", "awsAuthRefresh", "awsCredentialExport", "gcpAuthRefresh", "otelHeadersHelper")
)
"""Settings of Claude Code whose text is a command that it runs."""
_HEADS = ("Trusting it allows these to run, with your rights:", "With these settings:")


class TrustRequest(Frozen):
    """What trusting a project allows.

    Attributes:
        folder: the project's real path.
        commands: that would be run, word by word, as a shell would be given them.
        settings: of what is run, in words.
        fingerprint: of all of this; it is another one as soon as anything of it changes.
    """

    folder: str
    commands: tuple[str, ...]
    settings: tuple[str, ...]
    fingerprint: str

    def __str__(self) -> str:
        return shown(self.commands, self.settings)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return shown_as_html(self.commands, self.settings)


def names_nothing(request: TrustRequest) -> bool:
    """Whether a project names nothing that is run, so that only the defaults would be."""
    usual = [visible(text) for _, text in _own(BuildConfig())]
    return [*request.commands, *request.settings] == usual


def shown(commands: Iterable[str], settings: Iterable[str]) -> str:
    """What trusting a project allows, as text."""
    lists = zip(_HEADS, (commands, settings), strict=True)
    return "\n".join(
        "\n".join([head, *(f"  {line}" for line in lines)]) for head, lines in lists if lines
    )


def shown_as_html(commands: Iterable[str], settings: Iterable[str]) -> str:
    """What trusting a project allows, for a cell."""
    lists = zip(_HEADS, (commands, settings), strict=True)
    return "".join(
        f"<p>{head}</p><pre>{escape(chr(10).join(lines))}</pre>" for head, lines in lists if lines
    )


def trust_request(root: Path, config: BuildConfig | None = None) -> TrustRequest:
    """What a project would run now.

    Args:
        config: by which it would be run; what its file says now if left out.
    """
    folder = os.path.realpath(root)
    commands = list(_own(config if config is not None else read_config(root)))
    for place in dict.fromkeys((folder, _repository(folder))):
        commands += _named_in(Path(place), os.path.relpath(place, folder))
    raw = json.dumps([folder, commands]).encode()
    return TrustRequest(
        folder=folder,
        commands=tuple(visible(text) for kind, text in commands if kind == "command"),
        settings=tuple(visible(text) for kind, text in commands if kind == "setting"),
        fingerprint=hashlib.sha256(raw).hexdigest(),
    )


def names_git_programs(root: Path) -> bool:
    """Whether the repository of a project itself has Git run something: hooks, filters, helpers.

    Raises:
        ConfigError: its settings cannot be read.
    """
    folder = os.path.realpath(root)
    places = dict.fromkeys((folder, _repository(folder)))
    try:
        return any(line for place in places for line in git_runs(Path(place)))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise ConfigError(
            f".git cannot be read ({why}), so it is unknown what Git would run. Fix it"
        ) from error


def tests_program(testing: Testing) -> list[str]:
    """The words of the command of the tests, without its arguments."""
    try:
        words = shlex.split(testing.command)
    except ValueError as error:
        raise ValueError(f"testing.command cannot be read: {error}") from error
    if not words:
        raise ValueError("testing.command cannot be read: it is empty")
    return words


def _own(config: BuildConfig) -> Iterator[tuple[str, str]]:
    """What ``.ddd/config.yaml`` names, or the defaults; of what never runs, why."""
    if config.claude_code.enabled:
        try:
            words = shlex.join(claude_words(config))
            yield "command", f"{words} --settings … --session-id … -- …"
        except RunError as error:
            yield "setting", _refused(config.claude_code.command, error)
        if config.assist.mode == "auto":
            yield "setting", f"{SETTINGS_FILE}: assist.mode is auto: it changes files unasked"
    testing = config.testing
    arguments = [*testing.args, *((testing.scope_pattern,) if testing.scoped else ())]
    try:
        yield "command", shlex.join([*tests_program(testing), *arguments])
    except ValueError as error:
        yield "setting", _refused(testing.command, error)


def _refused(command: str, why: Exception) -> str:
    return f"{command.strip() or 'an empty command'} will be refused, trusted or not: {why}"


def _repository(folder: str) -> str:
    """The folder that holds the repository of a project; the project's own where there is none.

    What lies there counts for all folders below it. A person's own home is nobody else's.
    """
    home = os.path.expanduser("~")  # noqa: PTH111 - a text
    for parent in (Path(folder), *Path(folder).parents):
        if storage.status(parent, ".git") is not None:
            return folder if str(parent) == home else str(parent)
    return folder


def _named_in(folder: Path, shown: str) -> Iterator[tuple[str, str]]:
    """What the files of a folder have Claude Code or Git run, and let them do without asking."""
    prefix = "" if shown == "." else f"{shown}/"
    path = ""
    try:
        for path in (*CLAUDE_SETTINGS, _SERVERS):
            with contextlib.suppress(FileNotFoundError):
                yield from _values(f"{prefix}{path}", "", read_json(folder, path))
        path = _CLAUDE
        for file in _files(folder, path):
            path = file
            if path not in CLAUDE_SETTINGS:
                digest = hashlib.sha256(storage.read(folder, path)).hexdigest()[:16]
                yield "setting", f"{prefix}{path} ({digest}) may name what Claude Code runs"
        path = ".git"
        for line in git_runs(folder):
            yield "setting", f"{prefix}{line}"
    except (OSError, ValueError, RecursionError) as error:
        why = getattr(error, "strerror", None) or error
        raise ConfigError(
            f"{visible(prefix + path)} cannot be read ({why}), so the programs "
            "that it would run cannot be shown. Fix it, or remove it"
        ) from error


def _files(folder: Path, relative: str) -> Iterator[str]:
    """The files below a folder."""
    waiting, count = [relative], 0
    while waiting:
        folder_ = waiting.pop()
        for name in storage.names(folder, folder_):
            count += 1
            if count > _MOST:
                raise OSError(errno.EFBIG, f"it holds more than {_MOST:,} files")
            path = f"{folder_}/{name}"
            if storage.is_folder(folder, path):
                waiting.append(path)
            else:
                yield path


def _values(path: str, at: str, value: Any) -> Iterator[tuple[str, str]]:
    """Each value of a settings file; one that is a command as such."""
    if isinstance(value, dict) and value:
        words = value.get("command")
        if isinstance(words, str):
            arguments = value.get("args")
            values = map(str, arguments) if isinstance(arguments, list) else ()
            yield "command", f"{' '.join([words, *map(shlex.quote, values)])}  ({path}: {at})"
        for key, item in value.items():
            step = f"{at}.{key}" if at else str(key)
            if key in _HELPERS and isinstance(item, str):
                yield "command", f"{item}  ({path}: {step})"
            elif not (isinstance(words, str) and _is_shown(key, item)):
                yield from _values(path, step, item)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for number, item in enumerate(value, 1):
            yield from _values(path, f"{at}.{number}", item)
    elif at or value:
        yield "setting", f"{path}: {at or 'all'} is {json.dumps(value, ensure_ascii=False)}"


def _is_shown(key: str, item: Any) -> bool:
    """Whether a value stands in the command already."""
    return key == "command" or (key == "args" and isinstance(item, list))
