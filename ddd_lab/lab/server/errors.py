"""What cannot be done, as a status and words."""

from __future__ import annotations

import errno
import json
from typing import TypeVar

from pydantic import ValidationError

from ddd_lab.files.disk.storage import UnsafePathError
from ddd_lab.files.workspace.workspace import ProjectError
from ddd_lab.implementation.config import ConfigError
from ddd_lab.implementation.runs import RunError
from ddd_lab.implementation.trust import NotTrustedError
from ddd_lab.implementation.trust_question import trust_question
from ddd_lab.lab.protocol import Message, TrustView
from ddd_lab.lab.server.threads import NoAnswerError
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.version import __version__

Wanted = TypeVar("Wanted", bound=Message)


class BadCallError(ValueError):
    """The call itself is wrong."""


class NotThereError(LookupError):
    """There is no such thing."""


class NotAllowedError(PermissionError):
    """Something lies outside of what the server shows."""


_NOT_NOW = (ConfigError, EditError, RunError, UnsafePathError)
_BROKEN = {errno.EINVAL, errno.EFBIG, errno.ELOOP, errno.EBUSY, errno.EAGAIN}
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


def trust_asked(error: Exception) -> TrustView | None:
    """What the person is asked where a project is not trusted; None for any other error."""
    if not isinstance(error, NotTrustedError):
        return None
    return TrustView(**trust_question(error.request).model_dump())


def other_version(panel: str) -> str:
    """Why nothing is done for a panel of another version."""
    return (
        f"The panel in this page is of DDD Lab {panel}, the Jupyter server runs {__version__}. "
        "Nothing was done. Restart the Jupyter server and reload the page."
    )


def os_words(error: OSError) -> str:
    """What the system refused, with the place."""
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}"


def read_body(model: type[Wanted], body: bytes) -> Wanted:
    """What a call takes.

    A folder's name need not be UTF-8, so ``root`` may hold what stands for other bytes; no other
    text may.

    Raises:
        BadCallError: it is something else.
    """
    try:
        given = json.loads(body)
        others = {key: given[key] for key in given if key != "root"}
        json.dumps(others, ensure_ascii=False).encode()
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        key = ".".join(str(step) for step in first["loc"])
        raise BadCallError(f"{key or 'the body'}: {first['msg']}") from error
    except UnicodeEncodeError as error:
        raise BadCallError("the body: it holds half a character") from error
    except (ValueError, TypeError, RecursionError) as error:
        raise BadCallError(f"the body must be a JSON object: {error}") from error
