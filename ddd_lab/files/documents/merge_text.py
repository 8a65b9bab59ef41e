"""Three-way merge of the YAML texts of a design: entry by entry, in the lines that people wrote.

Maps merge by key and lists by what tells their items apart; what one side changed is taken over in
its own lines, comments included. What both changed differently is a region of conflict around the
lines of that entry alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from ddd_lab.equality import same
from ddd_lab.files.documents.conflict_markers import (
    Choice,
    ConflictRegion,
    Piece,
    choose,
    read_markers,
)
from ddd_lab.files.documents.merge_data import (
    MISSING,
    Clashes,
    Path,
    Side,
    is_layout,
    keys_of,
    merge_data,
    merge_value,
    merged_order,
    same_but_layout,
)
from ddd_lab.files.documents.merge_renames import follow_renames
from ddd_lab.lossless_yaml import (
    Data,
    Entries,
    Entry,
    PatchError,
    YamlError,
    entries,
    moved,
    parse,
    patch,
)


class UnmergeableError(ValueError):
    """These texts are not merged here: a merge by lines is to serve."""


def merge_texts(base: str, ours: str, theirs: str) -> list[Piece]:
    """Merge two descendants of a text; regions of conflict are what both changed differently.

    Raises:
        UnmergeableError: a text cannot be read or cut, or what came out would say something else.
    """
    if theirs in (base, ours):
        return [ours]
    if ours == base:
        return [theirs]
    mark = "\ufeff" if ours.startswith("\ufeff") else ""
    base, ours, theirs = (text.removeprefix("\ufeff") for text in (base, ours, theirs))
    line_end, (base, ours, theirs) = _one_line_end(_without_markers(base), ours, theirs)
    ends_open = [not text.endswith(line_end) for text in (base, ours, theirs)]
    whole = [text if text.endswith(line_end) else text + line_end for text in (base, ours, theirs)]
    try:
        cut = [entries(text) for text in whole]
        if renamed := follow_renames(whole, [part.data if part else None for part in cut]):
            cut = [entries(text) for text in renamed]
        old, here, there = cut
        if here is None or there is None or (old is None and base.strip()):
            raise _UnsettledError("one of the files is no map or list in lines of its own")
        pieces = _joined(_merge_roots(old, here, there))
        _verify(pieces, old.data if old else None, here.data, there.data)
    except (YamlError, PatchError, _UnsettledError) as error:
        raise UnmergeableError(str(error)) from error
    open_now = ends_open[1] if ends_open[2] == ends_open[0] else ends_open[2]
    if open_now and isinstance(pieces[-1], str):
        pieces[-1] = pieces[-1].removesuffix(line_end)
    return [mark, *pieces] if mark else pieces


class _UnsettledError(Exception):
    """What both sides did here cannot be put into one text."""


def _without_markers(base: str) -> str:
    """A base that is itself a merge with conflicts, where branches crossed: as before these."""
    return choose(read_markers(base) or [base], "base")


def _one_line_end(base: str, ours: str, theirs: str) -> tuple[str, list[str]]:
    """The line end of what comes out, and the texts with it: a change of it is a change."""
    used = ["\r\n" if "\r\n" in text else "\n" for text in (base, ours, theirs)]
    end = used[1] if used[1] != used[0] or not base else used[2]
    texts = [
        text
        if own == end
        else text.replace("\r\n", "\n")
        if end == "\n"
        else text.replace("\n", "\r\n")
        for text, own in zip((base, ours, theirs), used, strict=True)
    ]
    return end, texts


def _merge_roots(base: Entries | None, ours: Entries, theirs: Entries) -> list[Piece]:
    merged = _merge_inside(base, ours, theirs, ())
    if merged is None:
        raise _UnsettledError("the files are of different kinds, or items have no ids")
    return [*_merge_lines(base.head if base else [], ours.head, theirs.head), *merged]


def _merge_inside(
    base: Entries | None, ours: Entries, theirs: Entries, path: Path
) -> list[Piece] | None:
    """The merged lines in the place of ours, without the heads; None where items have no keys."""
    if not ours.is_map == theirs.is_map == (base.is_map if base else ours.is_map):
        return None
    versions = (base.entries if base else [], ours.entries, theirs.entries)
    if ours.is_map:
        keys: list[list[Any]] | None = [[entry.key for entry in own] for own in versions]
    else:
        keys = keys_of([[entry.data for entry in own] for own in versions], path)
    if keys is None:
        if path[-1:] == ("nodes",):  # a region around all nodes would be of no use to anybody
            raise UnmergeableError("two nodes have the same id, or one has none")
        return None
    order, both_reordered = merged_order(*keys)
    if both_reordered and not ours.is_map and path[-1:] != ("nodes",):
        return None
    old, here, there = (
        dict(zip(own, version, strict=True)) for own, version in zip(keys, versions, strict=True)
    )
    pieces: list[Piece] = []
    for key in order:
        pieces += _merge_entry(
            old.get(key), here.get(key), there.get(key), (*path, key), ours.column
        )
    shift = ours.column - theirs.column
    return [
        *pieces,
        *_merge_lines(base.tail if base else [], ours.tail, moved(theirs.tail, shift)),
    ]


def _merge_entry(
    base: Entry | None,
    ours: Entry | None,
    theirs: Entry | None,
    path: Path,
    column: int,
) -> list[Piece]:
    """The merged lines of one entry, at a column."""
    if ours is None or theirs is None:
        left = ours or theirs
        if left is None:
            return []
        if base is None:
            return [*_lead(left, column), *_lines(left, column)]
        return _merge_removal(base, left, path, column, ours_is_left=ours is not None)
    lead = _merge_lines(
        _lead(base, column) if base else [], _lead(ours, column), _lead(theirs, column)
    )
    if ours.text == theirs.text or (base is not None and base.text == theirs.text):
        return [*lead, *ours.lines]
    if base is not None and base.text == ours.text:
        return [*lead, *_lines(theirs, column)]
    return [*lead, *_merge_changed(base, ours, theirs, path, column)]


def _merge_removal(
    base: Entry, left: Entry, path: Path, column: int, *, ours_is_left: bool
) -> list[Piece]:
    """One side removed the entry."""
    layout = is_layout(path, base.data, left.data)
    if layout and not ours_is_left and not same(base.data, left.data):
        return [*_lead(left, column), *_lines(left, column)]
    if not layout and not same_but_layout(left.data, base.data):
        whole = "".join((*_lead(left, column), *_lines(left, column)))
        old = "".join((*_lead(base, column), *_lines(base, column)))
        return [ConflictRegion(old, *((whole, "") if ours_is_left else ("", whole)))]
    known = {line.strip() for line in base.lead} | set(base.comments)
    added = [line.strip() for line in left.lead if line.strip()] + left.comments
    return [f"{' ' * column}{words}\n" for words in added if words not in known]


def _merge_changed(
    base: Entry | None, ours: Entry, theirs: Entry, path: Path, column: int
) -> list[Piece]:
    """Both sides changed the lines of the entry itself."""
    old = MISSING if base is None else base.data
    unlike = not same(ours.data, theirs.data) and not same(theirs.data, old)
    if unlike and is_layout(path, old, ours.data, theirs.data):
        return [*_new_comments(base, ours, theirs, column), *_lines(theirs, column)]
    nested = _merge_nested(base, ours, theirs, path)
    if nested is not None:
        return nested
    if same(ours.data, theirs.data) or (base is not None and same(theirs.data, base.data)):
        return [*_new_comments(base, theirs, ours, column), *ours.lines]
    if base is not None and same(ours.data, base.data):
        return [*_new_comments(base, ours, theirs, column), *_lines(theirs, column)]
    lines = _merge_in_place(base, ours, theirs, path)
    if lines is not None:
        merged = "".join(lines)
        left = [w for w in _new_comments(base, ours, theirs, column) if w.strip() not in merged]
        return [*_new_comments(base, theirs, ours, column), *left, *lines]
    return [
        ConflictRegion(
            "".join(_lines(base, column)) if base else "",
            "".join(_settled(base, ours, theirs, path, "mine")),
            "".join(moved(_settled(base, ours, theirs, path, "theirs"), column - theirs.column)),
        )
    ]


def _merge_nested(base: Entry | None, ours: Entry, theirs: Entry, path: Path) -> list[Piece] | None:
    """Merge the entries inside, where both have some in lines of their own."""
    here, there, old = ours.inside, theirs.inside, base.inside if base else None
    if here is None or there is None or (old is None and base is not None and base.data):
        return None
    try:
        pieces = _merge_inside(old, here, there, path)
        if pieces is None:
            return None
        if here.dashed:
            pieces = _dashed(pieces, ours.column)
    except _UnsettledError:
        return None
    if not any(isinstance(p, ConflictRegion) or _is_content(p) for p in pieces):
        return None  # nothing is left: an empty value is written otherwise
    old_head = old.head if old else (base.lines if base else [])
    return [*_merge_head(old_head, here, there, ours.column, theirs.column), *pieces]


def _merge_head(
    base: list[str], ours: Entries, theirs: Entries, column: int, their_column: int
) -> list[str]:
    head = moved(theirs.head, column - their_column)
    if not head or not ours.head or head in (ours.head, base):
        return ours.head
    if ours.head == base:
        return head
    known = {line.strip() for line in ours.head}
    added = [line for line in _comments_of(head) if line not in "".join(known)]
    old = _comments_of(base)
    return [*(f"{' ' * column}{words}\n" for words in added if words not in old), *ours.head]


def _comments_of(lines: list[str]) -> list[str]:
    return [f"#{line.partition(' #')[2].rstrip()}" for line in lines if " #" in line]


def _dashed(pieces: list[Piece], column: int) -> list[Piece]:
    """Put the dash of a list's item before its first line that is no comment."""
    flat = _joined(pieces)
    for number, piece in enumerate(flat):
        if isinstance(piece, ConflictRegion):
            sides = [_with_dash(text, column) for text in (piece.current, piece.incoming)]
            base = _with_dash(piece.base or "", column)
            if None in sides:
                raise _UnsettledError("the item would begin with nothing")
            flat[number] = ConflictRegion(base or "", *(side or "" for side in sides))
            return flat
        text = _with_dash(piece, column)
        if text is not None:
            flat[number] = text
            return flat
    return flat


