"""Editing a node as the lines of YAML that it has in its file."""

from __future__ import annotations

from ddd_lab.canvas.commands._registry import flow_key, operation
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.protocol.arguments import Arguments, Text
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.canvas.source_ranges import lines_of
from ddd_lab.files.edit.node_yaml import SnippetError
from ddd_lab.spec.problem import Place


class NodeText(Arguments):
    """A node, and what its lines are to be."""

    id: Text
    text: Text


class NodeLines(Message):
    """The lines of a node, and where in the file they are."""

    text: str
    path: str
    line: int


class NodeCheck(Message):
    """Which lines of the file would change, or what is wrong with the edited lines and where."""

    diff: str = ""
    problem: str = ""
    line: int = 0
    column: int = 0


class EditedNode(Message):
    """The id of a node and its lines, as they are now."""

    id: str
    text: str


@operation("nothing")
def node_yaml(session: CanvasSession, card: args.CardId) -> NodeLines:
    """Say which lines a node has, whole and without the indentation of the file."""
    key = flow_key(session)
    path, line, _ = lines_of(session.workbench, Place(flow=key, node=card.id))
    return NodeLines(text=session.workbench.node_yaml(key, card.id), path=path, line=line)


@operation("nothing")
def check_node_yaml(session: CanvasSession, edited: NodeText) -> NodeCheck:
    """Say which lines of the file edited lines would change, or why they cannot be taken over."""
    try:
        diff = session.workbench.preview_node_yaml(flow_key(session), edited.id, edited.text)
        return NodeCheck(diff=diff)
    except SnippetError as error:
        return NodeCheck(problem=str(error), line=error.line, column=error.column)


@operation()
def set_node_yaml(session: CanvasSession, edited: NodeText) -> EditedNode:
    """Take over edited lines, and say the id of the node and its lines then."""
    key = flow_key(session)
    id = session.workbench.set_node_yaml(key, edited.id, edited.text)
    session.refold(edited.id, id)
    return EditedNode(id=id, text=session.workbench.node_yaml(key, id))
