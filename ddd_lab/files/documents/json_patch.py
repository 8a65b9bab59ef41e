"""Changing JSON text into other data: in its own layout, and only where it says something else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from ddd_lab.files.documents.json_text import JsonTree, Part, Value, parse_json_text
from ddd_lab.lossless_yaml import PatchError
from ddd_lab.spec.models.base import Data


def dump_json(data: Data) -> str:
    """A new JSON text."""
    return f"{_dumped(data, indent=2)}\n"


def patch_json(tree: JsonTree, data: Data) -> str:
    """The text of a tree, changed as little as needed to say some data."""
    value = tree.value
    written = _Writer(tree).changed(value, data, "")
    text = tree.text[: value.start] + written + tree.text[value.end :]
    if json.dumps(parse_json_text(text).data) != json.dumps(data):
        raise PatchError("this change cannot be written into the JSON; make it in the file itself")
    return text


class _Writer:
    """Writes values in the layout of a text."""

    def __init__(self, tree: JsonTree) -> None:
        self.text = tree.text
        indent = re.search(r"[{\[]\r?\n([ \t]+)", tree.text)
        self.indent = indent[1] if indent else None
        self.line_end = "\r\n" if "\r\n" in tree.text else "\n"
        self.ascii = tree.text.isascii() and re.search(r"\\u[0-9a-fA-F]{4}", tree.text) is not None
        colon = re.search(r'"(\s*:\s*)', tree.text)
        self.colon = colon[1] if colon and "\n" not in colon[1] else ": "
        self.comma = "," if re.search(r'[^\s],["\d\[{]', tree.text) else ", "

    def changed(self, old: Value, data: Data, prefix: str) -> str:
        """The text of a value that shall say something else; ``prefix`` indents its line."""
        if json.dumps(old.data) == _dumped(data):
            return self.text[old.start : old.end]
        if isinstance(old.data, dict) and isinstance(data, dict) and old.parts and data:
            return self._map(old, data, prefix)
        if isinstance(old.data, list) and isinstance(data, list) and old.parts and data:
            return self._list(old, data, prefix)
        return self._fresh(data, prefix, inline=False)

    def _map(self, old: Value, data: dict[str, Data], prefix: str) -> str:
        last = {part.key: part for part in old.parts}
        chosen: list[tuple[Part | None, str, Data]] = []
        for key, value in data.items():
            # Of a key that appears twice the last one counts; what the others say is kept, too.
            chosen += [(p, key, p.value.data) for p in old.parts if p.key == key][:-1]
            chosen.append((last.get(key), key, value))
        return self._parts(old, chosen, prefix)

    def _list(self, old: Value, data: list[Data], prefix: str) -> str:
        before = [json.dumps(part.value.data) for part in old.parts]
        after = [_dumped(item) for item in data]
        chosen: list[tuple[Part | None, str, Data]] = []
        match = SequenceMatcher(None, before, after, autojunk=False)
        for _, start, end, new_start, new_end in match.get_opcodes():
            parts: list[Part | None] = [*old.parts[start:end]]
            parts += [None] * (new_end - new_start - len(parts))
            chosen += [
                (part, "", item) for part, item in zip(parts, data[new_start:new_end], strict=False)
            ]
        return self._parts(old, chosen, prefix)

    def _parts(self, old: Value, chosen: list[tuple[Part | None, str, Data]], prefix: str) -> str:
        """A map or list of entries: those that were there as they were, as far as that goes."""
        first = old.parts[0]
        leads = [self.text[part.lead : part.start] for part in old.parts]
        further = leads[-1] if len(leads) > 1 else leads[0] if "\n" in leads[0] else self.comma[1:]
        if "\n" in further:
            further = self.line_end + further.rpartition("\n")[2]
        has_containers = any(part.value.parts for part in old.parts)
        inline = has_containers and all(
            "\n" not in self.text[p.value.start : p.value.end] for p in old.parts
        )
        pieces = []
        for number, (part, key, data) in enumerate(chosen):
            lead = leads[0] if number == 0 else further
            if part is not None and (part is first) == (number == 0):
                lead = self.text[part.lead : part.start]
            inner = lead.rpartition("\n")[2] if "\n" in lead else prefix
            if part is None:
                written = f"{self._scalar(key)}{self.colon}" if isinstance(old.data, dict) else ""
                written += self._fresh(data, inner, inline=inline)
            else:
                written = self.text[part.start : part.value.start]
                written += self.changed(part.value, data, inner)
            pieces.append(lead + written)
        close = self.text[old.parts[-1].value.end : old.end - 1]
        return f"{self.text[old.start]}{','.join(pieces)}{close}{self.text[old.end - 1]}"

    def _fresh(self, data: Data, prefix: str, *, inline: bool) -> str:
        """A value that was not there, in the layout of the text around it."""
        if not isinstance(data, dict | list) or not data:
            return self._scalar(data)
        brackets = "{}" if isinstance(data, dict) else "[]"
        flat = inline or self.indent is None
        inner = prefix + (self.indent or "")
        items = list(self._items(data, inner, inline=inline))
        if flat:
            return f"{brackets[0]}{self.comma.join(items)}{brackets[1]}"
        between = f",{self.line_end}{inner}"
        return (
            f"{brackets[0]}{self.line_end}{inner}{between.join(items)}"
            f"{self.line_end}{prefix}{brackets[1]}"
        )

    def _items(
        self, data: dict[str, Data] | list[Data], inner: str, *, inline: bool
    ) -> Iterator[str]:
        if isinstance(data, list):
            for item in data:
                yield self._fresh(item, inner, inline=inline)
            return
        for key, item in data.items():
            yield f"{self._scalar(key)}{self.colon}{self._fresh(item, inner, inline=inline)}"

    def _scalar(self, data: Data) -> str:
        return _dumped(data, ascii=self.ascii)


def _dumped(data: Data, *, indent: int | None = None, ascii: bool = True) -> str:
    try:
        text = json.dumps(data, indent=indent, ensure_ascii=ascii and indent is None)
        json.dumps(data, allow_nan=False)
        text.encode()
    except (TypeError, ValueError) as error:
        raise PatchError(f"JSON cannot hold this value ({error})") from error
    return text
