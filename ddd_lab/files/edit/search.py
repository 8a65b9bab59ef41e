"""Search over a whole design, quick enough to follow every key that is pressed.

The texts of each file are gathered once per version and joined into one string in lower case:
a search looks through those strings, and only into the texts of files that hold all its words.
A file that nobody has read yet is only read as a design once its bytes may hold them.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ddd_lab.files.disk.paths import domain_of, flow_key
from ddd_lab.files.disk.storage import read
from ddd_lab.files.documents.locations import line_and_column
from ddd_lab.files.edit.text_occurrences import Kind, Role, TextOccurrence, file_texts, flow_texts
from ddd_lab.gc_pause import gc_paused
from ddd_lab.spec.models.base import Path
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.problem import Place

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from ddd_lab.files.documents.document import Document, Version
    from ddd_lab.files.workspace.workspace import Workspace

LIMIT = 50
"""Hits that are given unless more are asked for."""
ENOUGH = 5000
"""Matches among mere settings that are compared with each other; more words say what is meant."""
LONGEST_QUERY = 200
"""Characters of a query that count."""

_NAMING: tuple[Role, ...] = ("id", "name")
_RANK: dict[tuple[Kind, Role], int] = {
    ("node", "id"): 12,
    ("node", "name"): 16,
    ("flow", "id"): 18,
    ("flow", "name"): 20,
    ("domain", "id"): 22,
    ("domain", "name"): 24,
}
_ROLE_RANK: dict[Role, int] = {"id": 10, "name": 12, "about": 6, "key": 2, "value": 4}


@dataclass(frozen=True)
class SearchMatch:
    """Something that a search found.

    Attributes:
        where: ``domain/flow#node``, ``domain/flow``, ``domain`` or the file's path.
        path: of the file.
        kind: what was found: a domain, flow, node, event, error code, schema, note, key or value.
        text: the text that matches.
        span: where in the text the match begins and ends.
        score: how good a match it is; more is better.
        at: the place inside the file's data.
    """

    where: str
    path: str
    kind: Kind
    text: str
    span: tuple[int, int]
    score: int
    at: Path = ()
    _locate: Callable[[], tuple[int, int]] = field(
        default=lambda: (0, 0), repr=False, compare=False
    )

    @cached_property
    def line(self) -> int:
        """Line in the file, from 1, looked up when asked for; 0 where the file cannot say."""
        return self._locate()[0]


class SearchIndex:
    """The texts of a workspace, kept in step with every edit."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._files: dict[str, _File] = {}
        self._bytes: dict[str, _Bytes] = {}

    def search(self, query: str, limit: int = LIMIT) -> list[SearchMatch]:
        """The best matches, best first."""
        words = query[:LONGEST_QUERY].lower().split()
        if not words or limit < 1:
            return []
        with gc_paused():
            self._refresh(words)
        files = list(self._files.values())
        matches = [match for file in files for match in file.names.matches(words, file)]
        if len(matches) < limit:
            # A name always comes before a mere setting, so these are not even looked at otherwise.
            for file in files:
                matches += file.rest.matches(words, file)
                if len(matches) >= ENOUGH:
                    break
        best = heapq.nsmallest(
            limit, matches, key=lambda match: (-match[0], len(match[1].text), match[2].path)
        )
        return [self._match(score, text, file, words) for score, text, file in best]

    def _refresh(self, words: list[str]) -> None:
        """Read anew what changed since the last search, and what is unread and may hold words."""
        files, workspace = self._files, self._workspace
        for path, unread in list(workspace.documents.items()):
            if workspace.is_read(path):
                self._bytes.pop(path, None)
            elif not self._bytes_of(path, unread).may_hold(words):
                files.pop(path, None)
                continue
            document = workspace.document(path)
            version = document.version if document is not None else None
            old = files.get(path)
            if version is None:
                files.pop(path, None)
            elif old is None or old.version is not version:
                files[path] = _File(path, version)
        for path in files.keys() - workspace.documents.keys():
            del files[path]

    def _bytes_of(self, path: str, document: Document) -> _Bytes:
        cached = self._bytes.get(path)
        if cached is None or cached.epoch != document.epoch:
            cached = self._bytes[path] = _Bytes(self._workspace.root, path, document.epoch)
        return cached

    def _match(
        self, score: int, text: TextOccurrence, file: _File, words: list[str]
    ) -> SearchMatch:
        where = f"{file.key}#{text.node}" if text.node else file.where
        place = Place(
            file="" if file.key else file.path, flow=file.key, node=text.node, path=text.path
        )
        workspace, path = self._workspace, file.path
        return SearchMatch(
            where=where,
            path=path,
            kind=text.kind,
            text=text.text,
            span=_span(text.text, words),
            score=score,
            at=text.path,
            _locate=lambda: line_and_column(workspace.document(path), place),
        )


