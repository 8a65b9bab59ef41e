"""Notes of a flow as cards, and edits of cards that may be nodes or notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ddd_lab.canvas.protocol.field_types import JsonObject
from ddd_lab.canvas.protocol.messages import Card
from ddd_lab.maps.data import NoteData
from ddd_lab.spec.edit.containers import carried
from ddd_lab.spec.edit.nodes import EditError, coordinate, move_nodes, remove_nodes
from ddd_lab.spec.edit.notes import LARGEST, SMALLEST, change_note, notes, remove_notes
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData

Positions = Mapping[str, tuple[float, float]]

NOTE_SCHEMA: JsonObject = {
    "type": "object",
    "properties": {
        "text": {
            "type": "string",
            "title": "Text",
            "format": "multiline",
            "description": "What the note says",
        },
        **{
            side: {
                "type": "number",
                "minimum": SMALLEST,
                "maximum": LARGEST,
                "title": side.capitalize(),
                "description": f"Its {side}",
                "x-unit": "pixels",
            }
            for side in ("width", "height")
        },
    },
}
"""What can be set of a note."""


def note_ids(flow: FlowData) -> dict[str, str]:
    """Ids of the notes of a flow by the ids of their cards, which no node has."""
    sheet_notes = notes(flow)
    if not sheet_notes:
        return {}
    taken = {*flow.by_id, *(edge.target for edge in flow.edges)}
    ids: dict[str, str] = {}
    for note in sheet_notes:
        card = f"note:{note.id}"
        while card in taken:
            card = f"~{card}"
        taken.add(card)
        ids[card] = note.id
    return ids


def note_card(id: str, note: NoteData) -> Card:
    """The card of a note."""
    return Card(
        id=id,
        kind="note",
        type="note",
        type_title="Note",
        category="note",
        icon="✎",
        title=note["text"],
        x=note["x"],
        y=note["y"],
        width=note["width"],
        height=note["height"],
        placed=note["placed"],
        has_input=False,
    )


def split(flow: FlowData, cards: Collection[str]) -> tuple[list[str], list[str]]:
    """Which of some cards are nodes, by their ids, and which are notes, by the notes' own ids."""
    own = note_ids(flow)
    return [id for id in cards if id not in own], [own[id] for id in cards if id in own]


def move_cards(flow: FlowData, places: Positions) -> FlowData:
    """Put nodes and notes at places; what lies inside a moved container moves along.

    Raises:
        EditError: one does not exist, or a coordinate is none.
    """
    own = note_ids(flow)
    nodes = {id: place for id, place in places.items() if id not in own}
    flow = move_nodes(flow, carried(flow, nodes))
    for id, place in places.items():
        if id in own:
            flow = change_note(flow, own[id], position=place)
    return flow


def remove_cards(flow: FlowData, cards: Collection[str]) -> FlowData:
    """Remove nodes and notes.

    Raises:
        EditError: one does not exist, or is the trigger.
    """
    nodes, removed = split(flow, cards)
    return remove_notes(remove_nodes(flow, nodes), removed)


def set_of_note(flow: FlowData, note: str, path: Path, value: Data) -> FlowData:
    """Set a note's text, width or height.

    Raises:
        EditError: a note has nothing else, or not such a value.
    """
    match path:
        case ("text",):
            if not isinstance(value, str):
                raise EditError(f"the text of a note must be text, not {value!r}")
            return change_note(flow, note, text=value)
        case ("size",):
            settings = value if isinstance(value, Mapping) else {}
            wide, high = (coordinate("a note", settings.get(side)) for side in ("width", "height"))
            return change_note(flow, note, size=(wide, high))
        case ("width",) | ("height",):
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise EditError(f"the {path[0]} of a note must be a number, not {value!r}")
            wide, high = next(own.size for own in notes(flow) if own.id == note)
            sides = (value, high) if path[0] == "width" else (wide, value)
            return change_note(flow, note, size=sides)
    raise EditError("of a note, its text, its width and its height can be set")
