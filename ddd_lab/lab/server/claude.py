"""Whether Claude Code can be started where the server runs."""

from __future__ import annotations

import shlex
import shutil

from ddd_lab.build.config import BuildConfig
from ddd_lab.build.runs import RunError

from ..wire import ClaudeProgram

_GET = "install Claude Code (npm install -g @anthropic-ai/claude-code)"


def claude_program(config: BuildConfig) -> ClaudeProgram:
    """Whether Claude Code can be started, by a project's settings."""
    command = config.claude_code.command
    if not config.claude_code.enabled:
        advice = "Claude Code is switched off: claude_code.enabled in .ddd/config.yaml"
        return ClaudeProgram(found=False, command=command, advice=advice)
    try:
        words = shlex.split(command) or ["claude"]
    except ValueError as error:
        advice = f"claude_code.command in .ddd/config.yaml cannot be read: {error}"
        return ClaudeProgram(found=False, command=command, advice=advice)
    if shutil.which(words[0]) is None:
        advice = (
            f"There is no program {words[0]!r} here: {_GET}, or set claude_code.command in "
            ".ddd/config.yaml"
        )
        return ClaudeProgram(found=False, command=command, advice=advice)
    return ClaudeProgram(found=True, command=command, advice="")


def require_claude(config: BuildConfig) -> None:
    """Refuse what nobody is there to do.

    Raises:
        RunError: Claude Code cannot be started; says what to do.
    """
    claude = claude_program(config)
    if not claude.found:
        raise RunError(claude.advice)
