"""The life of an annual return: begun out of the books, explained, signed by two, frozen, sent up; withdrawn, if it must be."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.access.api import User
from niangjia.flow.api import move, start
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.numbers import next_reference
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.returns import queries, rules, said, surveys
from niangjia.returns.enums import May, Role, State
from niangjia.returns.figures import NAMED
from niangjia.returns.models import AnnualReturn, Remark, Signature
from niangjia.unions.api import hearing
from niangjia.unions.models import Union, place_of
from niangjia.worklog.api import freeze_many, known_at, post
from niangjia.worklog.api import sign as sign_books

SHOWN = 3  # faults that a sentence names


@transaction.atomic
def begin(union: Union, year: int, *, by: User) -> AnnualReturn:
    """Begin the return of a union for the statistical year that ends in a year: the books fill it, as known on its closing day.

    RuleBroken if the year has not closed, or if the return is there already; Refused to all but the union's own organisation office.
    """
    if union.level > 3 or not allows(by, May.BEGIN, union):
        raise Refused(_("The annual return of a township, a county or the city is filled in by its own organisation office."))
    as_of = rules.closing(year, queries.closes(union, year))
    if as_of >= today():
        raise RuleBroken(
            _("The statistical year %(year)d ends on %(day)s. Begin its return after that day.") % {"year": year, "day": as_of}
        )
    Union.objects.select_for_update().get(pk=union.pk)  # two who begin it at once: the second is told
    if found := AnnualReturn.objects.filter(union=union, year=year).first():
        raise RuleBroken(_("The return for %(year)d is there already: %(reference)s. Go on with it.") % {"year": year, "reference": found})
    opens = rules.opening(as_of)
    posting = known_at(as_of) or post()  # a house whose books began later answers by what it knows today
    before, compared = queries.year_before(union, year, opens, as_of, posting)
    made = AnnualReturn.objects.create(
        **place_of(union), reference=next_reference(AnnualReturn, "NB"), year=year, opens=opens, as_of=as_of, posting=posting,
        values=queries.counted(union, opens, as_of, posting), before=before, compared=compared, made_by=by, made_at=now(),
    )  # fmt: skip
    start(made, by=by)
    return made


def _held(annual: AnnualReturn) -> AnnualReturn:
    """The row, held until the step is taken; Overtaken if somebody was first."""
    row = AnnualReturn.objects.select_for_update(of=("self",)).select_related("union").get(pk=annual.pk)
    if (row.state, row.round, row.posting) != (annual.state, annual.round, annual.posting):
        raise Overtaken
    return row


@transaction.atomic
def recount(annual: AnnualReturn, *, reason: str, by: User) -> int:
    """Count it anew as known today: what was entered late for the closing day comes in. Answers how many lines changed."""
    row = _held(annual)
    move(row, "recount", by=by, reason=reason)
    posting = post()
    values = queries.counted(row.union, row.opens, row.as_of, posting)
    before, compared = queries.year_before(row.union, row.year, row.opens, row.as_of, posting)
    changed = [code for code, value in values.items() if value != row.values.get(code)]
    AnnualReturn.objects.filter(pk=row.pk).update(posting=posting, values=values, before=before, compared=compared)
    return len(changed)


@transaction.atomic
def remark(annual: AnnualReturn, line: str, text: str, *, by: User) -> None:
    """Say why a number is what it is; an empty text takes the remark back."""
    row = _held(annual)
    if not allows(by, May.FILL, row):
        raise Refused(_("You may read this, but the step belongs to another office."))
    if row.state != State.DRAFT:
        raise RuleBroken(_("This return has been signed as filled in. Withdraw it before you change a remark."))
    if line not in NAMED or line not in row.values:
        raise RuleBroken(_("This return has no line %(line)s.") % {"line": line[:8]})
    if not text.strip():
        row.remarks.filter(line=line).delete()
        return
    Remark.objects.update_or_create(annual=row, line=line, defaults={"text": text.strip()[:300], "by": by, "at": now()})


@transaction.atomic
def check(annual: AnnualReturn, *, by: User) -> Signature:
    """The organisation office answers for the numbers: every check holds, and every large change has its remark."""
    row = _held(annual)
    _arrived(row)
    found = queries.judged(row)
    if found.broken:
        raise RuleBroken(_("A check does not hold. ") + " ".join(said.fault(one) for one in found.broken[:SHOWN]))
    if found.unexplained:
        names = said.listed([said.name(NAMED[code]) for code in found.unexplained[:SHOWN]])
        raise RuleBroken(_("Explain first why these numbers moved so far since last year: %(lines)s.") % {"lines": names})
    move(row, "check", by=by)
    made = _put(row, Role.FILLED, by)
    desk = (row.union_id, "leader")
    facts = {"union": row.union.short_name, "year": row.year, "name": by.name, "day": said.due(row)}
    tell([one for one in hearing([desk])[desk] if one != by], "return-to-sign", facts=facts, url=row.get_absolute_url())
    return made


def _arrived(row: AnnualReturn) -> None:
    """What is summed up has come: RuleBroken while a grassroots union has not confirmed its survey, or a union below has not sent its return."""
    waits, many, late = surveys.in_the_way(row)
    if waits:
        names = said.listed([one.union.short_name for one in waits])
        raise RuleBroken(
            ngettext(
                "%(n)d grassroots union has not confirmed its survey: %(names)s. Urge it, or confirm on its behalf.",
                "%(n)d grassroots unions have not confirmed their surveys: %(names)s and others. Urge them, or confirm on their behalf.",
                many,
            )
            % {"n": many, "names": names}
        )
    if late:
        names = said.listed([one.short_name for one in late[:SHOWN]])
        raise RuleBroken(
            ngettext(
                "%(n)d union below has not sent its return: %(names)s.",
                "%(n)d unions below have not sent their returns: %(names)s and others.",
                len(late),
            )
            % {"n": len(late), "names": names}
        )


def _put(row: AnnualReturn, role: Role, by: User) -> Signature:
    return Signature.objects.create(annual=row, round=row.round, role=role, posting=row.posting, by=by, at=now())


@transaction.atomic
def sign(annual: AnnualReturn, *, by: User) -> AnnualReturn:
    """The head of the union signs, another person than who filled it in; every number is frozen at the posting, with one root over all."""
    row = _held(annual)
    if row.signatures.filter(round=row.round, by=by).exists():
        raise RuleBroken(_("You signed this return as filled in. The head of the union signs it, another person than you."))
    if queries.counted(row.union, row.opens, row.as_of, row.posting) != row.values:  # a definition has been worded anew meanwhile
        raise RuleBroken(_("The books answer otherwise than when it was filled in. Withdraw it, and count it anew."))
    numbers = freeze_many(queries.asked_all(row), row.posting)
    signed, root = sign_books(queries.document_name(row), numbers)
    AnnualReturn.objects.filter(pk=row.pk).update(freezes=numbers, signed=signed, root=root)
    _put(row, Role.LEADER, by)
    move(row, "sign", by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def send(annual: AnnualReturn, *, by: User) -> None:
    """It has gone up; its clock stops."""
    move(_held(annual), "send", by=by)


@transaction.atomic
def back(annual: AnnualReturn, *, reason: str, by: User) -> None:
    """The office above sends it back to be mended, and says why: its signatures are spent, as when it is withdrawn."""
    row = _held(annual)
    move(row, "back", by=by, reason=reason)
    _next_round(row, "return-back", reason, by)


@transaction.atomic
def withdraw(annual: AnnualReturn, *, reason: str, by: User) -> None:
    """Take it back to be mended: the signatures of this round are spent, the frozen numbers stay with the books."""
    row = _held(annual)
    move(row, "withdraw", by=by, reason=reason)
    _next_round(row, "return-withdrawn", reason, by)


def _next_round(row: AnnualReturn, what: str, reason: str, by: User) -> None:
    AnnualReturn.objects.filter(pk=row.pk).update(round=row.round + 1)
    signed = [one.by for one in row.signatures.filter(round=row.round).select_related("by") if one.by != by]
    facts = {"union": row.union.short_name, "year": row.year, "name": by.name, "why": reason}
    tell(signed, what, facts=facts, url=row.get_absolute_url())
