"""The difference of two boards: only what the browser does not know yet."""

from __future__ import annotations

from collections.abc import Mapping

from ddd_lab.canvas.protocol.field_types import JsonObject
from ddd_lab.canvas.protocol.messages import Board, Card, Link, Patch

_HEAD = tuple(name for name in Board.model_fields if name not in ("rev", "at", "cards", "links"))
_FIELDS = {
    model: tuple(name for name in model.model_fields if name != "id") for model in (Card, Link)
}


def difference(before: Board, after: Board) -> Patch | None:
    """What turns one board of a place into the next one; None where nothing changed."""
    old_cards, new_cards = ({card.id: card for card in board.cards} for board in (before, after))
    old_links, new_links = ({link.id: link for link in board.links} for board in (before, after))
    patch = Patch(
        since=before.rev,
        rev=after.rev,
        cards=_changed(old_cards, new_cards),
        links=_changed(old_links, new_links),
        gone_cards=[id for id in old_cards if id not in new_cards],
        gone_links=[id for id in old_links if id not in new_links],
        board=_fields(before, after, _HEAD),
    )
    changed = (patch.cards, patch.links, patch.gone_cards, patch.gone_links, patch.board)
    return patch if any(changed) else None


def _changed(
    before: Mapping[str, Card | Link], after: Mapping[str, Card | Link]
) -> dict[str, JsonObject]:
    changes: dict[str, JsonObject] = {}
    for id, item in after.items():
        old = before.get(id)
        if old is None:
            changes[id] = item.model_dump(mode="json")
        elif old is not item and (fields := _fields(old, item, _FIELDS[type(item)])):
            changes[id] = fields
    return changes


def _fields(
    old: Board | Card | Link, new: Board | Card | Link, names: tuple[str, ...]
) -> JsonObject:
    """The fields of these names that differ, as they travel."""
    differing = {name for name in names if getattr(old, name) != getattr(new, name)}
    return new.model_dump(mode="json", include=differing) if differing else {}
