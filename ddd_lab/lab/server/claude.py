"""Whether Claude Code can be started where the server runs."""

from __future__ import annotations

from pathlib import Path

from ddd_lab.implementation.claude_permissions import asks_in_words
from ddd_lab.implementation.claude_program import require_claude
from ddd_lab.implementation.config import BuildConfig
from ddd_lab.implementation.runs import RunError
from ddd_lab.lab.protocol.panel import ClaudeProgram


def claude_program(root: Path, config: BuildConfig) -> ClaudeProgram:
    """Whether Claude Code can be started, by a project's settings, and what it would ask."""
    command, asks = config.claude_code.command, asks_in_words(root)
    try:
        require_claude(config)
    except RunError as error:
        return ClaudeProgram(found=False, command=command, advice=str(error), asks=asks)
    return ClaudeProgram(found=True, command=command, advice="", asks=asks)
