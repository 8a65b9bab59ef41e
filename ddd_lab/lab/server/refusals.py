"""What cannot be done, as a status and words."""

from __future__ import annotations

from typing import TypeVar

from pydantic import ValidationError

from ddd_lab.build.config import ConfigError
from ddd_lab.build.runs import RunError
from ddd_lab.files.storage import UnsafePathError
from ddd_lab.files.workspace import ProjectError
from ddd_lab.spec.edits import EditError

from ..wire import Message

Wanted = TypeVar("Wanted", bound=Message)


class BadCallError(ValueError):
    """The call itself is wrong."""


class NotThereError(LookupError):
    """There is no such thing."""


_NOT_NOW = (ConfigError, EditError, RunError, UnsafePathError)


def refusal(error: Exception) -> tuple[int, str] | None:
    """The status and the words for an error; None for one that nobody has foreseen."""
    match error:
        case BadCallError():
            return 400, str(error)
        case NotThereError() | ProjectError():
            return 404, str(error)
        case OSError():
            place = f"{error.filename}: " if error.filename else ""
            return 500, f"{place}{error.strerror or error}"
        case _ if isinstance(error, _NOT_NOW):
            return 409, str(error)
        case _:
            return None


def read_body(model: type[Wanted], body: bytes) -> Wanted:
    """What a call takes.

    Raises:
        BadCallError: it is something else.
    """
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        key = ".".join(str(step) for step in first["loc"])
        raise BadCallError(f"{key or 'the body'}: {first['msg']}") from error
