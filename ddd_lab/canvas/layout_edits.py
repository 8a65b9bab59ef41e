"""Moving blocks on levels 1 and 2: their places stand in files of their own."""

from __future__ import annotations

from collections.abc import Iterable

from ddd_lab.canvas.boards.notes import Positions
from ddd_lab.files.disk.paths import safe_name
from ddd_lab.files.disk.storage import UnsafePathError
from ddd_lab.plurals import name_or_count
from ddd_lab.spec.edit.data import NoSuchPathError, get_in, set_in
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.base import Data, pixels
from ddd_lab.spec.paths import LAYOUT_FILE, domain_file
from ddd_lab.workbench import Workbench

OWN_PLACE = frozenset({"domain", "flow", "portal"})
"""Kinds of cards whose place on a map stands in a file."""
_SECTIONS = {"flow": "flows", "portal": "portals"}


def move_on_map(
    workbench: Workbench, at: str, places: Positions, label: str, token: str = ""
) -> None:
    """Put cards at places on the System Map or on a Domain Map.

    Args:
        at: the domain whose map it is; empty for the System Map.
        places: by card id (a domain; ``flow:<id>`` or ``portal:<domain>``).
        token: joins the step with the one before where that has the same.

    Raises:
        EditError: a card does not exist or has no place of its own, or the file that holds the
            places is broken or oddly made.
    """
    path = domain_path(workbench, at) if at else LAYOUT_FILE
    if at:
        keys = [_key(card) for card in places]
    else:
        keys = [("domains", id) for id in places]
        if unknown := [id for id in places if id not in workbench.design.domains]:
            raise EditError(f"there is no domain {unknown[0]!r} to move")

    def placed(data: Data) -> Data:
        root: tuple[str, ...]
        if at:
            data = data or _new_domain(workbench, at)
            root = ("domain", "layout") if isinstance(data.get("domain"), dict) else ("layout",)
        else:
            root = ("system_layout",) if not data or "system_layout" in data else ()
        for key, place in zip(keys, places.values(), strict=True):
            data = _set_place(data, (*root, *key), place, path)
        return data

    workbench.edit_data(path, placed, label, token)


def domain_path(workbench: Workbench, domain: str) -> str:
    """Path of a domain's own file; ``.yml`` where that is what exists."""
    try:
        exists = domain in workbench.design.domains
        path = domain_file(domain if exists else safe_name(domain, "domain"))
    except UnsafePathError as error:
        raise EditError(str(error)) from None
    return workbench.file_of(path)


def _key(card: str) -> tuple[str, str]:
    kind, _, id = card.partition(":")
    section = _SECTIONS.get(kind)
    if section is None or not id:
        raise EditError(
            "only flows and portals can be moved on this map. Events and people follow their flow"
        )
    return section, id


def _new_domain(workbench: Workbench, domain: str) -> Data:
    model = workbench.design.domains[domain]
    return {"domain": {"name": domain, "description": model.description, "flows": []}}


def _set_place(data: Data, path: tuple[str, ...], place: tuple[float, float], file: str) -> Data:
    x, y = (pixels(value) for value in place)
    try:
        old = get_in(data, path)
    except NoSuchPathError:
        old = None
    entry = {**old, "x": x, "y": y} if isinstance(old, dict) else {"x": x, "y": y}
    if isinstance(old, dict) and (old.get("x"), old.get("y")) == (x, y):
        return data
    try:
        return set_in(data, path, entry)
    except NoSuchPathError as error:
        raise EditError(f"{file} cannot take the new place: {error}; fix it first") from None


def moved_words(titles: Iterable[str]) -> str:
    """What a move is called on the undo button."""
    return f"move {name_or_count(list(titles), 'card')}"
