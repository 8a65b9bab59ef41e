"""The difference of two boards: only what the browser does not know yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ddd_lab.canvas.protocol.messages import Board, Card, Link, Message, Patch

_HEAD = tuple(name for name in Board.model_fields if name not in ("rev", "at", "cards", "links"))


def difference(before: Board, after: Board) -> Patch | None:
    """What turns one board of a place into the next one; None where nothing changed.

    Args:
        before: the board that the browser has; its revision is the one to patch.
        after: the board to show; its revision is the one reached.
    """
    old_cards, new_cards = _by_id(before.cards), _by_id(after.cards)
    old_links, new_links = _by_id(before.links), _by_id(after.links)
    patch = Patch(
        since=before.rev,
        rev=after.rev,
        cards=_changed(old_cards, new_cards),
        links=_changed(old_links, new_links),
        gone_cards=[id for id in old_cards if id not in new_cards],
        gone_links=[id for id in old_links if id not in new_links],
        board=_head(before, after),
    )
    changed = (patch.cards, patch.links, patch.gone_cards, patch.gone_links, patch.board)
    return patch if any(changed) else None


def _by_id(things: list[Any]) -> dict[str, Any]:
    return {thing.id: thing for thing in things}


def _changed(
    before: Mapping[str, Card | Link], after: Mapping[str, Card | Link]
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for id, thing in after.items():
        old = before.get(id)
        if old is thing:
            continue
        fields = thing.model_dump(mode="json") if old is None else _fields(old, thing)
        if fields:
            found[id] = fields
    return found


def _fields(old: Message, new: Message) -> dict[str, Any]:
    names = {
        name
        for name in type(new).model_fields
        if name != "id" and getattr(old, name) != getattr(new, name)
    }
    return new.model_dump(mode="json", include=names) if names else {}


def _head(before: Board, after: Board) -> dict[str, Any]:
    names = {name for name in _HEAD if getattr(before, name) != getattr(after, name)}
    return after.model_dump(mode="json", include=names) if names else {}
