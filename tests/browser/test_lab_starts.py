"""The ground that all other browser tests stand on: a real JupyterLab, and what looks into it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenLab
from tests.browser.lab import Lab

BUTTON = "from IPython.display import HTML\nHTML('<button></button>')"


def test_axe_reports_what_is_not_accessible(lab: Lab) -> None:
    lab.open_notebook("button", [BUTTON])
    lab.run_all()
    button = lab.output(0).get_by_role("button")

    rules = [line.partition(":")[0] for line in lab.axe(lab.output(0))]
    assert rules == ["button-name", "smaller than 24 px"]

    button.evaluate("button => { button.append('Count'); button.style.minHeight = '24px'; }")
    assert lab.axe(lab.output(0)) == []


def test_an_error_in_the_kernel_is_an_error_of_the_test(lab: Lab) -> None:
    lab.open_notebook("error", ["1"])
    with pytest.raises(AssertionError, match="NameError"):
        lab.kernel_eval("there_is_no_such_name")


def test_a_page_is_empty_for_the_next_test(open_lab: OpenLab) -> None:
    with open_lab() as before:
        before.open_notebook("before", ["left = 1"])
        before.run_all()
        before.set_theme("JupyterLab Dark")
        before.command("filebrowser:hide-main")
    with open_lab() as lab:
        lab.open_notebook("after", ["x = 1", "print('x is', x)"])
        lab.run_all()

        expect(lab.output(1)).to_contain_text("x is 1")
        expect(lab.page.locator(".jp-NotebookPanel")).to_have_count(1)
        expect(lab.page.locator("body")).to_have_attribute("data-jp-theme-name", "JupyterLab Light")
        expect(lab.page.locator("#filebrowser")).to_be_visible()
        assert lab.kernel_eval("'left' in globals()") == "False"
        assert lab.errors == []
