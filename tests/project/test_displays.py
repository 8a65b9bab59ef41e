"""What a cell shows by itself: pictures with counts, tables; each as plain text, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import ddd_lab as ddd
from tests.canvas.shop import write_shop

SHOP_TEXT = "<b>& \x1b[31m"
VOID = {"br", "img", "meta"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ddd.Project]:
    with ddd.Project(write_shop(tmp_path_factory.mktemp("shown") / "shop"), watch=False) as shop:
        yield shop


class Balance(HTMLParser):
    """Counts the tags that are open, and notes what is shown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def html_of(shown: Any) -> Balance:
    page = Balance(shown._repr_html_())
    assert page.open == []
    assert "\x1b" not in page.text
    return page


PICTURES: dict[str, tuple[Callable[[ddd.Project], Any], tuple[str, ...]]] = {
    "a project": (lambda project: project, ("domains", "flows", "billing", "orders")),
    "a domain": (lambda project: project.domains["orders"], ("publishes", "Place order")),
    "a flow": (lambda project: project.flows["orders/place-order"], ("nodes", "traditional")),
    "a node": (
        lambda project: next(iter(project.flows["orders/place-order"].nodes.values())),
        ("type:", "spec:"),
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_light_or_dark_as_its_page_is_and_says_what_it_shows(
    project: ddd.Project, name: str
) -> None:
    get, words = PICTURES[name]
    shown = get(project)
    page = html_of(shown)
    assert "svg" in page.tags
    assert all(word in page.text for word in words), page.text
    html = shown._repr_html_()
    assert 'data-jp-theme-light="false"' in html
    assert "var(--ddd-map-background,#ffffff)" in html
    assert 0 < len(repr(shown)) < 200


TABLES: dict[str, Callable[[ddd.Project], Any]] = {
    "project.flows": lambda project: project.flows,
    "project.domains": lambda project: project.domains,
    "domain.flows": lambda project: project.domains["orders"].flows,
    "flow.nodes": lambda project: project.flows["orders/place-order"].nodes,
    "project.search": lambda project: project.search("order"),
    "project.find": lambda project: project.find("order"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_a_row_for_each_as_text_and_as_html(project: ddd.Project, name: str) -> None:
    shown = TABLES[name](project)
    page = html_of(shown)
    assert page.tags.count("tr") == 1 + len(shown)
    assert len(repr(shown).splitlines()) == len(shown)


def test_problems_are_a_list_that_shows_itself_as_a_table(project: ddd.Project) -> None:
    flow = project.flows["orders/place-order"]
    before = len(project.problems)
    node = next(one for one in flow.nodes.values() if len(one.connections) > 1)
    flow.disconnect(node.id, next(iter(node.connections)))
    problems = project.problems
    assert list(problems) == problems
    assert len(problems) > before
    assert str(problems[0].rule) in repr(problems)
    assert html_of(problems).tags.count("tr") == 1 + len(problems)
    assert f"· {len(problems)} problem" in html_of(project).text
    project.undo()


def test_a_long_table_says_how_much_more_there_is(project: ddd.Project) -> None:
    problem = ddd.Problem(path="specs/x.yaml", severity="error", rule="x.y", message="Wrong")
    many = type(project.problems)([problem] * 130)
    assert repr(many).splitlines()[-1] == "and 30 more"
    assert html_of(many).tags.count("tr") == 101


def test_no_text_of_a_design_becomes_markup(tmp_path: Path) -> None:
    with ddd.Project(write_shop(tmp_path / "shop"), watch=False) as project:
        flow = project.flows["orders/place-order"]
        node = next(iter(flow.nodes.values()))
        node.label = SHOP_TEXT.replace("\x1b", "")
        for shown in (flow, node, flow.nodes, project.search("<b>")):
            assert "<b>&" not in (shown._repr_html_() or "")
            html_of(shown)
