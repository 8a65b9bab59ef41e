"""Environment variables agree with what is said of them."""

from __future__ import annotations

from typing import Any

from tests.checks.builders import design, quiet, shows
from tests.design_data import DesignData

FILE = "specs/config.yaml"


def _with(name: str = "LEVEL", **variable: Any) -> DesignData:
    return design(config={"config": {"optional": {name: variable}}})


def test_a_default_that_the_variable_forbids_is_a_warning() -> None:
    rule = "config.default"
    path = ("config", "optional", "LEVEL", "default")
    wrong = _with(enum=["debug", "info"], default="loud")
    shows(rule, wrong, at=FILE, path=path, says="one of “debug” and “info”")
    shows(rule, _with(min=1, max=10, default=20), at=FILE, path=path, says="between min and max")
    quiet(
        rule,
        _with(enum=["debug", "info"], default="info"),
        _with(min=1, default=5),
        _with(enum=["a"], default="${LEVEL}"),
        _with(),
    )


def test_a_rule_about_a_variable_that_is_not_there_is_a_warning() -> None:
    rule = "config.unknown-variable"
    config = {"required": {"SENTRY_DSN": {"type": "string"}}}
    lost = design(config={**config, "validation": {"production_required": ["SENTRY_DNS"]}})
    path: tuple[str | int, ...] = ("validation", "production_required", 0)
    shows(rule, lost, at=FILE, path=path, says="Did you mean “SENTRY_DSN”?")
    forbids = design(config={**config, "validation": {"production_disallowed": {"DEBUG": True}}})
    path = ("validation", "production_disallowed", "DEBUG")
    shows(rule, forbids, at=FILE, path=path, says="declare it")
    fits = design(config={**config, "validation": {"production_required": ["SENTRY_DSN"]}})
    quiet(rule, fits, design(config=config))


def test_a_secret_in_the_design_is_a_warning() -> None:
    rule = "config.secret"
    path = ("config", "optional", "API_KEY", "default")
    open_ = _with("API_KEY", sensitive=True, default="k9-4711-aa")
    shows(rule, open_, at=FILE, path=path, says="everybody can read")
    quiet(
        rule,
        _with("API_KEY", sensitive=True),
        _with("API_KEY", sensitive=True, default="change-me"),
        _with("PORT", default="8000"),
    )
