"""What an export says about itself: a first sheet, a line over the table, and the margins of every page. These are its watermark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.exports import queries
from niangjia.exports.models import Export
from niangjia.kit.components import day_words
from niangjia.kit.dates import CHINA, now
from niangjia.kit.exportable import Exportable
from niangjia.kit.workbook import Col, Mark


def stamp() -> str:
    """The moment, as papers write it."""
    return f"{now().astimezone(CHINA):%Y-%m-%d %H:%M}"


def margins(export: Export) -> Mark:
    """Who, for what, with whose consent, when: on every printed page."""
    decided = export.decided_by.name if export.decided_by else ""
    return Mark(
        _("%(reference)s　%(name)s (%(union)s) took this away, let out by %(second)s") % {
            "reference": export.reference, "name": export.by.name, "union": export.union.short_name, "second": decided,
        },
        f"{stamp()}　{settings.FEDERATION}",
        _("For: %(purpose)s. For work only; delete it when that is done.") % {"purpose": export.purpose},
    )  # fmt: skip


def title_lines(export: Export) -> list[str]:
    """The lines over the table; an import passes over them."""
    decided = export.decided_by.name if export.decided_by else ""
    return [
        export.title,
        _("%(reference)s　asked by %(name)s, let out by %(second)s, %(time)s. For: %(purpose)s") % {
            "reference": export.reference, "name": export.by.name, "second": decided, "time": stamp(), "purpose": export.purpose,
        },
    ]  # fmt: skip


def cover_columns() -> list[Col]:
    """The first sheet: a name and a value a line."""
    return [Col(_("Item"), 24), Col(_("What is so"), 96, "wrap")]


def cover(export: Export, what: Exportable) -> Iterator[Sequence[Any]]:
    """All that makes an export answerable."""
    fields = queries.fields_of(export)
    full = [str(one.label) for one in fields if one.code in export.full]
    yield pgettext("exports", "Number"), export.reference
    yield _("List"), str(what.title)
    yield _("Asked by"), f"{export.by.name}　{export.union.name}"
    if export.decided_by and export.decided_at:
        yield _("Let out by"), f"{export.decided_by.name}　{export.decided_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    yield _("Written on"), stamp()
    yield _("Purpose"), export.purpose
    for label, value in what.words(queries.query_of(export)):
        yield str(label), str(value)
    yield _("Columns"), _(", ").join(str(one.label) for one in fields)
    if full:
        yield _("In full"), _("%(columns)s. Reason: %(why)s") % {"columns": _(", ").join(full), "why": export.why_full}
    yield _("Deleted here on"), day_words((now() + queries.kept(now())).astimezone(CHINA).date(), year=True)
    yield _("To keep in mind"), _(
        "This workbook holds personal data. Use it only for the purpose that stands here, show it to nobody who does not need it for that, "
        "and delete every copy when it is done (Personal Information Protection Law, arts 6, 10, 47). Each download is written down."
    )  # fmt: skip
