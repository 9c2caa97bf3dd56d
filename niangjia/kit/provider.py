"""Staff may sign in through a provider of identities (OpenID Connect): a port. None is built in; without settings there is none.

The house takes one thing from it: that whoever stands at the door is a certain subject of a certain issuer. No name, no e-mail, no office.
`access/tests/test_provider.py` is the contract, against a provider that listens (docs/adr/0018).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

import jwt
from django.conf import settings
from django.core.cache import cache

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")  # signed by a key that only the provider has
SECONDS = 10  # that the provider may take to answer
SKEW = 60  # seconds by which its clock may differ from ours
REMEMBERED = 3600  # seconds for which its addresses and keys are remembered
MOST = 262_144  # bytes of an answer
HERE = ("127.0.0.1", "localhost", "::1")
DISCOVERY = "/.well-known/openid-configuration"
LONGEST = 255  # characters of a subject, as OpenID Connect Core 2 says


class Away(Exception):
    """The provider does not answer, or not in a way that can be read."""


class NotProved(Exception):
    """What came back proves nothing: `word` says why (state, answer, code, signature, issuer, audience, expired, nonce, subject)."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True)
class Provider:
    """Who vouches for people: its issuer, what we are to it, how it is called, and what it says that counts as a second factor."""

    issuer: str
    client: str
    secret: str
    name: str
    trusts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Way:
    """One sign-in that was begun: what only this browser's session knows."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Proved:
    """Who stands at the door, and whether the provider has asked for a second factor that is trusted here."""

    issuer: str
    subject: str
    second: bool


def provider() -> Provider | None:
    """The provider of this house; None where none is set."""
    said = settings.OIDC
    if not said["issuer"]:
        return None
    return Provider(said["issuer"], said["client"], said["secret"], said["name"] or "OpenID Connect", frozenset(said["trusts"]))


def secure(url: str) -> bool:
    """Whether an address is one for secrets: https, or this machine."""
    said = urllib.parse.urlsplit(url)
    return bool(said.hostname) and (said.scheme == "https" or (said.scheme == "http" and said.hostname in HERE))


class _Stay(urllib.request.HTTPRedirectHandler):
    """A provider that sends us elsewhere is not followed: a secret would go along."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _json(url: str, body: bytes | None = None, **heads: str) -> dict[str, Any]:
    """Ask the provider. Away if it does not answer; NotProved if it refuses what was sent."""
    if not secure(url):
        raise Away("insecure")
    asked = urllib.request.Request(url, body, {"Accept": "application/json", **heads})  # noqa: S310 - `secure` takes http alone
    try:
        with urllib.request.build_opener(_Stay).open(asked, timeout=SECONDS) as answer:
            said = json.loads(answer.read(MOST))
    except urllib.error.HTTPError as fault:
        fault.close()
        if body is not None and fault.code in (400, 401, 403):
            raise NotProved("code") from None
        raise Away(str(fault.code)) from None
    except (OSError, HTTPException, ValueError) as fault:
        raise Away(type(fault).__name__) from None
    if not isinstance(said, dict):
        raise Away("shape")
    return said


def _remembered(name: str, url: str, *, anew: bool = False) -> dict[str, Any]:
    """A document of the provider, asked for once an hour."""
    key = f"provider-{name}-{hashlib.sha256(url.encode()).hexdigest()}"
    said: dict[str, Any] | None = None if anew else cache.get(key)
    if said is None:
        said = _json(url)
        cache.set(key, said, REMEMBERED)
    return said


def addresses(one: Provider) -> dict[str, Any]:
    """Where the provider is asked for what. Away if it speaks for another issuer, or leaves something out."""
    said = _remembered("addresses", one.issuer.rstrip("/") + DISCOVERY)
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if said.get("issuer") != one.issuer or not all(isinstance(said.get(name), str) and secure(said[name]) for name in needed):
        raise Away("discovery")
    return said


def begin(one: Provider, back: str, **more: str) -> tuple[str, Way]:
    """Where the browser is sent, and what its session keeps until it comes back to `back`."""
    way = Way(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(way.verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code", "scope": "openid", "client_id": one.client, "redirect_uri": back, "state": way.state, "nonce": way.nonce,
        "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    there = addresses(one)["authorization_endpoint"]
    return there + ("&" if "?" in there else "?") + urllib.parse.urlencode(asked | more), way


def prove(one: Provider, code: str, way: Way, back: str) -> Proved:
    """Turn a code into who it is. NotProved if anything does not fit; Away if the provider does not answer."""
    there = addresses(one)
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": way.verifier, "client_id": one.client}
    heads = {"Content-Type": "application/x-www-form-urlencoded"}
    methods = there.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_basic" in methods:
        pair = ":".join(urllib.parse.quote(each, safe="") for each in (one.client, one.secret))
        heads["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    else:
        asked["client_secret"] = one.secret
    said = _json(there["token_endpoint"], urllib.parse.urlencode(asked).encode(), **heads)
    return _read(one, said.get("id_token"), way.nonce)


def _read(one: Provider, token: Any, nonce: str) -> Proved:
    """What the provider has signed, if it is for us, for now, and for this browser."""
    if not isinstance(token, str):
        raise NotProved("answer")
    try:
        claims = jwt.decode(
            token, _key(one, token), algorithms=list(ALGORITHMS), audience=one.client, issuer=one.issuer, leeway=SKEW,
            options={"require": ["iss", "aud", "exp", "iat", "sub"]},
        )  # fmt: skip
    except jwt.ExpiredSignatureError:
        raise NotProved("expired") from None
    except jwt.InvalidIssuerError:
        raise NotProved("issuer") from None
    except jwt.InvalidAudienceError:
        raise NotProved("audience") from None
    except (jwt.PyJWTError, ValueError, TypeError):
        raise NotProved("signature") from None
    if claims.get("azp", one.client) != one.client or (isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and "azp" not in claims):
        raise NotProved("audience")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise NotProved("nonce")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST or not subject.isprintable():
        raise NotProved("subject")
    amr = claims.get("amr")
    said = {*(amr if isinstance(amr, list) else []), claims.get("acr")}
    return Proved(one.issuer, subject, bool(one.trusts & {each for each in said if isinstance(each, str)}))


def _key(one: Provider, token: str) -> Any:
    """The key that signed; the provider's keys are asked for anew once, when none of those known bears its name."""
    name, url = jwt.get_unverified_header(token).get("kid"), addresses(one)["jwks_uri"]
    for anew in (False, True):
        keys = jwt.PyJWKSet.from_dict(_remembered("keys", url, anew=anew)).keys
        fits = [key for key in keys if key.public_key_use in (None, "sig") and (name is None or key.key_id == name)]
        if len(fits) == 1:
            return fits[0]
    raise NotProved("signature")


def leave(one: Provider, back: str) -> str:
    """Where somebody signs out of the provider too; empty if it has no such place, or does not answer."""
    try:
        there = addresses(one).get("end_session_endpoint")
    except (Away, NotProved):
        return ""
    if not isinstance(there, str) or not secure(there):
        return ""
    return there + ("&" if "?" in there else "?") + urllib.parse.urlencode({"client_id": one.client, "post_logout_redirect_uri": back})
