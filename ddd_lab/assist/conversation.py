"""One question on its way: context, look-ups, the reply, the proposal, and its repair."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ddd_lab.assist import prompts
from ddd_lab.assist.actions import Target
from ddd_lab.assist.answer import ContextReady, LookedUp, ProposalGrew, Repairing, Settled
from ddd_lab.assist.client import ModelClient
from ddd_lab.assist.client_events import ClientEvent, TextVoid
from ddd_lab.assist.context.assemble import BUDGET, assemble
from ddd_lab.assist.context.request import ContextRequest
from ddd_lab.assist.context.sources import Sources
from ddd_lab.assist.lookup import MOST_STEPS, look_up, tools
from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.plan import context_of
from ddd_lab.assist.proposals.answers import AnswerReader, ModelAnswer, read_answer
from ddd_lab.assist.proposals.edits import answer_schema
from ddd_lab.assist.proposals.model_data import read_json
from ddd_lab.assist.proposals.proposal import Proposal
from ddd_lab.assist.proposals.repair import repaired
from ddd_lab.assist.question import Question
from ddd_lab.assist.replies import Outcome, ProviderError, TextDelta, ToolCalled
from ddd_lab.assist.requests import Message, Request, ToolCall
from ddd_lab.assist.tokens import TokenCounter
from ddd_lab.implementation.quoting import fenced, named

if TYPE_CHECKING:
    from ddd_lab.assist.answer import Answer
    from ddd_lab.assist.context.blocks import Context
    from ddd_lab.workbench import Workbench


class Conversation:
    """Carries one question to its answer.

    Args:
        workbench: of the design.
        client: that asks the models.
        question: what is asked.
        counter_of: counts tokens for a model.
    """

    def __init__(
        self,
        workbench: Workbench,
        client: ModelClient,
        question: Question,
        counter_of: Callable[[ModelEntry], TokenCounter],
    ) -> None:
        self._workbench = workbench
        self._client = client
        self._question = question
        self._counter_of = counter_of
        self._messages: list[Message] = []
        self._steps = 0
        self._context: Context | None = None

    @property
    def proposes(self) -> bool:
        """Whether the answer may suggest changes."""
        action = self._question.action
        if self._question.schema is not None:
            return False
        return action is None or action.gives == "proposal"

    def carry_on(self, answer: Answer) -> None:
        """Ask, look up, propose and repair, telling the answer of each step.

        Raises:
            ProviderError: no model answered to the end.
        """
        context = self.context()
        answer.tell(ContextReady(context))
        self._context = context
        self._messages = [
            *(Message(turn.role, turn.text) for turn in self._question.history),
            Message("user", context.text),
        ]
        if self.proposes:
            preparing = threading.Thread(
                target=Proposal.prepare, args=(self._workbench,), daemon=True
            )
            preparing.start()
        text = self._reply(answer)
        if self._question.schema is not None:
            answer.data = _by_schema(text)
        elif self.proposes:
            self._propose(answer, text)
        elif not text.strip():
            raise ProviderError(Outcome.FAILED, "The model said nothing. Ask again.")

    # --- what is sent ----------------------------------------------------------------------

    def context(self) -> Context:
        """Exactly what is sent first: it costs nothing to look at it.

        Raises:
            ContextError: not even the question fits.
        """
        question = self._question
        attempts = self._client.plan(question.task, 0, question.model)
        if not attempts:
            raise ProviderError(Outcome.NOT_FOUND, "There is no model. Add one to llm.models")
        request = ContextRequest(
            at=question.at,
            selection=question.selection,
            question=self._asked(),
            pinned=frozenset(question.pinned),
            dropped=frozenset(question.dropped),
            rules=prompts.rules(proposes=self.proposes),
        )
        with self._workbench.lock:
            sources = Sources.of(self._workbench)
            entry = attempts[0].entry
            return assemble(request, sources, self._counter_of(entry), _budget(entry))

    def _asked(self) -> str:
        """The question as the model gets it: of an action, with what the lab itself knows."""
        question = self._question
        action, target = question.action, question.target
        if action is None:
            return question.text
        parts = [action.instruction]
        if target is not None:
            with self._workbench.lock:
                parts += [_subject(target), action.facts(self._workbench, target)]
        return "\n\n".join(part for part in (*parts, question.text) if part)

    # --- asking ----------------------------------------------------------------------------

    def _reply(self, answer: Answer, *, shows: bool = True) -> str:
        """The model's whole answer, after it has looked up what it wished to.

        Args:
            shows: whether people see it come; what only mends an answer is seen when it is whole.
        """
        has_schema = self._question.schema is not None
        while True:
            reply = _Reply(
                self._question,
                self._workbench,
                answer,
                structured=self.proposes or has_schema,
                shows=shows,
            )
            offered = self._question.action is None and self._steps < MOST_STEPS
            for event in self._stream(answer, may_look_up=offered):
                reply.take(event)
            if answer.leave is not None:
                raise ProviderError(Outcome.FAILED, answer.leave.reason)
            if not reply.calls or (not offered and reply.text.strip()):
                return reply.text
            if not offered:
                raise ProviderError(
                    Outcome.FAILED,
                    "The model looks things up without end. Ask for less, or choose another model.",
                )
            self._messages.append(Message("assistant", reply.text, tuple(reply.calls)))
            for call in reply.calls:
                self._messages.append(self._looked_up(answer, call))
            if shows:
                answer.tell(TextVoid())

    def _stream(self, answer: Answer, *, may_look_up: bool) -> Iterator[ClientEvent]:
        def request(entry: ModelEntry) -> Request:
            return self._request(entry, may_look_up=may_look_up)

        yield from self._client.stream(
            self._question.task,
            request,
            answer.cancellation,
            override=self._question.model,
            allow=self._question.allow,
        )

    def _request(self, entry: ModelEntry, *, may_look_up: bool) -> Request:
        assert self._context is not None
        return Request(
            entry.model_id,
            self._context.system,
            tuple(self._messages),
            tools=tools() if may_look_up else (),
            schema=answer_schema() if self.proposes else self._question.schema,
            max_tokens=entry.max_tokens,
            temperature=entry.temperature,
            effort=entry.effort,
        )

    def _looked_up(self, answer: Answer, call: ToolCall) -> Message:
        self._steps += 1
        if self._steps > MOST_STEPS:
            result = f"No more than {MOST_STEPS} look-ups. Answer with what you know."
        else:
            result = look_up(self._workbench, call)
            answer.tell(LookedUp(call.name, call.arguments, result))
        return Message("tool", "\n".join(fenced(result, limit=0)), tool_call_id=call.id)

    # --- proposing -------------------------------------------------------------------------

    def _propose(self, answer: Answer, text: str) -> None:
        """Make a proposal of an answer; what is wrong with it goes back to the model."""
        question, workbench = self._question, self._workbench
        texts = [text]

        def propose(read: ModelAnswer) -> Proposal:
            proposal = Proposal.of(
                workbench, read.edits, question.at, shown=question.shown, id=answer.id[:12]
            )
            if proposal.possible:
                answer.tell(ProposalGrew(proposal))
            return proposal

        def ask(faults: str, round: int) -> str:
            answer.tell(Repairing(round, faults.count("\n- ")))
            self._messages += [Message("assistant", texts[-1]), Message("user", faults)]
            texts.append(self._reply(answer, shows=False))
            return texts[-1]

        best = repaired(workbench, read_answer(text, question.at), question.at, ask, propose)
        if best.answer.broken:
            raise ProviderError(
                Outcome.FAILED, f"The answer cannot be used: {best.answer.broken}. Ask again."
            )
        answer.tell(Settled(best.answer.say, best.answer.refused, best.proposal))


def _budget(entry: ModelEntry) -> int:
    """Tokens that may be sent: what is usual, or what a small model leaves beside its answer."""
    room = context_of(entry)
    return BUDGET if room is None else min(BUDGET, room - min(entry.max_tokens, room // 3))


def _by_schema(text: str) -> dict[str, Any]:
    """What an answer by a schema of the question's own says."""
    try:
        data = read_json(text)
    except ValueError as error:
        data, why = None, str(error)
    else:
        why = "it is no map"
    if not isinstance(data, dict):
        raise ProviderError(Outcome.FAILED, f"The answer cannot be used: {why}. Ask again.")
    return data


