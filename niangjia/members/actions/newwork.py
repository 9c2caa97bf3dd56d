"""Members in new forms of work: for whom and where they work, and that they still do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.files.api import attach
from niangjia.flow.api import move, record, start
from niangjia.kit.answer import asking
from niangjia.kit.dates import add_months, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import allows, permitted
from niangjia.members.enums import NEW_FORMS, Confirming, May
from niangjia.members.models import Membership, NewWork, Round
from niangjia.members.newwork import due_rows, running
from niangjia.members.parameters import CONFIRM
from niangjia.unions.models import Division, Union, place_of

PROOF = "从业证明"  # the purpose under which the proof of an account lies on a membership: papers are named in Chinese


@transaction.atomic
def describe(
    one: Membership, *, platform: str, affiliate: str = "", place: Division | None = None, proof: File[Any] | None = None, by: User
) -> NewWork:
    """For whom and where she works; the proof of her account is laid on her membership, and she is confirmed with it."""
    if not allows(by, May.EDIT, one):
        raise Refused(_("Only the union's chair, or the organisation office above, may correct this."))
    if one.work not in NEW_FORMS:
        raise RuleBroken(_("Her form of work is another one; correct it first."))
    if not platform.strip():
        raise RuleBroken(_("Name the platform for which she works."))
    made, _new = NewWork.objects.update_or_create(
        person=one.person, defaults={"platform": platform.strip()[:60], "affiliate": affiliate.strip()[:120], "place": place}
    )
    if proof is not None:
        attach(one, proof, name=str(proof.name), purpose=PROOF, by=by)
    confirm([one], by=by)
    return made


@transaction.atomic
def confirm(rows: Sequence[Membership], *, by: User) -> int:
    """They still work so; half a year on they are asked about anew. Answers how many."""
    if not rows:
        raise RuleBroken(_("Tick those who still work so."))
    held = list(
        permitted(by, May.EDIT).filter(pk__in=[one.pk for one in rows], work__in=NEW_FORMS, left_on=None, state__in=["MEMBER", "LEAVING"])
    )
    if len(held) < len(rows):
        raise Refused(_("Confirmed are members in new forms of work, by the union's chair or the organisation office above."))
    Membership.objects.filter(pk__in=[one.pk for one in held]).update(confirmed_on=today())
    record("members.membership", [one.pk for one in held], "confirm", by=by)
    _close({one.union_id for one in held})
    return len(held)


def _close(unions: set[int]) -> None:
    """A round is over with the last whom it asked about."""
    for one in Round.objects.filter(union__in=unions, state=Confirming.OPEN).select_related("union").order_by("pk"):
        if not due_rows(one.union, asking(one.union, today())(CONFIRM).count).exists():
            move(one, "done", by=None)


@transaction.atomic
def open_rounds() -> int:
    """Open a round for each union that has somebody whose half year is over, and close those that nobody waits for any more."""
    _close(set(Round.objects.filter(state=Confirming.OPEN).values_list("union_id", flat=True)))
    oldest = running().exclude(union__rounds__state=Confirming.OPEN).order_by().values("union").annotate(first=Min("since"))
    unions = {
        one["union"]: one["first"] for one in oldest if one["first"] <= add_months(today(), -1)
    }  # the shortest that a place may set is longer
    made = 0
    for union in Union.objects.filter(pk__in=unions).order_by("pk"):
        months = asking(union, today())(CONFIRM).count
        if unions[union.pk] <= add_months(today(), -months):
            people = due_rows(union, months).count()
            start(Round.objects.create(**place_of(union), opened_on=today(), people=people), by=None)
            made += 1
    return made
