"""Ports on loopback for the embedded engine: whether one is free, and a free one to start with."""

import secrets
import socket

from graph.errors import PortTaken

LOOPBACK = "127.0.0.1"
# Below the ranges from which Linux (32768) and macOS (49152) take the ports of outgoing connections: a port
# from there could be gone when a crashed engine wants it back a second later.
FIRST_PORT = 21000
LAST_PORT = 29999
# The engine's web server can't be turned off. It listens on loopback, behind the same password, on one of
# these.
WEB_PORTS = 40
_TRIES = 200


def is_free(port: int) -> bool:
    """Whether a server could listen on the port of the loopback address now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As Java does: a port whose last connections are still being forgotten is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port(preferred: int | None = None) -> int:
    """Give the preferred port where it is free, or any free one; raises PortTaken where none is."""
    candidates = secrets.SystemRandom().sample(range(FIRST_PORT, LAST_PORT - WEB_PORTS), _TRIES)
    if preferred is not None:
        candidates.insert(0, preferred)
    for port in candidates:
        if is_free(port):
            return port
    raise PortTaken(ports=f"{FIRST_PORT} to {LAST_PORT}")
