"""The assistant of a design: asks a model with the right context, and makes its answer a proposal.

Whoever asks gets an :class:`Answer` at once, which grows on a thread of its own. For one place only
the latest question counts: an answer that still runs there is marked as replaced.
"""

from __future__ import annotations

import logging
import threading
from functools import partial

from ddd_lab.assist.actions.map_actions import SUMMARY
from ddd_lab.assist.answer import Answer, AnswerState
from ddd_lab.assist.client import ModelClient
from ddd_lab.assist.context.blocks import Context
from ddd_lab.assist.conversation import Conversation
from ddd_lab.assist.counting import ModelCounter
from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.question import Question
from ddd_lab.assist.replies import Outcome, ProviderError
from ddd_lab.capabilities import require
from ddd_lab.memory.keeper import memory_of
from ddd_lab.visible import error_at_hand
from ddd_lab.workbench import Workbench

logger = logging.getLogger("ddd_lab.assist")


def assistant_of(workbench: Workbench) -> Assistant:
    """The assistant of an open project: one for its canvases and cells."""
    if "assistant" not in workbench.companions:
        workbench.companions["assistant"] = Assistant(workbench)
    assistant: Assistant = workbench.companions["assistant"]
    return assistant


class Assistant:
    """Answers questions about one design. Threads may share it.

    Args:
        workbench: the open design.
        client: that asks the models; the project's own if left out.
    """

    def __init__(self, workbench: Workbench, client: ModelClient | None = None) -> None:
        self.workbench = workbench
        self.client = client or ModelClient(workbench.root)
        self._counters: dict[tuple[str, str], ModelCounter] = {}
        self._running: dict[str, Answer] = {}
        self._lock = threading.Lock()

    def ask(self, question: Question, *, place: str | None = None) -> Answer:
        """Ask, without waiting for the answer.

        Args:
            question: what is asked.
            place: what the answer takes the place of others for; where the question is asked if
                left out.
        """
        require("models")
        answer = Answer(question.text, question.at, question.task)
        spot = question.at if place is None else place
        with self._lock:
            earlier = self._running.get(spot)
            self._running[spot] = answer
        if earlier is not None:
            earlier.replace()
        thread = threading.Thread(
            target=self._run, args=(answer, question, spot), name="ddd-lab answer", daemon=True
        )
        thread.start()
        return answer

    def context(self, question: Question) -> Context:
        """Exactly what would be sent, before anything is sent."""
        return self._conversation(question).context()

    def counter(self, question: Question, entry: ModelEntry) -> ModelCounter:
        """What counts tokens for a question: the same in all turns of a conversation.

        What is learnt of a model in one turn would otherwise change what is sent in the next, and
        the vendor could not take the part that stays the same from its cache.
        """
        key = (question.at, entry.id)
        with self._lock:
            if not question.history or key not in self._counters:
                self._counters[key] = self.client.counter(entry)
            return self._counters[key]

    def _conversation(self, question: Question) -> Conversation:
        return Conversation(self.workbench, self.client, question, partial(self.counter, question))

    def _run(self, answer: Answer, question: Question, spot: str) -> None:
        try:
            self._conversation(question).carry_on(answer)
            if question.task == SUMMARY and answer.running:
                memory_of(self.workbench).set_summary(answer.text, answer.model)
            answer.end(AnswerState.DONE)
        except ProviderError as error:
            cancelled = error.outcome is Outcome.CANCELLED
            answer.end(AnswerState.CANCELLED if cancelled else AnswerState.FAILED, str(error))
        except Exception as error:  # noqa: BLE001 - it is logged, and said
            logger.error("A question could not be answered\n%s", error_at_hand())
            answer.end(
                AnswerState.FAILED,
                f"The answer could not be worked out: {error}. Ask again; if it fails again, "
                "report it with the log.",
            )
        finally:
            with self._lock:
                if self._running.get(spot) is answer:
                    del self._running[spot]
