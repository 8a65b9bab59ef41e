"""A card that is put into a line, and the room that what follows makes for it."""

from __future__ import annotations

from ddd_lab.canvas.boards.notes import Positions, move_cards
from ddd_lab.canvas.boards.view import BoardView
from ddd_lab.canvas.edge_inspection import which
from ddd_lab.canvas.protocol.messages import Link
from ddd_lab.spec.catalogue import node_type
from ddd_lab.spec.edit.insert import insert_node
from ddd_lab.spec.edit.nodes import find
from ddd_lab.spec.models.flow import FlowData

_GAP = 80
"""Pixels between two cards in a row, which labels of outputs fit into."""
_BESIDE = 12
"""Pixels between two rows of cards."""

_NEARLY = 40
"""Pixels by which a card may be off the row that a line begins in."""

_Box = tuple[float, float, float, float]
"""Where a card begins and ends along the flow, then across it."""


def inserted(
    board: BoardView, flow: FlowData, id: str, line: Link, at: tuple[float, float]
) -> FlowData:
    """Put a node that is on the flow into a line, at a place on the board.

    Cards that would be in its way, and what would not follow them any more, move on in the
    direction of the flow; nothing else moves.

    Raises:
        EditError: the node cannot be there.
    """
    flow = insert_node(flow, which(line), id)
    return move_cards(flow, _places(board, flow, id, line, at))


def _places(
    board: BoardView, flow: FlowData, id: str, line: Link, at: tuple[float, float]
) -> Positions:
    down = board.direction == "down"
    boxes = _boxes(board, down)
    home = find(flow, id).parent
    new = _box(*at, *_size(board, flow, id), down)
    before = boxes.get(line.source)
    if before is not None:
        new = _level(new, before)
        new = _moved_to(new, before[1] + _GAP) if _clash(before, new) else new
    settled = {id: new}
    leads = {(edge.source, edge.target) for edge in flow.edges}
    for other, box in sorted(boxes.items(), key=lambda item: item[1]):
        node = flow.by_id.get(other)
        if node is None or node.parent != home or other in (id, line.source) or box[1] <= new[0]:
            continue
        nearest = [
            settled[one][1] + min(_GAP, box[0] - boxes[one][1])
            for one in settled.keys() & boxes.keys()
            if (one, other) in leads and boxes[one][1] <= box[0]
        ]
        free = _moved_to(box, max(nearest)) if nearest and max(nearest) > box[0] else box
        while clash := [clashing for clashing in settled.values() if _clash(clashing, free)]:
            free = _moved_to(free, max(clashing[1] for clashing in clash) + _GAP)
        if free is not box:
            settled[other] = free
    cards = {card: board.cards[card] for card in settled if card != id}
    moves = {card: settled[card][0] - boxes[card][0] for card in cards}
    placed = {
        card: (shown.x, shown.y + moves[card]) if down else (shown.x + moves[card], shown.y)
        for card, shown in cards.items()
    }
    return {id: (new[2], new[0]) if down else (new[0], new[2]), **placed}


def _boxes(board: BoardView, down: bool) -> dict[str, _Box]:
    """Every card of the board, a container with the frame around what is in it."""
    boxes = {
        card.id: _box(card.x, card.y, card.width, card.height, down)
        for card in board.cards.values()
        if card.kind == "node"
    }
    for frame in board.frames:
        if frame.kind == "container" and frame.card in boxes and not frame.folded:
            own = boxes[frame.card]
            around = _box(frame.x, frame.y, frame.width, frame.height, down)
            start, end, top, bottom = zip(own, around, strict=True)
            boxes[frame.card] = (min(start), max(end), min(top), max(bottom))
    return boxes


def _size(board: BoardView, flow: FlowData, id: str) -> tuple[float, float]:
    card = board.cards.get(id)
    if card is not None:
        return card.width, card.height
    kind = node_type(find(flow, id).type)
    return kind.size if kind else (0, 0)


def _box(x: float, y: float, width: float, height: float, down: bool) -> _Box:
    return (y, y + height, x, x + width) if down else (x, x + width, y, y + height)


def _moved_to(box: _Box, start: float) -> _Box:
    return (start, start + box[1] - box[0], *box[2:])


def _level(box: _Box, other: _Box) -> _Box:
    """The box in a row with another one, where it nearly is."""
    by = (other[2] + other[3] - box[2] - box[3]) / 2
    return (*box[:2], box[2] + by, box[3] + by) if abs(by) <= _NEARLY else box


def _clash(one: _Box, other: _Box) -> bool:
    """Whether two boxes are in the same row without a gap between them."""
    along = one[0] < other[1] + _GAP and other[0] < one[1] + _GAP
    return along and one[2] < other[3] + _BESIDE and other[2] < one[3] + _BESIDE
