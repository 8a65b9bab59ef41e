"""Problems as the canvas shows them: counted per card and board, and as a list that leads there."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from hashlib import blake2b

from ddd_lab.canvas.protocol.messages import Counts, ProblemView
from ddd_lab.files.disk.paths import flow_key
from ddd_lab.problems import ORDER, place_of
from ddd_lab.spec.problem import Problem

_FIELDS = {"error": "errors", "warning": "warnings", "info": "infos"}

NONE = Counts()


class ProblemCounts:
    """The problems of a project, counted; those of cards ``todo`` by themselves."""

    def __init__(
        self,
        problems: Iterable[Problem] = (),
        flows: Iterable[str] = (),
        todo: Container[tuple[str, str]] = (),
    ) -> None:
        flow_keys = frozenset(flows)
        counts_of: dict[tuple[str, str], dict[str, int]] = {}

        def count(at: str, card: str, field: str) -> None:
            counts = counts_of.setdefault((at, card), {})
            counts[field] = counts.get(field, 0) + 1

        for problem in problems:
            at, card = place_of(problem, flow_keys)
            field = "todo" if (at, card) in todo else _FIELDS[problem.severity]
            count("*", "", field)
            domain, _, flow = at.partition("/")
            if domain:
                count("", domain, field)
            if flow:
                count(domain, flow, field)
            if card:
                count(at, card, field)
        self._counts: Mapping[tuple[str, str], Counts] = {
            place: Counts(**counts) for place, counts in counts_of.items()
        }

    @property
    def total(self) -> Counts:
        """All problems of the project."""
        return self._counts.get(("*", ""), NONE)

    def of(self, at: str, card: str) -> Counts:
        """The problems of a domain at the system, a flow at its domain, or a node at its flow."""
        return self._counts.get((at, card), NONE)


def key_of(problem: Problem) -> str:
    """What names a problem to commands, as long as nothing about it changes."""
    identity = (problem.rule, problem.path, problem.line, problem.column, problem.message)
    return blake2b(repr(identity).encode("utf-8", "replace"), digest_size=9).hexdigest()


def problem_views(
    problems: Iterable[Problem],
    flows: Iterable[str],
    *,
    title: Callable[[str, str], str] = lambda at, card: card or at,
    todo: Container[tuple[str, str]] = (),
) -> list[ProblemView]:
    """Problems for the list, worst first, otherwise in the order of the files.

    Args:
        title: what people call a card or a board.
    """
    flow_keys = frozenset(flows)

    def view(problem: Problem) -> ProblemView:
        at, card = place_of(problem, flow_keys)
        return ProblemView(
            severity=problem.severity,
            rule=problem.rule,
            message=problem.message,
            path=problem.path,
            line=problem.line,
            column=problem.column,
            at=at,
            card=card,
            field=[str(step) for step in problem.field] if flow_key(problem.path) else [],
            title=title(at, card),
            todo=(at, card) in todo,
            key=key_of(problem),
        )

    return [view(problem) for problem in sorted(problems, key=lambda p: ORDER[p.severity])]
