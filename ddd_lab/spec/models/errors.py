"""The registry of error codes, in whichever of its layouts it stands.

Codes stand flat under ``errors``, nested in categories, at the root of the file, in a list of
``{code, ...}`` or in lists inside named categories. All are found by walking the data: whatever
has an HTTP status under a code is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from pydantic import AliasChoices, Field

from ddd_lab.spec.models._read import Entry, FileModel, Misread, Text, entry, located
from ddd_lab.spec.models.base import Data, Path

_STATUS = ("http_status", "status", "httpStatus")
_NOT_CODES = {"response_format", "example", "examples", "details_schema", "headers"}
_NO_CATEGORY = {"errors", "categories", "codes", "error_codes"}


class ErrorCode(Entry):
    """One error that the system may answer with.

    Attributes:
        code: as flows name it (``VALIDATION_ERROR``).
        http_status: None where the file's value is not a number.
        message: the text or template, with ``{placeholders}``.
        category: names of the groups it stands in, joined with dots.
    """

    code: Text = ""
    http_status: int | None = Field(
        None, validation_alias=AliasChoices("http_status", "status", "httpStatus")
    )
    message: Text = Field("", validation_alias=AliasChoices("message", "message_template"))
    description: Text = ""
    category: Text = ""
    log_level: Text = ""


class ErrorRegistry(FileModel):
    """What ``specs/shared/errors.yaml`` says.

    Attributes:
        codes: every error by its code, in the file's order; of a code that stands twice, the
            first (the second is an issue).
    """

    codes: dict[str, ErrorCode] = Field(default_factory=dict)

    @classmethod
    def read(cls, data: Data, at: Path = ()) -> tuple[Self, list[Misread]]:
        """Collect the codes from any data, which lies at a path of its file."""
        issues: list[Misread] = []
        codes: dict[str, ErrorCode] = {}
        for code, item, path, groups in _walk(data, at, ()):
            if code in codes:
                first = " › ".join(str(part) for part in codes[code].path)
                message = f"The code {code} stands twice (also at {first}): rename or remove one."
                issues.append(Misread(path=path, message=message))
                continue
            codes[code] = entry(ErrorCode, item, path, issues, code=code, category=".".join(groups))
        return cls(codes=codes), located(issues, data, at)


def _walk(
    data: Data, path: Path, groups: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, Any], Path, tuple[str, ...]]]:
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _walk_item(item, (*path, index), groups)
    elif isinstance(data, dict):
        for key, item in data.items():
            place = (*path, key)
            if key in _NOT_CODES:
                continue
            if isinstance(item, dict) and any(status in item for status in _STATUS):
                yield key, item, place, groups
            elif isinstance(item, (dict, list)):
                inner = groups if key in _NO_CATEGORY else (*groups, key)
                yield from _walk(item, place, inner)


def _walk_item(
    item: Data, path: Path, groups: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, Any], Path, tuple[str, ...]]]:
    """An item of a list: an error by its ``code``, or a category by its ``name``."""
    if not isinstance(item, dict):
        return
    code = item.get("code")
    if isinstance(code, str) and code:
        yield code, item, path, groups
        return
    name = item.get("name", item.get("id"))
    inner = (*groups, name) if isinstance(name, str) and name else groups
    yield from _walk(item, path, inner)
