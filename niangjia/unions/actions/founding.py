"""A union is founded: a clue is followed, an application handed in, a preparatory group agreed to, the legal person registered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import move, start, wind, works
from niangjia.kit.answer import asking
from niangjia.kit.dates import at as moment
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.faults import name_fault
from niangjia.kit.ids import narrow
from niangjia.kit.numbers import next_reference
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.unions import rules
from niangjia.unions.actions import Facts, correct, employer_for, found, own_code, within_term
from niangjia.unions.actions.ending import abolish
from niangjia.unions.actions.units import Unit, employers_of
from niangjia.unions.ballots import running
from niangjia.unions.enums import OF_SEVERAL, Kind, May, Speaks, State, Ticked, Way
from niangjia.unions.flow import FOUNDING_FLOW
from niangjia.unions.models import Cover, Employer, Founding, FoundingUnit, Preparer, Union, open_on, place_of
from niangjia.unions.moves import comma
from niangjia.unions.parameters import GROUP, UNITS_LEAST
from niangjia.unions.queries import answerable, own_union


@dataclass(frozen=True)
class Clue:
    """Which employer has no union yet, or which village, area, trade or project (`subject`), and from where that is known. An employer that is
    new to the house is made by its name and code.
    """

    uscc: str = ""
    name: str = ""
    category: str = "170"
    industry: str = "C"
    source: str = "TOWNSHIP"
    clue: str = ""
    opened_on: date | None = None
    kind: str = ""  # of union, where it is clear from the beginning
    subject: str = ""


@transaction.atomic
def follow(at: Union, facts: Clue, *, by: User) -> Founding:
    """Take a clue. RuleBroken at once if the employer has a union of its own, or is followed already."""
    if not allows(by, May.FOLLOW, at):
        raise Refused(_("Clues are followed by the organisation office of the union under which it will stand, or of one above."))
    if at.level > 3 or not at.living:
        raise RuleBroken(_("A clue is followed by a federation that exists: of a township, a county, an industry or the city."))
    subject, several = facts.subject.strip(), facts.kind in OF_SEVERAL
    if several and not subject:
        raise RuleBroken(_("Write what it is for: the village, the building or area, the trade, the workers."))
    if not several and not facts.uscc.strip():
        raise RuleBroken(_("Write the credit code of the employer; a union of several units has a village, area or trade in its place."))
    employer = None
    if facts.uscc.strip() and not several:
        employer = employer_for(name=facts.name, uscc=facts.uscc, near=at, category=facts.category, industry=facts.industry)
    if employer is not None and (own := own_union(employer)) is not None:
        raise RuleBroken(
            _("%(employer)s has a union already: %(union)s (%(code)s).")
            % {"employer": employer.name, "union": own.short_name, "code": own.code}
        )
    if employer is not None and facts.opened_on and employer.opened_on is None:
        Employer.objects.filter(pk=employer.pk).update(opened_on=facts.opened_on)
        employer.opened_on = facts.opened_on
    try:
        with transaction.atomic():
            made = Founding.objects.create(
                reference=next_reference(Founding, "JH"), at=at, **_place(at), source=facts.source, clue=facts.clue.strip(), employer=employer,
                subject=subject, kind=facts.kind, made_by=by, made_at=now(),
            )  # fmt: skip
    except IntegrityError:
        raise RuleBroken(
            _("%(employer)s is followed already. Look for it in the list of foundings.")
            % {"employer": employer.name if employer else subject}
        ) from None
    start(made, by=by)
    return made


def _place(at: Union) -> dict[str, int | None]:
    place = place_of(at)
    return {"township_id": place["township_id"], "county_id": place["county_id"]}


def covering(one: Founding) -> list[Cover]:
    """By which unions those are covered today for whom one is to be founded: the first of them."""
    those = [one.employer_id] if one.employer_id else list(one.units.values_list("employer", flat=True))
    covers = Cover.objects.filter(open_on(today()), employer__in=those).exclude(union__state=State.ABOLISHED)
    return list(covers.select_related("union", "employer").order_by("union__name_py", "pk")[:5])


def taking(one: Founding, verb: str, by: User) -> Founding:
    """Hold a founding for a step: IllegalStep if it is none from where it stands, Refused if it is another office's."""
    row = Founding.objects.select_for_update(of=("self",)).select_related("at", "employer", "union").get(pk=one.pk)
    if row.state != one.state:
        raise Overtaken
    step = FOUNDING_FLOW.step(verb, row.state)
    if not allows(by, step.who, row):
        raise Refused(_("You may read this, but the step belongs to another office."))
    return row


def _writing(one: Founding, by: User) -> None:
    """The group is written before the application is handed in, or while it is handed in again."""
    taking(one, "apply", by)


