"""Whether folders, files and lists of domains and flows say the same."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._registry import Violation, design_rule, flow_rule, link_rule
from ddd_lab.checks._values import mapping, quoted, text
from ddd_lab.files.disk.paths import domain_of, flow_key, schema_of
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.paths import (
    PROJECT_FILE,
    SYSTEM_FILE,
    composed,
    domain_file,
    flow_file,
    schema_file,
)
from ddd_lab.spec.problem import Place


@flow_rule("domains.flow-id", "error", "A flow whose id differs from its file name")
def flow_id(view: FlowView) -> Iterator[Violation]:
    """Flows are found by file name, so references to a different id lead nowhere."""
    stem = view.key.partition("/")[2]
    if view.flow.id and composed(view.flow.id) != stem:
        yield Violation(
            view.at_top("flow", "id"),
            f"The flow's id is “{view.flow.id}”, but its file is “{stem}.yaml”. Use the same name "
            f"for both.",
        )


@flow_rule("domains.flow-domain", "error", "A flow in the folder of another domain")
def flow_domain(view: FlowView) -> Iterator[Violation]:
    """The folder decides which domain a flow belongs to. The flow must name the same domain."""
    if view.flow.domain and composed(view.flow.domain) != view.domain:
        yield Violation(
            view.at_top("flow", "domain"),
            f"The flow belongs to “{view.flow.domain}”, but its file is in the "
            f"domain “{view.domain}”. Correct the domain, or move the file.",
        )


@flow_rule("domains.flow-type", "warning", "A flow with an unknown type")
def flow_type(view: FlowView) -> Iterator[Violation]:
    """A flow has the type traditional or agent, also when it has several agents."""
    if view.flow.type not in ("traditional", "agent"):
        yield Violation(
            view.at_top("flow", "type"),
            f"“{view.flow.type}” is not a type of flow. Use “traditional” or “agent”.",
        )


@link_rule("domains.listed-type", "warning", "A flow listed with a different type")
def listed_type(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """The domain map marks agent flows by the type in the domain's list."""
    entry = design.listed.get(view.key)
    if entry is None or entry.type not in ("traditional", "agent"):
        return
    if view.flow.type in ("traditional", "agent") and entry.type != view.flow.type:
        yield Violation(
            Place(file=design.domain_at(view.domain).file, path=(*entry.path, "type")),
            f"The domain lists “{entry.id}” as {entry.type}, but the flow's own type is "
            f"{view.flow.type}. Make them equal.",
        )


@design_rule("domains.unlisted-flow", "warning", "A flow file that its domain does not list")
def unlisted_flow(design: DesignIndex) -> Iterator[Violation]:
    """The maps show the flows that a domain lists, with the name and description given there."""
    planned = design.listed.keys() - design.known_flows
    for key in design.design.flow_keys:
        domain, _, flow = key.partition("/")
        if key in design.listed or not design.has_file(domain):
            continue
        meant = design.hint(key, planned)
        yield Violation(
            Place(flow=key),
            f"The domain “{domain}” does not list this flow.{meant} Add “{flow}” to flows in its "
            "domain.yaml.",
        )


@design_rule("domains.stray-file", "warning", "A flow, domain or schema in the wrong place")
def stray_file(design: DesignIndex) -> Iterator[Violation]:
    """A file says what a flow, a domain or a schema says, but lies where nobody reads it as one."""
    for path in sorted(design.design.paths):
        if flow_key(path) or domain_of(path) or schema_of(path):
            continue
        what, belongs = _meant_as(path, mapping(design.design.data(path)))
        if what:
            yield Violation(
                Place(file=path),
                f"This {what} is not read, because its file is in the wrong place. Move it to "
                f"{belongs}.",
            )


def _meant_as(path: str, data: dict[str, Data]) -> tuple[str, str]:
    """What a file must be meant as by what it says, and where that belongs."""
    *folders, name = path.split("/")
    stem = name.rpartition(".")[0]
    inside = folders[2] if folders[1:2] == ["domains"] and len(folders) > 2 else "DOMAIN"
    flow, domain = mapping(data.get("flow")), mapping(data.get("domain")) or data
    if isinstance(data.get("nodes"), list) and (flow or "trigger" in data):
        key = f"{text(flow.get('domain')) or inside}/{text(flow.get('id')) or stem}"
        return "flow", flow_file(key)
    if "flows" in domain and (stem == "domain" or domain is not data):
        return "domain", domain_file(text(domain.get("name")) or inside)
    if "fields" in mapping(data.get("schema")) or ("schemas" in folders and "fields" in data):
        return "schema", schema_file(stem)
    return "", ""


