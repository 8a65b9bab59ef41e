import re
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.maps import sheet, sheet_svg, svg
from ddd_lab.maps.layout import Rect
from ddd_lab.maps.routing.occupied import Occupied
from ddd_lab.maps.svg.theme import THEMES
from ddd_lab.spec.models.flow import FlowData
from tests.design_data import DesignData
from tests.maps.contrast import contrast
from tests.maps.designs import at, design, domain, flow, node
from tests.maps.random_designs import designs, flows
from tests.profiles import tries
from tests.steps import steps

NS = "{http://www.w3.org/2000/svg}"


def read(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def said(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{NS}text")]


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def bounds(root: ElementTree.Element) -> Rect:
    """Everything drawn: cards and wires, without the ground."""
    xs: list[float] = []
    ys: list[float] = []

    def walk(element: ElementTree.Element, x: float, y: float) -> None:
        if "transform" in element.attrib:
            dx, dy, *_ = numbers(element.attrib["transform"])
            x, y = x + dx, y + dy
        if element.tag == f"{NS}rect":
            left, top = float(element.get("x", 0)), float(element.get("y", 0))
            xs.extend((x + left, x + left + float(element.attrib["width"])))
            ys.extend((y + top, y + top + float(element.attrib["height"])))
        elif element.tag == f"{NS}path" and element.get("fill") == "none":
            points = numbers(element.attrib["d"])
            xs.extend(x + number for number in points[::2])
            ys.extend(y + number for number in points[1::2])
        elif element.tag == f"{NS}polygon":
            points = numbers(element.attrib["points"])
            xs.extend(x + number for number in points[::2])
            ys.extend(y + number for number in points[1::2])
        for child in element:
            walk(child, x, y)

    for child in list(root)[3:]:
        walk(child, 0, 0)
    return Rect(min(xs), min(ys), max(xs), max(ys))


SIGN_UP = flow(
    node("fields", "input", "valid:known", "invalid:bad", label="Name & <address>"),
    node("known", "decision", "true:bad", "false:gone", label="Already known?"),
    node("bad", "terminal", spec={"status": 422}),
    name="Sign up",
)


def test_a_sheet_shows_its_cards_outcomes_and_missing_targets() -> None:
    root = read(sheet_svg(sheet(SIGN_UP)))
    texts = said(root)

    assert root.get("role") == "img"
    assert root.findtext(f"{NS}title") == "Sign up"
    for expected in (
        "Name & <address>",
        "Already known?",
        "valid",
        "invalid",
        "true",
        "false",
        "gone",
    ):
        assert expected in texts
    dashed = [e for e in root.iter(f"{NS}rect") if e.get("stroke-dasharray")]
    assert len(dashed) == 1


def test_outcomes_are_cut_before_the_next_card_and_left_out_where_they_say_nothing() -> None:
    first = node("fields", "input", "valid:store", "invalid:store", position=at(0, 0))
    apart = {gap: node("store", position=at(220 + gap, 0)) for gap in (16, 40, 200)}
    texts = {gap: said(read(sheet_svg(sheet(flow(first, store))))) for gap, store in apart.items()}

    assert {"valid", "invalid"} <= {*texts[200]}
    assert not any(text.startswith(("va", "in")) for text in texts[16])
    assert any(text.startswith("in") and text.endswith("…") for text in texts[40])


def test_the_picture_needs_nothing_from_outside() -> None:
    text = sheet_svg(sheet(SIGN_UP))

    assert not re.search(r"<(script|style|image|link|foreignObject|use)\b", text)
    assert not re.search(r"\b(href|src|on\w+)=", text)
    assert text.count("http") == text.count("http://www.w3.org/2000/svg") == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_maps_name_domains_flows_events_and_portals(theme: str) -> None:
    shop = domain("shop", "order", publishes={"order.placed": "order"})
    mail = domain("mail", "thank", consumes={"order.placed": "thank"})
    whole = design(shop, mail)

    system, inner = read(svg(whole, theme=theme)), read(svg(whole, "shop", theme=theme))

    assert {"Shop", "Mail", "1 flow", "order.placed"} <= {*said(system)}
    assert {"Order", "Mail", "order.placed"} <= {*said(inner)}


def test_several_events_are_one_label_with_all_names_on_hover() -> None:
    events = {"a.done": "", "b.done": "", "c.done": ""}
    root = read(svg(design(domain("one", publishes=events), domain("two", consumes=events))))

    assert "3 events" in said(root)
    assert "Event: a.done, b.done, c.done" in {title.text for title in root.iter(f"{NS}title")}


def test_an_empty_design_says_so() -> None:
    assert "This system has no domains yet." in said(read(svg(design())))


def test_a_place_that_does_not_exist_is_refused_with_the_nearest() -> None:
    whole = design(domain("users"), flows={"users/sign-up": flow()})

    with pytest.raises(KeyError, match="did you mean 'users/sign-up'"):
        svg(whole, "users/signup")
    with pytest.raises(KeyError, match="did you mean 'users'"):
        svg(whole, "user")
    with pytest.raises(ValueError, match="light"):
        svg(whole, theme="sepia")


def test_texts_are_cut_to_their_cards() -> None:
    long = "an exceedingly long label that goes on and on " * 4
    root = read(sheet_svg(sheet(flow(node("a", label=long, spec={"action": long})))))

    assert any(text.endswith("…") for text in said(root))
    assert all(len(text) < 60 for text in said(root))


def test_text_and_lines_keep_their_contrast_in_both_themes() -> None:
    for theme in THEMES.values():
        for ink, ground in product(
            (theme.text, theme.quiet), (theme.card, theme.background, theme.chip)
        ):
            assert contrast(ink, ground) >= 7
        for line, ground in product((theme.border, theme.line), (theme.card, theme.background)):
            assert contrast(line, ground) >= 3
        for colour in theme.edges.values():
            assert min(contrast(colour, theme.card), contrast(colour, theme.background)) >= 3


def test_types_differ_by_more_than_colour() -> None:
    text = sheet_svg(sheet(SIGN_UP))

    assert "<polygon" in text  # a decision has cut corners
    assert 'rx="36"' in text  # a terminal is round
    assert {"Input", "Decision", "Terminal"} <= {*said(read(text))}


@settings(max_examples=tries(40, 1000))
@given(flows())
def test_any_flow_makes_valid_xml_with_everything_inside_the_view(any_flow: FlowData) -> None:
    text = sheet_svg(sheet(any_flow))
    root = read(text)

    assert text == sheet_svg(sheet(any_flow))
    if any_flow.by_id:
        left, top, width, height = numbers(root.attrib["viewBox"])
        drawn = bounds(root)
        assert left <= drawn.left <= drawn.right <= left + width
        assert top <= drawn.top <= drawn.bottom <= top + height


@settings(max_examples=tries(25, 1000))
@given(designs())
def test_any_design_makes_valid_xml_on_every_map(whole: DesignData) -> None:
    for place in ("", "@flows", *whole.domains):
        read(svg(whole, place, theme="dark"))


@pytest.mark.parametrize("project", ["nexus", "todo-app", "obligo"])
def test_real_designs_make_valid_xml_everywhere(corpus: Path, project: str) -> None:
    whole = Workspace(corpus / project).design
    for place in ("", "@flows", *whole.domains, *whole.flows):
        root = read(svg(whole, place))
        left, top, width, height = numbers(root.attrib["viewBox"])
        if len(root) > 4:
            drawn = bounds(root)
            assert left <= drawn.left <= drawn.right <= left + width
            assert top <= drawn.top <= drawn.bottom <= top + height


def test_far_away_places_stay_inside_the_view() -> None:
    far = flow(
        node("a", "process", "b", position=at(-5000, -3000)), node("b", position=at(900, 800))
    )
    left, top, width, height = numbers(read(sheet_svg(sheet(far))).attrib["viewBox"])

    assert left < -5000 < 900 + 220 < left + width
    assert top < -3000 < 800 + 72 < top + height


def ring(domains: int) -> DesignData:
    """Domains that each publish two events, for a domain nearby and for one further away."""
    names = [f"area-{number}" for number in range(domains)]
    taken: dict[str, dict[str, str]] = {name: {} for name in names}
    for place, name in enumerate(names):
        taken[names[(place + 1) % domains]][f"{name}.done"] = ""
        taken[names[(place * 7 + 3) % domains]][f"{name}.failed"] = ""
    return design(
        *(
            domain(name, publishes={f"{name}.done": "", f"{name}.failed": ""}, consumes=taken[name])
            for name in names
        )
    )


def chain(flows: int) -> DesignData:
    """A domain in which each flow waits for the event of another one."""
    names = [f"step-{number}" for number in range(flows)]
    done = {f"{name}.done": name for name in names}
    awaited = {f"{names[place * 7 % flows]}.done": name for place, name in enumerate(names)}
    return design(domain("big", *names, publishes=done, consumes=awaited))


@pytest.mark.parametrize(("made", "at", "size"), [(ring, "", 80), (chain, "big", 80)])
def test_a_map_twice_as_large_takes_about_twice_the_work_to_draw(
    made: Callable[[int], DesignData], at: str, size: int
) -> None:
    one, other = (steps(partial(svg, made(many), at)) for many in (size, 2 * size))

    assert other < 2.7 * one


def test_a_label_hides_as_much_as_lies_below_it_however_large_that_is() -> None:
    everywhere, card = Rect(-1e6, -1e6, 1e6, 1e6), Rect(0, 0, 100, 100)
    on_it, beside = Rect(10, 10, 60, 30), Rect(90, 90, 140, 110)

    both = Occupied([everywhere, card])
    assert both.covered(on_it) > both.covered(beside) > 0
    assert Occupied([card]).covered(Rect(200, 0, 250, 20)) == 0


def test_a_text_of_a_million_letters_is_cut_wherever_it_stands_in_a_picture() -> None:
    endless = "endless " * 125_000
    shop = domain("shop", "order", publishes={endless: "order"}, description=endless)
    whole = design(shop, domain("mail", "thank", consumes={endless: "thank"}))
    cards = flow(node("a", label=endless, spec={"action": endless}), name=endless)

    pictures = [svg(whole), svg(whole, "shop"), svg(whole, "@flows"), sheet_svg(sheet(cards))]

    assert max(map(len, pictures)) < 40_000
    assert all(bounds(read(text)).right < 4000 for text in pictures)
