"""From an entry of the registry to the adapter that speaks with its server."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from pydantic import SecretStr

from ddd_lab.assist.default_models import KEYS
from ddd_lab.assist.model_entry import ModelEntry, ProviderKind
from ddd_lab.assist.providers.adapter import Adapter
from ddd_lab.assist.providers.anthropic import AnthropicAdapter
from ddd_lab.assist.providers.explainer import CONFIG
from ddd_lab.assist.providers.ollama import OllamaAdapter
from ddd_lab.assist.providers.openai import OpenAIAdapter
from ddd_lab.assist.providers.provider import Provider
from ddd_lab.assist.providers.server import Server
from ddd_lab.assist.replies import Outcome, ProviderError

_ADAPTERS: Final[dict[ProviderKind, type[Adapter]]] = {
    "anthropic": AnthropicAdapter,
    "openai": OpenAIAdapter,
    "openai_compatible": OpenAIAdapter,
    "ollama": OllamaAdapter,
}
_PACKAGES: Final[dict[ProviderKind, tuple[str, str]]] = {
    "anthropic": ("anthropic", "ddd-lab"),
    "openai": ("openai", "ddd-lab[openai]"),
    "openai_compatible": ("openai", "ddd-lab[openai]"),
    "ollama": ("httpx2", "ddd-lab"),
}
"""The package that an adapter needs, and what to install for it."""
_KEY: Final = re.compile(r"[!-~]*")


def connect(entry: ModelEntry, environ: Mapping[str, str] = os.environ) -> Provider:
    """The provider of a model; nothing is sent yet.

    Args:
        entry: of the registry.
        environ: where the key is looked up, by the name that the entry gives.

    Returns:
        The adapter; it may be used by several threads at once, and its ``repr`` shows no key.

    Raises:
        ProviderError: the address is none, a package is not installed, or the variable with the
            key is not set.

    >>> entry = ModelEntry(id="local", provider="ollama", model_id="llama3.1")
    >>> connect(entry)
    <OllamaAdapter http://localhost:11434>
    """
    _require_address(entry)
    package, install = _PACKAGES[entry.provider]
    if importlib.util.find_spec(package) is None:
        raise ProviderError(
            Outcome.FAILED,
            f"The package {package} is not installed, which “{entry.id}” needs. "
            f'Run: pip install "{install}"',
        )
    name = entry.api_key_env or ("" if entry.base_url else KEYS.get(entry.provider, ""))
    key = environ.get(name, "").strip() if name else ""
    if name and not key:
        raise ProviderError(
            Outcome.AUTH,
            f"The environment variable {name} is not set, which holds the key for “{entry.id}”. "
            f"Set it where JupyterLab is started (export {name}=…), then start JupyterLab again.",
        )
    if not _KEY.fullmatch(key):
        raise ProviderError(
            Outcome.AUTH,
            f"The environment variable {name} holds no key for “{entry.id}”: a key has no blanks "
            "and only plain letters. Put the key alone there, then start JupyterLab again.",
        )
    server = Server(entry, SecretStr(key) if key else None, name)
    return _ADAPTERS[entry.provider](server)


def _require_address(entry: ModelEntry) -> None:
    """Refuse an address that cannot be asked, or that holds a key; it is not repeated then."""
    url = entry.base_url
    try:
        parts = urlsplit(url)
        bare = not (parts.username or parts.password or parts.query or parts.fragment)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and bare
    except ValueError:
        usable = False
    if usable or not (url or entry.provider == "openai_compatible"):
        return
    raise ProviderError(
        Outcome.FAILED,
        f"base_url of “{entry.id}” {'is no address' if url else 'is missing'}. Write it like "
        f"http://localhost:1234/v1 in {CONFIG}, without a name, a key or a “?”.",
    )