@transaction.atomic
def join_group(one: Founding, *, name: str, job: str = "", speaks: str = Speaks.WORKERS, head: bool = False, by: User) -> Preparer:
    """Somebody comes into the preparatory group; another head takes the place of the one before."""
    _writing(one, by)
    name = "".join(name.split())
    if fault := name_fault(name):
        raise RuleBroken(fault)
    if one.group.filter(name=name, job=job.strip()).exists():
        raise RuleBroken(_("%(name)s is in the group already.") % {"name": name})
    if head:
        one.group.filter(head=True).update(head=False)
    return Preparer.objects.create(founding=one, name=name, job=job.strip(), speaks=speaks, head=head)


@transaction.atomic
def leave_group(who: Preparer, *, by: User) -> None:
    """Somebody leaves the group while it is being written."""
    _writing(who.founding, by)
    who.delete()


@dataclass(frozen=True)
class Wanted:
    """What is applied for."""

    name: str
    kind: str
    employees: int
    applicant: str
    willing: int = 0
    term_years: int | None = None
    telephone: str = ""
    address: str = ""
    founder: str = ""
    founder_name: str = ""
    party: str = ""


@transaction.atomic
def apply(one: Founding, facts: Wanted, *, by: User) -> Founding:
    """Hand the application in, or in again with what was missing (Trade Union Law 2021, arts 11, 12)."""
    row = taking(one, "apply", by)
    if not rules.may_lead(row.at.kind, facts.kind):
        raise RuleBroken(
            _("%(below)s cannot stand under %(above)s. Choose another type, or another union above.")
            % {"below": Kind(facts.kind).label, "above": Kind(row.at.kind).label}
        )
    if facts.willing > facts.employees:
        raise RuleBroken(_("More want to join than work there. Look which number is wrong."))
    if Union.objects.filter(name=facts.name.strip()).exclude(state=State.ABOLISHED).exists():
        raise RuleBroken(_("There is a union of this name already. Look whether it is the same employer's."))
    _fits(row, facts)
    group = list(row.group.all())
    if not any(who.head for who in group):
        raise RuleBroken(_("The preparatory group has no head yet. Write who is in it first."))
    if not any(who.speaks == Speaks.WORKERS for who in group):
        raise RuleBroken(_("The preparatory group has employees in it, and not the party organisation or the union above alone. Add one."))
    Founding.objects.filter(pk=row.pk).update(**asdict(facts) | {"name": facts.name.strip(), "party": facts.party.strip()})
    if row.employer_id and facts.kind not in OF_SEVERAL:
        Employer.objects.filter(pk=row.employer_id).update(employees=facts.employees)
    move(row, "apply", by=by)
    row.refresh_from_db()
    _tell(row, answerable(row.at, "organisation"), "founding-applied")
    return row


def _fits(row: Founding, facts: Wanted) -> None:
    """RuleBroken if the type does not go with whom the union is for, with its name, or with who founds it."""
    if not rules.named(facts.kind, facts.name.strip()):
        endings = comma().join(f"“…{one}”" for one in rules.ENDINGS[facts.kind])
        raise RuleBroken(
            _("The name of a union of the type “%(kind)s” ends with %(endings)s.") % {"kind": Kind(facts.kind).label, "endings": endings}
        )
    if facts.kind not in (*OF_SEVERAL, Kind.PROJECT) and row.units.exists():
        raise RuleBroken(_("A union of this type is one employer's. Take the units off, or choose the type of a joint union."))
    if facts.kind not in OF_SEVERAL:
        if row.employer is None:
            raise RuleBroken(_("“%(kind)s” is a type for one employer, and none is named here. Choose another type, or follow the employer's own clue.") % {"kind": Kind(facts.kind).label})  # fmt: skip
        return
    if not facts.founder:
        raise RuleBroken(_("Say who founds it: the units together, the village, the zone, the trade, or the union above."))
    least = 0 if facts.kind == Kind.NEWFORM else asking(row.at, today())(UNITS_LEAST)
    n = len({*row.units.values_list("employer", flat=True), *([row.employer_id] if row.employer_id else [])})
    if n < least:
        raise RuleBroken(
            _("A union of this type covers at least %(least)s units; here are %(n)s. Write them first, one by one or by a list.")
            % {"least": least, "n": n}
        )


@transaction.atomic
def add_units(one: Founding, units: Sequence[Unit], *, by: User) -> int:
    """Write units that the union is to cover; those that stand there already stay. Answers how many came."""
    row = taking(one, "apply", by)
    there = set(row.units.values_list("employer", flat=True))
    fresh = {who.pk for who in employers_of(units, row.at)} - there
    FoundingUnit.objects.bulk_create([FoundingUnit(founding=row, employer_id=pk) for pk in sorted(fresh)])
    return len(fresh)


