"""The HTML page of a design, opened from disk without a network, as whoever gets it uses it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

import ddd_lab as ddd
from tests.browser.accessibility import STRICTEST, axe_violations, small_targets
from tests.cli.program import SAMPLE
from tests.hostile import NASTY

WIDE = ViewportSize(width=1500, height=900)
PLACES = (
    *("#/", "#/lending", "#/lending/borrow-item", "#/helpdesk/ask-a-librarian?card=supervisor"),
    *("#/@schemas", "#/@events", "#/@problems"),
)
ATTACK = "</script></title></text><script>hacked = 1</script><img src=x onerror='hacked = 1'>"


class Reader:
    """Somebody with a browser and the file."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page = page
        self.file = file
        self.asked: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text))

    def open(self, at: str = "") -> None:
        """Open the file at an address within it."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.file.as_uri()}{at}")
        expect(self.page.locator("h1")).to_be_visible()

    def is_at(self, title: str, address: str) -> None:
        """See the place with that title, at that address."""
        expect(self.page.locator("h1")).to_have_text(title)
        expect(self.page).to_have_url(re.compile(f"{re.escape(address)}$"))

    def card(self, title: str) -> Locator:
        """A card of the picture by what it says."""
        return self.page.get_by_role("button", name=re.compile(f": {re.escape(title)}\\."))

    def axe(self) -> list[str]:
        """What axe-core finds wrong, and what is too small to hit."""
        page = self.page.locator("html")
        return [*axe_violations(page, STRICTEST), *small_targets(page)]


Open = Callable[..., Reader]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the sample design after somebody cut a connection."""
    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(SAMPLE, folder / "fernhill")
    with ddd.open(folder / "fernhill", watch=False) as project:
        project.flows["lending/return-item"].disconnect("find_loan", "failure")
        (folder / "fernhill.html").write_text(project.html(), "utf-8")
    return folder / "fernhill.html"


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """A function that opens a file in a browser without a network."""
    readers: list[Reader] = []

    def opened(file: Path, at: str = "", scheme: Literal["light", "dark"] = "light") -> Reader:
        context = browser.new_context(viewport=WIDE, offline=True, color_scheme=scheme)
        reader = Reader(context.new_page(), file)
        readers.append(reader)
        reader.open(at)
        return reader

    yield opened
    for reader in readers:
        reader.page.context.close()
        assert reader.errors == []
        assert {url for url in reader.asked if not url.startswith("data:")} <= {
            "about:blank",
            reader.file.as_uri(),
        }


def test_somebody_walks_through_all_levels_and_finds_their_way_back(
    sample: Path, open_page: Open
) -> None:
    reader = open_page(sample)
    page = reader.page
    details = page.get_by_role("complementary", name="Details")

    reader.is_at("fernhill", "#/")
    expect(page.get_by_text("7 domains · 20 flows · 6 events · 1 problem")).to_be_visible()
    reader.card("lending").dblclick()
    reader.is_at("lending", "#/lending")
    reader.card("Borrow an item").click()
    expect(details.get_by_role("heading", name="Borrow an item")).to_be_visible()
    details.get_by_role("link", name="Open the flow “Borrow an item”").click()
    reader.is_at("Borrow an item", "#/lending/borrow-item")

    details.get_by_role("link", name="Set the due date").click()
    expect(details.locator("dt", has_text="Operation")).to_be_visible()
    details.get_by_text("YAML ·").click()
    expect(details.locator("pre")).to_contain_text("id: work_out_due_date")
    reader.card("May they borrow?").dblclick()
    reader.is_at("Check standing", "#/members/check-standing")
    page.go_back()
    reader.is_at("Borrow an item", "#/lending/borrow-item?card=check_standing")
    page.get_by_role("navigation", name="Where you are").get_by_text("fernhill").click()
    reader.is_at("fernhill", "#/")

    page.get_by_role("link", name="Problems").click()
    page.get_by_role("link", name="Return an item › ").click()
    reader.is_at("Return an item", "#/lending/return-item?card=find_loan")
    expect(details.get_by_text("1 problem")).to_be_visible()
    page.get_by_role("link", name="Events").click()
    page.get_by_role("row", name="reservation.ready").get_by_text("Allocate a copy").click()
    expect(page.locator("h1")).to_have_text("Allocate a copy")


def test_the_search_finds_places_nodes_schemas_events_and_lines(
    sample: Path, open_page: Open
) -> None:
    reader = open_page(sample)
    page = reader.page
    box = page.get_by_role("combobox", name="Search the design")

    for words, found, address in (
        ("borrow", "Borrow an item", "#/lending/borrow-item"),
        ("due date", "Set the due date", "#/lending/borrow-item?card=work_out_due_date"),
        ("reservation.ready", "reservation.ready", "#/@events/reservation.ready"),
        ("held_for", "Copy", "#/@schemas/copy"),
        (
            "id: free_for_reader",
            "id: free_for_reader",
            "#/lending/borrow-item?card=free_for_reader",
        ),
    ):
        page.keyboard.press("/")
        expect(box).to_be_focused()
        box.fill(words)
        option = page.get_by_role("option").filter(has_text=found).first
        expect(option).to_be_visible()
        option.click()
        expect(page).to_have_url(re.compile(f"{re.escape(address)}$"))
        expect(box).to_have_value("")
        page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type("no such words")
    expect(page.get_by_role("option")).to_have_text("Nothing in this design says that.")


