"""A reply that has an end, whoever sends it: what comes beyond that is not read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

import httpx2

from ddd_lab.assist.providers.failures import UnreadableError

MOST_BYTES: Final = 32_000_000
"""Of one reply: far more than the longest answer that a model may give."""


class BoundedStream(httpx2.AsyncByteStream):
    """The bytes of a response, as long as they are what was asked for.

    Args:
        response: whose bytes they are.
    """

    def __init__(self, response: httpx2.Response) -> None:
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        self._stream = response.stream
        self._encoding = response.headers.get("content-encoding", "identity")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The bytes.

        Raises:
            UnreadableError: they are packed, which was not asked for, or too many.
        """
        if self._encoding != "identity":  # a few bytes could be gigabytes when they are unpacked
            raise UnreadableError("it is packed")
        room = MOST_BYTES
        async for piece in self._stream:
            room -= len(piece)
            if room < 0:
                raise UnreadableError("it does not come to an end")
            yield piece

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()


async def bound(response: httpx2.Response) -> None:
    """Give a response its end."""
    response.stream = BoundedStream(response)
