"""The memory of a project for people: text in a terminal, HTML in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from ddd_lab.memory.decision_file import Decision
from ddd_lab.memory.status import FlowStatus, Overview, StatusLayer, by_urgency
from ddd_lab.memory.summary import Summary
from ddd_lab.plurals import plural
from ddd_lab.visible import one_line, visible

_SHOWN = 12
"""Lines of a list that a notebook shows at once."""
_MARKS = {"stale": "⚠", "pending": "◌", "implemented": "✓"}


class Shown(NamedTuple):
    """What is shown of a memory."""

    name: str
    summary: Summary
    status: StatusLayer
    decisions: tuple[Decision, ...]


def as_text(memory: Shown) -> str:
    """The memory as plain text."""
    return "\n".join(_lines(memory))


def _lines(memory: Shown) -> Iterator[str]:
    status = memory.status
    yield f"{one_line(memory.name)}, {counted(status['overview'])}"
    yield ""
    yield f"Summary ({told_of(memory.summary)})"
    yield from (f"  {line}" for line in _head(memory.summary).splitlines())
    yield ""
    yield "Status"
    flows = by_urgency(status)
    yield from (f"  {_status(key, entry)}" for key, entry in flows[:_SHOWN])
    yield from _more(len(flows), "  ")
    yield ""
    yield "Decisions" if memory.decisions else "Decisions: none yet"
    yield from (f"  {decision_line(decision)}" for decision in reversed(memory.decisions))


def counted(overview: Overview) -> str:
    """``20 flows: 12 implemented, 7 pending, 1 stale``."""
    return (
        f"{plural(overview['total_flows'], 'flow')}: {overview['implemented']} implemented, "
        f"{overview['pending']} pending, {overview['stale']} stale"
    )


def told_of(summary: Summary) -> str:
    """Where a summary comes from, and what has moved since."""
    if summary.source == "derived":
        return "derived from the specs"
    origin = f"by {one_line(summary.model, 80)}" if summary.model else "found in the file"
    if not summary.stale:
        return origin
    shown = ", ".join(one_line(str(moved), 100) for moved in summary.moved[:5])
    left = len(summary.moved) - 5
    return f"{origin}; since then {shown}" + (f" and {left} more" if left > 0 else "")


def decision_line(decision: Decision) -> str:
    """A decision on one line."""
    head = f"{decision.date}: {decision.title}" if decision.date else decision.title
    about = f" ({', '.join(decision.affected)})" if decision.affected else ""
    lost = f" – no longer there: {', '.join(decision.gone)}" if decision.gone else ""
    return one_line(f"{head}{about}{lost}")


def _status(key: str, entry: FlowStatus) -> str:
    changes = entry["changes_since"]
    since = f", {plural(len(changes), 'change')}" if changes else ""
    return one_line(f"{_MARKS[entry['status']]} {key}: {entry['status']}{since}")


def _head(summary: Summary) -> str:
    """The title of a summary and what follows it, up to the first section."""
    text = visible(summary.text.strip(), lines=True).partition("\n## ")[0].strip()
    return text if len(text) <= 600 else f"{text[:599].rstrip()}…"


def _more(count: int, indent: str = "") -> Iterator[str]:
    if count > _SHOWN:
        yield f"{indent}and {count - _SHOWN} more"


def as_html(memory: Shown) -> str:
    """The memory as HTML."""
    status, summary = memory.status, memory.summary
    flows = by_urgency(status)
    title, _, about = _head(summary).removeprefix("# ").partition("\n")
    stale = f"<p>⚠ Summary {escape(told_of(summary))}</p>" if summary.stale else ""
    return (
        "<div style='max-width:60em'>"
        f"<p><b>{escape(title)}</b><br>{escape(counted(status['overview']))}</p>"
        f"<p>{escape(about.strip())}</p>{stale}"
        + _list("Status", [escape(_status(key, entry)) for key, entry in flows], "none")
        + _list("Decisions", [_told(decision) for decision in reversed(memory.decisions)], "disc")
        + "</div>"
    )


def _told(decision: Decision) -> str:
    why = one_line(decision.rationale or decision.decision)
    return escape(decision_line(decision)) + (f"<br>{escape(why)}" if why else "")


def _list(title: str, items: list[str], style: str) -> str:
    if not items:
        return f"<p><b>{title}</b>: none yet</p>"
    rest = items[_SHOWN:]
    more = f"<details><summary>{len(rest)} more</summary>{_items(rest, style)}</details>"
    return f"<p><b>{title}</b></p>{_items(items[:_SHOWN], style)}{more if rest else ''}"


def _items(items: Iterable[str], style: str) -> str:
    shown = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul style='list-style:{style};padding-left:1.2em'>{shown}</ul>"
