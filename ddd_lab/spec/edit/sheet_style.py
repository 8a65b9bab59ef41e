"""Which way the lines of a sheet lead, as a person chose it.

It stands in ``metadata.layout`` of the flow's file: ``direction`` (``right``, ``down`` or
``wrapped``) and, where layout may choose another one with the next Tidy, ``automatic: true``. To
the guide, its companion and the later format ``metadata`` holds what is no part of the design.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from ddd_lab.spec.models.flow import FlowData

Style = Literal["right", "down", "wrapped"]
ChosenStyle = Literal["automatic", "right", "down", "wrapped"]
STYLE_WORDS: Mapping[ChosenStyle, str] = {
    "automatic": "automatically",
    "right": "rightwards",
    "down": "downwards",
    "wrapped": "in rows",
}
KEY = "layout"


class StoredStyle(NamedTuple):
    """How a sheet lies, and whether Tidy may choose another style."""

    style: Style
    automatic: bool


def stored_style(flow: FlowData) -> StoredStyle | None:
    """What the file says of it; None where it says nothing, or nothing that is known."""
    entry = flow.metadata.get(KEY)
    if not isinstance(entry, dict):
        return None
    for style in get_args(Style):
        if entry.get("direction") == style:
            return StoredStyle(style, entry.get("automatic") is True)
    return None


def chosen_style(flow: FlowData) -> ChosenStyle:
    """What the person chose: a style, or that layout takes the one that shows most."""
    stored = stored_style(flow)
    return "automatic" if stored is None or stored.automatic else stored.style


def with_style(flow: FlowData, style: Style, *, automatic: bool = False) -> FlowData:
    """The flow with a style that its sheet keeps.

    Args:
        flow: the flow.
        style: how its sheet lies.
        automatic: whether Tidy may choose another one.
    """
    entry = flow.metadata.get(KEY)
    changed = dict(entry) if isinstance(entry, dict) else {}
    changed.pop("automatic", None)
    changed["direction"] = style
    if automatic:
        changed["automatic"] = True
    return flow.model_copy(update={"metadata": {**flow.metadata, KEY: changed}})


def without_style(flow: FlowData) -> FlowData:
    """The flow without a style of its own."""
    entry = flow.metadata.get(KEY)
    if not isinstance(entry, dict):
        return flow
    rest = {key: value for key, value in entry.items() if key not in ("direction", "automatic")}
    metadata = {key: value for key, value in flow.metadata.items() if key != KEY}
    return flow.model_copy(update={"metadata": {**metadata, **({KEY: rest} if rest else {})}})
