"""Layer 3: decisions are kept among what people write, and follow the design."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.memory.decision_file import (
    Decision,
    entries,
    with_added,
    with_changed,
    with_places,
    with_removed,
)
from ddd_lab.project import Project
from ddd_lab.spec.edit.nodes import EditError

BY_HAND = """\
# Notes of the team

Why things are as they are. Please keep the order.

## Design Decisions

### 2026-02-14: Cards work at once
**Decision:** A failed letter stops nobody.
**Rationale:** Readers stand at the desk.

They should go home with a book.
**Affected:** `members/join-library`, notices

A link: https://example.org/minutes

### Background

No decision, only history.

```
### 2026-01-01: not a decision either
```

### 2026-03-01: Vans by night

- **Rationale**: nothing in this form is ours

## Open questions

Who washes the vans?
"""


def at(project: Project) -> Path:
    return project.root / ".ddd/memory/decisions.md"


def by_hand(project: Project, text: str = BY_HAND) -> Path:
    at(project).parent.mkdir(parents=True)
    at(project).write_bytes(text.encode())
    return at(project)


@pytest.mark.covers("T22.3", "S07.3")
def test_a_decision_is_written_as_markdown_with_its_id_out_of_sight(project: Project) -> None:
    decision = project.memory.decisions.add(
        "Loans end at midnight",
        "The vans leave at six.",
        affected=["lending", "lending/return-item"],
        date="2026-12-01",
    )

    assert at(project).read_text("utf-8") == (
        "## Design Decisions\n\n### 2026-12-01: Loans end at midnight\n"
        f'<!-- ddd-lab: {{"id": "{decision.id}", "author": "user", '
        '"subjects": ["lending", "lending/return-item"]} -->\n\n'
        "**Rationale:** The vans leave at six.\n\n**Affected:** lending, lending/return-item\n"
    )
    assert list(Project(project.root, watch=False).memory.decisions) == [decision]


def test_decisions_that_people_wrote_by_hand_are_read(project: Project) -> None:
    by_hand(project)

    first, second = project.memory.decisions

    assert (first.date, first.title) == ("2026-02-14", "Cards work at once")
    assert first.decision == "A failed letter stops nobody."
    assert first.rationale == "Readers stand at the desk.\n\nThey should go home with a book."
    assert first.affected == ("members/join-library", "notices")
    assert second.title == "Vans by night"


@pytest.mark.covers("T22.2")
def test_an_edit_changes_what_is_named_and_not_a_byte_more(project: Project) -> None:
    path = by_hand(project)
    first, second = project.memory.decisions

    edited = project.memory.decisions.edit(first.id, decision="A letter stops nobody.")

    assert edited.id == first.id
    after = path.read_text("utf-8")
    marks = [line for line in after.splitlines() if "ddd-lab" in line]
    assert len(marks) == 1
    changed = BY_HAND.replace("A failed letter", "A letter")
    assert after.replace(f"{marks[0]}\n", "") == changed

    project.memory.decisions.edit(second.id, rationale="Roads are empty.", affected=["vans"])
    assert "by night\n<!--" in path.read_text("utf-8")
    assert project.memory.decisions[1].rationale == "Roads are empty."
    assert "nothing in this form is ours" in path.read_text("utf-8")


@pytest.mark.covers("T22.2")
def test_a_decision_is_removed_and_all_else_stays(project: Project) -> None:
    path = by_hand(project)
    new = project.memory.decisions.add("Loans end at midnight", "The vans leave at six.")

    project.memory.decisions.remove(new.id)

    assert path.read_bytes() == BY_HAND.encode()
    with pytest.raises(KeyError, match="decision"):
        project.memory.decisions.remove(new.id)


def test_the_line_ends_of_the_file_are_kept(project: Project) -> None:
    path = by_hand(project, BY_HAND.replace("\n", "\r\n"))

    project.memory.decisions.add("Loans end at midnight", "At six\nthe vans leave.")

    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    assert project.memory.decisions[2].rationale == "At six\nthe vans leave."


def test_bytes_that_are_no_text_survive(project: Project) -> None:
    path = by_hand(project)
    path.write_bytes(b"\xff\xfe caf\xe9\n" + BY_HAND.encode())

    project.memory.decisions.add("Loans end at midnight")

    assert path.read_bytes().startswith(b"\xff\xfe caf\xe9\n# Notes of the team\n")


def test_a_decision_needs_a_title_and_a_date_that_exists(project: Project) -> None:
    with pytest.raises(EditError, match="needs a title"):
        project.memory.decisions.add(" \n ")
    with pytest.raises(EditError, match="is no date"):
        project.memory.decisions.add("Loans end", date="tomorrow")
    assert not at(project).exists()


def test_decisions_follow_flows_nodes_and_domains_that_are_renamed(project: Project) -> None:
    path = by_hand(project)
    decisions = project.memory.decisions
    decisions.add("Find loans first", affected=["lending/return-item#find_loan", "all desks"])

    flow = project.flows["members/join-library"]
    flow.rename("Sign up")
    project.flows["lending/return-item"].nodes["find_loan"].id = "look_up_loan"
    project.domains["lending"].rename("loans")
    project.domains["notices"].rename("letters")
    assert "`members/join-library`" in path.read_text("utf-8"), "nothing is saved yet"
    project.save()

    assert "**Affected:** `members/sign-up`, letters\n" in path.read_text("utf-8")
    assert decisions[2].affected == ("loans/return-item#look_up_loan", "all desks")
    assert not any(decision.gone for decision in decisions)

    while project.undo():
        pass
    project.save()
    assert "**Affected:** `members/join-library`, notices\n" in path.read_text("utf-8")
    assert decisions[2].affected == ("lending/return-item#find_loan", "all desks")


def test_decisions_follow_a_file_that_another_program_renamed(root: Path) -> None:
    with Project(root) as project:
        project.memory.refresh()
        project.memory.decisions.add("Cards work at once", affected=["members/join-library"])
        flows = root / "specs/domains/members/flows"
        text = (flows / "join-library.yaml").read_text("utf-8")
        (flows / "join-library.yaml").unlink()
        (flows / "sign-up.yaml").write_text(text.replace("id: join-library", "id: sign-up", 1))

        project.workbench.reload()

        assert project.memory.decisions[0].affected == ("members/sign-up",)


def test_decisions_whose_subject_is_gone_say_so(project: Project) -> None:
    decisions = project.memory.decisions
    decisions.add("Crates are scanned", affected=["vans/scan-crate", "vans", "night shifts"])

    project.flows["vans/scan-crate"].delete()
    assert list(decisions[0].gone) == ["vans/scan-crate"]
    project.domains["vans"].delete(with_flows=True)
    assert list(decisions[0].gone) == ["vans/scan-crate", "vans"]
    assert "no longer there: vans/scan-crate, vans" in str(project.memory)


@pytest.mark.covers("T22.6")
def test_relevant_decisions_are_those_of_the_place_and_of_the_words(project: Project) -> None:
    decisions = project.memory.decisions
    here = decisions.add("Copies go to the first reader", affected=["reservations/allocate-copy"])
    around = decisions.add("Queues are fair", affected=["reservations"])
    words = decisions.add("Passwords are hashed with argon2", "bcrypt is too slow.")
    decisions.add("Vans drive by night", affected=["vans"])

    at_flow = decisions.relevant("reservations/allocate-copy", "How do we hash passwords?")

    assert at_flow == [here, around, words]
    assert decisions.relevant("reservations/allocate-copy", limit=1) == [here]
    assert len(decisions.relevant()) == 4
    assert decisions.relevant("members/join-library") == []


LINES = st.text(
    st.sampled_from("ab #*_-:`~<!>[]()\\|\n") | st.characters(codec="utf-8", categories=["L"]),
    max_size=60,
)
HOSTILE = st.sampled_from(
    (
        "### 2026-01-01: another",
        "**Affected:** everything",
        "<!-- ddd-lab: {} -->",
        "```\nnever closed",
        "<!-- never closed",
        "---",
        "\\# escaped",
        "# Title\n## Design Decisions",
    )
)
TEXTS = st.lists(LINES | HOSTILE, max_size=4).map("\n".join)
TITLES = TEXTS.map(lambda text: " ".join(text.split()).strip("# ")).filter(bool)
PLACES = st.lists(st.from_regex(r"[a-z][a-z0-9_-]{0,8}(/[a-z0-9]{1,8})?", fullmatch=True))


def norm(text: str) -> str:
    """A text as its lines are kept: without blanks at their ends, and at both ends."""
    return "\n".join(line.rstrip() for line in text.strip().split("\n")).strip()


@given(TEXTS, TITLES, TEXTS, TEXTS, PLACES)
def test_whatever_a_decision_says_it_is_read_back_and_nothing_else_moves(
    before: str, title: str, decision: str, rationale: str, places: list[str]
) -> None:
    base = BY_HAND + before
    here = entries(base)
    new = Decision(
        "1a2b", "2026-12-01", title, norm(decision), norm(rationale), tuple(dict.fromkeys(places))
    )

    added = with_added(base, new, [])

    read = [entry.decision for entry in entries(added)]
    assert new in read
    assert len(read) == len(here) + 1
    entry = next(entry for entry in entries(added) if entry.decision.id == "1a2b")
    assert with_changed(added, entry, new, []) == added
    assert with_places(added, {"no/where": "else/where"}) == added
    removed = with_removed(added, entry)
    assert [entry.decision for entry in entries(removed)] == [entry.decision for entry in here]
