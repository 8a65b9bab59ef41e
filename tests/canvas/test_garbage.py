"""The browser is not trusted: whatever it sends is answered, and never does harm."""

from __future__ import annotations

import re
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

import ddd_lab
from ddd_lab.canvas.commands import OPERATIONS
from ddd_lab.files.documents.document import same_model
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.canvas.shop import write_shop
from tests.profiles import tries

AT = "orders/place-order"

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(codec=None), max_size=8),
    st.sampled_from(["start", "basket", "charge", "spec", "label", "next", "../x", "", "0", "~"]),
)
DATA = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
NODES = st.sampled_from(["start", "basket", "in_stock", "charge", "placed", "refused", "ghost"])
PIXELS = st.integers(-5000, 5000) | st.floats(-5000, 5000)
LINKS = st.sampled_from(
    ["start next → basket", "basket valid → in_stock", "charge success → placed", "none"]
)
PLACES = st.sampled_from(["", "orders", AT, "billing/charge-card", "nope", "orders/../x"])
DOMAINS = st.sampled_from(["orders", "billing", "support", "", "../x"])
NAMES = st.sampled_from(["Ship", "orders", "Billing", "", "../x", "x" * 300]) | st.text(max_size=6)
STEPS = st.lists(st.sampled_from(["spec", "label", "fields", "body", 0, 1, "x", "id"]), max_size=4)
CARDS = st.lists(NODES, max_size=3)
HANDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "copy": {"cards": CARDS},
    "cut": {"cards": CARDS},
    "paste": {
        "text": st.sampled_from(["nodes: [{id: charge, type: process}]", "- type: ?", "a: [", ""])
        | st.text(st.characters(codec=None), max_size=20),
        "x": PIXELS,
        "y": PIXELS,
    },
    "duplicate": {"cards": CARDS},
    "align": {"cards": CARDS, "side": st.sampled_from(["left", "middle", "inside"])},
    "distribute": {"cards": CARDS, "way": st.sampled_from(["horizontally", "vertically"])},
    "snap": {"cards": CARDS},
    "tidy": {"cards": CARDS},
    "export_picture": {"format": st.sampled_from(["svg", "mermaid"]), "theme": st.just("dark")},
    "sheets": {"at": st.lists(st.sampled_from([AT, "orders", "../x"]), max_size=2)},
}
SENSIBLE: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "move": {
        "moves": st.lists(
            st.fixed_dictionaries(
                {"id": NODES, "x": PIXELS, "y": PIXELS}, optional={"into": NODES}
            ),
            max_size=3,
        )
    },
    "nest": {"cards": st.lists(NODES, max_size=2), "into": NODES},
    "fold": {"card": NODES, "folded": st.booleans()},
    "unfold_around": {"id": NODES},
    "add_note": {"x": PIXELS, "y": PIXELS, "text": st.text(max_size=5)},
    "add": {
        "type": st.sampled_from(["process", "decision", "terminal", "agent_loop", "trigger", "?"]),
        "x": PIXELS,
        "y": PIXELS,
        "connect_from": NODES,
    },
    "connect": {
        "source": NODES,
        "output": st.sampled_from(["next", "valid", "?"]),
        "target": NODES,
    },
    "remove": {"cards": st.lists(NODES, max_size=2), "links": st.lists(LINKS, max_size=2)},
    "set": {"id": NODES, "path": STEPS, "value": DATA},
    "unset": {"id": NODES, "path": STEPS},
    "move_item": {"id": NODES, "path": STEPS, "to": st.integers(-1, 3)},
    "rename_key": {"id": NODES, "path": STEPS, "to": st.text(max_size=5)},
    "inspect_link": {"id": LINKS},
    "set_link": {"id": LINKS, "path": STEPS, "value": DATA},
    "unset_link": {"id": LINKS, "path": STEPS},
    "move_link_item": {"id": LINKS, "path": STEPS, "to": st.integers(-1, 3)},
    "rename_link_key": {"id": LINKS, "path": STEPS, "to": st.text(max_size=5), "value": DATA},
    "redirect": {"id": LINKS, "output": st.text(max_size=5), "target": NODES},
    "node_yaml": {"id": NODES},
    "check_node_yaml": {"id": NODES, "text": st.text(max_size=20)},
    "set_node_yaml": {"id": NODES, "text": st.text(max_size=20)},
    "preview_fix": {"key": st.text(max_size=5)},
    "fix": {"key": st.text(max_size=5)},
    "rename": {"id": NODES, "to": st.sampled_from(["placed", "novel", "a b", "", "x" * 300])},
    "new_flow": {
        "name": NAMES,
        "domain": DOMAINS,
        "template": st.sampled_from(["crud_api", "event_worker", "?"]),
        "parameters": st.dictionaries(st.sampled_from(["entity", "name"]), NAMES, max_size=1),
    },
    "new_domain": {"name": NAMES, "description": st.text(max_size=5)},
    "rename_domain": {"domain": DOMAINS, "name": NAMES},
    "delete_domain": {"domain": DOMAINS, "with_flows": st.booleans()},
    "rename_flow": {"at": PLACES, "name": NAMES},
    "duplicate_flow": {"at": PLACES, "name": NAMES},
    "move_flow": {"at": PLACES, "domain": DOMAINS},
    "delete_flow": {"at": PLACES},
    "wire_event": {"source": PLACES, "target": DOMAINS, "event": NAMES, "add_nodes": st.booleans()},
    "unwire_event": {"source": PLACES, "target": DOMAINS, "event": st.just("order.placed")},
    "plan": {
        "change": st.sampled_from(["delete_domain", "rename_domain", "undo"]),
        "args": st.fixed_dictionaries({"domain": DOMAINS, "name": NAMES}),
    },
    "references": {"at": PLACES},
    "preview_template": {"template": st.just("crud_api"), "domain": DOMAINS},
    "search": {"text": st.text(max_size=6)},
    "find": {"pattern": st.text(max_size=4), "replacement": NAMES, "regex": st.booleans()},
    "replace": {"pattern": st.text(max_size=4), "only": st.just([0]), "seen": st.just("")},
    "go": {"at": st.sampled_from(["", "orders", AT, "orders/../x", "nope"])},
    "conflict": {"path": st.text(max_size=5), "keep": st.just("mine")},
    "inspect": {"id": NODES},
    **HANDS,
    "hello": {"version": st.just(ddd_lab.__version__)},
    "prompt": {
        "flows": st.lists(PLACES, max_size=3),
        "kind": st.sampled_from(["implement", "fix"]),
    },
}


