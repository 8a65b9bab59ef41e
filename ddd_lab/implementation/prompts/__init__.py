"""The prompts that Claude Code is started with: what to read, what to do, what to report."""

from ddd_lab.implementation.prompts.fix import fix_prompt
from ddd_lab.implementation.prompts.implement import flows_prompt
from ddd_lab.implementation.prompts.migrate import migration_prompt
from ddd_lab.implementation.prompts.prompt import Kind, Mode, Prompt

__all__ = [
    "Kind",
    "Mode",
    "Prompt",
    "fix_prompt",
    "flows_prompt",
    "migration_prompt",
]
