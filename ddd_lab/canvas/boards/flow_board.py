"""Level 3 as a board: the nodes of a flow with their ports, and the lines between them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict

from ddd_lab.canvas.boards.frames import sheet_frames
from ddd_lab.canvas.boards.links import links_of
from ddd_lab.canvas.boards.notes import note_card, note_ids
from ddd_lab.canvas.boards.problem_counts import ProblemCounts
from ddd_lab.canvas.boards.view import BoardView
from ddd_lab.canvas.protocol.messages import Card, Counts, InsideItem, InsideRow, Link, PortView
from ddd_lab.maps import card_layout, sheet
from ddd_lab.maps.card_texts import ICONS
from ddd_lab.maps.coordinates import placed_box
from ddd_lab.maps.data import MissingCard, NodeCard, NoteData, PlacedBox, Sheet
from ddd_lab.maps.edges import MapEdge, missing_id, sheet_edges
from ddd_lab.maps.layout import View
from ddd_lab.maps.links import opened_flows
from ddd_lab.maps.memory import BoardMemory
from ddd_lab.maps.sheet_cards import CardCache
from ddd_lab.maps.sizes import inside_room
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.workbench import Workbench

_State = tuple[PlacedBox, str, Counts]
"""What a card shows besides its node: where it lies, what it opens, its problems."""


class FlowBoardBuilder:
    """Paints one flow; a node that did not change keeps its card."""

    def __init__(self, at: str) -> None:
        self._at = at
        self._plain: CardCache = {}
        self._cards: dict[str, tuple[NodeCard, _State, Card]] = {}
        self._edges: list[MapEdge] = []
        self._links: dict[str, Link] = {}

    def board(
        self,
        flow: FlowData,
        flow_keys: Collection[str],
        problem_counts: ProblemCounts,
        view: View,
        memory: BoardMemory,
    ) -> BoardView:
        """The flow as it is now, laid out for a view if it has no places yet."""
        plain = sheet(flow, self._at, cache=self._plain, view=view, memory=memory)
        opens = opened_flows(self._at, flow, flow_keys)
        cards: dict[str, Card] = {}
        for node in plain["nodes"]:
            id = node["id"]
            cards[id] = self._card(node, opens.get(id, ""), problem_counts.of(self._at, id))
        for stand_in in plain["missing"]:
            missing = _missing(stand_in)
            cards[missing.id] = missing
        cards |= _notes(flow, plain["notes"])
        for card in self._cards.keys() - cards.keys():
            del self._cards[card]
        return BoardView(
            at=self._at,
            level="flow",
            title=plain["flow"]["name"],
            subtitle=flow.description or plain["flow"]["trigger"],
            direction=plain["direction"],
            style=plain["chosen"],
            apart=plain["apart"],
            cards=cards,
            links=self._lines(plain),
            frames=sheet_frames(plain["containers"], plain["groups"]),
            empty="Nothing is on this sheet yet. Drag a node here from the palette.",
        )

    def _card(self, node: NodeCard, opens: str, problems: Counts) -> Card:
        state = (placed_box(node), opens, problems)
        cached = self._cards.get(node["id"])
        if cached is not None and cached[0] is node and cached[1] == state:
            return cached[2]
        card = _node(node, opens, problems)
        self._cards[node["id"]] = (node, state, card)
        return card

    def _lines(self, plain: Sheet) -> dict[str, Link]:
        """The links by id; most edits leave all of them as they were."""
        edges = sheet_edges(plain)
        if edges != self._edges:
            self._edges = edges
            self._links = links_of(edges, fixed=False)
        return dict(self._links)


def _notes(flow: FlowData, notes: Sequence[NoteData]) -> dict[str, Card]:
    by_id = {note["id"]: note for note in notes}
    return {id: note_card(id, by_id[note]) for id, note in note_ids(flow).items()}


def _node(node: NodeCard, opens: str, problems: Counts) -> Card:
    return Card(
        id=node["id"],
        kind="node",
        type=node["type"],
        type_title=node["type_title"],
        category=node["category"],
        icon=node["icon"],
        title=node["title"],
        summary=node["summary"],
        **placed_box(node),
        has_input=node["has_input"],
        outputs=[PortView.model_validate(port) for port in node["outputs"]],
        inside=_inside(node),
        tags=["agent"] if node["category"] in ("agent", "orchestration") else [],
        problems=problems,
        opens=opens,
        fixed=node["fixed"],
        container=node["container"],
        shape=node["shape"],
    )


def _inside(node: NodeCard) -> list[InsideRow]:
    """The rows of a large card, arranged as in exported pictures."""
    parts = card_layout.unsaid(node["details"] or (), node["summary"])
    if not parts:
        return []
    rows = card_layout.arranged(parts, node["width"], inside_room(node["height"]))
    return [
        InsideRow(
            title=row.title,
            y=row.y,
            items=[InsideItem.model_validate(asdict(item)) for item in row.items],
            more=row.more,
        )
        for row in rows
    ]


def _missing(stand_in: MissingCard) -> Card:
    return Card(
        id=missing_id(stand_in["id"]),
        kind="missing",
        type="missing",
        type_title="Missing node",
        category="missing",
        icon=ICONS["missing"],
        title=stand_in["title"],
        summary=stand_in["summary"],
        **placed_box(stand_in),
        has_input=False,
        fixed=True,
    )


def broken_board(workbench: Workbench, at: str) -> BoardView:
    """A flow whose file cannot be read: nothing to draw, and why."""
    path = workbench.flow_path(at)
    document = workbench.document(path)
    broken = document.broken if document else None
    reason = f"{path} cannot be read."
    if broken is not None:
        line = f":{broken.line}" if broken.line else ""
        reason = f"{path}{line}: {broken.message}"
    return BoardView(
        at=at,
        level="flow",
        title=at.partition("/")[2],
        subtitle=path,
        empty="This flow cannot be drawn until its file is fixed.",
        readonly=reason,
    )
