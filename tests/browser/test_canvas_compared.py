"""On the canvas itself one sees what differs from the last commit, and goes on editing."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.bare import bare_canvas
from tests.git.repository import committed_shop

MARK = "Mark changes since the last commit"


def test_changes_since_the_last_commit_are_marked_while_one_edits(
    browser: Browser, tmp_path: Path
) -> None:
    root = committed_shop(tmp_path / "shop")
    with bare_canvas(browser, root, "orders/place-order") as canvas:
        lab = canvas.lab
        lab.kernel_eval(
            "flow = project.flows['orders/place-order']\n"
            "flow.nodes['in_stock'].label = 'Enough left?'\n"
            "flow.remove_node('refused')\n"
            "flow.add_node('event', id='tell', label='Tell the shop')\n"
            "flow.connect('charge', 'tell', 'failure')"
        )
        canvas.button("Design").press("Enter")
        canvas.root.get_by_role("menuitem", name=MARK).press("Enter")
        banner = canvas.root.get_by_role("status").filter(has_text="Compared with")
        expect(banner).to_contain_text(
            "the last commit: 1 card added, 1 changed, 1 removed; 1 edge added, 3 removed."
        )
        for id, word in (("tell", "added"), ("in_stock", "changed"), ("refused", "removed")):
            words = re.compile(f"{word} since the last commit")
            expect(canvas.card(id)).to_have_attribute("aria-label", words)
        expect(canvas.card("in_stock")).to_contain_text("“Is it in stock?” → “Enough left?”")
        lab.set_theme("JupyterLab Dark")
        assert canvas.axe() == []

        # What was added is edited as ever; what went is only looked at.
        canvas.drag("tell", 40, 30)
        lab.wait_for_kernel("flow.nodes['tell'].position is None", "False")
        expect(canvas.select("tell")).to_contain_text("Tell the shop")
        place = canvas.card("refused").get_attribute("style")
        canvas.drag("refused", 40, 30)
        expect(canvas.card("tell")).to_have_class(re.compile("selected"))
        assert canvas.card("refused").get_attribute("style") == place

        canvas.button("Undo").click()
        banner.get_by_role("button", name="Stop").press("Enter")
        expect(banner).to_have_count(0)
        expect(canvas.card("refused")).to_have_count(0)
        canvas.button("Design").press("Enter")
        expect(canvas.root.get_by_role("menuitem", name=MARK)).to_be_visible()
