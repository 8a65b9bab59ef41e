"""The base of everything that travels between the canvas and Python."""

from __future__ import annotations

import json

from ddd_lab.spec.models.base import Frozen


class Message(Frozen):
    """Base of everything that travels; no argument at all by itself."""

    def as_json(self) -> str:
        """The message as it travels; also what is half a character survives that."""
        return json.dumps(self.model_dump())
