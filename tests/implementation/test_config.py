"""Settings say only what differs; what is wrong in them is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.implementation.config import BuildConfig, ConfigError, read_config
from tests.files.projects import small_project


def write(root: Path, text: str) -> Path:
    (root / ".ddd").mkdir()
    (root / ".ddd/config.yaml").write_text(text)
    return root


@pytest.mark.covers("S08.20")
def test_a_partial_file_keeps_all_other_defaults(tmp_path: Path) -> None:
    text = "claude_code:\n  prompt: {include_schemas: none}\ntesting:\nllm: {active_model: x}\n"
    config = read_config(write(tmp_path, text))
    assert config.claude_code.prompt.include_schemas == "none"
    assert config.claude_code.prompt.include_architecture
    assert config.claude_code.command == "claude"
    assert config.testing == BuildConfig().testing


@pytest.mark.covers("S08.20")
def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert read_config(tmp_path) == BuildConfig()
    assert read_config(write(tmp_path, "# nothing yet\n")) == BuildConfig()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("testing: {timeout: soon}\n", "testing.timeout"),
        ("claude_code: {post_implement: {auto_commit: true}}\n", "auto_commit"),
        ("claude_code: [\n", ".ddd/config.yaml:"),
        ("- a\n", "must be a map"),
    ],
)
def test_a_wrong_setting_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=f"{said}.*; fix it, or remove the file"):
        read_config(write(tmp_path, text))


@pytest.mark.parametrize("ending", ["yaml", "yml"])
def test_broken_settings_are_a_problem_of_the_project_with_their_place(
    tmp_path: Path, ending: str
) -> None:
    root = small_project(tmp_path)
    path = root / f".ddd/config.{ending}"
    path.parent.mkdir(exist_ok=True)
    path.write_text("claude_code: {}\ntesting:\n  timeout: soon\n")
    project = ddd.open(root, watch=False)
    [problem] = [p for p in project.problems if p.rule == "settings.broken"]
    assert (problem.path, problem.line) == (f".ddd/config.{ending}", 3)
    assert "testing.timeout" in problem.message
    assert "fix it, or remove the file: nothing is run until then" in problem.message
    path.write_text("testing: [\n")
    [problem] = [p for p in project.problems if p.rule == "settings.broken"]
    assert problem.line
    path.unlink()
    assert [p for p in project.problems if p.rule == "settings.broken"] == []
