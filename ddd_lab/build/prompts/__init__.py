"""The prompts that Claude Code is started with: what to read, what to do, what to report."""

from ..prompt import Kind, Mode, Prompt
from .fix import fix_prompt
from .implement import flows_prompt
from .migrate import migration_prompt

__all__ = [
    "Kind",
    "Mode",
    "Prompt",
    "fix_prompt",
    "flows_prompt",
    "migration_prompt",
]
