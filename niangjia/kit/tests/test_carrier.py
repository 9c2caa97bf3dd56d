"""The contract of a carrier of short messages: whoever writes one for a provider adds it to `plugs`, and it must hold."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from niangjia.kit.carrier import Address, Away, Folder, Letter, NotTaken, carrier, plugged

LETTER = Letter("6f1c0d54-1111-4222-8333-444455556666", "10012345678", "sign-in-code", {"code": "135790"}, "135790")


class Gateway(ThreadingHTTPServer):
    """A provider's gateway: keeps what it was given by its key."""

    answers = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.given: dict[str, Any] = {}
        self.seen: list[str] = []


class Asked(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        said = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append(self.headers.get("Authorization", ""))
        if self.server.answers == 200:
            self.server.given.setdefault(self.headers["Idempotency-Key"], json.loads(said))
        body = json.dumps({"receipt": f"r-{self.headers['Idempotency-Key']}"}).encode()
        self.send_response(self.server.answers)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    served = Gateway()
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    yield served
    served.shutdown()
    served.server_close()
    thread.join()


@pytest.fixture(params=["folder", "address"])
def plug(request, tmp_path, gateway):
    """A carrier, and how to look what came out at its other end."""
    if request.param == "folder":
        return plugged(f"folder:{tmp_path / 'out'}"), lambda: [vars(one) for one in Folder(tmp_path / "out").last(9)]
    return plugged(f"http://127.0.0.1:{gateway.server_port}/", "secret"), lambda: list(gateway.given.values())


def test_a_house_may_have_a_messenger_beside_its_texts(settings, tmp_path):
    settings.SMS, settings.MESSENGER, settings.MESSENGER_KEY = "", f"folder:{tmp_path / 'chat'}", ""
    assert (carrier(), carrier("voice"), carrier("chat")) == (None, None, Folder(tmp_path / "chat"))
    settings.MESSENGER = ""
    assert carrier("chat") is None


@pytest.mark.parametrize("kind", ["sms", "voice", "chat"])
def test_each_kind_comes_out_as_it_was_sent(plug, kind):
    send, arrived = plug
    send.send(replace(LETTER, kind=kind))
    assert [one["kind"] for one in arrived()] == [kind]


def test_what_is_sent_comes_out_whole_and_once_by_its_key(plug):
    carrier, arrived = plug
    receipt = carrier.send(LETTER)
    assert 0 < len(receipt) <= 64
    assert carrier.send(LETTER) == receipt
    assert arrived() == [vars(LETTER)]


def test_a_call_comes_out_as_a_call(plug):
    carrier, arrived = plug
    carrier.send(replace(LETTER, key="6f1c0d54-1111-4222-8333-444455557777", kind="voice"))
    assert [one["kind"] for one in arrived()] == ["voice"]


def test_the_receipt_tells_nothing_of_the_number_or_of_the_words(plug):
    receipt = plug[0].send(LETTER)
    assert LETTER.number not in receipt
    assert LETTER.facts["code"] not in receipt


@pytest.fixture(params=["folder", "address"])
def unplugged(request, tmp_path):
    """A carrier behind which nobody is."""
    (tmp_path / "a-file").write_text("")
    return Folder(tmp_path / "a-file" / "out") if request.param == "folder" else Address("http://127.0.0.1:9/")


def test_who_is_away_may_be_asked_again_and_the_fault_names_nobody(unplugged):
    with pytest.raises(Away) as fault:
        unplugged.send(LETTER)
    assert LETTER.number not in str(fault.value)
    assert LETTER.facts["code"] not in str(fault.value)


@pytest.mark.parametrize(("status", "told"), [(503, Away), (429, Away), (400, NotTaken), (403, NotTaken)])
def test_an_address_says_by_its_status_whether_trying_again_may_help(gateway, status, told):
    gateway.answers = status
    with pytest.raises(told):
        Address(f"http://127.0.0.1:{gateway.server_port}/").send(LETTER)
    assert gateway.given == {}


def test_the_key_of_the_house_goes_with_it(gateway):
    Address(f"http://127.0.0.1:{gateway.server_port}/", "secret").send(LETTER)
    assert gateway.seen == ["Bearer secret"]


def test_a_setting_that_names_no_plug_is_told_so():
    assert plugged("") is None
    with pytest.raises(ValueError, match="NIANGJIA_SMS"):
        plugged("ftp://somewhere")