def _with_dash(text: str, column: int) -> str | None:
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if _is_content(line):
            lines[number] = f"{line[:column]}-{line[column + 1 :]}"
            return "".join(lines)
    return None


def _is_content(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def _merge_in_place(base: Entry | None, ours: Entry, theirs: Entry, path: Path) -> list[str] | None:
    """Merge values inside the lines of ours; None where they clash."""
    clashes = Clashes(None, layout=True)
    value = _value(base, ours, theirs, path, clashes)
    return None if clashes.places or value is MISSING else _saying(ours, value)


def _settled(base: Entry | None, ours: Entry, theirs: Entry, path: Path, keep: Side) -> list[str]:
    """The lines of one side, with all that the other side changed elsewhere inside."""
    own = ours if keep == "mine" else theirs
    value = _value(base, ours, theirs, path, Clashes(keep, layout=True))
    return own.lines if same(value, own.data) else _saying(own, value)


def _value(base: Entry | None, ours: Entry, theirs: Entry, path: Path, clashes: Clashes) -> Data:
    old = MISSING if base is None else base.data
    value: Data = merge_value(old, ours.data, theirs.data, path, clashes)
    return value


def _saying(entry: Entry, value: Data) -> list[str]:
    """The lines of an entry, made to say another value."""
    new = {entry.key: value} if isinstance(entry.key, str) else [value]
    return moved(patch(entry.text, new).splitlines(keepends=True), entry.column)


def _new_comments(base: Entry | None, dropped: Entry, taken: Entry, column: int) -> list[str]:
    """Comments of lines that are not taken, where the other side did not have them."""
    known = {*taken.comments, *(base.comments if base else ())}
    return [f"{' ' * column}{words}\n" for words in dropped.comments if words not in known]


def _lead(entry: Entry, column: int) -> list[str]:
    return moved(entry.lead, column - entry.column)


def _lines(entry: Entry, column: int) -> list[str]:
    return moved(entry.lines, column - entry.column)


def _merge_lines(base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    """Merge comments and blank lines: what either side added stays."""
    if theirs in (ours, base):
        return ours
    if base == ours:
        return theirs
    merged: list[str] = []
    changes = sorted(
        (begin, end, side, lines)
        for side, version in enumerate((ours, theirs))
        for begin, end, lines in _changes(base, version)
    )
    removed = {n for begin, end, _, _ in changes for n in range(begin, end)}
    at = 0
    for begin, _, _, lines in changes:
        merged += [base[n] for n in range(at, begin) if n not in removed]
        at = max(at, begin)
        merged += [line for line in lines if not line.strip() or line not in merged]
    return [*merged, *(base[n] for n in range(at, len(base)) if n not in removed)]


def _changes(old: list[str], new: list[str]) -> Iterable[tuple[int, int, list[str]]]:
    for tag, begin, end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
        if tag != "equal":
            yield begin, end, new[first:last]


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces with neighbouring lines as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _verify(pieces: list[Piece], base: Data, ours: Data, theirs: Data) -> None:
    """Compare what the pieces say with a merge of what the texts say."""
    versions: tuple[tuple[Choice, Side], ...] = (("current", "mine"), ("incoming", "theirs"))
    for choice, keep in versions if len(pieces) > 1 else versions[:1]:
        expected = merge_data(base, ours, theirs, keep, layout=True)
        actual = parse(choose(pieces, choice)).data
        if not same(_empty_as_none(actual), _empty_as_none(expected)):
            raise _UnsettledError(f"with what is {choice}, the text would say something else")


def _empty_as_none(value: Data) -> Data:
    """A value in which what is empty is nothing, as a key is without any of its lines."""
    if isinstance(value, dict):
        return {key: _empty_as_none(item) for key, item in value.items()} or None
    if isinstance(value, list):
        return [_empty_as_none(item) for item in value] or None
    return value
