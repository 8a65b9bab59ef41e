"""What a person asks of a language model, from a notebook: about the project, or about a flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ddd_lab.workbench import Workbench

if TYPE_CHECKING:
    from ddd_lab.assist.context.blocks import Context
    from ddd_lab.assist.plans.gates import DesignPlan
    from ddd_lab.assist.tables import ModelTable, UsageTable
    from ddd_lab.lab.answer_handle import LiveAnswer


class Assisted:
    """The part of a project that asks language models."""

    workbench: Workbench

    @property
    def assist(self) -> ProjectAssist:
        """Ask a language model: questions, actions, a design from a paragraph.

        Example:
            >>> project.assist.plans
            {}
        """
        return ProjectAssist(self.workbench)


class ProjectAssist:
    """Asks a language model about a project.

    Every call returns at once; the answer grows in the output of its cell. Nothing is changed
    before you apply it.

    Example:
        >>> answer = project.assist.ask("Orders need a refund")  # doctest: +SKIP
        >>> answer.apply().words  # doctest: +SKIP
        '7 of 9: 4 nodes added, 3 connections added'
    """

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench

    def ask(
        self,
        text: str,
        *,
        at: str = "",
        selection: tuple[str, ...] = (),
        model: str = "",
        allow: tuple[str, ...] = (),
    ) -> LiveAnswer:
        """Ask in your own words.

        Args:
            text: the question; names after an ``@`` bring what they name.
            at: the place that it is about: ``domain/flow``, ``domain/flow#node``, a domain, or the
                whole system.
            selection: ids of nodes that it is about.
            model: id of the model; chosen by the settings if left out.
            allow: what an answer said that you have to allow first.

        Returns:
            The answer; a cell shows it as it comes.

        Raises:
            KeyError: there is no such place.
        """
        return self._asked(text, at, selection=tuple(selection), model=model, allow=tuple(allow))

    def act(
        self,
        action: str,
        at: str = "",
        text: str = "",
        *,
        model: str = "",
        allow: tuple[str, ...] = (),
    ) -> LiveAnswer:
        """Have an inline action done.

        Args:
            action: its id, such as ``suggest_flows``.
            at: what it is done to: ``domain/flow#node``, ``domain/flow``, a domain, or the system.
            text: what you say beside it; some actions need it.
            model: id of the model; chosen by the settings if left out.
            allow: what an answer said that you have to allow first.

        Raises:
            KeyError: there is no such action or place.
            EditError: the action does not fit there.
        """
        return self._asked(text, at, action=action, model=model, allow=tuple(allow))

    def what_is_sent(self, text: str, *, at: str = "", model: str = "") -> Context:
        """Exactly what a question would send, block by block; nothing is sent.

        Args:
            text: the question.
            at: the place that it is about.
            model: id of the model that would be asked.

        Example:
            >>> sent = project.assist.what_is_sent("Why?", at="lending/return-item")
            >>> sent.tokens <= sent.budget
            True
        """
        from ddd_lab.assist.asking import question_for
        from ddd_lab.assist.assistant import assistant_of

        question = question_for(self._workbench, text, at, model=model)
        return assistant_of(self._workbench).context(question)

    def begin(self, text: str) -> DesignPlan:
        """Begin a design with a paragraph; it goes through gates that you approve one by one.

        Args:
            text: what is wanted, in your words.

        Returns:
            The plan: ``suggest()``, ``approve()``, ``back()``, ``questions``, ``stage``.

        Example:
            >>> plan = project.assist.begin("Readers can book a quiet room.")
            >>> plan.stage
            'understanding'
        """
        from ddd_lab.assist.assistant import assistant_of
        from ddd_lab.assist.plans.gates import DesignPlan

        return DesignPlan.begin(assistant_of(self._workbench), text)

    def resume(self, path: str) -> DesignPlan:
        """Take a plan up again.

        Args:
            path: one of :attr:`plans`.

        Raises:
            OSError: it cannot be read.
        """
        from ddd_lab.assist.assistant import assistant_of
        from ddd_lab.assist.plans.gates import DesignPlan

        return DesignPlan.resume(assistant_of(self._workbench), path)

    @property
    def plans(self) -> dict[str, str]:
        """The plans of the project, by path, with their titles; the newest first.

        Example:
            >>> project.assist.plans
            {}
        """
        from ddd_lab.assist.plans.plan_files import plans

        return {path: plan.title for path, plan in plans(self._workbench.root)}

    @property
    def models(self) -> ModelTable:
        """The models, their prices, and what they are used for."""
        from ddd_lab.assist.assistant import assistant_of
        from ddd_lab.assist.tables import ModelTable

        return ModelTable.of(assistant_of(self._workbench).client)

    @property
    def usage(self) -> UsageTable:
        """What models took in this period: tokens and cost."""
        from ddd_lab.assist.tables import UsageTable

        return UsageTable.of(self._workbench.root)

    def _asked(self, text: str, at: str, **more: Any) -> LiveAnswer:
        from ddd_lab.assist.asking import question_for
        from ddd_lab.assist.assistant import assistant_of
        from ddd_lab.lab.answer_handle import live

        question = question_for(self._workbench, text, at, **more)
        return live(self._workbench, assistant_of(self._workbench).ask(question))


class FlowAssist:
    """Asks a language model about one flow.

    Args:
        workbench: of the project.
        key: ``domain/flow``.
    """

    def __init__(self, workbench: Workbench, key: str) -> None:
        self._project = ProjectAssist(workbench)
        self._key = key

    def suggest(self, node: str, *, model: str = "") -> LiveAnswer:
        """Have the settings of a node suggested.

        Args:
            node: its id.
            model: id of the model; chosen by the settings if left out.
        """
        return self._project.act("suggest_spec", f"{self._key}#{node}", model=model)

    def review(self, *, model: str = "") -> LiveAnswer:
        """Have the flow reviewed: first what the checks know, then what no check can see.

        Args:
            model: id of the model; chosen by the settings if left out.
        """
        return self._project.act("review_flow", self._key, model=model)

    def explain(self, node: str = "", *, model: str = "") -> LiveAnswer:
        """Have a node explained, or the whole flow.

        Args:
            node: its id; the flow if left out.
            model: id of the model; chosen by the settings if left out.
        """
        if node:
            return self._project.act("explain_node", f"{self._key}#{node}", model=model)
        return self._project.ask("Explain this flow in plain words.", at=self._key, model=model)

    def generate(self, text: str, *, model: str = "") -> LiveAnswer:
        """Have the flow drawn, or drawn on, from a description.

        Args:
            text: what it should do.
            model: id of the model; chosen by the settings if left out.
        """
        return self._project.act("generate_flow", self._key, text, model=model)

    def act(self, action: str, node: str = "", text: str = "", *, model: str = "") -> LiveAnswer:
        """Have any inline action done to the flow or to one of its nodes.

        Args:
            action: its id, such as ``add_error_handling``.
            node: id of a node; the flow if left out.
            text: what you say beside it.
            model: id of the model; chosen by the settings if left out.
        """
        at = f"{self._key}#{node}" if node else self._key
        return self._project.act(action, at, text, model=model)
