"""The language models that a form offers: from the settings and from the design, never built in."""

from __future__ import annotations

from pathlib import Path

import pytest

import ddd_lab as ddd
from tests.files.projects import KEY, small_project

SETTINGS = """\
llm:
  models:
    quick: {model_id: small-1, provider: acme, label: Small, tier: fast}
    deep:
      model_id: large-1
    plain:
"""


def with_settings(root: Path, text: str | None) -> ddd.Project:
    small_project(root)
    if text is not None:
        (root / ".ddd").mkdir()
        (root / ".ddd/config.yaml").write_text(text)
    return ddd.open(root, watch=False)


def test_models_of_the_settings_come_first_then_those_in_use(tmp_path: Path) -> None:
    project = with_settings(tmp_path, SETTINGS)
    flow = project.flows[KEY]
    flow.add_node("llm_call", spec={"model": "large-1"})
    flow.add_node("llm_call", spec={"model": "own-2", "model_fallback": [{"model": "large-1"}]})
    flow.add_node("data_store", spec={"model": "Payment"})
    flow.add_node("llm_call", spec={"model": "$.config.model"})
    assert [(m.name, m.id, m.label, m.tier, m.used) for m in project.workbench.models] == [
        ("small-1", "quick", "Small", "fast", 0),
        ("large-1", "deep", "large-1", "", 2),
        ("plain", "plain", "plain", "", 0),
        ("own-2", "", "own-2", "", 1),
    ]


@pytest.mark.parametrize("text", [None, "", "llm: [", "llm: 3", "llm: {models: [a]}", "[1]"])
def test_settings_that_say_nothing_usable_offer_what_is_in_use(
    tmp_path: Path, text: str | None
) -> None:
    project = with_settings(tmp_path, text)
    assert not project.workbench.models
    project.flows[KEY].add_node("llm_call", spec={"model": "own-2"})
    assert [model.name for model in project.workbench.models] == ["own-2"]
