"""The notes that come back are read however they are written."""

from __future__ import annotations

import pytest

from ddd_lab.implementation.notes import read_notes

WRITTEN = """\
All 12 tests pass.

## Implementation Notes

1. **Deviations** — The limit is 50, not 40:
   the provider allows no less.
2. **Additions**
   - a log line for every refusal
   - an index on `members.email`
3. **Ambiguities resolved**: None
4. **Schema changes**:
   - `Member.email` is unique now

## Next steps

- nothing of this counts
"""


@pytest.mark.covers("T32.2", "S09.2")
def test_every_section_is_told_apart() -> None:
    notes = read_notes(WRITTEN)
    assert notes.found
    assert notes.deviations == ("The limit is 50, not 40: the provider allows no less.",)
    assert notes.additions == ("a log line for every refusal", "an index on `members.email`")
    assert notes.ambiguities == ()
    assert notes.schema_changes == ("`Member.email` is unique now",)
    assert notes.drifted
    assert "Next steps" not in notes.text


@pytest.mark.parametrize(
    "text",
    [
        "## Implementation Notes\n\nNo deviations.\n",
        "## Implementation Notes\n\nNo deviations.",
        "### implementation notes\r\n\r\nNo deviations\r\n",
        "\x1b[1m## Implementation Notes\x1b[0m\n\n\x1b[32mNo deviations.\x1b[0m\n",
        "## Implementation Notes\n\n**Deviations**: none\n**Additions**: n/a\n",
    ],
)
@pytest.mark.covers("T32.3")
def test_no_deviations_are_no_drift(text: str) -> None:
    notes = read_notes(text)
    assert notes.found
    assert not notes.drifted
    assert notes.ambiguities == ()


def test_headings_instead_of_bold_words_are_fine() -> None:
    text = "## Implementation Notes\n\n## Deviations\n\n- other status\n\n### Additions\n\nNone.\n"
    notes = read_notes(text)
    assert notes.deviations == ("other status",)
    assert notes.additions == ()


@pytest.mark.parametrize(
    "form",
    [
        "### 1. Deviations\n\n- the limit is 50\n\n### 2. Additions\n\n- a log line\n",
        "**1. Deviations**\n- the limit is 50\n\n**2. Additions**\n- a log line\n",
        "**Deviations:** the limit is 50\n**Additions:** a log line\n",
        "__Deviations__\n- the limit is 50\n\n__Additions__\n- a log line\n",
        "Deviations: the limit is 50\nAdditions: a log line\n",
        "Deviations:\n- the limit is 50\n\nAdditions:\n- a log line\n",
        "1. Deviations: the limit is 50\n2. Additions: a log line\n",
        "- Deviations\n  - the limit is 50\n- Additions\n  - a log line\n",
        "### Deviations: the limit is 50\n### Additions: a log line\n",
        "- the limit is 50\n\n**Additions**: a log line\n",
        "### Deviations\n\n#### the limit is 50\n\n### Additions\na log line\n### Files\n- a.py\n",
        "### Files\n- a.py\n### Deviations\n- the limit is 50\n### Additions\n- a log line\n",
    ],
)
@pytest.mark.parametrize("title", ["## Implementation Notes", "**Implementation Notes:**"])
def test_sections_are_found_in_whatever_form_they_come(title: str, form: str) -> None:
    notes = read_notes(f"Done.\n\n{title}\n\n{form}")
    assert notes.found
    assert notes.deviations == ("the limit is 50",)
    assert notes.additions == ("a log line",)


def test_a_bare_list_tells_of_deviations() -> None:
    text = "## Implementation Notes\n\nWhat differs:\n\n- the limit is 50,\n  not 40\n* no retry\n"
    assert read_notes(text).deviations == ("the limit is 50, not 40", "no retry")


@pytest.mark.parametrize(
    "none",
    [
        "No deviations from the spec.",
        "None. The code follows the spec.",
        "None — implemented exactly as specified.",
        "No schema changes",
        "No schema changes were needed.",
        "No deviations, additions or schema changes.",
        "There are no deviations from the flow.",
        "There were no additions.",
        "No ambiguities.",
        "Nothing to report.",
        "_None_",
        "(none)",
        "N/A",
        "Not applicable.",
    ],
)
def test_words_for_nothing_are_no_drift(none: str) -> None:
    for form in (f"- **Deviations**: {none}", f"Additions:\n- {none}", f"- {none}", none):
        notes = read_notes(f"## Implementation Notes\n\n{form}\n")
        assert not notes.drifted, (form, notes.to_reconcile)


@pytest.mark.parametrize(
    "something",
    [
        "None of the error codes are used.",
        "No retry is done, though the spec says three.",
        "No deviations except that the limit is 50.",
        "No deviations. However, the limit is 50.",
        "None. The status is 202.",
        "No deviations, but the limit is not exactly as specified.",
        "Additional check of the age: the spec has none.",
        "Nothing is written to the log.",
    ],
)
def test_a_deviation_that_begins_like_none_is_one(something: str) -> None:
    assert read_notes(f"## Implementation Notes\n\n- {something}\n").deviations == (something,)


def test_code_and_the_headings_beside_the_notes_are_no_notes() -> None:
    code = "```\n- **Deviations**: x\n```\n"
    text = f"## Implementation Notes\n\n{code}\nNo deviations.\n\n### Tests\n\n- 12 pass\n"
    assert not read_notes(text).drifted


def test_the_last_notes_count() -> None:
    text = "## Implementation Notes\n- **Deviations**: old\n\nText.\n\n## Implementation Notes\n"
    assert read_notes(text + "No deviations.\n").deviations == ()


def test_without_notes_nothing_is_found() -> None:
    assert not read_notes("I am done.").found
    assert not read_notes("").found
