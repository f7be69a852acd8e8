"""Somebody who asks a service again and again, while a journey does something to it."""

import threading
import time
from typing import Final

import httpx

from tests.journeys.command import Service

LOOK: Final = "{ participants(purpose: DISASTER_RESPONSE, first: 20) { nodes { id name phone } } }"


class Caller(threading.Thread):
    """Asks again and again until it is stopped, and keeps how each request was answered."""

    def __init__(self, service: Service, query: str = LOOK) -> None:
        """Take whom to ask what."""
        super().__init__(daemon=True)
        self.url, self.token, self.query = service.url, service.token("staff"), query
        self.answers: list[httpx.Response] = []
        self.broken = 0
        self._enough = threading.Event()

    def run(self) -> None:
        """Ask."""
        with httpx.Client(headers={"Authorization": f"Bearer {self.token}"}, timeout=30) as client:
            while not self._enough.is_set():
                try:
                    self.answers.append(client.post(f"{self.url}/graphql", json={"query": self.query}))
                except httpx.TransportError:
                    self.broken += 1
                    time.sleep(0.05)

    def stop(self) -> None:
        """Stop asking."""
        self._enough.set()
        self.join(60)
        assert not self.is_alive()

    @property
    def shown(self) -> dict[str, int]:
        """How many people each answer showed, by its trace."""
        return {
            answer.headers["x-trace-id"]: len(nodes)
            for answer in self.answers
            if answer.status_code == 200 and (nodes := answer.json()["data"]["participants"]["nodes"])
        }


def ready(service: Service) -> bool:
    """Say whether the service says that it is ready."""
    return httpx.get(f"{service.url}/health/ready", timeout=10).status_code == 200
