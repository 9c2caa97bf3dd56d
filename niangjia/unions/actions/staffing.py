"""The yearly check of township federations: asked for by the house, filled in by the township, confirmed by the county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.files.api import Source, attach, papers
from niangjia.flow.api import move, start
from niangjia.kit.answer import asking
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.numbers import next_reference
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.unions.enums import LIVING, Kind, Manning, May, Post
from niangjia.unions.models import Employer, Office, StaffCheck, Staffing, Union, open_on, place_of
from niangjia.unions.parameters import STAFF_CADRES, STAFF_DUE, STAFF_FREE, STAFF_LEAST, STAFF_OPENS, STAFF_STEP, STAFF_WARN
from niangjia.unions.queries import answerable
from niangjia.unions.rules.staffing import Ratio, judged

APPOINTMENT, ESTABLISHMENT = (
    "任命文件",
    "编制文件",
)  # the two papers: by these names they lie on a check, whatever language their sender reads


@dataclass(frozen=True)
class Said:
    """What a township says of its chair and its staff."""

    head: str
    post: str
    full_time: bool
    cadres: int
    workers: int
    appointed_no: str = ""
    staffed_no: str = ""
    remark: str = ""


def paper_words(which: str) -> str:
    """What a paper is called to the reader."""
    return {APPOINTMENT: _("Appointment of the chair or vice-chair"), ESTABLISHMENT: _("Establishment of the staff")}[which]


def begin(year: int | None = None, *, by: User | None = None) -> int:
    """Ask every living township federation for its check of a year, once the day for it has come at its place; answers how many were asked.

    The house does so each night; an organisation office above may do so for the townships below it before their day.
    """
    year = year or today().year
    rows = Union.objects.filter(kind=Kind.TOWNSHIP, state__in=LIVING, county__isnull=False).exclude(staff_checks__year=year)
    if by is not None:
        if year != today().year:
            raise RuleBroken(_("Only the check of this year can be asked for."))
        if not any(allows(by, May.PLAN, top) for top in Union.objects.filter(level__lte=2, pk__in=[seat.union_id for seat in by.seats])):
            raise Refused(_("The check is asked for by the organisation office of a county or of the city."))
    asked = 0
    for union in rows.order_by("pk"):
        if by is None and not _opened(union, year):
            continue
        if by is not None and not allows(by, May.CONFIRM, union):
            continue
        asked += _ask(union, year, by)
    return asked


def _opened(union: Union, year: int) -> bool:
    return today() >= _day(asking(union, today())(STAFF_OPENS), year)


def _day(said: str, year: int) -> date:
    month, day = map(int, said.split("-"))
    return date(year, month, day)


@transaction.atomic
def _ask(union: Union, year: int, by: User | None) -> bool:
    """One federation is asked; its clock runs to the due day, or for as long as it is warned ahead where that day has passed."""
    Union.objects.select_for_update(of=("self",)).get(pk=union.pk)
    if StaffCheck.objects.filter(union=union, year=year).exists():
        return False
    said = asking(union, today())
    last = _day(said(STAFF_DUE), year)
    due = last if today() <= last else said(STAFF_WARN).after(now()).date()
    chair = Office.objects.filter(open_on(today()), union=union, duty="chair", delegated_by=None).order_by("-since").first()
    made = StaffCheck.objects.create(
        reference=next_reference(StaffCheck, "PB"), **place_of(union), year=year, due_on=due, made_at=now(), head=chair.name if chair else "",
        post=Post.CHAIR if chair else "",
    )  # fmt: skip
    start(made, by=by)
    return True


def _held(one: StaffCheck) -> StaffCheck:
    row = StaffCheck.objects.select_for_update(of=("self",)).select_related("union", "county").get(pk=one.pk)
    if row.state != one.state:
        raise Overtaken
    return row


def employees_of(union: Union) -> int:
    """How many people the units of a township employ, as they declare it."""
    return int(Employer.objects.itself().filter(township=union, closed_on=None).aggregate(n=Sum("employees"))["n"] or 0)


def ratio_of(union: Union) -> Ratio:
    """The ratio that holds for a township today."""
    said = asking(union, today())
    return Ratio(said(STAFF_LEAST), said(STAFF_FREE), said(STAFF_STEP), said(STAFF_CADRES))


@transaction.atomic
def fill(one: StaffCheck, said: Said, files: dict[str, Source | None], *, by: User) -> StaffCheck:
    """The township says how it stands, with the papers; the county is told. RuleBroken where a paper or its number is missing."""
    row = _held(one)
    if not allows(by, May.FILL_STAFFING, row):
        raise Refused(_("The check is filled in by the federation itself, or by an organisation office above."))
    for which, file in files.items():
        if file:
            attach(row, file, name=getattr(file, "name", "") or f"{which}.pdf", purpose=which, by=by)
    _proved(row, said)
    found = judged(
        full_time=said.full_time,
        cadres=said.cadres,
        workers=said.workers,
        employees=(many := employees_of(row.union)),
        by=ratio_of(row.union),
    )
    facts: dict[str, Any] = {key: value.strip() if isinstance(value, str) else value for key, value in vars(said).items()}
    StaffCheck.objects.filter(pk=row.pk).update(
        **facts,
        filled_by=by,
        employees=many,
        needed=found.needed,
        chair_ok=found.chair,
        staff_ok=found.staff,
        confirmed_by=None,
        confirmed_on=None,
    )
    row.refresh_from_db()
    move(row, "fill", by=by)
    if row.county is not None:
        told = {"union": row.union.short_name, "year": row.year, "name": by.name}
        tell(
            [who for who in answerable(row.county, "organisation") if who != by],
            "staffing-to-confirm",
            facts=told,
            url=row.get_absolute_url(),
        )
    return row


def _proved(row: StaffCheck, said: Said) -> None:
    """Whoever says that somebody is appointed, or that there is staff, names the paper and lays it down."""
    lying = set(papers(row).values_list("purpose", flat=True))
    for claimed, number, which in (
        (said.full_time, said.appointed_no, APPOINTMENT),
        (said.cadres + said.workers > 0, said.staffed_no, ESTABLISHMENT),
    ):
        if claimed and not number.strip():
            raise RuleBroken(_("Write the number of the paper: %(what)s.") % {"what": paper_words(which)})
        if claimed and which not in lying:
            raise RuleBroken(_("Lay the paper down: %(what)s.") % {"what": paper_words(which)})


@transaction.atomic
def confirm(one: StaffCheck, *, by: User) -> StaffCheck:
    """The county has looked at the papers: the check holds, and with it the register of staffing. Another person than who filled it in."""
    row = _held(one)
    if not allows(by, May.CONFIRM_STAFFING, row):
        raise Refused(_("You may read this, but the step belongs to another office."))
    if row.filled_by_id == by.pk:
        raise RuleBroken(_("You filled this check in. Somebody else of the office above confirms it."))
    StaffCheck.objects.filter(pk=row.pk).update(confirmed_by=by, confirmed_on=today())
    move(row, "confirm", by=by)
    row.refresh_from_db()
    _register(row)
    return row


def _register(row: StaffCheck) -> None:
    """The register holds the last confirmed check, from its day on."""
    assert row.confirmed_on is not None
    facts = {
        "chair": bool(row.chair_ok),
        "staff": bool(row.staff_ok),
        "evidence": "；".join(filter(None, (row.appointed_no, row.staffed_no, row.reference)))[:200],
    }
    stands = Staffing.objects.filter(union=row.union, until=None).first()
    if stands is not None and stands.since >= row.confirmed_on:
        Staffing.objects.filter(pk=stands.pk).update(**facts)
        return
    Staffing.objects.filter(union=row.union, until=None).update(until=row.confirmed_on)
    Staffing.objects.create(union=row.union, since=row.confirmed_on, **facts)


@transaction.atomic
def send_back(one: StaffCheck, *, reason: str, by: User) -> None:
    """Something is missing or wrong: the township fills it in again."""
    row = _held(one)
    move(row, "return", by=by, reason=reason)
    told = {"union": row.union.short_name, "year": row.year, "why": reason}
    tell([who for who in answerable(row.union, "chair") if who != by], "staffing-returned", facts=told, url=row.get_absolute_url())


@transaction.atomic
def reopen(one: StaffCheck, *, reason: str, by: User) -> None:
    """A confirmed check is asked for anew, because something has changed in the year; the register holds what was confirmed until then."""
    row = _held(one)
    move(row, "reopen", by=by, reason=reason)
    StaffCheck.objects.filter(pk=row.pk).update(confirmed_by=None, confirmed_on=None)


@transaction.atomic
def drop(union: Union) -> None:
    """A federation that has ended is asked no more."""
    for one in StaffCheck.objects.filter(union=union, state__in=[Manning.ASKED, Manning.SENT]):
        move(one, "drop", by=None)
