"""A union asks for somebody who works there now, and the one in which she stands answers."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.flow.api import move, start
from niangjia.kit import crypt
from niangjia.kit.dates import now
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.ids import narrow
from niangjia.kit.who import allows
from niangjia.members.actions.life import is_pool, pool, send, takes_members
from niangjia.members.enums import ID, May, State
from niangjia.members.models import Membership, Person, Request
from niangjia.members.papers import any_fault
from niangjia.notices.api import tell
from niangjia.unions.api import hearing
from niangjia.unions.models import Union, place_of


@transaction.atomic
def send_on(rows: Sequence[Membership], *, to: Union, by: User) -> int:
    """Those whom a pool keeps go to the union that there is now where they work, all or none. Answers how many."""
    if not rows:
        raise RuleBroken(_("Tick those who are sent on."))
    for one in rows:
        send(one, to=to, by=by)
    return len(rows)


@transaction.atomic
def ask_for(union: Union, *, name: str, number: str, why: str, by: User) -> Request:
    """She is ours now: found by name and number together, as the union has them from her, and by nothing less.

    RuleBroken if nobody of this name and number is a member anywhere, stands here already, or is on her way.
    """
    if not allows(by, May.WANT, union):
        raise Refused(_("The union's chair, or the organisation office above, asks for people who work there now."))
    if not takes_members(union) and not is_pool(union):
        raise RuleBroken(_("Only a grassroots union that exists, or a township federation for its pool, asks for people."))
    name, number = "".join(name.split()), narrow(number)
    if fault := any_fault(number):
        raise RuleBroken(fault)
    if not why.strip():
        raise RuleBroken(_("Say since when she works here; the union in which she stands reads it."))
    known = Person.objects.filter(id_hash=crypt.blind_one(number, ID)).select_related("same_as").first()
    her = known.same_as or known if known else None  # an old number of somebody who was merged finds her
    found = Membership.objects.filter(person=her, name=name, left_on=None, primary=True)
    one = found.exclude(state__in=[State.REFUSED, State.APPLIED]).select_related("union").first()
    if one is None:
        raise RuleBroken(
            _("Nobody of this name and number is a member anywhere. Compare both with the card; if they are right, take an application.")
        )
    if one.union_id == union.pk:
        raise RuleBroken(_("She stands in this union already."))
    if one.state == State.LEAVING:
        raise RuleBroken(_("She is on her way already. Look under “Coming”, or ask %(union)s.") % {"union": one.union})
    try:
        with transaction.atomic():
            made = Request.objects.create(
                **place_of(union), source=one.union, membership=one, name=name, why=why.strip()[:200], made_at=now(), made_by=by
            )
    except IntegrityError:
        raise RuleBroken(_("You have asked for her already; the answer is awaited.")) from None
    note([("asked", "members.membership", one.pk, f"members.request {made.pk}")], by=by)
    start(made, by=by)
    desk = (one.union_id, "chair")
    tell(hearing([desk])[desk], "asked-for", url=made.get_absolute_url(), facts={"union": union.short_name, "from": one.union.short_name})
    return made


@transaction.atomic
def give(one: Request, *, by: User) -> Request:
    """The union in which she stands sends her: from now on the union that asked has its days to take her over."""
    move(one, "give", by=by)
    held = Membership.objects.select_related("union").get(pk=one.membership_id)
    if held.state != State.MEMBER:
        raise Overtaken
    send(held, to=one.union, reason=one.why, by=by)
    return one


@transaction.atomic
def keep(one: Request, *, reason: str, by: User) -> Request:
    """She stays: the union that asked reads why."""
    move(one, "keep", by=by, reason=reason)
    Request.objects.filter(pk=one.pk).update(answer=reason.strip()[:500])
    one.refresh_from_db()
    tell([one.made_by], "not-sent", url=one.get_absolute_url(), facts={"from": one.source.short_name})
    return one


@transaction.atomic
def unask(one: Request, *, by: User) -> Request:
    """The union that asked thinks better of it."""
    move(one, "withdraw", by=by)
    return one


@transaction.atomic
def pool_late(one: Membership) -> Membership:
    """Nobody took her over in time; the pool that takes her in and the union that sent her are told."""
    made = pool(one)
    desks = [(made.union_id, "chair"), (one.union_id, "chair")]
    heard = hearing(desks)
    facts = {"union": made.union.short_name, "from": one.union.short_name}
    tell(heard[desks[0]], "pooled", url=made.get_absolute_url(), facts=facts)
    tell(heard[desks[1]], "pooled", url=one.get_absolute_url(), facts=facts)
    return made
