"""Notes on a sheet."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.edit.notes import LONGEST, SIZE, Note, add_note, change_note, notes, remove_notes
from ddd_lab.spec.models.base import Position
from tests.spec.flows import flow


def test_a_note_is_put_on_the_sheet_and_read_back() -> None:
    noted, note = add_note(flow(), "Ask the bank", (10, 20), (300, 80))
    assert note == Note(id="note_1", text="Ask the bank", position=Position(10, 20), size=(300, 80))
    assert notes(noted) == (note,)
    assert noted.extra["notes"] == [
        {
            "id": "note_1",
            "text": "Ask the bank",
            "position": {"x": 10, "y": 20},
            "size": {"width": 300, "height": 80},
        }
    ]


def test_changing_a_note_keeps_keys_of_ones_own() -> None:
    start = flow(
        notes=[{"id": "n", "text": "old", "position": {"x": 1, "y": 2, "z": 3}, "by": "me"}]
    )
    changed = change_note(start, "n", text="new", position=(5, 6))
    assert changed.extra["notes"] == [
        {"id": "n", "text": "new", "position": {"x": 5, "y": 6, "z": 3}, "by": "me"}
    ]


def test_with_the_last_note_the_list_goes() -> None:
    noted, first = add_note(flow(), "one")
    noted, second = add_note(noted, "two")
    assert remove_notes(noted, [first.id]).extra["notes"] == [{"id": second.id, "text": "two"}]
    assert remove_notes(noted, [first.id, second.id]).extra == {}


def test_something_else_called_notes_is_left_alone() -> None:
    own = flow(notes="see the wiki")
    assert notes(own) == ()
    with pytest.raises(EditError, match="rename that key"):
        add_note(own, "hello")


def test_what_cannot_be_a_note_is_refused() -> None:
    with pytest.raises(EditError, match="characters"):
        add_note(flow(), "x" * (LONGEST + 1))
    with pytest.raises(EditError, match="coordinate"):
        add_note(flow(), "x", (float("nan"), 0))
    with pytest.raises(EditError, match="wide"):
        add_note(flow(), "x", (0, 0), (1, 1))
    with pytest.raises(EditError, match="no note"):
        change_note(flow(), "note_9", text="x")


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "text", "position", "size", "x", "width"]), inner)
    ),
    max_leaves=12,
)


@given(plain)
def test_whatever_stands_there_is_read_without_a_fault(value: Any) -> None:
    for note in notes(flow(notes=value)):
        assert min(note.size) >= min(40, *SIZE)
