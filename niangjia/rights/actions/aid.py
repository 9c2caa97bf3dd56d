"""Legal aid is applied for, its papers come, and it is granted or refused; a refusal is looked at again by the level above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.files.api import attach, papers
from niangjia.flow.api import clocks, move, start
from niangjia.kit.components import in_a_row
from niangjia.kit.dates import at as moment_at
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.numbers import next_reference
from niangjia.kit.who import allows
from niangjia.members.api import person_for
from niangjia.members.models import Membership, Person
from niangjia.notices.api import tell
from niangjia.rights.actions.intake import MOST_FILES, desk_for
from niangjia.rights.actions.parties import EACH
from niangjia.rights.aided import AidDoor, AidKind, AidMatter, AidMay, AidState, ProofKind
from niangjia.rights.enums import Cause, May
from niangjia.rights.models import Aid, Dispute, Proof, Recipient
from niangjia.rights.queries import kept, leaders_of
from niangjia.rights.queries.aid import LIVE, may_advance, missing_of
from niangjia.rights.rules import aid as rules
from niangjia.unions.api import answerable
from niangjia.unions.models import Employer, Union

S = AidState
SUPPLYING = (S.APPLIED, S.ASKED, S.GRANTED, S.SIGNING, S.ASSIGNED, S.HANDLING)
NAMING = (S.APPLIED, S.ASKED)
OF_CAUSE = {  # what a dispute's cause is in legal aid
    Cause.PAY: AidMatter.PAY, Cause.OVERTIME: AidMatter.PAY, Cause.ARREARS: AidMatter.PAY, Cause.ENDING: AidMatter.CONTRACT, Cause.SEVERANCE: AidMatter.CONTRACT,
    Cause.DAMAGES: AidMatter.CONTRACT, Cause.CHANGE: AidMatter.CONTRACT, Cause.INJURY: AidMatter.INJURY, Cause.INSURANCE: AidMatter.INSURANCE,
    Cause.PENSION: AidMatter.INSURANCE, Cause.MEDICAL: AidMatter.INSURANCE, Cause.JOBLESS: AidMatter.INSURANCE,
}  # fmt: skip


@dataclass(frozen=True)
class AidSaid:
    """What is applied for: by whom, in what, in which form, against whom, how much (yuan)."""

    kind: str
    matter: str
    form: str
    facts: str
    claimed: Decimal = Decimal(0)
    against: Employer | None = None
    applied_on: date | None = None
    limit_on: date | None = None
    applicant_union: Union | None = None
    files: Sequence[tuple[str, Any]] = field(default_factory=tuple)  # the kind of each paper, and its file


def hold_aid(case: Aid, by: User, may: str, *states: str) -> Aid:
    """The row, held; refused to others, and where it does not stand so."""
    if not allows(by, may, case):
        raise Refused(_("A case of legal aid is led by the rights office that handles it, or by its agent."))
    held = Aid.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if states and held.state not in states:
        raise IllegalStep(f"{held.reference} is {held.state}")
    return held


def put(case: Aid, **facts: Any) -> None:
    """Write facts of a case, and on the row at hand."""
    Aid.objects.filter(pk=case.pk).update(**facts)
    for name, value in facts.items():
        setattr(case, name, value)


def _open(
    desk: Union, said: AidSaid, door: str, people: Sequence[tuple[Person, Decimal]], *, by: User, dispute: Dispute | None = None
) -> Aid:
    """The case, with its first line in the story; the days of the review run from the application, also when it is entered later."""
    day = said.applied_on or today()
    if day > today():
        raise RuleBroken(_("The day lies ahead; write the day on which it came in."))
    if not said.facts.strip():
        raise RuleBroken(_("Write what happened, and what is asked for."))
    if said.claimed < 0 or any(claimed < 0 for _person, claimed in people):
        raise RuleBroken(_("A claim is not negative."))
    if not rules.in_scope(said.kind, said.matter):
        raise RuleBroken(
            _("“%(matter)s” is not aided for “%(kind)s”. Choose what fits, or record a consultation and say where else to go.")
            % {"matter": AidMatter(said.matter).label, "kind": AidKind(said.kind).label}
        )
    if said.kind == AidKind.UNION and said.applicant_union is None:
        raise RuleBroken(_("Name the union that applies."))
    if said.kind != AidKind.UNION and not people:
        raise RuleBroken(_("Name who is to be aided."))
    list(
        Person.objects.select_for_update(of=("self",)).filter(pk__in=[person.pk for person, _sum in people]).order_by("pk")
    )  # one of two waits
    same = Aid.objects.filter(
        recipients__person__in=[person for person, _sum in people], matter=said.matter, against=said.against, state__in=LIVE
    ).first()
    if same is not None:
        raise RuleBroken(_("%(case)s about the same matter runs already. Nobody is aided twice in one matter.") % {"case": same.reference})
    above = [one for level, one in sorted(leaders_of(desk).items(), reverse=True) if level < desk.level]
    case = Aid.objects.create(
        reference=next_reference(Aid, "FY"), union=desk, township_id=desk.township_id, county_id=desk.county_id, reviewer=above[0] if above else desk, kind=said.kind,
        applicant_union=said.applicant_union, matter=said.matter, form=said.form, door=door, dispute=dispute, against=said.against, facts=said.facts.strip(),
        claimed=sum((claimed for _person, claimed in people), Decimal(0)) if people else said.claimed, limit_on=said.limit_on, applied_on=day, by=by,
    )  # fmt: skip
    Recipient.objects.bulk_create(Recipient(aid=case, person=person, claimed=claimed) for person, claimed in people)
    start(case, by=by, at=now() if day == today() else moment_at(day))
    for kind, file in said.files:
        _lay(case, kind, "", file, by)
    return case


def _lay(case: Aid, kind: str, note: str, file: Any, by: User) -> Proof:
    filed = attach(case, file, name=file.name, purpose=str(ProofKind(kind).label), by=by) if file else None
    return Proof.objects.create(aid=case, kind=kind, note=note.strip()[:200], file=filed, by=by, on=today())


def _desk_hears(case: Aid, by: User) -> None:
    due = next((clock.due_at for clock in clocks(case) if clock.code == "LA-D1"), None)
    facts = {"reference": case.reference, "day": case.applied_on, "until": day_of(due) if due else _("soon")}
    tell([one for one in answerable(case.union, "rights") if one.pk != by.pk], "aid-applied", facts=facts, url=case.get_absolute_url())


def tell_aided(case: Aid) -> None:
    """Whoever is aided and has an account is told that something has been decided; which, she reads on her page."""
    people = User.objects.filter(person__in=case.recipients.values("person"), is_active=True).distinct()
    tell(
        people,
        "aid-answered",
        facts={"reference": case.reference, "state": AidState(case.state).label},
        url=reverse("own-rights:aid", args=[case.uuid]),
    )


@transaction.atomic
def send_aid(person: Person, membership: Membership, said: AidSaid, *, by: User) -> Aid:
    """A member applies herself, with her papers: the union above her firm's reviews it, and her firm's own union sees nothing of it."""
    if person.user_id != by.pk or membership.person_id != person.pk:
        raise Refused(_("Everybody asks about her own file."))
    if len(said.files) > MOST_FILES:
        raise RuleBroken(_("At most %(most)d files at a time.") % {"most": MOST_FILES})
    facts = AidSaid(
        said.kind, said.matter, said.form, said.facts, said.claimed, membership.employer or membership.union.employer, files=said.files
    )
    case = _open(desk_for(membership), facts, AidDoor.MEMBER, [(person, said.claimed)], by=by)
    _desk_hears(case, by)
    return case


@transaction.atomic
def open_aid(union: Union, said: AidSaid, *, door: str, name: str = "", number: str = "", phone: str = "", by: User) -> Aid:
    """Somebody applies for her: a chair at her wish, an office at the counter, the hotline. At a firm's union it goes to the union above."""
    if not allows(by, AidMay.OPEN_AID, union):
        raise Refused(_("Applications here are recorded by the union itself, by the hotline, or by a rights office above."))
    desk = union if union.level <= 3 else union.township or union.county or union
    if union.level > 3 and door != AidDoor.HOTLINE:
        door = AidDoor.CHAIR
    if said.kind == AidKind.UNION:
        said = AidSaid(**{**said.__dict__, "applicant_union": said.applicant_union or union})
    people = [] if said.kind == AidKind.UNION else [(person_for(name, number, phone), said.claimed)]
    case = _open(desk, said, door, people, by=by)
    _desk_hears(case, by)
    return case


