"""The walkthrough "With an assistant" without a key: a server on this machine answers from a script.

A real model gives other answers, and never the same twice. Everything else is as with a real one.
"""

from __future__ import annotations

import json

from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer

FLOW = "lending/return-item"


def proposing(say: str, *edits: dict[str, object]) -> str:
    """An answer that proposes changes, as a model gives it."""
    return json.dumps({"say": say, "edits": edits})


_SLIP = proposing(
    "A return desk wants a slip at the end, and a note that says why.",
    {"op": "add_node", "flow": FLOW, "type": "process", "node": "print_slip", "label": "Print it",
     "settings": {"operation": "print"}},
    {"op": "disconnect", "flow": FLOW, "source": "offer_copy", "target": "returned"},
    {"op": "connect", "flow": FLOW, "source": "offer_copy", "target": "print_slip"},
    {"op": "connect", "flow": FLOW, "source": "print_slip", "target": "returned"},
    {"op": "add_note", "flow": FLOW, "text": "Readers keep the slip until the next visit."},
    {"op": "change_node", "flow": FLOW, "node": "find_loan", "label": "Look for the loan"},
)
_SPEC = proposing(
    "The search takes the newest loan of the copy, and no more than one.",
    {"op": "change_node", "flow": FLOW, "node": "find_loan", "settings": {"limit": 1}},
)
_REVIEW = """\
It is sound, with one gap: nobody hears of a copy that comes back damaged. Add an event for it, so
that the shelf team can look at the copy before it is lent again."""
_EXPLANATION = """\
It looks up the loan of the copy that is still open. Where there is none, the copy was not on loan."""
_DEFINITION = json.dumps(
    {
        "say": "# Quiet rooms\n\nReaders book a quiet room for an hour or two. It is not for groups.",
        "questions": ["May a reader book two rooms at once?"],
    }
)
_ROOMS = proposing(
    "One domain with two flows.",
    {"op": "new_domain", "name": "Rooms", "description": "Quiet rooms and who has them."},
    {"op": "new_flow", "domain": "rooms", "name": "Book a room", "description": "A reader books"},
    {"op": "new_flow", "domain": "rooms", "name": "Free a room", "description": "Time is over"},
)

SCRIPT = (
    ScriptedReply(_SLIP, when="a slip is printed"),
    ScriptedReply(_SPEC, when="every setting that this node needs"),
    ScriptedReply(_REVIEW, when="Review"),
    ScriptedReply(_EXPLANATION, when="Explain"),
    ScriptedReply(_DEFINITION, when="can book a quiet room", times=1),
    ScriptedReply(_ROOMS, when="Name the domains"),
    ScriptedReply("A model would answer this; the script has no words for it."),
)


def scripted_model() -> ScriptedServer:
    """Start the server; it ends with the kernel."""
    return ScriptedServer(SCRIPT).start()
