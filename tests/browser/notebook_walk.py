"""Notebook 7: the canvas in a cell. `make test-matrix` runs it, where Notebook 7 is installed."""

from __future__ import annotations

import json

import nbformat
from playwright.sync_api import Browser, expect

from tests.browser.canvas_page import OPEN
from tests.browser.server import JupyterServer
from tests.browser.timeouts import Timeouts, ms
from tests.canvas.shop import write_shop


def test_a_cell_shows_a_canvas_that_edits(browser: Browser, lab_server: JupyterServer) -> None:
    write_shop(lab_server.root / "shop")
    notebook = nbformat.v4.new_notebook(  # type: ignore[no-untyped-call] # it has no types
        cells=[
            nbformat.v4.new_code_cell(OPEN.format(path="shop", at="orders/place-order")),  # type: ignore[no-untyped-call]
            nbformat.v4.new_code_cell("sorted(project.dirty)"),  # type: ignore[no-untyped-call]
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    (lab_server.root / "walk.ipynb").write_text(json.dumps(notebook), "utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(error.stack or str(error)))
        address = f"{lab_server.url}/notebooks/walk.ipynb?token={lab_server.token}"
        page.goto(address, timeout=ms(Timeouts.LAB_LOADED))
        cells = page.locator(".jp-NotebookPanel .jp-CodeCell")
        cells.first.locator(".cm-content").click(timeout=ms(Timeouts.LAB_LOADED))
        page.keyboard.press("Shift+Enter")
        canvas = cells.first.get_by_role("region", name="DDD Lab canvas")
        card = canvas.locator('.react-flow__node[data-card-id="basket"]')
        card.click(timeout=ms(Timeouts.LAB_LOADED))
        label = canvas.get_by_role("textbox", name="Label")
        label.fill("What they buy")
        label.press("Enter")
        expect(card).to_contain_text("What they buy")
        cells.nth(1).locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        expect(cells.nth(1).locator(".jp-OutputArea-output")).to_contain_text("place-order.yaml")
        # Notebook 7.6 has one of its own when it loads its settings, with and without us.
        assert [error for error in errors if "/static/notebook/" not in error] == []
