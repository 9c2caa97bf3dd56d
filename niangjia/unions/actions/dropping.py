"""Firms that a list had and the next whole one lacks: told apart, counted no longer, and their clues offered for closing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.unions.actions import founding
from niangjia.unions.actions.spells import SLICE, settle
from niangjia.unions.enums import Dropped, May, Way
from niangjia.unions.models import Founding, Taxpayer, Union
from niangjia.unions.models.founding import DONE
from niangjia.unions.queries import answerable
from niangjia.unions.rules.taxpayers import Firm, fate


@dataclass
class Seen:
    """What a list holds: numbers, credit codes, and the last day for which it speaks."""

    numbers: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    day: date | None = None

    def note(self, firm: Firm) -> None:
        """A firm stands in the list."""
        self.numbers.add(firm.number)
        if firm.uscc:
            self.codes.add(firm.uscc)
        self.day = max(self.day or firm.synced_on, firm.synced_on)


def held(at: Union) -> QuerySet[Taxpayer]:
    """The firms that we hold of a place and that no list lacked yet."""
    return Taxpayer.objects.filter(at__path__startswith=at.path, dropped="")


def drop_off(at: Union, seen: Seen, *, write: bool) -> int:
    """The firms of a place that a whole list lacks: those of an earlier day. Answers how many; `write`: they have dropped off from the list's day on."""
    assert seen.day is not None
    rows = held(at).filter(synced_on__lt=seen.day).values_list("pk", "number", "state", "uscc")
    found: dict[str, list[int]] = {}
    for pk, number, state, uscc in rows.iterator(chunk_size=SLICE):
        if number not in seen.numbers:
            found.setdefault(fate(state, uscc, seen.codes), []).append(pk)
    if write:
        for what, pks in found.items():
            Taxpayer.objects.filter(pk__in=pks).update(dropped=what, dropped_on=seen.day)
        gone = [pk for pks in found.values() for pk in pks]
        settle(Taxpayer.objects.filter(pk__in=gone), told=True)
        _tell(gone)
    return sum(map(len, found.values()))


def _tell(gone: list[int]) -> None:
    """Whoever follows one of them is told, once for each founding."""
    employers = Taxpayer.objects.filter(pk__in=gone, employer__isnull=False).values("employer")
    for one in Founding.objects.filter(employer__in=employers).exclude(state__in=DONE).select_related("at", "employer"):
        tell(
            answerable(one.at, "organisation"),
            "firm-dropped",
            facts={"reference": one.reference, "employer": one.whose},
            url=one.get_absolute_url(),
        )


def _working(one: Taxpayer, by: User) -> Taxpayer:
    row = Taxpayer.objects.select_for_update(of=("self",)).select_related("at").get(pk=one.pk)
    if not allows(by, May.WORK_TAX, row):
        raise Refused(_("This is done by the organisation office of the place, or of one above."))
    if not row.dropped:
        raise Overtaken
    return row


@transaction.atomic
def explain(one: Taxpayer, *, why: str, by: User) -> Taxpayer:
    """Somebody found out what became of a firm that dropped off."""
    row = _working(one, by)
    if why not in (Dropped.MOVED, Dropped.CLOSED):
        raise RuleBroken(_("Say whether it has moved or closed."))
    Taxpayer.objects.filter(pk=row.pk).update(dropped=why)
    note([("firm dropped off", Taxpayer._meta.label_lower, row.pk, f"{why}: {row.name}"[:200])], by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def close_clue(one: Taxpayer, *, by: User) -> Founding:
    """The clue of a firm that dropped off is given up; RuleBroken once its union is being prepared, or where nothing is followed."""
    row = _working(one, by)
    clue = Founding.objects.filter(employer=row.employer_id).exclude(state__in=DONE).first() if row.employer_id else None
    if clue is None:
        raise RuleBroken(_("No union is being founded there; there is nothing to close."))
    if clue.state in (Way.GRANTED, Way.FOUNDED):
        raise RuleBroken(
            _("%(reference)s is past its application. Decide on its own page what becomes of it.") % {"reference": clue.reference}
        )
    reason = _("By the tax side's list of %(day)s: %(why)s.") % {"day": row.dropped_on, "why": row.get_dropped_display()}
    return founding.give_up(clue, reason=reason, by=by)
