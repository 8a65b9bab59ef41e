"""Fingerprints of specs and code: equal ones mean that nothing which counts has changed."""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from ddd_lab.spec.models.base import Data
    from ddd_lab.spec.models.flow import FlowData, NodeData

_PIECE = 1 << 16
_BLANKS = b" \t\r\n"
_AT_ENDS = re.compile(rb"[ \t]+(?=\n)")
_SHORTEST = 12
"""Characters of a shortened fingerprint that still count, as other tools write them."""


def digests(raw: bytes, *, code: bool = False, recorded: str = "") -> tuple[str, ...]:
    """The SHA-256 of a spec in hexadecimal, in every form in which it may be recorded.

    The first is what we record: of a text with line ends as Git stores them, since a checkout on
    another system may end lines otherwise, which is no change of anything.

    Args:
        code: whether it is code; see :func:`stream_digests`.
        recorded: a fingerprint; where the file has it as it is, no other form is worked out.
    """
    as_it_is = hashlib.sha256(raw).hexdigest()
    if as_it_is == recorded or _has_one_form(raw, code=code):  # as most files: quickly
        return (as_it_is,)
    return stream_digests(BytesIO(raw), code=code)


def stream_digests(file: BinaryIO, *, code: bool) -> tuple[str, ...]:
    """The SHA-256 of a file that is read piece by piece, in every form in which it may be recorded.

    Args:
        file: opened for reading.
        code: whether it is code, of which a byte-order mark, blanks at the ends of lines and the
            end of the last line count as nothing. The first form is the text without these: how
            most code is written anyhow. In a spec they may be part of a text.
    """
    forms = _Forms(code=code)
    while piece := file.read(_PIECE):
        forms.take(piece)
    return forms.ended()


def _has_one_form(text: bytes, *, code: bool) -> bool:
    if b"\r" in text:
        return False
    if not code or not text:
        return True
    tidy = text.endswith(b"\n") and not text.endswith((b"\n\n", b" \n", b"\t\n"))
    tidy = tidy and not text.startswith((codecs.BOM_UTF8, b"\n"))
    return tidy and b" \n" not in text and b"\t\n" not in text


class _Forms:
    """The fingerprints of a text as it is, with plain line ends, and tidy; hashed once if equal."""

    def __init__(self, *, code: bool) -> None:
        self._raw = hashlib.sha256()
        self._plain: hashlib._Hash | None = None
        self._tidy: hashlib._Hash | None = None
        self._is_tidied = code
        self._begun = False
        self._held = b""

    def take(self, piece: bytes) -> None:
        """Take what comes next; blanks at its end wait for what follows them."""
        if not self._begun and self._is_tidied and piece.startswith(codecs.BOM_UTF8):
            self._tidy = hashlib.sha256()
        text = self._held + piece
        length = len(text.rstrip(_BLANKS))
        if len(text) - length > _PIECE:  # no text
            self._is_tidied = False
            length = len(text) - (2 if text.endswith(b"\r\n") else 1)
        self._held = text[length:]
        self._add(text[:length])

    def ended(self) -> tuple[str, ...]:
        """The forms, what is recorded first."""
        pending, self._held = self._held, b""
        last = b"\n" if self._begun else b""
        if self._is_tidied and pending != last and self._tidy is None:
            self._tidy = self._so_far().copy()
        if self._tidy is not None:
            self._tidy.update(last)
        tidy, self._tidy = self._tidy, None
        is_tidied, self._is_tidied = self._is_tidied, False
        self._add(pending)
        forms = [tidy] if tidy is not None and is_tidied else []
        forms += [self._so_far(), self._raw]
        return tuple(dict.fromkeys(form.hexdigest() for form in forms))

    def _so_far(self) -> hashlib._Hash:
        return self._plain if self._plain is not None else self._raw

    def _add(self, text: bytes) -> None:
        if not text:
            return
        plain = text.replace(b"\r\n", b"\n") if b"\r" in text else text
        tidy = plain
        if self._is_tidied:
            if b"\0" in text:  # no text
                self._is_tidied = False
            elif b" \n" in plain or b"\t\n" in plain:
                tidy = _AT_ENDS.sub(b"", plain)
        if self._tidy is None and self._is_tidied and tidy != plain:
            self._tidy = self._so_far().copy()
        if self._plain is None and plain != text:
            self._plain = self._raw.copy()
        if self._tidy is not None:
            begins = not self._begun and tidy.startswith(codecs.BOM_UTF8)
            self._tidy.update(tidy[len(codecs.BOM_UTF8) :] if begins else tidy)
        if self._plain is not None:
            self._plain.update(plain)
        self._raw.update(text)
        self._begun = True


def matches(recorded: str, digests_now: tuple[str, ...]) -> bool:
    """Whether a recorded fingerprint is that of a file.

    Args:
        recorded: in hexadecimal, whole or its first twelve characters or more, with or without
            ``sha256:`` before it.
        digests_now: what :func:`digests` says of the file; nothing for a file that is not there.
    """
    if recorded in digests_now:
        return True
    digest = recorded.strip().lower().removeprefix("sha256:")
    return len(digest) >= _SHORTEST and any(one.startswith(digest) for one in digests_now)


def content_digest(model: FlowData | Data) -> str:
    """The fingerprint of what a spec says: no comment, key order, position or date counts.

    Equal fingerprints mean equal specs; different ones may still turn out to be no difference
    when the two versions are compared (a number written otherwise).
    """
    from ddd_lab.spec.models.flow import FlowData

    plain = _flow(model) if isinstance(model, FlowData) else model
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _flow(flow: FlowData) -> dict[str, Any]:
    from ddd_lab.spec.edit.notes import KEY as NOTES

    return {
        "flow": [flow.id, flow.name, flow.type, flow.domain, flow.description, flow.header],
        "trigger": _node(flow.trigger) if flow.trigger else None,
        "nodes": {node.id: _node(node) for node in flow.nodes},
        "starts": _starts(flow),
        "blocks": {key: value for key, value in flow.extra.items() if key != NOTES},
    }


def _starts(flow: FlowData) -> list[str]:
    """Where a trigger leads that names no connection: this does depend on the order of nodes."""
    return [edge.target for edge in flow.edges if edge.implicit]


def _node(node: NodeData) -> dict[str, Any]:
    lines = [[line.output, line.target, line.extra] for line in node.connections or ()]
    return {
        "id": node.declared_id or node.id,
        "type": node.type,
        "label": node.label,
        "parent": node.parent,
        "spec": node.spec,
        "extra": node.extra,
        "connections": sorted(
            lines, key=lambda line: json.dumps(line, sort_keys=True, default=str)
        ),
    }
