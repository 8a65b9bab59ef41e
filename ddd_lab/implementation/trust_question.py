"""The words in which a person is asked to trust a project, wherever they are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ddd_lab.implementation.trust import TrustRequest, trusted_folders
from ddd_lab.spec.models.base import Frozen
from ddd_lab.visible import visible

_ALLOWS = """\
The files of this project name programs that run on this machine with your rights. Until you trust \
it, none of them is run; you can look at the design and edit it.
Trust it only if you know where the folder comes from. It stays trusted until what is shown here \
changes, or until you take that back."""
_CHANGED = """\
You trusted this project, but what it runs has changed since then. Nothing of it is run until you \
trust it again.
Trust it only if you know who made the changes."""


class TrustQuestion(Frozen):
    """What a person is asked, as it is shown.

    Attributes:
        title: the question.
        words: what trusting means, in paragraphs.
        folder: the project's.
        commands: that would be run, word by word.
        settings: of what is run.
        added: commands and settings that are new since the person trusted the project.
        removed: those that are no longer there.
        action: what the button says that trusts it.
        declined: what is said where the person does not trust it.
        fingerprint: proves that this is what they were shown.
    """

    title: str
    words: tuple[str, ...]
    folder: str
    commands: tuple[str, ...]
    settings: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    action: str
    declined: str
    fingerprint: str


def trust_question(request: TrustRequest) -> TrustQuestion:
    """What a person is asked who has not trusted what a project would run."""
    before = next((one for one in trusted_folders() if one.folder == request.folder), None)
    current = [*request.commands, *request.settings]
    then = [*before.commands, *before.settings] if before is not None else current
    return TrustQuestion(
        title="Trust this project?",
        words=tuple((_ALLOWS if before is None else _CHANGED).split("\n")),
        folder=visible(request.folder),
        commands=_shown(request.commands),
        settings=_shown(request.settings),
        added=_shown(list((Counter(current) - Counter(then)).elements())),
        removed=_shown(list((Counter(then) - Counter(current)).elements())),
        action="Trust and run",
        declined="Nothing was run: you have not trusted this project.",
        fingerprint=request.fingerprint,
    )


def _shown(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(visible(text) for text in texts)
