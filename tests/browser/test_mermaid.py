"""What we export as Mermaid is legal for the Mermaid that JupyterLab renders it with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.maps import mermaid, sheet, sheet_mermaid
from tests.browser.mermaid_page import MermaidPage, mermaid_page
from tests.design_data import DesignData
from tests.maps.designs import flow, node
from tests.maps.random_designs import designs
from tests.profiles import tries

many = settings(
    max_examples=tries(40, 500), suppress_health_check=[HealthCheck.function_scoped_fixture]
)

LABELS = (
    "end",
    "1. one",
    "- two",
    "# three",
    "> four",
    "=== five",
    '"quoted" (round) [square] {curly}',
    "snake_case _em_ *strong* **more**",
    "https://example.org/a www.example.org a@example.org",
    "`code` %%{init: {}}%% %% comment",
    "<b>bold</b> & &amp; #35;",
    "a\\b ~~gone~~ ![image](x) [link](y)",
    "| a | b |",
    "graph; subgraph click style",
    "naïve 漢字 🎉",
    "---",
)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[MermaidPage]:
    opened = mermaid_page(browser)
    yield opened
    opened.close()


def chart(labels: list[str]) -> str:
    steps = [
        node(f"n{index}", "decision", f"{label}:n{index}", label=label)
        for index, label in enumerate(labels)
    ]
    return sheet_mermaid(sheet(flow(*steps)))


def test_the_parser_does_refuse_what_is_wrong(page: MermaidPage) -> None:
    assert page.errors(["flowchart LR\n  a[b"]) != [""]


@pytest.mark.parametrize("project", ["nexus", "todo-app", "obligo"])
def test_every_map_of_real_designs_is_legal(page: MermaidPage, corpus: Path, project: str) -> None:
    whole = Workspace(corpus / project).design
    places = ["", "@flows", *whole.domains, *whole.flows]

    errors = page.errors([mermaid(whole, place) for place in places])

    assert {place: error for place, error in zip(places, errors, strict=True) if error} == {}


def test_labels_read_as_they_were_written(page: MermaidPage) -> None:
    nodes, edges = page.labels(chart(list(LABELS)))

    assert set(LABELS) <= {line for label in nodes for line in label.split("\n")}
    assert set(LABELS) <= set(edges)


@many
@given(st.lists(st.text(max_size=20), min_size=1, max_size=6))
def test_any_label_is_legal(page: MermaidPage, labels: list[str]) -> None:
    assert page.errors([chart(labels)]) == [""]


@many
@given(designs())
def test_any_design_is_legal(page: MermaidPage, whole: DesignData) -> None:
    places = ["", "@flows", *whole.domains, *whole.flows]

    assert set(page.errors([mermaid(whole, place) for place in places])) == {""}