@transaction.atomic
def aid_from(dispute: Dispute, *, kind: str, form: str, by: User) -> Aid:
    """Out of a dispute: its workers, employer, facts, sums and last day for arbitration are taken over, so that nobody is asked twice."""
    if not allows(by, May.MEDIATE, dispute) or not allows(by, AidMay.OPEN_AID, dispute.handled_by):
        raise Refused(_("Aid out of a dispute is opened by the rights office that handles it, or by its mediator who sits there."))
    if kind == AidKind.UNION:
        raise RuleBroken(_("The workers of a dispute are aided, not a union."))
    dispute = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)  # as it stands now
    people = [(one.person, one.claimed) for one in dispute.claimants.select_related("person").order_by("pk")]
    matter = OF_CAUSE.get(Cause(dispute.cause), AidMatter.LABOUR)
    facts = dispute.facts or str(Cause(dispute.cause).label)
    last = dispute.arbitrate_by if dispute.arbitrate_by and dispute.arbitrate_by >= today() else None
    desk = dispute.handled_by if dispute.handled_by.level <= 3 else dispute.township or dispute.county or dispute.handled_by
    case = _open(
        desk, AidSaid(kind, matter, form, facts, against=dispute.against, limit_on=last), AidDoor.DISPUTE, people, by=by, dispute=dispute
    )
    note = _("as in %(case)s") % {"case": dispute.reference}
    _lay(case, ProofKind.IDENTITY, note, None, by)
    if papers(dispute):
        _lay(case, ProofKind.EVIDENCE, note, None, by)
    _desk_hears(case, by)
    return case


