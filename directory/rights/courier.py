"""How a code reaches a person: couriers, and the queue from which they send after the answer has been given (L4)."""

import asyncio
import http.client
import ipaddress
import json
import os
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

from consent.vocabulary import Channel
from directory.errors import SettingInvalid
from directory.logs import log_event, log_fault

_MOST_WAITING: Final = 1_000
_SEND_TIME: Final = 10.0
_ACCEPTED: Final = range(200, 300)
_PRIVATE: Final = 0o700
_OWNER: Final = 0o600


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """A message with a code; `verification` and `code` are also in it apart, for a courier that keeps no address."""

    channel: Channel
    address: str
    text: str
    verification: str
    code: str

    def __repr__(self) -> str:
        """Show the verification alone."""
        return f"Message({self.verification})"


class Courier(Protocol):
    """Sends a message, or raises OSError."""

    async def send(self, message: Message) -> None:
        """Send one message."""


class FolderCourier:
    """Puts the code of a made-up city into a folder, for whoever tries it out; no address is ever written."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which is made with the first message."""
        self._folder = folder

    async def send(self, message: Message) -> None:
        """Write a file that its owner alone can read, named for the verification."""
        await asyncio.to_thread(self._write, message)

    def _write(self, message: Message) -> None:
        self._folder.mkdir(mode=_PRIVATE, exist_ok=True)
        path = self._folder / f"{message.verification}.json"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"verification": message.verification, "code": message.code}, file)


class WebhookCourier:
    """Posts messages to a gateway, over TLS unless it is on this machine; redirects are not followed."""

    def __init__(self, url: str) -> None:
        """Take the gateway's address; raises SettingInvalid for one that would be spoken to in the clear."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme not in {"https", "http"} or not host or (parts.scheme == "http" and not _is_loopback(host)):
            raise SettingInvalid(setting="COURIER_URL", must="begin with https://, or with http:// on this machine")
        self._secure, self._host, self._port = parts.scheme == "https", host, parts.port
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    async def send(self, message: Message) -> None:
        """Post one message as JSON; raises OSError for any answer but success."""
        await asyncio.to_thread(self._post, message)

    def _post(self, message: Message) -> None:
        connection = (
            http.client.HTTPSConnection(
                self._host, self._port, timeout=_SEND_TIME, context=ssl.create_default_context()
            )
            if self._secure
            else http.client.HTTPConnection(self._host, self._port, timeout=_SEND_TIME)
        )
        body = {"id": message.verification, "channel": message.channel, "to": message.address, "text": message.text}
        try:
            connection.request("POST", self._path, json.dumps(body), {"Content-Type": "application/json"})
            accepted = connection.getresponse().status in _ACCEPTED
        except http.client.HTTPException:
            accepted = False
        finally:
            connection.close()
        if not accepted:
            raise OSError("The courier's gateway did not accept a message.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Outbox:
    """Messages on their way: taken at once, sent one after the other by a task of its own.

    A message that is not to be sent goes the same way up to the last step. What does not fit, and what a courier does
    not take, is lost and logged: the person asks for another code.
    """

    def __init__(self, courier: Courier | None) -> None:
        """Take the courier; without one nothing is ever sent, and that is logged."""
        self._courier = courier
        self._waiting: asyncio.Queue[tuple[Message, bool]] = asyncio.Queue(_MOST_WAITING)
        self._task: asyncio.Task[None] | None = None

    def put(self, message: Message, *, send: bool) -> None:
        """Take a message, and come back at once."""
        try:
            self._waiting.put_nowait((message, send))
        except asyncio.QueueFull:
            log_event("outbox_full")
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def drain(self) -> None:
        """Wait until everything that was taken has been dealt with."""
        await self._waiting.join()

    async def _run(self) -> None:
        # It ends when there is nothing left, and the next message starts it anew: nothing has to be stopped.
        while not self._waiting.empty():
            message, send = self._waiting.get_nowait()
            try:
                if send and self._courier is not None:
                    await self._courier.send(message)
                elif send:
                    log_event("courier_missing")
            except Exception as failure:  # noqa: BLE001 - whatever it is, the next message has to be sent.
                log_fault(message.verification, failure)
            finally:
                self._waiting.task_done()
