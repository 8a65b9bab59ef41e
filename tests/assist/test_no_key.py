"""A key is sent to the server that it is for, and is found nowhere else after all that we do."""

from __future__ import annotations

import ast
import gc
import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx2
import pytest

import ddd_lab as ddd
from ddd_lab.assist.cancellation import Cancellation
from ddd_lab.assist.default_models import KEYS, MODELS
from ddd_lab.assist.leaves import remember, server_leave
from ddd_lab.assist.providers.connect import connect
from ddd_lab.assist.registry import Registry
from ddd_lab.assist.replies import Outcome, ProviderError
from ddd_lab.assist.usage import UsageBook
from ddd_lab.lab.answer_widget import AnswerWidget
from ddd_lab.project import Project
from tests.assist.asking import entry_of, request_of
from tests.assist.raw_server import Raw, raw_server
from tests.assist.sample import copied_sample
from tests.canvas.screen import Screen
from tests.cli.program import ddd_lab
from tests.patience import PATIENCE
from tests.planted_keys import PLANTED as KEY

FLOW = "lending/return-item"
NOTE = {"op": "add_note", "flow": FLOW, "text": "A slip is printed."}
CONFIG = """\
llm:
  active_model: mine
  fallback_chain: [mine]
  models:
    mine: {{provider: openai_compatible, model_id: m, base_url: "{url}/v1", api_key_env: MY_KEY}}
"""
HOUSE = Path(ddd.__file__).parent


