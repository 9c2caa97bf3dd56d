"""Dues are entered, and whoever has paid none and taken part in nothing for long is talked with and decided on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.access.models import User
from niangjia.flow.api import move, record, start
from niangjia.kit.answer import asking
from niangjia.kit.dates import add_months, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import permitted
from niangjia.members import rules
from niangjia.members.actions.life import end
from niangjia.members.enums import Ending, Lapsing, May, Standing, State
from niangjia.members.models import Lapse, Membership
from niangjia.members.parameters import LAPSE
from niangjia.unions.models import place_of

AHEAD = 12  # months; who pays for more than a year ahead has mistyped the year
OPEN = (Lapsing.FOUND, Lapsing.TALKED)


@transaction.atomic
def pay(rows: Sequence[Membership], *, until: date, by: User) -> int:
    """Dues are paid up to and with a month, of one or of many: one statement, and a line in the story of each. Answers how many.

    Refused if one of them is another office's; RuleBroken if one is retained and owes nothing, or the month cannot be.
    """
    month = until.replace(day=1)
    if not date(1921, 7, 1) <= month <= add_months(today(), AHEAD):
        raise RuleBroken(_("Write the last month that is paid; it lies a year ahead at most."))
    held = list(
        permitted(by, May.EDIT)
        .filter(pk__in=[one.pk for one in rows])
        .select_related("union")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if not rows:
        raise RuleBroken(_("Tick those who have paid."))
    if len(held) < len(rows):
        raise Refused(_("Dues are entered by the union's chair, or by the organisation office above."))
    free = [one for one in held if one.standing == Standing.RETAINED]
    if free:
        raise RuleBroken(
            ngettext("%(names)s is retained and owes nothing.", "%(names)s are retained and owe nothing.", len(free))
            % {"names": _(", ").join(one.name for one in free)}
        )
    if any(one.state not in {State.MEMBER, State.LEAVING} for one in held):
        raise RuleBroken(_("One of them is no member any more, or not yet."))
    spans: dict[int, int] = {}
    for one in held:
        if one.union_id not in spans:
            spans[one.union_id] = asking(one.union, today())(LAPSE).count
        one.dues_until, one.lapses_on = month, rules.lapse_day(month, one.active_on, spans[one.union_id])
    Membership.objects.bulk_update(held, ["dues_until", "lapses_on"])
    for state in (State.MEMBER, State.LEAVING):
        record("members.membership", [one.pk for one in held if one.state == state], "dues", by=by, reason=f"{month:%Y-%m}")
    paid = [one.pk for one in held if one.lapses_on and one.lapses_on > today()]
    for lapse in Lapse.objects.filter(membership__in=paid, state__in=OPEN).order_by("pk"):
        move(lapse, "paid", by=None)
    return len(held)


@transaction.atomic
def find_lapsing() -> int:
    """List whoever may be deemed to have left, so that somebody talks with her. The house finds them each night; it decides on nobody."""
    found = Membership.objects.filter(lapses_on__lte=today(), left_on=None, state=State.MEMBER, standing=Standing.ACTIVE, primary=True)
    made = 0
    for one in found.exclude(lapses__state__in=OPEN).select_related("union").order_by("pk"):
        assert one.dues_until is not None
        lapse = Lapse.objects.create(
            **place_of(one.union), membership=one, name=one.name, found_on=today(), unpaid_since=add_months(one.dues_until, 1)
        )
        start(lapse, by=None)
        made += 1
    return made


@transaction.atomic
def talk(one: Lapse, *, on: date, with_her: str, words: str, by: User) -> Lapse:
    """Somebody has talked with her: when, who, and what was said. Without that nobody is deemed to have left."""
    if not one.unpaid_since <= on <= today():
        raise RuleBroken(_("Write the day of the talk: since she stopped paying, and not in days to come."))
    if not with_her.strip() or not words.strip():
        raise RuleBroken(_("Say who talked with her, and what was said."))
    Lapse.objects.filter(pk=one.pk).update(talked_on=on, talked_by=with_her.strip()[:60], talk=words.strip()[:500])
    move(one, "talk", by=by, reason=words)
    one.refresh_from_db()
    return one


@transaction.atomic
def leave(one: Lapse, *, on: date, reason: str, by: User) -> Lapse:
    """After the talk the committee deems her to have left (Charter of the unions, art. 5): her membership ends, by this decision and paper."""
    if not reason.strip():
        raise RuleBroken(_("Say by which decision and paper; it stands in the story."))
    move(one, "leave", by=by, reason=reason)
    Lapse.objects.filter(pk=one.pk).update(decided_by=by)
    end(Membership.objects.select_related("union").get(pk=one.membership_id), ending=Ending.LAPSED, on=on, reason=reason, by=by)
    return one


@transaction.atomic
def stay(one: Lapse, *, reason: str, by: User) -> Lapse:
    """She stays: she takes part, or had a reason. The months count anew from today."""
    move(one, "stay", by=by, reason=reason)
    Lapse.objects.filter(pk=one.pk).update(decided_by=by)
    took_part(Membership.objects.select_related("union").get(pk=one.membership_id), on=today())
    return one


@transaction.atomic
def took_part(one: Membership, *, on: date) -> None:
    """She is known to have taken part on a day: other floors that see her there may say so."""
    if one.dues_until is None or (one.active_on is not None and one.active_on >= on):
        return
    lapses = rules.lapse_day(one.dues_until, on, asking(one.union, today())(LAPSE).count) if one.standing == Standing.ACTIVE else None
    Membership.objects.filter(pk=one.pk).update(active_on=on, lapses_on=lapses)
