"""Tokens are estimated, and the estimate learns from what replies really used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.assist.counting import Correction, ModelCounter
from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.requests import Message, Request, Tool
from tests.cli.program import SAMPLE

CLAUDE = ModelEntry(id="a", provider="anthropic", model_id="claude-sonnet-5-5")


def model(model_id: str) -> ModelEntry:
    return ModelEntry(id="a", provider="openai_compatible", model_id=model_id)


@pytest.mark.parametrize(
    ("model_id", "factor"),
    [
        ("claude-sonnet-5-5", 1.53),
        ("claude-opus-4-8", 1.53),
        ("claude-opus-4-7", 1.53),
        ("claude-opus-4-6", 1.18),
        ("claude-haiku-4-5-20251001", 1.18),
        ("claude-3-5-sonnet-20241022", 1.18),
        ("anthropic/claude-opus-5-5", 1.53),
        ("gpt-6.2-sol", 1.0),
        ("o3", 1.0),
        ("llama3.1", 1.18),
    ],
)
def test_newer_models_of_a_vendor_need_more_tokens_for_the_same_text(
    model_id: str, factor: float
) -> None:
    tokens = ModelCounter(model(model_id))("x" * 36_000, "flow")
    assert tokens.count == pytest.approx(10_000 * factor, abs=1)
    assert tokens.how == "estimate"


def test_a_flow_needs_more_tokens_than_as_much_code() -> None:
    count = ModelCounter(CLAUDE)
    text = "steps: [a, b]\n" * 100
    assert count(text, "flow").count > count(text, "code").count


def test_letters_that_need_more_bytes_need_more_tokens() -> None:
    count = ModelCounter(CLAUDE)
    assert count("注文の返金", "prose").count > 2 * count("order", "prose").count


def test_any_text_can_be_counted_and_none_has_none() -> None:
    count = ModelCounter(CLAUDE)
    assert count("", "spec").count == 0
    assert count("\ud800", "spec").count > 0


def test_all_that_is_sent_is_counted() -> None:
    count = ModelCounter(CLAUDE)
    bare = Request(model="m", system=("be brief",), messages=(Message("user", "what?"),))
    tool = Tool("find", "finds a thing in the design", {"type": "object"})
    full = Request(
        model="m",
        system=bare.system,
        messages=bare.messages,
        tools=(tool,),
        schema={"type": "object", "properties": {"a": {"type": "string"}}},
    )
    assert count.request(bare).count >= count("be briefwhat?", "spec").count
    assert count.request(full).count > count.request(bare).count + 15


@given(
    truth=st.floats(0.55, 1.9),
    noise=st.lists(st.floats(-0.05, 0.05), min_size=6, max_size=60),
    size=st.integers(2_000, 200_000),
)
def test_after_five_replies_the_real_count_is_never_missed_by_more_than_a_tenth(
    truth: float, noise: list[float], size: int
) -> None:
    base = ModelCounter(CLAUDE)("x" * size).count
    correction = Correction()
    for number, wobble in enumerate(noise):
        real = round(base * truth * (1 + wobble))
        estimated = ModelCounter(CLAUDE, correction)("x" * size)
        if number >= 5:
            assert estimated.count >= 0.9 * real
            assert estimated.count <= 1.25 * real
            assert estimated.how == "calibrated"
        correction = correction.after(base, real, "2026-12-01")


def test_real_specs_are_not_undercounted_by_a_tokenizer_that_splits_otherwise() -> None:
    specs = sorted(Path(SAMPLE).rglob("specs/**/*.yaml"))
    texts = [path.read_text(encoding="utf-8") for path in specs]
    prompts = ["\n".join(texts[at : at + 3]) for at in range(0, len(texts) - 3, 2)]
    correction = Correction()
    for number, prompt in enumerate(prompts):
        real = len(re.findall(r"\w{1,5}|[^\w\s]|\s+", prompt))
        estimated = ModelCounter(CLAUDE, correction)(prompt).count
        if number >= 5:
            assert estimated >= 0.9 * real
        correction = correction.after(ModelCounter(CLAUDE)(prompt).count, real, "2026-12-01")


def test_a_reply_without_figures_teaches_nothing() -> None:
    assert Correction().after(100, 0, "2026-12-01") == Correction()
    assert Correction().after(0, 100, "2026-12-01") == Correction()


@given(st.lists(st.tuples(st.integers(1, 10**9), st.integers(1, 10**9)), max_size=20))
def test_a_correction_stays_within_its_bounds(replies: list[tuple[int, int]]) -> None:
    correction = Correction()
    for estimated, real in replies:
        correction = correction.after(estimated, real, "2026-12-01")
        assert 0.5 <= correction.factor <= 2
