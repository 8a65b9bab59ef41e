"""Asking a person, in a shell, whether they trust a project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ._output import answer, plain, say

if TYPE_CHECKING:
    from ..build.trust import TrustRequest


def ask_for_trust(root: Path) -> None:
    """Ask whether a project is trusted, where it is not yet and there is a person to ask.

    Where nothing comes of it, what is to be run refuses and says why.

    Raises:
        ConfigError: it cannot be said what would be run: the settings of the project are broken.
        OSError: the answer cannot be kept.
    """
    from ..build.trust import is_trusted, trust, trust_request

    if is_trusted(root) or not on_a_terminal():
        return
    request = trust_request(root)
    if agreed(request):
        trust(root, request.fingerprint)


def on_a_terminal() -> bool:
    """Whether a person sees what is said, and can answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def agreed(request: TrustRequest) -> bool:
    """Show what trusting a project allows, and ask for it."""
    from ..build.trust_question import trust_question

    question = trust_question(request)
    say(f"{plain(request.folder)}\n" + "\n".join(question.words) + "\n")
    say("".join(f"{line}\n" for line in str(request).split("\n")))
    return answer(f"{question.title} [y/N] ").lower() in ("y", "yes")
