"""An employer's entry is corrected; each correction is a line of its story."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.kit.dates import now
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.faults import credit_fault
from niangjia.kit.ids import narrow
from niangjia.kit.who import allows
from niangjia.unions.actions.spells import match, settle_employers
from niangjia.unions.enums import May
from niangjia.unions.models import Employer, EmployerChange, Taxpayer

COLUMNS = ("name", "uscc", "category", "industry", "employees", "address")


@transaction.atomic
def correct_employer(employer: Employer, *, by: User, reason: str = "", **facts: Any) -> Employer:
    """Correct what is written of an employer. RuleBroken for a credit code that is none, or another employer's."""
    if not allows(by, May.EDIT_EMPLOYER, employer):
        raise Refused(
            _("An employer's entry is corrected by the organisation office of its place, or by the office of a union that covers it.")
        )
    held = Employer.objects.select_for_update(of=("self",)).get(pk=employer.pk)
    if held.same_as_id:
        raise RuleBroken(_("This entry was merged into another one. Correct that one."))
    facts["uscc"] = narrow(facts.get("uscc", held.uscc))
    if facts["uscc"] != held.uscc:
        _own_code(held, facts["uscc"])
    what = {
        column: [getattr(held, column), facts[column]] for column in COLUMNS if column in facts and facts[column] != getattr(held, column)
    }
    if not what:
        return held
    if "uscc" in what and not reason.strip():
        raise RuleBroken(_("Say why the credit code changes: cases, firms of the tax side and unions are told apart by it."))
    Employer.objects.filter(pk=held.pk).update(**{column: new for column, (_was, new) in what.items()})
    EmployerChange.objects.create(employer=held, by=by, at=now(), what=what, reason=reason.strip())
    if {"uscc", "name"} & what.keys():
        match(Taxpayer.objects.filter(employer=None, uscc=facts["uscc"]))
        settle_employers([held.pk])
    held.refresh_from_db()
    return held


def _own_code(employer: Employer, code: str) -> None:
    """RuleBroken if a credit code cannot be this employer's. Two entries of one employer are never silently one."""
    if fault := credit_fault(code):
        raise RuleBroken(fault)
    if (there := Employer.objects.filter(uscc=code).exclude(pk=employer.pk).select_related("same_as").first()) is not None:
        raise RuleBroken(
            _("%(other)s has this credit code, and was merged into %(kept)s. Undo that first, and merge the other way round.") % {"other": there.name, "kept": there.same_as.name}
            if there.same_as
            else _("%(other)s has this credit code already. If both are one, let the organisation office merge them on the page of either.") % {"other": there.name}
        )  # fmt: skip
