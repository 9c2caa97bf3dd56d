"""How mediators, sittings, filings, checks and papers with numbers stand on pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.kit.components import Entry, Pair, Paper, clauses, day_words, in_a_row, link, moment_words
from niangjia.kit.dates import now
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.rights.drawn import DRAWN, number_of
from niangjia.rights.enums import Chamber, PauseKind
from niangjia.rights.models import Clause, Dispute, Mediator, Session
from niangjia.rights.models import Paper as Numbered
from niangjia.rights.queries import Check, appointments_of


def load_words(n: int) -> str:
    """How much somebody has to do."""
    return ngettext("%(n)d case runs", "%(n)d cases run", n) % {"n": n}


def mediator_word(one: Mediator) -> str:
    """A mediator where one is chosen: name, organisation, what she speaks, how much she has to do."""
    said = [one.name, str(one.get_chamber_display()), one.languages, load_words(getattr(one, "load", 0))]
    return in_a_row(said)


def roster_table(rows: Sequence[Mediator], keepable: set[int]) -> Table:
    """The roster; a name leads to its entry for who keeps it."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(_("Organisation"), at=5), Column(_("On the roster of"), soft=True, at=3), Column(_("Languages and dialects"), soft=True, wide=True),
        Column(_("Knows well"), soft=True, wide=True), Column(_("Running cases"), num=True, at=2), Column(_("State"), at=4),
    ]  # fmt: skip
    labels = dict(Chamber.choices)
    lines = [
        [
            link(one.name, one.get_absolute_url()) if one.pk in keepable else one.name, format_html('{}<span class="n-soft"> {}</span>', labels.get(one.chamber, ""), one.body), one.union.short_name, one.languages,
            one.areas, getattr(one, "load", 0), _("On the roster") if one.active else Cell(_("Off the roster"), "faint"),
        ]
        for one in rows
    ]  # fmt: skip
    return Table(columns, lines, label=_("Mediators"), id="mediators")


def mediators_of(dispute: Dispute, *, may: bool) -> list[Paper]:
    """Who mediates; who stepped aside stays with the reason."""
    found = []
    for one in appointments_of(dispute):
        if one.ended_at is not None:
            found.append(Paper(_("%(name)s, until %(day)s") % {"name": one.mediator.name, "day": day_words(one.ended_at)}, one.why))
            continue
        role = _("leads") if one.leads else pgettext("a second mediator", "beside her")
        url = reverse("rights:recuse", args=[dispute.uuid, one.mediator.uuid]) if may else ""
        found.append(Paper(one.mediator.name, in_a_row((role, one.mediator.get_chamber_display(), one.declared)), url))
    return found


def sittings_of(dispute: Dispute, *, may: bool) -> list[Paper]:
    """The sittings that are called and were held; one that is called leads to its minutes."""
    open_ = may and dispute.state in ("MEDIATING", "AGREED")
    found = []
    for one in dispute.sessions.order_by("held_at"):
        url = (
            reverse("rights:sitting", args=[dispute.uuid, one.uuid])
            if open_ and one.state == "PLANNED"
            else reverse("rights:draw_sitting", args=[dispute.uuid, one.uuid])
            if open_
            else ""
        )
        found.append(
            Paper(
                in_a_row((moment_words(one.held_at), one.place)),
                str(one.get_state_display()),
                url,
                missing=one.state == "PLANNED" and one.held_at < now(),
            )
        )
    return found


def filings_of(dispute: Dispute, *, may: bool) -> list[Paper]:
    """What was filed with others, and what came of it."""
    found = []
    for one in dispute.filings.order_by("filed_on", "pk"):
        served = _("received on %(day)s") % {"day": day_words(one.served_on)} if one.served_on else ""
        end = one.get_outcome_display() if one.outcome else _("waits for its decision")
        note = in_a_row((one.body, one.number, end, served, _("final for the employer") if one.final else ""))
        url = reverse("rights:filing", args=[dispute.uuid, one.uuid]) if may and not one.outcome else ""
        found.append(Paper(in_a_row((one.get_kind_display(), day_words(one.filed_on))), note, url))
    return found


def clause_words(one: Clause) -> str:
    """A clause where one is chosen: its number, its words, and by when it is done."""
    return in_a_row(
        (_("Clause %(n)d") % {"n": one.n}, one.text, _("to be done by %(day)s") % {"day": day_words(one.due_on)} if one.due_on else "")
    )


def plan_table(dispute: Dispute, received: Decimal) -> Table | None:
    """The instalments, and which of them what came covers."""
    lines, covered = [], Decimal(0)
    for n, one in enumerate(dispute.instalments.order_by("due_on"), start=1):
        covered += one.amount
        paid = received >= covered
        late = not paid and one.due_on < now().date()
        lines.append([str(n), one.due_on, one.amount, _("paid") if paid else Cell(_("overdue"), "late") if late else _("yet to be paid")])
    if not lines:
        return None
    columns = [
        Column(_("Instalment"), at=3),
        Column(pgettext("wages", "Due on"), at=1, nowrap=True),
        Column(_("Amount"), unit=_("yuan"), num=True, at=2),
        Column(_("State"), at=4),
    ]
    return Table(columns, lines, bare=True, dense=False, label=_("Instalments"))


