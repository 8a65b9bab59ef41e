"""A model mends its proposal with the errors in hand: three times, and never twice the same."""

from __future__ import annotations

import json
from typing import Any

from ddd_lab.assist.proposals.answers import read_answer
from ddd_lab.assist.proposals.repair import MOST_ROUNDS, Repaired, repaired
from ddd_lab.workbench import Workbench
from tests.assist.proposing import PLACE, change, line, node


def said(*edits: dict[str, Any]) -> str:
    return json.dumps({"say": "", "edits": [{"flow": PLACE, **edit} for edit in edits]})


def mended(shop: Workbench, first: str, *answers: str) -> tuple[Repaired, list[str]]:
    """What comes of a first answer when the model then gives others; and what it was told."""
    told: list[str] = []

    def ask(message: str, round: int) -> str:
        told.append(message)
        assert round == len(told)
        return answers[round - 1]

    return repaired(shop, read_answer(first, PLACE), PLACE, ask), told


def test_a_sound_answer_is_not_asked_about(shop: Workbench) -> None:
    result, told = mended(shop, said(change("charge", label="Pay")))
    assert result.stopped == "sound"
    assert (result.rounds, told) == (0, [])


def test_the_model_is_told_what_is_wrong_where_and_what_is_nearest(shop: Workbench) -> None:
    wrong = said(
        change("chrage", label="Pay"),
        node("tell", "evnt"),
        line("basket", "placed", "vlid"),
        {"op": "delete_all"},
    )
    right = said(change("charge", label="Pay"))
    result, (message,) = mended(shop, wrong, right)
    assert result.stopped == "sound"
    assert result.rounds == 1
    assert [item.title for item in result.proposal.items] == ["Change “Charge the card”: label"]
    assert "edit 4: there is no edit 'delete_all'" in message
    assert "there is no node 'chrage' in flow 'place-order'" in message
    assert "did you mean 'charge'?" in message
    assert "there is no node type 'evnt'; did you mean 'event'?" in message
    assert "no output 'vlid'; did you mean 'valid'?" in message


def test_new_errors_of_our_checks_are_faults_too(shop: Workbench) -> None:
    call = node("call", "sub_flow", settings="flow_ref: billing/charge-crad")
    way = (line("basket", "call", "valid"), line("call", "placed", "success"))
    good = node("call", "sub_flow", settings="flow_ref: billing/charge-card")
    result, (message,) = mended(shop, said(call, *way), said(good, *way))
    assert result.stopped == "sound"
    assert "orders/place-order#call" in message
    assert "billing/charge-card" in message


def test_the_same_answer_again_ends_it(shop: Workbench) -> None:
    wrong = said(change("charge", label="Pay"), change("nobody", label="x"))
    result, told = mended(shop, wrong, wrong)
    assert result.stopped == "identical"
    assert len(told) == 1
    assert len(result.proposal.possible) == 1


def test_after_three_rounds_the_best_answer_counts(shop: Workbench) -> None:
    bad = [said(*(change(f"no{n}{m}", label="x") for m in range(n))) for n in (4, 3, 2)]
    better = said(change("charge", label="Pay"), change("nobody", label="x"))
    result, told = mended(shop, bad[0], better, bad[1], bad[2])
    assert len(told) == MOST_ROUNDS
    assert result.stopped == "rounds"
    assert len(result.proposal.possible) == 1


def test_a_model_that_gives_everything_up_takes_nothing_away(shop: Workbench) -> None:
    partly = said(change("charge", label="Pay"), change("nobody", label="x"))
    result, told = mended(shop, partly, "I cannot mend that.")
    assert len(told) == 1
    assert len(result.proposal.possible) == 1
    result, _ = mended(shop, said(change("nobody", label="x")), "There is nothing to change.")
    assert result.answer.say == "There is nothing to change."


def test_an_answer_that_was_cut_off_is_asked_for_again(shop: Workbench) -> None:
    whole = said(change("charge", label="Pay"))
    result, (message,) = mended(shop, whole[:-5], whole)
    assert "no whole JSON" in message
    assert result.stopped == "sound"
