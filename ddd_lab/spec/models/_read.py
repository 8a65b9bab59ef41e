"""Reading data into models without ever giving up: what does not fit is reported and left out."""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Collection, Iterator
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from ddd_lab.spec.models.base import Data, Frozen, Open, Path, Position
from ddd_lab.spec.paths import composed

M = TypeVar("M", bound=BaseModel)


Text = str
"""Text that is empty where the file says nothing."""


class Misread(Frozen):
    """Something in a file that its model could not take.

    Attributes:
        path: where it lies in the file's data, from the root.
        message: what is wrong, what was expected, what to do.
    """

    path: Path
    message: str


class FileModel(Open):
    """Base of what a file says, read once and then only looked at.

    Keys that no field names are kept (``model_extra``). Numbers stand for text where text is
    expected (``version: 1.0``), since YAML makes no difference that people would notice.
    """

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _blank_is_unsaid(cls, data: Any) -> Any:
        """A key without a value says as little as no key: people leave them behind."""
        if data is None:
            return {}
        if isinstance(data, dict):
            return {key: value for key, value in data.items() if value is not None}
        return data

    @classmethod
    def read_root(
        cls, data: Data, *roots: str, apart: Collection[str] = ()
    ) -> tuple[Self, dict[str, Any], Path, list[Misread]]:
        """The model of what stands below a root key, but for the keys that are read apart.

        Returns:
            The model, the map below the root key, its path, and what does not fit.
        """
        inner, at, issues = unwrap(data, *roots)
        own = {key: value for key, value in inner.items() if key not in apart}
        read, misread = read_model(cls, own, at)
        return read, inner, at, issues + misread


class Entry(FileModel):
    """Base of one entry of a file, which remembers where it stands."""

    path: Path = Field((), exclude=True, description="Where the entry stands in the file's data.")


class NamedEntry(Entry):
    """An entry whose id and name stand for each other where one is missing.

    Attributes:
        SHORT: the field that a bare text stands for.
        MISSING: the message for an entry without either.
    """

    SHORT: ClassVar[str] = "name"
    MISSING: ClassVar[str] = ""

    id: Text = ""
    name: Text = ""


N = TypeVar("N", bound=NamedEntry)


def read_model(model: type[M], data: Data, at: Path = ()) -> tuple[M, list[Misread]]:
    """Validate data as a model; parts that do not fit are reported and dropped.

    Args:
        model: a model all of whose fields have defaults.
        at: where the data lies in its file, put before the path of every issue.

    Returns:
        The model made of everything that fits (all defaults where nothing does), and the issues.
    """
    if not isinstance(data, dict):
        issues = [] if data is None else [_expected(at, "a map", data)]
        return model.model_validate({}), issues
    rest = data
    errors: dict[Path, list[str]] = {}
    offending: dict[Path, Data] = {}
    for _ in range(8):
        try:
            return model.model_validate(rest), _issues(errors, offending, at)
        except ValidationError as error:
            bad: set[Path] = set()
            for detail in error.errors(include_url=False, include_context=False):
                path = _inside(rest, detail["loc"])
                if not path:
                    continue
                bad.add(path)
                offending.setdefault(path, _at(rest, path))
                errors.setdefault(path, []).append(_wanted(detail["type"], detail["msg"]))
            rest = _without(rest, bad) if bad else {}
    return model.model_validate({}), _issues(errors, offending, at)


def _issues(errors: dict[Path, list[str]], offending: dict[Path, Data], at: Path) -> list[Misread]:
    return [
        _expected((*at, *path), " or ".join(dict.fromkeys(wanted)), offending[path])
        for path, wanted in errors.items()
    ]


def _expected(path: Path, wanted: str, value: Data) -> Misread:
    """Say what was expected and what stands there."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    subject = f"“{key}”" if key else "This"
    return Misread(path=path, message=f"{subject} must be {wanted}, not {described(value)}.")


def described(value: Data, limit: int = 40) -> str:
    """A value in a message: what it is, and its text where that is short."""
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, (list, tuple)):
        return "a list"
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return str(value).lower()
    line = " ".join(str(value).split())
    line = line if len(line) <= limit else line[: limit - 1] + "…"
    return line if isinstance(value, (int, float)) else f"“{line}”"


_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "dict_type": "a map",
    "model_type": "a map",
    "model_attributes_type": "a map",
    "list_type": "a list",
    "tuple_type": "a list",
}


def _wanted(kind: str, message: str) -> str:
    if kind in _WANTED:
        return _WANTED[kind]
    message = re.sub(r"^(Input|Value error,|Assertion failed,)\s*(should be)?\s*", "", message)
    return message[:1].lower() + message[1:]


def _inside(data: Data, loc: tuple[str | int, ...]) -> Path:
    """The part of an error's location that exists in the data, without branches of unions."""
    path: list[str | int] = []
    for part in loc:
        is_there = (isinstance(data, dict) and part in data) or (
            isinstance(data, list) and isinstance(part, int) and -1 < part < len(data)
        )
        if not is_there:
            break
        path.append(part)
        data = data[part]
    return tuple(path)


def _at(data: Data, path: Path) -> Data:
    for part in path:
        data = data[part]
    return data


