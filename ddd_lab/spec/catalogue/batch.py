"""Batch and transaction: the same call for many, or several steps as one."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue._base import FAILURE, NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._facts import Callee, EntryNeed, Fewest, Need, Range, Settings, when_map
from ddd_lab.spec.catalogue._fields import Amount, Flag, Part, setting, words
from ddd_lab.spec.catalogue._summary import count, joined
from ddd_lab.spec.lenient import first, part


class OperationTemplate(Part):
    """What is done for every item."""

    type: str | None = words("Type of node that does it.", "service_call", "data_store", "event")
    dispatch_field: str | None = setting("Data path that decides which of the settings is used.")
    configs: dict[str, Any] | list[Any] | None = setting("Settings by value of that field.")


class BatchSpec(SpecModel):
    """What is done for every item of a list."""

    input: str | None = setting("Data path of the list.")
    operation_template: OperationTemplate | str | None = setting("What is done for every item.")
    sub_flow_ref: str | None = setting("Flow to call for every item: domain/flow.", suggest="flow")
    concurrency: Amount | None = setting("How many are done at the same time.")
    on_error: str | None = words("What happens after a failure.", "continue", "stop")
    configs: list[Any] | dict[str, Any] | None = setting("Settings by value of the dispatch field.")
    output: str | None = setting("Name of the results.")
    description: str | None = setting("What is done, in a sentence.")


class Step(Part):
    """One step of a transaction, and how it is undone."""

    action: str | None = setting("What is done.")
    rollback: str | None = setting("How it is undone.")


class TransactionSpec(SpecModel):
    """Steps that all happen, or none of them."""

    isolation: str | None = words(
        "Isolation level.", "read_committed", "repeatable_read", "serializable"
    )
    steps: list[Step | str] | None = setting("The steps, in order.")
    rollback_on_error: Flag | None = setting("Whether an error undoes all steps.")
    operation: str | None = words("One part of it alone.", "begin", "commit", "rollback")
    description: str | None = setting("What must happen as one, in a sentence.")


def _batch_summary(spec: Settings) -> str:
    what = first(part(spec, "operation_template"), "type") or first(spec, "sub_flow_ref")
    each = first(spec, "input")
    return joined(what, f"for {each}" if each else "", by=" ")


TYPES = (
    NodeType(
        type="batch",
        category="integration",
        icon="≣",
        help="Does the same for every item of a list, several at a time.",
        spec=BatchSpec,
        outputs=(Port("done", aliases=("next", "success", "result"), required=True), FAILURE),
        summary=_batch_summary,
        new={
            "input": "",
            "operation_template": {"type": "service_call"},
            "concurrency": 3,
            "on_error": "continue",
        },
        required=("input", ("operation_template", "sub_flow_ref", "operation")),
        ranges=(Range("concurrency", 1),),
        required_when=(
            Need(
                ("operation_template.type", "operation_template.flow_ref", "sub_flow_ref"),
                when_map("operation_template"),
                "a template must say what to do for every item",
            ),
        ),
        traits=("container",),
        frame_mark="▤",
        calls=(Callee("sub_flow"), Callee("sub_flow", "operation_template")),
    ),
    NodeType(
        type="transaction",
        category="data",
        icon="⊜",
        help="Several steps that all happen, or none of them.",
        spec=TransactionSpec,
        outputs=(
            Port("committed", aliases=("commit", "success", "done", "next"), required=True),
            Port("rolled_back", aliases=("rollback", "error", "failure"), required=True),
        ),
        summary=lambda spec: joined(
            first(spec, "operation") or count(spec.get("steps"), "step"), first(spec, "isolation")
        ),
        new={"isolation": "read_committed", "steps": [], "rollback_on_error": True},
        required=(("steps", "operation"),),
        entries=(EntryNeed("steps", ("action", "operation", "description", "id"), "step"),),
        fewest=(Fewest("steps", 2, "A transaction has several steps. Add steps"),),
        traits=("container",),
        frame_mark="⟲",
    ),
)
