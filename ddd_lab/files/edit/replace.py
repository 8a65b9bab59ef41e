"""Find and replace in what specs say: first looked at, then done as one step.

Texts are replaced, and numbers that are replaced whole; both keep their type. Ids, types, error
codes, ends of connections and references to flows hold a design together: they are left alone,
unless ids of nodes are asked for, which are renamed wherever their flow names them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeAlias

from ddd_lab.files.disk.paths import domain_of, flow_key
from ddd_lab.files.documents.document import Model
from ddd_lab.files.documents.locations import line_and_column
from ddd_lab.files.edit.text_occurrences import TextOccurrence, file_texts, flow_texts
from ddd_lab.plurals import plural
from ddd_lab.spec.edit.connections import Which, set_connection
from ddd_lab.spec.edit.data import NoSuchPathError, get_in, set_in, show_path
from ddd_lab.spec.edit.nodes import EditError, find, set_flow_value, set_value
from ddd_lab.spec.edit.rename import NODE_REFERENCE_KEYS, NODE_REFERENCE_LISTS, rename_node
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.no_such import meant
from ddd_lab.spec.problem import Place

if TYPE_CHECKING:
    from ddd_lab.files.workspace.workspace import Workspace

LONGEST_VALUE = 100_000
"""Characters of one text that a pattern is tried on; a slow pattern must end some time."""

_STRUCTURE = frozenset(
    (
        *("$ref", "id", "type", "domain", "domains", "domain_ids", "flow", "flows", "flow_ref"),
        *("flow_id", "sub_flow_ref", "from_flow", "handled_by_flow", "handled_by", "from_domain"),
        *("flows_affected", "consumer_flows", "producer_flows", "used_by", "used_by_domains"),
        *NODE_REFERENCE_KEYS,
        *NODE_REFERENCE_LISTS,
    )
)
"""Keys whose values hold the design together."""

Scope: TypeAlias = str | Sequence[str] | None
"""Where to look: everywhere (None), a domain, ``domain/flow``, ``domain/flow#node`` or a file's
path, or several of these."""


@dataclass(frozen=True)
class Match:
    """A text that a pattern was found in.

    Attributes:
        where: ``domain/flow#node``, ``domain/flow``, ``domain`` or the file's path.
        path: of the file.
        text: the whole text.
        spans: where the pattern is in it.
        place: inside the design.
        what: the setting in words, such as ``spec.description``.
    """

    where: str
    path: str
    text: str
    spans: tuple[tuple[int, int], ...]
    place: Place
    what: str
    _locate: Callable[[Place], int]

    @cached_property
    def line(self) -> int:
        """Line in the file, from 1, looked up when asked for; 0 where the file cannot say."""
        return self._locate(self.place)


@dataclass(frozen=True)
class Change:
    """A value that would be replaced: the match, and the value before and after."""

    match: Match
    before: Data
    after: Data


class Replacement:
    """What replacing would change; nothing is changed before :meth:`apply`.

    Attributes:
        changes: in the order of files and places.
    """

    def __init__(self, workspace: Workspace, changes: Iterable[Change], label: str) -> None:
        self._workspace = workspace
        self._label = label
        self.changes = tuple(changes)

    def __len__(self) -> int:
        return len(self.changes)

    def apply(self, only: Iterable[int] | None = None) -> int:
        """Make the changes as one undoable step; returns how many.

        Args:
            only: indices of the changes to make; all if left out.

        Raises:
            EditError: a value is no longer what it was, or a field does not take the new one;
                nothing is changed then.
        """
        try:
            chosen = self.changes if only is None else [self.changes[i] for i in sorted({*only})]
        except IndexError:
            raise EditError(f"there are only {len(self.changes)} changes to choose from") from None
        by_path: dict[str, list[Change]] = {}
        for change in chosen:
            by_path.setdefault(change.match.path, []).append(change)
        models: dict[str, Model] = {}
        for path, changes in by_path.items():
            model = self._workspace.model(path)
            models[path] = _applied(model, changes)
        self._workspace.change(models, f"{self._label} in {plural(len(chosen), 'place')}")
        return len(chosen)


def find_texts(
    workspace: Workspace,
    pattern: str,
    *,
    regex: bool = False,
    case: bool = False,
    in_: Scope = None,
) -> list[Match]:
    """Every text of the design that a pattern is found in, by file and place."""
    expression = _compiled(pattern, regex, case)
    return [match for match, _, _ in _found(workspace, expression, in_)]


def replace_texts(
    workspace: Workspace,
    pattern: str,
    replacement: str,
    *,
    regex: bool = False,
    case: bool = False,
    in_: Scope = None,
    ids: bool = False,
) -> Replacement:
    r"""What replacing a pattern would change, to look at and then to apply."""
    expression = _compiled(pattern, regex, case)
    put: str | Callable[[re.Match[str]], str] = replacement if regex else lambda _: replacement
    changes: list[Change] = []
    for match, text, fixed in _found(workspace, expression, in_):
        if fixed and not (ids and text.kind == "node" and text.role == "id"):
            continue
        try:
            new = expression.sub(put, text.text)
        except (re.error, IndexError) as error:
            raise EditError(f"the replacement {replacement!r} is not valid: {error}") from None
        after = _typed(text.value, new)
        if after is not None and after != text.value:
            changes.append(Change(match, text.value, after))
    return Replacement(workspace, changes, f"replace {pattern!r} by {replacement!r}")


def _compiled(pattern: str, regex: bool, case: bool) -> re.Pattern[str]:
    if not pattern:
        raise EditError("enter what to find")
    try:
        expression = re.compile(
            pattern if regex else re.escape(pattern), 0 if case else re.IGNORECASE
        )
    except (re.error, OverflowError, RecursionError) as error:
        raise EditError(f"{pattern!r} is not a regular expression: {error}") from None
    if expression.match(""):
        raise EditError(
            f"{pattern!r} also matches empty text; use a pattern that needs at least one character"
        )
    return expression


def _found(
    workspace: Workspace, expression: re.Pattern[str], within: Scope
) -> Iterator[tuple[Match, TextOccurrence, bool]]:
    """Every match with its text, and whether that text holds the design together."""
    workspace.take_outside_changes()
    scopes = None if within is None else [within] if isinstance(within, str) else list(within)
    for scope in scopes or ():
        _refuse_unknown(workspace, scope)
    keys = frozenset((*workspace.design.flow_keys, *workspace.design.errors.codes))
    for path in sorted(workspace.documents):
        document = workspace.document(path)
        if document is None or document.version is None:
            continue
        model = document.version.model
        key = flow_key(path)
        texts = flow_texts(model) if isinstance(model, FlowData) else file_texts(path, model)
        for text in texts:
            where = f"{key}#{text.node}" if text.node else key or domain_of(path) or path
            if scopes is not None and not any(_in_scope(scope, where, path) for scope in scopes):
                continue
            if text.role == "key" or not text.path:
                continue
            spans = _spans(expression, text.text)
            if spans:
                place = Place(file="" if key else path, flow=key, node=text.node, path=text.path)
                line = partial(_line, workspace, path)
                what = show_path(text.path)
                fixed = _structural(text) or text.text in keys
                yield Match(where, path, text.text, spans, place, what, line), text, fixed


def _spans(expression: re.Pattern[str], text: str) -> tuple[tuple[int, int], ...]:
    spans = (match.span() for match in expression.finditer(text[:LONGEST_VALUE]))
    return tuple(span for span in spans if span[0] < span[1])


def _line(workspace: Workspace, path: str, place: Place) -> int:
    return line_and_column(workspace.document(path), place)[0]


def _refuse_unknown(workspace: Workspace, scope: str) -> None:
    key, _, node = scope.partition("#")
    if scope in workspace.documents or scope in workspace.design.domains:
        return
    if key in workspace.design.flows and (not node or node in workspace.flow_data(key).by_id):
        return
    known = [*workspace.design.domains, *workspace.design.flow_keys, *workspace.documents]
    if node and key in workspace.design.flows:
        known = [f"{key}#{id}" for id in workspace.flow_data(key).by_id]
    hint = meant(scope, known, ": give a domain, domain/flow, domain/flow#node or a path")
    raise EditError(f"there is no {scope!r} to look in{hint}")


def _in_scope(scope: str, where: str, path: str) -> bool:
    key = flow_key(path)
    domain = key.partition("/")[0] or domain_of(path)
    return scope in (where, path, key, domain)


def _structural(text: TextOccurrence) -> bool:
    """Whether a text holds the design together."""
    if text.kind == "domain" and text.role == "name":
        return True
    if text.role == "id" and text.kind in ("domain", "flow", "node", "schema", "error"):
        return True
    keys = [step for step in text.path if isinstance(step, str)]
    listed_domain = keys[-2:] == ["domains", "name"]
    return listed_domain or (bool(keys) and keys[-1] in _STRUCTURE)


def _typed(value: Data, new: str) -> Data | None:
    """The new value with the type of the old one; None where there is none."""
    if isinstance(value, str):
        return new
    try:
        return type(value)(new)
    except (ValueError, OverflowError):
        return None


def _applied(model: Model, changes: list[Change]) -> Model:
    """A file's model with values replaced; ids last, since the others are found by them."""
    ids = [change for change in changes if change.match.place.path == ("id",)]
    for change in changes:
        if change in ids:
            continue
        place = change.match.place
        if isinstance(model, FlowData):
            model = _in_flow(model, place, change)
        else:
            _refuse_stale(model, place.path, change)
            model = set_in(model, place.path, change.after)
    for change in ids:
        node = change.match.place.node
        find(model, node)
        model = rename_node(model, node, str(change.after))
    return model


