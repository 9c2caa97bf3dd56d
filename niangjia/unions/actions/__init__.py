"""What people do to unions: each verb one transaction, in the name of one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.flow.api import move, start, wind
from niangjia.kit.answer import asking
from niangjia.kit.components import day_words
from niangjia.kit.dates import today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.faults import credit_fault
from niangjia.kit.ids import narrow
from niangjia.kit.names import reading, tokens
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.unions import rules
from niangjia.unions.actions.entries import ENTERED, entries_change
from niangjia.unions.actions.vacant import chair_stands
from niangjia.unions.enums import ADMINISTRATORS, OF_ONE_UNIT, Duty, Form, Kind, Link, May, Served, State
from niangjia.unions.models import Body, Cover, Employer, Office, Parentage, Union, open_on
from niangjia.unions.parameters import TERM_LONG
from niangjia.unions.queries import own_union
from niangjia.unions.scope import rehang, rescope

UNION_CODES = ("81", "89")  # how credit codes of unions begin (GB 32100-2015)


@dataclass(frozen=True)
class Facts:
    """What is said of a union when it is founded."""

    name: str
    kind: str
    short_name: str = ""
    term_years: int | None = None  # the longer term, unless said
    contact: str = ""
    contact_phone: str = ""
    employer: Employer | None = None
    units: Sequence[Employer] = ()  # that a union of several covers


@transaction.atomic
def found(parent: Union, facts: Facts, *, by: User) -> Union:
    """Begin a union under another; it counts once the union above has approved it (Trade Union Law 2021, art. 12)."""
    if not allows(by, May.FOUND, parent):
        raise Refused(_("Only the organisation office of a union above may found one here."))
    if not rules.may_lead(parent.kind, facts.kind):
        raise RuleBroken(
            _("%(below)s cannot stand under %(above)s. Choose another type, or another union above.")
            % {"below": Kind(facts.kind).label, "above": Kind(parent.kind).label}
        )
    own = facts.employer if facts.kind in OF_ONE_UNIT else None
    if own is not None and (there := own_union(own)) is not None:
        raise RuleBroken(
            _("%(employer)s has a union already: %(union)s (%(code)s).")
            % {"employer": own.name, "union": there.short_name, "code": there.code}
        )
    with transaction.get_connection().cursor() as cursor:  # a reorganisation that is coming into force is waited for
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext('unions.tree'))")
    parent.refresh_from_db()
    said = reading(facts.name, person=False)
    union = Union.objects.create(
        code=next_code(parent), name=facts.name, short_name=facts.short_name or facts.name.removesuffix("工会委员会"), name_py=said,
        tokens=tokens(facts.name, said), kind=facts.kind, level=rules.level_under(parent.level, facts.kind), parent=parent, path="",
        division=parent.division, employer=own, term_years=facts.term_years or asking(parent, today())(TERM_LONG).count, contact=facts.contact, contact_phone=facts.contact_phone,
    )  # fmt: skip
    Parentage.objects.create(child=union, parent=parent, since=today(), basis="")
    place(union, parent)
    units = {one.pk: one for one in (*([facts.employer] if facts.employer else []), *facts.units)}
    Cover.objects.bulk_create([Cover(union=union, employer=one, since=today()) for one in units.values()])
    start(union, by=by)
    return union


def next_code(parent: Union) -> str:
    """A code that was never used: the parent's division and a running number."""
    head = f"U{parent.code.lstrip('U')[:6]}"
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('unions.code'))")
    last = (
        Union.objects.filter(code__startswith=head, code__regex=rf"^{head}\d{{5}}$")
        .order_by("-code")
        .values_list("code", flat=True)
        .first()
    )
    return f"{head}{int(last[len(head) :]) + 1 if last else 1:05d}"


def place(union: Union, parent: Union | None) -> None:
    """Store where a union stands: path, county and township, as all lists read them."""
    union.path = f"{parent.path if parent else '/'}{union.pk}/"
    union.county_id = union.pk if union.level == 2 else parent.county_id if parent else None
    union.township_id = union.pk if union.level == 3 else parent.township_id if parent and union.level > 3 else None
    union.save(update_fields=["path", "county", "township"])