class _Bytes:
    """The bytes of a file that was not read as a design, as a search sees them."""

    def __init__(self, root: FilePath, path: str, epoch: int) -> None:
        self.epoch = epoch
        try:
            raw = read(root, path).decode("utf-8", "replace")
        except OSError:
            raw = "\\"  # reading it says what is wrong
        # Ids may come from the path; an escape may stand for any letter.
        self._all = "" if "\\" in raw else f"{raw}\n{path}".lower()

    def may_hold(self, words: list[str]) -> bool:
        """Whether its texts may hold all of some words: a quote may be written doubled."""
        return not self._all or all(word in self._all or "'" in word for word in words)


class _File:
    """The texts of one version of a file: those that name things, and the rest."""

    def __init__(self, path: str, version: Version) -> None:
        self.path = path
        self.key = flow_key(path)
        self.where = self.key or domain_of(path) or path
        self.version = version
        texts = self._found()
        names = [text for text in texts if text.role in _NAMING]
        self.names = _Texts(self, names)
        self.names.texts = names  # looked through for nearly every query; the rest seldom is
        self.rest = _Texts(self, [text for text in texts if text.role not in _NAMING])

    def _found(self) -> list[TextOccurrence]:
        model = self.version.model
        flow = isinstance(model, FlowData)
        return list(flow_texts(model) if flow else file_texts(self.path, model))

    def settings(self) -> list[TextOccurrence]:
        """The texts that name nothing."""
        return [text for text in self._found() if text.role not in _NAMING]


class _Texts:
    """Texts of a file; kept is what they say, and each by itself once something was found there."""

    def __init__(self, file: _File, texts: list[TextOccurrence]) -> None:
        self.all = "\n" + "\n".join(text.text.lower() for text in texts)
        self._file = file

    @cached_property
    def texts(self) -> list[TextOccurrence]:
        return self._file.settings()

    @cached_property
    def lower(self) -> list[str]:
        return [text.text.lower() for text in self.texts]

    def matches(self, words: list[str], file: _File) -> Iterator[tuple[int, TextOccurrence, _File]]:
        if not all(word in self.all for word in words):
            return
        phrase = " ".join(words)
        texts = enumerate(self.lower)
        if len(phrase) == 1:
            # A single letter is in nearly every text: what begins with it is what can be meant.
            inner = f" {phrase}"
            if inner not in self.all and f"\n{phrase}" not in self.all:
                return
            indices = [i for i, low in texts if low.startswith(phrase) or inner in low]
        else:
            rarest = max(words, key=len)
            indices = [i for i, low in texts if rarest in low]
            for word in words:
                indices = [i for i in indices if word in self.lower[i]]
        for index in indices:
            text = self.texts[index]
            yield _score(self.lower[index], phrase, text), text, file


def _score(lower: str, phrase: str, text: TextOccurrence) -> int:
    """How good a match is: the whole text, its start, the start of a word, anything else."""
    at = lower.find(phrase)
    if lower == phrase:
        likeness = 400
    elif at == 0:
        likeness = 300
    elif at > 0 and not lower[at - 1].isalnum():
        likeness = 200
    else:
        likeness = 100 if at > 0 else 50
    naming = 1000 if text.role in _NAMING else 0
    return naming + likeness + _RANK.get((text.kind, text.role), _ROLE_RANK[text.role])


def _span(text: str, words: list[str]) -> tuple[int, int]:
    """Where the phrase, or else the first word, is in the text as written."""
    between = r"\s+".join(map(re.escape, words))
    match = re.search(between, text, re.IGNORECASE) or re.search(
        re.escape(words[0]), text, re.IGNORECASE
    )
    return match.span() if match else (0, len(text))
