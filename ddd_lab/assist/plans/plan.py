"""A plan as a value, and as the Markdown file that people read and may edit.

The file is the truth. Only the lines of marks and the sections that a step brings are written;
whatever else somebody wrote between them stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ddd_lab.visible import one_line

Mark = Literal["open", "working", "done", "dropped"]
Stage = Literal["understanding", "structure", "flows", "finished"]

STAGES: tuple[Stage, ...] = ("understanding", "structure", "flows", "finished")
_SIGNS: dict[str, Mark] = {" ": "open", "~": "working", "x": "done", "-": "dropped"}
_SIGN_OF = {mark: sign for sign, mark in _SIGNS.items()}
_STEP = re.compile(r"^\s*[-*] \[(?P<sign>[ xX~-])\] (?P<text>.*?)(?: \((?P<reason>[^()]*)\))?\s*$")
_KEY = re.compile(r"`([^`]+)`")
_STAGE = re.compile(r"^Stage: (\w+)\s*$", re.MULTILINE)
_STEPS = "## Steps"
_WANTED = "## What is wanted"
_HEADING = re.compile(r"^# (.*)$", re.MULTILINE)
_LONGEST_REASON = 200


@dataclass(frozen=True)
class Step:
    """One thing to do.

    Attributes:
        text: what it is; a name in backticks is what it makes.
        mark: how far it is.
        reason: why it was dropped, or what it waits for; empty if nothing is to be said.
    """

    text: str
    mark: Mark = "open"
    reason: str = ""

    @property
    def key(self) -> str:
        """What it makes, such as ``orders/refund-order``; empty if it names nothing."""
        match = _KEY.search(self.text)
        return match[1] if match else ""


@dataclass(frozen=True)
class Plan:
    """A plan.

    Attributes:
        text: of its file.
    """

    text: str

    @staticmethod
    def begin(title: str, wanted: str) -> Plan:
        """A new plan with nothing done.

        Args:
            title: what it is about, in a few words.
            wanted: what a person wrote.
        """
        quote = "\n".join(f"> {line}".rstrip() for line in wanted.strip().splitlines())
        return Plan(
            f"# {one_line(title)}\n\nStage: understanding\n\n{_WANTED}\n\n{quote}\n\n{_STEPS}\n"
        )

    @property
    def title(self) -> str:
        """Its first heading."""
        match = _HEADING.search(self.text)
        return match[1].strip() if match else ""

    @property
    def wanted(self) -> str:
        """What a person wrote in the beginning."""
        lines = self._section(_WANTED)
        return "\n".join(
            line.removeprefix(">").removeprefix(" ") for line in lines if line[:1] == ">"
        )

    @property
    def stage(self) -> Stage:
        """Which gate comes next."""
        match = _STAGE.search(self.text)
        found = match[1] if match else ""
        return next((stage for stage in STAGES if stage == found), "understanding")

    @property
    def steps(self) -> list[Step]:
        """Every step, in the file's order."""
        return [step for line in self.text.splitlines() if (step := _read(line)) is not None]

    def at_stage(self, stage: Stage) -> Plan:
        """The same plan at another gate."""
        if not _STAGE.search(self.text):
            head, _, rest = self.text.partition("\n")
            return Plan(f"{head}\n\nStage: {stage}\n{rest}")
        return Plan(_STAGE.sub(f"Stage: {stage}", self.text, count=1))

    def with_steps(self, steps: Iterable[Step]) -> Plan:
        """With steps added that are not there yet, after the others."""
        there = {step.text for step in self.steps} | {step.key for step in self.steps if step.key}
        new = [step for step in steps if step.text not in there and step.key not in there]
        if not new:
            return self
        lines = self.text.splitlines()
        last = max(
            (number for number, line in enumerate(lines) if _read(line) is not None),
            default=next((n for n, line in enumerate(lines) if line.strip() == _STEPS), None),
        )
        if last is None:
            lines += ["", _STEPS]
            last = len(lines) - 1
        gap = [""] if lines[last].strip() == _STEPS else []
        lines[last + 1 : last + 1] = gap + [_written(step) for step in new]
        return Plan("\n".join(lines).rstrip("\n") + "\n")

    def marked(self, key: str, mark: Mark, reason: str = "") -> Plan:
        """With the step that makes something, or has this text, marked.

        Raises:
            KeyError: there is no such step.
        """
        lines = self.text.splitlines()
        for number, line in enumerate(lines):
            step = _read(line)
            if step is not None and key in (step.key, step.text):
                head = line[: line.index("[") + 1]
                shown = one_line(reason, _LONGEST_REASON).replace("(", "[").replace(")", "]")
                tail = f" ({shown})" if shown else ""
                lines[number] = f"{head}{_SIGN_OF[mark]}] {step.text}{tail}"
                return Plan("\n".join(lines) + "\n")
        raise KeyError(f"The plan “{self.title}” has no step {key!r}.")

    def _section(self, heading: str) -> list[str]:
        lines = self.text.splitlines()
        starts = [number for number, line in enumerate(lines) if line.strip() == heading]
        if not starts:
            return []
        rest = lines[starts[0] + 1 :]
        ends = [number for number, line in enumerate(rest) if line.startswith("#")]
        return rest[: ends[0]] if ends else rest


def _read(line: str) -> Step | None:
    match = _STEP.match(line)
    if match is None:
        return None
    return Step(match["text"], _SIGNS[match["sign"].lower()], match["reason"] or "")


def _written(step: Step) -> str:
    reason = f" ({step.reason})" if step.reason else ""
    return f"- [{_SIGN_OF[step.mark]}] {one_line(step.text, 0)}{reason}"
