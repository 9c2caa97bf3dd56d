"""What members ask about their own files: sent, taken back, granted or refused. What is granted is done by the register's own verbs, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.files.api import attach
from niangjia.flow.api import move, start
from niangjia.kit import crypt
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.faults import name_fault, phone_fault
from niangjia.kit.ids import narrow
from niangjia.members.actions.erasing import erase, still_needed
from niangjia.members.actions.life import correct, end, send, takes_members
from niangjia.members.actions.people import renumber
from niangjia.members.enums import REQUEST, Contested, Ending, Particular, Requested, State, Want, Work
from niangjia.members.models import Membership, Person, PersonalRequest
from niangjia.members.papers import number_fault
from niangjia.notices.api import tell
from niangjia.unions.api import hearing, place_of
from niangjia.unions.models import Union

RUNNING = (State.MEMBER, State.LEAVING)


@dataclass(frozen=True)
class Wish:
    """What somebody wants: of which kind, about what, and what would be right."""

    kind: str
    text: str = ""
    what: str = ""
    value: str = ""
    about: Membership | None = None  # the membership that she contests
    to: Union | None = None
    paper: UploadedFile[Any] | None = None


def home_of(person: Person) -> Membership | None:
    """The spell whose union answers: the first one that runs, else the last that ended."""
    held = Membership.objects.filter(person=person).exclude(state__in=[State.REFUSED, State.APPLIED]).select_related("union")
    return held.filter(left_on=None).order_by("-primary", "-pk").first() or held.order_by("-left_on", "-pk").first()


@transaction.atomic
def ask_union(person: Person, wish: Wish, *, by: User) -> PersonalRequest:
    """A member asks. RuleBroken with what stands in the way: nothing that could not be granted is sent."""
    if person.user_id != by.pk:
        raise Refused(_("Everybody asks about her own file."))
    home = wish.about or home_of(person)
    if home is None:
        raise RuleBroken(_("No union keeps a membership of yours. Call 12351."))
    value = _checked(person, home, wish)
    try:
        with transaction.atomic():
            made = PersonalRequest.objects.create(
                person=person, membership=home, **place_of(home.union), kind=wish.kind, what=wish.what, text=wish.text.strip()[:500], to_union=wish.to,
                value_sealed=crypt.seal_one(value, REQUEST) if value else None, made_on=today(), made_at=now(),
            )  # fmt: skip
    except IntegrityError:
        raise RuleBroken(
            _("You have asked for this already; it waits for an answer. Take it back first if you want something else.")
        ) from None
    if wish.paper is not None:
        attach(made, wish.paper, name=wish.paper.name or _("paper"), purpose=_("proof"), by=by)
    start(made, by=by)
    desk = (made.union_id, "chair")
    _tell(hearing([desk])[desk], "request-arrived", made)
    return made


def _checked(person: Person, home: Membership, wish: Wish) -> str:
    """What is to be written, as it is kept; a sentence if it cannot be done."""
    if wish.kind == Want.CORRECT:
        return _right(person.paper, wish.what, wish.value)
    if wish.kind == Want.CONTEST:
        if wish.what not in Contested.values or home.person_id != person.pk:
            raise RuleBroken(_("Say what it is that you contest."))
        if not wish.text.strip():
            raise RuleBroken(_("Write in a sentence what is wrong, so that your union can look into it."))
    elif wish.kind == Want.ERASE:
        if home.left_on is None:
            raise RuleBroken(_("You are a member: your file is needed as long as you are. Ask to leave first."))
        if still_needed([person.pk]):
            raise RuleBroken(
                _("Your file cannot be erased yet: a dispute in which you claim must be kept for the years that the rules set.")
            )
    elif home.state not in RUNNING:
        raise RuleBroken(_("You are in no union at present."))
    elif wish.kind == Want.MOVE and (home.state != State.MEMBER or not home.primary):
        raise RuleBroken(_("You are on your way to another union already, or this is your second membership."))
    elif wish.kind == Want.MOVE and wish.to is not None and (not takes_members(wish.to) or wish.to.pk == home.union_id):
        raise RuleBroken(_("People move to a grassroots union that exists; choose one."))
    return ""


def _right(paper: str, what: str, value: str) -> str:
    value = value.strip()
    if what in (Particular.NUMBER, Particular.PHONE):
        value = narrow(value)
    faults: dict[str, Callable[[str], str]] = {
        Particular.NAME: name_fault,
        Particular.NUMBER: partial(number_fault, paper),
        Particular.PHONE: phone_fault,
    }
    if what not in Particular.values or (what == Particular.WORK and value not in Work.values) or len(value) > 60:
        raise RuleBroken(_("Say what is wrong, and what would be right."))
    if what in faults and (fault := faults[Particular(what)](value)):
        raise RuleBroken(fault)
    return value or (" " if what != Particular.MIGRANT else "no")


def wanted_value(one: PersonalRequest) -> str:
    """What she wants written; empty if she wants something struck out, or nothing is written."""
    return crypt.unseal(one.value_sealed, REQUEST).strip() if one.value_sealed else ""


@transaction.atomic
def take_back(one: PersonalRequest, *, by: User) -> PersonalRequest:
    """She thinks better of it."""
    if one.person.user_id != by.pk:
        raise Refused(_("Only whoever sent it takes it back."))
    _decided(one, "withdraw", by=None)
    return one


@transaction.atomic
def turn_down(one: PersonalRequest, *, reason: str, by: User) -> PersonalRequest:
    """The union does not grant it; she reads why (PIPL 2021, art. 50)."""
    _decided(one, "refuse", by=by, reason=reason, answer=reason.strip()[:500])
    _tell_her(one)
    return one


@transaction.atomic
def grant(one: PersonalRequest, *, answer: str = "", on: date | None = None, to: Union | None = None, by: User) -> PersonalRequest:
    """The union grants it: what was asked is done by whoever grants it, who must be allowed to do it, or nothing is done."""
    if one.person.user_id == by.pk:
        raise Refused(_("Nobody answers a request of her own."))
    _decided(one, "grant", by=by, answer=answer.strip()[:500])
    outcome = _do(one, on or today(), to, by)
    PersonalRequest.objects.filter(pk=one.pk).update(outcome=outcome)
    one.refresh_from_db()
    _tell_her(one)
    if one.kind == Want.ERASE:  # last: whoever is erased is told before her account is gone
        erase([one.person_id])
        one.refresh_from_db()
    return one


def _do(one: PersonalRequest, on: date, to: Union | None, by: User) -> Membership | None:
    home, reason = one.membership, _("Personal request no. %(n)d") % {"n": one.pk}
    if one.kind == Want.CORRECT:
        _correct(one, by)
        return home
    if one.kind == Want.MOVE:
        to = to or one.to_union
        if to is None:
            raise RuleBroken(_("Choose the union to which she moves."))
        return send(home, to=to, reason=reason, by=by)
    if one.kind == Want.LEAVE:
        return end(home, ending=Ending.LEFT, on=on, reason=reason, by=by)
    if one.kind == Want.CONTEST and one.what == Contested.MEMBERSHIP and home.state in RUNNING:
        return end(home, ending=Ending.UNDONE, on=home.joined_on or on, reason=reason, by=by)
    return None


def _correct(one: PersonalRequest, by: User) -> None:
    value = wanted_value(one)
    if one.what == Particular.NUMBER:
        renumber(one.person, value)
    elif one.what == Particular.PHONE:
        correct(one.membership, by=by, phone=value)
    else:
        facts: dict[str, Any] = {one.what: value == "yes" if one.what == Particular.MIGRANT else value}
        correct(one.membership, by=by, **facts)


def _decided(one: PersonalRequest, verb: str, *, by: User | None, reason: str = "", **facts: str) -> None:
    """The moment first, because what is answered says when."""
    if one.erased_at is not None:
        raise Overtaken
    PersonalRequest.objects.filter(pk=one.pk, state=Requested.SENT).update(decided_at=now(), **facts)
    move(one, verb, by=by, reason=reason)
    one.refresh_from_db()


def _tell(people: Any, what: str, one: PersonalRequest) -> None:
    tell(people, what, facts={"union": one.union.short_name, "kind": Want(one.kind).label}, url=one.get_absolute_url())


def _tell_her(one: PersonalRequest) -> None:
    if one.person.user is not None:
        facts = {"kind": Want(one.kind).label, "state": Requested(one.state).label}
        tell([one.person.user], "request-answered", facts=facts, url=f"/me/requests/{one.uuid}/")


def unanswered(one: PersonalRequest) -> None:
    """Nobody has answered in time: the township, or the county above, is told, and may answer."""
    above = one.township_id or one.county_id
    if above is not None:
        desk = (above, "organisation")
        _tell(hearing([desk])[desk], "request-late", one)


@transaction.atomic
def disclose_request(one: PersonalRequest, *, why: str, by: User) -> str:
    """Show what she wants written to somebody whom the caller has let in; who looked, and why, is written down first."""
    if not why.strip():
        raise RuleBroken(_("Say why you need to see it: your reason is kept with your name."))
    if one.value_sealed is None:
        raise Overtaken
    note([("revealed", "members.personalrequest", one.pk, why.strip()[:200])], by=by)
    return wanted_value(one)
