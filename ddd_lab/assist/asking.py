"""From what a person calls to a question: the place is looked up, and what cannot be is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from ddd_lab.assist.actions import Kind, Target, action_named, actions_for
from ddd_lab.assist.question import Question
from ddd_lab.assist.registry import Registry
from ddd_lab.spec.edit.nodes import EditError, find
from ddd_lab.spec.no_such import no_such
from ddd_lab.workbench import Workbench

Wish = Literal["review", "explain", "suggest"]

_ACTIONS: Final[Mapping[Wish, Mapping[Kind, str]]] = {
    "review": {"sheet": "review_flow", "system": "review_architecture"},
    "explain": {"node": "explain_node"},
    "suggest": {
        "node": "suggest_spec",
        "sheet": "suggest_wiring",
        "domain": "suggest_flows",
        "system": "suggest_domains",
    },
}
_EXPLAIN = "Explain this {} in plain words."


def question_for(
    workbench: Workbench,
    text: str,
    at: str = "",
    *,
    action: str = "",
    selection: tuple[str, ...] = (),
    model: str = "",
    allow: tuple[str, ...] = (),
) -> Question:
    """A question that can be asked.

    Args:
        workbench: of the design.
        text: what is asked; of an action, what is said beside it.
        at: ``domain/flow#node``, ``domain/flow``, a domain, or empty for the system.
        action: id of an inline action; none if left out.
        selection: ids of nodes that it is about, besides the one that ``at`` names.
        model: id of the model; chosen by the settings if left out.
        allow: what a person has allowed for it.

    Raises:
        KeyError: there is no such action, place or model.
        EditError: there is no such node, the action does not fit there, or words are missing.
    """
    place, _, node = at.partition("#")
    wanted = action_named(action) if action else None
    _check(workbench, place, node)
    if model and model not in (models := Registry.of(workbench.root).models):
        raise no_such("model", model, models)
    if wanted is None:
        if not text.strip():
            raise EditError("the question is empty")
        nodes = (node, *selection) if node else selection
        return Question(text, place, nodes, model=model, allow=allow)
    target = Target(place, node)
    if wanted not in actions_for(workbench, target):
        raise EditError(f"“{wanted.title}” does not fit {at or 'the whole system'}")
    if wanted.question and not text.strip():
        raise EditError(f"“{wanted.title}” needs your words: {wanted.question}")
    return Question(text, place, selection, action=wanted, target=target, model=model, allow=allow)


def usual_question(
    workbench: Workbench, wish: Wish, at: str = "", *, model: str = "", allow: tuple[str, ...] = ()
) -> Question:
    """What "review", "explain" or "suggest" means for a place.

    Raises:
        KeyError: there is no such place.
        EditError: there is no such node, or this is not offered for such a place.
    """
    place, _, node = at.partition("#")
    kind = Target(place, node).kind
    action = _ACTIONS[wish].get(kind, "")
    if not action and wish != "explain":
        raise EditError(f"only a flow or the whole system can be reviewed; {at} is a {kind}")
    text = "" if action else _EXPLAIN.format("flow" if kind == "sheet" else kind)
    return question_for(workbench, text, at, action=action, model=model, allow=allow)


def _check(workbench: Workbench, place: str, node: str) -> None:
    """Refuse a place that is not there."""
    workbench.take_outside_changes()
    design = workbench.design
    if "/" in place and place not in design.flow_keys:
        raise no_such("flow", place, design.flow_keys)
    if place and "/" not in place and place not in design.domains:
        raise no_such("domain", place, design.domains)
    if node and "/" not in place:
        raise EditError(f"only a flow has nodes: domain/flow#{node}")
    if node:
        find(workbench.flow_data(place), node)
