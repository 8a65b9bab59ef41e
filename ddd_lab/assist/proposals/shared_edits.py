"""Edits of what flows share: schemas and error codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field

from ddd_lab.assist.proposals.edit import Edit, Kind, Names, basis_of, merged, refuse_empty
from ddd_lab.assist.proposals.model_data import Name, Prose, Settings
from ddd_lab.files.documents.domain_data import root_of
from ddd_lab.files.edit.from_template import new_schema_file, schema_shape
from ddd_lab.spec.edit.data import NoSuchPathError, get_in, set_in, unset_in
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.lenient import named
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.paths import ERRORS_FILE
from ddd_lab.visible import one_line
from ddd_lab.workbench import Workbench

_ROOTS = ("schema", "base_model", "event_schema")


class SetSchema(Edit):
    """Add a schema, or change one: its description, fields, relationships, transitions."""

    op: Literal["set_schema"] = "set_schema"
    schema_name: Name = Field(description="Name of the schema, such as Order.")
    settings: Settings = Field(
        description="What it says, as YAML text that is merged into the present one; null "
        "removes. Such as description, and fields as a map from name to {type, required, …}.",
    )

    def apply(self, workbench: Workbench) -> None:
        """Add or change it."""
        refuse_empty(self, "schema_name", "settings")
        path, label = self._path(workbench), self.title(workbench)
        if path is None:
            path = new_schema_file(workbench, self.schema_name)
            wrapped, listed = schema_shape(workbench)
            own = {"name": self.schema_name, "version": "1.0.0", **self.settings}
            if listed and isinstance(own.get("fields"), dict):
                own["fields"] = _as_list({}, own["fields"])
            # Under the guide's root key, unless the others stand bare.
            workbench.change({path: {"schema": own} if wrapped or not listed else own}, label)
            return
        workbench.edit_data(path, self._merged, label)

    def _merged(self, data: Data) -> Data:
        root = _root(data)
        inner = get_in(data, root)
        patch = dict(self.settings)
        fields = named(inner, "fields")
        if isinstance(fields, list) and isinstance(patch.get("fields"), dict):
            patch["fields"] = _as_list(
                {entry["name"]: entry for entry in fields if named(entry, "name")}, patch["fields"]
            )
        return set_in(data, root, _patched(inner, patch))

    def _path(self, workbench: Workbench) -> str | None:
        """The file of the schema; None where there is none yet."""
        for stem, schema in workbench.design.schemas.items():
            if self.schema_name in (schema.name, stem):
                return next(
                    path for path in workbench.design.paths if path.endswith(f"/{stem}.yaml")
                )
        return None

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        verb = "New schema" if self._path(workbench) is None else "Change the schema"
        return f"{verb} {one_line(self.schema_name, 60)}"

    def names(self) -> Names:
        """It makes a schema, or changes one."""
        return Names((), (("schema", self.schema_name),))

    def basis(self, workbench: Workbench) -> Mapping[str, Data]:
        """What it sets."""
        data = self.subject(workbench)
        return {} if data is None else basis_of(data, self.settings)

    def subject(self, workbench: Workbench) -> Data:
        """All that the schema says."""
        path = self._path(workbench)
        data = None if path is None else workbench.model(path)
        return None if data is None else get_in(data, _root(data))

    def expanded(self, workbench: Workbench) -> Iterator[Edit]:
        """Itself, or one that adds the schema."""
        yield self if self._path(workbench) is not None else _NewSchema(**self.model_dump())


class _NewSchema(SetSchema):
    """Add a schema."""

    kind: ClassVar[Kind] = "add"

    def expanded(self, _: Workbench) -> Iterator[Edit]:
        """Itself."""
        yield self


class SetErrorCode(Edit):
    """Add an error code to the project's registry, or change one."""

    op: Literal["set_error_code"] = "set_error_code"
    code: Name = Field(description="The code, such as ORDER_NOT_FOUND.")
    http_status: int = Field(description="The HTTP status that it is answered with, such as 404.")
    message: Prose = Field(description="What people read.")

    def apply(self, workbench: Workbench) -> None:
        """Add or change it."""
        refuse_empty(self, "code", "http_status")
        workbench.edit_data(
            ERRORS_FILE, lambda data: self._set(data or {}, workbench), self.title(workbench)
        )

    def _set(self, data: Data, workbench: Workbench) -> Data:
        codes = workbench.design.errors.codes
        known = codes.get(self.code)
        if known is not None:
            return set_in(data, known.path, self._entry(get_in(data, known.path)))
        last = next(reversed(codes.values()), None)
        home: Path = last.path[:-1] if last is not None else ("errors",)
        like = get_in(data, last.path) if last is not None else {}
        words = {key: like[key] for key in (*_STATUS, *_MESSAGE) if key in like}
        entry = self._entry(words)
        if last is not None and isinstance(last.path[-1], int):
            return set_in(data, (*home, len(get_in(data, home))), {"code": self.code, **entry})
        return set_in(data, (*home, self.code), entry)

    def _entry(self, before: Mapping[str, Any]) -> dict[str, Any]:
        status = next((key for key in _STATUS if key in before), _STATUS[0])
        message = next((key for key in _MESSAGE if key in before), _MESSAGE[0])
        return {**before, status: self.http_status, message: self.message}

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        verb = "Change" if self.code in workbench.design.errors.codes else "Add"
        return f"{verb} the error code {one_line(self.code, 60)} ({self.http_status})"

    def names(self) -> Names:
        """It makes an error code, or changes one."""
        return Names((), (("error", self.code),))

    def basis(self, workbench: Workbench) -> Mapping[str, Data]:
        """What the code says now."""
        known = workbench.design.errors.codes.get(self.code)
        return {} if known is None else {"status": known.http_status, "message": known.message}

    def subject(self, workbench: Workbench) -> Data:
        """The same; None for a new code."""
        return self.basis(workbench) or None

    def expanded(self, workbench: Workbench) -> Iterator[Edit]:
        """Itself, or one that adds the code."""
        known = self.code in workbench.design.errors.codes
        yield self if known else _NewErrorCode(**self.model_dump())


class _NewErrorCode(SetErrorCode):
    """Add an error code."""

    kind: ClassVar[Kind] = "add"

    def expanded(self, _: Workbench) -> Iterator[Edit]:
        """Itself."""
        yield self


_STATUS = ("http_status", "status", "httpStatus")
_MESSAGE = ("message", "message_template")


def _root(data: Data) -> Path:
    return next((root_of(data, key) for key in _ROOTS if root_of(data, key)), ())


def _as_list(present: Mapping[str, Data], patch: Mapping[str, Data]) -> list[Data]:
    """Fields as a list of entries with their names, changed as a map says."""
    fields = {name: dict(entry) for name, entry in present.items()}
    for name, entry in patch.items():
        if entry is None:
            fields.pop(name, None)
            continue
        said = entry if isinstance(entry, dict) else {"type": entry}
        fields[name] = {"name": name, **_patched(fields.get(name, {}), said)}
    return list(fields.values())


def _patched(data: Data, patch: Mapping[str, Any]) -> Data:
    """Data after a JSON merge patch."""
    try:
        for path, value in list(merged(data, patch)):
            data = unset_in(data, path) if value is None else set_in(data, path, value)
    except NoSuchPathError as error:
        raise EditError(str(error)) from None
    return data