def sensible_arguments(op: str) -> st.SearchStrategy[dict[str, Any]]:
    fields = SENSIBLE.get(op, dict.fromkeys(OPERATIONS[op].arguments.model_fields, DATA))
    return st.fixed_dictionaries({}, optional=fields) | st.fixed_dictionaries(fields)


def commands() -> st.SearchStrategy[Any]:
    sensible = st.sampled_from(sorted(OPERATIONS)).flatmap(
        lambda op: st.fixed_dictionaries(
            {"id": st.integers(0, 9), "op": st.just(op), "args": sensible_arguments(op)}
        )
    )
    odd = st.fixed_dictionaries(
        {
            "id": st.integers() | DATA,
            "op": st.sampled_from(sorted(OPERATIONS)) | st.text(max_size=5),
            "args": DATA | st.dictionaries(st.sampled_from(["id", "path", "moves"]), DATA),
        }
    )
    return st.one_of(sensible, sensible, odd, DATA)


@settings(max_examples=tries(40, 1000))
@given(st.lists(commands(), min_size=1, max_size=12))
def test_whatever_the_browser_sends_is_answered_and_harms_nothing(messages: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = write_shop(Path(folder, "shop"))
        outside = {path: path.stat().st_mtime_ns for path in Path(folder).iterdir()}
        project = Project(root, watch=False)
        screen = Screen(project, AT)
        for message in messages:
            screen.post(message)
            for reply in screen.replies:
                assert reply["ok"] or "mistake in DDD Lab" not in reply["error"]["message"], message
        assert set(Path(folder).iterdir()) == set(outside)
        screen.ask("go", at="")
        screen.try_("save")
        again = Workspace(root)
        assert not [path for path in again.documents if (d := again.document(path)) and d.broken]
        for key in again.design.flow_keys:
            if project.workbench.flow_path(key) not in project.dirty:
                # The order of lines from different outputs cannot always be written down.
                assert same_model(again.flow_data(key), project.workbench.flow_data(key))


@pytest.mark.parametrize(
    "value", ["\ud800", {"\udfff": 1}, [["\ud83d"]], float("nan"), float("inf")]
)
def test_what_no_file_can_hold_is_refused(tmp_path: Path, value: Any) -> None:
    project = Project(write_shop(tmp_path), watch=False)
    screen = Screen(project, AT)
    screen.post(
        {"id": 1, "op": "set", "args": {"id": "placed", "path": ["spec", "x"], "value": value}}
    )
    assert not screen.replies[-1]["ok"]
    assert project.dirty == set()


def test_data_nested_beyond_reason_is_refused(tmp_path: Path) -> None:
    value: Any = 1
    for _ in range(5000):
        value = [value]
    project = Project(write_shop(tmp_path), watch=False)
    screen = Screen(project, AT)
    assert "nested" in screen.refused("set", id="placed", path=["spec", "x"], value=value)


def test_what_a_file_holds_but_no_message_can_is_shown_nearly(tmp_path: Path) -> None:
    text = 'flow: {id: odd, name: "Odd \\ud800", domain: orders}\n'
    text += "nodes:\n  - {id: a, type: process, spec: {limit: .inf, why: .nan}}\n"
    path = "specs/domains/orders/flows/odd.yaml"
    project = Project(write_shop(tmp_path, **{path: text}), watch=False)
    screen = Screen(project, "orders/odd")
    if screen.state() != "readonly":
        assert screen.board["title"].startswith("Odd")
        assert screen.ask("inspect", id="a")["data"]["spec"]["limit"] == ".inf"


def test_a_mistake_of_ours_is_said_logged_and_survived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("division by zero")

    screen = Screen(Project(write_shop(tmp_path), watch=False), AT)
    operation = replace(OPERATIONS["undo"], run=broken)
    monkeypatch.setitem(OPERATIONS, "undo", operation)

    reply = screen.try_("undo")

    assert "mistake in DDD Lab" in reply["error"]["message"]
    assert reply["error"]["detail"] == "ZeroDivisionError: division by zero"
    assert "could not carry out undo" in caplog.text
    screen.ask("move", moves=[{"id": "placed", "x": 1, "y": 1}])


def test_an_operation_that_takes_over_a_second_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    screen = Screen(Project(write_shop(tmp_path), watch=False), AT)
    slow = replace(OPERATIONS["undo"], run=lambda *_: time.sleep(1.01))
    monkeypatch.setitem(OPERATIONS, "undo", slow)

    screen.try_("undo")

    assert re.search(r"Canvas operation undo took \d+\.\d s", caplog.text)


def test_what_is_no_command_gets_no_answer(tmp_path: Path) -> None:
    screen = Screen(Project(write_shop(tmp_path), watch=False), AT)
    nothings: list[Any] = [None, 3, "hello", [], {}, {"op": "hello"}, {"id": "1", "op": "hello"}]
    for nothing in nothings:
        before = len(screen.replies)
        screen.post(nothing)
        assert len(screen.replies) == before
