"""What a canvas says of inline actions: which there are, at what price, and what is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.canvas.shop import write_shop

AT = "orders/place-order"
PRICE = "price: {input: 3, output: 15}"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer([ScriptedReply("It charges the card.")]) as server:
        yield server


@pytest.fixture
def screen(tmp_path: Path, server: ScriptedServer) -> Screen:
    root = write_shop(tmp_path / "shop")
    (root / ".ddd").mkdir(exist_ok=True)
    (root / ".ddd/config.yaml").write_text(
        server.config().replace("price: {input: 0, output: 0}", PRICE, 1)
    )
    return Screen(Project(root, watch=False), AT)


@pytest.mark.covers("T19.4", "T19.5", "T19.6")
def test_a_menu_says_model_and_price_without_sending_anything(
    screen: Screen, server: ScriptedServer
) -> None:
    offers = screen.ask("inline_actions", at=AT, node="charge")
    explain = next(one for one in offers["actions"] if one["id"] == "explain_node")
    assert explain["model"] == "scripted-claude"
    assert explain["price"].startswith("about $0.0")
    other = screen.ask("inline_actions", at=AT, node="charge", model="scripted-llama")
    assert {(one["model"], one["price"]) for one in other["actions"]} == {
        ("scripted-llama", "free")
    }
    assert "scripted-gpt" in [model["id"] for model in offers["models"]]
    assert server.requests == []


def test_an_action_that_makes_no_sense_here_says_where_it_does(screen: Screen) -> None:
    offers = screen.ask("inline_actions", at=AT, node="charge")
    unfit = {one["id"]: one["unfit"] for one in offers["actions"] if one["unfit"]}
    assert unfit == {"add_security": "Only where a flow starts"}
    refused = screen.refused("run_action", at=AT, node="charge", action="add_security")
    assert "where a flow starts" in refused


def test_what_is_known_needs_no_model(screen: Screen, server: ScriptedServer) -> None:
    config = screen.project.root / ".ddd/config.yaml"
    config.write_text(
        "llm: {models: {llama-local: {provider: openai, model_id: x, api_key_env: NO_KEY_AT_ALL}}}"
    )
    known = screen.ask("action_facts", at=AT, action="generate_test_cases")
    assert "paths through the flow" in known["facts"]
    assert "NO_KEY_AT_ALL" in known["missing"]
    assert known["offer"]["model"] == ""
    assert server.requests == []


def test_an_answer_goes_into_the_conversation_of_its_place(
    screen: Screen, server: ScriptedServer
) -> None:
    asked = screen.ask("run_action", at=AT, node="charge", action="explain_node")
    assert server.wait_for(lambda: len(server.requests) == 1)
    turns = screen.ask("conversation")["turns"]
    assert turns[0]["text"] == "Explain: Charge the card"
    assert turns[1]["id"] == asked["answer"]
    again = screen.ask("run_action", at=AT, action="review_flow")
    assert again["thread"]["id"] == asked["thread"]["id"]


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"at": AT, "node": "ghost", "action": "explain_node"}, "is gone"),
        ({"at": "orders", "node": "charge", "action": "explain_node"}, "is gone"),
        ({"at": "nowhere", "action": "suggest_flows"}, "is gone"),
        ({"at": AT, "action": "suggest_flows"}, "no such action"),
        ({"at": AT, "action": "generate_flow", "text": " "}, "Answer first"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    screen: Screen, server: ScriptedServer, wanted: dict[str, str], why: str
) -> None:
    assert why in screen.refused("run_action", **wanted)
    assert server.requests == []
