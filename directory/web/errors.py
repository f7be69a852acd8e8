"""What the web front has to be told in order to answer in words instead of a failure."""

from enum import StrEnum
from typing import ClassVar


class WebCode(StrEnum):
    """The stable name of each failure that a page explains."""

    NETWORK_UNAVAILABLE = "NETWORK_UNAVAILABLE"


class NetworkUnavailable(Exception):
    """The network's figures cannot be read now; `retry_after` is in seconds, at least one.

    The composition root raises it where the graph's engine does not answer: pages never import the graph.
    """

    code: ClassVar[WebCode] = WebCode.NETWORK_UNAVAILABLE

    def __init__(self, retry_after: int = 5) -> None:
        """Take how long a caller should wait before asking again."""
        super().__init__("The network's figures cannot be read at the moment.")
        self.retry_after = max(1, retry_after)
