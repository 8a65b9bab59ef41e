"""Compare a node's settings with the model of its type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, Strict, ValidationError

from ddd_lab.checks._flow_summary import runtime
from ddd_lab.spec.lenient import is_bare_template
from ddd_lab.spec.models.base import Data, Path


class Misfit(NamedTuple):
    """A value that its type's model cannot take: where, what it is, what was expected."""

    path: Path
    value: Data
    wanted: str


def misfits(model: type[BaseModel], spec: Mapping[str, Data]) -> list[Misfit]:
    """Values of the wrong kind in a node's settings; expressions and references fit everywhere."""
    fitting = _fitting(model)
    doubtful = {
        key: value
        for key, value in spec.items()
        if key in fitting and value.__class__ not in fitting[key]
    }
    if not doubtful:
        return []
    try:
        model.model_validate(doubtful)
    except ValidationError as error:
        by_path: dict[Path, list[str]] = {}
        for detail in error.errors(include_url=False, include_context=False, include_input=False):
            path = _inside(spec, detail["loc"])
            by_path.setdefault(path, []).append(_WANTED.get(detail["type"], detail["msg"]))
        # A value may be one of several kinds: what is said deepest inside is what was meant.
        outer = {path[:length] for path in by_path for length in range(len(path))}
        return [
            Misfit(path, _at(spec, path), " or ".join(dict.fromkeys(wanted)))
            for path, wanted in by_path.items()
            if path and path not in outer and not _stands_for_another(spec, path)
            if not is_bare_template(_at(spec, path))
        ]
    return []


@cache
def _fitting(model: type[BaseModel]) -> Mapping[str, frozenset[type]]:
    """The keys of a model, each with the types of which it takes any value."""
    fitting: dict[str, frozenset[type]] = {}
    for name, field in model.model_fields.items():
        picky = field.metadata or field.alias
        types = frozenset(() if picky else _unconditional(field.annotation))
        fitting |= dict.fromkeys((name, field.alias or name), types)
    return fitting


def _unconditional(annotation: Any) -> Iterator[type]:
    """The types of which an annotation takes any value; keys of plain data are texts anyway."""
    if annotation in (str, int, bool, type(None), dict[str, Any], list[Any]):
        yield get_origin(annotation) or annotation
    elif annotation is Any:
        yield from (str, int, float, bool, type(None), dict, list)
    elif get_origin(annotation) is Annotated:
        inner, *conditions = get_args(annotation)
        if all(isinstance(condition, Strict) for condition in conditions):
            yield from _unconditional(inner)
    elif get_origin(annotation) in (Union, UnionType):
        for part in get_args(annotation):
            yield from _unconditional(part)


_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "dict_type": "a map",
    "model_type": "a map",
    "model_attributes_type": "a map",
    "list_type": "a list",
    "tuple_type": "a list",
    "none_required": "nothing",
    "missing": "a value",
}


def _inside(data: Data, loc: tuple[int | str, ...]) -> Path:
    """The part of an error's location that leads through the data, without names of types."""
    path: list[str | int] = []
    for step in loc:
        in_map = isinstance(data, dict) and step in data
        in_list = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if in_map or in_list:
            data = data[step]
            path.append(step)
    return tuple(path)


def _at(data: Data, path: Path) -> Data:
    for step in path:
        data = data[step]
    return data


def _stands_for_another(data: Data, path: Path) -> bool:
    """Whether a value on the way is an expression or a reference to a part of the file."""
    for step in (*path, None):
        if isinstance(data, dict) and "$ref" in data:
            return True
        if isinstance(data, str) and runtime(data):
            return True
        data = data[step] if step is not None else None
    return False


@cache
def name_of(model: type[BaseModel], keys: tuple[str, ...]) -> str:
    """What a message calls a setting: what it names (a schema, a flow), or its key in words."""
    *outer, key = keys
    models = [model]
    for step in outer:
        models = [
            one for inner_model in models for one in _words(inner_model).get(step, _NO_WORDS).inner
        ]
    for name, field in (
        pair for inner_model in models for pair in inner_model.model_fields.items()
    ):
        extra = field.json_schema_extra
        if key == (field.alias or name) and isinstance(extra, dict) and "x-suggest" in extra:
            return str(extra["x-suggest"])
    return key.removesuffix("_ref").replace("_", " ")


class Words(NamedTuple):
    """The words of one key that mean something, and the models of what may stand inside."""

    options: tuple[str, ...]
    inner: tuple[type[BaseModel], ...]


_NO_WORDS = Words((), ())


def strange_words(
    model: type[BaseModel], spec: Mapping[str, Data], at: Path = ()
) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    """Words that the model does not know, each with its path and the words that it does know."""
    words_of = _words(model)
    if words_of.keys().isdisjoint(spec):
        return
    for key, words in words_of.items():
        value = spec.get(key)
        if value is None:
            continue
        if isinstance(value, str):
            # An array of something is written with brackets behind it in some files.
            word = value.removesuffix("[]")
            if words.options and word and word not in words.options and not runtime(value):
                yield (*at, key), value, words.options
            continue
        listed = enumerate(value) if isinstance(value, list) else [("", value)]
        for number, item in listed:
            place = (*at, key, number) if isinstance(number, int) else (*at, key)
            if isinstance(item, dict) and words.inner:
                yield from strange_words(words.inner[0], item, place)


@cache
def _words(model: type[BaseModel]) -> Mapping[str, Words]:
    """The keys of a model that know their words, or whose values do."""
    words: dict[str, Words] = {}
    for name, field in model.model_fields.items():
        extra = field.json_schema_extra
        options = extra.get("x-enum") if isinstance(extra, dict) else None
        choices = tuple(str(option) for option in options) if isinstance(options, list) else ()
        inner = tuple(dict.fromkeys(_models(field.annotation)))
        if choices or inner:
            words[field.alias or name] = Words(choices, inner)
    return words


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
