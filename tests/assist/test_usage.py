"""What answers took is counted in one file, by several programs at once, and never lost."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import git
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.prices import Price
from ddd_lab.assist.registry import CostTracking
from ddd_lab.assist.replies import Usage
from ddd_lab.assist.usage import USAGE_FILE, BrokenUsageError, Record, UsageBook
from ddd_lab.assist.usage_data import UsageData
from ddd_lab.lossless_yaml import parse

DEAR = ModelEntry(
    id="dear",
    provider="anthropic",
    model_id="claude-x",
    price=Price(input=Decimal(3), output=Decimal(15)),
)
FREE = ModelEntry(
    id="free",
    provider="ollama",
    model_id="llama3.1",
    price=Price(input=Decimal(0), output=Decimal(0)),
)
UNKNOWN = ModelEntry(id="unknown", provider="openai_compatible", model_id="x", base_url="http://h")
USAGE = Usage(input=1000, cache_read=200, cache_write=40, output=100)
COSTS = CostTracking()
DECEMBER = date(2026, 12, 1)


def book(root: Path, today: date = DECEMBER) -> UsageBook:
    return UsageBook(root, lambda: today)


def put(root: Path, text: str) -> None:
    (root / USAGE_FILE).parent.mkdir(parents=True, exist_ok=True)
    (root / USAGE_FILE).write_text(text, encoding="utf-8")


@pytest.mark.covers("T20.2", "T20.5", "S06.16")
def test_an_answer_is_counted_per_model_and_task_with_its_cached_tokens(tmp_path: Path) -> None:
    usage = book(tmp_path)
    assert usage.add(Record(DEAR, "chat", USAGE), COSTS) == ""
    assert usage.add(Record(DEAR, "review_flow", USAGE), COSTS) == ""
    assert usage.add(Record(UNKNOWN, "chat", USAGE), COSTS) == ""
    data: Any = parse((tmp_path / USAGE_FILE).read_text()).data
    data = data["usage"]["current_period"]
    each = 0.003 + 200 * 0.3e-6 + 40 * 3.75e-6 + 0.0015
    assert (data["start"], data["end"]) == ("2026-12-01", "2026-12-31")
    assert data["total_cost"] == pytest.approx(2 * each, abs=1e-9)
    assert (data["requests"], data["unknown_price"]) == (3, 1)
    assert data["by_model"]["dear"] == {
        "requests": 2,
        "cost": pytest.approx(2 * each, abs=1e-9),
        "unknown_price": 0,
        "input_tokens": 2000,
        "cache_read_tokens": 400,
        "cache_write_tokens": 80,
        "output_tokens": 200,
    }
    assert data["by_task"]["chat"]["requests"] == 2
    assert usage.session.requests == 3
    assert book(tmp_path).session.requests == 0


def test_an_unknown_price_is_counted_apart_and_never_as_nothing(tmp_path: Path) -> None:
    usage = book(tmp_path)
    for _ in range(3):
        usage.add(Record(UNKNOWN, "chat", USAGE), COSTS)
    assert usage.budget(COSTS).words == "$0.00 spent of $50.00, and 3 answers of unknown price"


@pytest.mark.parametrize(
    ("kind", "period"),
    [
        ("daily", "2026-12-01/2026-12-01"),
        ("weekly", "2026-11-30/2026-12-06"),
        ("monthly", "2026-12-01/2026-12-31"),
    ],
)
def test_a_period_that_is_over_goes_into_the_history(
    tmp_path: Path, kind: str, period: str
) -> None:
    costs = CostTracking.model_validate({"reset_period": kind})
    book(tmp_path).add(Record(DEAR, "chat", USAGE), costs)
    later = book(tmp_path, DECEMBER + timedelta(days=40))
    assert later.budget(costs).spent == 0
    later.add(Record(FREE, "chat", USAGE), costs)
    data = later.read(costs)
    [past] = data.history
    assert (past.period, past.requests) == (period, 1)
    assert data.current_period is not None
    assert data.current_period.total_cost == 0


def test_changing_the_kind_of_period_and_back_does_not_win_a_new_budget(tmp_path: Path) -> None:
    usage = book(tmp_path)
    usage.add(Record(DEAR, "chat", USAGE), COSTS)
    spent = usage.budget(COSTS).spent
    usage.add(Record(DEAR, "chat", USAGE), CostTracking(reset_period="daily"))
    assert usage.budget(COSTS).spent == spent


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["daily", "weekly", "monthly"]), st.integers(-40, 400), st.booleans()
        ),
        max_size=30,
    )
)
def test_no_answer_is_lost_whatever_the_clock_and_the_settings_do(
    steps: list[tuple[str, int, bool]],
) -> None:
    data = UsageData()
    for number, (kind, days, dear) in enumerate(steps, 1):
        period = data.period(kind, DECEMBER + timedelta(days=days))  # type: ignore[arg-type]  # sampled from its literals
        period.add("m", "chat", USAGE, Decimal("0.01") if dear else None)
        past = sum(each.requests for each in data.history)
        assert past + period.requests == number
        assert len({each.period for each in data.history}) == len(data.history)


def test_keys_of_others_and_comments_stay(tmp_path: Path) -> None:
    put(tmp_path, "# ours\nteam: blue\nusage:\n  note: kept  # why\n  history: []\n")
    book(tmp_path).add(Record(DEAR, "chat", USAGE), COSTS)
    text = (tmp_path / USAGE_FILE).read_text()
    assert text.startswith("# ours\nteam: blue\nusage:\n")
    assert "  note: kept  # why\n" in text
    assert book(tmp_path).budget(COSTS).spent > 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("usage: [\n", 2),
        ("usage:\n  current_period:\n    requests: many\n", 3),
        ("usage:\n  history: 7\n", 2),
        ("- a\n", 1),
    ],
)
def test_a_broken_file_is_set_aside_and_said(tmp_path: Path, text: str, line: int) -> None:
    put(tmp_path, text)
    usage = book(tmp_path)
    with pytest.raises(BrokenUsageError, match=f"^{USAGE_FILE}:{line}: "):
        usage.read()
    assert usage.trouble
    words = usage.add(Record(DEAR, "chat", USAGE), COSTS)
    assert ".ddd/memory/usage.broken.yaml" in words
    assert (tmp_path / ".ddd/memory/usage.broken.yaml").read_text() == text
    assert usage.add(Record(DEAR, "chat", USAGE), COSTS) == ""
    put(tmp_path, text)
    assert "usage.broken-2.yaml" in usage.add(Record(DEAR, "chat", USAGE), COSTS)
    assert (tmp_path / ".ddd/memory/usage.broken.yaml").read_text() == text


def test_what_cannot_be_written_still_counts_and_is_written_later(tmp_path: Path) -> None:
    (tmp_path / ".ddd").mkdir()
    (tmp_path / ".ddd/memory").write_text("in the way")
    usage = book(tmp_path)
    assert "cannot be written" in usage.add(Record(DEAR, "chat", USAGE), COSTS)
    spent = usage.budget(COSTS).spent
    assert spent > 0
    (tmp_path / ".ddd/memory").unlink()
    assert usage.add(Record(DEAR, "chat", USAGE), COSTS) == ""
    assert book(tmp_path).budget(COSTS).spent == 2 * spent


def test_where_tracking_is_off_nothing_is_written(tmp_path: Path) -> None:
    usage = book(tmp_path)
    usage.add(Record(DEAR, "chat", USAGE), CostTracking(enabled=False))
    assert not (tmp_path / ".ddd").exists()
    assert usage.session.requests == 1


_PROGRAM = """
import sys
from pathlib import Path
from tests.assist.test_usage import COSTS, DEAR, USAGE, book
from ddd_lab.assist.usage import Record
for _ in range(10):
    assert book(Path(sys.argv[1])).add(Record(DEAR, "chat", USAGE), COSTS) == ""
