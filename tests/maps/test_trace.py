from typing import Any

import pytest

from ddd_lab.maps import trace, trace_text
from ddd_lab.maps.trace import TraceData
from ddd_lab.spec.models.design import Design
from tests.maps.designs import design, domain, flow, node


def steps(found: TraceData) -> list[tuple[int, str, str, str]]:
    return [(step["depth"], step["kind"], step["target"], step["end"]) for step in found["steps"]]


def calling(id_: str, *targets: str) -> Any:
    nodes = (
        node(f"call_{number}", "sub_flow", spec={"flow_ref": name})
        for number, name in enumerate(targets)
    )
    return flow(*nodes, id_=id_)


@pytest.fixture
def shop() -> Design:
    sells = domain("shop", "order", "pay", publishes={"placed": "order", "lost": "order"})
    mails = domain("mail", "thank", consumes={"placed": "thank"})
    flows = {
        "shop/order": calling("order", "shop/pay", "users/standing"),
        "shop/pay": calling("pay", "shop/order"),
        "mail/thank": calling("thank", "shop/pay"),
    }
    return design(sells, mails, flows=flows)


def test_a_flow_is_followed_to_missing_flows_unheard_events_and_cycles(shop: Design) -> None:
    found = trace(shop, "shop/order")

    assert found["flows"] == {"shop/order": 0, "mail/thank": 1, "shop/pay": 1, "users/standing": 1}
    assert steps(found) == [
        (1, "event", "mail/thank", ""),
        (2, "sub_flow", "shop/pay", "cycle"),
        (1, "sub_flow", "shop/pay", ""),
        (2, "sub_flow", "shop/order", "cycle"),
        (1, "sub_flow", "users/standing", "missing"),
        (1, "event", "", "unconsumed"),
    ]


def test_a_depth_cuts_a_trace_and_says_where_it_leads_on(shop: Design) -> None:
    found = trace(shop, "mail/thank", 1)

    assert steps(found) == [(1, "sub_flow", "shop/pay", "depth")]
    assert trace_text(found) == (
        "mail/thank leads to 1 flow\n  calls as a sub-flow → shop/pay (… leads on)\n"
    )


def test_a_flow_that_leads_nowhere_says_so_and_an_unknown_one_names_its_neighbour() -> None:
    only = design(domain("a", "one"), flows={"a/one": flow(id_="one")})

    assert "leads to no other flow" in trace_text(trace(only, "a/one"))
    with pytest.raises(KeyError, match=r"did you mean 'a/one'"):
        trace(only, "a/onee")
