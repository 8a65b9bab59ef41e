"""Models are asked as planned; what comes of an attempt decides what follows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest

from ddd_lab.assist import leaves
from ddd_lab.assist.client_events import (
    Answered,
    AttemptFailed,
    AttemptStarted,
    NeedsLeave,
    TextVoid,
)
from ddd_lab.assist.replies import Finished, Outcome, ProviderError, TextDelta, Usage
from ddd_lab.assist.usage import USAGE_FILE
from tests.assist.scripted import (
    USAGE,
    Impatient,
    Scripted,
    Turn,
    ask,
    client,
    entry,
    fails,
    make_request,
    registry,
)
from tests.planted_keys import PLANTED

ONE, TWO, LOCAL = entry("one"), entry("two", "2"), entry("local", "0", local=True)
FREE = LOCAL.price
BUSY = fails(Outcome.RETRYABLE)
Event = TypeVar("Event")


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", PLANTED)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))


def project(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir(exist_ok=True)
    return tmp_path / "project"


def of(kind: type[Event], events: Sequence[object]) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


@pytest.mark.covers("T20.6")
def test_an_answer_names_the_model_that_gave_it_and_why_and_what_it_took(tmp_path: Path) -> None:
    events = ask(client(project(tmp_path), registry(ONE), Scripted()))
    started, *_, finished, answered = events
    assert isinstance(started, AttemptStarted)
    assert (started.model, started.why) == ("one", "the active model")
    assert started.tokens.count > 0
    assert "".join(event.text for event in of(TextDelta, events)) == "hello"
    assert isinstance(finished, Finished)
    assert answered == Answered("one", "one-2026", "the active model", USAGE, Decimal("0.0015"))


@pytest.mark.covers("T19.3", "S06.14")
def test_another_active_model_answers_from_then_on(tmp_path: Path) -> None:
    models = client(project(tmp_path), registry(ONE, TWO), Scripted())
    models.active = "two"
    assert [event.model for event in of(Answered, [*ask(models), *ask(models)])] == ["two", "two"]


@pytest.mark.covers("T19.6")
def test_a_person_picks_the_model_of_one_answer(tmp_path: Path) -> None:
    models = client(project(tmp_path), registry(ONE, TWO), Scripted())
    [answered] = of(Answered, ask(models, override="two"))
    assert (answered.model, answered.why) == ("two", "your choice")


@pytest.mark.covers("T19.7", "S06.15")
@pytest.mark.parametrize("outcome", [Outcome.QUOTA, Outcome.UNSUPPORTED, Outcome.TOO_LONG])
def test_the_next_model_is_asked_where_one_cannot_answer(tmp_path: Path, outcome: Outcome) -> None:
    script = Scripted({"one": [fails(outcome)]})
    events = ask(client(project(tmp_path), registry(ONE, TWO), script))
    assert script.asked == ["one", "two"]
    assert of(AttemptFailed, events) == [AttemptFailed("one", outcome, f"It is {outcome}.", "two")]
    assert of(Answered, events)[0].why == "fallback after One"
    assert of(TextVoid, events) == []


@pytest.mark.parametrize(
    "outcome",
    [Outcome.AUTH, Outcome.NOT_FOUND, Outcome.REFUSED, Outcome.CANCELLED, Outcome.FAILED],
)
def test_nobody_else_is_asked_after_a_refusal_a_wrong_key_or_a_cancel(
    tmp_path: Path, outcome: Outcome
) -> None:
    script = Scripted({"one": [fails(outcome)]})
    *_, failed, error = ask(client(project(tmp_path), registry(ONE, TWO), script))
    assert script.asked == ["one"]
    assert failed == AttemptFailed("one", outcome, f"It is {outcome}.")
    assert isinstance(error, ProviderError)
    assert error.outcome is outcome


def test_a_busy_server_is_asked_again_with_growing_pauses_then_the_next_model(
    tmp_path: Path,
) -> None:
    script, patience = Scripted({"one": [BUSY]}), Impatient()
    events = ask(client(project(tmp_path), registry(ONE, TWO), script), cancellation=patience)
    assert script.asked == ["one", "one", "one", "two"]
    assert patience.waits == [1, 4]
    assert [(event.next, event.wait) for event in of(AttemptFailed, events)] == [
        ("one", 1),
        ("one", 4),
        ("two", 0),
    ]


@pytest.mark.parametrize(
    ("retry_after", "waits", "asked"),
    [(0.5, [1], ["one", "one"]), (20, [20], ["one", "one"]), (600, [], ["one", "two"])],
)
def test_a_server_is_given_the_time_that_it_asks_for_unless_that_is_too_long(
    tmp_path: Path, retry_after: float, waits: list[float], asked: list[str]
) -> None:
    script = Scripted({"one": [fails(Outcome.RETRYABLE, retry_after=retry_after), Turn()]})
    patience = Impatient()
    ask(client(project(tmp_path), registry(ONE, TWO), script), cancellation=patience)
    assert (patience.waits, script.asked) == (waits, asked)


def test_waiting_for_a_server_can_be_stopped(tmp_path: Path) -> None:
    script, patience = Scripted({"one": [BUSY]}), Impatient()
    patience.cancel_when_waiting = True
    *_, error = ask(client(project(tmp_path), registry(ONE, TWO), script), cancellation=patience)
    assert isinstance(error, ProviderError)
    assert error.outcome is Outcome.CANCELLED
    assert script.asked == ["one"]


def test_text_that_was_shown_is_void_before_it_comes_anew(tmp_path: Path) -> None:
    script = Scripted({"one": [fails(Outcome.RETRYABLE, "half"), fails(Outcome.QUOTA, "ha")]})
    events = ask(client(project(tmp_path), registry(ONE, TWO), script))
    shown = ""
    for event in events:
        if isinstance(event, TextVoid):
            shown = ""
        elif isinstance(event, TextDelta):
            shown += event.text
    assert shown == "hello"
    assert len(of(TextVoid, events)) == 2


def test_an_answer_that_was_cut_off_is_asked_for_once_more_with_room_for_twice_as_much(
    tmp_path: Path,
) -> None:
    script = Scripted({"one": [fails(Outcome.TRUNCATED, "a"), Turn()]})
    models = client(project(tmp_path), registry(ONE, TWO), script)
    assert of(Answered, ask(models))
    assert [request.max_tokens for request in script.requests] == [4096, 8192]
    script.turns = {"one": [fails(Outcome.TRUNCATED, "a")]}
    *_, error = ask(models)
    assert isinstance(error, ProviderError)
    assert error.outcome is Outcome.TRUNCATED
    assert script.asked == ["one"] * 4


def test_what_is_too_long_for_one_goes_to_a_model_that_takes_more(tmp_path: Path) -> None:
    models = registry(
        entry("one", context=8000), entry("same", context=8000), entry("more", context=9000)
    )
    script = Scripted({"one": [fails(Outcome.TOO_LONG)]})
    ask(client(project(tmp_path), models, script))
    assert script.asked == ["one", "more"]


def test_where_nobody_can_answer_the_last_failure_is_the_end(tmp_path: Path) -> None:
    script = Scripted({"one": [fails(Outcome.QUOTA)], "two": [fails(Outcome.UNSUPPORTED)]})
    *_, failed, error = ask(client(project(tmp_path), registry(ONE, TWO), script))
    assert failed == AttemptFailed("two", Outcome.UNSUPPORTED, "It is unsupported.")
    assert str(error) == "It is unsupported."
    [error] = ask(client(project(tmp_path), registry(), script))
    assert "There is no model" in str(error)


def test_a_stream_that_ends_without_its_end_is_a_failure(tmp_path: Path) -> None:
    script = Scripted({"one": [Turn(usage=None)]})
    *_, error = ask(client(project(tmp_path), registry(ONE), script))
    assert str(error) == "One stopped in mid-answer"


# --- leave ------------------------------------------------------------------------------------


def test_a_person_is_asked_before_a_question_leaves_the_machine_and_once_only(
    tmp_path: Path,
) -> None:
    script = Scripted({"local": [fails(Outcome.QUOTA)]})
    models = client(project(tmp_path), registry(LOCAL, ONE), script)
    *_, question = ask(models)
    assert script.asked == ["local"]
    assert isinstance(question, NeedsLeave)
    assert (question.model, question.leaves) == ("one", (leaves.CLOUD, leaves.PAID))
    assert question.why == "fallback after Local"
    assert question.reason.startswith("Local runs on this machine. One does not run on this")
    [answered] = of(Answered, ask(models, override=question.model, allow=question.leaves))
    assert answered.model == "one"
    assert isinstance(ask(models)[-1], NeedsLeave)
    models.remember(question.leaves)
    assert isinstance(ask(models)[-1], Answered)
    again = client(project(tmp_path), registry(LOCAL, ONE), script)
    assert isinstance(ask(again)[-1], Answered)
    assert not list((tmp_path / "project").rglob("*models.json*"))
    leaves.forget(tmp_path / "project")
    assert isinstance(ask(again)[-1], NeedsLeave)


def test_a_leave_counts_for_its_project_only(tmp_path: Path) -> None:
    leaves.remember(tmp_path / "a", [leaves.CLOUD])
    leaves.remember(tmp_path / "b", [leaves.PAID])
    assert leaves.remembered(tmp_path / "a") == {leaves.CLOUD}
    assert leaves.remembered(tmp_path / "c") == frozenset()


def test_a_broken_file_of_leaves_allows_nothing_and_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "jupyter/ddd-lab/models.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"folders": 7}')
    assert leaves.remembered(project(tmp_path)) == frozenset()
    leaves.remember(project(tmp_path), [leaves.PAID])
    assert leaves.remembered(project(tmp_path)) == {leaves.PAID}
    assert file.with_name("models.json.broken").read_text() == '{"folders": 7}'


def test_those_who_need_no_leave_are_asked_before_a_person_is(tmp_path: Path) -> None:
    other = entry("other", "0", local=True)
    script = Scripted({"local": [fails(Outcome.QUOTA)]})
    ask(client(project(tmp_path), registry(LOCAL, ONE, other), script))
    assert script.asked == ["local", "other"]


def test_a_server_of_the_projects_choice_gets_nothing_before_a_person_agrees(
    tmp_path: Path,
) -> None:
    evil = entry("evil", base_url="https://evil.example.org")
    script = Scripted()
    models = client(project(tmp_path), registry(evil), script)
    [question] = ask(models)
    assert isinstance(question, NeedsLeave)
    assert "https://evil.example.org, with the key in ANTHROPIC_API_KEY" in question.reason
    assert models.health(look=True)["evil"].state == "not checked"
    assert script.asked == []
    models.remember(question.leaves)
    assert isinstance(ask(models)[-1], Answered)


def test_a_model_without_a_key_is_passed_over_unless_it_is_the_only_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    monkeypatch.setenv("OPENAI_API_KEY", PLANTED)
    script = Scripted({"one": [fails(Outcome.AUTH)]})
    other = entry("other", provider="openai", api_key_env="OPENAI_API_KEY")
    [answered] = of(Answered, ask(client(project(tmp_path), registry(ONE, other), script)))
    assert script.asked == ["other"]
    assert answered.why.startswith("fallback after One (no key: set the environment variable")
    *_, error = ask(client(project(tmp_path), registry(ONE), script))
    assert isinstance(error, ProviderError)
    assert error.outcome is Outcome.AUTH


# --- budget -----------------------------------------------------------------------------------


@pytest.mark.covers("T20.4", "S06.16")
def test_at_the_limit_a_free_model_goes_on_and_without_one_a_person_is_asked(
    tmp_path: Path,
) -> None:
    script = Scripted()
    models = client(project(tmp_path), registry(ONE, LOCAL, limit="0.0001"), script)
    assert of(Answered, ask(models))[0].model == "local"
    alone = client(project(tmp_path), registry(ONE, limit="0.0001"), script)
    [question] = ask(alone)
    assert isinstance(question, NeedsLeave)
    assert question.leaves == (leaves.LIMIT,)
    assert "beyond the monthly limit of" in question.reason
    alone.remember(question.leaves)
    assert isinstance(ask(alone)[-1], NeedsLeave)
    assert isinstance(ask(alone, allow=question.leaves)[-1], Answered)


def test_an_answer_that_failed_on_the_way_is_counted_with_what_came(tmp_path: Path) -> None:
    cut = ProviderError(Outcome.REFUSED, "No.", usage=Usage(input=500, output=7))
    script = Scripted({"one": [Turn("some text", cut)], "two": [fails(Outcome.REFUSED, "x" * 400)]})
    models = client(project(tmp_path), registry(ONE, TWO), script)
    ask(models)
    assert models.usage.session.by_model["one"].output_tokens == 7
    ask(models, override="two")
    assert models.usage.session.by_model["two"].output_tokens >= 80
    ask(client(project(tmp_path), registry(ONE), Scripted({"one": [fails(Outcome.AUTH)]})))
    assert models.usage.read().current_period.requests == 2  # type: ignore[union-attr]  # there is one


def test_an_answer_that_nobody_reads_on_is_counted_with_what_came(tmp_path: Path) -> None:
    models = client(project(tmp_path), registry(ONE), Scripted({"one": [Turn("x" * 400)]}))
    stream = models.stream("chat", make_request, Impatient())
    while not isinstance(next(stream), TextDelta):
        pass
    stream.close()  # type: ignore[attr-defined]  # it is a generator
    assert models.usage.session.requests == 1


def test_no_key_is_in_a_file_or_an_event(tmp_path: Path) -> None:
    models = client(project(tmp_path), registry(ONE, TWO), Scripted({"one": [BUSY]}))
    events = ask(models)
    assert PLANTED not in repr((events, models.plan("chat", 10), vars(models)))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert tmp_path / "project" / USAGE_FILE in files
    assert not [path for path in files if PLANTED.encode() in path.read_bytes()]
