"""PyYAML's parser: the one in C, or its twin in Python where a browser has none in C."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

if TYPE_CHECKING:
    from yaml.events import Event


class _PlainParser(Reader, Scanner, Parser):
    """Gives the same events as the parser in C, some thirty times slower."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def raw_parse(self) -> None:
        """Read all of it, for the errors."""
        events: Any = self
        while events.check_event():
            events.get_event()


def _parser(text: str) -> Any:
    try:
        from yaml._yaml import CParser
    except ImportError:
        return _PlainParser(text)
    return CParser(text)


def events_of(text: str) -> Callable[[], Event | None]:
    """A function that gives the next event of a text."""
    return cast("Callable[[], Event | None]", _parser(text).get_event)


def read_through(text: str) -> None:
    """Read a text, only for the errors that are in it."""
    _parser(text).raw_parse()
