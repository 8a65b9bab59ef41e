"""Which program Claude Code is here, and whether it may be started."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ddd_lab.implementation.claude_permissions import allowed_words, not_allowed
from ddd_lab.implementation.errors import RunError
from ddd_lab.visible import visible

if TYPE_CHECKING:
    from ddd_lab.implementation.config import BuildConfig

_PROGRAM = "claude"
_SETTING = "claude_code.command in .ddd/config.yaml"


class NoProgramError(RunError):
    """There is no Claude Code here; the message says how to get it."""


def require_claude(config: BuildConfig) -> list[str]:
    """The words that start Claude Code, its program as it was found."""
    if not config.claude_code.enabled:
        raise RunError("Claude Code is switched off: claude_code.enabled in .ddd/config.yaml")
    words = claude_words(config)
    program = shutil.which(words[0])
    if program is None or not Path(program).is_absolute():
        raise NoProgramError(
            f"There is no program {words[0]!r} here: install Claude Code (npm install -g "
            f"@anthropic-ai/claude-code), or set {_SETTING}"
        )
    return [program, *words[1:]]


def claude_words(config: BuildConfig) -> list[str]:
    """The words that would start Claude Code, as the settings say."""
    try:
        words = shlex.split(config.claude_code.command) or [_PROGRAM]
    except ValueError as error:
        raise RunError(
            f"{_SETTING} cannot be read: {error}; put a path with quotes or blanks in quotes"
        ) from error
    if words[0] != _PROGRAM and not Path(words[0]).is_absolute():
        raise RunError(
            f"{_SETTING} names the program {visible(words[0])}. Use {_PROGRAM}, "
            "or an absolute path, for example of your own script that starts "
            "Claude Code"
        )
    if word := not_allowed(words[1:]):
        raise RunError(
            f"{_SETTING} has {visible(word)}. Remove it: Claude Code is only "
            "started where a person can see it and answer. Allowed after the "
            f"program: {allowed_words()}"
        )
    return words


def require_terminal() -> None:
    """Refuse to start Claude Code where nobody sees it.

    Without a terminal it would take its prompt as one to answer at once, and ask nobody.
    """
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise RunError(
            "Claude Code only runs in a terminal, because it asks you questions: call this in a "
            "terminal, without redirecting input or output"
        )
