"""An answer of a model in a cell: it streams, can be stopped, and what it proposes is taken."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from tests.assist.sample import copied_sample
from tests.browser.lab import Lab
from tests.browser.timeouts import Timeouts, ms

FLOW = "lending/return-item"
NOTE = {"op": "add_note", "flow": FLOW, "text": "A slip is printed."}
CHANGE = {"op": "change_node", "flow": FLOW, "node": "find_loan", "label": "Look for the loan"}
ANSWER = json.dumps({"say": "A note helps.", "edits": [NOTE, CHANGE]})
LONG = json.dumps({"say": "Much is to be said. " * 5000, "edits": [NOTE]})


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(
        [
            ScriptedReply(LONG, when="go on and on", pause=0.02),
            ScriptedReply(ANSWER, when="a slip"),
        ]
    ) as server:
        yield server


def test_a_cell_shows_an_answer_while_it_comes_and_the_next_cell_takes_it(
    lab: Lab, server: ScriptedServer
) -> None:
    root = copied_sample(lab.root / "answers").root
    (root / ".ddd").mkdir()
    (root / ".ddd/config.yaml").write_text(server.config(), "utf-8")
    opening = f"import ddd_lab as ddd\nproject = ddd.open({str(root)!r})"
    lab.open_notebook(
        "answers/answers",
        [
            opening,
            f"long = project.assist.ask('go on and on', at={FLOW!r})",
            f"answer = project.assist.ask('Say that a slip is printed', at={FLOW!r})",
            "answer.apply().words",
            f"again = project.assist.ask('go on and on', at={FLOW!r})",
            f"{opening}\nanswer = project.assist.ask('Say that a slip is printed', at={FLOW!r})",
        ],
    )
    # It streams, and Stop ends it.
    lab.run_cell(0)
    lab.run_cell(1)
    shown = lab.output(1).get_by_role("group", name="Answer to go on and on")
    status = shown.get_by_role("status")
    expect(shown).to_contain_text("Much is to be said.", timeout=ms(Timeouts.KERNEL))
    expect(status).to_contain_text("Answering")
    assert lab.axe(shown) == []
    shown.get_by_role("button", name="Stop").click()
    expect(status).to_contain_text("Stopped")
    expect(shown.get_by_role("button", name="Stop")).to_be_hidden()
    assert server.wait_for(server.requests[-1].closed.is_set)

    # What it proposes is drawn and listed, in both themes; the next cell takes it.
    lab.run_cell(2)
    shown = lab.output(2).get_by_role("group", name="Answer to Say that a slip is printed")
    expect(shown.get_by_role("status")).to_contain_text("Done", timeout=ms(Timeouts.KERNEL))
    expect(shown).to_contain_text("A note helps.")
    expect(shown.get_by_role("listitem")).to_contain_text(["1. + Add a note", "2. ~ Change"])
    expect(shown).to_contain_text("scripted-claude")
    picture = shown.get_by_role("img", name=f"{FLOW} with what is proposed")
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        lab.set_theme(theme)
        expect(picture).to_be_visible()
        assert lab.axe(shown) == []
        picture.scroll_into_view_if_needed()
        lab.screenshot(f"answer-{theme.rpartition(' ')[2].lower()}")
    lab.run_cell(3)
    expect(lab.output(3)).to_contain_text("2 of 2")
    expect(shown).to_contain_text("This was applied.")
    label = f"project.flows[{FLOW!r}].nodes['find_loan'].label"
    assert lab.kernel_eval(label) == "'Look for the loan'"
    lab.kernel_eval("project.undo()")
    assert lab.kernel_eval(label) == "'Find the open loan'"

    # A kernel that ends in mid-answer leaves nothing behind, and a new one answers.
    lab.run_cell(4)
    shown = lab.output(4).get_by_role("group", name="Answer to go on and on")
    expect(shown).to_contain_text("Much is to be said.", timeout=ms(Timeouts.KERNEL))
    lab.restart_kernel()
    assert server.wait_for(server.requests[-1].closed.is_set, Timeouts.EFFECT)
    lab.run_cell(5)
    shown = lab.output(5).get_by_role("group", name="Answer to Say that a slip is printed")
    expect(shown.get_by_role("status")).to_contain_text("Done", timeout=ms(Timeouts.KERNEL))
    for index in range(6):
        expect(lab.output(index)).not_to_contain_text("Traceback")
