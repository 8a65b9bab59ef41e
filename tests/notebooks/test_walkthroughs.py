"""The walkthroughs as files: small, clean and the same for everybody."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(request.param.read_text("utf-8"))
    return read


def test_there_is_a_walkthrough_to_open_with() -> None:
    assert NOTEBOOKS[0].name == "01-first-steps.ipynb"


def test_no_widget_is_stored_with_it(notebook: dict[str, Any]) -> None:
    assert "widgets" not in notebook["metadata"]
    assert "vnd.jupyter.widget-view" not in json.dumps(notebook)


def test_its_output_is_stored_and_holds_no_error(notebook: dict[str, Any]) -> None:
    outputs = [
        output
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
        for output in cell["outputs"]
    ]

    assert outputs
    assert "error" not in {output["output_type"] for output in outputs}


def test_no_place_on_its_author_s_computer_shows(notebook: dict[str, Any]) -> None:
    outputs = [cell.get("outputs", []) for cell in notebook["cells"]]

    assert re.findall(r"/(?:home|Users|tmp|work|root)/\S*", json.dumps(outputs)) == []
