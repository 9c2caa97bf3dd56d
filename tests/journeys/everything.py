"""Every page of the house, derived from the table of routes: the thing that its address names, and a person who may open it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
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
from niangjia.exports import api as exports
from niangjia.files.api import attach
from niangjia.flow.api import ring
from niangjia.kit.dates import now, today
from niangjia.kit.exportable import EXPORTABLES
from niangjia.kit.spans import days
from niangjia.members import actions as members
from niangjia.members.models import Batch, Membership, Person
from niangjia.members.parameters import JOIN
from niangjia.members.tests.rosters import line, number, roster
from niangjia.notices.models import Message
from niangjia.reports import actions as reports
from niangjia.reports.api import seen
from niangjia.reports.tests.test_life import TEXT
from niangjia.rights import actions as rights
from niangjia.rulebook import api as rulebook
from niangjia.unions.actions import reorganise, standing
from niangjia.unions.models import Office, Union
from niangjia.unions.rehearsal import Plan
from niangjia.worklog.api import post
from tests.town import Town, person
from tools.routes import Route, routes

PASSWORD, SECRET = "a-long-enough-word-2015", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RATHER = {  # who is asked first: a page should have something on it
    "/account/": "door", "/members/": "firm_chair", "/unions/": "city_org", "/reviews/": "city_office", "/messages/": "hill_chair",
    "/overview/": "leader", "/rights/": "north_rights", "/exports/": "north_org", "/unions/reorganisations/": "city_org", "/settings/": "north_org", "/access/accounts/": "security", "/desk/": "north_rights", "/me/": "member",
    "/me/account/": "door", "/search/": "north_org", "/account/login/": "stranger", "/account/signup/": "stranger", "/access/demo/": "stranger",
    "/join/": "stranger", "/account/password/": "stranger", "/account/password/change/": "door", "/account/inactive/": "stranger",
}  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """An address, who opens it, and what it answers: a page, something else to take away, or nothing to look at (with its status)."""

    path: str
    who: str
    status: int
    page: bool


FOUND: dict[str, Opened] = {}


class House:
    """The town with something of everything in it, and everybody's key."""

    def __init__(self, town: Town, folder: Path) -> None:
        self.town, self.folder = town, folder
        self.clients = {"stranger": Client(), **{name: signed_in(user) for name, user in town.people.items()}}
        self.member = User.objects.create(username="member", name="沈会员", kind="MEMBER")
        self.clients["member"] = signed_in(self.member)
        self.clients["door"], self.clients["key"] = door("door"), door("key")
        self.clients["halfway"] = Client()
        self.clients["halfway"].post("/account/login/", {"login": "key", "password": PASSWORD})
        data = {"name": "U盾", "credential": credential(), "passwordless": True}
        key = Authenticator.objects.create(user=User.objects.get(username="key"), type=Authenticator.Type.WEBAUTHN, data=data)
        self.fill: dict[str, dict[str, Any]] = {"/account/": {"pk": key.pk, "key": "x", "uidb36": "x"}}
        self.extra: list[str] = []
        with transaction.atomic():
            self.cases()
        post()
        self.register()
        self.reviews()
        self.moves()
        self.exports()
        self.values()
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

    def cases(self) -> None:
        """An event that was confirmed and is followed, one that was closed, and a dispute with everything on it."""
        town, by = self.town, {"by": self.town.north_rights}
        facts = rights.Facts(
            town.firm_unit.name,
            "E06",
            46,
            employer=town.firm_unit,
            owed=Decimal(318000),
            months_owed=Decimal(2),
            demands="月底前付清工资。",
        )
        event = rights.report(town.firm, facts, by=town.firm_chair, send=True)
        rights.confirm(event, severity="ORANGE", why="电话核实。", **by)
        task = rights.add_task(event, department="LABOUR", what="核查工资支付台账", who="何监察", **by)
        rights.follow_up(event, text="46人情绪平稳。", **by)
        paper = attach(event, "到场笔录".encode(), name="笔录.txt", purpose="笔录", by=town.north_rights)
        other = rights.report(town.mill, rights.Facts(town.mill_unit.name, "E11", 4), by=town.mill_chair)
        rights.confirm(other, severity="BLUE", why="到场核实。", **by)
        rights.take_on(other, **by)
        rights.settle(other, resolution="说清了。", **by)
        rights.close_event(other, closing="经过和结果。", **by)
        made = rights.open_(town.north, rights.Opening("012", today(), facts="两个月工资未付。"), **by)
        rights.add_respondent(made, employer=town.firm_unit, **by)
        claimants = [
            rights.add_claimant(
                made, name=f"示例工{'甲乙丙丁戊己庚辛壬癸'[n % 10]}", number=number(n), phone="10000000001", claimed=Decimal(5000), **by
            )
            for n in (71, 72)
        ]
        waiting = rights.open_(town.north, rights.Opening("012", today()), **by)
        rights.accept(made, **by)
        rights.hear(made, held_at=now(), place="长兴县总工会", text="双方到场。", **by)
        rights.agree(made, amount=Decimal(8000), number="长调〔2026〕1号", on=today(), pay_by=today() + timedelta(days=30), **by)
        receipt = rights.receive(made, amount=Decimal(3000), on=today(), evidence="回单1", **by)
        going = rights.open_(town.north, rights.Opening("012", today(), facts="加班费未付。"), **by)
        rights.add_respondent(going, employer=town.firm_unit, **by)
        worker = rights.add_claimant(going, name="示例工戊", number=number(74), phone="10000000001", claimed=Decimal(900), **by)
        rights.accept(going, **by)
        fresh, handled, settled = (
            rights.report(town.mill, rights.Facts(town.mill_unit.name, kind, 5), by=town.mill_chair) for kind in ("E01", "E02", "E03")
        )
        for one in (handled, settled):
            rights.confirm(one, severity="BLUE", why="到场核实。", **by)
            rights.take_on(one, **by)
        rights.settle(settled, resolution="说清了。", **by)
        for page, one in (("confirm", fresh), ("settle", handled), ("close", settled)):
            self.fill[f"/rights/events/<uuid:uuid>/step/{page}/"] = {"uuid": one.uuid}
        for page in ("claim", "employers", "extension", "mediator", "step/agree", "workers"):
            self.fill[f"/rights/disputes/<uuid:uuid>/{page}/"] = {"uuid": going.uuid, "person": worker.person.uuid}
        self.extra += [fresh.get_absolute_url(), going.get_absolute_url()]
        self.fill |= {
            "/rights/events/": {"uuid": event.uuid, "task": task.uuid}, "/files/": {"uuid": paper.uuid},
            "/rights/disputes/": {
                "uuid": made.uuid, "uscc": town.firm_unit.uscc, "person": claimants[0].person.uuid, "receipt": receipt.uuid, "what": "id",
            },
        }  # fmt: skip
        self.extra += [other.get_absolute_url(), waiting.get_absolute_url(), f"/rights/events/report/?union={town.firm.code}"]

    def register(self) -> None:
        """A roster taken over, one with faults that waits, and somebody who applied."""
        town = self.town
        members.import_roster(roster(self.folder / "名册.csv", *map(line, range(1, 61))), town.firm, by=town.firm_chair)
        bad = [line(61), line(62, phone="123"), line(63, id=""), line(64, joined="2099-01-01"), line(65, id=number(61))]
        tried = members.import_roster(roster(self.folder / "错.csv", *bad), town.firm, by=town.firm_chair, dry_run=True)
        assert tried["bad"] == 4
        facts = members.Facts(name="示例新", number=number(80), phone="10000000080")
        applied = members.apply(town.firm, facts, by=town.firm_chair)
        taken, batch = Batch.objects.order_by("pk")
        one = Membership.objects.filter(union=town.firm, state="MEMBER").order_by("pk")[0]
        Person.objects.filter(pk=one.person_id).update(user=self.member)
        code = members.open_code(town.firm, by=town.firm_chair)
        asks = [
            members.send_in(
                code, uuid4(), members.Sent(f"示例申{'甲乙丙丁戊己庚辛壬癸'[n % 10]}", number(n), "10000000081", "COURIER", "快递员")
            )
            for n in (81, 82, 81)
        ]
        members.refuse(asks[1], reason="不在本单位工作。", by=town.firm_chair)
        closed = members.open_code(town.mill, by=town.mill_chair)
        members.close_code(town.mill, by=town.mill_chair)
        self.fill |= {
            "/members/": {"uuid": one.uuid, "what": "id", "code": town.firm.code}, "/members/imports/": {"uuid": batch.uuid},
            "/members/asked/": {"uuid": asks[0].uuid}, "/join/": {"word": code.word, "key": asks[0].word},
        }  # fmt: skip
        self.extra += [
            f"/join/sent/{asks[1].word}/",
            asks[1].get_absolute_url(),
            "/members/asked/?view=decided",
            f"/members/codes/{town.mill.code}/",
        ]
        self.extra += [f"/members/codes/{town.north.code}/"]
        assert closed.word
        self.extra += [taken.get_absolute_url(), applied.get_absolute_url(), f"{batch.get_absolute_url()}?code=shape"]
        self.extra += [f"{applied.get_absolute_url()}step/approve/"]
        post()

    def reviews(self) -> None:
        """One that is published, and a draft with a word that is not true."""
        town = self.town
        for name, text in (("year-2026", TEXT), ("draft", TEXT.replace("【unions.grassroots】", "【unions.grassroots 余】"))):
            review = reports.begin(town.city, name=name, title_zh="小结", period="2025-12..2026-11", by=town.city_office)
            reports.save_draft(review, text, language="zh", after=0, by=town.city_office)
            if name == "draft":
                continue
            reports.check(review, seen=seen(review), by=town.city_office)
            reports.sign(review, seen=seen(review), by=town.leader)
            made = reports.publish(review, seen=seen(review), by=town.leader)
        self.fill["/reviews/"] = {"name": "year-2026", "number": 1, "form": "review.docx"}
        self.extra += ["/reviews/draft/", "/reviews/draft/edit/", f"/figures/unions.grassroots/?freeze={made.freezes[0]}"]

    def moves(self) -> None:
        """One township that is to go to another county, still a draft, and another that waits for its second signature."""
        town, by = self.town, self.town.city_org
        plans = [
            reorganise.draft(
                on=today() + timedelta(days=30), paper="湖总工组〔2026〕7号", line={"turn": "MOVE", "union": union, "target": target}, by=by
            )
            for union, target in ((town.hill, town.south), (town.market, town.north))
        ]
        for plan in plans:
            reorganise.rehearse(plan, by=by)
        reorganise.sign(plans[1], digest=Plan(plans[1]).digest, by=by)
        line_ = plans[0].lines.get()
        self.fill["/unions/reorganisations/"] = {"uuid": plans[0].uuid, "line": line_.uuid}
        self.extra.append(plans[1].get_absolute_url())

    def exports(self) -> None:
        """A register that was asked for, approved and written, and one that waits for a second person."""
        town, register = self.town, EXPORTABLES["members.register"]
        said = exports.Asking({}, ("name", "phone", "job"), "通知职工领取慰问品")
        ready = exports.ask(register, town.north, said, by=town.north_org)
        exports.make(exports.approve(ready, by=town.north_chair))
        waiting = exports.ask(register, town.north, said, by=town.north_org)
        self.fill["/exports/"] = {"uuid": ready.uuid}
        self.extra += [waiting.get_absolute_url(), "/exports/new/?what=members.register"]

    def values(self) -> None:
        """A value that a county wants, and a day on which it works."""
        town = self.town
        made = rulebook.propose(
            JOIN,
            town.north,
            rulebook.Said(days(10), today() + timedelta(days=3), "长总工〔2026〕3号", "县域小，十天足够。"),
            by=town.north_org,
        )
        self.fill["/help/"] = {"part": "desk", "name": "desk"}
        self.fill["/settings/"] = {"code": JOIN.code, "uuid": made.uuid}

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
        yield from (name for name in [*self.town.people, "door", "key", "member", "halfway", "stranger"] if name not in first)

    def opened(self, path: str, key: str = "") -> Opened:
        """The first person to whom an address answers; else the last answer that was given. Found once for each route: towns are alike."""
        if key in FOUND:
            return replace(FOUND[key], path=path)
        found = Opened(path, "", 0, page=False)
        for who in self.people(path):
            answer = self.clients[who].get(path)
            answer.close()
            kind = answer.headers.get("Content-Type", "")
            found = Opened(path, who, answer.status_code, page=answer.status_code == 200 and kind.startswith("text/html"))
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
