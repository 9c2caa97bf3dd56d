"""Posts to addresses that people typed in: nothing inward, nothing redirected, to the judged address, over in time."""

from __future__ import annotations

import socket
import threading
from contextlib import closing
from ipaddress import ip_address
from time import monotonic, sleep

import pytest

from niangjia.kit.outward import NoAnswer, NotAllowed, checked, inward, post


@pytest.mark.parametrize(
    "ip",
    ["10.1.2.3", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::",
     "fe80::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1:2:3:4:5:6"],
)  # fmt: skip
def test_what_is_not_the_world_is_inward(ip):
    assert inward(ip_address(ip), ())


@pytest.mark.parametrize("ip", ["1.1.1.1", "93.184.216.34", "2606:4700::1111"])
def test_the_world_is_not(ip):
    assert not inward(ip_address(ip), ())


@pytest.fixture
def names(monkeypatch):
    """A directory of names that answers one after the other, as a forger's would."""
    answers = []
    asked = []

    def found(host, port, **_):
        asked.append(host)
        said = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in said]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    return answers, asked


def test_one_inward_answer_of_several_is_enough_to_refuse(names):
    names[0].append(["93.184.216.34", "10.0.0.1"])
    with pytest.raises(NotAllowed, match="inward"):
        checked("https://receiver.example/")


def test_a_name_that_answers_otherwise_a_moment_later_leads_nowhere(names, monkeypatch):
    """The connection goes to what was judged; the name is not looked up a second time."""
    names[0].extend([["93.184.216.34"], ["127.0.0.1"]])
    went = []

    def connect(there, *_):
        went.append(there)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NoAnswer, match="away"):
        post("https://receiver.example/", b"", {}, seconds=1)
    assert went == [("93.184.216.34", 443)]
    assert names[1] == ["receiver.example"]


def test_in_the_clear_only_on_this_machine(names, settings):
    settings.HOOK_NETWORKS = ["127.0.0.0/8", "10.0.0.0/8"]
    names[0].append(["10.0.0.1"])
    with pytest.raises(NotAllowed, match="scheme"):
        checked("http://receiver.example/")
    assert checked("https://receiver.example/").ip == "10.0.0.1"
    names[0][:] = [["127.0.0.1"]]
    assert checked("http://receiver.example:8080/a").path == "/a"


@pytest.mark.parametrize("url", ["https://a.example/?x", "https://a.example/#x", "https://u:p@a.example/", "https://a.example:99999/", "a.example", "https://a.example/\\x", "https://a b/", "https://例.example/"])  # fmt: skip
def test_what_carries_anything_else_is_no_address(url):
    with pytest.raises(NotAllowed, match="form"):
        checked(url)


def test_a_name_that_nobody_knows_is_away(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(NoAnswer, match="away"):
        checked("https://receiver.example/")


@pytest.fixture
def dripping(settings):
    """Somebody who sends one byte now and then, each time before the socket would lose patience."""
    settings.HOOK_NETWORKS = ["127.0.0.0/8"]
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def drip():
            line, _who = server.accept()
            with line:
                for letter in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 400:
                    try:
                        line.sendall(bytes([letter]))
                    except OSError:
                        return
                    sleep(0.05)

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        thread.join(5)


def test_whoever_drips_is_cut_off(dripping):
    begun = monotonic()
    with pytest.raises(NoAnswer, match="slow"):
        post(dripping, b"{}", {}, seconds=0.6)
    assert monotonic() - begun < 3
