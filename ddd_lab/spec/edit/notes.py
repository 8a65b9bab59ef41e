"""Notes on a sheet: remarks that belong to the picture and to no node.

They stand in a list ``notes`` at the top of the flow's file, each with ``id``, ``text``,
``position`` and ``size``. To the guide, its companion and the later format that is an unknown key,
which each of them keeps.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ddd_lab.spec.edit.nodes import EditError, coordinate
from ddd_lab.spec.models.base import Data, Frozen, Position
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.plain_data import word

KEY = "notes"
SIZE = (220, 120)
"""Width and height, in pixels, of a note that says nothing about it."""
SMALLEST, LARGEST = 40, 4000
"""Pixels that a side of a note may have."""
LONGEST = 20_000
"""Characters that a note may have."""


class Note(Frozen):
    """A note as it lies on the sheet.

    Attributes:
        id: unique among the notes of the flow.
        text: what it says.
        position: top left corner in pixels; None where layout decides.
        size: width and height in pixels.
    """

    id: str
    text: str = ""
    position: Position | None = None
    size: tuple[float, float] = SIZE


def notes(flow: FlowData) -> tuple[Note, ...]:
    """Every note of a flow; what stands in the list and is none is left out."""
    listed: dict[str, Note] = {}
    for entry in _entries(flow):
        id = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(id, str) and id not in listed:
            listed[id] = _read(id, entry)
    return tuple(listed.values())


def add_note(
    flow: FlowData,
    text: str,
    position: tuple[float, float] | None = None,
    size: tuple[float, float] | None = None,
) -> tuple[FlowData, Note]:
    """Put a note on the sheet; returns the new flow and the note."""
    value = flow.extra.get(KEY)
    if value is not None and not isinstance(value, list):
        raise EditError(
            f"“notes” of flow {flow.id!r} is not a list; rename that key in the file to "
            "put notes on the sheet"
        )
    taken = {note.id for note in notes(flow)}
    number = len(taken) + 1
    while (id := f"note_{number}") in taken:
        number += 1
    entry: dict[str, Any] = {"id": id, "text": _text(text)}
    if position is not None:
        entry["position"] = _place(id, position)
    if size is not None:
        entry["size"] = _size(size)
    return _with(flow, [*(value or []), entry]), _read(id, entry)


def change_note(
    flow: FlowData,
    id: str,
    *,
    text: str | None = None,
    position: tuple[float, float] | None = None,
    size: tuple[float, float] | None = None,
) -> FlowData:
    """Change what is given of a note; its other keys stay."""
    update: dict[str, Any] = {}
    if text is not None:
        update["text"] = _text(text)
    if position is not None:
        update["position"] = _place(id, position)
    if size is not None:
        update["size"] = _size(size)
    at = _index(flow, id)
    entries = list(_entries(flow))
    old = entries[at]
    for key in ("position", "size"):
        if key in update and isinstance(old.get(key), dict):
            update[key] = {**old[key], **update[key]}
    entries[at] = {**old, **update}
    return _with(flow, entries)


def remove_notes(flow: FlowData, ids: Collection[str]) -> FlowData:
    """Take notes off the sheet; with the last one the list goes too."""
    indexes = {_index(flow, id) for id in ids}
    left = [entry for index, entry in enumerate(_entries(flow)) if index not in indexes]
    return _with(flow, left) if indexes else flow


def _entries(flow: FlowData) -> list[Data]:
    value = flow.extra.get(KEY)
    return value if isinstance(value, list) else []


def _index(flow: FlowData, id: str) -> int:
    for index, entry in enumerate(_entries(flow)):
        if isinstance(entry, dict) and entry.get("id") == id:
            return index
    names = ", ".join(note.id for note in notes(flow)) or "none"
    raise EditError(f"there is no note {id!r} in flow {flow.id!r}; its notes: {names}")


def _with(flow: FlowData, entries: list[Data]) -> FlowData:
    extra = {**flow.extra, KEY: entries}
    if not entries:
        del extra[KEY]
    return flow.model_copy(update={"extra": extra})


def _read(id: str, entry: dict[str, Data]) -> Note:
    text, place, size = entry.get("text"), entry.get("position"), entry.get("size")
    x, y = _pair(place, "x", "y")
    width, height = _pair(size, "width", "height")
    note = Note(id=id, text=text if isinstance(text, str) else "")
    update: dict[str, Any] = {}
    if x is not None and y is not None:
        update["position"] = Position(x, y)
    if width is not None and height is not None and min(width, height) >= SMALLEST:
        update["size"] = (min(width, LARGEST), min(height, LARGEST))
    return note.model_copy(update=update)


def _pair(value: Data, *keys: str) -> tuple[float | None, ...]:
    numbers: list[float | None] = []
    for key in keys:
        number = value.get(key) if isinstance(value, dict) else None
        try:
            numbers.append(coordinate("a note", number))
        except EditError:
            numbers.append(None)
    return tuple(numbers)


def _text(text: str) -> str:
    if len(word(text, "a note")) > LONGEST:
        raise EditError(f"a note has at most {LONGEST} characters, not {len(text)}")
    return text


def _place(id: str, place: tuple[float, float]) -> dict[str, float]:
    x, y = (coordinate(id, value) for value in place)
    return {"x": x, "y": y}


def _size(size: tuple[float, float]) -> dict[str, float]:
    width, height = (coordinate("the note's size", value) for value in size)
    if not all(SMALLEST <= side <= LARGEST for side in (width, height)):
        raise EditError(
            f"a note is {SMALLEST} to {LARGEST} pixels wide and high, not {width} × {height}"
        )
    return {"width": width, "height": height}