@transaction.atomic
def approve(union: Union, *, on: date, approval_no: str, by: User) -> Union:
    """The union above approves the founding; from that day it counts."""
    if on > today():
        raise RuleBroken(_("The day of approval lies ahead; write the day on the paper."))
    if not approval_no.strip():
        raise RuleBroken(_("Write the number of the approval, as on the paper: it is asked for when the union registers."))
    Union.objects.filter(pk=union.pk).update(
        founded_on=on, approval_no=approval_no.strip(), term_start=on, term_end=rules.term_end(on, union.term_years)
    )
    union.refresh_from_db()
    for model in (Body, Cover):  # what was written down while it was being prepared holds from its founding
        model.objects.filter(union=union, until=None, since__lt=on).update(since=on)
    move(union, "approve", by=by)
    Body.objects.get_or_create(union=union, kind="COMMITTEE", until=None, defaults={"since": on})
    return union


@transaction.atomic
def re_elect(union: Union, *, on: date, approval_no: str, by: User) -> Union:
    """A new committee was elected and approved: the next term begins."""
    if on > today():
        raise RuleBroken(_("The day of the election lies ahead; record it when it has been held."))
    if union.term_start and on <= union.term_start:
        raise RuleBroken(_("The present term began on %(day)s; the next one begins later.") % {"day": union.term_start})
    Union.objects.filter(pk=union.pk).update(
        term_no=union.term_no + 1, term_start=on, term_end=rules.term_end(on, union.term_years), approval_no=approval_no.strip()
    )
    union.refresh_from_db()
    move(union, "re-elect", by=by, reason=approval_no)
    return union


@transaction.atomic
def reparent(union: Union, parent: Union, *, since: date, basis: str, by: User, kind: str = Link.ORG) -> Union:
    """From a day on a union stands under another. Today's tree moves with it; what was counted under the old one stays countable."""
    for end in (union, parent):
        if not allows(by, May.REORGANISE, end) and not (end.pk == parent.pk and allows(by, May.FOUND, end)):
            raise Refused(_("Moving a union is decided by the union above both: ask its organisation office."))
    if union.level <= 3 or union.children.exclude(state=State.ABOLISHED).exists():
        raise RuleBroken(_("A union that leads others moves by a reorganisation: it is rehearsed first, and two people sign it."))
    if parent.path.startswith(union.path):
        raise RuleBroken(_("%(parent)s stands below %(union)s; a union cannot stand under itself.") % {"parent": parent, "union": union})
    if not rules.may_lead(parent.kind, union.kind):
        raise RuleBroken(
            _("%(below)s cannot stand under %(above)s.") % {"below": union.get_kind_display(), "above": parent.get_kind_display()}
        )
    if not basis.strip():
        raise RuleBroken(_("Name the paper by which it moves: its number, or who decided."))
    last = union.parentages.filter(kind=kind).order_by("-since").first()
    if last and since <= last.since:
        raise RuleBroken(_("Its present parent holds since %(day)s; the new one begins later.") % {"day": last.since})
    if since > today():
        raise RuleBroken(_("A move is recorded when it holds; come back on the day."))
    Parentage.objects.create(child=union, parent=parent, kind=kind, since=since, basis=basis.strip())
    if kind == Link.ORG:
        union.parent = parent
        union.save(update_fields=["parent"])
        rehang(rescope(union))
        union.refresh_from_db()
    return union


