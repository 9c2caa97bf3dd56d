"""Two entries that were one employer: merged with all that hangs on them, whatever floor it stands on; undone within a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.kit.answer import asking
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.pointing import pointing
from niangjia.kit.who import allows
from niangjia.unions.actions.spells import match, settle_employers
from niangjia.unions.enums import May
from niangjia.unions.models import Cover, Employer, EmployerMerger, Taxpayer
from niangjia.unions.parameters import UNDO_EMPLOYERS

STAYS = {("unions.taxpayer", "denied")}  # "another one of the same name" was said of that very entry


def hangs_on() -> list[tuple[type[Model], str]]:
    """The models anywhere in the house, with the column, whose rows are about an employer; what was corrected of an entry stays with it."""
    found = [(model, field.name) for model, field in pointing(Employer, Employer, EmployerMerger)]
    return [(model, column) for model, column in found if (model._meta.label_lower, column) not in STAYS]


def check_one(one: Employer, other: Employer) -> None:
    """RuleBroken if two entries cannot be merged as they stand."""
    if one.pk == other.pk:
        raise RuleBroken(_("An entry is not merged with itself: choose another one."))
    if one.same_as_id or other.same_as_id:
        raise RuleBroken(_("One of the two was merged into another entry already: take that one."))


@transaction.atomic
def merge_employers(keep: Employer, gone: Employer, *, reason: str, by: User) -> EmployerMerger:
    """They are one employer: whatever hangs on the other hangs on the one that is kept. Figures change as dated differences.

    Refused unless she keeps the register of both. RuleBroken if both stand in one thing twice, where a person has to decide first.
    """
    if not (allows(by, May.MERGE_EMPLOYER, keep) and allows(by, May.MERGE_EMPLOYER, gone)):
        raise Refused(_("Entries are merged by the organisation office of a federation to whose place both belong."))
    check_one(keep, gone)
    if not reason.strip():
        raise RuleBroken(_("Say how you know that both are one: it stands in the story of both."))
    held = {one.pk: one for one in Employer.objects.select_for_update(of=("self",)).filter(pk__in=[keep.pk, gone.pk]).order_by("pk")}
    keep, gone = held[keep.pk], held[gone.pk]
    if keep.same_as_id or gone.same_as_id:
        raise Overtaken
    moved: dict[str, Any] = {"twice": _covered_twice(keep, gone)}
    for model, column in hangs_on():
        if rows := _carry(model, column, gone, keep):
            moved[f"{model._meta.label_lower}.{column}"] = rows
    moved["before"] = list(Employer.objects.filter(same_as=gone).order_by("pk").values_list("pk", flat=True))
    Employer.objects.filter(pk__in=[gone.pk, *moved["before"]]).update(same_as=keep)  # each old code finds it in one step
    made = EmployerMerger.objects.create(kept=keep, gone=gone, by=by, at=now(), reason=reason.strip(), moved=moved)
    note([("firms merged", "unions.employer", keep.pk, f"unions.employer {gone.pk}")], by=by)
    match(Taxpayer.objects.filter(employer=None, uscc__in=[keep.uscc, gone.uscc]))
    settle_employers([keep.pk])
    return made


def _covered_twice(keep: Employer, gone: Employer) -> list[dict[str, Any]]:
    """A union that covers both covers one: the second cover goes, and the one that stays begins with the earlier of the two."""
    twice = []
    for second in Cover.objects.filter(employer=gone, until=None).order_by("pk"):
        first = Cover.objects.filter(employer=keep, union=second.union_id, until=None).first()
        if first is None:
            continue
        twice.append({"union": second.union_id, "since": second.since.isoformat(), "first": first.pk, "was": first.since.isoformat()})
        since = min(first.since, second.since)
        second.delete()
        Cover.objects.filter(pk=first.pk).update(since=since)
    return twice


def _carry(model: type[Model], column: str, gone: Employer, keep: Employer) -> list[int]:
    """Let the rows of one table stand on the other entry; answers which did. A pair that is only noted (many and many) is left where it stands twice."""
    rows = list(model._default_manager.filter(**{column: gone}).order_by("pk").values_list("pk", flat=True))
    if model._meta.auto_created and rows:
        (other,) = (one.attname for one in model._meta.concrete_fields if one.remote_field and one.name != column)
        there = model._default_manager.filter(**{column: keep}).values_list(other, flat=True)
        rows = list(model._default_manager.filter(pk__in=rows).exclude(**{f"{other}__in": list(there)}).values_list("pk", flat=True))
    if not rows:
        return []
    try:
        with transaction.atomic():
            model._default_manager.filter(pk__in=rows).update(**{column: keep})
    except IntegrityError:
        raise RuleBroken(
            _("Both stand in one and the same thing (%(thing)s). Let it be put right there first; nothing was merged.")
            % {"thing": model._meta.verbose_name}
        ) from None
    return rows


def undo_until(one: EmployerMerger) -> date:
    """The last day on which a merger of employers can be undone."""
    return day_of(one.at) + timedelta(days=asking(one.kept, today())(UNDO_EMPLOYERS).count)


@transaction.atomic
def part_employers(one: EmployerMerger, *, reason: str, by: User) -> EmployerMerger:
    """They are two after all: what the merging moved goes back, as it is now; what was added since stays with the one that was kept."""
    one = EmployerMerger.objects.select_for_update(of=("self",)).select_related("kept", "gone").get(pk=one.pk)
    if not (allows(by, May.MERGE_EMPLOYER, one.kept) and allows(by, May.MERGE_EMPLOYER, one.gone)):
        raise Refused(_("Entries are merged by the organisation office of a federation to whose place both belong."))
    if one.undone_at:
        raise Overtaken
    if today() > undo_until(one):
        raise RuleBroken(
            _("A merger can be undone until %(day)s; correct what is wrong on the page of the employer.") % {"day": undo_until(one)}
        )
    if one.kept.same_as_id:
        raise RuleBroken(_("%(kept)s was merged itself since. Undo that first.") % {"kept": one.kept.name})
    if not reason.strip():
        raise RuleBroken(_("Say why they are two after all."))
    keep, gone, moved = one.kept, one.gone, dict(one.moved)
    for model, column in hangs_on():
        if rows := moved.get(f"{model._meta.label_lower}.{column}"):
            model._default_manager.filter(pk__in=rows, **{column: keep}).update(**{column: gone})
    for said in moved["twice"]:
        Cover.objects.filter(pk=said["first"], employer=keep, until=None).update(since=date.fromisoformat(said["was"]))
        Cover.objects.create(union_id=said["union"], employer=gone, since=date.fromisoformat(said["since"]))
    Employer.objects.filter(pk__in=moved["before"], same_as=keep).update(same_as=gone)
    Employer.objects.filter(pk=gone.pk).update(same_as=None)
    EmployerMerger.objects.filter(pk=one.pk).update(undone_at=now(), undone_by=by, undone_why=reason.strip())
    note([("firms parted", "unions.employer", keep.pk, f"unions.employer {gone.pk}")], by=by)
    settle_employers([keep.pk, gone.pk])
    one.refresh_from_db()
    return one
