"""Expulsion: the group proposes, the committee decides on paper, the union above takes it on file (Charter of the unions, art. 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import move, start
from niangjia.kit.dates import today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.members import rules
from niangjia.members.actions.life import end
from niangjia.members.enums import Ending, May, State
from niangjia.members.models import Expulsion, Membership
from niangjia.notices.api import tell
from niangjia.unions.api import hearing
from niangjia.unions.models import place_of


@dataclass(frozen=True)
class Proposal:
    """What a union group has said of somebody who was sentenced."""

    group: str
    on: date
    judgment: str  # of which court, and its number
    opinion: str


@transaction.atomic
def propose_expulsion(one: Membership, said: Proposal, *, by: User) -> Expulsion:
    """The group has discussed it and proposes: only for a serious crime that was punished by a court."""
    if not allows(by, May.EDIT, one):
        raise Refused(_("An expulsion is proposed by the union's chair, or by the organisation office above."))
    if one.left_on is not None or one.state not in {State.MEMBER, State.LEAVING}:
        raise RuleBroken(_("She is no member any more, or not yet."))
    if not all(text.strip() for text in (said.group, said.judgment, said.opinion)):
        raise RuleBroken(_("Name the group, the judgment of the court, and what the group proposes: nobody is expelled for anything less."))
    if one.joined_on is None or not rules.may_end(one.joined_on, said.on, today()):
        raise RuleBroken(_("Write the day on which the group met: she was a member, and it has come already."))
    try:
        with transaction.atomic():
            made = Expulsion.objects.create(
                **place_of(one.union), membership=one, name=one.name, group=said.group.strip()[:60], proposed_on=said.on, proposed_by=by,
                judgment=said.judgment.strip()[:120], opinion=said.opinion.strip()[:500],
            )  # fmt: skip
    except IntegrityError:
        raise RuleBroken(_("This is proposed already; decide on it, or leave it.")) from None
    start(made, by=by)
    return made


@transaction.atomic
def expel(one: Expulsion, *, on: date, paper: str, by: User) -> Expulsion:
    """The committee has decided, on a day and by a paper: the membership ends, and the union above is asked to take it on file."""
    if not one.proposed_on <= on <= today():
        raise RuleBroken(_("Write the day of the decision: after the group has proposed it, and not in days to come."))
    if not paper.strip():
        raise RuleBroken(_("Say by which decision and paper; it stands in the story."))
    Expulsion.objects.filter(pk=one.pk, state="PROPOSED").update(decided_on=on, decided_by=by, paper=paper.strip()[:60])
    move(one, "decide", by=by, reason=paper)
    held = Membership.objects.select_related("union", "person__user").get(pk=one.membership_id)
    end(held, ending=Ending.EXPELLED, on=on, reason=paper, by=by)
    one.refresh_from_db()
    facts = {"union": one.union.short_name, "paper": one.paper}
    desk = (one.above.pk, "organisation")
    tell(hearing([desk])[desk], "expulsion-decided", facts=facts, url=one.get_absolute_url())
    if held.person.user is not None:
        tell([held.person.user], "expelled", facts=facts, url="/me/file/")
    return one


@transaction.atomic
def not_expel(one: Expulsion, *, reason: str, by: User) -> Expulsion:
    """The committee does not expel her; why stands in the story."""
    move(one, "drop", by=by, reason=reason)
    one.refresh_from_db()
    return one


@transaction.atomic
def file_expulsion(one: Expulsion, *, by: User) -> Expulsion:
    """The union above has looked at judgment, proposal and decision, and takes them on file."""
    move(one, "file", by=by)
    Expulsion.objects.filter(pk=one.pk).update(filed_on=today())
    one.refresh_from_db()
    return one
