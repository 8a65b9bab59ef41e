"""A cell that shows a run: it follows what happens in the terminal, and says what to do next."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.lab import Lab
from tests.browser.server import JupyterServer
from tests.browser.timeouts import Timeouts, ms
from tests.lab.conftest import CODE, FLOW, OTHER, TEST, WORK, design_below

GUIDE = Path(__file__).parents[2] / "docs/building.md"


def test_the_lines_of_the_guide_show_the_terminal_that_wants_an_answer(
    lab: Lab, lab_server: JupyterServer
) -> None:
    design = design_below(lab_server)
    begin, *work = WORK
    design.script(begin, {"tell": "Notification"}, {"until": ".go"}, *work)
    block = GUIDE.read_text().partition("```python\n")[2].partition("```")[0]
    lines = block.replace("users/user-register", FLOW).replace("src/users/register.py", CODE)
    lab.open_notebook(
        f"{design.root.parent.name}/guide",
        [
            f"import ddd_lab as ddd\nproject = ddd.open({str(design.root)!r})",
            *lines.splitlines(),
            "run.state, project.workbench.sync.flow(run.flows[0]).state",
        ],
    )
    lab.start_all()
    expect(lab.page.locator(".jp-Terminal")).to_be_visible(timeout=ms(Timeouts.KERNEL))
    shown = lab.page.get_by_role("group", name=f"Run of {FLOW}")
    expect(shown.get_by_role("status")).to_contain_text("Waits for you")
    (design.root / ".go").touch()
    expect(lab.output(5)).to_contain_text("('done', 'in_sync')", timeout=ms(Timeouts.KERNEL))
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("1 passed")


def test_a_queue_shows_itself_and_each_terminal_as_its_turn_comes(
    lab: Lab, lab_server: JupyterServer
) -> None:
    design = design_below(lab_server)
    design.settings(testing={"auto_run": False})
    lab.open_notebook(
        f"{design.root.parent.name}/queue",
        [
            f"import ddd_lab as ddd\nproject = ddd.open({str(design.root)!r})",
            f"queue = project.queue({FLOW!r}, {OTHER!r})",
        ],
    )
    lab.run_all()
    shown = lab.output(1).get_by_role("group", name="Queue")
    status, items = shown.get_by_role("status"), shown.get_by_role("listitem")
    first, second = items.nth(0), items.nth(1)
    expect(status).to_contain_text("Running")
    expect(second).to_have_text(f"{OTHER}: waiting")
    terminals = lab.page.locator(".jp-Terminal")
    expect(terminals).to_have_count(1, timeout=ms(Timeouts.KERNEL))
    expect(first).to_contain_text("confirm which files belong to it")
    expect(first.get_by_role("link", name=re.compile("Open the terminal"))).to_be_visible()
    lab.screenshot("live-queue")
    lab.kernel_eval("project.runs[0].confirm()")
    expect(terminals).to_have_count(2, timeout=ms(Timeouts.KERNEL))
    expect(first).to_have_text(f"{FLOW}: done (its files are confirmed)")
    expect(second).to_contain_text("confirm which files belong to it")
    lab.kernel_eval("queue.pause()")
    expect(status).to_contain_text("Paused you paused it")
    assert lab.axe(shown) == []


def test_a_cell_follows_a_run_until_its_files_are_confirmed(
    lab: Lab, lab_server: JupyterServer
) -> None:
    design = design_below(lab_server)
    begin, *work = WORK
    design.script(begin, {"until": ".ask"}, {"tell": "Notification"}, {"until": ".go"}, *work)
    lab.open_notebook(
        f"{design.root.parent.name}/run",
        [
            f"import ddd_lab as ddd\nproject = ddd.open({str(design.root)!r})",
            f"run = project.implement({FLOW!r})\nrun",
        ],
    )
    lab.run_all()
    shown = lab.output(1).get_by_role("group", name=f"Run of {FLOW}")
    status = shown.get_by_role("status")
    expect(status).to_contain_text("At work")
    link = shown.get_by_role("link", name=re.compile("Open the terminal"))
    (terminal,) = [one["name"] for one in lab_server.api("terminals")]
    expect(link).to_have_attribute("href", re.compile(f"/terminals/{terminal}$"))
    # It stands beside the notebook at once; the link brings it back.
    beside = lab.page.locator(".jp-Terminal")
    expect(beside).to_be_visible()
    expect(lab.cell(1)).to_be_visible()
    lab.command("application:close")
    expect(beside).to_have_count(0)
    link.click()
    expect(beside).to_be_visible()
    (design.root / ".ask").touch()
    expect(status).to_contain_text("Waits for you")
    lab.screenshot("live-run-waits")
    (design.root / ".go").touch()
    expect(status).to_contain_text("Done")
    expect(shown.get_by_role("listitem")).to_have_text([CODE, TEST, "Addition: a log line"])
    expect(shown).to_contain_text("run.confirm()")
    lab.kernel_eval("run.confirm()")
    expect(shown).to_contain_text("1 passed")
    expect(shown).not_to_contain_text("run.confirm()")
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        lab.set_theme(theme)
        assert lab.axe(shown) == []
        lab.screenshot(f"live-run-{theme.rpartition(' ')[2].lower()}")
    lab.kernel_eval("run.stop()")
    expect(link).to_have_count(0)
