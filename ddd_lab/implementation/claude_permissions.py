"""What Claude Code may do without asking: what its user has set, and never everything.

A run is watched by a person, who answers its questions in the terminal. The person's own settings
decide which questions there are: a mode that they have chosen stays, with two exceptions. Where
they have chosen none, it asks, since newer versions of Claude Code would by themselves let a model
decide what needs no question. And where they have chosen to skip all questions, a prompt that was
put together by a program is not a place for that, so that it asks too.

A project in Auto, which a person has to trust as such, spares them the questions about files where
it would ask: commands are asked about as ever.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from ddd_lab.files.disk.json_files import parse_json, read_json
from ddd_lab.implementation.config import CLAUDE_SETTINGS, SettingsError, written_config
from ddd_lab.spec.lenient import mapping, text
from ddd_lab.visible import one_line

ASK = "default"
"""The mode in which Claude Code asks before it writes a file or runs a command."""
EDIT = "acceptEdits"
"""The mode in which it changes files without asking, and asks before it runs a command."""
_SKIP = "bypassPermissions"
_ASKS: Final = {
    ASK: "It asks you before it changes files or runs commands.",
    EDIT: "Your Claude Code settings let it change files without asking (acceptEdits).",
    "plan": "Your Claude Code settings have it plan first; it changes files when you agree (plan).",
}
_ANY: Final = ("…",)
"""Says that an option takes whatever value."""
ALLOWED: Final[dict[str, Sequence[str]]] = {
    "--model": _ANY,
    "--effort": _ANY,
    "--permission-mode": (ASK, "plan"),
    "--disallowedTools": _ANY,
    "--disallowed-tools": _ANY,
    "--strict-mcp-config": (),
    "--ide": (),
    "--verbose": (),
    "--debug": (),
}
"""The options that a project may start Claude Code with, and their values; none for a switch.

None of them takes a question of the person's away, has it run unseen, or names a program.
"""


def mode_to_set(root: Path) -> str:
    """The mode that a run is given; empty where the one that the person has chosen stays."""
    chosen = _mode_chosen(root)
    if chosen in ("", _SKIP, ASK) and _is_auto(root):
        return EDIT
    return ASK if chosen in ("", _SKIP) else ""


def asks_in_words(root: Path) -> str:
    """What a run asks before it acts, as a sentence."""
    mode = mode_to_set(root) or _mode_chosen(root)
    if mode == EDIT and _is_auto(root):
        return "In Auto it changes files without asking; it asks before it runs commands."
    other = f"Your Claude Code settings decide what it asks you ({one_line(mode)})."
    return _ASKS.get(mode, other)


def not_allowed(words: Iterable[str]) -> str:
    """The first word of those after the program that is not allowed; empty if all are."""
    left = list(words)
    while left:
        word = left.pop(0)
        option, is_given, value = word.partition("=")
        values = ALLOWED.get(option)
        if values is None:
            return word
        if not values:
            if is_given:
                return word
            continue
        if not is_given:
            value = left.pop(0) if left else ""
        if not value or value.startswith("-") or (values is not _ANY and value not in values):
            return word if is_given else f"{option} {value}".rstrip()
    return ""


def allowed_words() -> str:
    """The options that are allowed, for people."""
    shown = {option: "|".join(values) for option, values in ALLOWED.items()}
    return ", ".join(f"{option} {values}".rstrip() for option, values in shown.items())


def _is_auto(root: Path) -> bool:
    try:
        return written_config(root).assist.mode == "auto"
    except SettingsError:
        return False


def _mode_chosen(root: Path) -> str:
    return next((mode for mode in _chosen(root) if mode), "")


def _chosen(root: Path) -> Iterator[str]:
    """The modes that settings name, the one that counts first."""
    for path in reversed(CLAUDE_SETTINGS):
        with contextlib.suppress(OSError, ValueError):
            yield _mode_in(read_json(root, path))
    own = Path(os.environ.get("CLAUDE_CONFIG_DIR") or Path.home() / ".claude")
    with contextlib.suppress(OSError, ValueError):
        yield _mode_in(parse_json((own / "settings.json").read_bytes()))


def _mode_in(settings: object) -> str:
    return text(mapping(mapping(settings).get("permissions")).get("defaultMode"))
