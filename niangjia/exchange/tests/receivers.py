"""Another system that is told: it listens on this machine, keeps what it was posted, and answers as a test wants it."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep


class Receiver(ThreadingHTTPServer):
    """Answers the statuses in `answers` one after the other, then 204; `waits` so long before."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Told)
        self.answers: list[int] = []
        self.waits = 0.0
        self.got: list[dict] = []  # all that came, whatever was answered
        self.heads: list[dict] = []
        self.bodies: list[bytes] = []
        self.thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/told"

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
        self.thread.join()


class Told(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.bodies.append(body)
        self.server.got.append(json.loads(body))
        self.server.heads.append(dict(self.headers))
        code = self.server.answers.pop(0) if self.server.answers else 204
        sleep(self.server.waits)
        self.send_response(code)
        if code in (301, 302, 307):
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_) -> None:
        pass
