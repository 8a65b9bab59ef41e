"""``.ddd/config.yaml``: how Claude Code, the tests and reconciliation are run in a project.

A file says only what differs: every setting that it leaves out has its default, at any depth. Keys
that are not known here are kept, and no setting ever holds a secret, only the name of the
environment variable that does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import ConfigDict, Field, ValidationError

from ddd_lab.files.documents.settings import SETTINGS_FILE, settings_path, settings_tree
from ddd_lab.implementation.reports import Format
from ddd_lab.implementation.runners import PYTEST, runners
from ddd_lab.lossless_yaml import YamlError
from ddd_lab.spec.models.base import Frozen
from ddd_lab.spec.problem import Problem
from ddd_lab.visible import VisibleError

if TYPE_CHECKING:
    from pathlib import Path


CLAUDE_SETTINGS = (".claude/settings.json", ".claude/settings.local.json")
"""The project's settings of Claude Code, the one that counts more last."""
_MEND = "; fix it, or remove the file: nothing is run until then"


class ConfigError(VisibleError, ValueError):
    """The settings cannot be read; the message says where and what to do."""


class SettingsError(ConfigError):
    """A settings file is broken.

    Attributes:
        reason: what is wrong and what to do, without the place.
        path: the file, relative to the project.
        line: line in the file, from 1; 0 for the file as a whole.
        column: column in the line, from 1; 0 where line is 0.
    """

    def __init__(self, reason: str, path: str, place: tuple[int, int] = (0, 0)) -> None:
        self.reason = f"{reason}{_MEND}"
        self.path = path
        self.line, self.column = place
        super().__init__(f"{path}{f':{self.line}' if self.line else ''}: {self.reason}")


class Settings(Frozen):
    """Base of all settings: what is not known is kept aside, not refused."""

    model_config = ConfigDict(extra="allow", frozen=True)


class PostImplement(Settings):
    """What happens after Claude Code has finished a turn."""

    run_tests: bool = True
    run_lint: bool = False
    auto_commit: Literal[False] = Field(
        False, description="Nothing is ever committed for a person; only false is understood."
    )
    regenerate_claude_md: bool = True


class PromptSettings(Settings):
    """What a prompt names besides the flow."""

    include_architecture: bool = True
    include_errors: bool = True
    include_schemas: Literal["all", "auto", "none"] = "auto"


class ClaudeCode(Settings):
    """How Claude Code is run."""

    enabled: bool = True
    command: str = "claude"
    post_implement: PostImplement = PostImplement()
    prompt: PromptSettings = PromptSettings()


class Testing(Settings):
    """How the tests of the code are run; where no command is set, the project's files say it."""

    __test__ = False

    command: str = PYTEST.command
    args: tuple[str, ...] = PYTEST.args
    report: Format = PYTEST.report
    scoped: bool = True
    scope_pattern: str = PYTEST.scope_pattern
    auto_run: bool = True
    timeout: float = Field(600, gt=0, description="Seconds after which a run of tests has failed.")


class Reconciliation(Settings):
    """What happens where code and spec differ in meaning."""

    auto_run: bool = True
    auto_accept_matching: bool = True
    notify_on_drift: bool = True


AssistMode = Literal["explore", "ask", "auto"]
"""How far helpers may go: show only; apply on a click; apply at once."""


class Assist(Settings):
    """How far helpers may go."""

    mode: AssistMode = "ask"


class BuildConfig(Settings):
    """The settings of a project that concern building."""

    claude_code: ClaudeCode = ClaudeCode()
    testing: Testing = Testing()
    reconciliation: Reconciliation = Reconciliation()
    assist: Assist = Assist()

    @property
    def wants_tests(self) -> bool:
        """Whether tests are run as soon as an implementation is confirmed."""
        return self.claude_code.post_implement.run_tests and self.testing.auto_run


def read_config(root: Path) -> BuildConfig:
    """The settings of a project, defaults where its file says nothing or is not there."""
    return _completed(root, written_config(root))


def written_config(root: Path) -> BuildConfig:
    """The settings as the file says them, without what the project's files say of its tests."""
    path = SETTINGS_FILE
    try:
        path = settings_path(root)
        tree = settings_tree(root, path)
    except FileNotFoundError:
        return BuildConfig()
    except YamlError as error:
        raise SettingsError(error.message, path, (error.line, error.column)) from error
    except OSError as error:
        raise SettingsError(f"it cannot be read: {error.strerror or error}", path) from error
    if tree.data is None:
        return BuildConfig()
    if not isinstance(tree.data, dict):
        raise SettingsError("it must be a map of keys (claude_code: …)", path, (1, 1))
    try:
        return BuildConfig.model_validate(_said(tree.data))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(step) for step in first["loc"])
        raise SettingsError(f"{key}: {first['msg']}", path, tree.locate(first["loc"])) from error


def _completed(root: Path, config: BuildConfig) -> BuildConfig:
    """The settings with the runner that the project's files speak of, if they set no command."""
    written = config.testing.model_fields_set
    candidates = [] if "command" in written else runners(root)
    if not candidates:
        return config
    settings = candidates[0].settings() if len(candidates) == 1 else {"command": ""}
    own = {key: value for key, value in settings.items() if key not in written}
    return config.model_copy(update={"testing": config.testing.model_copy(update=own)})


def config_problem(root: Path) -> Problem | None:
    """What is wrong with the settings of a project, if they cannot be read."""
    try:
        read_config(root)
    except SettingsError as error:
        return Problem(
            path=error.path,
            line=error.line,
            column=error.column,
            severity="error",
            rule="settings.broken",
            message=f"The settings cannot be used: {error.reason}",
            where=error.path,
        )
    return None


def _said(value: Any) -> Any:
    """Settings without keys that are there but say nothing (``testing:``)."""
    if isinstance(value, dict):
        return {key: _said(item) for key, item in value.items() if item is not None}
    return value
