"""What a broadcaster needs of those who show a place of the project."""

from __future__ import annotations

from typing import Protocol

from ddd_lab.canvas.protocol.message import Message


class Viewer(Protocol):
    """Somebody who shows a place of the project."""

    @property
    def at(self) -> str:
        """The place."""

    def refresh(self, *, checked: bool = False) -> None:
        """Show what changed; ``checked`` where problems may have changed without a count."""

    def tell_of_watching(self) -> None:
        """Say once where changes by other programs are not noticed as usual."""

    def tell(self, kind: str, message: Message) -> None:
        """Send a message to every view."""
