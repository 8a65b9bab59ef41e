"""Inline actions: what a model can do for a node, a connection, a sheet or a map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from ddd_lab.canvas.boards.titles import title_of
from ddd_lab.canvas.commands._registry import operation
from ddd_lab.canvas.commands.assistant import Asked, Id, SentView, sent_view
from ddd_lab.canvas.protocol.arguments import Arguments, Text
from ddd_lab.canvas.protocol.assistant import ActionView, ModelView
from ddd_lab.canvas.protocol.field_types import Shown
from ddd_lab.canvas.protocol.message import Message
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.visible import one_line, visible

if TYPE_CHECKING:
    from ddd_lab.assist.actions import Action, Target
    from ddd_lab.assist.assistant import Assistant
    from ddd_lab.assist.question import Question


class ActionTarget(Arguments):
    """What an action is done to, and the model that shall do it; empty for the usual one.

    Attributes:
        at: the place.
        node: id of the node, or of the one that a connection leaves.
        output, to: of a connection, its output and the id of the node that it leads to.
    """

    at: Text
    node: Text = ""
    output: Text = ""
    to: Text = ""
    model: Id = ""


class ChosenAction(ActionTarget):
    """An action and its target, with what the person says beside it."""

    action: Id
    text: Annotated[Text, Field(max_length=50_000)] = ""


class ActionOffer(Message):
    """What an action would take here.

    Attributes:
        unfit: why it makes no sense here; empty where it does.
        model: that would be asked; empty where none can be.
        why: that model, or none.
        price: about what it would cost, in words.
    """

    id: str
    unfit: str = ""
    model: Shown = ""
    why: Shown = ""
    price: str = ""


class ActionOffers(Message):
    """The actions of a target, and the models that could be asked instead."""

    actions: list[ActionOffer]
    models: list[ModelView]


class ActionFacts(Message):
    """What is known before a model is asked.

    Attributes:
        subject: what the action is done to, in words.
        facts: what the lab itself knows, as Markdown; empty if nothing.
        missing: what to set so that a model can be asked; empty where one can.
        offer: what it would take.
    """

    subject: Shown
    facts: str
    missing: str
    offer: ActionOffer


def action_views() -> list[ActionView]:
    """Every action, in the order of the menus."""
    from ddd_lab.assist.actions import ACTIONS

    return [
        ActionView(
            id=action.id,
            title=action.title,
            on=list(action.on),
            question=action.question,
            proposes=action.gives == "proposal",
        )
        for action in ACTIONS.values()
    ]


@operation("nothing")
def inline_actions(session: CanvasSession, wanted: ActionTarget) -> ActionOffers:
    """Say which model would do each action of a target, and for what; nothing is sent."""
    from ddd_lab.assist.actions import ACTIONS

    target = _target(session, wanted)
    actions = [action for action in ACTIONS.values() if target.kind in action.on]
    state = session.assistant.state()
    tokens = _tokens(session, actions[0], target)
    return ActionOffers(
        actions=[_offer(session, action, target, wanted.model, tokens) for action in actions],
        models=state.models,
    )


@operation("nothing")
def action_facts(session: CanvasSession, chosen: ChosenAction) -> ActionFacts:
    """Say what is known of a target without a model, and what asking one would take."""
    action, target = _action(session, chosen)
    return ActionFacts(
        subject=_subject(session, target),
        facts=visible(action.facts(session.workbench, target), lines=True),
        missing=session.assistant.state().missing,
        offer=_offer(session, action, target, chosen.model, _tokens(session, action, target)),
    )


@operation("nothing")
def action_sent(session: CanvasSession, chosen: ChosenAction) -> SentView:
    """Show exactly what would be sent for an action; nothing is."""
    action, target = _action(session, chosen)
    question = _question(action, target, chosen.text.strip(), chosen.model)
    return sent_view(session.assistant.assistant, question)


@operation("nothing")
def run_action(session: CanvasSession, chosen: ChosenAction) -> Asked:
    """Have a model do an action; what it says is sent as it comes, and stays in a conversation."""
    action, target = _action(session, chosen)
    text = chosen.text.strip()
    if action.question and not text:
        raise EditError(f"answer first: {action.question}")
    about = text or (_subject(session, target) if target.node else "")
    words = ": ".join(part for part in (action.title.rstrip("…"), about) if part)
    question = _question(action, target, text, chosen.model)
    thread, asked, answer = session.assistant.act(question, words)
    return Asked(thread=thread, question=asked, answer=answer)


def _question(action: Action, target: Target, text: str = "", model: str = "") -> Question:
    from ddd_lab.assist.question import Question

    return Question(
        text,
        at=target.at,
        selection=tuple(id for id in (target.node, target.to) if id),
        action=action,
        target=target,
        model=model,
    )


def _target(session: CanvasSession, wanted: ActionTarget) -> Target:
    """What an action is done to.

    Raises:
        EditError: it is gone.
    """
    from ddd_lab.assist.actions import Target

    target = Target(wanted.at, wanted.node, wanted.output, wanted.to)
    design = session.workbench.design
    if target.kind in ("node", "connection"):
        flow = design.flows.get(target.at)
        ends = (target.node, target.to) if target.to else (target.node,)
        if flow is None or any(id not in flow.by_id for id in ends):
            raise EditError("what this was to be done to is gone")
    elif target.at and target.at not in {*design.domains, *design.flows}:
        raise EditError("this place is gone, or its file is broken")
    return target


def _action(session: CanvasSession, chosen: ChosenAction) -> tuple[Action, Target]:
    """An action that fits its target.

    Raises:
        EditError: it does not, or one of both is not there.
    """
    from ddd_lab.assist.actions import ACTIONS

    target = _target(session, chosen)
    action = ACTIONS.get(chosen.action)
    if action is None or target.kind not in action.on:
        raise EditError("there is no such action here")
    unfit = _unfit(session, action, target)
    if unfit:
        raise EditError(unfit)
    return action, target


def _unfit(session: CanvasSession, action: Action, target: Target) -> str:
    return "" if action.fits(session.workbench, target) else f"Only {action.when}"


def _subject(session: CanvasSession, target: Target) -> str:
    """What an action is done to, as people call it."""
    workbench = session.workbench
    if not target.node:
        return title_of(workbench, target.at, "") or workbench.name
    names = target.flow_in(workbench).names
    ends = (target.node, target.to) if target.to else (target.node,)
    return one_line(" → ".join(names.get(id, id) for id in ends))


def _tokens(session: CanvasSession, action: Action, target: Target) -> int | None:
    """About how much is sent for an action; None where nothing could be."""
    from ddd_lab.assist.context.blocks import ContextError
    from ddd_lab.assist.replies import ProviderError

    assistant: Assistant = session.assistant.assistant
    try:
        return assistant.context(_question(action, target)).tokens
    except (ContextError, ProviderError):
        return None


def _offer(
    session: CanvasSession, action: Action, target: Target, model: str, tokens: int | None
) -> ActionOffer:
    from ddd_lab.assist.budget import dollars
    from ddd_lab.assist.registry import is_free

    offer = ActionOffer(id=action.id, unfit=_unfit(session, action, target))
    if tokens is None:
        return offer
    attempts = session.assistant.assistant.client.plan(action.id, tokens, model)
    first = next((attempt for attempt in attempts if not attempt.skip), None)
    if first is None:
        return offer.model_copy(update={"why": one_line(attempts[0].skip) if attempts else ""})
    price = first.expected.price
    words = "price unknown" if price is None else f"about {dollars(price)}"
    return offer.model_copy(
        update={
            "model": one_line(first.entry.name),
            "why": one_line(first.why),
            "price": "free" if is_free(first.entry) else words,
        }
    )
