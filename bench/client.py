"""A caller over HTTP that costs next to nothing itself: one connection, kept open, answers unread."""

import asyncio
from typing import Self

from bench.errors import BenchStopped
from graph.engines.ports import LOOPBACK

_OK = 200


class Connection:
    """A kept connection to the service on this machine, opened anew when the service closed it for idleness."""

    def __init__(self, port: int, token: str) -> None:
        """Take the service's port and an access key."""
        self._port = port
        self._headers = (
            f"Host: {LOOPBACK}:{port}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        )
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> Self:
        """Return it; it connects when it is first used."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Close; harmless when repeated."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def post(self, body: bytes) -> bytes:
        """Post a body to /graphql and return the answer; raises BenchStopped for any status but 200."""
        head = f"POST /graphql HTTP/1.1\r\n{self._headers}Content-Length: {len(body)}\r\n\r\n"
        status, answer = await self._exchange(head.encode() + body)
        if status != _OK or not answer.startswith(b'{"data":{'):
            # The people are made up, and an answer that should not be is what one has to see.
            raise BenchStopped(f"The service answered {status}: {answer[:300].decode(errors='replace')}")
        return answer

    async def get(self, path: str) -> tuple[int, bytes]:
        """Get a path and return status and body; raises OSError where nobody listens."""
        return await self._exchange(f"GET {path} HTTP/1.1\r\n{self._headers}\r\n".encode())

    async def _exchange(self, request: bytes) -> tuple[int, bytes]:
        reader, writer = await self._connected()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        length = 0
        for line in lines[1:]:
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length":
                length = int(value)
        return int(lines[0].split()[1]), await reader.readexactly(length)

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._reader is None or self._writer is None or self._reader.at_eof():
            self.close()
            self._reader, self._writer = await asyncio.open_connection(LOOPBACK, self._port, limit=2**24)
        return self._reader, self._writer
