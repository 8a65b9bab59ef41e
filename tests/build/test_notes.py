"""The notes that come back are read however they are written."""

from __future__ import annotations

import pytest

from ddd_lab.build.notes import read_notes

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


def test_the_last_notes_count() -> None:
    text = "## Implementation Notes\n- **Deviations**: old\n\nText.\n\n## Implementation Notes\n"
    assert read_notes(text + "No deviations.\n").deviations == ()


def test_without_notes_nothing_is_found() -> None:
    assert not read_notes("I am done.").found
    assert not read_notes("").found
