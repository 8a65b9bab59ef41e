"""Asking a person, in a shell, whether they trust a project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ddd_lab.cli._errors import CallError
from ddd_lab.cli._output import answer, plain, print_out

if TYPE_CHECKING:
    from ddd_lab.implementation.trust import TrustRequest


def ask_for_trust(root: Path) -> None:
    """Ask whether a project is trusted, where it is not yet and there is a person to ask.

    Where nobody can be asked, what is to be run refuses and says why.
    """
    from ddd_lab.implementation.trust import is_trusted, trust, trust_request
    from ddd_lab.implementation.trust_question import trust_question

    if is_trusted(root) or not on_a_terminal():
        return
    request = trust_request(root)
    if not agreed(request):
        raise CallError(trust_question(request).declined)
    trust(root, request.fingerprint)


def ask_before_claude(root: Path) -> None:
    """Ask for trust as :func:`ask_for_trust` does, if Claude Code can be started at all."""
    from ddd_lab.implementation.claude_program import require_claude
    from ddd_lab.implementation.config import read_config
    from ddd_lab.implementation.runs import RunError

    try:
        require_claude(read_config(root))
    except RunError:
        return  # whoever starts it says so
    ask_for_trust(root)


def on_a_terminal() -> bool:
    """Whether a person sees what is said, and can answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def agreed(request: TrustRequest) -> bool:
    """Show what trusting a project allows, and what of it is new, and ask for it."""
    from ddd_lab.implementation.trust_question import trust_question

    question = trust_question(request)
    lines = [plain(request.folder), *question.words]
    for head, changes in (
        ("New since then:", question.added),
        ("No longer there:", question.removed),
    ):
        lines += [head, *(f"  {change}" for change in changes)] if changes else []
    print_out("".join(f"{line}\n" for line in [*lines, *str(request).split("\n")]))
    return answer(f"{question.title} [y/N] ").lower() in ("y", "yes")
