"""A design in a tab of JupyterLab: the canvas without a notebook, on a kernel of its own."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.lab import Lab
from tests.canvas.shop import write_shop


def test_a_design_opens_in_a_tab(lab: Lab) -> None:
    root = write_shop(lab.root / "tabs" / "shop")
    tab = lab.open_design(root)
    expect(tab.get_by_text("billing").first).to_be_visible()
    lab.screenshot("tab")
