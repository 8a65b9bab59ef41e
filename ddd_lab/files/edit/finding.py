"""Search, find and replace, and the names of models, as methods of an open project."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ddd_lab.files.workspace.workspace import Workspace

if TYPE_CHECKING:
    from ddd_lab.files.edit.model_names import ModelName, ModelNames
    from ddd_lab.files.edit.replace import Match, Replacement, Scope
    from ddd_lab.files.edit.search import SearchIndex, SearchMatch


class UnlocatedProblem(Workspace):
    """A workspace that can be searched; what that needs is loaded when it is first asked for."""

    @cached_property
    def _search_index(self) -> SearchIndex:
        from ddd_lab.files.edit.search import SearchIndex

        return SearchIndex(self)

    @cached_property
    def _model_names(self) -> ModelNames:
        from ddd_lab.files.edit.model_names import ModelNames

        return ModelNames(self)

    def search(self, text: str, limit: int = 50) -> list[SearchMatch]:
        """The best matches for some words in all of the design: names first, then settings.

        Args:
            text: words that must all occur in one text, in any case.
            limit: how many hits at most.
        """
        self.take_outside_changes()
        return self._search_index.search(text, limit)

    def find(
        self,
        pattern: str,
        *,
        regex: bool = False,
        case: bool = False,
        in_: Scope = None,
    ) -> list[Match]:
        """Every text of the design that a pattern is found in.

        Args:
            pattern: the text, or with ``regex`` a regular expression.
            regex: whether it is one.
            case: whether capitals and small letters differ.
            in_: where to look: a domain, ``domain/flow``, ``domain/flow#node``, a file's path, or
                several; everywhere if left out.

        Raises:
            EditError: the pattern is empty or malformed, or there is no such place.
        """
        from ddd_lab.files.edit.replace import find_texts

        self.take_outside_changes()
        return find_texts(self, pattern, regex=regex, case=case, within=in_)

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
        r"""What replacing a pattern would change, to look at; ``.apply()`` does it as one step.

        Args:
            pattern: as for :meth:`find`.
            replacement: what to put there; with ``regex``, ``\1`` stands for the first group.
            regex: whether the pattern is a regular expression.
            case: whether capitals and small letters differ.
            in_: where to look; everywhere if left out.
            ids: whether ids of nodes are renamed too; references to flows never change here.

        Raises:
            EditError: the pattern or replacement is malformed, or there is no such place.
        """
        from ddd_lab.files.edit.replace import replace_texts

        self.take_outside_changes()
        return replace_texts(
            self, pattern, replacement, regex=regex, case=case, within=in_, ids=ids
        )

    @property
    def models(self) -> tuple[ModelName, ...]:
        """The language models to offer: those of ``.ddd/config.yaml``, then those in use."""
        self.take_outside_changes()
        return self._model_names.all()
