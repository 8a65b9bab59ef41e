"""Actions on the Flow Sheet: for a node, for a connection, and for the sheet itself."""

from __future__ import annotations

from ddd_lab.assist.actions.action import Action, Target
from ddd_lab.assist.actions.facts import (
    free_outputs,
    known_problems,
    loose_ends,
    paths_through,
)
from ddd_lab.spec.catalogue import ports
from ddd_lab.workbench import Workbench


def _is_trigger(workbench: Workbench, target: Target) -> bool:
    trigger = target.flow_in(workbench).trigger
    return trigger is not None and trigger.id == target.node


def _has_spec(workbench: Workbench, target: Target) -> bool:
    return bool(target.node_in(workbench).spec)


def _has_outputs(workbench: Workbench, target: Target) -> bool:
    flow = target.flow_in(workbench)
    return bool(ports(target.node_in(workbench), flow.vocabulary, flow))


NODE_ACTIONS = (
    Action(
        "suggest_spec",
        "Suggest the spec",
        ("node",),
        "proposal",
        "Propose every setting that this node needs, judging by its type, its label and what "
        "stands before and after it. Change this node only.",
        facts=known_problems,
    ),
    Action(
        "complete_spec",
        "Complete the spec",
        ("node",),
        "proposal",
        "Keep every setting that this node has, and add those that are missing. Change this node "
        "only.",
        fits=_has_spec,
        when="with a spec",
        facts=known_problems,
    ),
    Action(
        "explain_node",
        "Explain",
        ("node",),
        "words",
        "Explain in plain words, in at most eight sentences, what this node does, what it needs, "
        "and what happens at each of its outputs. Say where its spec leaves something open.",
        facts=known_problems,
    ),
    Action(
        "add_error_handling",
        "Add error handling",
        ("node",),
        "proposal",
        "Give every way in which this node can fail a connection to a node that deals with it. Use "
        "the error codes of the project where one fits; invent none.",
        fits=_has_outputs,
        when="with outputs",
        facts=free_outputs,
    ),
    Action(
        "generate_test_cases",
        "List test cases",
        ("node", "sheet"),
        "words",
        "For each of the listed paths, in the same order and leaving none out, give a test case: a "
        "short name, what is given, what is done, what has to come out. Then name the edge cases "
        "of the values that are read on the way.",
        facts=paths_through,
    ),
    Action(
        "add_security",
        "Add security",
        ("node",),
        "proposal",
        "This node lets somebody in. Propose what is missing to make that safe: who may call it, "
        "limits on how often, checks of what is sent. Use settings that this type of node has, and "
        "nodes where a check is a step of its own.",
        fits=_is_trigger,
        when="where a flow starts",
        facts=known_problems,
    ),
)

CONNECTION_ACTIONS = (
    Action(
        "add_node_between",
        "Add a node between",
        ("connection",),
        "proposal",
        "Propose the one node that is missing between the two ends of this connection, and connect "
        "it to both.",
    ),
    Action(
        "label_connection",
        "Suggest a label",
        ("connection",),
        "words",
        "Suggest three short labels for this connection, the best first, each with one sentence "
        "that says why. A label says what is true when this way is taken.",
    ),
)

SHEET_ACTIONS = (
    Action(
        "generate_flow",
        "Draw the flow…",
        ("sheet",),
        "proposal",
        "Draw the flow that the person describes: its trigger, its nodes with their settings, its "
        "connections, and an end for every way. Build on what the sheet has already.",
        question="What should the flow do?",
    ),
    Action(
        "review_flow",
        "Review the flow",
        ("sheet",),
        "words",
        "Review this flow. Begin with the problems that the checks have found and say for each "
        "what it means for users. Then say what no check can see: missing ways of failure, gaps in "
        "security, steps in the wrong order. The most important comes first.",
        facts=known_problems,
    ),
    Action(
        "suggest_wiring",
        "Connect loose ends",
        ("sheet",),
        "proposal",
        "Connect the nodes and outputs that are listed as loose. Add a node only where no existing "
        "one can be meant.",
        facts=loose_ends,
    ),
    Action(
        "import_from_description",
        "Draw from a description…",
        ("sheet",),
        "proposal",
        "Turn the person's description into nodes and connections of this flow. Every step that it "
        "names becomes a node; add none that it does not need.",
        question="Paste the description",
    ),
)
