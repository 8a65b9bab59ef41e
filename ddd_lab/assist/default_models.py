"""The models that a project has without saying so, and what is known of prices, as dated data.

Prices are US dollars for a million tokens as the vendors published them on the day of ``as_of``,
for prompts of up to 100,000 tokens: some cost more beyond. A project's own ``price`` counts more.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from ddd_lab.assist.prices import Price

ACTIVE: Final = "_active"
"""In the routing: whichever model is active."""

KEYS: Final = {"anthropic": "ANTHROPIC_API_KEY", "openai": "OPENAI_API_KEY"}
"""The environment variable that a vendor's own programs read the key from."""

MODELS: Final[Mapping[str, Mapping[str, Any]]] = {
    "claude-sonnet": {
        "provider": "anthropic",
        "model_id": "claude-sonnet-5-5",
        "label": "Claude Sonnet",
        "max_tokens": 8192,
    },
    "claude-haiku": {
        "provider": "anthropic",
        "model_id": "claude-haiku-5-5",
        "label": "Claude Haiku",
        "tier": "fast",
    },
    "claude-opus": {
        "provider": "anthropic",
        "model_id": "claude-opus-5-5",
        "label": "Claude Opus",
        "tier": "powerful",
        "max_tokens": 16384,
    },
    "gpt-sol": {
        "provider": "openai",
        "model_id": "gpt-6.2-sol",
        "label": "GPT Sol",
        "max_tokens": 8192,
    },
    "gpt-luna": {
        "provider": "openai",
        "model_id": "gpt-6-luna",
        "label": "GPT Luna",
        "tier": "fast",
    },
    "gpt-astra": {
        "provider": "openai",
        "model_id": "gpt-6.2-astra",
        "label": "GPT Astra",
        "tier": "powerful",
        "max_tokens": 16384,
    },
    "llama-local": {
        "provider": "ollama",
        "model_id": "llama3.1",
        "label": "Llama on this machine",
    },
}
"""By id, as ``llm.models`` of a settings file would say it."""

ACTIVE_MODEL: Final = "claude-sonnet"

FALLBACK_CHAIN: Final = ("claude-sonnet", "gpt-sol", "llama-local")

TASK_ROUTING: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "suggest_spec",
            "complete_spec",
            "explain_node",
            "label_connection",
            "add_error_handling",
            "add_node_between",
        ),
        "claude-haiku",
    ),
    **dict.fromkeys(
        (
            "generate_flow",
            "generate_domain",
            "generate_from_description",
            "import_from_description",
            "generate_test_cases",
            "suggest_wiring",
            "suggest_flows",
            "suggest_events",
            "suggest_domains",
            "review_flow",
        ),
        "claude-sonnet",
    ),
    **dict.fromkeys(("review_architecture", "generate_summary"), "claude-opus"),
    "chat": ACTIVE,
}


def _price(input: str, output: str, read: str, write: str, as_of: str) -> Price:
    prices = (Decimal(text) for text in (input, output, read, write))
    return Price.model_validate(
        dict(
            zip(("input", "output", "cache_read", "cache_write"), prices, strict=True), as_of=as_of
        )
    )


KNOWN_PRICES: Final[Mapping[str, Price]] = {
    "claude-sonnet-5-5": _price("2", "10", "0.10", "2.50", "2026-10-24"),
    "claude-haiku-5-5": _price("0.10", "0.50", "0.01", "0.125", "2026-10-24"),
    "claude-opus-5-5": _price("4", "20", "0.20", "5", "2026-10-24"),
    "claude-sonnet-5": _price("2", "10", "0.20", "2.50", "2026-10-24"),
    "claude-opus-5": _price("5", "25", "0.50", "6.25", "2026-10-24"),
    "claude-opus-4-6": _price("5", "25", "0.50", "6.25", "2026-10-24"),
    "claude-opus-4-5": _price("5", "25", "0.50", "6.25", "2026-10-24"),
    "claude-haiku-4-5": _price("1", "5", "0.10", "1.25", "2026-10-24"),
    "gpt-6.2-astra": _price("8", "40", "0.40", "10", "2026-11-18"),
    "gpt-6.2-sol": _price("2", "10", "0.10", "2.50", "2026-11-18"),
    "gpt-6-sol": _price("2", "10", "0.20", "2.50", "2026-09-23"),
    "gpt-6-luna": _price("0.10", "0.50", "0.01", "0.125", "2026-10-13"),
}
"""By the vendor's id, without the date that some ids end with."""

CONTEXTS: Final[Mapping[str, int]] = {
    "claude-sonnet-5-5": 1_000_000,
    "claude-haiku-5-5": 1_000_000,
    "claude-opus-5-5": 1_000_000,
    "claude-sonnet-5": 1_000_000,
    "claude-opus-5": 1_000_000,
    "claude-haiku-4-5": 200_000,
    "gpt-6.2-astra": 1_050_000,
    "gpt-6.2-sol": 1_050_000,
    "gpt-6-luna": 1_050_000,
}
"""The most tokens that a model takes, by the vendor's id."""