@transaction.atomic
def drop_unit(one: Founding, uscc: str, *, by: User) -> None:
    """A unit is not to be covered after all."""
    taking(one, "apply", by).units.filter(employer__uscc=uscc).delete()


@transaction.atomic
def grant(one: Founding, *, on: date, grant_no: str, by: User) -> Founding:
    """Agree to the preparatory group: the union is there, being prepared, and takes members; its group has a term."""
    row = taking(one, "grant", by)
    if on > today():
        raise RuleBroken(_("The day of approval lies ahead; write the day on the paper."))
    if not grant_no.strip():
        raise RuleBroken(_("Write the number of the approval, as on the paper."))
    facts = Facts(
        name=row.name, kind=row.kind, term_years=row.term_years, contact=row.applicant, contact_phone=row.telephone, employer=row.employer,
        units=[one.employer for one in row.units.select_related("employer").order_by("pk")],
    )  # fmt: skip
    union = found(row.at, facts, by=by)
    if row.address:
        Union.objects.filter(pk=union.pk).update(address=row.address)
    until = asking(row.at, on)(GROUP).after(moment(on), works()).date()
    Founding.objects.filter(pk=row.pk).update(union=union, granted_on=on, grant_no=grant_no.strip(), group_until=until)
    row.refresh_from_db()
    wind(union)  # its clock is the founding's now
    move(row, "grant", by=by)
    return row


@transaction.atomic
def give_back(one: Founding, *, reason: str, by: User) -> Founding:
    """Say what is missing; it goes on when it is handed in again, and the clock of the reply stands still till then."""
    row = taking(one, "return", by)
    move(row, "return", by=by, reason=reason)
    _tell(row, [row.made_by], "founding-returned", why=reason.strip())
    return row


@transaction.atomic
def refuse(one: Founding, *, reason: str, by: User) -> Founding:
    """It is not agreed to."""
    row = taking(one, "refuse", by)
    move(row, "refuse", by=by, reason=reason)
    _tell(row, [row.made_by], "founding-refused", why=reason.strip())
    return row


@transaction.atomic
def give_up(one: Founding, *, reason: str, by: User) -> Founding:
    """It comes to nothing; a union that was being prepared ends with it."""
    row = taking(one, "give-up", by)
    if row.union is not None and (election := running(row.union)) is not None:
        raise RuleBroken(
            _("%(reference)s, its election, is under way. Give that up, or annul it, first.") % {"reference": election.reference}
        )
    move(row, "give-up", by=by, reason=reason)
    if row.union is not None and row.union.state != State.ABOLISHED:
        abolish(row.union, on=today(), reason=reason, by=by)
    return row


def founded(union: Union) -> None:
    """The house notes that the first committee was approved; called when the union was."""
    row = Founding.objects.select_for_update(of=("self",)).filter(union=union, state=Way.GRANTED).first()
    if row is not None:
        move(row, "found", by=None)


@dataclass(frozen=True)
class Registered:
    """What stands on the certificate."""

    on: date
    uscc: str
    certificate_no: str
    until: date
    ticked: Collection[str] = ()


@transaction.atomic
def register(one: Founding, facts: Registered, *, by: User) -> Founding:
    """The legal person is registered: its credit code, its certificate, until the end of its term; no paper may be missing, and no fee is charged."""
    row = taking(one, "register", by)
    union = row.union
    assert union is not None
    if missing := [str(Ticked(code).label) for code in Ticked.values if code not in facts.ticked]:
        raise RuleBroken(_("Still missing: %(papers)s. Tick what lies before you.") % {"papers": comma().join(missing)})
    if facts.on > today() or (union.founded_on and facts.on < union.founded_on):
        raise RuleBroken(_("The registration lies between the founding and today; the day given does not lie there."))
    code = narrow(facts.uscc)
    own_code(union, code)
    if not facts.certificate_no.strip():
        raise RuleBroken(_("Write the number of the certificate."))
    if facts.until <= facts.on:
        raise RuleBroken(_("The certificate ends after the day on which it was issued."))
    within_term(union, facts.until)
    Union.objects.filter(pk=union.pk).update(legal_from=facts.on)
    union.refresh_from_db()
    correct(union, uscc=code, certificate_no=facts.certificate_no.strip(), legal_until=facts.until, by=by)
    Founding.objects.filter(pk=row.pk).update(
        registered_on=facts.on, certificate_no=facts.certificate_no.strip(), ticked=[one for one in Ticked.values if one in facts.ticked]
    )
    row.refresh_from_db()
    move(row, "register", by=by)
    return row


def _tell(row: Founding, people: list[User], what: str, **more: object) -> None:
    facts = {"reference": row.reference, "employer": row.whose, "name": row.name or row.whose, **more}
    tell(people, what, facts=facts, url=row.get_absolute_url())
