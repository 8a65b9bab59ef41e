"""From an entry of the registry to a server: keys, packages, addresses, the environment."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator

import pytest

from ddd_lab.assist.cancellation import Cancellation
from ddd_lab.assist.model_entry import ModelEntry, ProviderKind
from ddd_lab.assist.providers.connect import connect
from ddd_lab.assist.providers.provider import Provider
from ddd_lab.assist.replies import Outcome, ProviderError
from ddd_lab.assist.requests import Request
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from tests.assist.asking import MODELS, PROVIDERS, ask, entry_of, request_of
from tests.planted_keys import PLANTED as KEY

EACH = pytest.mark.parametrize("provider", PROVIDERS)


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer([ScriptedReply("Yes.")], models=tuple(MODELS.values())) as server:
        yield server


def refusal(entry: ModelEntry, environ: dict[str, str] | None = None) -> ProviderError:
    with pytest.raises(ProviderError) as error:
        connect(entry, environ or {})
    return error.value


@pytest.mark.covers("T19.10")
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_missing_key_is_told_with_its_variable_and_how_to_set_it(value: str | None) -> None:
    entry = ModelEntry(
        id="claude", provider="anthropic", model_id="claude-sonnet-5-5", api_key_env="MY_KEY"
    )

    error = refusal(entry, {} if value is None else {"MY_KEY": value})

    assert error.outcome is Outcome.AUTH
    assert str(error) == (
        "The environment variable MY_KEY is not set, which holds the key for “claude”. "
        "Set it where JupyterLab is started (export MY_KEY=…), then start JupyterLab again."
    )


def test_a_vendors_own_server_needs_its_usual_key() -> None:
    entry = ModelEntry(id="gpt", provider="openai", model_id="gpt-6-luna")

    assert "The environment variable OPENAI_API_KEY is not set" in str(refusal(entry))


@pytest.mark.parametrize(
    ("provider", "package", "install"),
    [
        ("anthropic", "anthropic", "ddd-lab"),
        ("openai", "openai", "ddd-lab[openai]"),
        ("openai_compatible", "openai", "ddd-lab[openai]"),
    ],
)
def test_a_missing_package_is_told_with_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
    server: ScriptedServer,
    provider: ProviderKind,
    package: str,
    install: str,
) -> None:
    monkeypatch.setitem(sys.modules, package, None)  # not there

    error = refusal(entry_of(server, provider), {"MY_KEY": KEY})

    assert error.outcome is Outcome.FAILED
    assert str(error) == (
        f"The package {package} is not installed, which “my-{provider}” needs. "
        f'Run: pip install "{install}"'
    )


@pytest.mark.parametrize(
    "address",
    ["localhost:1234", "ftp://here", "http://", "http://me:secret@here", "https://h/v1?key=secret"],
)
def test_an_address_that_cannot_be_asked_or_holds_a_key_is_refused(address: str) -> None:
    entry = ModelEntry(id="mine", provider="openai_compatible", model_id="m", base_url=address)

    error = refusal(entry)

    assert error.outcome is Outcome.FAILED
    assert "base_url of “mine” is no address. Write it like http://localhost:1234/v1" in str(error)
    assert "secret" not in str(error)


def test_a_server_like_openai_needs_an_address() -> None:
    entry = ModelEntry(id="mine", provider="openai_compatible", model_id="m")

    assert "base_url of “mine” is missing." in str(refusal(entry))


@EACH
def test_without_a_key_none_is_sent(server: ScriptedServer, provider: ProviderKind) -> None:
    entry = entry_of(server, provider, api_key_env="")

    assert ask(entry).text == "Yes."
    assert not {"authorization", "x-api-key"} & server.requests[-1].headers.keys()


def shown(provided: Provider, request: Request) -> list[str]:
    """All that a person could come to see of a reply, the variables of its frames included."""
    try:
        return [*map(repr, provided.stream(request, Cancellation()))]
    except ProviderError as error:
        frames = traceback.TracebackException.from_exception(error, capture_locals=True)
        return [repr(error), *frames.format()]


@EACH
def test_a_key_is_sent_and_seen_nowhere_else(
    caplog: pytest.LogCaptureFixture, provider: ProviderKind
) -> None:
    replies = [
        ScriptedReply("Yes.", times=1),
        ScriptedReply(status=500, message=f"broken with {KEY}", times=1),
        ScriptedReply("One two", breaks="error", message=f"Bearer {KEY} is odd"),
    ]
    with ScriptedServer(replies, models=tuple(MODELS.values())) as server:
        entry = entry_of(server, provider)
        provided = connect(entry, {"MY_KEY": KEY})
        seen = [repr(provided), repr(vars(provided)), repr(vars(vars(provided)["server"]))]
        with caplog.at_level(logging.DEBUG):
            for _ in range(3):
                seen += shown(provided, request_of(entry))

        posts = [each for each in server.requests if each.method == "POST"]
    assert len(posts) == 3
    assert all({"authorization", "x-api-key"} & each.headers.keys() for each in posts)
    assert caplog.text
    assert KEY not in "\n".join([*seen, caplog.text])


@EACH
def test_the_environment_changes_nothing_of_what_is_sent(
    monkeypatch: pytest.MonkeyPatch, server: ScriptedServer, provider: ProviderKind
) -> None:
    ask(entry_of(server, provider))
    usual = server.requests[-1].headers
    for name, value in {
        "ANTHROPIC_AUTH_TOKEN": "other-token",
        "ANTHROPIC_API_KEY": "other-key",
        "ANTHROPIC_BASE_URL": "http://127.0.0.1:9",
        "ANTHROPIC_CUSTOM_HEADERS": "X-Secret: other",
        "OPENAI_API_KEY": "other-key",
        "OPENAI_BASE_URL": "http://127.0.0.1:9",
        "OPENAI_ORG_ID": "other-organization",
        "OPENAI_PROJECT_ID": "other-project",
        "OPENAI_CUSTOM_HEADERS": "X-Secret: other",
        "OLLAMA_HOST": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "ALL_PROXY": "http://127.0.0.1:9",
    }.items():
        monkeypatch.setenv(name, value)

    assert ask(entry_of(server, provider)).text == "Yes."
    assert server.requests[-1].headers == usual
