"""The prompt that has flows implemented, or their code brought up to date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ddd_lab.checks.uses import Uses, called_by, uses
from ddd_lab.implementation.config import BuildConfig
from ddd_lab.implementation.prompts.parts import (
    AFTERWARDS,
    REPORT,
    beginning,
    moved,
    numbered,
    schema_path,
)
from ddd_lab.implementation.prompts.prompt import Mode, Prompt
from ddd_lab.implementation.quoting import named, quoted
from ddd_lab.implementation.staleness import SyncStatus
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.models.trigger import trigger_info
from ddd_lab.spec.paths import ARCHITECTURE_FILE, ERRORS_FILE, SYSTEM_FILE

if TYPE_CHECKING:
    from ddd_lab.files.workspace.workspace import Workspace
    from ddd_lab.implementation.staleness import Sync


def flows_prompt(sync: Sync, keys: Sequence[str], config: BuildConfig) -> Prompt:
    """The prompt that has flows implemented, or their code brought up to date.

    Args:
        keys: ``domain/flow``, one or several in one go.
    """
    draft = _Draft(sync, config)
    chosen = tuple(dict.fromkeys(keys))
    sections = [draft.flow(key, chosen) for key in chosen]
    updates = [section for section in sections if section.status.mapped is not None]
    mode: Mode = "update" if len(updates) == len(sections) else "new"
    verb = "Update" if mode == "update" else "Implement"
    lines = [*beginning(verb, (section.key for section in sections)), *draft.reading(sections)]
    for section in sections:
        lines += draft.instructions(section, alone=len(sections) == 1)
    lines += [*draft.places(sections), *AFTERWARDS, *REPORT]
    return Prompt(
        flows=tuple(section.key for section in sections),
        mode=mode,
        text="\n".join(lines),
        files=draft.named(sections),
    )


@dataclass(frozen=True)
class _Section:
    """One flow of a prompt, with what is known of it.

    Attributes:
        calls: the flows that it calls, except those that the prompt is about, too.
    """

    key: str
    spec: str
    flow: FlowData
    uses: Uses
    calls: tuple[str, ...]
    status: SyncStatus


class _Draft:
    """What the prompts of one project have in common."""

    def __init__(self, sync: Sync, config: BuildConfig) -> None:
        self._sync = sync
        self._workspace: Workspace = sync.workspace
        self._prompt = config.claude_code.prompt

    def flow(self, key: str, chosen: Sequence[str]) -> _Section:
        flow = self._workspace.flow_data(key)
        return _Section(
            key=key,
            spec=self._workspace.flow_path(key),
            flow=flow,
            uses=uses(self._workspace.design, flow),
            calls=tuple(
                called for called in called_by(self._workspace.design, key) if called not in chosen
            ),
            status=self._sync.flow(key),
        )

    # --- what to read ------------------------------------------------------------------------

    def _read_list(self, sections: Sequence[_Section]) -> list[tuple[str, str]]:
        files: list[tuple[str, str]] = []
        if self._prompt.include_architecture:
            files.append((ARCHITECTURE_FILE, "folders, conventions, dependencies"))
        else:
            files.append((SYSTEM_FILE, "what the system is"))
        if self._prompt.include_errors:
            files.append((ERRORS_FILE, "the error codes with their status and message"))
        for stem in self._schemas(sections):
            model = self._workspace.design.schemas[stem]
            files.append(
                (schema_path(self._workspace, stem), f"the schema {named(model.name or stem)}")
            )
        called = dict.fromkeys(key for section in sections for key in section.calls)
        files += [
            (self._workspace.flow_path(key), f"the flow {named(key)}, which is called")
            for key in called
        ]
        files += [(section.spec, f"the flow {named(section.key)}") for section in sections]
        exists, file_of = self._workspace.exists, self._workspace.file_of
        return [(file_of(path), about) for path, about in files if exists(path)]

    def _schemas(self, sections: Sequence[_Section]) -> list[str]:
        match self._prompt.include_schemas:
            case "none":
                return []
            case "all":
                return list(self._workspace.design.schemas)
            case _:
                used = (stem for section in sections for stem in section.uses.schemas)
                return list(dict.fromkeys(used))

    def reading(self, sections: Sequence[_Section]) -> Iterable[str]:
        return numbered(self._read_list(sections))

    def named(self, sections: Sequence[_Section]) -> tuple[str, ...]:
        """Every file that the prompt names and that is there."""
        statuses = [section.status for section in sections]
        statuses += [self._sync.flow(key) for section in sections for key in section.calls]
        code = [path for status in statuses for path in self._code(status)]
        return tuple(dict.fromkeys([*(path for path, _ in self._read_list(sections)), *code]))

    def _code(self, status: SyncStatus) -> list[str]:
        files = status.mapped.files if status.mapped else ()
        return [path for path in files if self._sync.files.digests(path)]

    # --- what to do --------------------------------------------------------------------------

    def instructions(self, section: _Section, *, alone: bool) -> Iterable[str]:
        yield "## What to do" if alone else f"## {named(section.key)}"
        yield ""
        if section.status.mapped is not None:
            yield from self._update(section)
        else:
            yield from _new(section)
        yield from _codes(section.uses)
        yield from self._called(section)
        yield ""
        if section.flow.is_agent:
            yield from _agent()

    def _called(self, section: _Section) -> Iterable[str]:
        for key in section.calls:
            code = self._code(self._sync.flow(key))
            where = f"its code is in {_listed(code)}" if code else "its code is yet to come"
            yield f"- It calls {named(key)}, whose spec says what it takes and gives; {where}."

    def _update(self, section: _Section) -> Iterable[str]:
        status: SyncStatus = section.status
        yield "This flow has code already, and its spec or its code has moved since:"
        yield ""
        yield from moved(status.words)
        yield ""
        code = self._code(status)
        if code:
            yield "The code is in these files:"
            yield ""
            yield from (f"- {named(path)}" for path in code)
            yield ""
        yield "- Bring the code to what the spec says now. Change what is there; do not start anew."
        yield "- Bring the tests that are concerned along, and add those that are missing."

    def places(self, sections: Sequence[_Section]) -> Iterable[str]:
        yield "## Where it goes"
        yield ""
        if self._workspace.exists(ARCHITECTURE_FILE) and self._prompt.include_architecture:
            file = self._workspace.file_of(ARCHITECTURE_FILE)
            yield f"Where {file} says nothing else:"
            yield ""
        for domain in dict.fromkeys(section.key.partition("/")[0] for section in sections):
            yield f"- the code of {named(domain)} in {quoted(f'src/domains/{domain}/', 0)}"
            yield f"- its tests in {quoted(f'tests/unit/domains/{domain}/', 0)}"
        yield ""


def _new(section: _Section) -> Iterable[str]:
    flow = section.flow
    yield f"Implement {quoted(flow.name or flow.id)} as {named(section.spec)} draws it:"
    yield ""
    starts = "; ".join(info.text for info in trigger_info(flow) if info.text)
    yield f"- What starts it: {quoted(starts)}." if starts else "- Start it as its trigger says."
    yield "- Every node is a step; every connection says what follows, failures included."
    yield "- Requests and answers have exactly the fields, types and rules of the nodes."
    yield "- Messages of rules are part of the spec: use them word by word."
    yield "- Write unit tests: the good way, every rule that can fail, every way into an error."


def _codes(used: Uses) -> Iterable[str]:
    if used.error_codes:
        yield f"- Answer errors with these codes and no others: {_listed(used.error_codes)}."
    else:
        yield "- Answer errors only with codes that the registry has."
    if used.emits:
        yield f"- Publish these events: {_listed(used.emits)}."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(named, names))


def _agent() -> Iterable[str]:
    yield "A language model works in this flow:"
    yield ""
    yield "- a runner for the loop, with its model, its limits and what happens at the last round"
    yield "- one function for each tool, with the parameters that the spec gives it"
    yield "- the guardrails, before what comes in and behind what goes out"
    yield "- memory as the spec divides it; people are asked where a gate says so"
    yield "- in tests the model is a stand-in: nothing calls a provider"
    yield ""
