"""`ddd-lab ask` and `ddd-lab review`: a language model, asked from a shell."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from tests.assist.sample import copied_sample
from tests.cli.program import COMMAND, ddd_lab, environment
from tests.patience import PATIENCE
from tests.planted_keys import PLANTED

FLOW = "lending/return-item"
NOTE = {"op": "add_note", "flow": FLOW, "text": "A slip is printed."}
OTHER_NOTE = {"op": "add_note", "flow": "lending/borrow-item", "text": "Scan twice."}
NO_NODE = {"op": "change_node", "flow": FLOW, "node": "nowhere", "label": "Nothing"}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def root(tmp_path: Path, server: ScriptedServer) -> Path:
    root = copied_sample(tmp_path).root
    (root / ".ddd").mkdir()
    (root / ".ddd/config.yaml").write_text(server.config(), "utf-8")
    return root


def set_mode(root: Path, mode: str) -> None:
    with (root / ".ddd/config.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"assist: {{mode: {mode}}}\n")


def specs(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (root / "specs").rglob("*.yaml")}


def proposing(say: str, *edits: Mapping[str, object]) -> ScriptedReply:
    return ScriptedReply(json.dumps({"say": say, "edits": edits}))


@pytest.mark.covers("T20.6", "S06.2")
def test_the_answer_is_followed_by_its_items_and_by_who_gave_it(
    root: Path, server: ScriptedServer
) -> None:
    server.say(proposing("A note helps.", NOTE))
    before = specs(root)
    done = ddd_lab("ask", root, "Say that a slip is printed", "--at", FLOW)
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[0] == "A note helps."
    assert "  1. Add" in done.stdout
    assert "Call it again with --apply" in done.stdout
    assert lines[-1].startswith("Done (scripted-claude · ")
    assert lines[-1].endswith(" out · free)")
    assert specs(root) == before


def test_what_is_proposed_is_applied_and_saved(root: Path, server: ScriptedServer) -> None:
    server.say(proposing("A note helps.", NOTE))
    done = ddd_lab("ask", root, "Say it", "--at", FLOW, "--apply")
    assert done.returncode == 0
    assert "Applied 1 of 1" in done.stdout
    assert "Saved specs/domains/lending/flows/return-item.yaml" in done.stdout
    assert b"A slip is printed." in b"".join(specs(root).values())


def test_programs_get_one_document(root: Path, server: ScriptedServer) -> None:
    server.say(proposing("A note helps.", NOTE, NO_NODE))
    done = ddd_lab("ask", root, "Say it", "--at", FLOW, "--apply", "--format", "json")
    document = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert (document["state"], document["text"]) == ("done", "A note helps.")
    assert document["items"][0]["kind"] == "add"
    assert "nowhere" in str(document["refused"]) + str(document["items"])
    assert document["applied"]["words"].startswith("1 of ")
    assert document["applied"]["saved"] == ["specs/domains/lending/flows/return-item.yaml"]
    assert (document["model"], document["cost"]) == ("scripted-claude", 0)
    assert document["tokens"]["input"] > 0


def test_what_cannot_be_is_said_and_ends_with_status_1(root: Path, server: ScriptedServer) -> None:
    server.say(proposing("I change what is not there.", NO_NODE))
    done = ddd_lab("ask", root, "Change it", "--at", FLOW, "--apply")
    assert done.returncode == 1
    assert "nowhere" in done.stdout
    assert "Applied" not in done.stdout


def test_an_answer_that_fails_says_why(root: Path, server: ScriptedServer) -> None:
    server.say(ScriptedReply(status=401, message="invalid x-api-key"))
    done = ddd_lab("ask", root, "Why?")
    assert done.returncode == 1
    assert done.stdout.startswith("Failed: ")


def test_a_change_of_two_flows_shows_its_plan_and_writes_it_when_it_is_applied(
    root: Path, server: ScriptedServer
) -> None:
    set_mode(root, "auto")
    server.say(proposing("Two notes.", NOTE, OTHER_NOTE))
    done = ddd_lab("ask", root, "Note both", "--at", "lending")
    assert "Its plan:" in done.stdout
    assert f"  {FLOW}: 1 change: " in done.stdout
    assert "Applied" not in done.stdout
    done = ddd_lab("ask", root, "Note both", "--at", "lending", "--apply")
    assert "Applied 2 of 2" in done.stdout
    (plan,) = (root / ".ddd/plans").glob("*.md")
    assert f"Its plan is written to .ddd/plans/{plan.name}." in done.stdout


def test_auto_applies_by_itself_and_explore_refuses_before_anything_is_sent(
    root: Path, server: ScriptedServer
) -> None:
    server.say(proposing("A note helps.", NOTE))
    settings = (root / ".ddd/config.yaml").read_text("utf-8")
    set_mode(root, "auto")
    assert "Applied 1 of 1" in ddd_lab("ask", root, "Say it", "--at", FLOW).stdout
    (root / ".ddd/config.yaml").write_text(settings, "utf-8")
    set_mode(root, "explore")
    asked, before = len(server.requests), specs(root)
    done = ddd_lab("ask", root, "Say it", "--at", FLOW, "--apply")
    assert done.returncode == 2
    assert "Explore" in done.stderr
    assert len(server.requests) == asked
    assert "1. Add" in ddd_lab("ask", root, "Say it", "--at", FLOW).stdout
    assert specs(root) == before


def test_what_is_sent_can_be_looked_at_and_nothing_is_sent(
    root: Path, server: ScriptedServer
) -> None:
    done = ddd_lab("ask", root, "Why two checks?", "--at", FLOW, "--show-sent")
    assert "Why two checks?" in done.stdout
    assert "return-item" in done.stdout
    assert "tokens" in done.stdout.splitlines()[-1] or "of at most" in done.stdout
    document = json.loads(ddd_lab("review", root, FLOW, "--show-sent", "--format", "json").stdout)
    assert document["tokens"] <= document["budget"]
    assert [block["id"] for block in document["blocks"]]
    assert server.requests == []


@pytest.mark.covers("T19.10", "T20.4", "S06.19")
def test_what_a_person_has_to_allow_is_asked_with_the_call_that_allows_it(
    tmp_path: Path, root: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setenv("SHOP_KEY", PLANTED)
    server.say(ScriptedReply("They guard each other."))
    (root / ".ddd/config.yaml").write_text(
        "llm:\n  active_model: paid\n  fallback_chain: [paid]\n  models:\n    paid:\n"
        "      provider: openai_compatible\n      model_id: scripted-gpt\n"
        f"      base_url: {server.base_url}/v1\n      api_key_env: SHOP_KEY\n"
        "      price: {input: 1, output: 2}\n  cost_tracking: {budget_limit: 0.000001}\n",
        "utf-8",
    )
    done = ddd_lab("ask", root, "Why two 'checks'?")
    assert done.returncode == 2
    assert server.requests == []
    call = done.stderr.splitlines()[-1]
    program, *words = shlex.split(call)
    assert (program, "--allow" in words) == ("ddd-lab", True)
    allowed = ddd_lab(*words)
    assert (allowed.returncode, "They guard each other." in allowed.stdout) == (0, True)
    assert PLANTED not in done.stdout + done.stderr + allowed.stdout + allowed.stderr


def test_a_review_says_what_it_finds_and_proposes_nothing(
    root: Path, server: ScriptedServer
) -> None:
    server.say(ScriptedReply("It is sound.\n"))
    done = ddd_lab("review", root, FLOW)
    assert (done.returncode, done.stdout.splitlines()[:2]) == (0, ["It is sound.", ""])
    assert done.stdout.splitlines()[2].startswith("Done (")
    assert ddd_lab("review", root).returncode == 0
    assert ddd_lab("review", root, "lending").returncode == 2


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("Why?", "--at", "lending/return-itm"), "return-item"),
        (("Why?", "--at", f"{FLOW}#nowhere"), "nowhere"),
        (("Why?", "--model", "scripted-claud"), "scripted-claude"),
        (("Why?", "--action", "suggest_flow"), "suggest_flows"),
        (("Why?", "--action", "suggest_flows", "--at", FLOW), "does not fit"),
        ((" ",), "the question is empty"),
    ],
)
def test_wrong_calls_are_refused_before_anything_is_sent(
    root: Path, server: ScriptedServer, words: tuple[str, ...], why: str
) -> None:
    done = ddd_lab("ask", root, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr
    assert server.requests == []


def test_what_a_model_says_does_not_act_on_the_terminal(root: Path, server: ScriptedServer) -> None:
    server.say(ScriptedReply("It is \x1b[31mred\x1b[0m."))
    assert "\x1b" not in ddd_lab("review", root, FLOW).stdout


def test_ctrl_c_stops_the_answer_and_changes_nothing(root: Path, server: ScriptedServer) -> None:
    text = json.dumps({"say": "A note helps. " * 200, "edits": [NOTE]})
    server.say(ScriptedReply(text, pause=0.05))
    before = specs(root)
    # Tests that run in the background pass on that Ctrl+C means nothing; for a person it does.
    inherited = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [*COMMAND, "ask", str(root), "Say it", "--at", FLOW, "--apply"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    signal.signal(signal.SIGINT, inherited)
    assert process.stdout is not None
    assert process.stdout.read(6) == "A note", "it comes while the rest is awaited"
    os.kill(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert errors.strip() == "Stopped. Nothing was changed."
    assert specs(root) == before
    assert server.wait_for(server.requests[-1].closed.is_set)
