"""The starter templates as such."""

from __future__ import annotations

import pytest

from ddd_lab.spec.catalogue import catalogue
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.templates import Template, TemplateInput, Words, chosen, templates

ALL = list(templates().values())


def made_of(template: Template) -> TemplateInput:
    values = {parameter.name: parameter.default or "order" for parameter in template.parameters}
    return TemplateInput("", "shop", values)


def test_there_are_at_least_eleven_and_the_three_that_take_a_parameter() -> None:
    assert len(ALL) >= 14
    assert {"crud_api", "webhook_receiver", "event_worker"} <= templates().keys()


@pytest.mark.parametrize("template", ALL, ids=lambda template: template.id)
def test_a_template_is_made_of_known_nodes_that_lead_to_known_nodes(template: Template) -> None:
    for flow in template.make(made_of(template)).flows:
        assert flow.name
        assert flow.description
        assert {node.type for node in flow.nodes} <= catalogue().keys()
        assert {edge.target for edge in flow.edges} <= {node.id for node in flow.nodes}


@pytest.mark.parametrize("template", ALL, ids=lambda template: template.id)
def test_a_form_for_a_template_has_its_words(template: Template) -> None:
    for text in (template.title, template.help):
        assert text[0].isupper()
    assert template.help.endswith(".")
    for parameter in template.parameters:
        assert parameter.title
        assert parameter.help.endswith(".")


@pytest.mark.parametrize(
    ("text", "snake", "pascal", "plural"),
    [
        ("Order", "order", "Order", "orders"),
        ("OrderLine", "order_line", "OrderLine", "order lines"),
        ("purchase-category", "purchase_category", "PurchaseCategory", "purchase categories"),
        ("tax box", "tax_box", "TaxBox", "tax boxes"),
        ("key", "key", "Key", "keys"),
    ],
)
def test_a_name_has_all_the_forms_that_a_design_needs(
    text: str, snake: str, pascal: str, plural: str
) -> None:
    words = Words(text)
    assert (words.snake, words.pascal, words.plural.spoken) == (snake, pascal, plural)


def test_parameters_may_stand_in_brackets_or_by_name() -> None:
    assert chosen("CRUD_API<Order>", {})[1] == {"entity": "Order"}
    assert chosen("crud api", {"entity": "Order"})[1] == {"entity": "Order"}
    assert chosen("fan_out<a, b>", {"second": "c"})[1] == {"first": "a", "second": "c"}


@pytest.mark.parametrize("wish", ["", "<Order>", "crud_api<", "nothing", "crud_api<A,B>"])
def test_what_is_no_template_is_refused(wish: str) -> None:
    with pytest.raises(EditError):
        chosen(wish, {})
