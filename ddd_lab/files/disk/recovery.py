"""Saves that were cut off: finished where they are this person's, and said where they are not."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

from ddd_lab.files.disk import journal, locks, storage
from ddd_lab.files.disk.journal import FOLDER, Journal, JournalError
from ddd_lab.spec.problem import Problem, Severity

FINISHED: Final = "save.finished"
UNFINISHED: Final = "save.unfinished"
_SHOWN = 5
"""Names that one sentence lists, and journals that are reported."""
_CALLS = (
    "In Python, project.finish_saves() finishes it, and project.drop_saves() leaves the files as "
    "they are and forgets it"
)


LOCK: Final = "save"
"""Name of the lock under which files of a design are written."""


def has_interrupted_save(root: Path) -> bool:
    """Whether a save of this person was cut off; nothing is changed, and no lock is taken."""
    with contextlib.suppress(OSError):
        return any(
            name.endswith(".journal") and journal.is_own(root, name) for name in journal.found(root)
        )
    return False


def recover(root: Path) -> bool:
    """Finish this person's saves that were cut off, or set them aside; whether there were any.

    Called with the lock for saving held: a save that is under way has no journal to be found then.
    """
    some = False
    for name in journal.found(root):
        if not name.endswith(".journal") or not journal.is_own(root, name):
            continue
        some = True
        try:
            save = journal.read(root, name)
            if journal.changed_since(root, save):
                journal.set_aside(root, save)
            else:
                journal.finish(root, save)
                journal.note_finished(root, save)
        except (JournalError, storage.ChangedOnDiskError):
            journal.set_aside(root, Journal(name, "", ()))
    return some


def forget_finished(root: Path) -> None:
    """Remove what was said of finished saves, and what saves that never began have left."""
    with contextlib.suppress(OSError):
        for name in journal.found(root):
            if name.endswith(".finished"):
                journal.drop(root, name)
        locks.clear_leftovers(root, FOLDER)


def finish_all(root: Path) -> list[str]:
    """Finish all saves that were cut off, because a person asks for it; returns the paths.

    Files that were changed since are left alone.
    """
    written: list[str] = []
    for name in journal.found(root):
        if not name.endswith(".finished"):
            written += journal.finish(root, journal.read(root, name))
            journal.drop(root, name)
    return written


def drop_all(root: Path) -> None:
    """Forget every save that was cut off; the files stay as they are."""
    for name in journal.found(root):
        journal.drop(root, name)
    locks.clear_leftovers(root, FOLDER)


def interrupted_saves(root: Path, failure: str = "") -> tuple[Problem, ...]:
    """What to say of saves that were cut off; ``failure`` is why they could not be finished."""
    try:
        names = journal.found(root)
        if not names and not locks.leftovers(root, FOLDER):
            return ()
        begun = journal.begun(root)
    except OSError as error:
        return (_problem(FOLDER, f"The folder cannot be read: {error.strerror}"),)
    problems = [_interrupted_save(root, name, failure) for name in names[:_SHOWN]]
    problems += [
        _problem(
            f"{FOLDER}/{name}",
            "A save of several files was cut off before it wrote the first of them: the design is "
            "as it was before. What was edited then is not in it.",
            FINISHED,
        )
        for name in begun[:_SHOWN]
        if not any(other.startswith(name[1:33]) for other in names)
    ]
    return tuple(problem for problem in problems if problem is not None)


def _interrupted_save(root: Path, name: str, failure: str) -> Problem | None:
    path, own = f"{FOLDER}/{name}", journal.is_own(root, name)
    try:
        if name.endswith(".finished"):
            return _finished(root, name) if own else None
        save = journal.read(root, name)
        changed = journal.changed_since(root, save) if own else []
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return _problem(
            path,
            f"This is the journal of a save that was cut off, but {reason}. It is ignored. "
            f"Remove {path}, and compare the files with Git.",
        )
    what = f"A save of {len(save.entries)} files was cut off at {save.moment}"
    if failure:
        return _problem(path, f"{what}, and cannot be finished: {failure}.")
    if changed:
        others = ", ".join(repr(one) for one in changed[:_SHOWN])
        more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
        return _problem(
            path,
            f"{what}. It is not finished, since these files have been changed since: {others}"
            f"{more}. Compare the files with Git. {_CALLS}.",
        )
    if not own:
        return _problem(
            path,
            f"{what}, by another person, on another computer or in another folder, so it is not "
            f"finished automatically. Compare the files with Git. {_CALLS}.",
        )
    return _problem(path, f"{what}. Compare the files with Git. {_CALLS}.")


def _finished(root: Path, name: str) -> Problem:
    moment, count = journal.read_note(root, name)
    return _problem(
        f"{FOLDER}/{name}",
        f"A save of {count} files was cut off at {moment}, and has been finished since: the design "
        "is as it was to be saved.",
        FINISHED,
    )


def _problem(path: str, message: str, rule: str = UNFINISHED) -> Problem:
    severity: Severity = "info" if rule == FINISHED else "warning"
    return Problem(path=path, severity=severity, rule=rule, message=message, where=path)


def at_opening(root: Path) -> tuple[Problem, ...]:
    """Finish this person's saves that were cut off, and say what is to be said of all."""
    failure = ""
    if has_interrupted_save(root):
        try:
            with locks.locked(root, LOCK):
                recover(root)
        except OSError as error:
            failure = error.strerror or str(error)
    return interrupted_saves(root, failure)
