"""Actions on the maps: for a domain, and for the whole system."""

from __future__ import annotations

from ddd_lab.assist.actions.action import Action
from ddd_lab.assist.actions.facts import known_problems, loose_events, spec_summary

SUMMARY = "generate_summary"
"""The action whose words become the summary of the project's memory."""

DOMAIN_ACTIONS = (
    Action(
        "suggest_flows",
        "Suggest flows",
        ("domain",),
        "proposal",
        "Propose the flows that this domain lacks, judging by those it has and by its events. Give "
        "each a name, a trigger and a sentence that says why. Do not repeat one that is there.",
    ),
    Action(
        "suggest_events",
        "Suggest events",
        ("domain",),
        "proposal",
        "Propose the events that this domain should publish and consume, judging by its flows. "
        "Wire each to the flows that publish and handle it.",
        facts=loose_events,
    ),
    Action(
        "generate_domain",
        "Draw the domain…",
        ("domain",),
        "proposal",
        "Draw the domain that the person describes: its flows with their triggers, and the events "
        "between them.",
        question="What is this domain for?",
    ),
    Action(
        "add_design_note",
        "Write a design note",
        ("domain", "sheet"),
        "words",
        "Write a note for whoever reads this next year: what this part is for, which decisions "
        "shaped it, what is easy to get wrong. At most 150 words.",
        facts=known_problems,
    ),
)

SYSTEM_ACTIONS = (
    Action(
        "suggest_domains",
        "Suggest domains",
        ("system",),
        "proposal",
        "Propose the domains that this system lacks, each with a sentence that says what it is "
        "responsible for. Do not repeat one that is there.",
    ),
    Action(
        "review_architecture",
        "Review the architecture",
        ("system",),
        "words",
        "Review how the system is cut into domains. Begin with what the checks have found. Then "
        "say what no check can see: domains that do too much, that know too much of each other, "
        "events that are missing. The most important comes first.",
        facts=known_problems,
    ),
    Action(
        "generate_from_description",
        "Draw from a description…",
        ("system",),
        "proposal",
        "Draw the system that the person describes: its domains, their flows with triggers, and "
        "the events between them.",
        question="What should the system do?",
    ),
    Action(
        SUMMARY,
        "Write the summary",
        ("system",),
        "words",
        "Write the summary of this system that goes with every later question: what it is for, who "
        "uses it, what each domain does, which patterns hold throughout. Markdown with a heading, "
        "at most 400 words. Begin with the heading, and say nothing else.",
        facts=spec_summary,
    ),
)
