"""Every page of the house, derived from the table of routes: the thing that its address names, and a person who may open it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.db import transaction
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from niangjia.access.models import User
from niangjia.flow.api import ring
from niangjia.kit.dates import now, today
from niangjia.notices.models import Message
from niangjia.unions.actions import standing
from niangjia.unions.models import Office, Union
from niangjia.worklog.api import post
from tests.journeys.having_members import Register
from tests.journeys.having_offices import Offices
from tests.journeys.having_rights import Rights
from tests.journeys.having_unions import Tree
from tests.town import Town, person
from tools.routes import Route, routes

PASSWORD, SECRET = "a-long-enough-word-2015", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RATHER = {  # who is asked first: a page should have something on it
    "/account/": "door",
    "/members/": "firm_chair",
    "/unions/": "city_org",
    "/reviews/": "city_office",
    "/messages/": "hill_chair",
    "/overview/": "leader",
    "/rights/": "north_rights",
    "/exports/": "north_org",
    "/unions/reorganisations/": "city_org",
    "/unions/elections/": "north_org",
    "/unions/splits/": "north_org",
    "/unions/splits/<uuid:uuid>/step/settle/": "south_org",
    "/members/splits/": "north_org",
    "/unions/foundings/": "north_org",
    "/unions/taxpayers/": "north_org",
    "/unions/staffing/": "north_org",
    "/unions/<str:code>/entries/": "firm_chair",
    "/settings/": "north_org",
    "/access/accounts/": "security",
    "/desk/": "north_rights",
    "/me/": "member",
    "/me/requests/": "member",
    "/me/rights/": "member",
    "/sign-in/": "stranger",
    "/sign-in/member/code/": "coded",
    "/sign-in/member/card/": "coded",
    "/members/requests/": "firm_chair",
    "/ui/phone/": "stranger",
    "/me/account/": "door",
    "/search/": "north_org",
    "/account/login/": "stranger",
    "/account/signup/": "stranger",
    "/access/demo/": "stranger",
    "/join/": "stranger",
    "/board/": "stranger",
    "/notices/": "firm_chair",
    "/quality/": "north_org",
    "/account/password/": "stranger",
    "/account/password/change/": "door",
    "/account/inactive/": "stranger",
    "/account/provider/left/": "stranger",
    "/reconcile/": "north_org",
    "/returns/": "north_org",
    "/returns/<uuid:uuid>/step/sign/": "north_chair",
    "/asked/": "hill_chair",
    "/exchange/": "security",
}


@dataclass(frozen=True)
class Opened:
    """An address, who opens it, and what it answers: a page, something else to take away, or nothing to look at (with its status)."""

    path: str
    who: str
    status: int
    page: bool


FOUND: dict[str, Opened] = {}


class House(Rights, Register, Tree, Offices):
    """The town with something of everything in it, and everybody's key."""

    def __init__(self, town: Town, folder: Path) -> None:
        self.town, self.folder = town, folder
        self.clients = {"stranger": Client(), **{name: signed_in(user) for name, user in town.people.items()}}
        self.member = User.objects.create(username="member", name="沈会员", kind="MEMBER")
        self.clients["member"] = signed_in(self.member)
        self.clients["door"], self.clients["key"] = door("door"), door("key")
        self.clients["coded"] = Client()  # somebody at the door of members, to whose phone a code has gone
        session = self.clients["coded"].session
        session["door"] = {"row": str(uuid4()), "to": "100****0001"}
        session.save()
        self.clients["halfway"] = Client()
        self.clients["halfway"].post("/account/login/", {"login": "key", "password": PASSWORD})
        data = {"name": "U盾", "credential": credential(), "passwordless": True}
        key = Authenticator.objects.create(user=User.objects.get(username="key"), type=Authenticator.Type.WEBAUTHN, data=data)
        self.fill = {"/account/": {"pk": key.pk, "key": "x", "uidb36": "x"}}
        self.extra = []
        with transaction.atomic():
            self.cases()
        post()
        self.register()
        self.helped()
        self.affairs()
        self.reviews()
        self.moves()
        self.elections()
        self.foundings()
        self.firms()
        self.splits()
        self.sheets()
        self.exports()
        self.lists()
        self.returned()
        self.wanted()
        self.values()
        self.staffing()
        self.systems()
        self.notices()
        ring(now() + timedelta(hours=3))
        message = Message.objects.filter(to=town.hill_chair).latest("pk")
        boss = Office.objects.get(union=town.north, user=town.north_chair)
        standing.stand_in(boss, to=town.north_org, since=today(), last=today() + timedelta(days=5), by=town.north_chair)
        self.extra += [f"/unions/away/{boss.uuid}/"]
        account = self.town.people["firm_chair"]
        office = Office.objects.get(union=town.hill, user=town.hill_chair)
        self.fill |= {
            "/messages/": {"uuid": message.uuid}, "/access/accounts/": {"uuid": account.uuid}, "/access/sessions/": {"number": 1}, "/figures/": {"code": "rights.events"},
            "/unions/": {"code": town.firm.code, "uscc": town.firm_unit.uscc}, "/unions/<str:code>/offices/": {"code": town.hill.code, "uuid": office.uuid},
            "/unions/away/": {"uuid": office.uuid},
        }  # fmt: skip
        self.extra += [
            f"/unions/{town.hill.code}/", f"/unions/{town.city.code}/", "/unions/?q=煤山", "/unions/tree/?q=煤山", "/search/?q=煤山", "/search/?q=没有",
            "/figures/unions.women.rate/", "/figures/unions.counties.covered/", "/figures/rights.disputes.growth/", "/figures/members.people/",
            "/figures/?group=rights", "/figures/?q=没有", "/rights/events/?view=open&kind=E06", "/rights/events/?q=没有", "/rights/disputes/?state=MEDIATING",
            "/members/?q=没有", "/messages/?v=receipt",
        ]  # fmt: skip

    # ---------- who opens what ----------

    def address(self, route: Route) -> str:
        """The route's address with the things of this town in it."""
        words: dict[str, Any] = {}
        for start in sorted(self.fill, key=len):
            if route.path.startswith(start):
                words |= self.fill[start]
        path = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route.path)
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(words.get(found[1], "x")), path)

    def people(self, path: str) -> Iterator[str]:
        """Everybody, who knows most of such pages first."""
        best = max((start for start in RATHER if path.startswith(start)), key=len, default="")
        first = [RATHER[best]] if best else []
        yield from first
        yield from (name for name in [*self.town.people, "door", "key", "member", "halfway", "coded", "stranger"] if name not in first)

    def opened(self, path: str, key: str = "") -> Opened:
        """The first person to whom an address answers; else the last answer that was given. Found once for each route: towns are alike."""
        if key in FOUND:
            return replace(FOUND[key], path=path)
        found = Opened(path, "", 0, page=False)
        for who in self.people(path):
            answer = self.clients[who].get(path)
            whole = not answer.streaming and b"<html" in answer.content  # a part that is fetched into a page is none itself
            answer.close()
            found = Opened(path, who, answer.status_code, page=answer.status_code == 200 and whole)
            if answer.status_code in (200, 405):
                break
        if key:
            FOUND[key] = found
        return found

    def every(self) -> dict[str, Opened]:
        """Every route with what it answers, by its path in the table."""
        return {route.path: self.opened(self.address(route), route.path) for route in routes()}

    def pages(self) -> dict[str, list[str]]:
        """The addresses of all pages, by the person who opens them."""
        found: dict[str, list[str]] = {}
        more = [self.opened(path, f"extra {n}") for n, path in enumerate(self.extra)]
        for one in [*self.every().values(), *more]:
            assert one.page or one.path not in self.extra, one
            if one.page:
                found.setdefault(one.who, []).append(one.path)
        return found


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def door(name: str) -> Client:
    """Somebody who came in by her password and was asked once more, with a code from her phone and codes on paper."""
    user = person(name, "施门", Union.objects.get(level=1), "office")
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.post("/account/login/", {"login": name, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    totp.TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return client


def credential() -> dict[str, Any]:
    """What a security key answers when it is added: a made-up key, in the form that the library reads again."""
    made = AttestedCredentialData.create(
        bytes(16), bytes(range(16)), ES256.from_cryptography_key(generate_private_key(SECP256R1()).public_key())
    )
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    answer = AttestationObject.create("none", AuthenticatorData.create(sha256(b"localhost").digest(), flags, 0, made), {})
    asked = CollectedClientData.create(CollectedClientData.TYPE.CREATE, bytes(32), "http://localhost")
    said = {"clientDataJSON": websafe_encode(asked), "attestationObject": websafe_encode(answer)}
    number = websafe_encode(made.credential_id)
    return {"id": number, "rawId": number, "type": "public-key", "response": said, "clientExtensionResults": {"credProps": {"rk": True}}}
