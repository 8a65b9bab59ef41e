"""What the canvas needs of the project that it shows and edits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ddd_lab.files.disk.watching import Watcher
from ddd_lab.files.documents.document import Document, Model, Version
from ddd_lab.files.documents.document_set import Documents
from ddd_lab.files.edit.dry_run import FileChange
from ddd_lab.files.edit.refactor.naming import Mention
from ddd_lab.files.edit.replace import Match, Replacement, Scope
from ddd_lab.files.edit.search import SearchMatch
from ddd_lab.files.workspace.design_view import DesignView
from ddd_lab.files.workspace.workspace import Observer
from ddd_lab.spec.edit.arrange import Side, Way
from ddd_lab.spec.edit.history import History
from ddd_lab.spec.live.flow import Flow
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.problem import Problem

if TYPE_CHECKING:
    from ddd_lab.checks.fixes import Fix
    from ddd_lab.files.edit.model_names import ModelName
    from ddd_lab.implementation.prompts.prompt import Kind, Prompt
    from ddd_lab.implementation.staleness import Sync


class StartedRun(Protocol):
    """A run of Claude Code that was started."""

    @property
    def id(self) -> str:
        """By which it is found in ``.ddd/runs``."""


class Host(Protocol):
    """An open project (``ddd_lab.project.Project``, which this room may not import)."""

    root: Path
    design: DesignView
    documents: Documents
    history: History[Version]
    watcher: Watcher | None

    @property
    def name(self) -> str:
        """What people call the system."""

    @property
    def dirty(self) -> set[str]:
        """Paths with unsaved changes."""

    @property
    def conflicts(self) -> dict[str, Document]:
        """Documents that were changed here and on disk in the same place."""

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong with the design and its files."""

    def flow_problems(self, key: str) -> list[Problem]:
        """What is wrong inside one flow."""

    def flow_data(self, key: str) -> FlowData:
        """The present version of a flow."""

    def file_of(self, path: str) -> str:
        """The path of the file that is there for one, under another ending perhaps."""

    def flow_path(self, key: str) -> str:
        """The path of a flow's file."""

    def document(self, path: str) -> Document | None:
        """The document at a path."""

    def exists(self, path: str) -> bool:
        """Whether a file is there, on disk or as an unsaved new one."""

    def edit_flow(
        self, key: str, change: Callable[[FlowData], FlowData], label: str, token: str = ""
    ) -> FlowData:
        """Change a flow, as one undoable step."""

    def edit_data(
        self, path: str, change: Callable[[Data], Data], label: str, token: str = ""
    ) -> None:
        """Change any other file's data, as one undoable step."""

    def change(self, models: Mapping[str, Model | None], label: str, token: str = "") -> None:
        """Set what files should say, as one undoable step."""

    def step(self, label: str) -> AbstractContextManager[None]:
        """Everything changed inside is one undo step."""

    def copy_nodes(self, key: str, ids: Collection[str]) -> str:
        """Nodes of a flow as YAML text, with the connections among them."""

    def cut_nodes(self, key: str, ids: Collection[str]) -> str:
        """Copy nodes as text, then remove them as one undoable step."""

    def paste_nodes(
        self, key: str, text: str, at: tuple[float, float] | None = None
    ) -> tuple[str, ...]:
        """Add nodes from a text to a flow, as one undoable step; returns their ids."""

    def align(self, key: str, ids: Collection[str], side: Side) -> None:
        """Bring cards of a sheet into line, as one step."""

    def distribute(self, key: str, ids: Collection[str], way: Way) -> None:
        """Give cards of a sheet equal gaps, as one step."""

    def snap(self, key: str, ids: Collection[str] | None = None) -> None:
        """Put cards of a sheet on a grid, as one step."""

    def tidy(self, key: str, ids: Collection[str] | None = None) -> None:
        """Lay out a whole sheet, or some of its nodes, as one step."""

    def svg(self, at: str = "", *, theme: str = "light") -> str:
        """The map or sheet at a place as a picture."""

    def mermaid(self, at: str = "") -> str:
        """The map or sheet at a place as Mermaid text."""

    def undo(self) -> str:
        """Take the last step back."""

    def redo(self) -> str:
        """Do the last undone step again."""

    def save(self, paths: Iterable[str] | None = None) -> list[str]:
        """Write every file with unsaved changes."""

    def resolve(self, path: str, keep: str) -> None:
        """End a conflict."""

    def new_flow(self, name: str, domain: str, type: str = "traditional") -> Flow:
        """Add a flow."""

    def new_flows(
        self, template: str, domain: str, name: str = "", **parameters: str
    ) -> Sequence[Flow]:
        """Add all flows of a template."""

    def rename_flow(self, key: str, name: str) -> str:
        """Give a flow another name and id."""

    def move_flow(self, key: str, domain: str) -> str:
        """Move a flow to another domain."""

    def duplicate_flow(self, key: str, name: str = "") -> str:
        """Add a copy of a flow to its domain."""

    def delete_flow(self, key: str) -> None:
        """Delete a flow."""

    def describe_flow(self, key: str, description: str) -> None:
        """Say what a flow is for."""

    def add_domain(self, name: str, description: str = "") -> str:
        """Add a domain."""

    def rename_domain(self, domain: str, name: str) -> str:
        """Give a domain another name and id."""

    def delete_domain(self, domain: str, *, with_flows: bool = False) -> None:
        """Delete a domain."""

    def describe_domain(self, domain: str, description: str) -> None:
        """Say what a domain is for."""

    def wire_event(
        self,
        event: str,
        source: str,
        target: str,
        *,
        description: str = "",
        add_nodes: bool = False,
    ) -> None:
        """Let an event go from a domain or flow to another."""

    def unwire_event(self, event: str, source: str, target: str) -> None:
        """Take an event's way out of both domains' files."""

    def mentions_in_flows(
        self, flows: Collection[str] = (), domains: Collection[str] = ()
    ) -> list[Mention]:
        """Where flows name some flows or domains."""

    def dry_run(self, act: Callable[[], object], *, diffs: int | None = None) -> list[FileChange]:
        """What an operation would do to the files."""

    def search(self, text: str, limit: int = 50) -> list[SearchMatch]:
        """The best matches for some words."""

    def find(
        self, pattern: str, *, regex: bool = False, case: bool = False, in_: Scope = None
    ) -> list[Match]:
        """Every text that a pattern is found in."""

    def replace(
        self,
        pattern: str,
        replacement: str,
        *,
        regex: bool = False,
        case: bool = False,
        in_: Scope = None,
        ids: bool = False,
    ) -> Replacement:
        """What replacing a pattern would change."""

    @property
    def models(self) -> tuple[ModelName, ...]:
        """The language models to offer."""

    def node_yaml(self, key: str, id: str) -> str:
        """The lines of a node as saving would write them."""

    def preview_node_yaml(self, key: str, id: str, text: str) -> str:
        """The lines of the file that taking over edited lines would change."""

    def set_node_yaml(self, key: str, id: str, text: str) -> str:
        """Make a node say what edited lines say; returns its id then."""

    @property
    def sync(self) -> Sync:
        """How the design and its code stand to each other."""

    def accept_drift(self, key: str, reason: str) -> None:
        """Take a flow and its code as they are now for being in sync."""

    def prompt(self, *flows: str, kind: Kind = "implement") -> Prompt:
        """What Claude Code is to be told."""

    def implement(self, *flows: str, prompt: Prompt | None = None) -> StartedRun:
        """Start Claude Code in a terminal, with a prompt as the person has left it."""

    def fixes(self, problem: Problem) -> list[Fix]:
        """What can be done about a problem."""

    def fix_titles(self, problems: Iterable[Problem]) -> dict[Problem, list[str]]:
        """What can be done about those problems that something can be done about."""

    def preview_fix(self, fix: Fix) -> dict[str, tuple[str, str]]:
        """The text of every file that a fix changes, before and after."""

    def apply_fix(self, fix: Fix) -> None:
        """Carry a fix out, as one undoable step."""

    def fix_all(self) -> list[Fix]:
        """Apply every certain fix, as one undoable step."""

    def take_outside_changes(self) -> set[str]:
        """Take over what other programs wrote."""

    def observe(self, observer: Observer) -> Callable[[], None]:
        """Be told of every change."""
