"""Properties that hold for every document and every change."""

from __future__ import annotations

import copy
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ddd_lab.equality import same
from ddd_lab.lossless_yaml import PatchReport, Tree, YamlError, parse, patch
from tests.lossless_yaml.documents import VALUES, Writer, at, changed, paths, put
from tests.profiles import tries

randoms = st.integers(0, 2**32 - 1).map(Random)
often = settings(
    max_examples=tries(250, 5000),
    suppress_health_check=[HealthCheck.filter_too_much],
)


def document(random: Random, *, simple: bool = False, odd: bool = False) -> Tree:
    """A random document; a simple one has no anchors, no duplicates and a line end at the end."""
    writer = Writer(random, odd=odd)
    if simple:
        writer.anchored = False
    text = writer.document()
    if simple and not text.endswith("\n"):
        text += "\r\n" if "\r\n" in text else "\n"
    try:
        tree = parse(text)
    except YamlError:
        assume(False)  # an alias may stand before its anchor
        raise
    assume(not (simple and tree.duplicates))
    return tree


@often
@given(randoms)
def test_the_written_text_reads_as_the_new_data(random: Random) -> None:
    tree = document(random)
    assert patch(tree.text, copy.deepcopy(tree.data), tree=tree) == tree.text
    new = changed(random, tree.data, random.choice((1, 1, 3)))
    report = PatchReport()
    result = patch(tree.text, new, tree=tree, report=report)
    assert same(parse(result).data, new)
    assert not report.fallback
    assert result.startswith("\ufeff") == tree.text.startswith("\ufeff")
    if "\r\n" in tree.text:
        assert result.count("\n") == result.count("\r\n")


@often
@given(randoms)
def test_explicit_keys_and_pairs_are_edited_like_others(random: Random) -> None:
    tree = document(random, odd=True)
    assume(not tree.duplicates)
    new = changed(random, tree.data, random.choice((1, 1, 3)))
    report = PatchReport()
    result = patch(tree.text, new, tree=tree, report=report)
    assert same(parse(result).data, new)
    assert not report.fallback


@often
@given(randoms)
def test_a_replaced_value_leaves_all_other_lines_alone(random: Random) -> None:
    tree = document(random, simple=True)
    places = [path for path in paths(tree.data) if path]
    assume(places)
    place = random.choice(places)
    new = put(copy.deepcopy(tree.data), place, copy.deepcopy(random.choice(VALUES)))
    before = tree.text.splitlines(keepends=True)
    after = patch(tree.text, new, tree=tree).splitlines(keepends=True)
    first, last = tree.lines(place)
    rest = before[last:]
    # Comments below that are indented deeper belong to a collection and go with it.
    while rest and rest[0].strip()[:1] in ("", "#"):
        rest = rest[1:]
    assert after[: first - 1] == before[: first - 1]
    assert after[len(after) - len(rest) :] == rest


@often
@given(randoms)
def test_what_was_added_goes_again_without_a_trace(random: Random) -> None:
    tree = document(random, simple=True)
    places = [p for p in paths(tree.data) if isinstance(at(tree.data, p), dict | list)]
    places = [p for p in places if at(tree.data, p)]
    assume(places)
    new = copy.deepcopy(tree.data)
    parent = at(new, random.choice(places))
    value = copy.deepcopy(random.choice(VALUES))
    if isinstance(parent, list):
        parent.insert(random.randint(0, len(parent)), value)
    elif isinstance(parent, dict):
        items = list(parent.items())
        names = [name for name in ("new", "a: b", "", "y") if name not in parent]
        items.insert(random.randint(0, len(items)), (random.choice(names), value))
        parent.clear()
        parent.update(items)
    result = patch(tree.text, new, tree=tree)
    assert patch(result, tree.data) == tree.text


@often
@given(
    st.text(st.characters(), max_size=60) | st.text("ab:-?[]{},#&*!|>'\"%@`\n \t1~", max_size=40)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tree = parse(text)
    except YamlError as error:
        place = (error.line, error.column)
    else:
        assert patch(text, tree.data) == text
        place = tree.locate(())
    assert place >= (1, 1)
    assert place[0] <= len(text.splitlines()) + 1
