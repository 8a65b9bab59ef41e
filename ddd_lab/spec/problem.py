"""What is wrong, where exactly, and what to do about it."""

from __future__ import annotations

from typing import Literal

from ddd_lab.spec.models.base import Frozen, Path
from ddd_lab.visible import visible

Severity = Literal["error", "warning", "info"]


class Place(Frozen):
    """Where in the design something is, before anybody asked for a line number.

    Attributes:
        file: path of the file relative to the project, with forward slashes.
        path: tree path inside the file's data; the nearest part that exists is pointed at.
        flow: ``domain/flow`` when the place is in a flow.
        node: id of the node when the place is in a node; ``path`` is then relative to the node's
            model (``("spec", "model")``, ``("connections", "next")``, ``("id",)``).
    """

    file: str = ""
    path: Path = ()
    flow: str = ""
    node: str = ""

    @property
    def where(self) -> str:
        """The place in the notation that people use: ``d/f#node``, ``d/f`` or the file's path."""
        if not self.flow:
            return self.file
        return f"{self.flow}#{self.node}" if self.node else self.flow


class UnlocatedProblem(Frozen):
    """What a rule says; the project turns it into a Problem by looking the place up."""

    rule: str
    severity: Severity
    message: str
    place: Place


class Problem(Frozen):
    """What is wrong, with its exact place in the text, as ``project.problems`` lists it.

    Attributes:
        path: file relative to the project, with forward slashes.
        line: line in the file, from 1 (0: the file as a whole, for instance when it is missing).
        column: column in the line, from 1 (0 where line is 0).
        severity: ``error``, ``warning`` or ``info``.
        rule: id of the rule, for instance ``graph.unreachable``.
        message: what is wrong and what to do about it.
        where: ``domain/flow#node``, ``domain/flow`` or the path.
        field: keys and indices that lead to it in the node, or else in the file.

    Example:
        >>> flow.disconnect("find_loan", "failure")
        >>> problem = project.problems[0]
        >>> problem.severity, problem.rule, problem.where
        ('warning', 'wiring.unhandled', 'lending/return-item#find_loan')
    """

    path: str
    line: int = 0
    column: int = 0
    severity: Severity
    rule: str
    message: str
    where: str = ""
    field: Path = ()

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return visible(f"{place}: {self.severity}: {self.message} [{self.rule}]")
