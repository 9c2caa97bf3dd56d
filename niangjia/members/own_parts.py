"""What is held about one person beside her memberships: cards, work, dues, affairs, papers; each as she reads it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from niangjia.files.models import Paper as Filed
from niangjia.kit import mask
from niangjia.kit.components import Paper, day_words
from niangjia.members.models import Card, Expulsion, Lapse, Likeness, Membership, NewWork, Person, Request


def parts(person: Person, held: Sequence[Membership]) -> list[tuple[str, list[Paper]]]:
    """Every other part of her file that is not empty, in a fixed number of queries; in affairs with others nobody else is named."""
    found = [
        (_("Member cards"), _cards(person)), (_("My work"), _work(person)), (_("Papers"), _papers(held)), (_("Asked for by another union"), _requests(held)),
        (_("Dues not paid: found, and talked about"), _lapses(held)), (_("Perhaps twice in the register"), _likenesses(person)), (_("Expulsion"), _expulsions(held)),
    ]  # fmt: skip
    return [(title, lines) for title, lines in found if lines]


def _cards(person: Person) -> list[Paper]:
    rows = Card.objects.filter(person=person).select_related("batch").order_by("-pk")
    return [
        Paper(" ".join(filter(None, [one.batch.bank, mask.bank(one.tail) if one.tail else ""])), f"{one.get_state_display()} {_day(one.issued_on)}".strip())
        for one in rows
    ]  # fmt: skip


def _day(day: object) -> str:
    return day_words(day, year=True) if day else ""  # type: ignore[arg-type]


def _work(person: Person) -> list[Paper]:
    one = NewWork.objects.filter(person=person).select_related("place").first()
    return [Paper(str(one), one.place.name if one.place else "")] if one else []


def _papers(held: Sequence[Membership]) -> list[Paper]:
    rows = Filed.objects.filter(kind="members.membership", thing_id__in=[one.pk for one in held], gone_at=None).order_by("-pk")
    return [Paper(one.name, " ".join(filter(None, [one.purpose, _day(one.at)]))) for one in rows]


def _requests(held: Sequence[Membership]) -> list[Paper]:
    rows = Request.objects.filter(membership__in=held).select_related("union").order_by("-pk")
    return [
        Paper(f"{one.union.short_name}: {one.why} {one.answer}".strip(), f"{one.get_state_display()} {_day(one.made_at)}") for one in rows
    ]


def _lapses(held: Sequence[Membership]) -> list[Paper]:
    rows = Lapse.objects.filter(membership__in=held).order_by("-pk")
    return [
        Paper(f"{one.talked_by}: {one.talk}" if one.talk else _("not talked about yet"), f"{one.get_state_display()} {_day(one.found_on)}")
        for one in rows
    ]


def _likenesses(person: Person) -> list[Paper]:
    rows = Likeness.objects.filter(Q(one=person) | Q(other=person)).order_by("-pk")
    return [Paper(str(one.get_why_display()), f"{one.get_state_display()} {_day(one.found_on)}") for one in rows]


def _expulsions(held: Sequence[Membership]) -> list[Paper]:
    rows = Expulsion.objects.filter(membership__in=held).order_by("-pk")
    return [
        Paper(f"{one.judgment} {one.opinion} {one.paper}".strip(), f"{one.get_state_display()} {_day(one.decided_on or one.proposed_on)}") for one in rows
    ]  # fmt: skip
