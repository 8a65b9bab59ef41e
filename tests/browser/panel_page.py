"""The Implementation panel in JupyterLab, as a person's hands and eyes meet it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.canvas_page import CanvasPage
from tests.browser.lab import Lab
from tests.browser.timeouts import Timeouts, ms
from tests.lab.conftest import Design, call, wait_for

TOGGLE = "Control+Alt+i"


class PanelPage:
    """The panel beside a notebook that lies in a design.

    Attributes:
        lab: the JupyterLab page.
        design: the project that the panel shows.
        root: the panel's outermost element.
    """

    def __init__(self, lab: Lab, design: Design) -> None:
        self.lab = lab
        self.page = lab.page
        self.design = design
        self.root = lab.page.get_by_role("region", name="Implementation", exact=True)

    @classmethod
    def beside_notebook(cls, lab: Lab, design: Design) -> PanelPage:
        """Open a notebook of a design, then the panel by its key."""
        panel = cls(lab, design)
        lab.open_notebook(f"{panel._known_folder()}/work", ["1 + 1"])
        panel._show()
        return panel

    @classmethod
    def beside_spec(cls, lab: Lab, design: Design) -> PanelPage:
        """Open a file of a design, then the panel by its key: no kernel has to start."""
        panel = cls(lab, design)
        lab.open_file(f"{panel._known_folder()}/specs/config.yaml")
        panel._show()
        return panel

    @classmethod
    def beside_canvas(cls, lab: Lab, design: Design, at: str) -> tuple[PanelPage, CanvasPage]:
        """Open a notebook with a design on a canvas, then the panel by its key."""
        panel = cls(lab, design)
        canvas = CanvasPage.open(lab, f"{panel._known_folder()}/work", str(design.root), at)
        panel._show()
        return panel, canvas

    def _known_folder(self) -> Path:
        """The design's folder below the server's, as soon as the server has found it."""
        folder = self.design.root.relative_to(self.lab.root)

        def is_known() -> bool:
            projects = call(self.design.server, "projects").body["projects"]
            return folder.as_posix() in [project["path"] for project in projects]

        wait_for(is_known)
        return folder

    def _show(self) -> None:
        self.toggle()
        shown = self.root.get_by_title(str(self.design.root))
        expect(shown).to_be_visible(timeout=ms(Timeouts.KERNEL))  # it asks the server first

    def toggle(self) -> None:
        """Press the panel's key."""
        self.page.keyboard.press(TOGGLE)

    def tab(self, name: str) -> None:
        """Go to one of the panel's parts."""
        self.root.get_by_role("tab", name=name, exact=True).click()

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press the one button of this name."""
        self.button(name).click()

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """A button by its whole name."""
        return self.root.get_by_role("button", name=name, exact=isinstance(name, str))

    def group(self, title: str) -> Locator:
        """The flows that stand alike."""
        return self.root.get_by_role("region", name=re.compile(f"^{title} "))

    def flow(self, key: str) -> Locator:
        """A flow in the list."""
        return self.root.locator(f'[data-flow="{key}"]')

    def build(self, key: str) -> None:
        """Click a flow, which builds its prompt."""
        self.press(f"{key}: build the prompt")
        expect(self.prompt(key)).to_be_visible()

    def prompt(self, about: str) -> Locator:
        """The text of a prompt that is ready."""
        return self.root.get_by_role("region", name=f"Prompt for {about}")

    def expect_said(self, where: Locator, words: str | re.Pattern[str]) -> None:
        """Wait until a part says something that a program has to run for."""
        expect(where).to_contain_text(words, timeout=ms(Timeouts.KERNEL))

    @property
    def run_state(self) -> Locator:
        """How the run that is shown stands."""
        return self.root.get_by_role("region", name="How the run stands")

    @property
    def said(self) -> Locator:
        """What is said to those who do not see it."""
        return self.root.get_by_role("status")

    @property
    def terminal(self) -> Locator:
        """The terminal that stands open."""
        return self.page.locator(".jp-Terminal")

    def overflow(self) -> list[str]:
        """What stands out of the panel at its right side."""
        found: list[str] = self.root.evaluate(
            """panel => [...panel.querySelectorAll("*")]
                .filter(one => one.getBoundingClientRect().right
                    > panel.getBoundingClientRect().right + 1)
                .map(one => one.outerHTML.slice(0, 120))"""
        )
        return found
