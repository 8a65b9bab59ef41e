"""Write the list of all rules, ``docs/rules.md``, from their declarations (``make schema``)."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from ddd_lab.checks import Rule, rules
from ddd_lab.checks._quick_fixes import fixable_rules

TARGET = Path(__file__).parent.parent / "docs/rules.md"

HEADER = """\
<!-- Generated from ddd_lab/checks by scripts/generate_rules.py: run `make schema`. -->

# What is checked

Every problem has a rule, a severity and a place. An **error** means that the design cannot work. A
**warning** is a likely mistake. An **info** is advice.

A rule looks at one flow alone, at one flow against the rest of the design, or at the design with
its domains and shared files. In the Python API: `project.problems`, `ddd_lab.checks.rules()`.

Some problems have a **quick fix**, if the solution is clear: `project.fixes(problem)` lists them,
`project.fix(problem)` applies the first as one step to undo, and `ddd-lab check --fix` applies all
that need no decision (`--dry-run` only shows them).
"""

SUBJECTS = {
    "agents": "Agents",
    "config": "Environment variables",
    "data": "The flow's data",
    "domains": "Domains and flows",
    "errors": "Error codes",
    "events": "Events",
    "graph": "The flow's graph",
    "http": "Triggers and endpoints",
    "infrastructure": "Services and ports",
    "internal": "The checks themselves",
    "layout": "Places on the maps",
    "names": "Ids",
    "pages": "Pages",
    "references": "References to other flows",
    "schedules": "Schedules",
    "schemas": "Schemas",
    "specs": "Settings of nodes",
    "system": "The system",
    "wiring": "Outputs and connections",
}
SCOPES = {"flow": "one flow", "link": "one flow in the design", "design": "the design"}


def generate() -> str:
    """The whole page."""
    parts = [HEADER]
    for subject, group in groupby(rules().values(), key=lambda rule: rule.id.partition(".")[0]):
        heading = SUBJECTS.get(subject, subject.capitalize())
        parts.append(f"## {heading}\n\n" + "\n\n".join(_entry(rule) for rule in group) + "\n")
    return "\n".join(parts)


def _entry(rule: Rule) -> str:
    fix = "; may have a quick fix" if rule.id in fixable_rules() else ""
    return (
        f"### `{rule.id}`\n\n{rule.title}. *{rule.severity.capitalize()}; looks at "
        f"{SCOPES[rule.scope]}{fix}.*\n\n{rule.explain}"
    )


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(generate(), "utf-8")
    print(f"wrote {TARGET.name}: {len(rules())} rules")
