"""A prompt as a value: what Claude Code is started with, to be looked at and edited before."""

from __future__ import annotations

from typing import Literal

from ddd_lab.spec.models.base import Frozen
from ddd_lab.visible import visible

Mode = Literal["new", "update"]
Kind = Literal["implement", "fix", "migrate"]
_TOKEN = 4
"""Characters of a token, roughly: to tell people how long a prompt is."""


class Prompt(Frozen):
    """A prompt, ready to be looked at, edited and run.

    Attributes:
        flows: ``domain/flow`` of what it is about, in order.
        kind: ``implement`` flows, ``fix`` their failing tests, or ``migrate`` stored data.
        mode: ``new``, or ``update`` where code is there already.
        schemas: names of the schemas whose data is migrated.
        text: what is handed to Claude Code.
        files: paths of the files that it names; every one of them exists.
    """

    flows: tuple[str, ...]
    kind: Kind = "implement"
    mode: Mode = "new"
    schemas: tuple[str, ...] = ()
    text: str
    files: tuple[str, ...] = ()

    @property
    def tokens(self) -> int:
        """About how many tokens it has."""
        return -(-len(self.text) // _TOKEN)

    def with_instructions(self, more: str) -> Prompt:
        """The prompt with instructions of one's own at its end."""
        if not more.strip():
            return self
        instructions = visible(more.strip(), lines=True)
        return self.model_copy(
            update={"text": f"{self.text}\n## Further instructions\n\n{instructions}\n"}
        )

    def __str__(self) -> str:
        return visible(self.text, lines=True)

    def __repr__(self) -> str:
        """What a notebook shows: the prompt as Claude Code reads it."""
        return str(self)
