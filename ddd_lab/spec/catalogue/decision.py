"""Decision: which way the flow goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from ddd_lab.spec.catalogue._base import NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._facts import Clash, Settings, statuses
from ddd_lab.spec.catalogue._fields import Part, Status, setting, summed
from ddd_lab.spec.lenient import first, first_text, maps, part, text


class Answer(Part):
    """What is answered on one side of the decision."""

    status: Status | None = setting("HTTP status of the answer.")
    body: Any = setting("Body of the answer.")
    error_code: str | None = setting("Code from the error registry.", suggest="error")
    error: str | None = setting("What the caller is told.")


class Branch(Part):
    """One of several ways on."""

    model_config = summed("{label}", "{condition}")

    id: str | None = setting("Id of the branch.")
    label: str | None = setting("Name of the branch; the connection leaves under it.")
    condition: str | None = setting("Condition for this branch.")


class DecisionSpec(SpecModel):
    """What is asked and what happens on either side.

    The guide writes ``condition`` with ``onTrue``/``onFalse`` or ``check`` with ``on_failure``;
    the later format labels the two sides, or names several branches.
    """

    condition: str | None = setting("Expression over data paths, such as $.total > 100.")
    check: str | None = setting("A named check, such as webhook_signature.")
    description: str | None = setting("What is decided, in a sentence.")
    on_true: Answer | None = setting("Answer if it is true.", title="If true")
    on_false: Answer | None = setting("Answer if it is false.", title="If false")
    onTrue: Answer | None = setting(  # noqa: N815  # the file's key
        "Answer if it is true.", same_as="on_true", title="If true"
    )
    onFalse: Answer | None = setting(  # noqa: N815  # the file's key
        "Answer if it is false.", same_as="on_false", title="If false"
    )
    on_failure: Answer | None = setting("Answer if the check fails.")
    algorithm: str | None = setting("Algorithm of the check.")
    header: str | None = setting("Header that the check looks at.")
    trueLabel: str | None = setting("Label of the “true” output.", title="Label if true")  # noqa: N815  # the file's key
    falseLabel: str | None = setting("Label of the “false” output.", title="Label if false")  # noqa: N815  # the file's key
    branches: list[Branch | str] | dict[str, Any] | None = setting("Branches, each with a label.")


def _outputs(spec: Settings) -> tuple[Port, ...]:
    ways = _branches(spec)
    plain: Literal["always", "used"] = "used" if ways else "always"
    checked = "check" in spec or "on_failure" in spec
    yes, no = ("valid", "invalid") if checked and "condition" not in spec else ("true", "false")
    named_yes = first_text(spec, "trueLabel", "true_label")
    named_no = first_text(spec, "falseLabel", "false_label")
    return (
        *ways,
        Port(
            yes,
            handle="true",
            aliases=("true", "valid", "yes", "Yes", "pass", "success", *_some(named_yes)),
            label=named_yes,
            required=not ways,
            shown=plain,
        ),
        Port(
            no,
            handle="false",
            aliases=("false", "invalid", "no", "No", "fail", "failure", "error", *_some(named_no)),
            label=named_no,
            required=not ways,
            shown=plain,
        ),
    )


def _branches(spec: Settings) -> tuple[Port, ...]:
    ports: dict[str, Port] = {}
    for index, branch in enumerate(maps(spec.get("branches"))):
        label = first_text(branch, "label", "name", "value")
        id = first_text(branch, "id")
        name = label or id
        if name:
            aliases = (*_some(id), f"branch-{index}")
            ports.setdefault(name, Port(name, aliases=aliases, required=True))
    if ports and any(key in spec for key in ("default", "else")):
        ports.setdefault("default", Port("default", aliases=("else", "otherwise")))
    return tuple(ports.values())


def _some(name: str) -> tuple[str, ...]:
    return (name,) if name else ()


def _summary(spec: Settings) -> str:
    question = first(spec, "condition", "check", "expression", "description")
    return question or first(part(spec, "on_failure"), "error_code")


def _label_clashes(spec: Settings) -> Iterator[Clash]:
    yes, no = text(spec.get("trueLabel")), text(spec.get("falseLabel"))
    if yes and yes.casefold() == no.casefold():
        yield Clash(("falseLabel",), f"Both outputs are called “{yes}”. Rename one of them.")


TYPES = (
    NodeType(
        type="decision",
        category="logic",
        icon="◇",
        help="Chooses a branch by a condition.",
        spec=DecisionSpec,
        outputs=_outputs,
        summary=_summary,
        new={"condition": "", "description": ""},
        required=(("condition", "check", "expression"),),
        ranges=statuses(
            *(f"{key}.status" for key in ("on_true", "on_false", "onTrue", "onFalse", "on_failure"))
        ),
        distinct=("branches",),
        clashes=(_label_clashes,),
        traits=("adds_nothing", "answers", "decides"),
        shape="decision",
    ),
)
