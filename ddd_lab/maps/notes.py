"""Notes on a sheet, where they lie: those without a place go below the cards."""

from __future__ import annotations

from collections.abc import Iterable

from ddd_lab.maps.coordinates import LIMIT
from ddd_lab.maps.data import NoteData
from ddd_lab.maps.layout import Rect
from ddd_lab.spec.edit.notes import notes
from ddd_lab.spec.models.base import Position, pixels
from ddd_lab.spec.models.flow import FlowData

GAP = 32.0


def sheet_notes(flow: FlowData, areas: Iterable[Rect]) -> list[NoteData]:
    """The notes of a flow, where they lie."""
    own_notes = notes(flow)
    if not own_notes:
        return []
    occupied = [*areas]
    for note in own_notes:
        if note.position is not None and _near(note.position):
            (x, y), (width, height) = note.position, note.size
            occupied.append(Rect(x, y, x + width, y + height))
    left = min((area.left for area in occupied), default=0.0)
    below = max((area.bottom for area in occupied), default=-GAP) + GAP
    cards: list[NoteData] = []
    for note in own_notes:
        width, height = note.size
        at = note.position
        placed = at is not None and _near(at)
        x, y = (at.x, at.y) if at is not None and placed else (left, below)
        if not placed:
            left += width + GAP
        cards.append(
            {
                "id": note.id,
                "text": note.text,
                "x": pixels(x),
                "y": pixels(y),
                "width": pixels(width),
                "height": pixels(height),
                "placed": placed,
            }
        )
    return cards


def _near(at: Position) -> bool:
    return abs(at.x) <= LIMIT and abs(at.y) <= LIMIT
