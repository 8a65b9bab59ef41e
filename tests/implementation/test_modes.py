"""How far Claude Code may go by itself: in Auto it may edit files, and commands still ask."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ddd_lab.implementation.claude_permissions import asks_in_words, mode_to_set
from ddd_lab.implementation.trust import is_trusted, trust
from ddd_lab.implementation.trust_request import trust_request

AUTO = "assist:\n  mode: auto\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose person has chosen nothing in Claude Code."""
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "own"))
    root = tmp_path / "project"
    (root / ".ddd").mkdir(parents=True)
    return root


def chosen(root: Path, mode: str) -> None:
    (root / ".claude").mkdir(exist_ok=True)
    settings = {"permissions": {"defaultMode": mode}}
    (root / ".claude/settings.local.json").write_text(json.dumps(settings))


def test_auto_lets_claude_code_edit_files_but_never_skips_its_questions(root: Path) -> None:
    assert mode_to_set(root) == "default"
    (root / ".ddd/config.yaml").write_text(AUTO)
    assert mode_to_set(root) == "acceptEdits"
    assert asks_in_words(root) == (
        "In Auto it changes files without asking; it asks before it runs commands."
    )
    chosen(root, "bypassPermissions")
    assert mode_to_set(root) == "acceptEdits"
    chosen(root, "default")
    assert mode_to_set(root) == "acceptEdits"


def test_a_persons_wish_to_plan_first_stays_in_auto(root: Path) -> None:
    (root / ".ddd/config.yaml").write_text(AUTO)
    chosen(root, "plan")
    assert mode_to_set(root) == ""
    assert "plan first" in asks_in_words(root)


def test_auto_has_to_be_trusted_anew(root: Path) -> None:
    trust(root)
    assert is_trusted(root)
    (root / ".ddd/config.yaml").write_text(AUTO)
    assert not is_trusted(root)
    assert any("assist.mode is auto" in one for one in trust_request(root).settings)
