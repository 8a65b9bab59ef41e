"""Inline actions: one thing that a model can do for one node, connection, sheet or map."""

from __future__ import annotations

from ddd_lab.assist.actions.action import Action, Kind, Target
from ddd_lab.assist.actions.map_actions import DOMAIN_ACTIONS, SYSTEM_ACTIONS
from ddd_lab.assist.actions.sheet_actions import CONNECTION_ACTIONS, NODE_ACTIONS, SHEET_ACTIONS
from ddd_lab.spec.no_such import no_such
from ddd_lab.workbench import Workbench

__all__ = ["ACTIONS", "Action", "Kind", "Target", "action_named", "actions_for"]

ACTIONS: dict[str, Action] = {
    action.id: action
    for actions in (
        NODE_ACTIONS,
        CONNECTION_ACTIONS,
        SHEET_ACTIONS,
        DOMAIN_ACTIONS,
        SYSTEM_ACTIONS,
    )
    for action in actions
}
"""Every action, in the order of the menus."""


def action_named(name: str) -> Action:
    """An action by its id.

    Raises:
        KeyError: there is none; the message names those that are meant, perhaps.
    """
    if name not in ACTIONS:
        raise no_such("action", name, ACTIONS)
    return ACTIONS[name]


def actions_for(workbench: Workbench, target: Target) -> list[Action]:
    """The actions that fit a target, in the order of the menu."""
    return [
        action
        for action in ACTIONS.values()
        if target.kind in action.on and action.fits(workbench, target)
    ]