class Echo:
    """A server that repeats the key wherever it can, in what goes wrong and in what goes well."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.refuses = False

    def __call__(self, headers: Mapping[str, str]) -> Raw:
        key = headers["authorization"].removeprefix("Bearer ")
        self.seen.append(key)
        echoed = {"x-your-key": key}
        if self.refuses:
            error = {"error": {"message": f"Incorrect API key: {key}", "code": key}}
            return Raw([json.dumps(error).encode()], status=401, headers=echoed)
        return Raw([*self._chunks(key)], "text/event-stream", headers=echoed)

    def _chunks(self, key: str) -> Iterator[bytes]:
        text = json.dumps({"say": "A note helps.", "edits": [NOTE]})
        for delta, end in (({"content": text}, None), ({}, "stop")):
            choice = {"index": 0, "delta": delta, "finish_reason": end}
            chunk = {"id": key, "object": "chunk", "model": key, "choices": [choice]}
            yield f"data: {json.dumps(chunk)}\n\n".encode()
        yield b"data: [DONE]\n\n"


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def project(
    tmp_path: Path, echo: Echo, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Project, list[str]]]:
    """The sample with a key for every provider, and all that a canvas of it sends to a browser."""
    for name in (*KEYS.values(), "ANTHROPIC_AUTH_TOKEN", "MY_KEY"):
        monkeypatch.setenv(name, KEY)
    for name in ("HOME", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    with raw_server(echo) as url:
        root = copied_sample(tmp_path).root
        (root / ".ddd").mkdir()
        # Nobody else is asked, not even for a list: without a leave none of these is.
        others = "".join(f"    {id}: {{base_url: {url}}}\n" for id in MODELS)
        (root / ".ddd/config.yaml").write_text(CONFIG.format(url=url) + others, "utf-8")
        remember(root, [server_leave(Registry.of(root).models["mine"])])
        with ddd.open(root, watch=False) as project:
            yield project, []


def heard(screen: Screen, sent: list[str]) -> None:
    """Keep whatever a canvas sends."""
    receive = screen.canvas.send

    def hear(content: dict[str, Any], buffers: Any = None) -> None:
        sent.append(json.dumps(content))
        if not {"turn", "assistant", "proposal"} & content.keys():
            receive(content, buffers)

    screen.canvas.send = hear


def on_the_canvas(project: Project, sent: list[str]) -> None:
    screen = Screen(project, FLOW)
    heard(screen, sent)
    screen.ask("assistant")
    screen.ask("sent", text="Why?")
    answer = screen.ask("ask", text="Why?")["answer"]
    session = screen.canvas._session
    assert session is not None
    running = session.assistant._running.get(answer)
    assert running is None or running.answer.wait(PATIENCE)
    screen.ask("conversation")
    sent.append(json.dumps(screen.canvas.get_state(), default=repr))


def in_cells(project: Project) -> Iterator[object]:
    answer = project.assist.ask("Why?", at=FLOW).wait(PATIENCE)
    widget = AnswerWidget(answer._answer)
    yield from (repr(answer), answer.error, answer._repr_mimebundle_(), widget.get_state())
    yield from (vars(answer._answer), answer.sent, answer.proposal)
    for table in (project.assist.models, project.assist.usage, project.memory):
        yield from (repr(table), table._repr_html_() if hasattr(table, "_repr_html_") else "")
    plan = project.assist.begin("A tea shop")
    plan.suggest().wait(PATIENCE)
    yield from (vars(plan), plan.answer and vars(plan.answer))


def in_the_shell(root: Path) -> Iterator[object]:
    for words in (("models",), ("models", "--format", "json"), ("usage",), ("memory",)):
        done = ddd_lab(words[0], root, *words[1:])
        yield from (done.stdout, done.stderr)


def test_a_key_is_in_no_file_log_widget_message_or_error(
    project: tuple[Project, list[str]],
    echo: Echo,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    opened, seen = project
    with caplog.at_level(logging.DEBUG):
        for refuses in (False, True):
            echo.refuses = refuses
            on_the_canvas(opened, seen)
            seen += map(repr, (*in_cells(opened), *in_the_shell(opened.root)))
        opened.save()
        opened.memory.write()
    registry = Registry.of(opened.root)
    seen += map(repr, (registry, registry.models, UsageBook(opened.root).read()))

    assert len(echo.seen) >= 6
    assert set(echo.seen) == {KEY}  # it is sent whole, and so it would be found
    assert "A note helps." in "".join(seen)
    assert [text[:500] for text in seen if KEY in text] == []
    assert KEY not in caplog.text + "".join(capsys.readouterr())
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.suffix == ".jsonl" for path in files)
    assert [path for path in files if KEY.encode() in path.read_bytes()] == []


@pytest.mark.parametrize("call", ["stream", "models"])
def test_an_error_holds_no_request_with_a_key(
    project: tuple[Project, list[str]], echo: Echo, call: str
) -> None:
    echo.refuses = True
    entry = Registry.of(project[0].root).models["mine"]
    if call == "models":  # nobody listens at this port
        entry = entry.model_copy(update={"base_url": "http://127.0.0.1:9/v1"})
    provider = connect(entry)
    with pytest.raises(ProviderError) as raised:
        provider.models() if call == "models" else list(
            provider.stream(request_of(entry), Cancellation())
        )
    waiting: list[object] = [raised.value]
    known: set[int] = set()
    while waiting:
        one = waiting.pop()
        if id(one) in known or isinstance(one, type | str | bytes) or callable(one):
            continue
        known.add(id(one))
        assert not isinstance(one, httpx2.Request | httpx2.Response)
        if isinstance(one, BaseException | dict | list | tuple):
            waiting += gc.get_referents(one)


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "ключ", "sk-“quoted”", "a\x00b"])
def test_what_can_be_no_key_is_told_without_being_repeated(key: str) -> None:
    from ddd_lab.assist.scripted import ScriptedServer

    with ScriptedServer() as server, pytest.raises(ProviderError) as raised:
        connect(entry_of(server, "anthropic"), {"MY_KEY": key})
    assert raised.value.outcome is Outcome.AUTH
    assert "MY_KEY holds no key" in str(raised.value)
    assert key not in str(raised.value)


def test_only_what_connects_reads_a_key() -> None:
    """Nothing but the adapter's door takes a key out of the environment, or out of its wrapper."""
    readers = {"environ": set[str](), "getenv": set[str](), "get_secret_value": set[str]()}
    for path in sorted((HOUSE / "assist").rglob("*.py")) + sorted((HOUSE / "memory").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in readers:
                readers[node.attr].add(path.relative_to(HOUSE).as_posix())
    assert readers == {
        # Whether there is one, not what it is.
        "environ": {"assist/health.py", "assist/providers/connect.py"},
        "getenv": set(),
        "get_secret_value": {"assist/providers/server.py"},
    }
