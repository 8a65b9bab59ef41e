"""An answer ends once, and what comes after its end changes nothing."""

from __future__ import annotations

import random
import threading

from ddd_lab.assist.answer import Answer, AnswerState, Ended
from ddd_lab.assist.replies import TextDelta


def test_what_comes_after_the_end_is_dropped() -> None:
    answer = Answer("Why?")
    assert answer.tell(TextDelta("Because"))
    answer.cancel()
    assert not answer.tell(TextDelta(" of this."))
    assert (answer.text, answer.state) == ("Because", "cancelled")


def test_who_listens_late_is_told_of_the_end() -> None:
    answer = Answer("Why?")
    answer.end(AnswerState.FAILED, "The server is gone. Start it.")
    events: list[object] = []
    answer.listen(events.append)
    assert events == [Ended(AnswerState.FAILED)]


def test_an_answer_ends_exactly_once_whoever_ends_it_first() -> None:
    chance = random.Random(11)
    for _ in range(200):
        answer = Answer("Which?")
        events: list[object] = []
        answer.listen(events.append)
        ends = [answer.cancel, answer.replace, lambda a=answer: a.end(AnswerState.DONE)]  # type: ignore[misc]
        chance.shuffle(ends)
        threads = [threading.Thread(target=end) for end in ends]
        for thread in threads:
            thread.start()
        answer.tell(TextDelta("word"))
        for thread in threads:
            thread.join()
        assert answer.wait(0)
        assert sum(isinstance(event, Ended) for event in events) == 1
        assert isinstance(events[-1], Ended)
        assert answer.cancellation.cancelled
