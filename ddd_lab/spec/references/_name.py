"""What a name in a spec is: where it stands, and which flow or domain it means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ddd_lab.spec.models.base import Path


class Name(NamedTuple):
    """A place where a spec names a flow, or a domain.

    Attributes:
        path: where, from the root of the file's data; in a flow, from the node that ``node`` names.
        domain: the domain that is meant; empty where a flow is named by its id alone and nothing
            says in which domain (it means the only flow of that id, if there is one).
        flow: id of the flow that is meant; empty where the domain as a whole is.
        whole: whether domain and flow stand there in one text, ``domain/flow``.
        beside: where the domain stands by itself, if it does.
        is_key: whether the name is the last key of the path rather than the value there.
        node: id of the node whose settings name it; empty elsewhere.
    """

    path: Path
    domain: str = ""
    flow: str = ""
    whole: bool = False
    beside: Path = ()
    is_key: bool = False
    node: str = ""


class Known:
    """The flows and domains that a design has, to tell names from other texts.

    Args:
        flows: keys ``domain/flow`` of all that have a file or are listed.
    """

    def __init__(self, flows: Iterable[str], domains: Iterable[str]) -> None:
        self.flows = frozenset(flows)
        self.domains = frozenset(domains)
        self._by_id: dict[str, list[str]] = defaultdict(list)
        for key in self.flows:
            domain, _, flow = key.partition("/")
            self._by_id[flow].append(domain)

    def home(self, flow: str) -> str:
        """The domain of the only flow of this id; empty if there is none, or several."""
        domains = self._by_id.get(flow, ())
        return domains[0] if len(domains) == 1 else ""

    def like_key(self, word: str) -> bool:
        """Whether a text has the form ``domain/flow`` with a domain of this design."""
        domain, slash, flow = word.partition("/")
        return bool(slash and flow and "/" not in flow and domain in self.domains)
