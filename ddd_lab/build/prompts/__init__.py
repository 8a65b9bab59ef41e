"""The prompts that Claude Code is started with: what to read, what to do, what to report."""

from ddd_lab.build.prompt import Kind, Mode, Prompt
from ddd_lab.build.prompts.fix import fix_prompt
from ddd_lab.build.prompts.implement import flows_prompt
from ddd_lab.build.prompts.migrate import migration_prompt

__all__ = [
    "Kind",
    "Mode",
    "Prompt",
    "fix_prompt",
    "flows_prompt",
    "migration_prompt",
]
