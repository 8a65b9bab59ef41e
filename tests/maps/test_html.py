"""The HTML page of a design, without a browser: what is in it, how large it is, what it may do."""

from __future__ import annotations

import base64
import json
import re
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import ddd_lab as ddd
from benchmarks.generate import write_project
from tests.cli.program import SAMPLE, ddd_lab
from tests.files.projects import small_project

LARGEST = 1_500_000


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def told(page: str) -> dict[str, Any]:
    """What a page knows of the design."""
    packed = re.search(r'id="contents">([^<]*)<', page)
    assert packed is not None
    contents: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(packed[1])))
    return contents


@pytest.fixture(scope="module")
def page() -> str:
    with ddd.open(SAMPLE, watch=False) as project:
        return project.html()


def test_every_place_is_there_with_its_picture_and_every_node_with_its_lines(page: str) -> None:
    contents = told(page)
    with ddd.open(SAMPLE, watch=False) as project:
        wanted = {"", *project.design.domains, *project.design.flows}
        nodes = {key: list(flow.nodes) for key, flow in project.flows.items()}

    places = {place["at"]: place for place in contents["places"]}
    assert set(places) == wanted
    for key, ids in nodes.items():
        cards = {card["id"]: card for card in places[key]["cards"]}
        assert set(ids) <= set(cards)
        lines = contents["files"][places[key]["path"]].split("\n")
        for id in ids:
            said = "\n".join(lines[cards[id]["first"] - 1 : cards[id]["last"]])
            assert id in said or id == "trigger"
    for place in places.values():
        assert ElementTree.fromstring(place["svg"]).tag.endswith("svg")


def test_settings_are_told_by_their_titles_with_units_and_names_as_people_chose_them(
    page: str,
) -> None:
    (flow,) = [one for one in told(page)["places"] if one["at"] == "helpdesk/ask-a-librarian"]
    (gate,) = [card for card in flow["cards"] if card["id"] == "librarian_gate"]
    (check,) = [
        card
        for one in told(page)["places"]
        if one["at"] == "lending/borrow-item"
        for card in one["cards"]
        if card["id"] == "check_scan"
    ]

    timeout = next(field for field in gate["fields"] if field["title"] == "Timeout")
    assert "600 seconds" in json.dumps(timeout)
    fields = next(field for field in check["fields"] if field["title"] == "Fields")
    assert [part["title"] for part in fields["parts"]] == ["card_number", "copy_barcode"]


def test_the_same_design_gives_the_same_page(tmp_path: Path) -> None:
    root = write_project(tmp_path / "made", flows=3, nodes=8)
    pages = []
    for _ in range(2):
        with ddd.open(root, watch=False) as project:
            pages.append(project.html())

    assert pages[0] == pages[1]


def test_nothing_in_the_page_comes_from_elsewhere_and_only_its_own_script_may_run(
    page: str,
) -> None:
    tags = Tags(page).found
    policies = [of["content"] or "" for tag, of in tags if tag == "meta" and "http-equiv" in of]

    assert [tag for tag, _ in tags].count("script") == 2
    assert not [of for _, of in tags if "src" in of or of.get("href", "data:,") != "data:,"]
    assert len(policies) == 1
    assert policies[0].startswith("default-src 'none';")
    assert "unsafe" not in policies[0]


def test_sixty_flows_are_less_than_one_and_a_half_megabytes(tmp_path: Path) -> None:
    root = write_project(tmp_path / "large", flows=60, nodes=20)
    with ddd.open(root, watch=False) as project:
        assert len(project.html().encode()) <= LARGEST


def test_an_unreadable_flow_and_an_empty_folder_make_a_page_too(tmp_path: Path) -> None:
    root = small_project(tmp_path, b"\x00\x01\xff\xfe not yaml")
    (tmp_path / "empty").mkdir()
    with ddd.open(root, watch=False) as project:
        contents = told(project.html())
    with ddd.open(tmp_path / "empty", watch=False) as project:
        empty = told(project.html())

    (flow,) = [place for place in contents["places"] if place["at"] == "payments/charge-card"]
    assert "cannot be read" in flow["about"]
    assert [problem["at"] for problem in contents["problems"]].count("payments/charge-card") == 1
    assert [place["at"] for place in empty["places"]] == [""]


def test_the_command_writes_the_page_that_opens_where_it_is_asked_to(tmp_path: Path) -> None:
    root = write_project(tmp_path / "made", flows=1, nodes=8)
    done = ddd_lab("export", root, "orders", "-o", tmp_path / "design.html")
    unknown = ddd_lab("export", root, "order", "--to", "html")
    all_flows = ddd_lab("export", root, "@flows", "--to", "html")

    assert (done.returncode, done.stdout) == (0, "")
    assert told((tmp_path / "design.html").read_text("utf-8"))["start"] == "orders"
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "did you mean 'orders'?" in unknown.stderr
    assert "no map of all flows" in all_flows.stderr
