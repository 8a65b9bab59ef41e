"""What a person has confirmed of a run: one record, ``outcome.json`` of the run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from ddd_lab.spec.lenient import items, mapping
from ddd_lab.spec.models.base import Frozen


class Confirmation(Frozen):
    """What a person has confirmed of a run, and what there is to know about it.

    Attributes:
        files: paths of the code, by ``domain/flow`` of the flows that were recorded.
        to_reconcile: what Claude Code noted that is not what the spec says.
        moved: flows whose spec said something else by then than when the run began.
        notices: what did not go as usual.
    """

    files: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    to_reconcile: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Confirmation:
        """The record that a file holds; what cannot be read of it is left out."""
        files = mapping(content.get("files"))
        return cls(
            files={key: text_items(paths) for key, paths in files.items()},
            to_reconcile=text_items(content.get("to_reconcile")),
            moved=text_items(content.get("moved")),
            notices=text_items(content.get("notices")),
        )


def text_items(value: Any) -> tuple[str, ...]:
    """The texts of a list, as they are; nothing of anything else."""
    return tuple(text for text in items(value) if isinstance(text, str))
