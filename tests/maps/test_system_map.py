import json

import pytest

from ddd_lab.maps import system_map
from ddd_lab.spec.models.flow import FlowData
from tests.maps.designs import by, design, domain, flow, overlaps


class Unreadable(dict[str, FlowData]):
    """Flows whose files must not be read."""

    def __getitem__(self, key: str) -> FlowData:
        raise AssertionError(f"the system map read the flow {key}")


@pytest.mark.covers("T01.2", "T01.3", "S01.1")
def test_every_domain_is_a_card_with_its_flow_count_without_reading_a_flow() -> None:
    flows = Unreadable({"users/sign-up": flow(), "users/stray": flow()})
    found = by(
        system_map(design(domain("users", "sign-up", "planned"), domain("mail"), flows=flows))[
            "domains"
        ]
    )

    assert list(found) == ["users", "mail"]
    # sign-up is listed and has a file, planned is only listed, stray only has a file.
    assert found["users"]["flow_count"] == 3
    assert found["mail"]["flow_count"] == 0


@pytest.mark.covers("T01.4", "S01.2")
def test_events_between_two_domains_are_one_arrow_that_names_them_all() -> None:
    shop = domain("shop", publishes={"order.placed": "order", "order.paid": "pay"})
    mail = domain("mail", consumes={"order.placed": "thank", "order.paid": "receipt"})

    assert system_map(design(shop, mail))["event_arrows"] == [
        {"source_domain": "shop", "target_domain": "mail", "events": ["order.placed", "order.paid"]}
    ]


def test_every_consumer_of_an_event_gets_an_arrow() -> None:
    shop = domain("shop", publishes={"order.placed": ""})
    consumers = [domain(name, consumes={"order.placed": ""}) for name in ("mail", "stock", "books")]

    arrows = system_map(design(shop, *consumers))["event_arrows"]

    assert [arrow["target_domain"] for arrow in arrows] == ["mail", "stock", "books"]


@pytest.mark.parametrize("pattern", ["order.*", "order.#", "#", "*.paid"])
def test_a_consumer_that_waits_for_a_pattern_gets_an_arrow(pattern: str) -> None:
    shop = domain("shop", publishes={"order.paid": "pay"})
    mail = domain("mail", consumes={pattern: "thank", "invoice.*": "thank"})
    found = system_map(design(shop, mail))

    assert found["event_arrows"] == [
        {"source_domain": "shop", "target_domain": "mail", "events": ["order.paid"]}
    ]
    assert by(found["domains"])["shop"]["unconsumed"] == []
    assert by(found["domains"])["mail"]["unpublished"] == ["invoice.*"]


def test_an_event_inside_one_domain_draws_no_arrow() -> None:
    shop = domain("shop", publishes={"paid": "pay"}, consumes={"paid": "ship"})

    assert system_map(design(shop))["event_arrows"] == []


def test_a_consumer_that_names_its_origin_gets_the_event_from_there_only() -> None:
    one, two = (domain(name, publishes={"changed": ""}) for name in ("one", "two"))
    data = {"name": "Log", "consumes_events": [{"event": "changed", "from_domain": "two"}]}
    log = type(one).read(data, id="log")[0]

    arrows = system_map(design(one, two, log))["event_arrows"]

    assert [arrow["source_domain"] for arrow in arrows] == ["two"]


def test_events_without_another_end_are_marked_on_their_domain() -> None:
    shop = domain("shop", publishes={"order.placed": ""}, consumes={"order.paid": ""})
    (card,) = system_map(design(shop))["domains"]

    assert card["unconsumed"] == ["order.placed"]
    assert card["unpublished"] == ["order.paid"]


def test_agent_flows_are_counted_from_the_domain_file() -> None:
    (card,) = system_map(design(domain("help", "answer:agent", "ask:traditional")))["domains"]

    assert (card["flow_count"], card["agents"]) == (2, 1)


@pytest.mark.covers("T01.5", "S01.10")
def test_a_position_of_the_layout_file_is_where_the_domain_stands() -> None:
    found = by(system_map(design(domain("a"), domain("b"), layout={"a": (640, 80)}))["domains"])

    assert found["a"]["position"] == {"x": 640, "y": 80}
    assert found["a"]["placed"]
    assert not found["b"]["placed"]


def test_domains_without_positions_open_laid_out_along_their_events() -> None:
    sent = domain("shop", publishes={"order.placed": ""})
    got = domain("mail", consumes={"order.placed": ""})
    found = by(system_map(design(got, sent, domain("other")))["domains"])

    assert not overlaps(list(found.values()))
    assert found["shop"]["position"]["x"] < found["mail"]["position"]["x"]


def test_a_layout_that_heaps_all_domains_on_one_point_counts_as_none() -> None:
    names = ("a", "b", "c")
    heap = design(*map(domain, names), layout=dict.fromkeys(names, (0, 0)))

    cards = system_map(heap)["domains"]

    assert not overlaps(cards)
    assert not any(card["placed"] for card in cards)


def test_a_system_of_a_thousand_flows_is_the_same_bytes_every_time() -> None:
    names = [f"d{index}" for index in range(40)]
    domains = [
        domain(
            name,
            *(f"f{index}" for index in range(25)),
            publishes={f"{name}.done": "f0"},
            consumes={f"d{(index * 7 + 3) % 40}.done": "f1"},
        )
        for index, name in enumerate(names)
    ]
    first, second = (json.dumps(system_map(design(*domains))) for _ in range(2))

    assert first == second
    assert not overlaps(json.loads(first)["domains"])
    assert sum(card["flow_count"] for card in json.loads(first)["domains"]) == 1000
