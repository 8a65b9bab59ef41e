"""Text to plain data and nodes, in one pass over the C parser's events."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from ddd_lab.gc_pause import gc_paused
from ddd_lab.lossless_yaml._decode import MAX_BYTES, too_big
from ddd_lab.lossless_yaml._errors import MAX_DEPTH, TOO_DEEP, YamlError
from ddd_lab.lossless_yaml._nodes import Alias, Data, Mapping, Node, Sequence
from ddd_lab.lossless_yaml._parser import events_of
from ddd_lab.lossless_yaml._resolve import MAY_RESOLVE, SHORT, resolve, resolve_tagged
from ddd_lab.lossless_yaml._tree import Tree

MAX_VALUES = 1_000_000
"""Values in one file; each takes some 400 bytes of memory and a microsecond or two."""

MAX_ALIASED = 500_000
"""Values that aliases may add in all; a few short lines could otherwise ask for billions."""

_ODD = re.compile("[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
"""Characters that cannot be told from a space or a line end by looking at them."""


def parse(text: str) -> Tree:
    """Read one YAML document.

    Args:
        text: The text of a file; a byte order mark and any line ends are fine.

    Returns:
        The tree: plain data and the place of each value.

    Raises:
        YamlError: The text is broken, holds control characters or more than one document, is too
            big, nested too deep, or its aliases expand beyond measure.
    """
    if len(text) > MAX_BYTES:
        raise too_big(len(text), "characters")
    marked = text.startswith("\ufeff")
    body = text[1:] if marked else text
    try:
        with gc_paused(lasting=True):
            reader, data, root = _read(body)
    except (YAMLError, UnicodeEncodeError) as error:
        from ddd_lab.lossless_yaml._mistakes import explain

        raise explain(error, body) from error
    tree = Tree(
        text,
        data,
        root,
        int(marked),
        has_duplicates=reader.has_duplicates,
        has_anchors=reader.anchored,
        alias_data=reader.alias_data,
    )
    if _ODD.search(body):
        from ddd_lab.lossless_yaml._mistakes import refuse_misread

        refuse_misread(tree, body)
    return tree


def _read(text: str) -> tuple[_Reader, Data, Node | None]:
    """Read a text, once more where it has characters that the parser does not know."""
    reader = _Reader(text, events_of(text))
    try:
        return reader, *reader.document()
    except YAMLError:
        from ddd_lab.lossless_yaml._surrogates import disguised, undisguising

        masked = disguised(text)
        if masked is None:
            raise
        reader = _Reader(text, undisguising(events_of(masked[0]), text, masked[1]))
        return reader, *reader.document()


class _Reader:
    """Builds data and nodes from events, recursively, no deeper than MAX_DEPTH."""

    def __init__(self, text: str, get: Callable[[], Any]) -> None:
        self.text = text
        self.get = get
        self.anchors: dict[str, tuple[Data] | None] = {}
        self.anchored = "&" in text
        self.alias_data: dict[int, Data] = {}
        self.copied = 0
        self.left = MAX_VALUES
        self.has_duplicates = False

    def document(self) -> tuple[Data, Node | None]:
        self.get()
        if self.get().__class__ is StreamEndEvent:
            return None, None
        data, root = self.node(self.get(), 0)
        assert self.get().__class__ is DocumentEndEvent
        rest = self.get()
        if rest.__class__ is not StreamEndEvent:
            raise _error(
                "a second document begins here. A file can have only one: move it to its own file",
                rest,
            )
        return data, root

    def node(self, event: Any, depth: int) -> tuple[Data, Node]:
        """Read one value that begins with ``event``."""
        kind = event.__class__
        data: Data
        if kind is ScalarEvent:
            return self.scalar(event), event
        if kind is AliasEvent:
            return self.alias(event), event
        if depth >= MAX_DEPTH:
            raise _error(TOO_DEEP, event)
        anchor = event.anchor
        if anchor is not None:
            self.anchors[anchor] = None
        node: Mapping | Sequence
        if kind is MappingStartEvent:
            data, node = self.mapping(event, depth + 1)
        else:
            data, node = self.sequence(event, depth + 1)
        if anchor is not None:
            self.anchors[anchor] = (data,)
        return data, node

    def scalar(self, event: Any) -> Data:
        value: str = event.value
        implicit = event.implicit
        data: Data = value
        if implicit[0]:
            if value[:1] in MAY_RESOLVE:
                data = resolve(value)
        elif not implicit[1]:
            data = resolve_tagged(value, event.tag)
        if event.anchor is not None:
            self.anchors[event.anchor] = (data,)
        return data

    def sequence(self, start: Any, depth: int) -> tuple[list[Data], Sequence]:
        node = Sequence(start)
        items = node.items
        data: list[Data] = []
        get = self.get
        anchored = self.anchored
        while True:
            event = get()
            kind = event.__class__
            if kind is ScalarEvent and not anchored:
                value = event.value
                implicit = event.implicit
                if implicit[0]:
                    data.append(resolve(value) if value[:1] in MAY_RESOLVE else value)
                else:
                    data.append(value if implicit[1] else resolve_tagged(value, event.tag))
                items.append(event)
            elif kind is SequenceEndEvent:
                node.end_mark = event.end_mark
                self.left -= len(items)
                return data, node
            else:
                item, child = self.node(event, depth)
                data.append(item)
                items.append(child)
            if len(items) > self.left:
                raise _too_many(event)

    def mapping(self, start: Any, depth: int) -> tuple[dict[str, Data], Mapping]:
        node = Mapping(start)
        child: Node
        items = node.items
        data: dict[str, Data] = {}
        get = self.get
        anchored = self.anchored
        while True:
            key_node: Any = get()
            kind = key_node.__class__
            if kind is ScalarEvent and not anchored:
                key = sys.intern(key_node.value)
            elif kind is MappingEndEvent:
                node.end_mark = key_node.end_mark
                self.left -= len(items)
                if len(data) != len(items):
                    self.has_duplicates = True
                return data, node
            else:
                key, key_node = self.key(key_node, depth)
            event = get()
            kind = event.__class__
            if kind is ScalarEvent and not anchored:
                value = event.value
                implicit = event.implicit
                if len(value) < SHORT:  # one text for all places that say the same
                    value = sys.intern(value)
                if implicit[0]:
                    data[key] = resolve(value) if value[:1] in MAY_RESOLVE else value
                else:
                    data[key] = value if implicit[1] else resolve_tagged(value, event.tag)
                items.append((key_node, event))
            else:
                data[key], child = self.node(event, depth)
                items.append((key_node, child))
            if len(items) > self.left:
                raise _too_many(event)

    def key(self, event: Any, depth: int) -> tuple[str, Node]:
        """Read a key: a scalar's text, an alias's value as text, or a collection's source text."""
        data, node = self.node(event, depth)
        if isinstance(event, ScalarEvent):
            return event.value, node
        if isinstance(node, Alias):
            return data if isinstance(data, str) else str(data), node
        assert isinstance(node, Mapping | Sequence)
        return self.text[node.event.start_mark.index : node.end_mark.index], node

    def alias(self, event: Any) -> Data:
        if event.anchor not in self.anchors:
            raise _error(
                f"the alias *{event.anchor} has no anchor &{event.anchor} before it", event
            )
        anchored = self.anchors[event.anchor]
        if anchored is None:
            raise _error(f"the alias *{event.anchor} is inside its own anchor", event)
        data = self.copy(anchored[0], event)
        self.alias_data[event.start_mark.index] = data
        return data

    def copy(self, data: Data, event: Any) -> Data:
        """Copy anchored data for an alias, so that data is a tree that shares nothing."""
        self.copied += 1
        if self.copied > MAX_ALIASED:
            raise _error(
                f"aliases expand to more than {MAX_ALIASED:,} values; write the data out", event
            )
        if isinstance(data, dict):
            return {key: self.copy(value, event) for key, value in data.items()}
        if isinstance(data, list):
            return [self.copy(item, event) for item in data]
        return data


def _too_many(event: Any) -> YamlError:
    return _error(f"more than {MAX_VALUES:,} values; split the file", event)


def _error(message: str, event: Any) -> YamlError:
    mark = event.start_mark
    return YamlError(message, mark.line + 1, mark.column + 1)
