"""`ddd-lab models` and `ddd-lab usage`: which models there are, and what they took."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from ddd_lab.assist.leaves import CLOUD, LIMIT, remember
from ddd_lab.assist.registry import CostTracking, Registry
from ddd_lab.assist.replies import Usage
from ddd_lab.assist.usage import USAGE_FILE, Record, UsageBook
from tests.cli.program import ddd_lab


@pytest.mark.covers("T19.1")
def test_the_models_are_listed_with_price_state_and_tasks(tmp_path: Path) -> None:
    done = ddd_lab("models", tmp_path, "--no-check")
    lines = done.stdout.split("\n")
    assert done.returncode == 0
    assert lines[0] == (
        "○ Claude Sonnet (claude-sonnet, active): anthropic claude-sonnet-5-5; "
        "$2.00 in, $10.00 out per million tokens (2026-10-24); no key"
    )
    assert lines[1] == "    set the environment variable ANTHROPIC_API_KEY and start again"
    assert lines[2].startswith("    first for: generate_flow, ")
    assert "ollama llama3.1; free; not checked" in done.stdout


def test_programs_get_the_models_as_json(tmp_path: Path) -> None:
    (tmp_path / ".ddd").mkdir()
    (tmp_path / ".ddd/config.yaml").write_text(
        "llm: {models: {mine: {provider: ollama, model_id: 'big:cloud'}}, active_model: mine}\n"
    )
    models = json.loads(ddd_lab("models", tmp_path, "--no-check", "--format", "json").stdout)
    by_id = {model["id"]: model for model in models["models"]}
    assert by_id["mine"]["active"]
    assert by_id["mine"]["price"] is None
    assert by_id["mine"]["tasks"] == ["chat"]
    assert by_id["llama-local"]["price"]["input"] == 0
    assert by_id["claude-sonnet"]["fallback"] == 1
    assert by_id["claude-opus"]["price"]["as_of"] == "2026-10-24"


def test_what_a_person_allowed_is_shown_and_can_be_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    root = tmp_path / "project"
    root.mkdir()
    remember(root, [CLOUD, LIMIT, "server openai_compatible https://ai.example.org AI_KEY"])
    assert ddd_lab("models", root, "--no-check").stdout.split("\n")[-3:-1] == [
        "You allowed to ask models elsewhere in place of one on this machine.",
        "You allowed to send questions to https://ai.example.org, with the key in AI_KEY.",
    ]
    assert ddd_lab("models", root, "--forget").stdout == "You will be asked again.\n"
    assert "You allowed" not in ddd_lab("models", root, "--no-check").stdout
    assert ddd_lab("models", root, "--forget").stdout == "You had allowed nothing here.\n"


@pytest.mark.covers("T20.2", "T20.3")
def test_usage_is_shown_by_model_and_task_with_the_limit(tmp_path: Path) -> None:
    assert "$0.00 spent of $50.00." in ddd_lab("usage", tmp_path).stdout
    models = Registry.of(tmp_path).models
    book, costs = UsageBook(tmp_path), CostTracking()
    sonnet = models["claude-sonnet"]
    book.add(Record(sonnet, "chat", Usage(input=5_000_000, output=100_000)), costs)
    unknown = sonnet.model_copy(update={"id": "mystery", "price": None})
    book.add(Record(unknown, "review_flow", Usage(input=10, output=1)), costs)
    done = ddd_lab("usage", tmp_path)
    assert done.returncode == 0
    assert done.stdout.split("\n", 1)[1] == (
        "By model:\n"
        "  claude-sonnet  1 answer  5,000,000 in  100,000 out  $11.00\n"
        "  mystery        1 answer  10 in         1 out        "
        "$0.00 and 1 answer of unknown price\n"
        "By task:\n"
        "  chat         1 answer  $11.00\n"
        "  review_flow  1 answer  $0.00 and 1 answer of unknown price\n"
    )
    head = done.stdout.split("\n", 1)[0]
    assert head.endswith(
        ": $11.00 spent of $50.00, and 1 answer of unknown price. The warning is reached."
    )
    data = json.loads(ddd_lab("usage", tmp_path, "--format", "json").stdout)
    assert head.startswith(f"{data['current_period']['start']} to {data['current_period']['end']}")
    assert (data["state"], data["budget_limit"]) == ("warning", 50.0)
    assert data["current_period"]["by_model"]["claude-sonnet"]["cost"] == 11.0


def test_at_the_limit_the_exit_status_says_so(tmp_path: Path) -> None:
    sonnet = Registry.of(tmp_path).models["claude-sonnet"]
    costs = CostTracking(budget_limit=Decimal(1))
    UsageBook(tmp_path).add(Record(sonnet, "chat", Usage(output=10_000_000)), costs)
    done = ddd_lab("usage", tmp_path)
    assert (done.returncode, "The limit is reached." in done.stdout) == (1, True)


def test_a_record_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / USAGE_FILE).parent.mkdir(parents=True)
    (tmp_path / USAGE_FILE).write_text("usage: [\n")
    done = ddd_lab("usage", tmp_path)
    assert f"What was counted cannot be read: {USAGE_FILE}:2: " in done.stdout
    assert (tmp_path / USAGE_FILE).read_text() == "usage: [\n"


@pytest.mark.parametrize("name", ["models", "usage"])
def test_a_folder_that_is_not_there_is_said(tmp_path: Path, name: str) -> None:
    done = ddd_lab(name, tmp_path / "nowhere")
    assert done.returncode == 2
    assert "nowhere does not exist" in done.stderr
