"""From a paragraph to a design: understanding, structure, flows; nothing is kept unapproved.

At each gate a model suggests, and a person approves, asks for something else, or goes back. What is
approved is written at once: the product definition, the design, and the plan with its marks. So a
plan can be taken up again after any restart, by anybody who has the project.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from ddd_lab.assist.actions import action_named
from ddd_lab.assist.answer import Answer
from ddd_lab.assist.assistant import Assistant
from ddd_lab.assist.plans.plan import Plan, Stage, Step
from ddd_lab.assist.plans.plan_files import new_path, read_plan, write_plan
from ddd_lab.assist.question import Question, Turn
from ddd_lab.files.disk.storage import is_file, read, write
from ddd_lab.implementation.quoting import fenced, named
from ddd_lab.visible import VisibleError, one_line

DEFINITION_FILE = "product-definition.md"
"""What the design is for, as the first gate settles it; beside the specs."""
MOST_QUESTIONS = 3
_LARGEST = 200_000
_TITLE = 60

UNDERSTANDING: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "say": {
            "type": "string",
            "description": "The product definition in Markdown: purpose, users, what they do with "
            "it, what it is not, open points. Write it as well as you can, whatever is still open.",
        },
        "questions": {
            "type": "array",
            "items": {"type": "string"},
            "description": f"At most {MOST_QUESTIONS} questions whose answers would change the "
            "design most. Empty where nothing is open.",
        },
    },
    "required": ["say", "questions"],
    "additionalProperties": False,
}


class GateError(VisibleError, RuntimeError):
    """A step that cannot be taken now; the message says what comes first."""


class DesignPlan:
    """A design on its way through the gates.

    Args:
        assistant: of the project.
        plan: where it stands.
        path: of the plan's file; empty while nothing has been approved.

    Attributes:
        answer: what the model suggests at the present gate; None before it was asked.
    """

    def __init__(self, assistant: Assistant, plan: Plan, path: str = "") -> None:
        self._assistant = assistant
        self._turns: list[Turn] = []
        self._asked: Question | None = None
        self.plan = plan
        self.path = path
        self.answer: Answer | None = None

    @staticmethod
    def begin(assistant: Assistant, text: str) -> DesignPlan:
        """Begin with what a person wants, in their words; nothing is written yet."""
        title = one_line(text.strip().split("\n", 1)[0], _TITLE)
        return DesignPlan(assistant, Plan.begin(title, text))

    @staticmethod
    def resume(assistant: Assistant, path: str) -> DesignPlan:
        """Go on with a plan as its file says it now.

        Raises:
            OSError: it cannot be read.
        """
        return DesignPlan(assistant, read_plan(assistant.workbench.root, path), path)

    # --- where it stands -------------------------------------------------------------------

    @property
    def stage(self) -> Stage:
        """The present gate."""
        return self.plan.stage

    @property
    def domain(self) -> str:
        """The domain whose flows are drawn now; empty at other gates."""
        return next((step.key.partition("/")[0] for step in self._open_flows()), "")

    @property
    def questions(self) -> list[str]:
        """What the model would like to know; answering is never needed to go on."""
        asked = self.answer.data.get("questions") if self.answer is not None else None
        questions = asked if isinstance(asked, list) else []
        return [one_line(str(question)) for question in questions][:MOST_QUESTIONS]

    @property
    def definition(self) -> str:
        """What the design is for, as it was approved; empty before that."""
        root = self._assistant.workbench.root
        if not is_file(root, DEFINITION_FILE):
            return ""
        return read(root, DEFINITION_FILE, limit=_LARGEST).decode("utf-8", "replace")

    # --- the gate --------------------------------------------------------------------------

    def question(self, words: str = "") -> Question:
        """What :meth:`suggest` asks.

        Args:
            words: answers to questions, or what should be different.

        Raises:
            GateError: the plan is finished.
        """
        if self.stage == "finished":
            raise GateError("This plan is finished. Begin another one.")
        history = tuple(self._turns)
        if self.answer is not None and self.answer.text:
            history += (Turn("assistant", self.answer.text),)
        if self.stage == "understanding":
            text = f"{self.plan.wanted}\n\n{words}".strip()
            return Question(text, schema=UNDERSTANDING, history=history)
        wanted = f"{self._definition()}\n\n{words}".strip()
        if self.stage == "structure":
            action = action_named("generate_from_description")
            text = f"{wanted}\n\nName the domains, their flows, the events and the schemas only."
            return Question(text, action=action, history=history)
        domain = self.domain
        flows = ", ".join(
            named(step.key) for step in self._open_flows() if step.key.startswith(f"{domain}/")
        )
        text = f"{wanted}\n\nDraw these flows of {named(domain)} whole, node by node: {flows}."
        return Question(text, at=domain, action=action_named("generate_domain"), history=history)

    def suggest(self, words: str = "") -> Answer:
        """Ask for a suggestion, or for another one.

        Args:
            words: answers to questions, or what should be different.

        Raises:
            GateError: the plan is finished.
        """
        self._asked = self.question(words)
        if self.answer is not None and self.answer.text:
            self._turns.append(Turn("assistant", self.answer.text))
        self.answer = self._assistant.ask(self._asked)
        self._turns.append(Turn("user", words or self.plan.wanted))
        return self.answer

    def ask_again(self, model: str = "", allow: Collection[str] = ()) -> Answer:
        """Ask what was asked last once more.

        Args:
            model: that answers; the usual one if left out.
            allow: what a person has allowed for it.
        """
        if self._asked is None:
            return self.suggest()
        self._asked = replace(self._asked, model=model, allow=tuple(allow))
        self.answer = self._assistant.ask(self._asked)
        return self.answer

    def approve(self, ticked: Collection[str] | None = None) -> str:
        """Take what is suggested, write it, and go on to the next gate.

        Args:
            ticked: ids of the items of the proposal that are taken; all if left out.

        Returns:
            What was done, in words.

        Raises:
            GateError: there is nothing to approve.
            OSError: it cannot be written; nothing has changed then.
        """
        answer = self.answer
        if answer is None or answer.running or answer.error:
            raise GateError("There is nothing to approve yet. Ask for a suggestion first.")
        if self.stage == "understanding":
            words = self._approve_definition(answer.text)
        else:
            words = self._approve_proposal(answer, ticked)
        self.answer, self._turns = None, []
        return words

    def back(self) -> None:
        """Go back to the gate before; what is in the design stays, and can be undone there."""
        if self.stage in ("understanding", "finished"):
            raise GateError("There is no gate before this one.")
        before: Stage = "structure" if self.stage == "flows" else "understanding"
        self._keep(self.plan.at_stage(before))
        self.answer, self._turns = None, []

    def drop(self, key: str, reason: str) -> None:
        """Leave a step undone, and say why; it stays in the plan."""
        self._keep(self.plan.marked(key, "dropped", reason))
        self._finish()

    # --- how -------------------------------------------------------------------------------

    def _definition(self) -> str:
        text = self.definition
        if text:
            return "\n".join(["What the design is for:", "", *fenced(text, "markdown", 0)])
        return self.plan.wanted

    def _approve_definition(self, text: str) -> str:
        root = self._assistant.workbench.root
        write(root, DEFINITION_FILE, f"{text.strip()}\n".encode())
        self._keep(self.plan.at_stage("structure"))
        return f"Wrote {DEFINITION_FILE}. Next: the domains and flows."

    def _approve_proposal(self, answer: Answer, ticked: Collection[str] | None) -> str:
        if answer.proposal is None:
            raise GateError("Nothing is proposed. Say what should be different, and ask again.")
        workbench = self._assistant.workbench
        known = set(workbench.design.flow_keys)
        domain = self.domain
        applied = answer.proposal.apply(ticked)
        if not applied.done:
            raise GateError(f"Nothing was changed: {applied.words}. Say what should be different.")
        try:
            workbench.save()
        except OSError:
            workbench.undo()
            raise
        if self.stage == "structure":
            new = [key for key in workbench.design.flow_keys if key not in known]
            steps = [Step(f"Draw `{key}`") for key in new]
            self._keep(self.plan.with_steps(steps).at_stage("flows"))
        else:
            plan, drawn = self.plan, {getattr(item.edit, "flow", "") for item in applied.done}
            for step in self._open_flows():
                if step.key.startswith(f"{domain}/") and step.key in drawn:
                    plan = plan.marked(step.key, "done")
            self._keep(plan)
        self._finish()
        return applied.words

    def _open_flows(self) -> list[Step]:
        if self.stage != "flows":
            return []
        return [step for step in self.plan.steps if step.mark in ("open", "working") and step.key]

    def _finish(self) -> None:
        if self.stage == "flows" and not self._open_flows():
            self._keep(self.plan.at_stage("finished"))

    def _keep(self, plan: Plan) -> None:
        """Write the plan; its first approval gives it a file."""
        root = self._assistant.workbench.root
        before = self.plan if self.path else None
        path = self.path or new_path(root, plan.title, datetime.datetime.now(datetime.UTC).date())
        write_plan(root, path, plan, before)
        self.plan, self.path = plan, path
