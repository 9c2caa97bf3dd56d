"""The life of a list: received, read and laid beside ours by the worker, followed by the next one. A lost worker begins again."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from niangjia.access.api import User, note
from niangjia.files.api import Source, open_, size_of, store
from niangjia.flow.api import move, start
from niangjia.kit.answer import asking
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.holding import holding
from niangjia.kit.numbers import next_reference
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.reconcile import queries
from niangjia.reconcile.enums import May, Of, State
from niangjia.reconcile.laying import members, returns, unions
from niangjia.reconcile.laying.merging import merge
from niangjia.reconcile.models import Comparison
from niangjia.reconcile.parameters import LATELY
from niangjia.unions.api import hearing
from niangjia.unions.models import Union, place_of

INLINE = 256 * 1024  # bytes: about two thousand rows are laid out while the reader waits
TOLD = 200


def lay(union: Union, source: Source, *, of: str, whence: str, as_of: date, name: str, by: User) -> Comparison:
    """Keep the file as it was sent, and begin; a list of an earlier day than the last one answers nothing new."""
    if union.level > 3:
        raise RuleBroken(_("Lists are laid beside the register of a township, a county or the city; choose one."))
    if not allows(by, May.BEGIN, union):
        raise Refused(_("A list is laid beside a register by its organisation office, or by the one above."))
    if as_of > today():
        raise RuleBroken(_("The list speaks for a day that lies ahead. Write the day on which it was drawn."))
    later = queries.register(union.pk, of, whence).filter(as_of__gt=as_of).exclude(state__in=["FAILED", "DROPPED", "READING"]).first()
    if later is not None:
        raise RuleBroken(
            _("%(reference)s speaks for %(day)s already, a later day. Lay a list of that day or after it.")
            % {"reference": later, "day": later.as_of}
        )
    document = store(source, name=name)
    with transaction.atomic():
        made = Comparison.objects.create(
            reference=next_reference(Comparison, "DZ"), **place_of(union), of=of, source=whence, as_of=as_of, by=by, made_at=now(), file_name=name[:200],
            file_digest=document.digest,
        )  # fmt: skip
        start(made, by=by)
        note([("list laid", "reconcile.comparison", made.pk, made.reference)], by=by)
    return made


def begin(comparison: Comparison) -> Comparison:
    """Read it at once if it is small, else by the worker."""
    if size_of(comparison.file_digest) <= INLINE:
        return run(comparison)
    from procrastinate.contrib.django import app

    app.configure_task("reconcile.lay", queue="import", lock="members.import").defer(comparison=comparison.pk)
    return comparison


def run(comparison: Comparison) -> Comparison:
    """Read and lay; done again after a kill, it begins anew, because nothing is written before all is known."""
    with holding(queries.LAYING, comparison.pk):
        comparison = Comparison.objects.select_related("union", "by").get(pk=comparison.pk)
        if comparison.state == State.READING:
            with translation.override(comparison.by.language or translation.get_language()):
                _run(comparison)
    comparison.refresh_from_db()
    return comparison


def _run(comparison: Comparison) -> None:
    try:
        with open_(comparison.file_digest) as file:
            path = Path(file.name)
        _laid(comparison, path)
    except FileNotFoundError:
        _failed(comparison, _("The file as sent is no longer kept; send it again."))
    except RuleBroken as broken:
        _failed(comparison, str(broken))
    except (DataError, IntegrityError) as fault:  # its words quote the row, and would carry people into the log
        logging.getLogger(__name__).error("comparison %s could not be written: %s", comparison.pk, type(fault).__name__)  # noqa: TRY400
        _failed(
            comparison,
            _("The database refused a row of this list, and nothing was written. Tell whoever runs the system; the file is kept."),
        )
    finally:
        if connection.is_usable() and not connection.needs_rollback:
            members.close()


def _laid(comparison: Comparison, path: Path) -> None:
    def say(rows: int) -> None:
        Comparison.objects.filter(pk=comparison.pk).update(done=rows)

    if comparison.of == Of.TOTALS:
        rows = returns.read(path)
        with transaction.atomic():
            laid = returns.lay(comparison, rows)
            _settled(
                comparison, {"rows": laid["rows"], "bad": len(laid["bad"]), "same": laid["same"], "found": {"bad": laid["bad"][:TOLD]}}
            )
        return
    if comparison.of == Of.UNIONS:
        listed = unions.read(path)
        with transaction.atomic():
            counts, gaps = unions.compare(comparison, listed)
            differ = merge(comparison, unions.found(comparison, gaps))
            _settled(comparison, {"rows": len(listed), "differ": differ, **counts})
        return
    seen = members.stage(comparison, path, say)
    lately = comparison.as_of - timedelta(days=asking(comparison.union, today())(LATELY).count)
    with transaction.atomic():
        counts = members.compare(comparison, seen.columns, lately)
        differ = merge(comparison, members.found({one["number"]: one["name"] for one in seen.sheets}))
        _settled(
            comparison, {"rows": seen.rows, "bad": seen.bad, "differ": differ, **counts, "found": {"sheets": seen.sheets, "bad": seen.told}}
        )


def _settled(comparison: Comparison, facts: dict[str, Any]) -> None:
    """What was found, what went before it, and who is told."""
    left = comparison.differences.filter(state="OPEN").count()
    Comparison.objects.filter(pk=comparison.pk).update(read_at=now(), said="", done=facts["rows"], open_then=left, **facts)
    for before in (
        queries.register(comparison.union_id, comparison.of, comparison.source)
        .filter(state__in=["OPEN", "CLOSED"])
        .exclude(pk=comparison.pk)
    ):
        move(before, "follow", by=None)
    comparison.refresh_from_db()
    move(comparison, "lay", by=None)
    if left:
        desk = (comparison.union_id, "organisation")
        words = {
            "reference": comparison.reference, "open": f"{left:,}", "what": comparison.get_of_display(), "union": comparison.union.short_name, "day": comparison.as_of,
        }  # fmt: skip
        tell(hearing([desk])[desk] or [comparison.by], "comparison-laid", facts=words, url=comparison.get_absolute_url())


def _failed(comparison: Comparison, why: str) -> None:
    with transaction.atomic():
        Comparison.objects.filter(pk=comparison.pk).update(said=why[:300])
        move(comparison, "fail", by=None, reason=why)
        tell([comparison.by], "comparison-failed", facts={"reference": comparison.reference, "why": why}, url=comparison.get_absolute_url())


@transaction.atomic
def again(comparison: Comparison, *, by: User) -> Comparison:
    """Read a list once more that could not be read."""
    if not comparison.file_digest:
        raise RuleBroken(_("The file as sent is no longer kept; send it again."))
    move(comparison, "again", by=by)
    return comparison


@transaction.atomic
def close(comparison: Comparison, *, by: User) -> Comparison:
    """Nothing is open any more; the clock stops."""
    if left := comparison.differences.filter(state="OPEN").count():
        raise RuleBroken(_("%(n)d differences are still open: decide on them first.") % {"n": left})
    if comparison.decisions.filter(turn__in=["DOING", "UNDOING"]).exists():
        raise RuleBroken(_("A decision is still being done; look again in a moment."))
    move(comparison, "close", by=by)
    return comparison


@transaction.atomic
def drop(comparison: Comparison, *, by: User) -> Comparison:
    """Leave a list that was never laid."""
    move(comparison, "drop", by=by)
    return comparison