def test_the_keyboard_alone_reaches_everything(sample: Path, open_page: Open) -> None:
    reader = open_page(sample)
    page, keys = reader.page, reader.page.keyboard

    def focused(title: str) -> None:
        expect(reader.card(title)).to_be_focused()

    keys.press("Tab")
    keys.press("Enter")  # the link that leads past the rest
    focused("members")
    for key in ("ArrowUp", "ArrowLeft"):
        keys.press(key)
    keys.press("ArrowDown")
    focused("lending")
    details = page.get_by_role("complementary", name="Details")
    expect(details.get_by_role("heading", name="lending")).to_be_visible()
    keys.press("Enter")
    reader.is_at("lending", "#/lending?card=flow%3Aborrow-item")
    focused("Borrow an item")
    keys.press("Enter")
    focused("Copy scanned")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    focused("May they borrow?")
    keys.press("Escape")
    expect(page).to_have_url(re.compile("#/lending/borrow-item$"))
    keys.press("Backspace")
    focused("Borrow an item")
    keys.press("Backspace")
    focused("lending")

    picture = page.get_by_role("region", name="Picture").locator("svg[role=group]")
    before = picture.get_attribute("viewBox") or ""
    keys.press("+")
    expect(picture).not_to_have_attribute("viewBox", before)
    keys.press("f")
    expect(picture).to_have_attribute("viewBox", before)


def test_wheel_drag_and_overview_move_the_picture(sample: Path, open_page: Open) -> None:
    reader = open_page(sample, "#/lending/borrow-item")
    page = reader.page
    picture = page.get_by_role("region", name="Picture").locator("svg[role=group]")
    last = reader.card("Enjoy your book")

    expect(last).not_to_be_in_viewport()
    page.locator(".overview").click(position={"x": 170, "y": 5})
    expect(last).to_be_in_viewport()
    before = picture.get_attribute("viewBox") or ""
    picture.hover(position={"x": 300, "y": 60})
    page.mouse.wheel(0, -400)
    expect(picture).not_to_have_attribute("viewBox", before)
    page.get_by_role("button", name="Fit all of it").click()
    expect(last).to_be_in_viewport()
    before = picture.get_attribute("viewBox") or ""
    picture.hover(position={"x": 300, "y": 60})
    page.mouse.down()
    page.mouse.move(500, 400, steps=4)
    page.mouse.up()
    expect(picture).not_to_have_attribute("viewBox", before)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_is_accessible(
    sample: Path, open_page: Open, scheme: Literal["light", "dark"]
) -> None:
    reader = open_page(sample, scheme=scheme)
    for place in PLACES:
        reader.open(place)
        assert reader.axe() == [], place


def test_colours_follow_the_system_until_somebody_chooses(sample: Path, open_page: Open) -> None:
    page = open_page(sample, scheme="dark").page

    def ground() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    assert ground() == "rgb(20, 23, 27)"
    page.get_by_role("button", name="Colours: Auto").click()
    expect(page.get_by_role("button", name="Colours: Light")).to_be_visible()
    assert ground() == "rgb(255, 255, 255)"


def test_a_narrow_window_cuts_nothing_off_and_paper_has_a_page_for_each_place(
    sample: Path, open_page: Open
) -> None:
    reader = open_page(sample)
    page = reader.page
    for width in (640, 833, 1053):
        page.set_viewport_size({"width": width, "height": 800})
        for place in PLACES:
            reader.open(place)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, place)
    printed = page.pdf()

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1 + 7 + 20


def test_no_text_of_a_design_becomes_markup_or_script(tmp_path: Path, open_page: Open) -> None:
    root = tmp_path / "evil"
    shutil.copytree(SAMPLE, root)
    with ddd.open(root, watch=False) as project:
        flow = project.flows["lending/borrow-item"]
        flow.name = ATTACK
        flow.nodes["find_copy"].label = f"{ATTACK}{NASTY}"
        flow.nodes["find_copy"].spec["query"] = {ATTACK: "javascript:hacked=1"}
        (tmp_path / "evil.html").write_text(project.html(), "utf-8")
    reader = open_page(tmp_path / "evil.html", "#/lending/borrow-item?card=find_copy")
    page = reader.page

    expect(page.locator("h1")).to_have_text(ATTACK)
    heading = page.get_by_role("complementary").get_by_role("heading", level=2).first
    expect(heading).to_contain_text("<img src=x onerror='hacked = 1'>")
    expect(heading).to_contain_text("\\x1b[2J\\x07\\u202e")
    page.keyboard.press("/")
    page.keyboard.type("hacked")
    expect(page.get_by_role("option").first).to_be_visible()
    page.pdf()
    assert page.evaluate("typeof hacked") == "undefined"
    assert page.locator("script").count() == 2
    assert page.locator("img, iframe, object, embed").count() == 0
    assert page.locator("a:not([href^='#/'])").count() == 0
