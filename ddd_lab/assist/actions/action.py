"""What an action is, and what it is done to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ddd_lab.spec.edit.nodes import find
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.workbench import Workbench

Kind = Literal["node", "connection", "sheet", "domain", "system"]
Gives = Literal["proposal", "words"]


@dataclass(frozen=True)
class Target:
    """What an action is done to.

    Attributes:
        at: the place, ``domain/flow``, a domain's id, or empty for the System Map.
        node: id of the node; of a connection, of the node that it leaves.
        output: of a connection, the output that it leaves by.
        to: of a connection, id of the node that it leads to.
    """

    at: str = ""
    node: str = ""
    output: str = ""
    to: str = ""

    @property
    def kind(self) -> Kind:
        """What kind of thing it is."""
        if self.to:
            return "connection"
        if self.node:
            return "node"
        if "/" in self.at:
            return "sheet"
        return "domain" if self.at else "system"

    def flow_in(self, workbench: Workbench) -> FlowData:
        """The flow that it is, or lies in.

        Raises:
            KeyError: there is no such flow.
        """
        return workbench.flow_data(self.at)

    def node_in(self, workbench: Workbench) -> NodeData:
        """The node that it is, or leaves.

        Raises:
            EditError: it is gone.
        """
        return find(self.flow_in(workbench), self.node)


def _always(_workbench: Workbench, _target: Target) -> bool:
    return True


def _nothing(_workbench: Workbench, _target: Target) -> str:
    return ""


@dataclass(frozen=True)
class Action:
    """One thing that a model can do.

    Attributes:
        id: its name, which is also the task that ``llm.task_routing`` routes to a model.
        title: what a menu says.
        on: the kinds of targets that it is offered for.
        gives: whether it ends in a proposal or in words.
        instruction: what the model is told to do.
        question: what a person has to say first, as the label of an input; empty if nothing.
        fits: whether it makes sense for this target.
        when: where it does, in words; a menu says so elsewhere.
        facts: what is known without a model, as Markdown; shown at once, and sent along.
    """

    id: str
    title: str
    on: tuple[Kind, ...]
    gives: Gives
    instruction: str
    question: str = ""
    fits: Callable[[Workbench, Target], bool] = _always
    when: str = ""
    facts: Callable[[Workbench, Target], str] = _nothing
