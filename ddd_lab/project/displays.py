"""What a cell shows of a project and its parts by itself: pictures with counts."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ddd_lab.maps.svg.one_card import node_svg
from ddd_lab.maps.svg.theme import in_page
from ddd_lab.plurals import plural
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.visible import one_line, visible
from ddd_lab.workbench import Workbench


def project_html(workbench: Workbench) -> str:
    """The System Map with counts, and where the design lies."""
    design = workbench.design
    counts = [
        plural(len(design.domains), "domain"),
        plural(len(design.flow_keys), "flow"),
        plural(len(workbench.problems), "problem"),
    ]
    if workbench.dirty:
        counts.append(f"{plural(len(workbench.dirty), 'file')} not saved")
    about = (design.system.description, str(workbench.root))
    return _page(workbench, "", workbench.name, counts, about)


def domain_html(workbench: Workbench, id: str) -> str:
    """The map of a domain with counts."""
    domain = workbench.design.domains[id]
    flows = sum(key.startswith(f"{id}/") for key in workbench.design.flow_keys)
    counts = [
        plural(flows, "flow"),
        f"publishes {plural(len(domain.publishes), 'event')}",
        f"consumes {plural(len(domain.consumes), 'event')}",
    ]
    return _page(workbench, id, domain.name or id, counts, (domain.description,))


def flow_html(workbench: Workbench, key: str) -> str:
    """The sheet of a flow with counts."""
    flow = workbench.flow_data(key)
    counts = [key, flow.type, plural(len(flow.nodes), "node")]
    if problems := workbench.flow_problems(key):
        counts.append(plural(len(problems), "problem"))
    return _page(workbench, key, flow.name or key, counts, (flow.description,))


def node_html(workbench: Workbench, key: str, id: str) -> str:
    """The card of a node, and what its file says of it."""
    flow: FlowData = workbench.flow_data(key)
    card = in_page(lambda theme: node_svg(flow, id, theme=theme))
    lines = escape(visible(workbench.node_yaml(key, id), lines=True))
    return f"{card}<p><code>{escape(visible(f'{key}#{id}'))}</code></p><pre>{lines}</pre>"


def _page(
    workbench: Workbench, at: str, title: str, counts: Iterable[str], about: Iterable[str]
) -> str:
    shown = " · ".join(escape(visible(count)) for count in counts)
    lines = "".join(f"<br>{escape(one_line(line, 0))}" for line in about if line)
    head = f"<p><b>{escape(one_line(title))}</b> · {shown}{lines}</p>"
    return head + in_page(lambda theme: workbench.svg(at, theme=theme))