def _without(data: Data, bad: set[Path]) -> Data:
    """A copy of the data without those parts; an item of a list leaves a gap of None."""
    result = copy.deepcopy(data)
    for path in bad:
        holder = result
        for part in path[:-1]:
            holder = holder[part] if holder is not None else None
        if isinstance(holder, dict):
            holder.pop(path[-1], None)
        elif isinstance(holder, list):
            holder[int(path[-1])] = None
    return result


def located(issues: list[Misread], data: Data, at: Path = ()) -> list[Misread]:
    """The issues with paths in the data: the entry's own where the model has other keys."""
    problems = []
    for issue in issues:
        inside = _inside(data, issue.path[len(at) :])
        problems.append(issue.model_copy(update={"path": (*at, *inside)}))
    return problems


def unwrap(data: Data, *roots: str) -> tuple[dict[str, Any], Path, list[Misread]]:
    """The map below a file's root key, if that is there, its path, and what is wrong with it."""
    if data is None:
        return {}, (), []
    if not isinstance(data, dict):
        return {}, (), [_expected((), "a map", data)]
    for root in roots:
        inner = data.get(root)
        if isinstance(inner, dict):
            return inner, (root,), []
        if root in data and len(data) == 1:
            return {}, (root,), [] if inner is None else [_expected((root,), "a map", inner)]
    return data, (), []


def read_entries(
    data: Data, at: Path, key: str, issues: list[Misread], *, short: str = "name"
) -> Iterator[tuple[dict[str, Any], Path]]:
    """The entries under a key, whether they stand in a list or in a map by name.

    Args:
        key: the key; missing or empty means no entries.
        short: the field that a bare string (or number) stands for, and that a map's key gives.

    Yields:
        The entry as a map of its own, and its path.
    """
    value = data.get(key) if isinstance(data, dict) else None
    if value is None or value == "":
        return
    if isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, dict):
                yield {short: name, **item}, (*at, key, name)
            else:
                value_of = {} if item is None else {"value": item}
                yield {short: name, **value_of}, (*at, key, name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            path = (*at, key, index)
            if isinstance(item, dict):
                yield item, path
            elif isinstance(item, (str, int, float)) and not isinstance(item, bool):
                yield {short: str(item)}, path
            elif item is not None:
                issues.append(_expected(path, "a map", item))
    else:
        issues.append(_expected((*at, key), "a list", value))


def entry(
    model: type[M], data: dict[str, Any], path: Path, issues: list[Misread], **also: Any
) -> M:
    """Read one entry, give it its path, and add what does not fit to the issues."""
    named = {key: value for key, value in data.items() if key != "path"}
    read, misread = read_model(model, {**named, **also}, path)
    issues.extend(misread)
    return read.model_copy(update={"path": path})


E = TypeVar("E", bound=Entry)


def entry_list(
    model: type[E], data: Data, at: Path, key: str, issues: list[Misread]
) -> tuple[E, ...]:
    """The entries under a key as models."""
    entries = read_entries(data, at, key, issues)
    return tuple(entry(model, item, path, issues) for item, path in entries)


def named_entries(
    model: type[N], data: Data, at: Path, key: str, issues: list[Misread]
) -> tuple[N, ...]:
    """The entries under a key as models, each with an id and a name."""
    entries = []
    for item, path in read_entries(data, at, key, issues, short=model.SHORT):
        read = entry(model, item, path, issues)
        if read.id or read.name:
            ids = {"id": composed(read.id or slug(read.name)), "name": read.name or read.id}
            entries.append(read.model_copy(update=ids))
        else:
            issues.append(Misread(path=path, message=model.MISSING))
    return tuple(entries)


def positions(data: Data, at: Path, key: str, issues: list[Misread]) -> dict[str, Position]:
    """A map from ids to places on a sheet; what is not a place is reported and left out."""
    value = data.get(key) if isinstance(data, dict) else None
    if value is None:
        return {}
    if not isinstance(value, dict):
        issues.append(_expected((*at, key), "a map", value))
        return {}
    placed: dict[str, Position] = {}
    for name, spot in value.items():
        position = position_of(spot)
        if position is None:
            issues.append(_expected((*at, key, name), "a map with numbers x and y", spot))
        else:
            placed[str(name)] = position
    return placed


def position_of(data: Data) -> Position | None:
    """A place written as ``{x, y}``; None where the two are not finite numbers."""
    if not isinstance(data, dict):
        return None
    x, y = data.get("x"), data.get("y")
    for number in (x, y):
        if isinstance(number, bool) or not isinstance(number, (int, float)):
            return None
        if not math.isfinite(number):
            return None
    return Position(float(x), float(y))  # type: ignore[arg-type]  # both were checked in the loop


def slug(name: str) -> str:
    """The id that a display name stands for: lower case, blanks to dashes."""
    return re.sub(r"\s+", "-", name.strip().lower())


def _gapless(value: Any) -> Any:
    return [item for item in value if item is not None] if isinstance(value, list) else value


def _texts(value: Any) -> Any:
    value = [value] if isinstance(value, (str, int, float)) else value
    return [] if value is None else _gapless(value)


Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]
"""A list of texts; one text alone counts as a list of one."""

Map = dict[str, Any]
"""A map of anything."""
