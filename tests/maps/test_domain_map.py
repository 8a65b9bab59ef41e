import pytest

from ddd_lab.maps import domain_map
from ddd_lab.maps.data import DomainMap
from tests.maps.designs import by, design, domain, flow, node, overlaps


def arrows(found: DomainMap) -> set[tuple[str, str, str]]:
    return {(arrow["source"], arrow["event"], arrow["target"]) for arrow in found["event_arrows"]}


@pytest.mark.covers("T02.1", "S01.4")
def test_every_flow_of_the_domain_is_a_card() -> None:
    users = domain("users", "sign-up", "planned")
    flows = {"users/sign-up": flow(), "users/stray": flow(id_="stray", name="A stray")}

    found = by(domain_map(design(users, flows=flows), "users")["flows"])

    assert list(found) == ["sign-up", "planned", "stray"]
    assert found["sign-up"]["trigger"] == "POST /sign-up"
    assert (found["planned"]["listed"], found["planned"]["exists"]) == (True, False)
    assert (found["stray"]["listed"], found["stray"]["name"]) == (False, "A stray")


@pytest.mark.covers("T02.2", "T02.3")
def test_events_to_and_from_other_domains_pass_through_portals() -> None:
    shop = domain(
        "shop", "order", "refund", publishes={"placed": "order"}, consumes={"lost": "refund"}
    )
    mail = domain("mail", consumes={"placed": "thank"})
    vans = domain("vans", publishes={"lost": "scan"}, consumes={"placed": "load"})

    found = domain_map(design(shop, mail, vans), "shop")

    assert {p["target_domain"]: (p["direction"], p["events"]) for p in found["portals"]} == {
        "mail": ("out", ["placed"]),
        "vans": ("both", ["placed", "lost"]),
    }
    assert arrows(found) == {
        ("flow:order", "placed", "portal:mail"),
        ("flow:order", "placed", "portal:vans"),
        ("portal:vans", "lost", "flow:refund"),
    }


def test_arrows_name_their_ends_as_the_guide_does() -> None:
    shop = domain(
        "shop", "order", "ship", publishes={"placed": "order"}, consumes={"placed": "ship"}
    )
    mail = domain("mail", consumes={"placed": "thank"})

    inner, outer = domain_map(design(shop, mail), "shop")["event_arrows"]

    assert (inner["source_flow_id"], inner["target_flow_id"]) == ("order", "ship")
    assert (outer["source_flow_id"], outer["target_portal"]) == ("order", "mail")


def test_an_event_used_inside_still_leaves_for_other_domains() -> None:
    shop = domain(
        "shop", "order", "ship", publishes={"placed": "order"}, consumes={"placed": "ship"}
    )
    mail = domain("mail", consumes={"placed": "thank"})

    assert arrows(domain_map(design(shop, mail), "shop")) == {
        ("flow:order", "placed", "flow:ship"),
        ("flow:order", "placed", "portal:mail"),
    }


def test_an_event_without_a_flow_still_links_its_portal() -> None:
    shop = domain("shop", publishes={"placed": ""})
    mail = domain("mail", consumes={"placed": ""})
    whole = design(shop, mail)

    (sent,) = arrows(domain_map(whole, "shop"))
    (got,) = arrows(domain_map(whole, "mail"))

    assert sent == ("event:unassigned:placed", "placed", "portal:mail")
    assert got == ("portal:shop", "placed", "event:unassigned:placed")


def test_events_without_another_end_are_drawn_and_listed() -> None:
    shop = domain("shop", "order", publishes={"placed": "order"}, consumes={"paid": "order"})

    found = domain_map(design(shop), "shop")

    assert found["unconsumed"] == [{"event": "placed", "flow": "order"}]
    assert found["unpublished"] == [{"event": "paid", "flow": "order"}]
    assert arrows(found) == {
        ("flow:order", "placed", "event:unconsumed:placed"),
        ("event:unpublished:paid", "paid", "flow:order"),
    }


def test_a_flow_that_only_an_event_names_is_shown_as_missing() -> None:
    shop = domain("shop", publishes={"placed": "gone"})
    found = domain_map(design(shop), "shop")

    assert [(card["id"], card["missing"]) for card in found["flows"]] == [("gone", True)]


def test_the_type_of_a_flow_comes_from_its_entry_else_from_its_file() -> None:
    help_ = domain("help", "said:agent", "unsaid")
    flows = {"help/said": flow(id_="said"), "help/unsaid": flow(id_="unsaid", type="agent")}

    found = by(domain_map(design(help_, flows=flows), "help")["flows"])

    assert [card["type"] for card in found.values()] == ["agent", "agent"]


def test_agents_handoffs_and_sub_flows_are_links_across_portals_too() -> None:
    lead = flow(
        node(
            "lead",
            "orchestrator",
            spec={
                "strategy": "supervisor",
                "agents": [
                    {"id": "books", "flow": "reader"},
                    {"id": "pay", "flow": "shop/cashier"},
                ],
            },
        ),
        node("router", "smart_router", spec={"rules": [{"id": "money", "route": "pay"}]}),
        node("ask", "handoff", spec={"mode": "consult", "target": {"flow": "reader"}}),
        node("check", "sub_flow", spec={"flow_ref": "users/standing"}),
        id_="desk",
    )
    flows = {"help/desk": lead, "help/reader": flow(id_="reader")}
    whole = design(domain("help", "desk", "reader"), domain("shop"), flows=flows)

    links = domain_map(whole, "help")["links"]

    assert [(link["kind"], link["target"], link["via"]) for link in links] == [
        ("orchestrator", "flow:reader", "supervisor"),
        ("orchestrator", "portal:shop", "supervisor"),
        ("route", "portal:shop", "money"),
        ("handoff", "flow:reader", "consult"),
        ("sub_flow", "portal:users", ""),
    ]


def test_a_team_says_its_members_memory_and_way_of_talking() -> None:
    lead = flow(
        node("lead", "orchestrator", spec={"agents": [{"id": "a", "flow": "reader"}]}),
        id_="desk",
        extra={
            "agent_group": {
                "name": "Desk team",
                "shared_memory": [{"name": "conversation"}],
                "coordination": {"communication": "via_orchestrator"},
            }
        },
    )
    (group,) = domain_map(design(domain("help", "desk"), flows={"help/desk": lead}), "help")[
        "groups"
    ]

    assert group["name"] == "Desk team"
    assert group["members"] == ["help/reader"]
    assert group["shared_memory"] == ["conversation"]
    assert group["communication"] == "via_orchestrator"


@pytest.mark.covers("T02.6")
def test_places_of_the_domain_file_hold_for_flows_and_portals() -> None:
    layout = {"flows": {"order": {"x": 300, "y": 40}}, "portals": {"mail": {"x": 700, "y": 44}}}
    shop = domain("shop", "order", "refund", publishes={"placed": "order"}, layout=layout)
    mail = domain("mail", consumes={"placed": ""})

    found = domain_map(design(shop, mail), "shop")
    flows, portals = by(found["flows"]), by(found["portals"], "target_domain")

    assert flows["order"]["position"] == {"x": 300, "y": 40}
    assert portals["mail"]["position"] == {"x": 700, "y": 44}
    assert [card["placed"] for card in flows.values()] == [True, False]
    assert not overlaps([*flows.values(), *portals.values()])
