"""Drawing a request up: whom it asks, for what, by when; each field is checked as it is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from niangjia.access.api import User
from niangjia.asked import reading
from niangjia.asked.checking import check, words_of
from niangjia.asked.enums import May, State, Verdict
from niangjia.asked.models import Field, Request
from niangjia.asked.parameters import CONTEST
from niangjia.asked.queries import ASKING, offices_of
from niangjia.flow.api import start
from niangjia.kit.answer import asking
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.numbers import next_reference
from niangjia.kit.who import allows
from niangjia.unions.models import Union, place_of

MOST = 30  # fields of one request: what takes longer than five minutes is no request but a survey


@dataclass(frozen=True)
class Facts:
    """What a request says."""

    title: str
    why: str
    period: str
    due_on: date
    under: Union
    kinds: Sequence[str]


@dataclass(frozen=True)
class Wanted:
    """A field as somebody writes it down."""

    label: str
    kind: str
    choices: Sequence[str] = ()
    unit: str = ""
    help: str = ""
    required: bool = True


@transaction.atomic
def begin(union: Union, facts: Facts, *, by: User) -> Request:
    """Begin a request in the name of a township, a county or the city; it stands as a draft until it is sent out."""
    offices = offices_of(by, union)
    if union.level > ASKING or not offices or not allows(by, May.ASK, union):
        raise Refused(_("Data are asked for by an office of a township, a county or the city, in its own name."))
    _below(union, facts.under)
    made = Request.objects.create(
        **place_of(union), reference=next_reference(Request, "TB"), office=offices[0], made_by=by, made_at=now(), **_columns(facts),
    )  # fmt: skip
    start(made, by=by)
    return made


def _below(union: Union, under: Union) -> None:
    if not under.path.startswith(union.path):
        raise RuleBroken(_("%(under)s does not stand below %(union)s; a union asks those below it.") % {"under": under, "union": union})


def _columns(facts: Facts) -> dict[str, object]:
    return {
        "title": facts.title.strip(), "why": facts.why.strip(), "period": facts.period.strip(), "due_on": facts.due_on, "under": facts.under,
        "kinds": list(facts.kinds),
    }  # fmt: skip


def drafted(request: Request, by: User) -> Request:
    """The draft, held until the step is taken; Refused to all but the office that asks, Overtaken once it has gone out."""
    row = Request.objects.select_for_update(of=("self",)).select_related("union", "under").get(pk=request.pk)
    if not allows(by, May.COMPOSE, row):
        raise Refused(_("You may read this, but the step belongs to another office."))
    if row.state != State.DRAFT:
        raise Overtaken
    return row


@transaction.atomic
def amend(request: Request, facts: Facts, *, by: User) -> Request:
    """Say anew what a draft says; what its fields were given before is looked up anew with whom it reaches."""
    row = drafted(request, by)
    _below(row.union, facts.under)
    Request.objects.filter(pk=row.pk).update(**_columns(facts))
    row.refresh_from_db()
    for one in row.fields.exclude(verdict=Verdict.CONTESTED):
        found = check(row, one.label, one.kind)
        Field.objects.filter(pk=one.pk).update(verdict=found.verdict, held=found.held, reused=found.reused)
    return row


@transaction.atomic
def add(request: Request, wanted: Wanted, *, by: User) -> Field:
    """Write a field down: what the house holds is refused, and stands there as refused; what was given before will be filled in."""
    row = drafted(request, by)
    key = reading.key(wanted.label)
    if not key:
        raise RuleBroken(_("Name what is asked for, in a few words."))
    if row.fields.filter(key=key).exists():
        raise RuleBroken(_("This request asks for “%(label)s” already.") % {"label": wanted.label.strip()})
    if row.fields.count() >= MOST:
        raise RuleBroken(_("A request has at most %(n)d fields. Leave out what you can do without.") % {"n": MOST})
    found = check(row, wanted.label, wanted.kind)
    last = row.fields.aggregate(last=Max("position"))["last"] or 0
    return Field.objects.create(
        request=row, position=last + 1, label=wanted.label.strip()[:60], key=key, kind=wanted.kind, choices=list(wanted.choices), unit=wanted.unit.strip(),
        help=wanted.help.strip(), required=wanted.required, verdict=found.verdict, held=found.held, reused=found.reused,
    )  # fmt: skip


@transaction.atomic
def drop(field: Field, *, by: User) -> None:
    """Take a field out of a draft."""
    drafted(field.request, by)
    Field.objects.filter(pk=field.pk).delete()


@transaction.atomic
def contest(field: Field, *, reason: str, by: User) -> Field:
    """Ask for what the house holds all the same, because its value is contested: the reason is counted and shown. An empty one takes it back."""
    row = drafted(field.request, by)
    found = Field.objects.get(pk=field.pk, request=row)
    if found.verdict not in (Verdict.HELD, Verdict.CONTESTED):
        raise RuleBroken(_("The platform does not hold “%(label)s”; it is asked as it is.") % {"label": found.label})
    if asking(row.union, today())(CONTEST) != "YES":
        raise RuleBroken(
            _("What the platform holds is not asked for again: %(what)s. Have the record put right instead.")
            % {"what": words_of(found.held)}
        )
    reason = reason.strip()[:200]
    verdict = Verdict.CONTESTED if reason else Verdict.HELD
    Field.objects.filter(pk=found.pk).update(verdict=verdict, contested=reason)
    found.refresh_from_db()
    return found
