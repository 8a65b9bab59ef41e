"""Whom an adapter talks to, and how: address, key, time limits."""

from __future__ import annotations

import logging
import ssl
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pydantic import SecretStr

from ddd_lab.assist.addresses import is_loopback
from ddd_lab.assist.model_entry import ModelEntry, ProviderKind
from ddd_lab.visible import one_line

if TYPE_CHECKING:
    import httpx2

STAND_IN: Final = "the-key-is-put-in-when-it-is-sent"
"""What a vendor's SDK is given instead of the key, which it therefore cannot log or show."""

_VENDORS: Final[dict[ProviderKind, tuple[str, str]]] = {
    "anthropic": ("Anthropic", "https://api.anthropic.com"),
    "openai": ("OpenAI", "https://api.openai.com/v1"),
    "ollama": ("Ollama", "http://localhost:11434"),
    "openai_compatible": ("The server", ""),
}
_SENT: Final = {
    *("accept", "accept-encoding", "connection", "content-length", "content-type", "host"),
    *("transfer-encoding", "user-agent", "anthropic-version", "anthropic-beta"),
    *("authorization", "x-api-key"),
}
_CONNECT_SECONDS: Final = 10.0
_LONGEST_SILENCE: Final = 600.0
_QUICK_SECONDS: Final = 10.0


class Server:
    """A server of language models as an entry of the registry names it.

    Args:
        entry: of the registry.
        key: None where the server asks for none.
        key_name: the environment variable that the key is from.
    """

    def __init__(self, entry: ModelEntry, key: SecretStr | None = None, key_name: str = "") -> None:
        name, usual_url = _VENDORS[entry.provider]
        self.entry = entry
        self.key_name = key_name
        self.base_url = (entry.base_url or usual_url).rstrip("/")
        self._key = key
        plain = self.base_url == usual_url and entry.provider != "ollama"
        self.name = name if plain else f"{name} at {one_line(self.base_url)}"

    @property
    def in_sentence(self) -> str:
        """Its name where a sentence does not begin with it."""
        return self.name.replace("The server", "the server")

    @property
    def on_this_machine(self) -> bool:
        """Whether nothing leaves this machine."""
        return is_loopback(self.base_url)

    def client(self, *, quick: bool = False) -> httpx2.AsyncClient:
        """A client that follows no redirection and sends no header that we did not choose.

        Args:
            quick: for answers that are there at once; else the server may think for minutes.
        """
        import httpx2

        from ddd_lab.assist.providers.bounded import bound

        # At this level it repeats headers of answers, in which a server may repeat a key.
        logging.getLogger("httpcore2").setLevel(logging.INFO)
        silence = _QUICK_SECONDS if quick else _LONGEST_SILENCE
        return httpx2.AsyncClient(
            timeout=httpx2.Timeout(silence, connect=_CONNECT_SECONDS, pool=_CONNECT_SECONDS),
            follow_redirects=False,
            # A company's proxy and certificates count, but not on this machine.
            trust_env=not self.on_this_machine,
            verify=_tls(self.base_url.startswith("https:")),
            event_hooks={"request": [self._put_key_in], "response": [bound]},
        )

    def without_key(self, text: str) -> str:
        """A server's words, which may repeat the key."""
        if self._key is None:
            return text
        return text.replace(self._key.get_secret_value(), "…")

    async def _put_key_in(self, request: httpx2.Request) -> None:
        """Send the key, and keep from the server what an SDK tells of this machine by itself."""
        key = self._key.get_secret_value() if self._key else ""
        for name, value in list(request.headers.items()):
            if name not in _SENT or (STAND_IN in value and not key):
                del request.headers[name]
            elif STAND_IN in value:
                request.headers[name] = value.replace(STAND_IN, key)
        request.headers["accept-encoding"] = "identity"


@lru_cache(maxsize=2)
def _tls(used: bool) -> ssl.SSLContext:
    """Reading the system's certificates takes long: once is enough, and never without TLS."""
    if not used:
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    import httpx2

    return httpx2.create_ssl_context()
