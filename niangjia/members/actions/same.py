"""Two people of the register who may be one: merged with all that hangs on them, undone, or told apart for good."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.flow.api import move, record, start
from niangjia.kit.answer import asking
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.members.actions.life import end
from niangjia.members.enums import Alike, Ending, May, State
from niangjia.members.models import Before, Likeness, Membership, Person
from niangjia.members.parameters import UNDO_MERGER
from niangjia.members.same import hangs_on, open_spells
from niangjia.unions.models import Union, place_of

# Pairs that nobody has judged: the mobile is the same, or the birthday with another kind of paper or the same union; the name always is.
FIND = """
SELECT a.id, b.id FROM members_person a JOIN members_person b ON a.name = b.name AND a.id < b.id AND {on}
 WHERE (a.id, b.id) > (%(one)s, %(other)s) AND a.same_as_id IS NULL AND b.same_as_id IS NULL AND a.erased_at IS NULL AND b.erased_at IS NULL
   AND NOT EXISTS (SELECT FROM members_likeness l WHERE l.one_id = a.id AND l.other_id = b.id)
 ORDER BY 1, 2 LIMIT %(most)s"""
ROUND = 1000  # pairs that are read at a time
SIGNS = {
    "PHONE": "a.phone_hash = b.phone_hash AND a.sex = b.sex",
    "PAPER": "a.born_on = b.born_on AND a.sex = b.sex AND a.paper <> b.paper",
    "UNION": "a.born_on = b.born_on AND a.sex = b.sex AND EXISTS (SELECT FROM members_membership m JOIN members_membership n ON n.union_id = m.union_id"
    " AND n.left_on IS NULL AND n.person_id = b.id WHERE m.person_id = a.id AND m.left_on IS NULL)",
}


@transaction.atomic
def find_alike() -> int:
    """Pairs of people who may be one, each once; where both have stood in unions, at the lowest union over both. The house looks each night."""
    made = 0
    for why, on in SIGNS.items():
        last = (0, 0)  # pairs that stand in no union come again each night: whoever stands behind them is read too
        while pairs := _alike(on, last):
            last = pairs[-1]
            for one, other in pairs:
                union = _over(one, other)
                if union is None:
                    continue
                name = Person.objects.values_list("name", flat=True).get(pk=one)
                likeness = Likeness.objects.create(**place_of(union), one_id=one, other_id=other, name=name, why=why, found_on=today())
                start(likeness, by=None)
                made += 1
    return made


def _alike(on: str, last: tuple[int, int]) -> list[tuple[int, int]]:
    """The next pairs with one sign, after a pair."""
    with connection.cursor() as cursor:
        cursor.execute(FIND.format(on=on), {"one": last[0], "other": last[1], "most": ROUND})
        return [(int(one), int(other)) for one, other in cursor.fetchall()]


def _over(one: int, other: int) -> Union | None:
    """The lowest union over the last spells of two people: whoever judges must keep both."""
    last = [
        Membership.objects.filter(person=pk).exclude(state=State.REFUSED).select_related("union").order_by("-joined_on", "-pk").first()
        for pk in (one, other)
    ]
    if any(spell is None for spell in last):
        return None
    ways = [spell.union.path.strip("/").split("/") for spell in last if spell]
    shared = [a for a, b in zip(*ways, strict=False) if a == b]
    return Union.objects.get(pk=int(shared[-1])) if shared else None


@transaction.atomic
def merge(one: Likeness, *, keep: Person, by: User) -> Likeness:
    """They are one: whatever hangs on the other hangs on the one who is kept; each row that moved is noted, so that it can go back.

    Overtaken if somebody was quicker. RuleBroken if both stand in one case twice, where a person has to decide first.
    """
    if keep.pk not in {one.one_id, one.other_id}:
        raise RuleBroken(_("Choose one of the two."))
    gone = Person.objects.select_for_update().get(pk=one.other_id if keep.pk == one.one_id else one.one_id)
    keep = Person.objects.select_for_update().get(pk=keep.pk)
    Likeness.objects.filter(pk=one.pk, state=Alike.FOUND).update(kept=keep, merged_at=now(), merged_by=by)
    move(one, "merge", by=by)
    if gone.same_as_id is not None or keep.same_as_id is not None:
        raise Overtaken
    moved: dict[str, Any] = {"ended": [], "second": []}
    for spell in open_spells(gone):
        twin = next((held for held in open_spells(keep) if held.union_id == spell.union_id), None)
        if twin is not None:
            end(spell, ending=Ending.UNDONE, on=today(), reason=_("the same person twice in this union"), by=by)
            moved["ended"].append(spell.pk)
        elif spell.primary and spell.state in {State.MEMBER, State.LEAVING} and any(held.primary for held in open_spells(keep)):
            Membership.objects.filter(pk=spell.pk).update(primary=False)
            record("members.membership", [spell.pk], "second", by=by)
            moved["second"].append(spell.pk)
    for model, column in hangs_on(but=(Likeness, Before, Person)):
        rows = list(model._default_manager.filter(**{column: gone}).order_by("pk").values_list("pk", flat=True))
        if not rows or (model._meta.get_field(column).one_to_one and model._default_manager.filter(**{column: keep}).exists()):
            continue
        try:
            with transaction.atomic():
                model._default_manager.filter(pk__in=rows).update(**{column: keep})
        except IntegrityError:
            raise RuleBroken(
                _("Both stand in the same %(thing)s. Take one of them out there first; nothing was merged.")
                % {"thing": model._meta.verbose_name}
            ) from None
        moved[f"{model._meta.label_lower}.{column}"] = rows
    user = gone.user_id if keep.user_id is None else None
    if user is not None:
        moved["user"] = user
        Person.objects.filter(pk=gone.pk).update(user=None)
        Person.objects.filter(pk=keep.pk).update(user_id=user, tail_due=True)  # another phone opens the account now
    if before := list(
        Person.objects.filter(same_as=gone).order_by("pk").values_list("pk", flat=True)
    ):  # each old number finds her in one step
        Person.objects.filter(pk__in=before).update(same_as=keep)
        moved["before"] = before
    Person.objects.filter(pk=gone.pk).update(same_as=keep)
    Likeness.objects.filter(pk=one.pk).update(moved=moved)
    note([("merged", "members.person", keep.pk, f"members.person {gone.pk}")], by=by)
    one.refresh_from_db()
    return one


def undo_until(one: Likeness) -> date | None:
    """The last day on which a merger can be undone."""
    if one.merged_at is None:
        return None
    return day_of(one.merged_at) + timedelta(days=asking(one, today())(UNDO_MERGER).count)


@transaction.atomic
def unmerge(one: Likeness, *, reason: str, by: User) -> Likeness:
    """They are two after all: what the merging moved goes back, as it is now; what was added since stays with the one who was kept."""
    last = undo_until(one)
    if last is not None and today() > last:
        raise RuleBroken(_("A merger can be undone until %(day)s; correct what is wrong on her page.") % {"day": last})
    keep, moved = one.kept, dict(one.moved)
    assert keep is not None
    gone = Person.objects.select_for_update().get(pk=one.other_id if keep.pk == one.one_id else one.one_id)
    move(one, "undo", by=by, reason=reason)
    ended, second, user = moved.pop("ended", []), moved.pop("second", []), moved.pop("user", None)
    Person.objects.filter(pk__in=moved.pop("before", []), same_as=keep).update(same_as=gone)
    for model, column in hangs_on(but=(Likeness, Before, Person)):
        if rows := moved.get(f"{model._meta.label_lower}.{column}"):
            model._default_manager.filter(pk__in=rows, **{column: keep}).update(**{column: gone})
    if user is not None and Person.objects.filter(pk=keep.pk, user_id=user).update(user=None):
        Person.objects.filter(pk=gone.pk).update(user_id=user, tail_due=True)
    Person.objects.filter(pk=gone.pk).update(same_as=None)
    back = Membership.objects.filter(pk__in=second, state=State.MEMBER, primary=False, left_on=None)
    for spell in back:
        if not Membership.objects.filter(
            person=spell.person_id, primary=True, left_on=None, state__in=[State.MEMBER, State.LEAVING]
        ).exists():
            Membership.objects.filter(pk=spell.pk).update(primary=True)
            record("members.membership", [spell.pk], "first", by=by)
    for spell in Membership.objects.filter(pk__in=ended).select_related("union"):
        _anew(spell, by=by)
    Likeness.objects.filter(pk=one.pk).update(kept=None, moved={}, merged_at=None, merged_by=None)
    note([("parted", "members.person", keep.pk, f"members.person {gone.pk}")], by=by)
    one.refresh_from_db()
    return one


COPIED = ("person_id", "union_id", "township_id", "county_id", "standing", "primary", "joined_on", "how", "work", "migrant", "sex", "employer_id", "job", "department",
          "name", "name_py", "tokens", "dues_until", "active_on", "lapses_on", "confirmed_on", "batch_id")  # fmt: skip


def _anew(spell: Membership, *, by: User) -> None:
    """A spell that the merging ended as entered twice: an ended row stays ended, so it begins once more from its first day."""
    made = Membership.objects.create(state=State.APPLIED, **{name: getattr(spell, name) for name in COPIED})
    start(made, by=by)
    move(made, "approve", by=by)


@transaction.atomic
def apart(one: Likeness, *, reason: str, by: User) -> Likeness:
    """They are two: remembered, and never asked about again."""
    move(one, "apart", by=by, reason=reason)
    return one


@transaction.atomic
def make_first(one: Membership, *, by: User) -> Membership:
    """Of two memberships of one person this is the one where she is counted; asked of whoever keeps both unions."""
    if one.primary or one.left_on is not None or one.state != State.MEMBER:
        raise Overtaken
    first = Membership.objects.filter(person=one.person_id, primary=True, left_on=None, state__in=[State.MEMBER, State.LEAVING]).first()
    if not allows(by, May.EDIT, one) or (first is not None and not allows(by, May.EDIT, first)):
        raise Refused(_("Both unions are asked: let the organisation office above both of them do it."))
    if first is not None:
        if first.state == State.LEAVING:
            raise RuleBroken(_("Her first membership is on its way to another union; wait until she is taken over."))
        Membership.objects.filter(pk=first.pk).update(primary=False)
        record("members.membership", [first.pk], "second", by=by)
    Membership.objects.filter(pk=one.pk).filter(Q(primary=False)).update(primary=True)
    record("members.membership", [one.pk], "first", by=by)
    one.refresh_from_db()
    return one