@transaction.atomic
def add_recipient(case: Aid, *, name: str, number: str, phone: str = "", claimed: Decimal = Decimal(0), by: User) -> Recipient:
    """Another person is aided in the same matter, with what she claims (yuan)."""
    held = hold_aid(case, by, AidMay.DECIDE_AID, *NAMING)
    if held.kind == AidKind.UNION:
        raise RuleBroken(_("A union applies here; persons have an application of their own."))
    if not 0 <= claimed <= EACH:
        raise RuleBroken(_("Look at the amount."))
    person = person_for(name, number, phone)
    line, made = Recipient.objects.get_or_create(aid=held, person=person, defaults={"claimed": claimed})
    if not made:
        raise RuleBroken(_("%(name)s is aided in this case already.") % {"name": person.name})
    put(held, claimed=held.claimed + claimed)
    case.claimed = held.claimed
    return line


@transaction.atomic
def add_proof(case: Aid, *, kind: str, note: str = "", file: Any = None, by: User) -> Proof:
    """A paper comes: laid on the case, or seen and described."""
    held = hold_aid(case, by, AidMay.SUPPLY_AID, *SUPPLYING)
    if file is None and not note.strip():
        raise RuleBroken(_("Choose the file, or write what was shown and by whom it was issued."))
    return _lay(held, kind, note, file, by)


@transaction.atomic
def ask_papers(case: Aid, *, wanted: str, by: User) -> Aid:
    """Papers are asked for, all at once; the days of the review stand still until they are here (Legal Aid Law, art. 43)."""
    if not wanted.strip():
        raise RuleBroken(_("Write which papers are missing, all of them at once."))
    put(case, wanted=wanted.strip())
    move(case, "ask", by=by, reason=wanted)
    tell_aided(case)
    return case


@transaction.atomic
def supply(case: Aid, *, by: User) -> Aid:
    """What was asked for is here: the days of the review go on."""
    move(case, "supply", by=by)
    _desk_hears(case, by)
    return case


@transaction.atomic
def grant_aid(case: Aid, *, form: str, opinion: str, by: User) -> Aid:
    """Aid is granted in a form; without all papers only in advance, where a limitation ends within days (Legal Aid Law, art. 44)."""
    lacking = missing_of(case)
    advance = bool(lacking) and may_advance(case)
    if lacking and not advance:
        raise RuleBroken(
            _("Papers are missing: %(papers)s. Ask for them, or write the last day of the limitation if it ends within days.")
            % {"papers": in_a_row(ProofKind(one).label for one in lacking)}
        )
    if not opinion.strip():
        raise RuleBroken(_("Write on what the decision rests."))
    put(
        case, form=form, opinion=opinion.strip()[:500], advance=advance, decided_on=today(), granted_on=today(), assign_from=today(), decided_by=by,
        decided=kept(case, "LA-D1", today()),
    )  # fmt: skip
    move(case, "grant", by=by, reason=opinion)
    tell_aided(case)
    return case


@transaction.atomic
def refuse_aid(case: Aid, *, ground: str, reason: str, by: User) -> Aid:
    """Aid is refused, with its ground; the applicant may object, and the level above looks at it (Legal Aid Law, art. 49)."""
    put(case, refusal=ground, opinion=reason.strip()[:500], decided_on=today(), decided_by=by, decided=kept(case, "LA-D1", today()))
    move(case, "refuse", by=by, reason=reason)
    tell_aided(case)
    return case


@transaction.atomic
def object_to(case: Aid, *, reason: str, by: User) -> Aid:
    """The applicant objects: the union above looks at the refusal within its days; at the city, which has none above, a leader who did not decide."""
    move(case, "object", by=by, reason=reason)
    if case.reviewer is not None:
        due = next((day_of(clock.due_at) for clock in clocks(case) if clock.code == "LA-D5"), _("soon"))
        people = [one for one in answerable(case.reviewer, case.review_duty) if one.pk != case.decided_by_id]
        tell(people, "aid-objected", facts={"reference": case.reference, "until": due}, url=case.get_absolute_url())
    return case


@transaction.atomic
def uphold(case: Aid, *, reason: str, by: User) -> Aid:
    """The level above agrees with the refusal."""
    move(case, "uphold", by=by, reason=reason)
    tell_aided(case)
    return case


@transaction.atomic
def overturn(case: Aid, *, reason: str, by: User) -> Aid:
    """The level above sets the refusal aside: the aid is granted, and assigned within its days."""
    put(case, granted_on=today(), assign_from=today(), opinion=reason.strip()[:500])
    move(case, "overturn", by=by, reason=reason)
    tell(answerable(case.union, "rights"), "aid-overturned", facts={"reference": case.reference}, url=case.get_absolute_url())
    tell_aided(case)
    return case


@transaction.atomic
def set_limit(case: Aid, *, on: date | None, by: User) -> Aid:
    """When arbitration or suit can be asked for at the latest, as far as it is known."""
    held = hold_aid(case, by, AidMay.DECIDE_AID, *NAMING)
    put(held, limit_on=on)
    case.limit_on = on
    return case
