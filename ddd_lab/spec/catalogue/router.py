"""Router: a model decides which way a request takes."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue import _card as card
from ddd_lab.spec.catalogue._base import NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._facts import IN_PLACE, EntryNeed, Need, Range, Settings, Target
from ddd_lab.spec.catalogue._fields import Amount, Part, setting, summed
from ddd_lab.spec.catalogue._summary import count, joined
from ddd_lab.spec.catalogue.llm_call import MODEL
from ddd_lab.spec.lenient import first, first_text, maps


class Route(Part):
    """One way that a request can take."""

    model_config = summed("{id}", "→ {connection}", "description")

    id: str | None = setting("Id of the route; the output has this name.")
    description: str | None = setting("Which requests it is for, for the model to read.")
    connection: str | None = setting("Next node; a connection wins over it.", suggest="node")


class RouterSpec(SpecModel):
    """Which model decides between which routes."""

    model: str | None = setting("Id of the model that decides.", suggest="model")
    routing_prompt: str | None = setting("What the model is told.")
    routes: list[Route | str] | dict[str, Route | str] | None = setting("The ways to take.")
    fallback_route: str | None = setting("Route to take when the model is not sure.")
    confidence_threshold: Amount | None = setting("Lowest confidence, from 0 to 1.")
    description: str | None = setting("What is decided here, in a sentence.")


def _outputs(spec: Settings) -> tuple[Port, ...]:
    ports: dict[str, Port] = {}
    for route in maps(spec.get("routes")):
        name = first_text(route, "id", "name", "route")
        if name:
            ports.setdefault(name, Port(name, required=IN_PLACE.isdisjoint(route)))
    fallback = first_text(spec, "fallback_route")
    if fallback:
        ports.setdefault(fallback, Port(fallback))
    return (*ports.values(), Port("failure", handle="error", shown="used"))


def _content(spec: Settings, _raw: Settings) -> dict[str, Any]:
    """Which model decides between which routes."""
    return {
        "model": card.one_line(spec.get("model")),
        "prompt": card.excerpt(spec.get("routing_prompt")),
        "threshold": card.amount(spec.get("confidence_threshold")),
        "routes": card.entries_of(
            spec.get("routes"), "id", id=("id", "name"), description="description"
        ),
        "fallback": card.one_line(spec.get("fallback_route")),
    }


def _parts(content: card.Content) -> list[card.CardPart]:
    sure = content["threshold"]
    return [
        card.text_part("model", content["model"]),
        card.text_part("sure from", "" if sure is None else str(sure)),
        card.text_part("else", content["fallback"]),
    ]


TYPES = (
    NodeType(
        type="router",
        category="agent",
        icon="◊",
        help="A model chooses the route of a request.",
        spec=RouterSpec,
        outputs=_outputs,
        summary=lambda spec: joined(first(spec, "model"), count(spec.get("routes"), "route")),
        new={
            "model": MODEL,
            "routing_prompt": "",
            "routes": [],
            "fallback_route": "",
            "confidence_threshold": 0.7,
        },
        required=("routes",),
        ranges=(Range("confidence_threshold", 0, 1),),
        required_when=(
            Need(("model",), lambda _spec, _outputs: True, "the model chooses the route"),
        ),
        entries=(EntryNeed("routes", ("id", "name", "route"), "route", ("$ref",)),),
        distinct=("routes",),
        traits=("answers", "carries", "decides", "leads"),
        block=card.CardContent(content=_content, parts=_parts),
        ends="led_on",
        targets=(Target("routes.*.connection", "*"),),
    ),
)
