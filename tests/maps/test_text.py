import pytest
from hypothesis import given, settings

from ddd_lab.maps import show_text
from tests.any_texts import ACTING
from tests.design_data import DesignData
from tests.maps.designs import design, domain, flow, node
from tests.maps.random_designs import designs
from tests.profiles import tries


def test_the_system_is_told_in_aligned_columns() -> None:
    shop = domain("shop", "order", "pay:agent", publishes={"paid": "pay"}, description="Sells")
    mail = domain("mail", "thank", consumes={"paid": "thank"})

    assert show_text(design(shop, mail)) == (
        "Library  (2 domains)\n"
        "\n"
        "Domains\n"
        "  shop  2 flows  1 agent  Sells\n"
        "  mail  1 flow            Mail\n"
        "\n"
        "Events between domains\n"
        "  shop  →  mail  paid\n"
    )


def test_a_flow_is_told_as_a_tree_in_which_every_node_is_told_once() -> None:
    steps = (
        node(
            "known", "decision", "true:stop", "false:save", label="Known?", spec={"condition": "x"}
        ),
        node("save", "process", "stop", label="Save"),
        node("stop", "terminal", label="Done", spec={"status": 201}),
    )
    flows = {"users/sign-up": flow(*steps, name="Sign up", description="How people join")}

    assert show_text(design(domain("users"), flows=flows), "users/sign-up") == (
        "Sign up  (users/sign-up · traditional · POST /sign-up)\n"
        "How people join\n"
        "\n"
        "trigger  [Trigger · POST /sign-up]\n"
        "  → Known?  [known · Decision · x]\n"
        "    true → Done  [stop · Terminal · 201 Created]\n"
        "    false → Save  [save · Process]\n"
        "    → Done  (above)\n"
    )


def test_columns_allow_for_wide_letters() -> None:
    whole = design(domain("漢字", "f", description="one"), domain("ab", "f", description="two"))
    lines = show_text(whole).splitlines()

    assert "  漢字  1 flow    one" in lines
    assert "  ab    1 flow    two" in lines


def test_events_without_another_end_are_told() -> None:
    text = show_text(design(domain("shop", publishes={"paid": ""})), "shop")

    assert "(nobody consumes it)" not in text
    assert "paid" in show_text(design(domain("shop", "pay", publishes={"paid": "pay"})), "shop")


def test_a_long_chain_is_told_without_recursion() -> None:
    chain = flow(*(node(f"n{i}", "process", f"n{i + 1}") for i in range(3000)))

    assert (
        show_text(design(domain("users"), flows={"users/long": chain}), "users/long").count("\n")
        > 3000
    )


def test_a_place_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError, match="no domain 'nowhere'"):
        show_text(design(domain("shop")), "nowhere")


@settings(max_examples=tries(30, 1000))
@given(designs())
def test_any_design_is_told_in_lines_that_act_on_nothing(whole: DesignData) -> None:
    for place in ("", "@flows", *whole.domains, *whole.flows):
        text = show_text(whole, place)
        assert not ACTING.search(text)
        assert all(line == line.rstrip() for line in text.split("\n"))