def _subject(target: Target) -> str:
    """What an action is done to, in words."""
    match target.kind:
        case "node":
            return f"The node is {named(target.node)} of {named(target.at)}."
        case "connection":
            ends = f"from {named(target.node)} ({named(target.output)}) to {named(target.to)}"
            return f"The connection is the one {ends} in {named(target.at)}."
        case "sheet":
            return f"The flow is {named(target.at)}."
        case "domain":
            return f"The domain is {named(target.at)}."
        case "system":
            return ""


class _Reply:
    """What comes of one reply, passed on as it comes.

    Args:
        question: that is answered.
        workbench: of the design.
        answer: that is told.
        structured: whether the text is said in JSON, of which people see what it says.
        shows: whether people see the text as it comes.
    """

    def __init__(
        self,
        question: Question,
        workbench: Workbench,
        answer: Answer,
        *,
        structured: bool,
        shows: bool,
    ) -> None:
        self.text = ""
        self.calls: list[ToolCall] = []
        self._question = question
        self._workbench = workbench
        self._answer = answer
        self._structured = structured
        self._shows = shows
        self._reader = AnswerReader(question.at)
        self._next_look = 0.0

    def take(self, event: ClientEvent) -> None:
        """Take the next event in."""
        match event:
            case TextDelta(text=piece):
                self.text += piece
                self._show(piece)
                return
            case ToolCalled(call=call):
                self.calls.append(call)
                return
            case TextVoid():
                self.text, self.calls = "", []
                self._reader = AnswerReader(self._question.at)
                if not self._shows:
                    return
            case _:
                pass
        self._answer.tell(event)

    def _show(self, piece: str) -> None:
        if not self._shows:
            return
        if not self._structured:
            self._answer.tell(TextDelta(piece))
            return
        said = self._reader.say
        new = self._reader.feed(piece)
        if len(self._reader.say) > len(said):
            self._answer.tell(TextDelta(self._reader.say[len(said) :]))
        if new and time.monotonic() >= self._next_look:
            self._grow()

    def _grow(self) -> None:
        """Show what is proposed so far, but spend no more than half of the time on that."""
        began = time.monotonic()
        proposal = Proposal.of(
            self._workbench,
            self._reader.edits,
            self._question.at,
            shown=self._question.shown,
            complete=False,
            id=self._answer.id[:12],
        )
        self._answer.tell(ProposalGrew(proposal))
        self._next_look = 2 * time.monotonic() - began
