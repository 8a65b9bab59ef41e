"""An open design with what the canvas, the panel and the command line need of it."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ddd_lab.capabilities import lack_of
from ddd_lab.files.disk.watching import Watcher, WatchWarning
from ddd_lab.files.edit.design_workspace import DesignWorkspace
from ddd_lab.problems import ProblemBook
from ddd_lab.spec.edit import arrange
from ddd_lab.spec.edit.nodes import move_nodes
from ddd_lab.spec.paths import MAPPING_FILE
from ddd_lab.spec.problem import Problem

if TYPE_CHECKING:
    from ddd_lab.checks.fixes import Fix
    from ddd_lab.implementation.config import AssistMode
    from ddd_lab.implementation.prompts.prompt import Kind, Prompt
    from ddd_lab.implementation.staleness import Sync
    from ddd_lab.maps.layout import View
    from ddd_lab.spec.edit.sheet_style import ChosenStyle


class Workbench(DesignWorkspace):
    """An open design: edits, problems and their fixes, pictures, and the status of its code.

    People hold a :class:`ddd_lab.project.Project`, which shows them the part that they need.
    """

    def __init__(self, root: str | Path, *, watch: bool = True) -> None:
        from ddd_lab.implementation.trust_new_design import is_blank

        super().__init__(root)
        self._is_blank = not self.documents and is_blank(self.root)
        self._book = ProblemBook(self)
        self.problem_sources: list[Callable[[Path], Iterable[Problem]]] = []
        """What rooms above this one find wrong with a project's folder."""
        self.companions: dict[str, Any] = {}
        """What rooms above this one keep beside it for as long as it lives, by their names."""
        self.watcher = Watcher(self) if watch and not lack_of("watching") else None

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong with the design and its files, by file and line."""
        from ddd_lab.implementation.config import config_problem

        self.take_outside_changes()
        settings = config_problem(self.root)
        others = [problem for source in self.problem_sources for problem in source(self.root)]
        return self._book.all([settings, *others] if settings is not None else others)

    def flow_problems(self, key: str) -> list[Problem]:
        """What is wrong inside one flow, without regard to the others."""
        return self._book.of_flow(key)

    def fixes(self, problem: Problem) -> list[Fix]:
        """The quick fixes of a problem: changes that need no decision by a person."""
        from ddd_lab.checks.fixes import fixes_for

        self.take_outside_changes()
        return fixes_for(self, problem)

    def fix_titles(self, problems: Iterable[Problem]) -> dict[Problem, list[str]]:
        """The titles of the quick fixes, for each problem that has some."""
        from ddd_lab.checks.fixes import fix_titles

        return fix_titles(self, problems)

    def preview_fix(self, fix: Fix) -> dict[str, tuple[str, str]]:
        """The text of every file that a fix changes, before and after; nothing is changed."""
        from ddd_lab.checks.fixes import preview

        return preview(self, fix)

    def apply_fix(self, fix: Fix) -> None:
        """Carry a fix out, as one undoable step."""
        from ddd_lab.checks.fixes import apply_fix

        apply_fix(self, fix)

    def fix_all(self) -> list[Fix]:
        """Apply every quick fix, as one step; returns them."""
        from ddd_lab.checks.fixes import fix_all
        from ddd_lab.implementation.writers import require_leave

        require_leave(self.root, "fixes")
        return fix_all(self)

    @property
    def mode(self) -> AssistMode:
        """How far helpers may go: ``explore`` (show only), ``ask`` or ``auto``."""
        from ddd_lab.implementation.writers import mode_of

        return mode_of(self.root)

    def mermaid(self, at: str = "") -> str:
        """The map or sheet at a place as Mermaid text (``@flows``: every flow and its links)."""
        from ddd_lab.maps import mermaid

        return mermaid(self.design, at)

    def svg(self, at: str = "", *, theme: str = "light") -> str:
        """The map or sheet at a place as a picture, SVG text; ``theme`` is light or dark."""
        from ddd_lab.maps import svg

        return svg(self.design, at, theme=theme)

    def html(self, at: str = "") -> str:
        """The whole design as one HTML page that opens at a place."""
        from ddd_lab.maps.html import html_page

        return html_page(self, self.name, self.problems, at)

    def new_flow(
        self,
        name: str,
        domain: str,
        type: str = "traditional",
        *,
        template: str = "",
        **parameters: str,
    ) -> str:
        """Add a flow, listed in its domain, as one step; returns its key."""
        if template or parameters:
            return self.new_flows(template, domain, name, **parameters)[0]
        from ddd_lab.files.edit.new_flow import new_flow

        return new_flow(self, name, domain, type)

    def new_flows(self, template: str, domain: str, name: str = "", **parameters: str) -> list[str]:
        """Add all flows of a template, with the schema and events they need, as one step."""
        from ddd_lab.files.edit.from_template import new_flows

        return list(new_flows(self, template, domain, name, parameters))

    def take_outside_changes(self) -> set[str]:
        """Take over what other programs wrote; warns once where that is noticed otherwise."""
        if self.watcher is not None and (words := self.watcher.news()):
            warnings.warn(words, WatchWarning, stacklevel=3)
        return super().take_outside_changes()

    def close(self) -> None:
        """Stop watching the files. The project can still be used."""
        if self.watcher is not None:
            self.watcher.stop()
            self.watcher = None

    def twin(self) -> Workbench:
        """A workbench beside this one, for trying things out: nobody observes it, nothing is saved.

        :meth:`follow` lets it hold what this one holds by then; any thread may use it, one at a
        time.
        """
        twin = copy.copy(self)
        for cached in ("sync", "_search_index", "_model_names"):
            twin.__dict__.pop(cached, None)
        twin.begin_anew()
        twin.watcher = None
        twin.companions = {}
        twin._book = ProblemBook(twin)
        twin.follow(self)
        return twin

    # --- cards of a sheet ---

    def align(self, key: str, ids: Collection[str], side: arrange.Side) -> None:
        """Align cards of a sheet, as one step."""
        self._move(key, arrange.align(self._areas(key, ids), side), "align", ids)

    def distribute(self, key: str, ids: Collection[str], way: arrange.Way) -> None:
        """Distribute cards of a sheet with equal gaps, as one step."""
        self._move(key, arrange.distribute(self._areas(key, ids), way), "distribute", ids)

    def snap(self, key: str, ids: Collection[str] | None = None, grid: float = 20) -> None:
        """Put cards of a sheet on a grid, as one step."""
        areas = self._areas(key, ids)
        self._move(key, arrange.snap(areas, grid), "snap", areas)

    def tidy(
        self,
        key: str,
        ids: Collection[str] | None = None,
        *,
        style: ChosenStyle | None = None,
        view: View | None = None,
    ) -> None:
        """Lay out a whole sheet, or some of its nodes, as one step; notes go with their cards.

        Args:
            key: ``domain/flow``.
            ids: of at least two nodes; the whole sheet if left out.
            style: how the whole sheet is to lie from now on; as it was chosen if left out.
            view: the size of the canvas that shows it; that of a usual cell if left out.
        """
        from ddd_lab.maps.arrange import tidied
        from ddd_lab.maps.layout import CELL
        from ddd_lab.spec.edit.nodes import EditError
        from ddd_lab.spec.edit.sheet_style import STYLE_WORDS
        from ddd_lab.spec.no_such import meant

        if style is not None and style not in STYLE_WORDS:
            raise EditError(f"there is no style {style!r}{meant(style, STYLE_WORDS)}")
        what = "the sheet" if ids is None else f"{len(ids)} cards"
        self.edit_flow(
            key,
            lambda flow: tidied(flow, ids, style=style, view=view or CELL),
            f"tidy {what}" if style is None else f"lay out the sheet {STYLE_WORDS[style]}",
        )

    def _move(
        self, key: str, places: Mapping[str, tuple[float, float]], what: str, ids: Collection[str]
    ) -> None:
        self.edit_flow(key, lambda flow: move_nodes(flow, places), f"{what} {len(ids)} cards")

    def _areas(self, key: str, ids: Collection[str] | None) -> Mapping[str, arrange.Area]:
        from ddd_lab.maps import sheet
        from ddd_lab.maps.arrange import shown_areas

        cards = sheet(self.flow_data(key), key)["nodes"]
        return shown_areas(cards, [card["id"] for card in cards] if ids is None else ids)

    # --- design and code ---

    def save(self, paths: Iterable[str] | None = None) -> list[str]:
        """Write every file with unsaved changes (or only some), each atomically.

        A new design in an empty folder is trusted from the start.
        """
        written = super().save(paths)
        if written and self._is_blank:
            from ddd_lab.implementation.trust_new_design import trust_what_was_begun

            self._is_blank = False
            trust_what_was_begun(self.root)
        return written

    @cached_property
    def sync(self) -> Sync:
        """Whether the design and its code are in sync."""
        from ddd_lab.implementation.staleness import Sync

        return Sync(self)

    def prompt(self, *names: str, kind: Kind = "implement") -> Prompt:
        """The prompt for Claude Code; nothing is sent."""
        from ddd_lab.implementation.config import read_config
        from ddd_lab.implementation.prompts.by_kind import prompt_for

        self.take_outside_changes()
        self.reload([MAPPING_FILE, *map(self.flow_path, names)])
        return prompt_for(self.sync, read_config(self.root), names, kind)

    def accept_drift(self, key: str, reason: str) -> None:
        """Accept a flow and its code, or a schema, as in sync as they are now, and record why."""
        from ddd_lab.implementation.mapping_writer import accept_drift

        self.reload([MAPPING_FILE])
        accept_drift(self.sync, key, reason)
