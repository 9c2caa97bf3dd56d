"""A roster read otherwise: a person says which row is the head and which column is what, and the next file of the same table is read so."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.api import User
from niangjia.kit.columns import Choice
from niangjia.kit.dates import now
from niangjia.kit.errors import RuleBroken
from niangjia.members.actions.imports import ask
from niangjia.members.importing.mapping import NEEDED
from niangjia.members.importing.words import label
from niangjia.members.models import Batch, Habit


@transaction.atomic
def read_otherwise(batch: Batch, choices: Mapping[int, Choice | None], *, by: User) -> Batch:
    """Have a file read as somebody says, sheet by sheet (None: it is left out); nothing is written to the register before it was looked through."""
    read = {number: one for number, one in choices.items() if one is not None}
    if not read:
        raise RuleBroken(_("At least one sheet must be read. Nothing was changed."))
    for number, one in read.items():
        if missing := [label(code) for code in NEEDED if code not in one.columns]:
            name = next((look["name"] for look in batch.look if look["number"] == number), "") or str(_("the table"))
            raise RuleBroken(_("Say for %(sheet)s in which column this stands: %(what)s.") % {"sheet": name, "what": _(", ").join(missing)})
    for look in batch.look:
        chosen = read.get(look["number"])
        if chosen and 0 < chosen.head_row <= len(look["digests"]) and (heads := look["digests"][chosen.head_row - 1]):
            Habit.objects.update_or_create(
                union_id=batch.union_id, heads=heads, defaults={"columns": dict(chosen.columns), "by": by, "at": now()}
            )
    said = {
        str(number): {"skip": True} if one is None else {"head_row": one.head_row, "columns": dict(one.columns)}
        for number, one in choices.items()
    }
    return ask(batch, "CHECKING", by=by, choice=said)


@transaction.atomic
def forget_choice(batch: Batch, *, by: User) -> Batch:
    """Forget how this sender's tables of these heads are read, and have the file read by its heads again."""
    heads = {text for look in batch.look for text in look["digests"] if text}
    if not Habit.objects.filter(union_id=batch.union_id, heads__in=heads).delete()[0]:
        raise RuleBroken(_("Nothing is remembered of this table."))
    return ask(batch, "CHECKING", by=by, choice={})
