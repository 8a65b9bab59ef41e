"""What cannot be done, as a status and words."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from typing import TypeVar

from pydantic import ValidationError

from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.files.disk.git import GitError
from ddd_lab.files.disk.storage import UnsafePathError
from ddd_lab.files.workspace.snapshot import RevisionError
from ddd_lab.files.workspace.workspace import ProjectError
from ddd_lab.implementation.config import ConfigError
from ddd_lab.implementation.runs import RunError
from ddd_lab.implementation.trust import NotTrustedError
from ddd_lab.implementation.trust_question import TrustQuestion, trust_question
from ddd_lab.lab.server.threads import NoAnswerError
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.version import __version__

Arguments = TypeVar("Arguments", bound=Message)


class BadCallError(ValueError):
    """The call itself is wrong."""


class NotThereError(LookupError):
    """There is no such thing."""


class NotAllowedError(PermissionError):
    """Something lies outside of what the server shows."""


class OtherVersionError(RuntimeError):
    """The panel is of another version than the server."""

    def __init__(self, panel: str) -> None:
        super().__init__(
            f"The panel in this page is of DDD Lab {panel}, the Jupyter server runs {__version__}. "
            "Nothing was done. Restart the Jupyter server and reload the page."
        )


_NOT_NOW = (
    *(ConfigError, EditError, GitError, OtherVersionError, RevisionError, RunError),
    UnsafePathError,
)
_BROKEN = {*(errno.EINVAL, errno.EFBIG, errno.ELOOP, errno.EBUSY, errno.EAGAIN), errno.ENAMETOOLONG}
"""Reasons of the system that are about what lies in the project, not about the disk."""


def refusal(error: Exception) -> tuple[int, str] | None:
    """The status and the words for an error; None for one that nobody has foreseen."""
    match error:
        case BadCallError():
            return 400, str(error)
        case NotAllowedError():
            return 403, str(error)
        case NotThereError() | ProjectError():
            return 404, str(error)
        case NoAnswerError():
            return 503, str(error)
        case _ if isinstance(error, _NOT_NOW):
            return 409, str(error)
        case OSError():
            return (409 if error.errno in _BROKEN else 500), os_words(error)
        case _:
            return None


def trust_asked(error: Exception) -> TrustQuestion | None:
    """What the person is asked where a project is not trusted; None for any other error."""
    return trust_question(error.request) if isinstance(error, NotTrustedError) else None


def os_words(error: OSError) -> str:
    """What the system refused, with the place."""
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}"


def read_query(model: type[Arguments], named: Callable[[str], str | None]) -> Arguments:
    """The arguments in an address; what it does not know is left alone."""
    values = {name: named(name) for name in model.model_fields}
    missing = {name: "" for name, field in model.model_fields.items() if field.is_required()}
    return _checked(
        model, missing | {key: text for key, text in values.items() if text is not None}
    )


def read_body(model: type[Arguments], body: bytes) -> Arguments:
    """The arguments in a body.

    A folder's name need not be UTF-8, so ``root`` may hold what stands for other bytes; no other
    text may.
    """
    try:
        value = json.loads(body)
        others = {key: other for key, other in value.items() if key != "root"}
        json.dumps(others, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise BadCallError("the body holds half a character (a lone surrogate)") from error
    except (ValueError, AttributeError, RecursionError) as error:
        raise BadCallError(f"the body must be a JSON object: {error}") from error
    return _checked(model, value)


def _checked(model: type[Arguments], value: object) -> Arguments:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        key = ".".join(str(step) for step in first["loc"])
        raise BadCallError(f"{key or 'the body'}: {first['msg']}") from error
