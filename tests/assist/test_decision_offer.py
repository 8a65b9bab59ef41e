"""A decision is offered where an answer ends with one that has its reason."""

from __future__ import annotations

import pytest

from ddd_lab.assist.decision_offer import DecisionOffer, offered_decision

ENDS = """\
Refunds are made by hand.

Decision: Refund by hand
Rationale: The bank charges for reversals: twice.
Affected: `orders/refund-order`, orders."""


@pytest.mark.covers("T22.5", "S07.9")
def test_an_answer_that_ends_with_a_decision_offers_it() -> None:
    assert offered_decision(ENDS) == DecisionOffer(
        "Refund by hand",
        "Refund by hand",
        "The bank charges for reversals: twice.",
        ("orders/refund-order", "orders"),
    )
    marked = "- **Decision:** Keep it\n- **Rationale**: It works.\n- **Affected:** none\n"
    assert offered_decision(marked) == DecisionOffer("Keep it", "Keep it", "It works.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A decision: none was made.",
        "Decision: Refund by hand",
        "Decision: …\nRationale: …\nAffected: …",
        f"{ENDS}\n\nThat was how others do it.",
    ],
)
def test_nothing_is_offered_without_a_decision_and_its_reason_at_the_end(text: str) -> None:
    assert offered_decision(text) is None
