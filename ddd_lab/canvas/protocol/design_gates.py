"""What the canvas shows of a design on its way from a paragraph through the gates."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ddd_lab.canvas.protocol.assistant import Turn
from ddd_lab.canvas.protocol.field_types import Shown
from ddd_lab.canvas.protocol.message import Message

GateStage = Literal["understanding", "structure", "flows", "finished"]


class PlanLink(Message):
    """A plan in a list."""

    path: str
    title: Shown
    stage: GateStage


class DesignStep(Message):
    """A step of a plan; its key is what it makes, or what it says."""

    key: str
    text: Shown
    mark: Literal["open", "working", "done", "dropped"]
    reason: Shown = ""


class DesignView(Message):
    """A design at its present gate.

    Attributes:
        path: of the plan's file; empty while nothing has been approved.
        wanted: what it began with.
        definition: what the design is for, as it was approved.
        domain: whose flows are drawn now.
        answer: what is suggested, with its whole text; None before somebody asked.
        proposal: id of the changes on the boards that the gate approves; empty where there are
            none.
    """

    title: Shown
    path: str
    stage: GateStage
    wanted: str
    definition: str = ""
    domain: str = ""
    steps: list[DesignStep] = Field(default_factory=list)
    questions: list[Shown] = Field(default_factory=list)
    answer: Turn | None = None
    proposal: str = ""


class DesignNews(Message):
    """The design that is open now; None where there is none."""

    design: DesignView | None = None


class Designs(Message):
    """Plans that can be gone on with, the newest first, and the design that is open."""

    plans: list[PlanLink] = Field(default_factory=list)
    design: DesignView | None = None
