"""Conversations: kept beside the design, found again, and never lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddd_lab.assist.chat.records import ChatMessage, TokensUsed
from ddd_lab.assist.chat.thread_files import FOLDER, append_lines, read_lines
from ddd_lab.assist.chat.threads import Threads
from ddd_lab.spec.models.base import EditError
from ddd_lab.workbench import Workbench
from tests.files.projects import small_project
from tests.profiles import tries

FLOW = "payments/charge-card"


@pytest.fixture
def workbench(tmp_path: Path) -> Workbench:
    return Workbench(small_project(tmp_path), watch=False)


@pytest.fixture
def threads(workbench: Workbench) -> Threads:
    return Threads(workbench)


def asked(text: str) -> ChatMessage:
    return ChatMessage(role="user", content=text)


def file_of(workbench: Workbench, id: str) -> Path:
    return workbench.root / FOLDER / f"{id}.jsonl"


@pytest.mark.covers("T15.10")
def test_a_conversation_is_there_after_a_restart(workbench: Workbench, threads: Threads) -> None:
    info = threads.begin(FLOW)
    threads.add(info.id, asked("Which errors are missing?"))
    threads.add(
        info.id,
        ChatMessage(
            role="assistant",
            content="The bank may be down.\n\n- 502",
            model="claude-sonnet",
            usage=TokensUsed(input=900, output=40),
            cost=0.003,
            proposal="pending",
        ),
    )
    again = Threads(Workbench(workbench.root, watch=False))
    (found,) = again.infos(FLOW)
    thread = again.thread(found.id)
    assert found.title == "Which errors are missing?"
    assert [message.content for message in thread.messages] == [
        "Which errors are missing?",
        "The bank may be down.\n\n- 502",
    ]
    assert thread.messages[1].usage == TokensUsed(input=900, output=40)
    assert again.infos("payments") == again.infos("") == []


def test_what_became_of_a_proposal_is_remembered(threads: Threads) -> None:
    info = threads.begin(FLOW)
    message = threads.add(
        info.id, ChatMessage(role="assistant", content="Two cards.", proposal="pending")
    )
    threads.mark_proposal(info.id, message.id, "applied")
    assert threads.thread(info.id).messages[0].proposal == "applied"


def test_conversations_are_not_committed(workbench: Workbench, threads: Threads) -> None:
    threads.begin("")
    assert (workbench.root / FOLDER / ".gitignore").read_text() == "*\n"


def test_the_first_line_says_what_the_conversation_is(
    workbench: Workbench, threads: Threads
) -> None:
    info = threads.begin("payments", "Refunds")
    line = json.loads(file_of(workbench, info.id).read_text().splitlines()[0])
    assert line["id"] == info.id
    assert line["place"] == "payments"
    assert line["title"] == "Refunds"
    assert line["archived"] is False


def test_renaming_and_archiving_only_append(workbench: Workbench, threads: Threads) -> None:
    info = threads.begin(FLOW)
    threads.add(info.id, asked("Hello"))
    before = file_of(workbench, info.id).read_bytes()
    threads.retitle(info.id, "  Bank\nerrors ")
    threads.archive(info.id)
    assert file_of(workbench, info.id).read_bytes().startswith(before)
    assert threads.infos(FLOW) == []
    (archived,) = threads.infos(FLOW, archived=True)
    assert archived.title == "Bank errors"
    threads.archive(info.id, archived=False)
    assert [info.title for info in threads.infos(FLOW)] == ["Bank errors"]


def test_the_latest_conversation_comes_first(threads: Threads) -> None:
    first, second = threads.begin(FLOW, "First"), threads.begin(FLOW, "Second")
    threads.add(second.id, asked("One"))
    time.sleep(0.002)  # times are kept in milliseconds
    threads.add(first.id, asked("Two"))
    assert [info.title for info in threads.infos()] == ["First", "Second"]


def test_search_finds_all_words_in_title_and_messages(threads: Threads) -> None:
    info = threads.begin(FLOW, "Errors of the bank")
    threads.add(info.id, asked("What if the GATEWAY times out?"))
    threads.add(threads.begin("").id, asked("Anything else"))
    (match,) = threads.search("gateway bank")
    assert match.thread.id == info.id
    assert "GATEWAY times out" in match.excerpt
    assert threads.search("gateway refund") == []
    assert threads.search("  ") == []


def test_a_conversation_follows_a_flow_that_is_renamed(
    workbench: Workbench, threads: Threads
) -> None:
    info = threads.begin(FLOW)
    workbench.rename_flow(FLOW, "Take Money")
    assert threads.infos(FLOW) == []
    assert [one.id for one in threads.infos("payments/take-money")] == [info.id]
    workbench.undo()
    assert [one.id for one in threads.infos(FLOW)] == [info.id]
    workbench.redo()
    workbench.save()
    again = Threads(Workbench(workbench.root, watch=False))
    assert [one.id for one in again.infos("payments/take-money")] == [info.id]


def test_a_rename_that_is_not_saved_is_not_followed_after_a_restart(
    workbench: Workbench, threads: Threads
) -> None:
    info = threads.begin(FLOW)
    workbench.rename_domain("payments", "Money")
    assert [one.id for one in threads.infos("money/charge-card")] == [info.id]
    again = Threads(Workbench(workbench.root, watch=False))
    assert [one.id for one in again.infos(FLOW)] == [info.id]


def test_a_conversation_about_what_is_gone_stays(workbench: Workbench, threads: Threads) -> None:
    info = threads.begin(FLOW)
    workbench.delete_flow(FLOW)
    workbench.save()
    assert [one.id for one in threads.infos()] == [info.id]
    assert threads.infos("payments") == []


@pytest.mark.parametrize("id", ["", "../x", "0" * 31, "A" * 32, f"{'0' * 32}/x"])
def test_no_other_file_can_be_named(threads: Threads, id: str) -> None:
    with pytest.raises(EditError, match="no longer exists"):
        threads.add(id, asked("Hello"))


def test_a_line_of_a_later_version_is_left_alone(workbench: Workbench, threads: Threads) -> None:
    info = threads.begin(FLOW)
    path = file_of(workbench, info.id)
    with path.open("a") as file:
        file.write('{"kind": "reaction", "what": "+1"}\nno JSON\n[1]\n')
        file.write('{"kind": "message", "role": "user", "content": "Hi", "colour": "red"}\n')
        file.write('{"kind": "message", "role": "robot", "content": "Hi"}\n')
        file.write('{"kind": "thread", "archived": "perhaps"}\n')
    assert [message.content for message in threads.thread(info.id).messages] == ["Hi"]
    assert "no JSON" in path.read_text()


def test_a_line_that_was_cut_off_is_kept_aside(workbench: Workbench, threads: Threads) -> None:
    info = threads.begin(FLOW)
    threads.add(info.id, asked("One"))
    path = file_of(workbench, info.id)
    torn = b'{"kind": "message", "role": "user", "content": "Tw'
    path.write_bytes(path.read_bytes() + torn)
    assert [message.content for message in threads.thread(info.id).messages] == ["One"]
    threads.add(info.id, asked("Three"))
    assert [message.content for message in threads.thread(info.id).messages] == ["One", "Three"]
    assert path.with_suffix(".torn").read_bytes() == torn + b"\n"


@settings(max_examples=tries(40, 2000))
@given(texts=st.lists(st.text(max_size=12), min_size=1, max_size=6), data=st.data())
def test_a_file_cut_off_anywhere_loses_only_the_message_that_was_being_written(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: st.DataObject
) -> None:
    root = tmp_path_factory.mktemp("cut")
    id = "0" * 32
    ends = []
    for text in texts:
        append_lines(root, id, [{"kind": "message", "role": "user", "content": text}])
        ends.append((root / FOLDER / f"{id}.jsonl").stat().st_size)
    cut = data.draw(st.integers(0, ends[-1]))
    path = root / FOLDER / f"{id}.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    append_lines(root, id, [{"kind": "message", "role": "user", "content": "after"}])
    kept = [line["content"] for line in read_lines(root, id)]
    # A line is whole without the line break at its end.
    assert kept == [text for text, end in zip(texts, ends, strict=True) if end - 1 <= cut] + [
        "after"
    ]
    aside = path.with_suffix(".torn")
    left = aside.read_bytes().removesuffix(b"\n") if aside.exists() else b""
    assert path.read_bytes().startswith(whole[: cut - len(left)])
    assert whole[cut - len(left) : cut] == left


WRITER = """
import sys
from pathlib import Path
from ddd_lab.assist.chat.thread_files import append_lines
root, id, name, count = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
for number in range(count):
    text = f"{name} {number} " + "x" * 3000
    append_lines(root, id, [{"kind": "message", "role": "user", "content": text}])
    print(number, flush=True)
