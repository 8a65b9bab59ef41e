"""What the tree in JupyterLab's sidebar, the status bar and the ways into a design ask for.

They travel like what :mod:`ddd_lab.lab.protocol.panel` has.
"""

from __future__ import annotations

from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.implementation.drift import TestCounts
from ddd_lab.implementation.staleness import State as FlowState
from ddd_lab.lab.protocol.panel import StateWanted

__all__ = ["FlowState"]


class TreeWanted(StateWanted):
    """A design to show as a tree, with what is known of it."""


class TreeRow(Message):
    """A place of a design: ``path`` is its file, empty where it has none.

    ``key`` is a domain, a flow as ``domain/flow``, or the name of a schema's file.
    """

    key: str
    name: str
    path: str
    errors: int = 0
    warnings: int = 0


class TreeFlow(TreeRow):
    """A flow, and how it stands to its code."""

    agent: bool
    state: FlowState
    stale: bool
    tests: TestCounts | None
    running: bool
    """A run works at it."""


class TreeSchema(TreeRow):
    """A schema; it is stale where code follows an older version."""

    stale: bool


class Tree(Message):
    """A design as a tree; ``rev`` changes when anything of it does."""

    rev: str
    root: str
    name: str
    domains: list[TreeRow]
    flows: list[TreeFlow]
    """Those of one domain in the order in which it lists them."""
    schemas: list[TreeSchema]
    errors: int
    warnings: int
    """Of the whole design, those that belong to no row included."""
    checked: bool
    """Its problems are counted; of a large design that takes a while."""
    troubles: list[str]
    """What is broken, so that something is missing here."""


class FileNamed(Message):
    """A file or folder, by its path below the server's folder."""

    file: str


class Located(Message):
    """The design that a file or folder belongs to, and the place that it describes there."""

    root: str
    at: str


class NotebookNamed(Message):
    """A notebook, by its path below the server's folder."""

    path: str
