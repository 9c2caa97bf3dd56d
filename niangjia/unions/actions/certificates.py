"""The certificate of a union's legal person is issued anew, replaced, or cancelled, by the office that registers it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.files.api import Source, attach
from niangjia.flow.api import record, wind
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.unions.actions import within_term
from niangjia.unions.enums import May
from niangjia.unions.enums_life import Certified
from niangjia.unions.models import Certification, Union, place_of


def _held(union: Union, on: date, by: User) -> Union:
    """Hold a legal person for an act; RuleBroken if it is none, or the day cannot be."""
    if not allows(by, May.CERTIFY, union):
        raise Refused(_("Certificates are issued and cancelled by the organisation office above that registers legal persons."))
    row = Union.objects.select_for_update(of=("self",)).get(pk=union.pk)
    if not row.uscc or not row.living or row.cancelled_on:
        raise RuleBroken(_("The union is no legal person today; it is registered on the page of its founding, or by its entry."))
    if on > today() or (row.founded_on and on < row.founded_on):
        raise RuleBroken(_("The day lies between the founding of the union and today; the day given does not lie there."))
    return row


def _write(row: Union, paper: Source | None, name: str, by: User, **facts: Any) -> Certification:
    """One act, with its paper and its line in the story."""
    if paper is None:
        raise RuleBroken(_("Add the paper: the application with what was handed in."))
    made = Certification.objects.create(
        **place_of(row), old_no=row.certificate_no, old_until=row.legal_until, made_by=by, made_at=now(), **facts
    )
    attach(made, paper, name=name or str(made.get_what_display()), purpose=str(made.get_what_display()), by=by)
    record("unions.union", [row.pk], "certify", by=by, reason=f"{made.get_what_display()} {made.certificate_no}".strip())
    return made


@transaction.atomic
def issue(
    union: Union, *, what: str, on: date, certificate_no: str, until: date, notice: str = "", why: str = "", paper: Source | None = None, name: str = "", by: User,
) -> Certification:  # fmt: skip
    """A certificate is issued in the place of another: for another term, after a change, after it was lost or damaged (measures of 2020).

    It ends with the term of the committee at the latest. With the one after a change, that change is filed.
    """
    row = _held(union, on, by)
    if what == Certified.CANCELLED or what not in Certified.values:
        raise RuleBroken(_("Say why a certificate is issued: another term, a change, a loss, or damage."))
    if not certificate_no.strip():
        raise RuleBroken(_("Write the number of the certificate."))
    if until <= on:
        raise RuleBroken(_("The certificate ends after the day on which it was issued."))
    within_term(row, until)
    if what == Certified.LOST and not notice.strip():
        raise RuleBroken(_("A lost certificate is declared void first: write where and when that was made public."))
    made = _write(
        row, paper, name, by, what=what, on=on, certificate_no=certificate_no.strip(), until=until, notice=notice.strip() if what == Certified.LOST else "", why=why.strip(),
    )  # fmt: skip
    filed = {"entries_by": None} if what == Certified.CHANGED else {}
    Union.objects.filter(pk=row.pk).update(certificate_no=certificate_no.strip(), legal_until=until, **filed)
    row.refresh_from_db()
    wind(row)
    return made


@transaction.atomic
def cancel(union: Union, *, on: date, why: str, paper: Source | None = None, name: str = "", by: User) -> Certification:
    """The legal person of a union that goes on is cancelled: it has merged its accounts, or no longer fulfils what is asked of one. The union stands."""
    row = _held(union, on, by)
    if not why.strip():
        raise RuleBroken(_("Write why it is cancelled; it stands in the story of the union."))
    made = _write(row, paper, name, by, what=Certified.CANCELLED, on=on, why=why.strip())
    until = min(on, row.legal_until) if row.legal_until else on
    Union.objects.filter(pk=row.pk).update(cancelled_on=on, legal_until=until, entries_by=None)
    row.refresh_from_db()
    wind(row)
    return made
