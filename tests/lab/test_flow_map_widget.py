"""The map of all flows as a widget: what Python answers, with and without a browser."""

from pathlib import Path
from typing import Any

import pytest

import ddd_lab as ddd
from tests.cli.program import SAMPLE


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that asks a widget as the browser does."""
    project = ddd.open(SAMPLE, watch=False)
    opened: list[str] = []
    widget = project.flow_map().widget(on_open=opened.append)
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(widget, "send", sent.append)

    def ask(what: str, **args: str) -> dict[str, Any]:
        widget._handle_custom_msg({"id": 7, "ask": what, "args": args}, [])
        return sent[-1]

    return ask, widget, opened


def test_the_browser_gets_the_graph_as_plain_data_in_one_message(asked: Any) -> None:
    ask, widget, opened = asked

    answer = ask("flow-map")
    assert answer["id"] == 7
    assert len(answer["answer"]["flows"]) == 20
    assert widget.cytoscape.graph.nodes == [], "no widget for each node"
    assert ask("flow-map/trace", flow="lending/return-item")["answer"]["flows"].keys() > {
        "notices/send-notice"
    }
    assert ask("flow-map/marks", by="tests")["answer"] == {"by": "tests", "marks": {}}
    assert ask("svg", theme="dark")["answer"].startswith("<svg")
    ask("open", at="vans/scan-crate")
    assert (widget.opened, opened) == ("vans/scan-crate", ["vans/scan-crate"])


def test_what_it_cannot_do_is_said_in_words(asked: Any) -> None:
    ask, _, _ = asked

    assert "did you mean" in ask("flow-map/trace", flow="lending/return")["refusal"]
    assert "cannot be asked 'more'" in ask("more")["refusal"]
    assert "by" in ask("flow-map/marks", by="colour")["refusal"]
    with pytest.raises(KeyError, match="did you mean"):
        ddd.open(SAMPLE, watch=False).flow_map().widget(follow="lending/return")


def test_without_another_wish_a_flow_opens_on_a_canvas_below(tmp_path: Path) -> None:
    widget = ddd.open(SAMPLE, watch=False).flow_map().widget()

    widget._handle_custom_msg({"id": 1, "ask": "open", "args": {"at": "lending/return-item"}}, [])
    assert getattr(widget.canvas, "at", None) == "lending/return-item"
    widget._handle_custom_msg({"id": 2, "ask": "open", "args": {"at": "vans/scan-crate"}}, [])
    assert getattr(widget.canvas, "at", None) == "vans/scan-crate"


def test_the_map_and_a_trace_are_data_that_a_cell_shows_as_pictures() -> None:
    project = ddd.open(SAMPLE, watch=False)

    shown = project.flow_map()._repr_mimebundle_()
    assert shown["text/plain"] == "FlowMap(20 flows, 49 links)"
    assert shown["image/svg+xml"].count("Return an item") >= 1
    trace = project.trace("lending/return-item")._repr_mimebundle_()
    assert trace["text/plain"].startswith("lending/return-item leads to 4 flows")
    assert "Borrow an item" not in trace["image/svg+xml"]
