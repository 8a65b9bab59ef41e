"""What the canvases of a project share of the assistant: conversations, and answers that come."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from functools import partial

from ddd_lab.assist.answer import Ended
from ddd_lab.assist.assistant import assistant_of
from ddd_lab.assist.chat.records import ChatMessage, ThreadInfo, TokensUsed
from ddd_lab.assist.chat.threads import Threads
from ddd_lab.assist.question import Question
from ddd_lab.assist.question import Turn as Said
from ddd_lab.canvas.boards.titles import title_of
from ddd_lab.canvas.protocol.assistant import (
    AssistantMode,
    AssistantState,
    Conversation,
    ThreadView,
    Turn,
)
from ddd_lab.canvas.protocol.message import Message
from ddd_lab.canvas.session.answers import (
    Running,
    Throttle,
    changes_of,
    decision_view,
    interrupted,
    interruption,
    usage_view,
    whole_turn,
)
from ddd_lab.canvas.session.assistant_state import assistant_state
from ddd_lab.canvas.session.design_session import DesignSession
from ddd_lab.canvas.session.proposal_session import Boards, ProposalSession
from ddd_lab.canvas.session.suggested_questions import suggested_questions
from ddd_lab.capabilities import lack_of
from ddd_lab.files.documents.settings import (
    SETTINGS_FILE,
    change_setting,
)
from ddd_lab.implementation.config import SettingsError
from ddd_lab.lossless_yaml import PatchError, YamlError
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.visible import error_at_hand, one_line, visible

logger = logging.getLogger("ddd_lab.canvas")

_REMEMBERED = 20
"""Turns of a conversation that go with the next question."""


class AssistantSession:
    """The assistant of a project, as its canvases use it.

    Everything here runs on the canvases' thread; only what an answer tells comes from its own.

    Args:
        broadcaster: of the project.

    Attributes:
        assistant: that is asked.
        threads: the conversations.
        proposals: what they propose.
        design: on its way from a paragraph through the gates.
    """

    def __init__(self, broadcaster: Boards) -> None:
        self.broadcaster = broadcaster
        self.workbench = broadcaster.workbench
        self.assistant = assistant_of(self.workbench)
        self.threads = Threads(self.workbench)
        self.proposals = ProposalSession(broadcaster, self.threads, self)
        self.design = DesignSession(broadcaster, self.assistant, self.proposals, self.name)
        self._running: dict[str, Running] = {}
        self._modes: dict[str, AssistantMode] = {}

    def tell(self, kind: str, message: Message) -> None:
        """Send a message to every canvas."""
        self.broadcaster.tell(kind, message)

    # --- what there is to ask with ---------------------------------------------------------

    def state(self, *, look: bool = False) -> AssistantState:
        """What there is to ask with.

        Args:
            look: ask the models' servers, too; what they say is sent to the canvases.
        """
        if look and not lack_of("models"):
            threading.Thread(target=self._look, name="ddd-lab model health", daemon=True).start()
        state = assistant_state(self.assistant, self.mode_of(None), self.threads.trouble)
        return state.model_copy(update={"modes": dict(self._modes)})

    def _look(self) -> None:
        try:
            self.assistant.client.health(look=True)
        except Exception:  # noqa: BLE001 - it is logged
            logger.error("The models could not be looked at\n%s", error_at_hand())
        if not self.broadcaster.later(0.0, self._tell_state):
            self._tell_state()

    def _tell_state(self) -> None:
        self.tell("assistant", self.state())

    # --- conversations ---------------------------------------------------------------------

    def conversation(self, at: str, id: str = "", *, new: bool = False) -> Conversation:
        """A conversation, the latest one of a place, or what a new one begins with.

        Raises:
            EditError: there is no such conversation.
        """
        latest = self.threads.infos(at) if not id and not new else []
        id = id or (latest[0].id if latest else "")
        begun = Conversation(
            at=at,
            place=self._place(at),
            suggestions=suggested_questions(self.workbench, at),
        )
        if not id:
            return begun
        thread = self.threads.thread(id)
        coming = [one for one in self._running.values() if one.thread == id]
        cut_off = interrupted(thread.messages, len(coming))
        turns = []
        for message in thread.messages:
            turns.append(self.turn(message))
            if message.id in cut_off:
                turns.append(interruption(message.id))
        for one in coming:
            text, thinking = one.texts
            turn = one.turn(self.name)
            turns.append(turn.model_copy(update={"text": text, "thinking": thinking}))
        return begun.model_copy(update={"thread": self._view(thread.info), "turns": turns})

    def list(self, at: str | None, words: str, *, archived: bool) -> list[ThreadView]:
        """Conversations of a place (None for all), or those that have some words."""
        if not words.strip():
            return [self._view(info) for info in self.threads.infos(at, archived=archived)]
        return [
            self._view(match.thread, match.excerpt)
            for match in self.threads.search(words)
            if (archived or not match.thread.archived) and at in (None, match.thread.place)
        ]

    def retitle(self, id: str, title: str) -> ThreadView:
        """Give a conversation another title."""
        return self._view(self.threads.retitle(id, title))

    def archive(self, id: str, archived: bool) -> ThreadView:
        """Leave a conversation out of lists, or show it there again."""
        return self._view(self.threads.archive(id, archived))

    def _view(self, info: ThreadInfo, excerpt: str = "") -> ThreadView:
        return ThreadView(
            id=info.id,
            at=info.place,
            place=self._place(info.place),
            title=one_line(info.title),
            updated=info.updated,
            messages=info.messages,
            archived=info.archived,
            excerpt=excerpt,
        )

    def _place(self, at: str) -> str:
        return one_line(title_of(self.workbench, at, "") or self.workbench.name)

    def turn(self, message: ChatMessage) -> Turn:
        """A message as a turn of its conversation."""
        usage = message.usage
        return Turn(
            id=message.id,
            role=message.role,
            state=message.state,
            text=visible(message.content, lines=True),
            model=self.name(message.model),
            why=one_line(message.why),
            usage=usage_view(usage),
            cost=message.cost,
            error=visible(message.error),
            proposal=message.proposal,
            again=self.proposals.knows(message.id),
            changes=[one_line(change) for change in message.changes],
            plan=self.proposals.plan(message.id),
            decision=decision_view(message.content) if message.role == "assistant" else None,
        )

    def name(self, model: str) -> str:
        """What people call a model, by its id."""
        entry = self.assistant.client.registry.models.get(model)
        return one_line(entry.name if entry else model)

    # --- questions and answers -------------------------------------------------------------

    def question(self, question: Question, thread: str) -> Question:
        """A question with what was said before in its conversation."""
        if not thread or question.action is not None:
            return question
        said = [
            Said("user" if message.role == "user" else "assistant", message.content)
            for message in self.threads.thread(thread).messages
            if message.role != "system" and message.content and message.state == "done"
        ]
        return replace(question, history=tuple(said[-_REMEMBERED:]))

    def ask(self, question: Question, thread: str, words: str = "") -> tuple[ThreadView, str, str]:
        """Ask; returns the conversation, and the ids of the question and the answer.

        Args:
            question: what is asked.
            thread: id of the conversation; empty for a new one.
            words: what the conversation says of it; the question's own where left out.

        Raises:
            EditError: nothing was asked, or there is no such conversation.
        """
        words = words or question.text
        if not words.strip():
            raise EditError("write a question first")
        whole = self.question(question, thread)
        id = thread or self.threads.begin(question.at).id
        if not thread and "" in self._modes:
            self._modes[id] = self._modes.pop("")
        asked = self.threads.add(id, ChatMessage(role="user", content=words))
        self.tell("turn", whole_turn(id, self.turn(asked)))
        reply = ChatMessage(role="assistant", content="")
        self._start(reply.id, id, whole)
        return self._view(self.threads.thread(id).info), asked.id, reply.id

    def act(self, question: Question, words: str) -> tuple[ThreadView, str, str]:
        """Run an inline action in the latest conversation of its place, which it does not send.

        Args:
            question: with the action and its target.
            words: what the conversation says of it.
        """
        latest = self.threads.infos(question.at)
        return self.ask(question, latest[0].id if latest else "", words)

    def _start(self, id: str, thread: str, question: Question) -> None:
        answer = self.assistant.ask(question)
        running = self._running[id] = Running(id, thread, question, answer)
        throttle = Throttle(partial(self._send, running), self.broadcaster.later)

        def heard(event: object) -> None:
            running.take(event)
            throttle.last() if isinstance(event, Ended) else throttle.soon()

        answer.listen(heard)

    def _send(self, running: Running) -> None:
        """Tell the canvases how an answer went on; once it has ended, it is kept."""
        if self._running.get(running.id) is not running:
            return
        self.proposals.take(running)
        if running.over:
            del self._running[running.id]
            self._keep(running)
        self.tell("turn", running.news(self.name))
        if running.over:
            self.proposals.finish(running)
            self._tell_state()

    def _keep(self, running: Running) -> None:
        answer, turn = running.answer, running.turn(self.name)
        message = ChatMessage(
            id=running.id,
            role="assistant",
            content=answer.text,
            model=answer.model,
            why=answer.why,
            usage=TokensUsed(**vars(answer.usage)) if answer.usage is not None else None,
            cost=turn.cost,
            state="failed" if turn.state == "running" else turn.state,
            error=answer.error,
            proposal=turn.proposal,
            changes=tuple(changes_of(answer.proposal)),
        )
        try:
            self.threads.add(running.thread, message)
        except EditError as error:
            logger.warning("An answer could not be kept: %s", error)

    def note(self, thread: str, text: str) -> None:
        """Say something in a conversation that nobody asked."""
        self.threads.add(thread, ChatMessage(role="system", content=text))

    def cancel(self, id: str) -> None:
        """Stop an answer; one that is over already stays as it is."""
        running = self._running.get(id)
        if running is not None:
            running.declined = True
            running.answer.cancel()
            self._send(running)

    def allow(self, id: str, allowed: bool) -> None:
        """Let an answer that asked go on, or end it.

        Raises:
            EditError: it asks nothing any more.
        """
        running = self._running.get(id)
        if running is None or running.leave is None:
            raise EditError("this answer asks nothing any more")
        leave = running.leave
        if not allowed:
            running.declined = True
            self._send(running)
            return
        try:
            self.assistant.client.remember(leave.leaves)
        except OSError as error:
            logger.warning("What was allowed could not be kept: %s", error)
        question = replace(running.question, model=leave.model, allow=leave.leaves)
        self._start(id, running.thread, question)

    # --- settings --------------------------------------------------------------------------

    def mode_of(self, thread: str | None) -> AssistantMode:
        """How far the assistant may go: as a person chose in a conversation, or the project says.

        Where the settings cannot be read, it only shows.

        Args:
            thread: id of the conversation, empty for one that has not begun; None for no one's.
        """
        if thread is not None and thread in self._modes:
            return self._modes[thread]
        try:
            return self.workbench.mode
        except SettingsError:
            return "explore"

    def set_mode(self, mode: AssistantMode, thread: str) -> AssistantState:
        """Choose how far the assistant may go in a conversation, as long as the program runs."""
        self._modes[thread] = mode
        self._tell_state()
        return self.state()

    def set_limit(self, limit: float) -> AssistantState:
        """Choose what may be spent in a period, in US dollars.

        Raises:
            EditError: the settings cannot be written.
        """
        self._set(("llm", "cost_tracking", "budget_limit"), limit)
        return self.state()

    def _set(self, keys: tuple[str, ...], value: object) -> None:
        try:
            change_setting(self.workbench.root, keys, value)
        except (OSError, YamlError, PatchError) as error:
            raise EditError(f"{SETTINGS_FILE} cannot be changed: {error}") from error
