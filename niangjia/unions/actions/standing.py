"""Standing in: somebody is away, and for so long another person holds her office beside her. What is done meanwhile is done in the name of who does it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.kit.answer import asking
from niangjia.kit.components import day_words
from niangjia.kit.dates import today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.unions import queries
from niangjia.unions.enums import ADMINISTRATORS, May
from niangjia.unions.models import Office
from niangjia.unions.parameters import STAND_IN


@transaction.atomic
def stand_in(office: Office, *, to: User, since: date, last: date, by: User) -> Office:
    """Somebody holds an office for its holder from a day to the end of another: her own of the same union, or of one above, is what she is chosen by.

    Refused unless the holder herself asks, or whoever appoints there; RuleBroken for administrators, who are three persons and no others.
    """
    if not may_send(office, by):
        raise Refused(_("Whoever holds the office says who stands in, or whoever appoints there."))
    office = Office.objects.select_for_update().select_related("union").get(pk=office.pk)
    if office.duty in ADMINISTRATORS:
        raise RuleBroken(
            _("Administrators are three persons and nobody stands in for them; the security administrator appoints another one.")
        )
    if office.delegated_by_id is not None:
        raise RuleBroken(_("She stands in herself; the one for whom she does chooses somebody else."))
    if office.until is not None:
        raise RuleBroken(_("This office ends; another holder is appointed to it."))
    if since < today():
        raise RuleBroken(_("Nobody stands in for a day that has gone; begin today or later."))
    if last < since:
        raise RuleBroken(_("The last day lies before the first. Look whether the two are the right way round."))
    most = asking(office.union, today())(STAND_IN)
    if (last - since).days >= most.count:
        raise RuleBroken(_("Nobody stands in for more than %(n)d days at a time; longer, another holder is appointed.") % {"n": most.count})
    if to.pk == office.user_id:
        raise RuleBroken(_("She holds the office herself; choose another person."))
    if to.pk not in {user.pk for user in queries.may_stand_in(office)}:
        raise RuleBroken(_("Who stands in holds an office in the same union or in one above it; choose one of them."))
    until = last + timedelta(days=1)
    other = Office.objects.filter(delegated_by=office, since__lt=until, until__gt=since).order_by("since").first()
    if other is not None:
        raise RuleBroken(
            _("%(name)s already stands in from %(first)s to %(last)s. Call her back first.")
            % {"name": other.name, "first": day_words(other.since), "last": day_words(other.last_day)}
        )
    if Office.objects.filter(union=office.union, user=to, duty=office.duty, until=None).exists():
        raise RuleBroken(_("%(name)s already holds this office here.") % {"name": to.name})
    made = Office.objects.create(
        union=office.union,
        user=to,
        name=to.name,
        duty=office.duty,
        post=office.post,
        served=office.served,
        since=since,
        until=until,
        delegated_by=office,
    )
    note([("office given", "unions.union", office.union_id, f"{office.duty}: {to.name}"[:200])], by=by)
    facts = {"union": office.union.short_name, "post": office.post, "name": office.name, "first": str(since), "last": str(last)}
    tell(
        [to, *([office.user] if office.user and office.user_id != by.pk else [])],
        "stands-in",
        facts=facts,
        url=office.union.get_absolute_url(),
    )
    return made


@transaction.atomic
def call_back(office: Office, *, by: User) -> Office:
    """Who stands in no longer does, from this moment."""
    if office.delegated_by is None or not may_send(office.delegated_by, by):
        raise Refused(_("Whoever holds the office says who stands in, or whoever appoints there."))
    day = max(today(), office.since)
    if not Office.objects.filter(pk=office.pk, until__gt=day).update(until=day):
        raise Overtaken
    note([("office ended", "unions.union", office.union_id, f"{office.duty}: {office.name}"[:200])], by=by)
    office.refresh_from_db()
    return office


def may_send(office: Office, by: User) -> bool:
    """Whether somebody says who stands in: the holder, or whoever appoints there."""
    return office.user_id == by.pk or allows(by, May.APPOINT, office.union)
