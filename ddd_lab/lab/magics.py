"""``%ddd`` and ``%%ddd``: a project in short words, in a notebook."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, runtime_checkable

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, magics_class

from ddd_lab.files.disk.storage import UnsafePathError
from ddd_lab.files.workspace.workspace import ProjectError
from ddd_lab.implementation.config import ConfigError
from ddd_lab.implementation.prompts.prompt import Prompt
from ddd_lab.implementation.runs import RunError
from ddd_lab.implementation.status_table import StaleTable
from ddd_lab.implementation.testing import TestRun
from ddd_lab.lab import question_magics
from ddd_lab.memory.keeper import memory_of
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.visible import visible

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ddd_lab.assist.tables import ModelTable, UsageTable
    from ddd_lab.implementation.trust import TrustedFolder
    from ddd_lab.lab.answer_handle import LiveAnswer
    from ddd_lab.lab.queue_handle import LiveQueue
    from ddd_lab.lab.run_handle import LiveRun
    from ddd_lab.memory.decision_file import Decision
    from ddd_lab.memory.flow_map import Dependencies
    from ddd_lab.memory.memory import Memory
    from ddd_lab.workbench import Workbench

_KNOWN = (ConfigError, EditError, OSError, ProjectError, RunError, UnsafePathError)
"""Errors that say in one line what is wrong, and what to do."""
_DEEDS = ("pause", "resume", "skip", "clear")


@runtime_checkable
class OpenProject(Protocol):
    """What the magics need of a project."""

    @property
    def workbench(self) -> Workbench:
        """What it stands on."""

    def stale(self) -> StaleTable:
        """What is stale."""

    def prompt(self, *flows: str) -> Prompt:
        """What Claude Code is to be told."""

    def implement(self, *flows: str) -> LiveRun:
        """Have Claude Code start on flows."""

    def queue(self, *flows: str) -> LiveQueue:
        """The queue; begun with flows, where some are named."""

    def test(self, flow: str = "") -> TestRun:
        """Run tests."""

    def trust(self) -> TrustedFolder:
        """Trust it."""


class Command(NamedTuple):
    """One command of ``%ddd``.

    Attributes:
        takes: its arguments, as the help shows them.
        does: what it does, in a line.
        names: what its arguments name, for completion.
        run: carries it out; returns what the cell shows. Of a cell magic it takes the lines below
            as well.
        sign: how it is called: ``%ddd``, or ``%%ddd`` for one that takes the lines below it.
    """

    takes: str
    does: str
    names: Literal["", "flows", "places"]
    run: Callable[..., Any]
    sign: Literal["%ddd", "%%ddd"] = "%ddd"


class Said(str):
    """Text that a cell shows as it is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return visible(self, lines=True)