"""


def writer(root: Path, id: str, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(root), id, name, str(count)],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_several_programs_write_one_conversation(tmp_path: Path) -> None:
    id, count = "1" * 32, 40
    programs = [writer(tmp_path, id, name, count) for name in "abc"]
    for program in programs:
        program.communicate()
        assert program.returncode == 0
    names = [line["content"].split(" x")[0] for line in read_lines(tmp_path, id)]
    assert sorted(names) == sorted(f"{name} {n}" for name in "abc" for n in range(count))
    for name in "abc":
        assert [one for one in names if one[0] == name] == [f"{name} {n}" for n in range(count)]


def test_programs_that_are_killed_lose_nothing_that_they_had_written(tmp_path: Path) -> None:
    id, written = "2" * 32, set()
    for turn in range(tries(6, 200)):
        program = writer(tmp_path, id, f"p{turn}", 10_000)
        assert program.stdout is not None
        for _ in range(1 + turn % 4):
            written.add(f"p{turn} {program.stdout.readline().strip()}")
        os.kill(program.pid, signal.SIGKILL)
        program.communicate()
    names = [line["content"].split(" x")[0] for line in read_lines(tmp_path, id)]
    assert written <= set(names)
    assert len(names) == len(set(names))


def test_where_nothing_can_be_written_a_conversation_lasts_as_long_as_the_program(
    workbench: Workbench, threads: Threads
) -> None:
    folder = workbench.root / FOLDER
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("no folder")
    info = threads.begin(FLOW)
    threads.add(info.id, asked("One"))
    assert "cannot be kept" in threads.trouble
    assert [message.content for message in threads.thread(info.id).messages] == ["One"]
    assert [one.id for one in threads.infos(FLOW)] == [info.id]
    folder.unlink()
    threads.add(info.id, asked("Two"))
    assert threads.trouble == ""
    again = Threads(Workbench(workbench.root, watch=False))
    assert [message.content for message in again.thread(info.id).messages] == ["One", "Two"]
