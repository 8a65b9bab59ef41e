from ddd_lab.maps import flow_map
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


def test_a_schema_is_shared_only_when_two_flows_use_it() -> None:
    def store(id_: str, *models: str) -> FlowData:
        return flow(*(node(name, "data_store", spec={"model": name}) for name in models), id_=id_)

    flows = {"a/one": store("one", "User", "Order"), "a/two": store("two", "User")}
    found = flow_map(design(domain("a", "one", "two"), flows=flows))

    assert [(schema["name"], schema["users"]) for schema in found["schemas"]] == [
        ("User", ["a/one", "a/two"])
    ]
    assert {link["target"] for link in found["links"]} == {"schema:User"}