@transaction.atomic
def appoint(
    union: Union,
    *,
    name: str,
    duty: str,
    post: str,
    served: str = Served.PART,
    since: date,
    user: User | None = None,
    approval_no: str = "",
    by: User,
) -> Office:
    """Give somebody an office in a union."""
    _may_appoint(union, duty, by)
    if user and user.pk == by.pk and any(seat.duty in ADMINISTRATORS for seat in by.seats):
        raise RuleBroken(_("Administrators give themselves no office; another person has to."))
    if user and duty in ADMINISTRATORS and Office.objects.filter(user=user, until=None, duty__in=ADMINISTRATORS - {duty}).exists():
        raise RuleBroken(
            _("System, security and audit administrator are three persons; %(name)s already holds one of these.") % {"name": name}
        )
    if user and Office.objects.filter(user=user, union=union, duty=duty, until=None).exists():
        raise RuleBroken(_("%(name)s already holds this office here.") % {"name": name})
    note([("office given", "unions.union", union.pk, f"{duty}: {name}"[:200])], by=by)
    if duty == Duty.CHAIR and Office.objects.filter(union=union, duty=duty, delegated_by=None).exists():
        entries_change(union)  # another legal representative
    made = Office.objects.create(
        union=union, user=user, name=name, duty=duty, post=post or str(Duty(duty).label), served=served, since=since, approval_no=approval_no,
    )  # fmt: skip
    if duty == Duty.CHAIR:
        chair_stands(union, since)
    return made


@transaction.atomic
def dismiss(office: Office, *, on: date, by: User) -> Office:
    """An office ends. The same day it was given, it is as if it had not been."""
    _end(office, on=on, by=by)
    if office.duty == Duty.CHAIR and office.delegated_by_id is None:
        chair_stands(office.union, on)
    return office


def _end(office: Office, *, on: date, by: User) -> None:
    _may_appoint(office.union, office.duty, by)
    if on <= office.since:
        raise RuleBroken(_("The office began on %(day)s; it ends on a later day.") % {"day": office.since})
    Office.objects.filter(pk=office.pk, until=None).update(until=on)
    Office.objects.filter(delegated_by=office, until__gt=on).update(until=Greatest("since", Value(on)))  # with it ends who stands in for it
    note([("office ended", "unions.union", office.union_id, f"{office.duty}: {office.name}"[:200])], by=by)
    office.refresh_from_db()


@transaction.atomic
def hand_over(office: Office, *, on: date, name: str = "", user: User | None = None, by: User) -> Office | None:
    """An office ends, and where somebody is named she holds it from that day on: what lies on the desk lies on hers, nothing is moved by hand."""
    if not name:
        dismiss(office, on=on, by=by)
        return None
    _end(office, on=on, by=by)
    made = appoint(office.union, name=name, duty=office.duty, post=office.post, served=office.served, since=on, user=user, by=by)
    if user is not None:
        facts = {"union": office.union.short_name, "post": office.post, "name": office.name, "day": str(on)}
        tell([user], "office-taken-over", facts=facts, url=office.union.get_absolute_url())
    return made


def _may_appoint(union: Union, duty: str, by: User) -> None:
    """Administrators are appointed by the security administrator, officers by the organisation office."""
    if duty in ADMINISTRATORS:
        if not any(seat.duty == "security" for seat in by.seats):
            raise Refused(_("Administrators are appointed by the security administrator."))
    elif not allows(by, May.APPOINT, union):
        raise Refused(_("Offices here are given by the chair or the organisation office, here or above, or by the security administrator."))


@transaction.atomic
def set_up(union: Union, *, kind: str, form: str, since: date, basis: str = "", by: User) -> Body:
    """A body of the union is set up; or the union is exempt from it, by a paper."""
    if not allows(by, May.EDIT, union):
        raise Refused(_("Only the union itself, or an organisation office above, may record its bodies."))
    if Body.objects.filter(open_on(today()), union=union, kind=kind).exists():
        raise RuleBroken(_("The union already has this body."))
    if form == Form.EXEMPT and not basis.strip():
        raise RuleBroken(_("Name the paper by which the union is exempt: its number, or who decided and why."))
    has_come(union, since)
    return Body.objects.create(union=union, kind=kind, form=form, since=since, basis=basis.strip())


