from ddd_lab.maps import flow_map
from ddd_lab.maps.flow_layout import domain_frames
from ddd_lab.spec.models.flow import FlowData
from tests.maps.designs import design, domain, flow, node, overlaps


def test_flows_are_linked_by_events_calls_and_agents() -> None:
    shop = domain("shop", "order", publishes={"placed": "order"})
    mail = domain("mail", "thank", consumes={"placed": "thank"})
    order = flow(node("check", "sub_flow", spec={"flow_ref": "users/standing"}), id_="order")
    flows = {"shop/order": order, "mail/thank": flow(id_="thank")}

    found = flow_map(design(shop, mail, flows=flows))

    assert [
        (link["source"], link["kind"], link["via"], link["target"]) for link in found["links"]
    ] == [
        ("shop/order", "event", "placed", "mail/thank"),
        ("shop/order", "sub_flow", "", "users/standing"),
    ]
    assert [card["id"] for card in found["flows"] if card["missing"]] == ["users/standing"]
    assert not overlaps(found["flows"])


def test_a_flow_that_all_others_of_its_domain_call_makes_no_tower_of_them() -> None:
    names = [f"f{number}" for number in range(100)]
    flows = {
        f"a/{name}": flow(node("call", "sub_flow", spec={"flow_ref": "a/f0"}), id_=name)
        for name in names[1:]
    }
    flows["a/f0"] = flow(id_="f0")
    found = flow_map(design(domain("a", *names), flows=flows))

    (frame,) = domain_frames(found).values()
    assert 0.5 < (frame.right - frame.left) / (frame.bottom - frame.top) < 4
    assert not overlaps(found["flows"])


def test_a_schema_is_shared_only_when_two_flows_use_it() -> None:
    def store(id_: str, *models: str) -> FlowData:
        return flow(*(node(name, "data_store", spec={"model": name}) for name in models), id_=id_)

    flows = {"a/one": store("one", "User", "Order"), "a/two": store("two", "User")}
    found = flow_map(design(domain("a", "one", "two"), flows=flows))

    assert [(schema["name"], schema["users"]) for schema in found["schemas"]] == [
        ("User", ["a/one", "a/two"])
    ]
    assert {link["target"] for link in found["links"]} == {"schema:User"}


def test_events_that_only_the_flows_themselves_state_link_them_too() -> None:
    tells = node("tell", "event", spec={"direction": "emit", "event_name": "shop.placed"})
    waits = {"type": "event", "event": "shop.*"}
    flows = {
        "shop/order": flow(tells, id_="order"),
        "mail/thank": FlowData(id="thank", extra={"trigger": waits}),
    }
    found = flow_map(design(domain("shop", "order"), domain("mail", "thank"), flows=flows))

    assert [(link["source"], link["via"], link["target"]) for link in found["links"]] == [
        ("shop/order", "shop.placed", "mail/thank")
    ]


def test_a_request_to_the_endpoint_of_another_flow_is_a_contract_between_them() -> None:
    asks = node(
        "ask",
        "service_call",
        spec={"method": "GET", "url": "{members}/api/members/{id}?fields=all"},
    )
    started = {"type": "http", "method": "GET", "path": "/api/members/:member"}
    flows = {
        "lending/borrow": flow(asks, id_="borrow"),
        "members/check": FlowData(id="check", extra={"trigger": started}),
    }
    found = flow_map(design(domain("lending", "borrow"), domain("members", "check"), flows=flows))

    assert [
        (link["source"], link["kind"], link["via"], link["target"], link["node"])
        for link in found["links"]
    ] == [("lending/borrow", "contract", "GET /api/members/{}", "members/check", "ask")]


def test_the_flows_of_a_domain_lie_together_apart_from_all_others() -> None:
    parts = [domain(name, "one", "two", "three") for name in ("a", "b", "c", "d")]
    flows = {
        f"{name}/{one}": flow(node("call", "sub_flow", spec={"flow_ref": target}), id_=one)
        for name, target in zip("abcd", ("b/two", "c/one", "a/one", "d/one"), strict=True)
        for one in ("one", "two", "three")
    }
    found = flow_map(design(*parts, flows=flows))

    frames = list(domain_frames(found).values())
    assert len(frames) == 4
    assert not [(a, b) for a in frames for b in frames if a is not b and a.meets(b)]
    assert not overlaps(found["flows"])