def check_words(code: str) -> str:
    """What is looked at before a dispute is accepted."""
    return {
        "workers": _("At least one worker is named"),
        "firms": _("At least one employer is named"),
        "facts": _("What happened is written down"),
        "lines": _("What is claimed is written down"),
        "once": _("The same matter does not run elsewhere"),
        "limitation": _("The limitation of arbitration has not run out (art. 27)"),
        "speakers": _("Ten or more workers have chosen who speaks for them"),
    }[code]


def checks_list(rows: Iterable[Check]) -> list[Paper]:
    """The list of admission: what is so, what is not, and what a person must look at."""
    words = {True: _("yes"), False: _("no"), None: _("look yourself")}
    return [Paper(check_words(one.code), words[one.good], missing=one.good is False) for one in rows]


def admission_words(rows: Sequence[Check]) -> str:
    """The list in a sentence."""
    wrong = [check_words(one.code) for one in rows if one.good is False]
    if wrong:
        return _("Not yet to be accepted. Missing: %(what)s.") % {"what": clauses(wrong)}
    return _(
        "Nothing stands in the way, as far as the house can tell: a dispute between workers and their employer, as the law means it (arts 2 and 5), is for you to judge."
    )


def sat(one: Session, dispute: Dispute) -> Entry:
    """A sitting in the story."""
    did = {
        "PLANNED": _("A sitting is called at %(place)s"), "ADJOURNED": _("A sitting at %(place)s, adjourned"), "MISSED": _("A sitting at %(place)s; somebody did not come"),
        "OFF": _("The sitting at %(place)s is called off"),
    }.get(one.state, _("A sitting at %(place)s"))  # fmt: skip
    said = " ".join(part for part in (one.text, _("Did not come: %(who)s.") % {"who": one.absent} if one.absent else "") if part)
    return Entry(one.held_at, did % {"place": one.place}, dispute.mediator_name, said)


def besides(dispute: Dispute) -> list[Entry]:
    """What stands in the story beside steps, sittings and payments."""
    entries = []
    for named in dispute.appointments.select_related("mediator", "by"):
        entries.append(Entry(named.at, _("named %(name)s as mediator") % {"name": named.mediator.name}, named.by.name, named.declared))
        if named.ended_at:
            entries.append(Entry(named.ended_at, _("%(name)s steps aside") % {"name": named.mediator.name}, "", named.why))
    for filed in dispute.filings.select_related("by"):
        entries.append(
            Entry(filed.filed_on, in_a_row((filed.get_kind_display(), f"{filed.body} {filed.number}".strip())), filed.by.name, filed.note)
        )
        if filed.decided_on:
            entries.append(Entry(filed.decided_on, in_a_row((filed.get_kind_display(), filed.get_outcome_display())), ""))
    entries += [
        Entry(done.done_on, _("clause %(n)d was done") % {"n": done.n}, done.done_by.name if done.done_by else "", done.proof)
        for done in dispute.clauses.select_related("done_by")
        if done.done_on is not None
    ]
    entries += [
        Entry(
            gone.at,
            _("handed it on from %(was)s to %(now)s") % {"was": gone.was.short_name, "now": gone.now.short_name},
            gone.by.name,
            gone.why,
        )
        for gone in dispute.transfers.select_related("was", "now", "by")
    ]
    entries += [
        Entry(
            drawn.at, _("drew up %(number)s") % {"number": number_of(drawn.kind, drawn.year, drawn.number)}, drawn.by.name, drawn.void_why
        )
        for drawn in dispute.drawn.select_related("by")
    ]
    return entries


def pause_pairs(dispute: Dispute) -> list[Pair]:
    """The time that did not count."""
    return [
        Pair(
            PauseKind(one.kind).label,
            in_a_row((f"{day_words(one.since)} – {day_words(one.until) if one.until else _('today')}", one.consent)),
        )
        for one in dispute.pauses.order_by("since")
    ]


def register_table(rows: Sequence[Numbered], voidable: Any) -> Table:
    """The register of numbers."""
    may = set(voidable.values_list("pk", flat=True))
    columns = [
        Column(_("Document number"), at=1, nowrap=True), Column(_("Sort of document"), at=5), Column(_("Case"), at=3, nowrap=True), Column(_("Union"), soft=True, wide=True),
        Column(_("Drawn up by"), soft=True, at=6), Column(_("Drawn up at"), nowrap=True, soft=True), Column("", at=4),
    ]  # fmt: skip
    lines = []
    for one in rows:
        subject: Any = one.subject
        tail: Any = _("void: %(why)s") % {"why": one.void_why} if one.void_at else ""
        if not one.void_at:
            files = [link(word, filed.get_absolute_url()) for word, filed in (("Word", one.word), ("PDF", one.pdf)) if filed is not None]
            files += [link(_("Void"), reverse("rights:paper_void", args=[one.uuid]))] if one.pk in may else []
            tail = format_html("{} " * len(files), *files) if files else ""
        label = DRAWN[one.kind].label if one.kind in DRAWN else one.kind
        lines.append(
            Row(
                [
                    number_of(one.kind, one.year, one.number),
                    label,
                    link(str(subject), subject.get_absolute_url()),
                    one.union.short_name,
                    one.by.name,
                    one.at,
                    tail,
                ],
                "gone" if one.void_at else "",
            )
        )
    return Table(columns, lines, label=_("Register of numbers"), id="papers")
