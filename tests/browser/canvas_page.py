"""The canvas in JupyterLab, as a person's hands and eyes meet it."""

from __future__ import annotations

import json

from playwright.sync_api import FloatRect, Locator, expect

from tests.browser.forms import called
from tests.browser.lab import THEMES, Lab
from tests.browser.viewport import wait_for_board

OPEN = """\
import ddd_lab as ddd

project = ddd.open({path!r})
canvas = project.canvas({at!r})
canvas
"""

ATTEMPT = """
def attempt(code):
    try:
        return eval(code)
    except (KeyError, AttributeError, IndexError):
        return None
"""


class CanvasPage:
    """A canvas in an open notebook.

    Attributes:
        lab: the JupyterLab page.
        root: the widget's outermost element.
    """

    def __init__(self, lab: Lab, root: Locator) -> None:
        self.lab = lab
        self.page = lab.page
        self.root = root

    @classmethod
    def open(cls, lab: Lab, name: str, path: str, at: str = "", *cells: str) -> CanvasPage:
        """Open a notebook whose first cell shows a project on a canvas.

        Args:
            lab: a JupyterLab page.
            name: of the notebook, below the server's root.
            path: of the project, as the notebook says it.
            at: where the canvas starts.
            cells: further cells of the notebook.
        """
        lab.open_notebook(name, [OPEN.format(path=path, at=at), *cells])
        lab.run_cell(0)
        canvas = cls(lab, lab.output(0).get_by_role("region", name="DDD Lab canvas"))
        wait_for_board(canvas.root)
        canvas.hide_files()
        lab.kernel_eval(ATTEMPT)
        return canvas

    def hide_files(self) -> None:
        """Close JupyterLab's left sidebar, to give the notebook its width."""
        self.lab.command("filebrowser:hide-main")

    # --- what is there -----------------------------------------------------------------------

    def card(self, id: str) -> Locator:
        """A card on the drawing."""
        return self.root.locator(f'.react-flow__node[data-card-id="{id}"]')

    def port(self, card: str, output: str) -> Locator:
        """An output of a card."""
        return self.card(card).locator(f"[data-port={json.dumps(output, ensure_ascii=False)}]")

    @property
    def crumbs(self) -> list[str]:
        """The titles of the breadcrumb."""
        return (
            self.root.get_by_role("navigation", name="Breadcrumb")
            .get_by_role("listitem")
            .all_text_contents()
        )

    def button(self, name: str) -> Locator:
        """A button of the widget, by its accessible name."""
        return self.root.get_by_role("button", name=name, exact=True)

    @property
    def saving(self) -> Locator:
        """The words that say whether all is saved."""
        return self.root.locator(".ddd-saving").get_by_role("status")

    @property
    def panel(self) -> Locator:
        """The spec panel."""
        return self.root.get_by_role("region", name="Spec panel")

    def expect_place(self, *titles: str) -> None:
        """Wait until the breadcrumb says this."""
        crumbs = self.root.get_by_role("navigation", name="Breadcrumb").get_by_role("listitem")
        expect(crumbs).to_have_text(list(titles))

    def expect_lines(self, *lines: str) -> None:
        """Wait until the outline lists these lines, such as ``valid to In stock?``."""
        for line in lines:
            expect(self.outline.get_by_role("button", name=line, exact=True)).to_have_count(1)

    @property
    def outline(self) -> Locator:
        """The list of everything on the board."""
        return self.root.get_by_role("region", name="Outline")

    def expect_python(self, code: str, expected: object) -> None:
        """Wait until an expression in the kernel has a value; what is not there yet is None."""
        self.lab.wait_for_kernel(f"attempt({code!r})", repr(expected))

    # --- what hands do -----------------------------------------------------------------------

    def go(self, at: str, *titles: str) -> None:
        """Go somewhere from the notebook, and show all that is there.

        Args:
            at: the place.
            titles: what the breadcrumb says there.
        """
        self.lab.kernel_eval(f"canvas.at = {at!r}")
        self.expect_place(*titles)
        self.button("Fit").click()

    def focus(self) -> None:
        """Give the canvas the keyboard, without touching a card."""
        self.root.evaluate("root => root.focus({preventScroll: true})")

    def press(self, key: str) -> None:
        """Press a key while the canvas has the focus."""
        self.focus()
        self.page.keyboard.press(key)

    def select(self, id: str) -> Locator:
        """Click a card; returns the spec panel, which shows it then."""
        self.card(id).click(position={"x": 60, "y": 8})
        return self.show_panel("Spec")

    def show_panel(self, tab: str) -> Locator:
        """Open the dock and one of its panels."""
        dock = self.root.locator(".ddd-dock .ddd-tab").get_by_text(tab, exact=True)
        if not dock.is_visible():
            wide = self.button("Spec") if tab == "Spec" else self.button(f"{tab} panel")
            narrow = self.button("Panels")
            opener = narrow if narrow.is_visible() else wide
            if opener.is_visible() and opener.get_attribute("aria-pressed") != "true":
                opener.click()
        if dock.is_visible():
            dock.click()
        name = "Spec panel" if tab == "Spec" else tab
        panel = self.root.get_by_role("region", name=name)
        panel.wait_for()
        return panel

    def drag(self, id: str, dx: float, dy: float) -> None:
        """Drag a card by some pixels of the screen."""
        x, y = self.middle(self.card(id))
        self.pull((x, y), (x + dx, y + dy))

    def connect(self, source: str, output: str, target: str) -> None:
        """Draw a line from an output of a card to another card."""
        self.pull(self.middle(self.port(source, output)), self.middle(self.card(target)))

    def place(self, title: str, x: float, y: float) -> None:
        """Drag a type of node from the palette to a point of the drawing.

        Args:
            title: what the palette calls it.
            x, y: pixels from the drawing's top left corner.
        """
        self.show_panel("Palette")
        entry = self.palette_entry(title)
        entry.scroll_into_view_if_needed()
        entry.drag_to(self.root.locator(".react-flow__pane"), target_position={"x": x, "y": y})

    def palette_entry(self, title: str) -> Locator:
        """An entry of the palette."""
        palette = self.root.get_by_role("region", name="Palette")
        return palette.get_by_role("button", name=title, exact=True)

    def pull(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press, move and let go, the way a hand does."""
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        mouse.move(start[0] + 4, start[1] + 4)
        mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=2)
        mouse.move(*end, steps=2)
        mouse.up()

    def middle(self, thing: Locator) -> tuple[float, float]:
        """The middle of something on the screen."""
        box: FloatRect | None = thing.bounding_box()
        assert box is not None, f"{thing} is not on the screen"
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def field(self, name: str) -> Locator:
        """A field of the spec panel, by its key."""
        return self.panel.get_by_label(called(name))

    def fill(self, field: str, text: str) -> None:
        """Type into a field of the spec panel and leave it."""
        box = self.field(field)
        box.fill(text)
        box.press("Enter")

    def yaml(self, id: str) -> Locator:
        """The lines of a card in the text editor, which is there once it is loaded."""
        self.panel.get_by_role("tab", name="YAML").click()
        text = self.panel.get_by_role("textbox", name=f"YAML of {id}")
        expect(text.locator(".cm-line").first).to_be_attached()
        return text

    def yaml_text(self, id: str) -> str:
        """What the text editor holds."""
        return "\n".join(self.yaml(id).locator(".cm-line").all_text_contents())

    def save(self) -> None:
        """Press Save and wait until all is saved."""
        self.button("Save").click()
        expect(self.saving).to_have_text("Saved")

    def axe(self) -> list[str]:
        """What is not accessible in the widget."""
        return self.lab.axe(self.root)

    def axe_in_themes(self, part: Locator | None = None) -> list[str]:
        """What is not accessible in the widget, or a part of it, in dark and in light."""
        found: list[str] = []
        for theme in reversed(THEMES):
            self.lab.set_theme(theme)
            found += self.lab.axe(part or self.root)
        return found
