"""Quick fixes: one undoable edit that resolves a problem whose solution is clear.

``fixes_for`` says what could be done about a problem, ``apply_fix`` does it, and ``fix_all`` does
all that nobody needs to be asked about. Each fix is held against the checks before it stands: the
problem must be gone, and no new one may have come; otherwise everything is as before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ddd_lab.checks._incremental import IncrementalChecker
from ddd_lab.checks._quick_fixes import FixAction, fix_actions_of, fixable_rules
from ddd_lab.checks._runner import check
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.problem import Problem, UnlocatedProblem

if TYPE_CHECKING:
    from ddd_lab.files.documents.document import Document
    from ddd_lab.files.workspace.workspace import Workspace


@dataclass(frozen=True)
class Fix:
    """One thing that can be done about a problem.

    Attributes:
        title: what it does, as an order: “Set the flow's id to “pay””.
        rule: the rule whose problem it ends.
        where: the place of the problem, ``domain/flow#node`` or a path.
        certain: whether nobody needs to be asked; ``check --fix`` applies only such fixes.
        problem: what it ends.
    """

    title: str
    rule: str
    where: str
    certain: bool
    problem: UnlocatedProblem


def fixes_for(workspace: Workspace, problem: Problem | UnlocatedProblem) -> list[Fix]:
    """What can be done about a problem; mostly nothing, since most need a decision.

    Args:
        problem: one of its problems, or a problem of its design, as it is now.
    """
    if problem.rule not in fixable_rules():
        return []
    unlocated = problem if isinstance(problem, UnlocatedProblem) else _unlocated(workspace, problem)
    return list(_fixes(workspace, unlocated)) if unlocated else []


def fixable(workspace: Workspace) -> list[Fix]:
    """Every fix of every problem, in the problems' order."""
    return list(_fixable(workspace, check(workspace.design)))


def fix_titles(workspace: Workspace, problems: Iterable[Problem]) -> dict[Problem, list[str]]:
    """Titles of the fixes of those problems that have some, for lists of problems and menus."""
    by_place: dict[tuple[str, str, str], list[str]] = {}
    for fix in fixable(workspace):
        by_place.setdefault((fix.rule, fix.where, fix.problem.message), []).append(fix.title)
    keys = ((problem, (problem.rule, problem.where, problem.message)) for problem in problems)
    return {problem: list(dict.fromkeys(by_place[key])) for problem, key in keys if key in by_place}


def apply_fix(workspace: Workspace, fix: Fix) -> None:
    """Carry a fix out, as one undoable step.

    Raises:
        EditError: the design has changed so that the fix no longer fits, the change cannot be
            written, or it would bring new problems; everything is as before then.
    """
    action = _action_of(workspace, fix)
    with workspace.step(action.title):
        _Guard(workspace).apply(action, fix)


def fix_all(workspace: Workspace) -> list[Fix]:
    """Apply every certain fix, as one undoable step, until there is none left.

    Returns:
        Those that were applied, in that order. One that turns out not to fit is left out.
    """
    done: list[Fix] = []
    refused: set[tuple[str, str, str, str]] = set()
    guard = _Guard(workspace)
    with workspace.step("apply quick fixes"):
        while True:
            waiting = [
                fix
                for fix in _fixable(workspace, guard.problems)
                if fix.certain and (*_mark(fix.problem), fix.title) not in refused
            ]
            if not waiting:
                return done
            # From the last to the first: what leaves a list moves only what stands behind it.
            for fix in reversed(waiting):
                if guard.try_fix(fix):
                    done.append(fix)
                else:
                    refused.add((*_mark(fix.problem), fix.title))


def preview(workspace: Workspace, fix: Fix) -> dict[str, tuple[str, str]]:
    """The text of every file that a fix changes, before and after; nothing is changed.

    Raises:
        EditError: the fix does not fit.
    """
    from ddd_lab.files.documents.document import Document, Version

    texts: dict[str, tuple[str, str]] = {}
    for path, model in _action_of(workspace, fix).models.items():
        document = workspace.document(path) or Document(path)
        changed = replace(document, version=Version(model, epoch=document.epoch))
        texts[path] = (_text(document), _text(changed))
    return texts


def _text(document: Document) -> str:
    from ddd_lab.lossless_yaml import PatchError, YamlError

    try:
        return document.text()
    except (PatchError, YamlError) as error:
        raise EditError(f"{document.path} cannot be written: {error}") from error


class _Guard:
    """Holds what fixes change against the checks.

    Args:
        workspace: that they change, and nobody else meanwhile.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._checker = IncrementalChecker(workspace.design)
        self.problems = self._checker.everything()

    def apply(self, action: FixAction, fix: Fix) -> None:
        """Make the change of a fix.

        Raises:
            EditError: it cannot be written, does not end its problem, or would bring another one;
                whoever calls takes it back.
        """
        self._workspace.change(action.models, action.title)
        for path in action.models:
            _text(self._workspace.documents[path])
        problems = self._checker.everything()
        before, after, mark = _marks(self.problems), _marks(problems), _mark(fix.problem)
        if after[mark] >= before[mark]:
            raise EditError(
                f"The fix “{fix.title}” did not resolve “{fix.rule}” at {fix.where}. "
                "Nothing was changed."
            )
        if new := after - before:
            rule, where, message = next(iter(new))
            raise EditError(f"The fix “{fix.title}” would cause “{rule}” at {where}: {message}")
        self.problems = problems

    def try_fix(self, fix: Fix) -> bool:
        """Carry a fix out within a step that is open; what does not fit is taken back."""
        try:
            action = _action_of(self._workspace, fix)
        except EditError:
            return False
        models = {path: self._workspace.model(path) for path in action.models}
        try:
            self.apply(action, fix)
        except EditError:
            self._workspace.change(models, action.title)
            return False
        return True


def _action_of(workspace: Workspace, fix: Fix) -> FixAction:
    for action in fix_actions_of(workspace, fix.problem):
        if action.title == fix.title:
            models = {workspace.file_of(path): model for path, model in action.models.items()}
            return replace(action, models=models)
    raise EditError(
        f"The fix “{fix.title}” no longer applies because the design has changed. "
        f"Check the design again."
    )


def _fixable(workspace: Workspace, problems: Iterable[UnlocatedProblem]) -> Iterator[Fix]:
    for problem in problems:
        if problem.rule in fixable_rules():
            yield from _fixes(workspace, problem)


def _fixes(workspace: Workspace, unlocated: UnlocatedProblem) -> Iterator[Fix]:
    for action in fix_actions_of(workspace, unlocated):
        yield Fix(action.title, unlocated.rule, unlocated.place.where, action.certain, unlocated)


def _mark(unlocated: UnlocatedProblem) -> tuple[str, str, str]:
    """What stays the same of a problem when something before it is removed."""
    return (unlocated.rule, unlocated.place.where, unlocated.message)


def _marks(problems: Iterable[UnlocatedProblem]) -> Counter[tuple[str, str, str]]:
    return Counter(map(_mark, problems))


def _unlocated(workspace: Workspace, problem: Problem) -> UnlocatedProblem | None:
    """The problem that a problem tells of; by its line where several say the same."""
    from ddd_lab.files.documents.locations import problem_of

    alike = [
        unlocated
        for unlocated in check(workspace.design)
        if _mark(unlocated) == (problem.rule, problem.where, problem.message)
    ]
    exact = (unlocated for unlocated in alike if problem_of(workspace, unlocated) == problem)
    return next(exact, alike[0] if alike else None)
