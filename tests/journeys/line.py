"""A line between a phone and the house that can be cut, and that can swallow an answer after the house has done what was asked."""

from __future__ import annotations

import socket
import threading
from urllib.parse import urlsplit


class Line:
    """Passes bytes on as long as it is up; `deaf` once, the answer to a form is lost on the way back."""

    def __init__(self, house: str) -> None:
        there = urlsplit(house)
        self.house = (there.hostname or "localhost", there.port or 80)
        self.up, self.deaf, self.posts = True, False, 0
        self.ear = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.ear.getsockname()[1]}"
        self.open: set[socket.socket] = set()
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """No network any more: what runs breaks, what begins is refused."""
        self.up = False
        for one in list(self.open):
            self._end(one)

    def close(self) -> None:
        self.cut()
        self.ear.close()

    def _end(self, *ends: socket.socket) -> None:
        for one in ends:
            self.open.discard(one)
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
            finally:
                one.close()

    def _listen(self) -> None:
        while True:
            try:
                phone, _from = self.ear.accept()
            except OSError:
                return
            if not self.up:
                self._end(phone)
                continue
            try:
                house = socket.create_connection(self.house)
            except OSError:
                self._end(phone)
                continue
            self.open |= {phone, house}
            said = {"post": False}
            threading.Thread(target=self._asks, args=(phone, house, said), daemon=True).start()
            threading.Thread(target=self._answers, args=(house, phone, said), daemon=True).start()

    def _asks(self, phone: socket.socket, house: socket.socket, said: dict[str, bool]) -> None:
        try:
            while words := phone.recv(65536):
                if words.startswith(b"POST /rights/events/report/"):
                    said["post"] = True
                    self.posts += 1
                elif words.startswith(b"GET "):
                    said["post"] = False
                house.sendall(words)
        except OSError:
            pass
        self._end(phone, house)

    def _answers(self, house: socket.socket, phone: socket.socket, said: dict[str, bool]) -> None:
        try:
            while words := house.recv(65536):
                if self.deaf and said["post"]:
                    self.deaf = False
                    break
                phone.sendall(words)
        except OSError:
            pass
        self._end(house, phone)