def _in_flow(flow: FlowData, place: Place, change: Change) -> FlowData:
    path = place.path
    if not place.node:
        if path[:1] == ("flow",):
            _refuse_stale(flow.header, path[1:], change)
            return flow.model_copy(update={"header": set_in(flow.header, path[1:], change.after)})
        present = {"name": flow.name, "description": flow.description, **flow.extra}
        _refuse_stale(present, path, change)
        return set_flow_value(flow, path, change.after)
    node = find(flow, place.node)
    if path[0] == "connections":
        lines = node.connections or ()
        index = int(path[1])
        line = lines[index] if index < len(lines) else None
        if line is None:
            raise _stale(change)
        _refuse_stale(line.extra, path[2:], change)
        which = Which(node.id, line.output, line.target)
        return set_connection(flow, which, path[2:], change.after)
    _refuse_stale({"label": node.label, "spec": node.spec, **node.extra}, path, change)
    return set_value(flow, node.id, path, change.after)


def _refuse_stale(data: Data, path: Path, change: Change) -> None:
    try:
        if get_in(data, path) == change.before:
            return
    except NoSuchPathError:
        pass
    raise _stale(change)


def _stale(change: Change) -> EditError:
    return EditError(
        f"{change.match.what} of {change.match.where} is no longer {change.before!r:.60}; "
        "search again"
    )
