"""Connections as they are written: a map of outputs, or a list with handles."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.files.documents.dialect.shape import OUTPUT_KEYS, SOURCE_KEYS, TARGET_KEYS, first_key
from ddd_lab.spec.models import Misread
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import DEFAULT_OUTPUT, Connection

LocatedConnection = tuple[Connection, Path]


def as_word(value: Data) -> str | None:
    """A scalar as the word that it stands for as an id or output name; None for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else None


def read_connections(value: Data, at: Path, issues: list[Misread]) -> Iterator[LocatedConnection]:
    """Every connection of one node with its tree path, whichever way they are written."""
    if isinstance(value, dict):
        for output, targets in value.items():
            if isinstance(targets, str):  # as nearly always
                yield Connection.of_checked(output=output, target=targets, extra={}), (*at, output)
            else:
                yield from _read_output(output, targets, (*at, output), issues)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            line = _read_item(item, (*at, index), issues)
            if line is not None:
                yield line
    elif value is not None:
        message = f"connections must be a map (output: node) or a list, not {value!r}."
        issues.append(Misread(path=at, message=message))


def _read_output(
    output: str, targets: Data, at: Path, issues: list[Misread]
) -> Iterator[LocatedConnection]:
    several = isinstance(targets, list)
    for index, target in enumerate(targets if several else [targets]):
        path = (*at, index) if several else at
        word = as_word(target)
        if word is not None:
            yield Connection.of_checked(output=output, target=word, extra={}), path
        elif isinstance(target, dict) and (named := _named(target, TARGET_KEYS)) is not None:
            yield Connection(output=output, target=named[1], extra=_rest(target, named[0])), path
        elif target is not None:
            message = f"output “{output}” must name the node it leads to."
            issues.append(Misread(path=path, message=message))


def _read_item(item: Data, at: Path, issues: list[Misread]) -> LocatedConnection | None:
    word = as_word(item)
    if word is not None:
        return Connection(target=word), at
    target = _named(item, TARGET_KEYS) if isinstance(item, dict) else None
    if target is None:
        message = "a connection must name the node it leads to (targetNodeId)."
        issues.append(Misread(path=at, message=message))
        return None
    return _connection(item, target), at


def _connection(item: dict[str, Data], target: tuple[str, str], *more: str) -> Connection:
    handle = _named(item, OUTPUT_KEYS)
    output = handle[1] if handle and handle[1] not in ("", "default") else DEFAULT_OUTPUT
    return Connection(
        output=output, target=target[1], extra=_rest(item, target[0], handle and handle[0], *more)
    )


def read_top_connections(
    value: Data, at: Path, issues: list[Misread]
) -> Iterator[tuple[str, LocatedConnection]]:
    """Every connection of a list at the file's root, with the id of the node it starts from."""
    for index, item in enumerate(value if isinstance(value, list) else []):
        path = (*at, index)
        source = _named(item, SOURCE_KEYS) if isinstance(item, dict) else None
        target = _named(item, TARGET_KEYS) if isinstance(item, dict) else None
        if source is None or target is None:
            message = "a connection must say from which node to which it leads."
            issues.append(Misread(path=path, message=message))
        else:
            yield source[1], (_connection(item, target, source[0]), path)


def _named(item: dict[str, Data], keys: tuple[str, ...]) -> tuple[str, str] | None:
    for key in keys:
        word = as_word(item.get(key))
        if word is not None:
            return key, word
    return None


def _rest(item: dict[str, Data], *used: str | None) -> dict[str, Data]:
    return {key: value for key, value in item.items() if key not in used}


def new_item(line: Connection, like: list[Data], source: str = "") -> dict[str, Data]:
    """A new entry of a connection list, with the keys that its siblings use."""
    sample = next((item for item in like if isinstance(item, dict)), {})
    entry: dict[str, Data] = {}
    if source:
        entry[first_key(sample, ("from", *SOURCE_KEYS))] = source
        entry[first_key(sample, ("to", *TARGET_KEYS))] = line.target
    else:
        entry[first_key(sample, TARGET_KEYS)] = line.target
    if line.output != DEFAULT_OUTPUT:
        entry[first_key(sample, OUTPUT_KEYS)] = line.output
    return {**entry, **line.extra}


def changed_item(item: Data, old: Connection, new: Connection) -> Data:
    """An entry of a list, or the value of an output, made to say the new connection."""
    if not isinstance(item, dict):
        return new_item(new, []) if new.extra or new.output != DEFAULT_OUTPUT else new.target
    changed = dict(item)
    if new.target != old.target:
        changed[first_key(item, TARGET_KEYS)] = new.target
    if new.output != old.output:
        key = first_key(item, OUTPUT_KEYS)
        if new.output == DEFAULT_OUTPUT:
            changed.pop(key, None)
        else:
            changed[key] = new.output
    for key in old.extra.keys() - new.extra.keys():
        changed.pop(key, None)
    changed.update({k: v for k, v in new.extra.items() if k not in old.extra or old.extra[k] != v})
    return changed


def write_map(lines: list[tuple[Connection, Data]]) -> dict[str, Data]:
    """A map of outputs from connections, each with what it was written as (None if it is new)."""
    outputs: dict[str, list[Data]] = {}
    for line, written in lines:
        value = written
        if value is None:
            value = {"target": line.target, **line.extra} if line.extra else line.target
        outputs.setdefault(line.output, []).append(value)
    return {output: values[0] if len(values) == 1 else values for output, values in outputs.items()}
