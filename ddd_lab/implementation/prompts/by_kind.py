"""Any prompt, by its kind: for those who ask on behalf of a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, get_args

from ddd_lab.implementation.config import BuildConfig
from ddd_lab.implementation.prompts import fix_prompt, flows_prompt, migration_prompt
from ddd_lab.implementation.prompts.prompt import Kind, Prompt
from ddd_lab.implementation.runs.outcome import last_tests
from ddd_lab.spec.no_such import meant

if TYPE_CHECKING:
    from ddd_lab.implementation.staleness import Sync


def prompt_for(
    sync: Sync,
    config: BuildConfig,
    names: Sequence[str],
    kind: Kind = "implement",
) -> Prompt:
    """The prompt for some flows, or to migrate the data of some schemas.

    Args:
        names: ``domain/flow``, or, to migrate, names of schemas.
    """
    if kind not in get_args(Kind):
        raise ValueError(f"there is no prompt {kind!r}{meant(kind, get_args(Kind))}")
    if not names:
        raise ValueError("name at least one flow" if kind != "migrate" else "name a schema")
    match kind:
        case "fix":
            return fix_prompt(sync, last_tests(sync, names), config)
        case "migrate":
            return migration_prompt(sync, names, config)
        case _:
            return flows_prompt(sync, names, config)
