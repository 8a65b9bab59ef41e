"""What the spec panel shows of a card."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from ddd_lab.canvas.boards.notes import NOTE_SCHEMA
from ddd_lab.canvas.layout_edits import domain_path
from ddd_lab.canvas.protocol.field_types import JsonObject
from ddd_lab.canvas.protocol.messages import Card, ProblemView
from ddd_lab.canvas.protocol.results import Inspection
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.canvas.source_ranges import EXCERPT, excerpt, lines_of
from ddd_lab.canvas.suggestions import suggestions
from ddd_lab.problems import place_of
from ddd_lab.spec.catalogue import NodeType, Settings, node_type
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.flow_blocks import flow_header
from ddd_lab.spec.local_refs import local_pointer
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.problem import Place, Problem
from ddd_lab.spec.references.ref_edits import kept_elsewhere, resolved_settings


def _header_schema(what: str, name: str = "") -> JsonObject:
    """The form of a flow's or domain's name and description."""
    return {
        "type": "object",
        "additionalProperties": not name,
        "properties": {
            "name": {
                "type": "string",
                "title": "Name",
                "description": name or f"What people call the {what}",
            },
            "description": {
                "type": "string",
                "title": "Description",
                "description": f"What the {what} is for",
            },
        },
    }


_RENAMES = "The name that people see. Its id, and what refers to it, follow"


def inspect(session: CanvasSession, id: str) -> Inspection:
    """What a card is, what it says, and where in the files.

    Raises:
        EditError: there is no such card on the board.
    """
    if not id and session.board.level == "flow":
        return _of_flow(session)
    card = session.board.cards.get(id)
    if card is None:
        raise EditError(f"there is no card {id!r} here any more")
    match card.kind:
        case "node":
            return _of_node(session, card)
        case "domain" | "portal":
            return _of_domain(session, card)
        case "flow":
            return _of_listed_flow(session, card)
        case "note":
            return _of_note(session, card)
        case "event" | "missing" | "gate":
            return _of_stand_in(card)


def _of_node(session: CanvasSession, card: Card) -> Inspection:
    flow = session.workbench.flow_data(session.at)
    node = flow.by_id[card.id]
    kind = node_type(node.type)
    schema = _schema(kind.type) if kind else {}
    data: dict[str, Data] = {"label": node.label, "spec": _settings(flow, node), **node.extra}
    if node.parent is not None:
        data["parent"] = node.parent
    path, line, lines = lines_of(session.workbench, Place(flow=session.at, node=card.id))
    return Inspection(
        id=card.id,
        kind="node",
        type=node.type,
        type_title=card.type_title,
        help=kind.help
        if kind
        else "This version of DDD Lab does not know this type. Its keys are kept.",
        card_schema=schema,
        data=data,
        required=_required(kind, data["spec"]) if kind else [],
        kept={
            "/".join(map(str, ("spec", *path))): pointer
            for path, pointer in kept_elsewhere(flow, card.id).items()
        },
        suggestions=suggestions(session.workbench, session.at, schema),
        problems=_problems_of_card(session, card.id),
        yaml=lines,
        path=path,
        line=line,
    )


@cache
def _schema(type: str) -> JsonObject:
    kind = node_type(type)
    return {**kind.spec.model_json_schema(), "x-usual": list(kind.shown_first)} if kind else {}


@cache
def _flow_schema(*, is_agent: bool) -> JsonObject:
    return flow_header(is_agent=is_agent).model_json_schema()


def _settings(flow: FlowData, node: NodeData) -> dict[str, Data]:
    """A node's settings as they take effect; the reference to a ``config`` block stays one."""
    settings = resolved_settings(flow, node.id)
    if local_pointer(node.spec.get("config")) is not None:
        settings["config"] = node.spec["config"]
    return settings


def _required(kind: NodeType, spec: Settings) -> list[str]:
    """Keys that must not be blank; of several that would do, the one that is there or the first."""
    return [
        key if isinstance(key, str) else next((name for name in key if name in spec), key[0])
        for key in kind.required
    ]


