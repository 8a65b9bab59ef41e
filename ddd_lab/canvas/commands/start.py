"""How a design begins that has nothing yet."""

from __future__ import annotations

from ddd_lab.canvas.commands._registry import operation
from ddd_lab.canvas.protocol.arguments import Arguments
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.files.edit.kits import open_sample as open_sample_in


@operation("project")
def open_sample(session: CanvasSession, _: Arguments) -> None:
    """Put the sample design into this project, which is empty, as one step."""
    open_sample_in(session.workbench)
