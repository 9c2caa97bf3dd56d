"""An export is asked for, and answered by somebody else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from niangjia.access.api import User, note
from niangjia.exports import queries, rules
from niangjia.exports.enums import QUERY, SHORT
from niangjia.exports.models import Export
from niangjia.flow.api import move, start
from niangjia.kit import crypt
from niangjia.kit.dates import now
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.exportable import Exportable
from niangjia.kit.numbers import next_reference
from niangjia.notices.api import tell
from niangjia.unions.models import Union, place_of


@dataclass(frozen=True)
class Asking:
    """What somebody asks to take away."""

    query: Mapping[str, str]  # the filters of the list, as its address says them
    columns: Sequence[str]
    purpose: str
    full: Sequence[str] = field(default=())
    why_full: str = ""


@transaction.atomic
def ask(what: Exportable, union: Union, said: Asking, *, by: User) -> Export:
    """Ask for what a list shows; it is counted once, and whoever is to answer is told."""
    if queries.seat_at(by, what, union) is None:
        raise Refused(_("This list is taken away by the office that keeps it, or by the chair."))
    if lack := rules.missing(said.purpose, said.full, said.why_full, short=SHORT):
        raise RuleBroken(
            _("Say what the export is for: it stands on every page of it.")
            if lack == "purpose"
            else _("Say why covered values are needed in full: the second person decides by it.")
        )
    query = {name: said.query[name] for name in what.filters if said.query.get(name)}
    rows = what.rows(by, union, query).order_by().count()
    if not rows:
        raise RuleBroken(_("Nothing that you may take away is in this list. Take away a filter, and ask again."))
    second = queries.second_for(union, what.duty, by)
    if second is None:
        raise RuleBroken(
            _("Nobody else holds this office here or above, and nobody lets out her own export. Have somebody appointed first.")
        )
    asked_of, asked_duty, people = second
    question = json.dumps([what.code, union.pk, query, list(said.columns), list(said.full)], ensure_ascii=False, sort_keys=True)
    try:
        with transaction.atomic():
            export = Export.objects.create(
                reference=next_reference(Export, "DC"), what=what.code, duty=what.duty, **place_of(union), by=by, asked_at=now(), asked_of=asked_of,
                asked_duty=asked_duty, query_sealed=crypt.seal_one(json.dumps(query, ensure_ascii=False), QUERY), digest=crypt.blind_one(question, QUERY),
                columns=list(said.columns), full=list(said.full), purpose=said.purpose.strip()[:200], why_full=said.why_full.strip()[:200] if said.full else "",
                rows=rows,
            )  # fmt: skip
    except IntegrityError:
        raise RuleBroken(_("You have asked for exactly this already; it waits for an answer.")) from None
    start(export, by=by)
    note([("export asked", "exports.export", export.pk, export.purpose)], by=by)
    tell(people, "export-asked", facts=_facts(export), url=export.get_absolute_url())
    return export


def _facts(export: Export) -> dict[str, object]:
    return {"reference": export.reference, "what": export.title, "union": export.union.short_name, "rows": f"{export.rows:,}"}


@transaction.atomic
def approve(export: Export, *, by: User) -> Export:
    """Let it out: the house begins to write at once. Nobody lets out her own."""
    if export.by_id == by.pk:
        raise Refused(_("Nobody lets out her own export: somebody else of the office decides."))
    Export.objects.filter(pk=export.pk, state="ASKED").update(decided_by=by, decided_at=now())
    move(export, "approve", by=by)
    note([("export approved", "exports.export", export.pk, export.purpose)], by=by)
    tell([export.by], "export-approved", facts=_facts(export), url=export.get_absolute_url())
    _begin(export)
    export.refresh_from_db()
    return export


@transaction.atomic
def refuse(export: Export, *, reason: str, by: User) -> Export:
    """Keep it in the house, and say why."""
    if export.by_id == by.pk:
        raise Refused(_("Nobody decides on her own export; it can be withdrawn."))
    Export.objects.filter(pk=export.pk, state="ASKED").update(decided_by=by, decided_at=now())
    move(export, "refuse", by=by, reason=reason)
    note([("export refused", "exports.export", export.pk, reason.strip()[:200])], by=by)
    tell([export.by], "export-refused", facts=_facts(export) | {"reason": reason.strip()[:200]}, url=export.get_absolute_url())
    export.refresh_from_db()
    return export


@transaction.atomic
def withdraw(export: Export, *, by: User) -> Export:
    """The asker does not need it any more."""
    move(export, "withdraw", by=by)
    return export


@transaction.atomic
def again(export: Export, *, by: User) -> Export:
    """Try once more to write what could not be written; it was let out, and that still holds."""
    Export.objects.filter(pk=export.pk, state="FAILED").update(done=0, keep_until=None)
    move(export, "again", by=by)
    _begin(export)
    return export


def _begin(export: Export) -> None:
    """Ask the worker to write it, in this transaction: if the step is undone, so is the job."""
    from procrastinate.contrib.django import app

    app.configure_task("exports.make", lock=f"exports.{export.pk}").defer(export=export.pk)
