"""What people read in place of a key: ``system_prompt`` is “System prompt”."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_SPELLED = {
    word.lower(): word
    for word in (
        *("A/B", "AI", "API", "CSS", "CSV", "HTML", "HTTP", "ID", "IP", "IPC", "JSON", "LLM"),
        *("MCP", "OAuth", "PII", "SLA", "SQL", "SSE", "TTL", "URL", "XML", "YAML"),
    )
} | {"ab": "A/B", "oauth1a": "OAuth 1.0a", "ref": "reference"}
_SUFFIXES = ("_ms", "_seconds", "_ref")


def title_of(key: str) -> str:
    """A key as words, with a capital and acronyms as they are usually spelled.

    A unit at the end is left out, since it stands beside the field, and so is the word “ref”.

    >>> title_of("llm_routing"), title_of("timeout_ms"), title_of("triggerType")
    ('LLM routing', 'Timeout', 'Trigger type')
    """
    for suffix in _SUFFIXES:
        key = key.removesuffix(suffix)
    words = [word.lower() for word in _WORD.findall(key)] or [key]
    text = " ".join(_SPELLED.get(word, word) for word in words)
    return text[:1].upper() + text[1:]
