"""What travels between the dialog for a new design and the server extension."""

from __future__ import annotations

from typing import Literal

from ddd_lab.canvas.protocol.field_types import Shown
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.files.edit.new_design import Field
from ddd_lab.lab.protocol.panel import RootNamed

__all__ = ["Field"]


class ChoicesWanted(Message):
    """What is asked for: pictures in the colours of a theme."""

    theme: Literal["light", "dark"] = "light"


class KitView(Message):
    """What a design can begin with; ``map_svg`` is its System Map, empty where none is."""

    id: str
    title: str
    summary: str
    is_sample: bool
    map_svg: str


class StackView(Message):
    """A language with its framework and tools."""

    id: str
    title: str


class NewDesignChoices(Message):
    """What a new design can be made of; ``no_git`` says why it cannot be under Git."""

    kits: list[KitView]
    stacks: list[StackView]
    no_git: Shown


class NewDesignNamed(RootNamed):
    """A new design; ``root`` may be relative to the folder that the server shows."""

    name: str = ""


class NewDesignWanted(NewDesignNamed):
    """A new design to begin; an empty stack is the kit's own, or the usual one."""

    kit: str
    stack: str = ""
    git: bool = True


class FieldProblem(Message):
    """What is wrong with a field, in words."""

    field: Field
    words: Shown


class NewDesignState(Message):
    """Where a new design lies or will lie, and why it cannot.

    ``in_repository``: its folder is in a Git repository already.
    """

    root: str
    problems: list[FieldProblem]
    in_repository: bool