@design_rule("domains.missing-flow", "warning", "A listed flow without a file")
def missing_flow(design: DesignIndex) -> Iterator[Violation]:
    """The flow is not designed yet, or its file has another name."""
    for domain, model in design.domains.items():
        for entry in model.flows:
            if entry.id and f"{domain}/{entry.id}" not in design.known_flows:
                yield Violation(
                    Place(file=design.domain_at(domain).file, path=(*entry.path, "id")),
                    f"“{entry.id}” has no file flows/{entry.id}.yaml. Create it, or remove it "
                    f"from the list.",
                )


@design_rule("domains.duplicate-flow", "error", "A flow that is listed twice")
def duplicate_flow(design: DesignIndex) -> Iterator[Violation]:
    """Two entries in the domain's list have the same id, so they mean the same file."""
    for domain, model in design.domains.items():
        seen: set[str] = set()
        for entry in model.flows:
            if entry.id in seen:
                yield Violation(
                    Place(file=design.domain_at(domain).file, path=(*entry.path, "id")),
                    f"The domain already lists “{entry.id}”. Remove this entry or give it another "
                    f"id.",
                )
            seen.add(entry.id)


@design_rule("domains.group-member", "warning", "A group that names an unknown flow")
def group_member(design: DesignIndex) -> Iterator[Violation]:
    """The map draws a group around its flows, so they must exist."""
    for domain, model in design.domains.items():
        for group in model.groups:
            for number, flow in enumerate(group.flows):
                if flow not in design.flows_of(domain):
                    yield Violation(
                        Place(
                            file=design.domain_at(domain).file,
                            path=(*group.path, "flows", number),
                        ),
                        f"“{domain}” has no flow “{flow}” for the group "
                        f"“{group.name or group.id}”.{design.hint(flow, design.flows_of(domain))} "
                        "Name one of its flows, or remove it.",
                    )


@design_rule("domains.duplicate", "error", "A domain that is listed twice")
def duplicate(design: DesignIndex) -> Iterator[Violation]:
    """Two entries in the system's list have the same name, so they mean the same folder."""
    seen: set[str] = set()
    for entry in design.design.system.domains:
        if entry.id in seen:
            yield Violation(
                Place(file=_list_file(design), path=entry.path),
                f"The domain “{entry.id}” is already listed. Remove this entry or rename it.",
            )
        seen.add(entry.id)


@design_rule("domains.unlisted", "warning", "A domain that the system does not list")
def unlisted(design: DesignIndex) -> Iterator[Violation]:
    """The system map shows the listed domains in the order of the list.

    If there is no list, it shows the folders.
    """
    listed = [entry.id for entry in design.design.system.domains]
    if not listed:
        return
    for domain in design.domains:
        if domain not in listed:
            spare = [name for name in listed if name not in design.with_folder]
            place = (
                design.domain_at(domain)
                if design.has_file(domain)
                else Place(file=_list_file(design), path=("system", "domains"))
            )
            yield Violation(
                place,
                f"The system does not list the domain “{domain}”.{design.hint(domain, spare)} Add "
                f"it to domains in {_list_file(design)}.",
            )


@design_rule("domains.empty", "info", "A listed domain without a folder")
def empty(design: DesignIndex) -> Iterator[Violation]:
    """The system lists the domain, but nothing in it is designed yet."""
    for entry in design.design.system.domains:
        if entry.id not in design.with_folder:
            yield Violation(
                Place(file=_list_file(design), path=entry.path),
                f"The domain “{entry.id}” has no flows yet. Add a flow, or remove the domain from "
                f"the list.",
            )


def _list_file(design: DesignIndex) -> str:
    """The file that lists the domains: the system's, or the later format's project file."""
    paths = design.design.paths
    return PROJECT_FILE if PROJECT_FILE in paths and SYSTEM_FILE not in paths else SYSTEM_FILE


@design_rule("domains.schema-owners", "warning", "A schema with two owners")
def schema_owners(design: DesignIndex) -> Iterator[Violation]:
    """Only one domain can be responsible for a schema."""
    owners: dict[str, list[str]] = {}
    for domain, model in design.domains.items():
        for name in dict.fromkeys(model.owns_schemas):
            owners.setdefault(name, []).append(domain)
    for name, domains in owners.items():
        for domain in domains[1:]:
            yield Violation(
                design.domain_at(domain, "owns_schemas"),
                f"{quoted(domains)} all own the schema “{name}”. Keep one owner only.",
            )