def _of_flow(session: CanvasSession) -> Inspection:
    board = session.board
    path, line, lines = lines_of(session.workbench, Place(flow=session.at))
    flow = session.workbench.design.flows.get(session.at)
    schema = _flow_schema(is_agent=flow is not None and flow.is_agent)
    return Inspection(
        id="",
        kind="flow",
        type=flow.type if flow else "flow",
        type_title="Agent flow" if flow and flow.is_agent else "Flow",
        card_schema=schema,
        data={"name": flow.name, "description": flow.description, **flow.extra} if flow else {},
        required=["name"],
        suggestions=suggestions(session.workbench, session.at, schema),
        problems=_problems_of_card(session, ""),
        yaml=lines,
        path=path,
        line=line,
        readonly=board.readonly,
    )


def _of_domain(session: CanvasSession, card: Card) -> Inspection:
    model = session.workbench.design.domains.get(card.opens)
    name, about = (model.name, model.description) if model else (card.title, "")
    path = domain_path(session.workbench, card.opens) if model else ""
    own = card.kind == "domain"
    return Inspection(
        id=card.id,
        kind=card.kind,
        type=card.type,
        type_title=card.type_title,
        help="Open it to see its flows."
        if own
        else "Leads to another domain that exchanges events or calls with this one.",
        card_schema=_header_schema("domain", _RENAMES) if own else {},
        data={"name": name, "description": about},
        required=["name"] if own else [],
        problems=_problems(session, lambda problem: problem.path == path),
        yaml=excerpt(session.workbench, path, 1, EXCERPT),
        path=path,
        line=1 if path and session.workbench.exists(path) else 0,
        readonly=_broken(session, path) if own else _elsewhere(path),
    )


def _of_listed_flow(session: CanvasSession, card: Card) -> Inspection:
    key = f"{session.at}/{card.id.partition(':')[2]}"
    flow = session.workbench.design.flows.get(key)
    path, line, lines = lines_of(session.workbench, Place(flow=key)) if flow else ("", 0, "")
    if not path:
        path = (
            session.workbench.flow_path(key)
            if card.opens
            else domain_path(session.workbench, session.at)
        )
    data = {"name": card.title}
    if flow is not None:
        data = {"name": flow.name, "description": flow.description}
    return Inspection(
        id=card.id,
        kind="flow",
        type=card.type,
        type_title=card.type_title,
        help="Open it to see and edit its nodes.",
        card_schema=_header_schema("flow", _RENAMES) if flow else {},
        data=data,
        required=["name"] if flow else [],
        problems=_problems(session, lambda problem: place_of(problem, (key,))[0] == key),
        yaml=lines,
        path=path,
        line=line,
        readonly="" if flow else _broken(session, path) or _elsewhere(path),
    )


def _of_note(session: CanvasSession, card: Card) -> Inspection:
    return Inspection(
        id=card.id,
        kind="note",
        type="note",
        type_title="Note",
        help="A remark on the sheet. It belongs to no node.",
        card_schema=NOTE_SCHEMA,
        data={"text": card.title, "width": card.width, "height": card.height},
        required=["text", "width", "height"],
        path=session.workbench.flow_path(session.at),
    )


_WHY_FIXED = {
    "missing": "The specs refer to this, but it is not defined.",
    "gate": "This card follows from a human gate of the flow that it leads to.",
    "event": "This card follows from the events in the domain files.",
}


def _of_stand_in(card: Card) -> Inspection:
    return Inspection(
        id=card.id,
        kind=card.kind,
        type=card.type,
        type_title=card.type_title,
        data={"name": card.title},
        help=card.summary,
        readonly=_WHY_FIXED[card.kind],
    )


def _elsewhere(path: str) -> str:
    place = f" in {path}" if path else " in the specs"
    return f"This card can be moved and opened here. What it says is edited{place}."


def _broken(session: CanvasSession, path: str) -> str:
    document = session.workbench.document(path) if path else None
    if document is None or document.broken is None:
        return ""
    return f"{path} cannot be read: {document.broken.message} Fix it first."


def _problems_of_card(session: CanvasSession, card: str) -> list[ProblemView]:
    place = (session.at, card)
    return _problems(session, lambda problem: place_of(problem, (session.at,)) == place)


def _problems(session: CanvasSession, belongs: Callable[[Problem], bool]) -> list[ProblemView]:
    return session.broadcaster.problem_views(belongs)
