"""A kernel of the server, which a test has do something beside the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient

from tests.browser.timeouts import Timeouts


class Kernel:
    """A kernel by its connection file."""

    def __init__(self, connection_file: Path) -> None:
        self._client = BlockingKernelClient(connection_file=str(connection_file))
        self._client.load_connection_file()
        # Without the heartbeat, which on a busy machine takes a slow kernel for a dead one.
        self._client.start_channels(hb=False)
        self._client.wait_for_ready(timeout=Timeouts.KERNEL)

    def close(self) -> None:
        """Let go of the kernel, which goes on."""
        self._client.stop_channels()

    def eval(self, code: str) -> str:
        """Execute code; returns what it printed and showed as text, without the final line end.

        Raises:
            AssertionError: the code raised; the message is its traceback.
            TimeoutError: the kernel did not answer.
        """
        parts: list[str] = []

        def collect(message: dict[str, Any]) -> None:
            content = message["content"]
            match message["header"]["msg_type"]:
                case "stream":
                    parts.append(content["text"])
                case "execute_result" | "display_data":
                    parts.append(content["data"].get("text/plain", ""))

        reply = self._client.execute_interactive(
            code,
            store_history=False,
            allow_stdin=False,
            timeout=Timeouts.KERNEL,
            output_hook=collect,
        )
        content = reply["content"]
        if content["status"] != "ok":
            raise AssertionError("\n".join(content.get("traceback", [content["status"]])))
        return "".join(parts).rstrip("\n")
