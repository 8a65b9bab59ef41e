"""One setting of `.ddd/config.yaml` is changed, and every other line stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddd_lab.files.documents.settings import change_setting
from ddd_lab.lossless_yaml import YamlError

KEYS = ("llm", "cost_tracking", "budget_limit")


def test_a_setting_changes_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / ".ddd/config.yaml"
    path.parent.mkdir()
    path.write_text(
        "# ours\nllm:\n  cost_tracking:\n    budget_limit: 50   # dollars\n"
        "testing: {command: pytest}\n"
    )
    change_setting(tmp_path, KEYS, 80)
    assert path.read_text() == (
        "# ours\nllm:\n  cost_tracking:\n    budget_limit: 80   # dollars\n"
        "testing: {command: pytest}\n"
    )


@pytest.mark.parametrize("before", [None, "", "# nothing yet\n"])
def test_a_file_begins_with_its_first_setting(tmp_path: Path, before: str | None) -> None:
    path = tmp_path / ".ddd/config.yaml"
    if before is not None:
        path.parent.mkdir()
        path.write_text(before)
    change_setting(tmp_path, KEYS, 80)
    assert path.read_text() == (before or "") + ("llm:\n  cost_tracking:\n    budget_limit: 80\n")


def test_a_broken_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / ".ddd/config.yaml"
    path.parent.mkdir()
    path.write_text("llm: [\n")
    with pytest.raises(YamlError):
        change_setting(tmp_path, KEYS, 80)
    assert path.read_text() == "llm: [\n"
