"""A witness over HTTP, as somebody else would run one: it keeps what it is sent, and can be told to fail."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Kept:
    """What the witness was sent, and how it answers: 200 unless another status is set."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.notes: list[str] = []
        self.status = 200
        self.url = ""


@contextmanager
def witness_server() -> Iterator[Kept]:
    """Run the witness on loopback."""
    kept = Kept()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if kept.status == 200:
                kept.notes.append(body)
            self._answer(kept.status, b"")

        def do_GET(self) -> None:
            checkpoints = [note for note in kept.notes if "/latest-map" not in note]
            status = kept.status if checkpoints or kept.status != 200 else 404
            self._answer(status, checkpoints[-1].encode() if checkpoints else b"")

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    kept.url = f"http://127.0.0.1:{server.server_port}/notes"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
