"""From what the browser sent to the reply: validated, carried out, and never fatal."""

from __future__ import annotations

import logging

from pydantic import ValidationError

from ddd_lab.canvas.commands import OPERATIONS
from ddd_lab.canvas.protocol.json_safe import from_browser
from ddd_lab.canvas.protocol.messages import Command, Failure, Reply
from ddd_lab.canvas.session.navigation_history import level_of
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.capabilities import LackError
from ddd_lab.files.disk.storage import UnsafePathError
from ddd_lab.files.workspace.saving import SaveError
from ddd_lab.gc_pause import gc_paused
from ddd_lab.lossless_yaml import PatchError, YamlError
from ddd_lab.slow_log import slow_logged
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.version import __version__
from ddd_lab.visible import error_at_hand

logger = logging.getLogger("ddd_lab.canvas")


def dispatch(session: CanvasSession, content: object) -> Reply | None:
    """Carry out what a browser sent.

    Everything that changes by it has been sent when this returns, so that the reply comes last.

    Returns:
        The reply; None for what is no command at all.
    """
    try:
        command = Command.model_validate(from_browser(content), strict=True)
    except ValidationError as error:
        return _unreadable(content, error)
    try:
        slow = slow_logged(logger, f"Canvas operation {command.op}")
        with slow, gc_paused(), session.broadcaster.held():
            result = _run(session, command)
    except ValidationError as error:
        return _failed(command, f"{command.op}: {_first(error)}")
    except KeyError as error:
        return _failed(command, _sentence(str(error.args[0] if error.args else error)))
    except (EditError, LackError, SaveError, PatchError, YamlError, UnsafePathError) as error:
        return _failed(command, _sentence(str(error)))
    except Exception as error:  # noqa: BLE001 - it is logged
        logger.error("The canvas could not carry out %s\n%s", command.op, error_at_hand())
        return _failed(
            command,
            "This did not work, because of a mistake in DDD Lab itself; nothing was changed.",
            f"{type(error).__name__}: {error}",
        )
    return Reply(id=command.id, ok=True, result=result)


def _run(session: CanvasSession, command: Command) -> dict[str, object]:
    operation = OPERATIONS.get(command.op)
    if operation is None:
        raise EditError(
            f"there is no operation {command.op!r}. The canvas may be of another "
            "version: reload the page"
        )
    arguments = operation.arguments.model_validate(command.args)
    session.broadcaster.catch_up()
    if operation.changes in ("board", "project"):
        _refuse_other_version(session)
    if operation.changes == "board":
        _refuse_elsewhere(session, command.at)
    if operation.changes != "nothing" and not operation.in_bursts:
        session.bursts.end()
    result = operation.run(session, arguments)
    return {} if result is None else result.model_dump(mode="json")


def _refuse_other_version(session: CanvasSession) -> None:
    """Refuse a change by a canvas that may mean something else by it.

    Raises:
        EditError: the canvas in the page is of another version.
    """
    version = session.page_version
    if version not in (None, __version__):
        raise EditError(
            f"the canvas in this page is of DDD Lab {version}, the kernel runs {__version__}; "
            "nothing was changed. Restart the kernel"
        )


def _refuse_elsewhere(session: CanvasSession, at: str | None) -> None:
    """Refuse a change that was meant for another board than the one that is shown by now.

    A board that was renamed or moved meanwhile is still the same one.

    Raises:
        EditError: it was meant for another one.
    """
    if at is None or at == session.at:
        return
    location = session.broadcaster.moves.whereabouts(session.workbench.design, at)
    if location != session.at or level_of(location) != level_of(at):
        where = session.at or "the System Map"
        raise EditError(f"the canvas now shows {where}; nothing was changed")


def _unreadable(content: object, error: ValidationError) -> Reply | None:
    id = content.get("id") if isinstance(content, dict) else None
    if not isinstance(id, int) or isinstance(id, bool):
        logger.warning("The canvas got a message that is no command: %.200r", content)
        return None
    return Reply(id=id, ok=False, error=Failure(message=f"No such command: {_first(error)}"))


def _failed(command: Command, message: str, detail: str = "") -> Reply:
    return Reply(id=command.id, ok=False, error=Failure(message=message, detail=detail))


def _first(error: ValidationError) -> str:
    details = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(step) for step in details["loc"])
    reason = details["msg"].removeprefix("Value error, ")
    return f"{place}: {reason}" if place else reason


def _sentence(text: str) -> str:
    """The text as a sentence; a name that it begins with stays as it is."""
    text = text.strip()
    first = text.partition(" ")[0]
    start = text[:1].upper() if first.isalpha() else text[:1]
    return f"{start}{text[1:]}" + ("" if text.endswith((".", "!", "?")) else ".")
