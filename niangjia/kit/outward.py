"""Posts to addresses that people typed in: checked before and connected to as checked, never redirected, over in so many seconds.

Whoever names an address could otherwise have the house look round in its own network (SSRF). So the name is looked up once, every answer is
judged, and the connection goes to the very address that was judged: a name that answers otherwise a moment later leads nowhere.

>>> plain("https://receiver.example/told")
('https', 'receiver.example', 443, '/told')
>>> [inward(ip_address(one), ()) for one in ("10.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "93.184.216.34")]
[True, True, True, False]
>>> inward(ip_address("10.0.0.1"), [ip_network("10.0.0.0/8")])
False
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))  # IPv6 addresses that end as IPv4 ones somewhere


class NotAllowed(Exception):
    """The address is none that the house posts to: `word` says why (form, scheme, inward, unknown)."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class NoAnswer(Exception):
    """Nobody answered, or not in time: `word` says which (away, slow, certificate)."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True)
class Place:
    """An address that was judged: what it is called, and where a connection goes."""

    scheme: str
    host: str
    port: int
    path: str
    ip: str


def allowed() -> list[Network]:
    """The networks of our own to which the house may post all the same: said by the operator, none by itself."""
    return [ip_network(one) for one in settings.HOOK_NETWORKS]


def plain(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path of an address; NotAllowed if it carries anything else, such as a password or a question."""
    try:
        said = urlsplit(url)
        port = said.port
    except ValueError:
        raise NotAllowed("form") from None
    odd = not url.isascii() or not url.isprintable() or " " in url or "\\" in url
    if (
        odd
        or said.scheme not in ("http", "https")
        or not said.hostname
        or "@" in said.netloc
        or said.query
        or said.fragment
        or "?" in url
        or "#" in url
    ):
        raise NotAllowed("form")
    return said.scheme, said.hostname, port or (443 if said.scheme == "https" else 80), said.path or "/"


def inward(ip: Address, networks: Iterable[Network]) -> bool:
    """Whether an address lies in a network that is not the world's, and was not allowed by name."""
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return inward(ip.ipv4_mapped, networks)
        if any(ip in net for net in TRANSLATED) or ip.sixtofour is not None or ip.teredo is not None:
            return True
    if any(ip.version == net.version and ip in net for net in networks):
        return False
    return not ip.is_global or ip.is_multicast or ip.is_reserved


def checked(url: str) -> Place:
    """Look a name up and judge all that it answers. NotAllowed for what the house does not post to; NoAnswer if nobody knows the name."""
    scheme, host, port, path = plain(url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NoAnswer("away") from None
    ips = [ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    networks = allowed()
    if not ips or any(inward(ip, networks) for ip in ips):
        raise NotAllowed("inward")
    if scheme == "http" and not all(ip.is_loopback for ip in ips):  # in the clear on this machine only
        raise NotAllowed("scheme")
    return Place(scheme, host, port, path, str(ips[0]))


class _To(HTTPConnection):
    """A connection to the judged address, under the name that its certificate must bear."""

    def __init__(self, place: Place, seconds: float) -> None:
        super().__init__(place.host, place.port, timeout=seconds)
        self.place = place

    def connect(self) -> None:
        self.sock = socket.create_connection((self.place.ip, self.place.port), self.timeout)
        if self.place.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.place.host)


@contextmanager
def _within(seconds: float, line: _To) -> Iterator[threading.Event]:
    """Cut the line when the time is over, however slowly the other side drips."""
    over = threading.Event()

    def cut() -> None:
        over.set()
        if line.sock is not None:
            with suppress(OSError):
                line.sock.shutdown(socket.SHUT_RDWR)

    clock = threading.Timer(seconds, cut)
    clock.daemon = True
    clock.start()
    try:
        yield over
    finally:
        clock.cancel()


def post(url: str, body: bytes, heads: Mapping[str, str], *, seconds: float) -> int:
    """Post a body; answers the status, whatever it is: a redirection is an answer like others and is not followed. NotAllowed, or NoAnswer."""
    place = checked(url)
    line = _To(place, seconds)
    with _within(seconds, line) as over:
        try:
            line.request("POST", place.path, body, dict(heads))
            status = line.getresponse().status
        except ssl.SSLCertVerificationError:
            raise NoAnswer("certificate") from None
        except TimeoutError:
            raise NoAnswer("slow") from None
        except (OSError, HTTPException, ValueError):
            raise NoAnswer("slow" if over.is_set() else "away") from None
        else:
            if over.is_set():  # a line that was cut reads like an answer that ends early
                raise NoAnswer("slow")
            return status
        finally:
            line.close()
