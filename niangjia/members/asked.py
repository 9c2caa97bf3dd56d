"""Reading what people sent under their union's code."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from niangjia.access.models import User
from niangjia.kit import crypt, mask
from niangjia.kit.ids import birth_of, sex_of
from niangjia.kit.who import permitted
from niangjia.members.enums import ASKED_ID, ASKED_PHONE, ID, Asked, May, Sex, State
from niangjia.members.models import Application, JoinCode, Membership, Person
from niangjia.unions.models import Union


def applications(user: User, view: str, text: str, under: str = "") -> QuerySet[Application]:
    """The applications that a person may see: those that wait, or those decided; narrowed by name or by the union's code."""
    rows: QuerySet[Application] = permitted(user, May.SEE_APPLICATION).select_related("union")
    rows = rows.exclude(state=Asked.SENT) if view == "decided" else rows.filter(state=Asked.SENT)
    if under:
        rows = rows.filter(Q(union__code=under) | Q(township__code=under) | Q(county__code=under))
    if text := text.strip():
        rows = rows.filter(Q(name__icontains=text) | Q(union__code=text) | Q(union__short_name__icontains=text))
    return rows


def numbers(one: Application) -> tuple[str, str]:
    """The identity number and the phone as she wrote them; both empty once they are forgotten."""
    if one.number_sealed is None or one.phone_sealed is None:
        return "", ""
    return crypt.unseal(one.number_sealed, ASKED_ID), crypt.unseal(one.phone_sealed, ASKED_PHONE)


@dataclass(frozen=True)
class Told:
    """What an application says of a person, covered; empty once it is forgotten."""

    name: str = ""
    number: str = ""
    phone: str = ""
    sex: str = ""
    year: str = ""
    paper: str = ""


def told_of(one: Application) -> Told:
    """The name, the number and the phone covered, and what the number itself says."""
    number, phone = numbers(one)
    if not number:
        return Told()
    born = one.born_on or birth_of(number)
    return Told(
        mask.name(one.name),
        mask.identity(number),
        mask.phone(phone),
        str(Sex(one.sex or sex_of(number)).label),
        str(born.year),
        one.get_paper_display(),
    )


@dataclass(frozen=True)
class Known:
    """What the register knows of the number of an application: what stands in the way of admitting her, if anything does."""

    person: Person | None = None
    other_name: bool = False  # the number is known under another name
    membership: Membership | None = None  # a spell that runs, or an application on paper that waits
    again: int = 0  # how many times the same number waits at this union


def known_of(one: Application) -> Known:
    """Ask the register about an application that waits; nothing of this is ever shown to the applicant."""
    number, _phone = numbers(one)
    if one.state != Asked.SENT or not number:
        return Known()
    again = Application.objects.filter(union=one.union, number_hash=one.number_hash, state=Asked.SENT).exclude(pk=one.pk).count()
    person = Person.objects.filter(id_hash=crypt.blind_one(number, ID)).select_related("same_as").first()
    if person is None:
        return Known(again=again)
    person = person.same_as or person  # an old number of somebody who was merged
    held = (
        Membership.objects.filter(person=person, left_on=None)
        .exclude(state=State.REFUSED)
        .select_related("union")
        .order_by("-primary", "pk")
    )
    return Known(person, person.name != one.name, held.first(), again)


def code_of(union: Union) -> JoinCode | None:
    """The code that hangs at a union now."""
    return JoinCode.objects.filter(union=union, closed_at=None).select_related("opened_by").first()


def codes_of(union: Union, limit: int = 8) -> list[JoinCode]:
    """The codes that hung there before, the last first."""
    return list(
        JoinCode.objects.filter(union=union, closed_at__isnull=False).select_related("closed_by").order_by("-closed_at", "-pk")[:limit]
    )


def behind(word: str) -> JoinCode | None:
    """The code of a word that somebody scanned, open or not."""
    return JoinCode.objects.select_related("union").filter(word=word).first()
