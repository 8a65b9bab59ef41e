"""Moving blocks on the maps: only their lines in the layout files change."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import git
import pytest

from ddd_lab.project import Project
from ddd_lab.spec.models.base import Position
from tests.canvas.screen import Screen, text_of
from tests.canvas.shop import ORDERS, SYSTEM_LAYOUT, write_shop

Look = Callable[..., Screen]
LAYOUT = "specs/system-layout.yaml"
DOMAIN = "specs/domains/orders/domain.yaml"


@pytest.mark.covers("T01.5", "S01.10")
def test_a_moved_domain_stays_where_it_was_put(look: Look, shop: Project) -> None:
    screen = look()
    screen.ask("move", moves=[{"id": "billing", "x": 700, "y": 12.5}])
    screen.ask("save")

    again = Screen(Project(shop.root, watch=False))
    assert (again.cards["billing"]["x"], again.cards["billing"]["y"]) == (700, 12.5)
    expected = SYSTEM_LAYOUT.replace("billing: {x: 520, y: 60}", "billing: {x: 700, y: 12.5}")
    assert text_of(shop, LAYOUT) == expected


@pytest.mark.covers("T02.6", "S01.10")
def test_moved_flows_and_portals_stay_where_they_were_put(look: Look, shop: Project) -> None:
    screen = look("orders")
    screen.ask("move", moves=[{"id": "flow:place-order", "x": 100, "y": 90}])
    screen.ask("move", moves=[{"id": "portal:billing", "x": 800, "y": 0}])
    screen.ask("save")

    expected = ORDERS.replace(
        "place-order: {x: 60, y: 60}    # first", "place-order: {x: 100, y: 90}    # first"
    ).replace("billing: {x: 460, y: 160}", "billing: {x: 800, y: 0}")
    assert text_of(shop, DOMAIN) == expected
    cards = Screen(Project(shop.root, watch=False), "orders").cards
    assert (cards["flow:place-order"]["x"], cards["flow:place-order"]["y"]) == (100, 90)
    assert (cards["portal:billing"]["x"], cards["portal:billing"]["y"]) == (800, 0)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "system_layout:\n  domains:\n    billing: {x: 1, y: 2}\n"),
        (
            "# bare\ndomains:\n  orders: {x: 5, y: 6}\n",
            "# bare\ndomains:\n  orders: {x: 5, y: 6}\n  billing: {x: 1, y: 2}\n",
        ),
        (
            "system_layout:\n  zoom: 2   # of the tool\n",
            "system_layout:\n  zoom: 2   # of the tool\n  domains:\n    billing: {x: 1, y: 2}\n",
        ),
        (
            "domains:\n  billing: {x: 5, y: 6, color: red}\n",
            "domains:\n  billing: {x: 1, y: 2, color: red}\n",
        ),
    ],
    ids=["no file", "bare", "wrapped", "with more keys"],
)
def test_a_place_is_written_in_the_way_of_the_file(tmp_path: Path, before: str, after: str) -> None:
    root = write_shop(tmp_path, **{LAYOUT: before})
    if not before:
        (root / LAYOUT).unlink()
    project = Project(root, watch=False)
    screen = Screen(project)

    screen.ask("move", moves=[{"id": "billing", "x": 1, "y": 2}])
    screen.ask("save")

    # The others get the places at which they are shown.
    others = re.compile(r"^ *(orders|support): \{x: [-\d]+, y: [-\d]+\}\n", re.MULTILINE)
    assert others.sub("", text_of(project, LAYOUT)) == others.sub("", after)


def test_a_domain_without_a_file_gets_one(tmp_path: Path) -> None:
    root = write_shop(tmp_path)
    (root / "specs/domains/support/domain.yaml").unlink()
    project = Project(root, watch=False)
    screen = Screen(project, "support")

    screen.ask("move", moves=[{"id": "flow:answer-customer", "x": 30, "y": 40}])
    screen.ask("save")

    again = Project(root, watch=False)
    assert again.design.domains["support"].layout_flows["answer-customer"] == Position(30, 40)
    assert again.design.domains["support"].description == "Answers to customers"


def test_what_has_no_place_of_its_own_is_not_moved(tmp_path: Path) -> None:
    alone = ORDERS.replace("order.cancelled", "order.forgotten")
    project = Project(write_shop(tmp_path, **{DOMAIN: alone}), watch=False)
    screen = Screen(project, "orders")
    (event,) = [card["id"] for card in screen.board["cards"] if card["kind"] == "event"]

    assert "follow their flow" in screen.refused("move", moves=[{"id": event, "x": 1, "y": 2}])
    assert project.dirty == set()


def test_a_layout_that_is_no_map_is_left_alone(tmp_path: Path) -> None:
    project = Project(write_shop(tmp_path, **{LAYOUT: "domains: [1, 2]\n"}), watch=False)
    screen = Screen(project)

    assert "fix it first" in screen.refused("move", moves=[{"id": "orders", "x": 1, "y": 2}])
    assert "no domain 'nope'" in screen.refused("move", moves=[{"id": "nope", "x": 1, "y": 2}])
    assert text_of(project, LAYOUT) == "domains: [1, 2]\n"


@pytest.mark.parametrize("name", ["nexus", "obligo", "todo-app"])
def test_in_real_designs_git_sees_exactly_the_moved_blocks(
    corpus_copy: Callable[[str], Path], git_repo: Callable[[Path], git.Repo], name: str
) -> None:
    root = corpus_copy(name)
    repo = git_repo(root)
    project = Project(root, watch=False)
    screen = Screen(project)
    domains = [id for id in project.domains if project.domains[id].flows][:3]
    for index, domain in enumerate(domains):
        screen.ask("move", moves=[{"id": domain, "x": 11, "y": 222 * index}])
        screen.ask("go", at=domain)
        flow = next(id for id, card in screen.cards.items() if card["kind"] == "flow")
        screen.ask("move", moves=[{"id": flow, "x": 333, "y": 444}])
        screen.ask("up")
    screen.ask("save")

    changed = [
        line
        for line in repo.git.diff("--unified=0").splitlines()
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert changed
    gone = [line for line in changed if line.startswith("-")]
    # An empty map gives way to the places that cards were shown at.
    assert all("x:" in line or "y:" in line or line.endswith(": {}") for line in gone)
    again = Screen(Project(root, watch=False))
    found = [(again.cards[domain]["x"], again.cards[domain]["y"]) for domain in domains]
    assert found == [(11, 222 * index) for index in range(len(domains))]
