"""A union ends: its members go on elsewhere, its bodies and offices end, and what it owned is settled."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.files.api import Source, attach
from niangjia.flow.api import move, wind, works
from niangjia.gazette.api import notices_of, withdraw
from niangjia.kit.answer import asking
from niangjia.kit.dates import at as moment
from niangjia.kit.dates import today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.unions.enums import May, State, Way
from niangjia.unions.flow import UNION_FLOW
from niangjia.unions.models import Body, Cover, Election, Founding, Office, Settlement, Split, Staffing, Union, place_of
from niangjia.unions.models.elections import DONE
from niangjia.unions.parameters import SETTLE
from niangjia.unions.queries import answerable, heir_of


@transaction.atomic
def abolish(
    union: Union, *, on: date, reason: str, successor: Union | None = None, heir: Union | None = None, retained: bool = False, by: User
) -> Union:
    """End a union whose employer has ended, or that merged into another (Trade Union Law 2021, art. 13).

    Its members go on in `heir`, unless said the federation above in whose pool they are kept; `retained`: without dues and vote. Higher
    floors carry them over in this transaction, or raise RuleBroken where somebody is neither in nor out.
    """
    UNION_FLOW.step("abolish", union.state)
    if union.children.exclude(state=State.ABOLISHED).exists():
        raise RuleBroken(_("Unions still stand under this one. Move them first; members then go with their unions."))
    if on > today() or (union.founded_on and on < union.founded_on):
        raise RuleBroken(_("A union ends between its founding and today; the day given does not lie there."))
    heir = heir or successor or heir_of(union)
    if heir is None or heir.pk == union.pk or not heir.living:
        raise RuleBroken(_("Its members go on in a union that exists: name one beside it or above it."))
    stood = union.living
    until = asking(union, on)(SETTLE).after(moment(on), works()).date() if stood else None
    Union.objects.filter(pk=union.pk).update(
        closed_on=on, successor=successor, settle_by=until, chair_by=None, **({} if union.founded_on else {"founded_on": on})
    )
    Settlement.objects.create(**place_of(union), heir=heir, retained=retained, since=on, until=None if stood else on)
    end_of(union, on)
    union.refresh_from_db()
    move(union, "abolish", by=by, reason=reason)
    if stood and union.parent is not None:
        facts = {"union": union.short_name, "heir": heir.short_name, "day": str(on), "until": str(until)}
        tell(
            [one for one in answerable(union.parent, "organisation") if one.pk != by.pk],
            "union-to-settle",
            facts=facts,
            url=union.get_absolute_url(),
        )
    return union


def end_of(union: Union, on: date) -> None:
    """What ends with a union: its bodies, its offices, the units it covered."""
    for model in (Body, Cover, Office, Staffing):
        model.objects.filter(union=union, until=None, since__lt=on).update(until=on)
        model.objects.filter(union=union, until=None).delete()


def end_affairs(union: Union, *, reason: str, by: User | None) -> None:
    """What was under way for a union that has ended leads nowhere any more: its founding, its election and the notice of that."""
    for one in Founding.objects.select_for_update(of=("self",)).filter(union=union, state__in=(Way.GRANTED, Way.FOUNDED)):
        move(one, "end", by=None, reason=reason)
    under_way = Split.objects.select_for_update(of=("self",)).filter(union=union, state__in=("DRAFT", "SENT"), approved_on=None)
    for split in under_way:  # not the one by whose approval it ends
        move(split, "end", by=None, reason=reason)
    for poll in Election.objects.select_for_update(of=("self",)).filter(union=union).exclude(state__in=DONE):
        move(poll, "end", by=None, reason=reason)
        for notice in notices_of(poll):
            if notice.running and by is not None:
                withdraw(notice, reason=reason or _("The union has ended."), by=by)


@transaction.atomic
def settle(
    union: Union, *, on: date, assets: str, account_closed_on: date | None = None, cancelled_on: date | None = None, paper: Source | None = None,
    name: str = "", by: User,
) -> Settlement:  # fmt: skip
    """What an abolished union owned has gone where it belongs, its account is closed, its legal person cancelled; with the paper that says so."""
    if not allows(by, May.REORGANISE, union):
        raise Refused(_("What an abolished union leaves is settled by the organisation office above it."))
    row = Settlement.objects.select_for_update(of=("self",)).filter(union=union, until=None).first()
    if row is None:
        raise RuleBroken(_("There is nothing to settle: the union stands, or has been settled."))
    if not assets.strip():
        raise RuleBroken(_("Write what there was and to whom it went; that there was nothing, if there was nothing."))
    days: dict[str, Any] = {"on": on, "account": account_closed_on, "cancelled": cancelled_on}
    if any(day is not None and not row.since <= day <= today() for day in days.values()):
        raise RuleBroken(_("Each day lies between the end of the union, %(day)s, and today.") % {"day": row.since})
    if union.uscc and cancelled_on is None:
        raise RuleBroken(_("The union is a legal person: write on which day that was cancelled."))
    Settlement.objects.filter(pk=row.pk).update(
        until=on, assets=assets.strip(), account_closed_on=account_closed_on, cancelled_on=cancelled_on, by=by
    )
    row.refresh_from_db()
    if paper is not None:
        attach(row, paper, name=name or _("Settlement"), purpose=_("Settlement"), by=by)
    Union.objects.filter(pk=union.pk).update(settle_by=None, **({"legal_until": cancelled_on} if cancelled_on else {}))
    union.refresh_from_db()
    move(union, "settle", by=by, house=True)
    wind(union)
    return row


def dormant_from(union: Union, day: date | None) -> None:
    """Since when a union only stands on paper (domain reference, §1.8: what is dormant does not count); None once it is at work again.

    Told by the step that has just been taken, inside its transaction.
    """
    Union.objects.filter(pk=union.pk).update(dormant_on=day)
    union.dormant_on = day
