"""How exports stand on pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.access.models import User
from niangjia.exports import queries
from niangjia.exports.enums import State
from niangjia.exports.flow import EXPORT_FLOW
from niangjia.exports.models import Export
from niangjia.kit.components import Act, Pair, Paper, day_words, link, moment_words, pill
from niangjia.kit.exportable import EXPORTABLES, Exportable, Query
from niangjia.kit.flow import Step
from niangjia.kit.tables import Cell, Column, Table

LINE = ["ASKED", "MAKING", "READY", "GONE"]


def state(export: Export) -> SafeString:
    """Where it stands."""
    return pill(EXPORT_FLOW.phases[export.state], dict(State.choices)[export.state])


def chosen_first(user: User) -> str:
    """To whoever asks for an export and names no list: where it begins, and which lists are hers to take away."""
    hers = [str(what.title) for what in EXPORTABLES.values() if queries.asking_seats(user, what)]
    if not hers:
        return _("Your office takes no list of people away. The offices that keep them do, and the chairs.")
    return _("Open the list that you want to take away, and choose “Export” there: %(lists)s.") % {"lists": _(", ").join(hers)}


def exports_table(rows: Iterable[Export]) -> Table:
    """The list of exports."""
    columns = [
        Column(pgettext("exports", "Number"), at=3, nowrap=True), Column(_("List"), at=1), Column(_("Purpose"), at=6, text=True), Column(_("Rows"), num=True, at=4),
        Column(_("Asked by"), at=5, nowrap=True), Column(_("Union"), soft=True, wide=True), Column(_("Asked on"), soft=True, nowrap=True, wide=True),
        Column(_("State"), at=2, nowrap=True),
    ]  # fmt: skip
    return Table(
        columns,
        [
            [
                link(one.reference, one.get_absolute_url()), one.title, one.purpose, one.rows if one.written is None else one.written, one.by.name,
                one.union.short_name, one.asked_at, state(one),
            ]
            for one in rows
        ],
        label=_("Exports of people"), id="exports",
    )  # fmt: skip


def rows_words(many: int) -> str:
    """So many people, or rows about them."""
    return ngettext("%(n)s row", "%(n)s rows", many) % {"n": f"{many:,}"}


def title(export: Export) -> str:
    """What it is about, and how much of it."""
    return pgettext("between words in a row", ", ").join(
        [export.title, rows_words(export.rows if export.written is None else export.written)]
    )


def moves(export: Export, steps: Iterable[Step], *, mine: bool) -> list[Step | Act]:
    """The buttons; whoever may take the file away sees that first."""
    if not mine:
        return list(steps)
    return [Act(_("Download"), reverse("exports:file", args=[export.uuid]), primary=True, icon="download"), *steps]


def why(export: Export, *, mine: bool) -> str:
    """A sentence beside the buttons."""
    if mine:
        return _("Each download is written down with your name and the time.")
    return _("The house writes it at once; only the asker can download it.") if export.state == State.ASKED else ""


def sentence(export: Export, *, mine: bool) -> str:
    """The first thing that its page says."""
    if export.state == State.ASKED:
        waits = _("It waits for %(union)s; nobody decides on her own export.") % {"union": export.asked_of.short_name}
        return waits if mine else _("%(name)s asks; somebody else decides whether it leaves the house.") % {"name": export.by.name}
    if export.state == State.MAKING:
        return _("You may leave this page: the work goes on, and you are told when it is done.")
    if export.state == State.READY and export.keep_until:
        until = moment_words(export.keep_until)
        return (
            _("Yours to download until %(time)s; then it is deleted.") if mine else _("Only the asker downloads it, until %(time)s.")
        ) % {"time": until}
    if export.state == State.GONE:
        return _("The file is deleted; what was asked, who let it out and who took it stay here.")
    if export.state == State.LAPSED:
        return _("Nobody answered within two weeks. If it is still needed, ask anew.")
    if export.state == State.FAILED:
        return _("Nothing left the house. The reason stands in the story; it can be tried again without asking anew.")
    return ""


def asked_pairs(export: Export) -> list[Pair]:
    """What is asked: who, for what, about whom, which columns."""
    what = EXPORTABLES.get(export.what)
    fields = queries.fields_of(export)
    joined = _(", ")
    covered = [str(one.label) for one in fields if one.sealed and one.code not in export.full]
    full = [str(one.label) for one in fields if one.code in export.full]
    pairs = [
        Pair(_("Asked by"), f"{export.by.name}　{export.union.short_name}"),
        Pair(_("Purpose"), export.purpose),
        Pair(_("List"), export.title),
        *([Pair(label, value) for label, value in what.words(queries.query_of(export))] if what else []),
        Pair(_("Within"), export.union.name),
        Pair(_("Rows when asked"), f"{export.rows:,}"),
        *([Pair(_("Rows written"), f"{export.written:,}")] if export.written is not None else []),
        Pair(_("Columns"), joined.join(str(one.label) for one in fields if not one.sealed)),
    ]
    if covered:
        pairs.append(Pair(_("Covered"), joined.join(covered)))
    pairs.append(Pair(_("In full"), joined.join(full) if full else _("nothing"), faint=not full))
    if full:
        pairs.append(Pair(_("Why in full"), export.why_full))
    return pairs


def file_pairs(export: Export) -> list[Pair]:
    """The workbook itself."""
    if export.made_at is None:
        return []
    pairs = [Pair(_("Written on"), moment_words(export.made_at)), Pair(_("Size"), filesizeformat(export.size or 0))]
    if export.gone_at:
        pairs.append(Pair(_("Deleted on"), moment_words(export.gone_at)))
    elif export.keep_until:
        pairs.append(Pair(_("Deleted on"), day_words(export.keep_until)))
    return pairs


def takings(export: Export) -> list[Paper]:
    """Who took the file, each time."""
    return [Paper(one.user.name if one.user else "", moment_words(one.at)) for one in queries.takings(export)]


def where(export: Export) -> Table | None:
    """Whose rows it held, the unions with the most first."""
    found = queries.where_held(export)
    if not found:
        return None
    columns = [Column(_("Union"), at=5), Column(_("Rows"), num=True, at=2)]
    return Table(columns, [[union.short_name, Cell(n)] for union, n in found], bare=True, label=_("Whose rows it held"), id="held")


def narrowed(what: Exportable, query: Query) -> list[Pair]:
    """The filters of the list, for the page that asks."""
    return [Pair(label, value) for label, value in what.words(query)]