@magics_class
class DddMagics(Magics):
    """``%ddd`` and its commands."""

    def __init__(self, shell: InteractiveShell, open_project: Callable[[str], OpenProject]) -> None:
        super().__init__(shell)
        self._shell = shell
        self._open_project = open_project
        self._project: OpenProject | None = None
        self.commands = {
            "open": Command("PATH", "open the project in a folder", "", self._open),
            "status": Command("", "the sync status of every flow", "", self._status),
            "stale": Command("", "what has changed since it was implemented", "", self._stale),
            "prompt": Command("FLOW...", "show the prompt for Claude Code", "flows", self._prompt),
            "implement": Command(
                "FLOW...",
                "have Claude Code implement flows in a terminal",
                "flows",
                self._implement,
            ),
            "tests": Command("[FLOW]", "run the tests of a flow, or all", "flows", self._tests),
            "queue": Command(
                f"[FLOW... | {' | '.join(_DEEDS)}]",
                "implement flows one after another, or show the queue",
                "flows",
                self._queue,
            ),
            "ask": Command(
                "[PLACE[#NODE]]",
                "ask a language model what the lines below say",
                "places",
                self._ask,
                "%%ddd",
            ),
            "review": Command("[FLOW]", "have it reviewed", "places", self._review),
            "explain": Command("[PLACE[#NODE]]", "have it explained", "places", self._explain),
            "suggest": Command(
                "[PLACE[#NODE]]", "have its next piece suggested", "places", self._suggest
            ),
            "models": Command("", "the language models, and whether they answer", "", self._models),
            "usage": Command("", "what language models took: tokens and cost", "", self._usage),
            "memory": Command("[FLOW]", "what the project remembers", "flows", self._memory),
            "decide": Command(
                "TITLE [--rationale TEXT] [--affects PLACE...]",
                "write a decision about the design down",
                "flows",
                self._decide,
            ),
            "trust": Command("", "trust the project: let its programs run", "", self._trust),
            "help": Command("", "this list", "", self._help),
        }

    @line_cell_magic
    def ddd(self, line: str, cell: str | None = None) -> Any:
        """Work with a design: ``%ddd help`` lists what there is."""
        try:
            words = shlex.split(line)
        except ValueError as error:
            raise UsageError(f"%ddd: {error}") from None
        name, *rest = words or ["help"]
        command = self.commands.get(name)
        if command is None:
            raise UsageError(f"%ddd has no {name!r}; there is: {', '.join(self.commands)}")
        if (command.sign == "%%ddd") is (cell is None):
            below = "the lines below it" if cell is None else "no lines below it"
            raise UsageError(f"{command.sign} {name} takes {below}")
        try:
            return command.run(rest) if cell is None else command.run(rest, cell)
        except KeyError as error:
            raise UsageError(visible(str(error.args[0]), lines=True)) from None
        except _KNOWN as error:
            raise UsageError(visible(str(error), lines=True)) from None

    # --- the commands ------------------------------------------------------------------------

    def _open(self, words: Sequence[str]) -> OpenProject:
        self._project = self._open_project(_only(words, "open", "PATH"))
        return self._project

    def _status(self, words: Sequence[str]) -> StaleTable:
        _none(words, "status")
        sync = self.project.workbench.sync
        sync.workspace.take_outside_changes()
        return StaleTable([*sync.flows(), *sync.schemas()])

    def _stale(self, words: Sequence[str]) -> StaleTable:
        _none(words, "stale")
        return self.project.stale()

    def _prompt(self, words: Sequence[str]) -> Prompt:
        return self.project.prompt(*_some(words, "prompt"))

    def _implement(self, words: Sequence[str]) -> LiveRun:
        return self.project.implement(*_some(words, "implement"))

    def _tests(self, words: Sequence[str]) -> TestRun:
        if len(words) > 1:
            raise UsageError("%ddd tests takes one flow, or none for all tests")
        return self.project.test(*words)

    def _queue(self, words: Sequence[str]) -> LiveQueue:
        if len(words) == 1 and words[0] in _DEEDS:
            changed: LiveQueue = getattr(self.project.queue(), words[0])()
            return changed
        return self.project.queue(*words)

    def _ask(self, words: Sequence[str], text: str) -> LiveAnswer:
        return question_magics.ask(self.project.workbench, words, text)

    def _review(self, words: Sequence[str]) -> LiveAnswer:
        return question_magics.wish(self.project.workbench, "review", words)

    def _explain(self, words: Sequence[str]) -> LiveAnswer:
        return question_magics.wish(self.project.workbench, "explain", words)

    def _suggest(self, words: Sequence[str]) -> LiveAnswer:
        return question_magics.wish(self.project.workbench, "suggest", words)

    def _models(self, words: Sequence[str]) -> ModelTable:
        from ddd_lab.assist.client import ModelClient
        from ddd_lab.assist.tables import ModelTable

        _none(words, "models")
        return ModelTable.of(ModelClient(self.project.workbench.root))

    def _usage(self, words: Sequence[str]) -> UsageTable:
        from ddd_lab.assist.tables import UsageTable

        _none(words, "usage")
        return UsageTable.of(self.project.workbench.root)

    def _memory(self, words: Sequence[str]) -> Memory | Dependencies:
        memory = memory_of(self.project.workbench)
        if len(words) > 1:
            raise UsageError("%ddd memory takes one flow, or none for all of the memory")
        return memory.dependencies(words[0]) if words else memory

    def _decide(self, words: Sequence[str]) -> Decision:
        said: dict[str, list[str]] = {"": []}
        option = ""
        for word in words:
            if word in ("--rationale", "--affects"):
                option = word
                said[option] = []
            else:
                said[option].append(word)
        title, why = " ".join(said[""]), " ".join(said.get("--rationale", ()))
        decisions = memory_of(self.project.workbench).decisions
        return decisions.add(title, why, affected=said.get("--affects", ()))

    def _trust(self, words: Sequence[str]) -> TrustedFolder:
        _none(words, "trust")
        return self.project.trust()

    def _help(self, _: Sequence[str]) -> Said:
        heads = {
            name: f"{command.sign} {name} {command.takes}"
            for name, command in self.commands.items()
        }
        width = max(map(len, heads.values()))
        return Said(
            "\n".join(f"{heads[name]:{width}}  {self.commands[name].does}" for name in heads)
        )

    @property
    def project(self) -> OpenProject:
        """The project that was opened here last, or the one that the notebook calls ``project``.

        Raises:
            UsageError: there is none.
        """
        project = self._project or self._shell.user_ns.get("project")
        if not isinstance(project, OpenProject):
            raise UsageError("no project is open here: %ddd open PATH (the folder with specs/)")
        return project

    # --- completion --------------------------------------------------------------------------

    def complete(self, _: object, event: Any) -> list[str]:
        """What may come next on a line."""
        before = str(event.line).split()
        words = before if str(event.line).endswith(" ") else before[:-1]
        if len(words) < 2:
            return list(self.commands)
        if words[1] == "open":
            return sorted(_folders(str(event.symbol)))
        command = self.commands.get(words[1])
        if command is None or not command.names:
            return []
        try:
            workbench = self.project.workbench
        except UsageError:
            return []
        if command.names == "places":
            begun = before[-1] if len(words) < len(before) else ""
            return question_magics.places(workbench, begun)
        return [*workbench.design.flow_keys, *(_DEEDS if words[1] == "queue" else ())]


def _folders(begun: str) -> Iterable[str]:
    folder = Path(begun if begun.endswith("/") else begun.rpartition("/")[0] or ".").expanduser()
    try:
        names = [path.name for path in folder.iterdir() if path.is_dir()]
    except OSError:
        return
    stem = begun.rpartition("/")[0]
    for name in names:
        if not name.startswith("."):
            yield f"{stem}/{name}/" if "/" in begun else f"{name}/"


def _none(words: Sequence[str], name: str) -> None:
    if words:
        raise UsageError(f"%ddd {name} takes no arguments")


def _only(words: Sequence[str], name: str, what: str) -> str:
    if len(words) != 1:
        raise UsageError(f"%ddd {name} takes one {what}; put it in quotes if it has spaces")
    return words[0]


def _some(words: Sequence[str], name: str) -> Sequence[str]:
    if not words:
        raise UsageError(f"%ddd {name} takes a flow: %ddd {name} domain/flow")
    return words


def load(shell: InteractiveShell, open_project: Callable[[str], OpenProject]) -> None:
    """Add ``%ddd`` to a notebook."""
    magics = DddMagics(shell, open_project)
    shell.register_magics(magics)
    for name in ("%ddd", "%%ddd", "ddd"):
        shell.set_hook("complete_command", magics.complete, str_key=name)  # type: ignore[no-untyped-call]
