"""The union of some members is split: who goes where is said by name, and on its day all go as one act."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.access.models import User
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import allows, permitted
from niangjia.members import splits
from niangjia.members.actions.merging import carry, end_code, nobody_between
from niangjia.members.enums import May
from niangjia.members.models import Going, Membership
from niangjia.unions.api import holder_left
from niangjia.unions.enums import May as UnionMay
from niangjia.unions.models import Split, SplitPart

AGAIN = "again"  # she goes with her unit again


@transaction.atomic
def place(one: Split, members: Sequence[UUID], to: str, *, by: User) -> int:
    """Say by name where some members go: to a part, to none (empty: they stay), or with their unit again. Answers how many."""
    if not allows(by, UnionMay.SPLIT, one):
        raise Refused(_("You may read this, but the step belongs to another office."))
    row = Split.objects.select_for_update(of=("self",)).get(pk=one.pk)
    if row.state != "DRAFT":
        raise RuleBroken(_("The split has been sent up: who goes where stands fast. Take it back to change it."))
    if not members:
        raise RuleBroken(_("Tick those who go."))
    part = SplitPart.objects.filter(split=row, uuid=to).first() if to not in ("", AGAIN) else None
    those = list(permitted(by, May.EDIT, splits.members(row)).filter(uuid__in=list(members)).values_list("pk", flat=True))
    Going.objects.filter(split=row, membership__in=those).delete()
    if to != AGAIN:
        Going.objects.bulk_create([Going(split=row, membership_id=pk, part=part) for pk in those])
    return len(those)


def check(one: Split) -> None:
    """RuleBroken if a union that ends would leave somebody behind, or somebody is neither in nor out of it."""
    if not one.ends:
        return
    nobody_between(one.union)
    if left := splits.counts(one).get(None, 0):
        raise RuleBroken(
            ngettext(
                "%(n)d member goes to no new union, and %(union)s ends. Say to which on “Who goes where”.",
                "%(n)d members go to no new union, and %(union)s ends. Say to which on “Who goes where”.", left,
            ) % {"n": left, "union": one.union.short_name}
        )  # fmt: skip


def carry_over(one: Split, *, by: User | None) -> int:
    """On the day of the split its members go where it was said; whoever held an office that did not go along is to hand it over. Answers how many."""
    assert one.approved_on is not None
    check(one)
    going, many = splits.going_to(one), 0
    for part in one.parts.select_related("union").order_by("pk"):
        those = going.get(part.pk, [])
        assert part.union is not None
        if those:
            many += carry(one.union, part.union, one.approved_on, reason=one.reference, by=by, those=those)
    if one.ends:
        end_code(one.union, by=by)
        return many
    gone = [pk for those in going.values() for pk in those]
    for row in (
        Membership.objects.filter(pk__in=gone, person__user__offices__union=one.union, person__user__offices__until=None)
        .select_related("person__user")
        .distinct()
    ):
        assert row.person.user is not None
        holder_left(row.person.user, one.union, on=one.approved_on, by=by)
    return many