@transaction.atomic
def dissolve(body: Body, *, on: date, why: str, by: User) -> None:
    """A body of the union ends."""
    if not allows(by, May.EDIT, body.union):
        raise Refused(_("Only the union itself, or an organisation office above, may record its bodies."))
    if not why.strip():
        raise RuleBroken(_("Say why: whoever reads the story later will ask."))
    if not body.since < on <= today():
        raise RuleBroken(_("The body began on %(day)s; it ends on a later day, and today at the latest.") % {"day": body.since})
    Body.objects.filter(pk=body.pk, until=None).update(until=on, basis=why.strip())
    note([("body ended", "unions.union", body.union_id, f"{body.kind}: {why.strip()}"[:200])], by=by)


def has_come(union: Union, since: date) -> None:
    """RuleBroken for a day that lies ahead, or before the union was founded."""
    if since > today():
        raise RuleBroken(_("The day lies ahead; record it when it has come."))
    if union.founded_on and since < union.founded_on:
        raise RuleBroken(_("The union was founded on %(day)s; nothing of it began before.") % {"day": union.founded_on})


@transaction.atomic
def correct(union: Union, *, by: User, **facts: Any) -> Union:
    """Correct what is written about a union: its names, its codes, whom to call."""
    if not allows(by, May.EDIT, union):
        raise Refused(_("Only the union itself, or an organisation office above, may correct this."))
    if facts.get("uscc"):
        facts["uscc"] = narrow(facts["uscc"])
        if facts["uscc"] != union.uscc:
            own_code(union, facts["uscc"])
    if facts.get("legal_until") and facts["legal_until"] != union.legal_until:
        within_term(union, facts["legal_until"])
        facts["cancelled_on"] = None
    if "name" in facts:
        facts["name_py"] = reading(facts["name"], person=False)
        facts["tokens"] = tokens(facts["name"], facts["name_py"])
    changed = any(name in facts and facts[name] != getattr(union, name) for name in ENTERED)
    registered = bool(union.uscc)
    Union.objects.filter(pk=union.pk).update(**facts)
    union.refresh_from_db()
    wind(union)
    if changed and registered:
        entries_change(union)
    return union


def own_code(union: Union, code: str) -> None:
    """RuleBroken if a credit code cannot be this union's: it is none, another kind of unit's, or another union's."""
    if fault := credit_fault(code):
        raise RuleBroken(fault)
    if not code.startswith(UNION_CODES):
        raise RuleBroken(_("The credit code of a union begins with 81 or 89; this one is perhaps the employer's."))
    if Union.objects.filter(uscc=code).exclude(pk=union.pk).exists():
        raise RuleBroken(_("Another union has this credit code. Compare it with the certificate."))


def within_term(union: Union, until: date) -> None:
    """RuleBroken if a certificate would outlast the committee: it is valid to the end of the term at the most (measures of 2020)."""
    if union.term_end and until > union.term_end:
        raise RuleBroken(
            _("The certificate is valid to the end of the committee's term at the most, %(day)s.")
            % {"day": day_words(union.term_end, year=True)}
        )


def lapse(union: Union) -> None:
    """The house notes that a term has run out; called when its clock rings."""
    if union.state == State.NORMAL and union.term_end and union.term_end < today():
        move(union, "lapse", by=None)


@transaction.atomic
def employer_for(*, name: str, uscc: str, near: Union, category: str = "170", industry: str = "C", employees: int = 0) -> Employer:
    """The employer with a credit code; made if nobody has named it before. What is known already stays as it is."""
    code = narrow(uscc)
    if fault := credit_fault(code):
        raise RuleBroken(fault)
    if not name.strip() and not Employer.objects.filter(uscc=code).exists():
        raise RuleBroken(_("Nobody has recorded this credit code yet: write the name of the employer too."))
    place: dict[str, Any] = {"division": near.division, "county": near.county, "township": near.township}
    employer, _made = Employer.objects.get_or_create(
        uscc=code, defaults={"name": name.strip(), "category": category, "industry": industry, "employees": employees, **place}
    )
    return employer.same_as or employer  # the code of an entry that was merged finds the one that was kept
