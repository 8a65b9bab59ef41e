"""What surrounds the cards: containers, teams, notes, and kinds of lines."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.bare import bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.canvas.shop import write_shop
from tests.canvas.test_frames import PACK, PACK_FILE

FERNHILL = Path(__file__).parents[2] / "notebooks" / "fernhill"


@pytest.fixture(scope="module")
def packing(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CanvasPage]:
    root = write_shop(tmp_path_factory.mktemp("packing") / "shop", **{PACK_FILE: PACK})
    with bare_canvas(browser, root, "orders/pack") as canvas:
        yield canvas


@pytest.fixture(scope="module")
def library(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CanvasPage]:
    root = Path(shutil.copytree(FERNHILL, tmp_path_factory.mktemp("library") / "fernhill"))
    with bare_canvas(browser, root, "helpdesk") as canvas:
        yield canvas


def frame(canvas: CanvasPage, title: str) -> Locator:
    """The head of a frame."""
    return canvas.root.locator(".ddd-boundary-head", has_text=title)


def parent(id: str) -> str:
    return f"project.workbench.flow_data('orders/pack').by_id[{id!r}].parent or ''"


def top(thing: Locator) -> float:
    box = thing.bounding_box()
    assert box is not None
    return box["y"]


def bottom(thing: Locator) -> float:
    box = thing.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


# --- containers and notes -----------------------------------------------------------------------


def test_cards_are_dragged_into_and_out_of_containers(packing: CanvasPage) -> None:
    packing.button("Fit").click()
    expect(frame(packing, "For each line")).to_be_visible()
    expect(frame(packing, "Wrap and label")).to_be_visible()
    mouse = packing.page.mouse
    home = packing.middle(packing.card("aside"))
    x, y = packing.middle(packing.card("fetch"))
    mouse.move(*home)
    mouse.down()
    mouse.move(home[0] + 5, home[1] - 5)
    mouse.move(x, y + 26, steps=5)
    expect(packing.root.locator(".ddd-over")).to_be_visible()
    mouse.up()
    packing.expect_python(parent("aside"), "each")
    expect(packing.root.locator(".ddd-over")).to_have_count(0)

    packing.pull(packing.middle(packing.card("aside")), home)
    packing.expect_python(parent("aside"), "")

    # Onto a loop that holds nothing yet: it becomes a container, and the card lies beside it.
    packing.pull(packing.middle(packing.card("aside")), packing.middle(packing.card("again")))
    packing.expect_python(parent("aside"), "again")
    expect(frame(packing, "Once more")).to_be_visible()
    packing.press("Control+z")
    packing.expect_python(parent("aside"), "")
    expect(frame(packing, "Once more")).to_have_count(0)
    packing.press("Control+z")
    packing.press("Control+z")
    packing.expect_python("project.workbench.history.undo_label", "")


def test_a_container_is_dragged_by_its_title_with_all_inside(packing: CanvasPage) -> None:
    before = packing.lab.kernel_eval(
        "project.workbench.flow_data('orders/pack').by_id['wrap'].position.y"
    )
    x, y = packing.middle(frame(packing, "For each line").locator(".ddd-boundary-title"))
    packing.pull((x, y), (x, y - 40))
    packing.lab.wait_for_kernel(
        f"project.workbench.flow_data('orders/pack').by_id['wrap'].position.y < {before}", "True"
    )
    packing.press("Control+z")
    packing.expect_python("project.workbench.history.undo_label", "")


def test_the_keyboard_puts_cards_in_and_takes_them_out(packing: CanvasPage) -> None:
    def choose(deed: str) -> None:
        packing.outline.get_by_role("button", name="More", exact=True).focus()
        packing.page.keyboard.press("Enter")
        packing.root.get_by_role("menuitem", name=deed).focus()
        packing.page.keyboard.press("Enter")

    packing.show_panel("Outline")
    packing.outline.get_by_role("button", name="Set aside").focus()
    packing.page.keyboard.press("Enter")
    choose("Put into…")
    dialog = packing.root.get_by_role("dialog", name="Put “Set aside” into")
    dialog.get_by_label("Container").select_option("both")
    packing.page.keyboard.press("Enter")
    packing.expect_python(parent("aside"), "both")
    expect(packing.root.get_by_role("group", name="Wrap and label, 2 inside")).to_have_count(1)
    choose("Take out of container")
    packing.expect_python(parent("aside"), "each")
    expect(packing.root.get_by_role("group", name="Wrap and label, 1 inside")).to_have_count(1)
    choose("Take out of container")
    packing.expect_python(parent("aside"), "")


def test_a_node_from_the_palette_goes_into_the_container_below_it(packing: CanvasPage) -> None:
    packing.button("Fit").click()
    pane = packing.root.locator(".react-flow__pane").bounding_box()
    assert pane is not None
    x, y = packing.middle(packing.card("fetch"))
    packing.root.locator(".ddd-dock-left").get_by_role("button", name="Palette").click()
    packing.place("Process", x - pane["x"], y - pane["y"] + 26)
    packing.expect_python("project.workbench.flow_data('orders/pack').nodes[-1].parent", "each")
    packing.press("Control+z")
    packing.expect_python("project.workbench.flow_data('orders/pack').nodes[-1].id", "again")


def test_containers_fold_and_unfold(packing: CanvasPage) -> None:
    packing.button("Fit").click()
    packing.button("Fold For each line").focus()
    packing.page.keyboard.press("Enter")
    expect(packing.card("fetch")).to_have_count(0)
    expect(packing.card("wrap")).to_have_count(0)
    expect(packing.card("each")).to_contain_text("3 inside")
    packing.button("Unfold For each line").click()
    expect(packing.card("wrap")).to_be_visible()

    # A problem inside a folded container is shown where it is.
    packing.button("Fold For each line").click()
    expect(packing.card("wrap")).to_have_count(0)
    packing.root.get_by_role("button", name=re.compile("^Problems")).click()
    problems = packing.root.get_by_role("region", name="Problem list")
    problems.get_by_role("button").filter(has_text="“Wrap it”").first.click()
    expect(packing.card("wrap")).to_be_visible()
    expect(packing.panel).to_contain_text("Process")
    packing.button("Close the problem list").click()


def test_a_note_is_written_resized_and_deleted_with_a_card(packing: CanvasPage) -> None:
    canvas = packing
    canvas.button("Fit").click()
    expect(canvas.card("note:why")).to_contain_text("Ask the packers first.")
    canvas.press("n")
    written = canvas.root.get_by_role("textbox", name="Text of the note")
    expect(written).to_be_focused()
    written.fill("Mind the\nlate orders")
    canvas.page.keyboard.press("Escape")
    note = canvas.card("note:note_3")
    expect(note).to_contain_text("late orders")
    canvas.button("Fit").click()
    canvas.select("note:note_3")
    x, y = canvas.middle(note.locator(".ddd-resize"))
    canvas.pull((x, y), (x + 60, y + 30))
    canvas.lab.wait_for_kernel(
        "project.workbench.flow_data('orders/pack').extra['notes'][-1]"
        ".get('size', {}).get('width', 0) > 220",
        "True",
    )
    note.dblclick()
    expect(written).to_be_focused()
    canvas.page.keyboard.press("Escape")
    canvas.select("note:note_3")
    canvas.card("aside").click(modifiers=["Shift"])
    canvas.page.keyboard.press("Delete")
    expect(note).to_have_count(0)
    expect(canvas.card("aside")).to_have_count(0)
    canvas.press("Control+z")
    expect(canvas.card("aside")).to_be_visible()
    expect(note).to_be_visible()


# --- agents and teams ---------------------------------------------------------------------------


@pytest.mark.covers(
    "T11.1", "T11.2", "T11.3", "T11.4", "S04.16", "S04.17", "S04.18", "S04.19", "T13.3"
)
def test_a_team_is_seen_on_the_domain_map(library: CanvasPage) -> None:
    library.go("helpdesk", "System Map", "helpdesk")
    expect(library.card("flow:ask-a-librarian")).to_contain_text("▣⊛ team")
    for agent in ("reading-guide", "account-helper"):
        expect(library.card(f"flow:{agent}")).to_contain_text("▣⊛ agent")
    expect(library.root.locator(".ddd-boundary[data-kind=team]")).to_have_css(
        "border-top-style", "dashed"
    )
    expect(frame(library, "Enquiry team")).to_contain_text("2 agents")
    for memory in ("conversation", "reader (read only)"):
        chips = library.root.get_by_role("list", name="Shared by ⊛ Enquiry team")
        expect(chips).to_contain_text(memory)

    labels = library.root.locator(".ddd-link-label")
    expect(labels.filter(has_text="⊛ supervises")).to_have_count(1)
    expect(labels.filter(has_text="⇄ transfer")).to_have_count(1)
    expect(labels.filter(has_text="⇄ consult")).to_have_count(1)
    lines = library.root.locator(".react-flow__edge")
    led = lines.filter(has_text="Leads the agent").first.locator(".ddd-link")
    passed = lines.filter(has_text="Hands over: transfer").locator(".ddd-link")
    expect(led).to_have_attribute("data-stroke", "double")
    expect(passed).to_have_attribute("data-stroke", "dashed")
    both = lines.filter(has_text="Hands over, and back: consult").locator(".ddd-arrow")
    expect(both, "what is asked comes back").to_have_count(2)

    expect(library.card("gate:ask-a-librarian:librarian_gate")).to_contain_text("Librarian on duty")
    expect(labels.filter(has_text="escalates")).to_have_count(1)
    library.expect_lines("Leads the agent: supervises to Reading guide")
    labels.filter(has_text="⇄ consult").click()
    expect(library.show_panel("Spec")).to_contain_text("Hands over, and back: consult")
    library.button("Fit").click()
    library.card("gate:ask-a-librarian:librarian_gate").dblclick()
    library.expect_place("System Map", "helpdesk", "Ask a librarian")


@pytest.mark.covers(
    "T09.2", "T09.3", "T09.4", "T09.5", "T09.6", "T09.7", "T09.8",
    "S03.2", "S03.3", "S03.4", "S03.5", "S03.6", "S03.7", "T13.2",
)  # fmt: skip
def test_an_agents_sheet_stands_upright_around_its_loop(library: CanvasPage) -> None:
    library.go("helpdesk/reading-guide", "System Map", "helpdesk", "Reading guide")
    readable(library)
    loop = library.card("reading_agent")
    for text in (
        "claude-sonnet",
        "You are the reading guide",
        "reason → select → execute → observe → repeat",
        "search_catalogue",
        "■ recommend",
        "conversation",
    ):
        expect(loop).to_contain_text(text)
    expect(loop.locator(".ddd-tag[data-marked]")).to_have_count(3)
    assert bottom(library.card("input_guard")) <= top(loop)
    assert bottom(loop) <= top(library.card("output_guard"))
    expect(library.card("librarian_gate")).to_contain_text("Answer / Send back")
    library.expect_lines("ask_librarian to Librarian takes over")


@pytest.mark.covers(
    "T10.1", "T10.2", "T10.3", "T10.4", "T10.5",
    "S04.1", "S04.6", "S04.11", "S04.14", "S04.15", "T13.3",
)  # fmt: skip
def test_a_teams_sheet_has_its_boundary_and_blocks(library: CanvasPage) -> None:
    library.go("helpdesk/ask-a-librarian", "System Map", "helpdesk", "Ask a librarian")
    readable(library)
    team = library.root.locator(".ddd-boundary[data-kind=team]")
    expect(team).to_have_css("border-top-style", "dashed")
    head = frame(library, "Enquiry team")
    for text in ("2 agents", "via orchestrator", "1 at a time", "router first"):
        expect(head).to_contain_text(text)
    chips = library.root.get_by_role("list", name="Shared by ⊛ Enquiry team")
    expect(chips).to_contain_text("◈ conversation")
    assert bottom(chips) <= bottom(team)
    leader = library.card("supervisor")
    for text in ("supervisor", "1 reading_guide", "2 account_helper", "steps in"):
        expect(leader).to_contain_text(text)
    router = library.card("find_expert")
    for text in ("books_after_account", "claude-haiku", "librarian_gate", "CB circuit breaker"):
        expect(router).to_contain_text(text)
    expect(library.card("pass_to_reading_guide")).to_contain_text("transfer → helpdesk/reading-g")
    expect(library.card("ask_account_helper")).to_contain_text("consult → helpdesk/account-h")
    for card in (leader, router, library.card("ask_account_helper")):
        assert top(team) < top(card) < bottom(card) < bottom(team)


def readable(canvas: CanvasPage) -> None:
    """Zoom in until cards show what they hold."""
    for _ in range(4):
        if canvas.root.locator(".ddd-card[data-plain]").count() == 0:
            return
        canvas.button("Zoom in").click()
