"""Which models a project may use: its settings over the defaults, and what is wrong in them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ddd_lab as ddd
from ddd_lab.assist.budget import Expected
from ddd_lab.assist.plan import plan
from ddd_lab.assist.registry import CostTracking, Registry, is_local, sends_key_elsewhere
from ddd_lab.assist.retired_models import retirement
from ddd_lab.assist.tokens import Tokens
from ddd_lab.lossless_yaml import dump
from tests.files.projects import small_project

SAMPLE = """\
llm:
  active_model: claude-haiku
  models:
    claude-sonnet:
      provider: anthropic
      model_id: claude-sonnet-4-5-20250929
      api_key_env: ANTHROPIC_API_KEY
      label: Claude Sonnet
      tier: standard
      max_tokens: 4096
      temperature: 0.3
      cost_per_1k_input: 0.003
      cost_per_1k_output: 0.015
    deepseek-r1:
      provider: openai_compatible
      model_id: deepseek-reasoner
      api_key_env: DEEPSEEK_API_KEY
      base_url: https://api.deepseek.com/v1
      colour: blue
  task_routing:
    review_flow: deepseek-r1
  fallback_chain: [deepseek-r1, llama-local]
  cost_tracking: {reset_period: weekly, budget_limit: 0}
"""


def settings(root: Path, text: str) -> Path:
    (root / ".ddd").mkdir(exist_ok=True)
    (root / ".ddd/config.yaml").write_text(text, encoding="utf-8")
    return root


def words(root: Path) -> list[tuple[str, int, str]]:
    return [(p.rule, p.line, p.message) for p in Registry.of(root).problems]


@pytest.mark.covers("S06.12")
def test_a_project_has_current_models_of_three_providers_without_saying_so(tmp_path: Path) -> None:
    registry = Registry.of(tmp_path)
    assert {entry.provider for entry in registry.models.values()} == {
        "anthropic",
        "openai",
        "ollama",
    }
    assert registry.active in registry.models
    assert {*registry.routing.values()} <= {*registry.models, "_active"}
    assert {*registry.fallback} <= {*registry.models}
    assert [e.id for e in registry.models.values() if retirement(e.model_id)] == []
    assert registry.costs == CostTracking()
    assert registry.problems == ()


def test_the_default_models_are_known_to_the_vendors_own_programs() -> None:
    from typing import get_args

    from anthropic.types import ModelParam
    from openai.types import ChatModel

    known = {name for part in get_args(ModelParam) for name in get_args(part)}
    known |= {*get_args(ChatModel)}
    entries = Registry.of(Path("nowhere")).models.values()
    assert {e.model_id for e in entries if e.provider != "ollama"} <= known


def test_the_prices_of_the_default_models_are_dated_and_a_local_one_is_free(tmp_path: Path) -> None:
    for entry in Registry.of(tmp_path).models.values():
        assert entry.price is not None
        assert entry.price.free if is_local(entry) else entry.price.as_of


@pytest.mark.covers("S06.12", "S06.13")
def test_the_settings_of_a_project_count_over_the_defaults(tmp_path: Path) -> None:
    registry = Registry.of(settings(tmp_path, SAMPLE))
    assert [*registry.models][:2] == ["claude-sonnet", "deepseek-r1"]
    sonnet = registry.models["claude-sonnet"]
    assert sonnet.price is not None
    assert [sonnet.price.input, sonnet.price.output] == [3, 15]
    assert sonnet.temperature == 0.3
    assert registry.models["deepseek-r1"].price is None
    assert registry.active == "claude-haiku"
    assert registry.routing["review_flow"] == "deepseek-r1"
    assert registry.routing["chat"] == "_active"
    assert registry.fallback == ("deepseek-r1", "llama-local")
    assert registry.costs == CostTracking(reset_period="weekly", budget_limit=Decimal(0))


def test_an_entry_says_only_what_differs_from_the_default_of_its_name(tmp_path: Path) -> None:
    text = "llm: {models: {claude-opus: {max_tokens: 999, label: null}}}\n"
    opus = Registry.of(settings(tmp_path, text)).models["claude-opus"]
    assert (opus.max_tokens, opus.label, opus.model_id) == (999, "Claude Opus", "claude-opus-5-5")


def test_another_model_under_the_name_of_a_default_does_not_take_its_price(tmp_path: Path) -> None:
    text = "llm: {models: {claude-opus: {model_id: claude-secret-9}}}\n"
    assert Registry.of(settings(tmp_path, text)).models["claude-opus"].price is None


def test_a_gateway_takes_neither_the_vendors_price_nor_its_key(tmp_path: Path) -> None:
    text = "llm: {models: {claude-opus: {base_url: 'https://gateway.example.org'}}}\n"
    opus = Registry.of(settings(tmp_path, text)).models["claude-opus"]
    assert (opus.price, opus.api_key_env) == (None, "")


@pytest.mark.parametrize("model_id", ["claude-sonnet-4-5-20250929", "claude-sonnet-4-5"])
def test_a_retired_model_is_readable_and_a_problem_names_its_successor(
    tmp_path: Path, model_id: str
) -> None:
    root = settings(
        small_project(tmp_path),
        f"llm:\n  models:\n    old:\n      {{provider: anthropic, model_id: {model_id}}}\n",
    )
    [problem] = [
        p for p in ddd.open(root, watch=False).problems if p.rule == "settings.retired-model"
    ]
    assert (problem.path, problem.line, problem.severity) == (".ddd/config.yaml", 4, "warning")
    assert "ends on 2026-11-30. Use claude-sonnet-5-5" in problem.message
    assert Registry.of(root).models["old"].model_id == model_id


@pytest.mark.parametrize(
    ("text", "rule", "line", "message"),
    [
        ("llm: 7\n", "settings.models", 1, "must be a map"),
        ("llm:\n  models: [a]\n", "settings.models", 2, "models must be a map"),
        (
            "llm:\n  models:\n    a: {provider: who, model_id: x}\n",
            "settings.models",
            3,
            "provider",
        ),
        ("llm:\n  models:\n    a: nothing\n", "settings.models", 3, "a is left out: provider"),
        (
            "llm:\n  models:\n    a: {provider: openai_compatible, model_id: x}\n",
            "settings.models",
            3,
            "base_url is missing",
        ),
        ("llm:\n  active_model: gone\n", "settings.models", 2, "'gone' is no model"),
        ("llm:\n  task_routing: {chat: gone}\n", "settings.models", 2, "'gone' is no model"),
        ("llm:\n  task_routing: {chat: [a]}\n", "settings.models", 2, "must have the id"),
        ("llm:\n  fallback_chain:\n    - gone\n", "settings.models", 3, "'gone' is no model"),
        ("llm:\n  fallback_chain: gone\n", "settings.models", 2, "must be a list"),
        (
            "llm:\n  cost_tracking:\n    budget_limit: lots\n",
            "settings.models",
            3,
            "50 counts instead",
        ),
        (
            "llm:\n  cost_tracking:\n    reset_period: hourly\n",
            "settings.models",
            3,
            "monthly counts instead",
        ),
    ],
)
def test_a_broken_part_is_a_problem_with_its_line_and_all_else_counts(
    tmp_path: Path, text: str, rule: str, line: int, message: str
) -> None:
    [(found_rule, found_line, found_message)] = words(settings(tmp_path, text))
    assert (found_rule, found_line) == (rule, line)
    assert message in found_message
    registry = Registry.of(tmp_path)
    assert {"claude-sonnet", "llama-local"} <= registry.models.keys()
    assert registry.costs.budget_limit == 50


def test_a_file_that_is_no_yaml_leaves_the_defaults(tmp_path: Path) -> None:
    assert Registry.of(settings(tmp_path, "llm: [\n")) == Registry.of(tmp_path / "nowhere")


@pytest.mark.covers("T19.10", "S06.19")
@pytest.mark.parametrize("name", ["api_key", "api_key_env"])
def test_a_key_in_the_file_is_a_problem_that_does_not_repeat_it(tmp_path: Path, name: str) -> None:
    key = "sk-ant-very-secret"
    text = f"llm: {{models: {{claude-opus: {{{name}: {key}}}}}}}\n"
    [(rule, _, message)] = words(settings(tmp_path, text))
    assert rule == "settings.secret"
    assert key not in message
    assert key not in repr(Registry.of(tmp_path))


@pytest.mark.parametrize(
    ("entry", "local", "asks"),
    [
        ("provider: ollama, model_id: qwen3", True, False),
        ("provider: ollama, model_id: 'qwen3:480b-cloud'", False, False),
        ("provider: ollama, model_id: a, base_url: 'http://gpu.example.org:11434'", False, True),
        ("provider: openai_compatible, model_id: a, base_url: 'http://[::1]:8000/v1'", True, False),
        (
            "provider: openai_compatible, model_id: a, base_url: 'http://127.0.0.1.evil.org'",
            False,
            True,
        ),
        (
            "provider: openai_compatible, model_id: a, base_url: 'http://127.0.0.1@evil.org'",
            False,
            True,
        ),
        ("provider: anthropic, model_id: a, base_url: 'http://127.0.0.1:1'", True, False),
        ("provider: anthropic, model_id: a, base_url: 'https://evil.org'", False, True),
        ("provider: anthropic, model_id: a, api_key_env: AWS_SECRET_ACCESS_KEY", False, True),
        ("provider: openai, model_id: a", False, False),
    ],
)
def test_what_is_local_and_whom_a_project_may_not_choose_unasked(
    tmp_path: Path, entry: str, local: bool, asks: bool
) -> None:
    model = Registry.of(settings(tmp_path, f"llm: {{models: {{m: {{{entry}}}}}}}\n")).models["m"]
    assert (is_local(model), sends_key_elsewhere(model)) == (local, asks)


KEYS = st.sampled_from(
    [
        *("models", "active_model", "task_routing", "fallback_chain", "cost_tracking", "chat"),
        *("claude-opus", "provider", "model_id", "api_key_env", "base_url", "price", "profile"),
        *("max_tokens", "budget_limit", "reset_period", "temperature", "cost_per_1k_input", "x"),
    ]
)
VALUES = st.sampled_from(
    [
        None,
        True,
        -1,
        0,
        1e400,
        "",
        "ollama",
        "openai_compatible",
        "claude-opus",
        "http://[",
        "_active",
    ]
)
ANYTHING = st.recursive(
    VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5)
)
LIKELY = st.fixed_dictionaries(
    {},
    optional={
        "models": st.dictionaries(KEYS, st.dictionaries(KEYS, ANYTHING, max_size=6), max_size=3),
        "task_routing": ANYTHING,
        "fallback_chain": ANYTHING,
        "cost_tracking": ANYTHING,
        "active_model": ANYTHING,
    },
)


@given(LIKELY | ANYTHING)
@hypothesis.settings(suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
def test_whatever_the_file_says_there_is_a_registry_that_can_be_planned_with(
    tmp_path: Path, llm: Any
) -> None:
    registry = Registry.of(settings(tmp_path, dump({"llm": llm})))
    assert registry.models
    for task in [*registry.routing, "other"]:
        for attempt in plan(task, registry, lambda model: Expected.of(model, Tokens(1000))):
            assert attempt.why
    assert all(problem.line >= 1 for problem in registry.problems)
