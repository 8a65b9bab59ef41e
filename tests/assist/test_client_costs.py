"""What models cost is counted to the cent, and no attempt is begun beyond the limit."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddd_lab.assist import leaves
from ddd_lab.assist.client_events import (
    Answered,
    AttemptStarted,
)
from ddd_lab.assist.prices import Price
from ddd_lab.assist.replies import Outcome, ProviderError, Usage
from ddd_lab.assist.usage import UsageBook
from tests.assist.scripted import (
    Impatient,
    Scripted,
    Turn,
    ask,
    client,
    entry,
    make_request,
    registry,
)
from tests.planted_keys import PLANTED

FREE = entry("local", "0", local=True).price


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", PLANTED)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))


OUTCOMES = st.sampled_from([*Outcome])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    turns=st.lists(
        st.tuples(
            st.lists(
                st.tuples(OUTCOMES, st.integers(0, 90_000), st.integers(0, 4_000)),
                min_size=1,
                max_size=4,
            ),
            st.sampled_from(["0", "0.5", "3", "15", None]),
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    ),
    questions=st.integers(1, 5),
    limit=st.sampled_from(["0.05", "0.3", "2"]),
)
def test_no_attempt_on_any_model_is_begun_beyond_the_limit(
    tmp_path_factory: pytest.TempPathFactory,
    turns: list[tuple[list[tuple[Outcome, int, int]], str | None, bool]],
    questions: int,
    limit: str,
) -> None:
    root = tmp_path_factory.mktemp("project")
    entries = [
        entry(f"m{number}", price, local=local) for number, (_, price, local) in enumerate(turns)
    ]
    script = Scripted(
        {
            f"m{number}": [
                Turn(
                    "text",
                    None
                    if outcome is Outcome.OK
                    else ProviderError(outcome, "No.", usage=Usage(input=read, output=wrote)),
                    Usage(input=read, output=wrote),
                )
                for outcome, read, wrote in each
            ]
            for number, (each, _, _) in enumerate(turns)
        }
    )
    models = client(root, registry(*entries, limit=limit), script)
    by_id = {each.id: each for each in entries}
    for _ in range(questions):
        stream = models.stream("chat", make_request, Impatient(), allow=(leaves.CLOUD, leaves.PAID))
        with contextlib.suppress(ProviderError):
            for event in stream:
                price = by_id[event.model].price if isinstance(event, AttemptStarted) else FREE
                if isinstance(event, AttemptStarted) and (price is None or not price.free):
                    spent = UsageBook(root).budget(models.registry.costs).spent
                    assert spent + (event.price or 0) <= Decimal(limit)
                    assert spent < Decimal(limit)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.integers(0, 10**6),
            st.integers(0, 10**6),
            st.integers(0, 10**6),
            st.integers(0, 10**5),
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_cost_is_that_of_a_table_worked_out_by_hand(
    tmp_path_factory: pytest.TempPathFactory, answers: list[tuple[int, int, int, int, int]]
) -> None:
    # input, output, cache read and write: dollars for a million tokens
    table = [(3.0, 15.0, 0.3, 3.75), (2.0, 10.0, 0.1, 2.5), (0.1, 0.5, 0.01, 0.125)]
    entries = [
        entry(
            f"m{number}",
            Price(
                input=Decimal(str(row[0])),
                output=Decimal(str(row[1])),
                cache_read=Decimal(str(row[2])),
                cache_write=Decimal(str(row[3])),
            ),
        )
        for number, row in enumerate(table)
    ]
    root = tmp_path_factory.mktemp("project")
    total = 0.0
    for model, read, cached, wrote, answer in answers:
        usage = Usage(input=read, cache_read=cached, cache_write=wrote, output=answer)
        script = Scripted({f"m{model}": [Turn(usage=usage)]})
        models = client(root, registry(*entries, limit="0"), script)
        answered = ask(models, override=f"m{model}")[-1]
        assert isinstance(answered, Answered)
        prices = table[model]
        by_hand = (
            read * prices[0] + answer * prices[1] + cached * prices[2] + wrote * prices[3]
        ) / 1e6
        assert answered.cost is not None
        assert abs(float(answered.cost) - by_hand) < 1e-9
        total += by_hand
    assert abs(float(UsageBook(root).budget(registry(*entries).costs).spent) - total) < 1e-9