"""


def test_several_programs_and_threads_count_at_once(tmp_path: Path) -> None:
    programs = [subprocess.Popen([sys.executable, "-c", _PROGRAM, str(tmp_path)]) for _ in range(3)]
    shared = book(tmp_path)

    def count() -> None:
        for _ in range(5):
            assert shared.add(Record(FREE, "chat", USAGE), COSTS) == ""

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [program.wait() for program in programs] == [0, 0, 0]
    period = book(tmp_path).read().current_period
    assert period is not None
    assert (period.requests, period.by_model["dear"].requests) == (50, 30)
    assert [path.name for path in (tmp_path / ".ddd/memory").glob("usage*")] == ["usage.yaml"]


def test_git_leaves_the_record_out_since_it_is_one_persons(tmp_path: Path) -> None:
    repo = git.Repo.init(tmp_path)
    put(tmp_path, "usage: [\n")
    book(tmp_path).add(Record(DEAR, "chat", USAGE), COSTS)
    assert not [path for path in repo.untracked_files if "usage" in path]


def test_replies_teach_the_counter_and_the_file_remembers(tmp_path: Path) -> None:
    usage = book(tmp_path)
    real = USAGE.input + USAGE.cache_read + USAGE.cache_write
    assert usage.counter(DEAR)("x" * 100, "spec").how == "estimate"
    usage.add(Record(DEAR, "chat", USAGE, estimated=real * 10 // 12), COSTS)
    counter = book(tmp_path).counter(DEAR)
    assert counter.correction.factor == pytest.approx(1.2, rel=1e-3)
    assert counter.correction.as_of == "2026-12-01"
    assert counter("x" * 100, "spec").how == "calibrated"
    guessed = Usage(input=9_000, how="estimate")
    usage.add(Record(DEAR, "chat", guessed, estimated=1000), COSTS)
    assert book(tmp_path).counter(DEAR).correction == counter.correction
