"""Couriers: a gateway over TLS or on this machine, never in the clear elsewhere; and the queue before them."""

import asyncio
import io
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar

import pytest

from consent.vocabulary import Channel
from directory.errors import SettingInvalid
from directory.rights.courier import Message, Outbox, WebhookCourier

MESSAGE = Message(Channel.SMS, "+821000001234", "Your code is 12345678.", "verification-1", "12345678")


class Gateway(BaseHTTPRequestHandler):
    """A gateway for the tests."""

    taken: ClassVar[list[tuple[str, dict[str, str]]]] = []
    status: ClassVar[int] = 200

    def do_POST(self) -> None:
        """Take a message."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((self.path, json.loads(body)))
        self.send_response(self.status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def gateway() -> Iterator[str]:
    """Serve the gateway on loopback."""
    Gateway.taken.clear()
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/send?from=city"
    server.shutdown()
    thread.join(10)
    server.server_close()


async def test_a_message_is_posted(gateway: str) -> None:
    """As JSON, to the address that was set."""
    await WebhookCourier(gateway).send(MESSAGE)
    expected = {"id": "verification-1", "channel": "SMS", "to": "+821000001234", "text": MESSAGE.text}
    assert Gateway.taken == [("/send?from=city", expected)]


@pytest.mark.parametrize("status", [302, 400, 500])
async def test_a_gateway_that_does_not_accept_is_an_error(
    gateway: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redirect is not followed: it could lead out of the house."""
    monkeypatch.setattr(Gateway, "status", status)
    with pytest.raises(OSError, match="did not accept"):
        await WebhookCourier(gateway).send(MESSAGE)
    assert len(Gateway.taken) == 1


@pytest.mark.parametrize(
    "url", ["http://gateway.example/", "http://10.0.0.1/", "ftp://127.0.0.1/", "canary", "", "http://", "//127.0.0.1"]
)
def test_a_gateway_in_the_clear_elsewhere_is_refused(url: str) -> None:
    """At the start, by the setting's name, without its value."""
    with pytest.raises(SettingInvalid) as caught:
        WebhookCourier(url)
    assert "COURIER_URL" in str(caught.value)
    assert len(url) < 10 or url not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["https://gateway.example/x", "http://localhost:1/", "http://127.0.0.1/", "http://[::1]/"]
)
def test_a_gateway_over_tls_or_on_this_machine_is_accepted(url: str) -> None:
    """Nothing is spoken to yet."""
    assert WebhookCourier(url)


def test_a_message_shows_neither_address_nor_code() -> None:
    """Where it is printed, as in a failed assertion or a log."""
    assert repr(MESSAGE) == "Message(verification-1)"


class Slow:
    """A courier that fails at the first message, and waits for leave at each."""

    def __init__(self) -> None:
        """Begin with nothing sent."""
        self.sent: list[Message] = []
        self.go = asyncio.Event()

    async def send(self, message: Message) -> None:
        """Send, once there is leave."""
        await self.go.wait()
        self.sent.append(message)
        if len(self.sent) == 1:
            raise OSError


async def test_the_queue_takes_at_once_and_sends_later(log: io.StringIO) -> None:
    """Whoever puts is not kept waiting; what is not to be sent is not; a failure is logged by its class alone."""
    courier = Slow()
    outbox = Outbox(courier)
    for send in (True, False, True):
        outbox.put(MESSAGE, send=send)
    await asyncio.sleep(0)
    assert courier.sent == []
    courier.go.set()
    await outbox.drain()
    assert len(courier.sent) == 2
    faults = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [fault["event"] for fault in faults] == ["fault"]
    assert MESSAGE.address not in log.getvalue()
    assert MESSAGE.code not in log.getvalue()


async def test_a_full_queue_drops_and_says_so(log: io.StringIO) -> None:
    """It never grows beyond its bounds, whoever asks for codes."""
    outbox = Outbox(Slow())
    for _ in range(1_005):
        outbox.put(MESSAGE, send=False)
    await outbox.drain()
    events = [json.loads(line)["event"] for line in log.getvalue().splitlines()]
    assert events == ["outbox_full"] * 5


async def test_without_a_courier_nothing_is_sent_and_that_is_logged(log: io.StringIO) -> None:
    """A directory of real people without a gateway says so in its log."""
    outbox = Outbox(None)
    outbox.put(MESSAGE, send=True)
    outbox.put(MESSAGE, send=False)
    await outbox.drain()
    assert [json.loads(line)["event"] for line in log.getvalue().splitlines()] == ["courier_missing"]
