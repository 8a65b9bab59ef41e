"""A flow from nothing to a saved file with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.bare import bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.canvas.shop import write_shop

KEY = "billing/return-goods"
FILE = "specs/domains/billing/flows/return-goods.yaml"
FLOW = f"project.flows[{KEY!r}]"

STOP = """() => {
    const stop = document.activeElement;
    const {outlineStyle, outlineWidth} = getComputedStyle(stop);
    window.before = stop;
    return {
        name: stop.dataset.cardId || stop.getAttribute("aria-label")
            || stop.labels?.[0]?.textContent || stop.textContent,
        hidden: stop.matches(":focus-visible") && outlineStyle !== "none"
            && parseFloat(outlineWidth) > 0 ? "" : stop.outerHTML.slice(0, 120),
    };
}"""
"""Where the focus is: what it is called, and what it is where the focus cannot be seen on it."""


class Keyboard:
    """What fingers do, and what the eyes that follow the focus see."""

    def __init__(self, canvas: CanvasPage) -> None:
        self.canvas = canvas
        self.press: Callable[[str], None] = canvas.page.keyboard.press
        self.type: Callable[[str], None] = canvas.page.keyboard.type

    def tab_to(self, goal: str | Locator, key: str = "Tab") -> None:
        """Go on with the Tab key until something has the focus, which can be seen all the way.

        Args:
            goal: where to, or what it is called.
            key: ``Shift+Tab`` goes back.
        """
        page = self.canvas.page
        passed: list[str] = []
        page.evaluate(STOP)
        for _ in range(120):
            self.press(key)
            page.wait_for_function("() => document.activeElement !== window.before")
            stop = page.evaluate(STOP)
            passed.append(stop["name"])
            assert not stop["hidden"], f"after {passed} one cannot see the focus on {stop}"
            if isinstance(goal, str):
                if stop["name"] == goal:
                    return
            elif goal.evaluate("goal => goal === document.activeElement"):
                return
        raise AssertionError(f"the Tab key does not lead to {goal!r}, only to {passed}")

    def to_tool(self, name: str) -> None:
        """Go to a button of the toolbar, which is one stop of the Tab key."""
        self.tab_to("Save")
        for _ in range(30):
            if self.canvas.page.evaluate(STOP)["name"] == name:
                return
            self.press("ArrowRight")
        raise AssertionError(f"the arrow keys do not lead to {name!r}")

    def to_card(self, id: str) -> None:
        """Go to a card of the drawing."""
        self.canvas.focus()
        self.press("f")
        expect(self.canvas.card(id)).to_have_count(1)
        self.tab_to(id)

    def add(self, title: str, label: str, id: str) -> None:
        """Add a node after the focused one, and write its label."""
        self.press("a")
        expect(self.canvas.root.get_by_role("combobox", name="Type of the card")).to_be_focused()
        self.type(title)
        self.press("Enter")
        expect(self.canvas.root.get_by_role("textbox", name="Label of the card")).to_be_focused()
        self.type(label)
        self.press("Enter")
        expect(self.canvas.card(id)).to_be_focused()

    def connect(self, source: str, output: str, target: str) -> None:
        """Draw a line by way of the dialog."""
        self.to_card(source)
        self.press("c")
        dialog = self.canvas.root.get_by_role("dialog")
        expect(dialog.get_by_label("Output")).to_be_focused()
        if output:
            self.type(output)
        self.press("Tab")
        self.type(target)
        self.press("Enter")
        expect(dialog).to_have_count(0)


@pytest.fixture(scope="module")
def canvas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CanvasPage]:
    root = write_shop(tmp_path_factory.mktemp("keyboard") / "shop")
    with bare_canvas(browser, root, "billing") as canvas:
        yield canvas


@pytest.mark.covers("T04.1", "T05.2", "T06.3", "T07.2", "T12.1")
def test_a_whole_flow_is_made_edited_and_saved_with_the_keyboard_alone(canvas: CanvasPage) -> None:
    keys = Keyboard(canvas)
    canvas.focus()
    make_flow(keys)
    add_and_fill_nodes(keys)
    connect_them(keys)
    move_and_align(keys)
    copy_and_take_back(keys)
    save(keys)


def make_flow(keys: Keyboard) -> None:
    """By the dialog, in the domain that is shown."""
    keys.to_tool("New flow")
    keys.press("Enter")
    expect(keys.canvas.root.get_by_role("dialog").get_by_label("Name")).to_be_focused()
    keys.type("Return goods")
    keys.press("Enter")
    keys.canvas.expect_python(f"{KEY!r} in project.flows", True)
    keys.canvas.expect_place("System Map", "billing", "Return goods")
    keys.canvas.expect_python(f"list({FLOW}.nodes)", ["done"])


def add_and_fill_nodes(keys: Keyboard) -> None:
    """From the search of types, and in the spec panel."""
    canvas = keys.canvas
    keys.to_card("trigger")
    keys.add("Decision", "Intact?", "intact")
    keys.press("Enter")
    expect(canvas.field("label")).to_be_focused()
    keys.press("Control+a")
    keys.type("Is it intact?")
    keys.press("Enter")
    canvas.expect_python(f"{FLOW}.nodes['intact'].label", "Is it intact?")
    keys.tab_to(canvas.field("id"))
    keys.press("Control+a")
    keys.type("whole")
    # Fast fingers: the new name is on its way while the focus goes on.
    keys.press("Enter")
    keys.tab_to(canvas.field("condition"))
    canvas.expect_python(f"'whole' in {FLOW}.nodes", True)
    expect(canvas.field("condition")).to_be_focused()
    keys.type("$.state == 'ok'")
    keys.press("Tab")
    canvas.expect_python(f"{FLOW}.nodes['whole'].spec.condition", "$.state == 'ok'")
    keys.press("Escape")
    expect(canvas.card("whole")).to_be_focused()
    keys.add("Terminal", "", "terminal")


def connect_them(keys: Keyboard) -> None:
    """New cards are connected already; the dialog draws another line."""
    nodes = f"{FLOW}.nodes['whole'].connections"
    keys.canvas.expect_python(nodes, {"true": ["done"], "false": ["terminal"]})
    keys.connect("whole", "false", "done")
    keys.canvas.expect_python(nodes, {"true": ["done"], "false": ["terminal", "done"]})
    keys.canvas.expect_lines("true to Done")


def move_and_align(keys: Keyboard) -> None:
    """With arrows; and several at once, chosen with the space bar."""
    canvas = keys.canvas
    keys.to_card("terminal")
    keys.press("Shift+ArrowDown")
    keys.press("ArrowRight")
    canvas.expect_python("project.workbench.history.undo_label", "move terminal")
    keys.press("Space")
    keys.to_card("done")
    keys.press("Space")
    expect(canvas.panel).to_contain_text("2 cards selected")
    expect(canvas.outline.get_by_role("button", pressed=True)).to_have_count(2)
    keys.tab_to("Align left")
    keys.press("Enter")
    same = f"len({{{FLOW}.nodes[id].position[0] for id in ('done', 'terminal')}})"
    canvas.expect_python(same, 1)


def copy_and_take_back(keys: Keyboard) -> None:
    """What was too much goes away again, and again."""
    canvas = keys.canvas
    count = f"len({FLOW}.nodes)"
    canvas.focus()
    keys.press("Control+c")
    expect(canvas.root.get_by_role("status").get_by_text("Copied 2 cards.")).to_be_visible()
    keys.press("Control+v")
    canvas.expect_python("project.workbench.history.undo_label", "paste 2 nodes")
    expect(canvas.card("done_2")).to_be_focused()
    keys.press("Delete")
    canvas.expect_python(count, 3)
    keys.press("Control+z")
    canvas.expect_python(count, 5)
    keys.press("Control+z")
    canvas.expect_python(count, 3)
    keys.press("?")
    expect(canvas.root.get_by_role("dialog", name="Keys")).to_be_visible()
    keys.press("Escape")


def save(keys: Keyboard) -> None:
    """The file says what the screen says."""
    canvas = keys.canvas
    keys.press("Control+s")
    expect(canvas.saving).to_have_text("Saved")
    file = Path(canvas.lab.root, "shop", FILE)
    assert "label: Is it intact?" in file.read_text("utf-8")
    canvas.lab.kernel_eval(f"again = ddd.open(project.root, watch=False).flows[{KEY!r}]")
    assert canvas.lab.kernel_eval(f"again.data == {FLOW}.data") == "True"
    expect(canvas.outline.locator("button.ddd-item:not(.ddd-item-link)")).to_have_count(4)
    canvas.press("Control+a")
    keys.press("Escape")
    canvas.expect_place("System Map", "billing", "Return goods")
    keys.press("Escape")
    canvas.expect_place("System Map", "billing")
