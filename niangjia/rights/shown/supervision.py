"""How supervision cases, their letters and supervisors stand on pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.flow.api import entries_of
from niangjia.flow.models import Clock
from niangjia.kit.components import Act, Entry, Pair, Paper, clock, day_words, face, link, pill
from niangjia.kit.dates import today
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.rights.actions import ASKING, CHARGING, LINKING, REFERRING
from niangjia.rights.drawn import number_of
from niangjia.rights.enums import May
from niangjia.rights.flow import SUPERVISION_FLOW
from niangjia.rights.models import Letter, Supervision, Supervisor
from niangjia.rights.queries import sums_of
from niangjia.rights.queries.supervision import charges_of, waiting
from niangjia.rights.shown.common import begun, counts_in, newest_first
from niangjia.rights.supervised import Breach, LetterKind, SupervisionEnd, SupervisionState

SIGNED_BY = {  # what may be done with the letter that waits
    LetterKind.REMINDER: {"sign-reminder", "give-back"}, LetterKind.OPINION: {"sign", "give-back"}, LetterKind.ADVICE: {"sign-advice", "return-advice"},
}  # fmt: skip
LINE = ["RECEIVED", "INQUIRY", "REMINDED", "DEMANDED", "ADVISED", "CLOSED"]


def state(case: Supervision) -> SafeString:
    """The state as a pill; a closed one says how it ended."""
    if case.state == "CLOSED" and case.outcome:
        return pill("done", dict(SupervisionEnd.choices).get(case.outcome, ""))
    return pill(SUPERVISION_FLOW.phases[case.state], dict(SupervisionState.choices).get(case.state, ""))


def supervisions_table(rows: Sequence[Supervision], clocks: Mapping[int, Clock]) -> Table:
    """The list of cases."""
    columns = [
        Column(_("Case number"), at=3, nowrap=True), Column(pgettext("supervision", "Received on"), nowrap=True, soft=True, sort="descending"), Column(_("Employer"), at=1, clip=True),
        Column(pgettext("supervision", "Matter"), at=6, clip=True), Column(_("Handled by"), soft=True, wide=True), Column(_("State"), at=2, nowrap=True), Column(_("Clock"), at=4, nowrap=True),
    ]  # fmt: skip
    matters = dict(Breach.choices)
    lines = []
    for one in rows:
        ticking = clocks.get(one.pk)
        shown = face(ticking.due_at, ticking.warn_at) if ticking else None
        lines.append([
            link(one.reference, one.get_absolute_url()), one.received_on, one.employer.name, matters.get(one.breach, ""), one.union.short_name, state(one),
            clock(shown.kind, shown.text) if shown else "",
        ])  # fmt: skip
    return Table(columns, lines, label=_("Labour law supervision"), id="supervisions")


def supervisors_table(rows: Sequence[Supervisor], keepable: set[int]) -> Table:
    """The roster with its cards."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(_("Card number"), at=3, nowrap=True), Column(_("Card holds until"), at=4, nowrap=True), Column(_("On the roster of"), soft=True, at=5),
        Column(_("Running cases"), num=True, at=2), Column(_("State"), at=6),
    ]  # fmt: skip
    lines = [
        [
            link(one.name, one.get_absolute_url()) if one.pk in keepable else one.name, one.card, one.card_until if one.card_until >= today() else Cell(day_words(one.card_until), "late"),
            one.union.short_name, getattr(one, "load", 0), _("On the roster") if one.active else Cell(_("Off the roster"), "faint"),
        ]
        for one in rows
    ]  # fmt: skip
    return Table(columns, lines, label=_("Supervisors"), id="supervisors")


def supervisor_word(one: Supervisor) -> str:
    """A supervisor where one is chosen."""
    return f"{one.name}，{one.card}，{one.union.short_name}"


def sentence(case: Supervision, *, open_eyed: bool) -> str:
    """When it came in and by whom it is handled; how it came in only for those who may know."""
    said = _("Received %(day)s. Handled by %(union)s.") % {"day": day_words(case.received_on), "union": case.union.short_name}
    return f"{case.get_lead_display()}　{said}" if open_eyed else said


def waits(case: Supervision, cards: int, least: int) -> str:
    """What is missing before the next step."""
    if case.state == "RECEIVED":
        return _("Take it up if it is in scope; if not, whoever complained is told in writing.")
    if case.state == "INQUIRY" and cards < least:
        return _("At least %(n)d supervisors whose cards hold look into a case; %(now)d are charged.") % {"n": least, "now": cards}
    if case.state == "INQUIRY" and not case.inquiries.exists():
        return _("Record the inquiry; then a letter may follow.")
    return {
        "SIGNING": _("The letter is signed by the chair or a vice-chair."), "SIGNED": _("Serve the opinion, and have the serving record signed: the employer's days run from then."),
        "DEMANDED": _("If the employer refuses, or lets its days pass, the labour bureau is turned to."),
    }.get(case.state, "")  # fmt: skip


def moves(case: Supervision, may: set[str], steps: Iterable[Any]) -> list[Any]:
    """The buttons: what the flow allows, and what may be done beside it."""
    letter = waiting(case) if case.state == "SIGNING" else None
    mine = SIGNED_BY[LetterKind(letter.kind)] if letter is not None else set()
    acts: list[Any] = [one for one in steps if case.state != "SIGNING" or one.verb in mine]
    beside = [
        (May.CHARGE_SUPERVISOR, CHARGING, _("Charge a supervisor"), "charge"), (May.SUPERVISE, ASKING, _("Record an inquiry"), "inquiry"),
        (May.SUPERVISE, REFERRING, _("Tell the procuratorate or others"), "referrals"),
    ]  # fmt: skip
    acts += [
        Act(label, reverse(f"rights:supervision_{name}", args=[case.uuid]))
        for one, states, label, name in beside
        if one in may and case.state in states
    ]
    if May.SUPERVISE in may and case.dispute_id is None and case.state in LINKING:
        acts.append(Act(_("Link the dispute about the money"), reverse("rights:supervision_dispute", args=[case.uuid]), quiet=True))
    return acts


def name_of(letter: Letter) -> str:
    """A letter by its number, or by its kind while it has none."""
    one = letter.paper
    return number_of(one.kind, one.year, one.number) if one else str(letter.get_kind_display())


def letters_table(case: Supervision, *, may: bool, all_: bool) -> Table | None:
    """Each letter with its serving and its answer; whoever sits at the employer sees what was served there."""
    rows = case.letters.select_related("paper").order_by("drafted_at", "pk")
    lines = []
    for one in rows if all_ else rows.filter(served_on__isnull=False, void=False).exclude(kind=LetterKind.ADVICE):
        tail: Any = ""
        if one.void:
            tail = _("void: %(why)s") % {"why": one.void_why}
        elif may and one.sent_on and not one.served_on and case.state not in ("CLOSED", "OUT"):
            tail = link(_("Record that it was served"), reverse("rights:letter_served", args=[case.uuid, one.uuid]))
        elif may and one.served_on and not one.reply and case.state in ("REMINDED", "SIGNING", "SIGNED", "DEMANDED", "ADVISED"):
            tail = link(_("Record the answer"), reverse("rights:letter_answer", args=[case.uuid, one.uuid]))
        elif one.answered_on:
            tail = format_html("{} {}", one.get_reply_display(), day_words(one.answered_on))
        served = f"{day_words(one.served_on)} {one.get_served_how_display()} {one.served_to}" if one.served_on else ""
        lines.append(
            Row(
                [one.get_kind_display(), name_of(one) if one.paper else _("no number yet"), one.to, served, tail],
                "gone" if one.void else "",
            )
        )
    if not lines:
        return None
    columns = [
        Column(_("Letter"), at=1), Column(_("Document number"), at=3, nowrap=True), Column(pgettext("a letter", "To"), at=5, clip=True), Column(pgettext("a letter", "Served"), at=4), Column(_("Answer"), at=2),
    ]  # fmt: skip
    return Table(columns, lines, bare=True, dense=False, label=_("Letters"))


def newest(case: Supervision, *, all_: bool) -> tuple[str, list[Pair]]:
    """What the last letter says, so that whoever signs reads it; at the employer only what was served there."""
    rows = case.letters.filter(void=False).select_related("paper", "signed_by").order_by("-drafted_at", "-pk")
    one = (rows if all_ else rows.filter(served_on__isnull=False).exclude(kind=LetterKind.ADVICE)).first()
    if one is None:
        return "", []
    pairs = [
        Pair(pgettext("a letter", "To"), one.to),
        Pair(_("What was found"), one.found),
        Pair(_("Which article"), one.articles),
        Pair(pgettext("a letter", "What is asked"), one.asks),
    ]
    pairs += [Pair(_("What may follow"), one.risks)] if one.risks else []
    pairs += [Pair(_("Answer by"), day_words(one.answer_by))] if one.answer_by else []
    pairs += [Pair(_("Signed by"), f"{one.signed_by.name} {one.signed_as}".strip())] if one.signed_by else []
    pairs += [Pair(_("Answer"), f"{one.get_reply_display()} {one.answer}".strip())] if one.reply else []
    return str(one.get_kind_display()), pairs


def charged_papers(case: Supervision, *, may: bool) -> list[Paper]:
    """Who looks into it; who stepped back stays with the reason."""
    found = []
    for one in charges_of(case):
        if one.ended_at is not None:
            found.append(Paper(_("%(name)s, until %(day)s") % {"name": one.supervisor.name, "day": day_words(one.ended_at)}, one.why))
            continue
        url = reverse("rights:supervision_discharge", args=[case.uuid, one.supervisor.uuid]) if may else ""
        late = one.supervisor.card_until < today()
        found.append(Paper(one.supervisor.name, f"{one.supervisor.card}，{day_words(one.supervisor.card_until)}", url, missing=late))
    return found


def referral_papers(case: Supervision, *, may: bool) -> list[Paper]:
    """Who else was told, and what came of it."""
    return [
        Paper(
            f"{one.body}，{day_words(one.on)}",
            one.result or _("no result yet"),
            reverse("rights:supervision_result", args=[case.uuid, one.uuid]) if may and not one.result else "",
        )
        for one in case.referrals.order_by("on", "pk")
    ]


def firm_pairs(case: Supervision, *, open_eyed: bool) -> list[Pair]:
    """The employer; and that somebody is to stay unnamed."""
    one = case.employer
    pairs = [Pair(_("Name of the employer"), one.name), Pair(_("Credit code"), one.uscc), Pair(_("Employees"), one.employees)]
    if open_eyed and case.complainant_sealed is not None:
        who = _("to be named to nobody at the employer") if case.confidential else _("covered")
        pairs.append(Pair(_("Who complains"), who, url=reverse("rights:complainant", args=[case.uuid])))
    return pairs


def money_pairs(case: Supervision) -> list[Pair]:
    """The money, as the dispute records it: it counts there, once."""
    if case.dispute is None:
        return []
    sums = sums_of(case.dispute)
    return [
        Pair(_("Dispute"), case.dispute.reference, url=case.dispute.get_absolute_url()),
        Pair(_("Recovered"), _("%(yuan)s yuan") % {"yuan": f"{sums.received:,.2f}"}),
    ]


def story(case: Supervision) -> list[Entry]:
    """Steps, inquiries, letters, supervisors and referrals in one story."""
    entries = begun(entries_of(case), _("recorded the lead"))
    entries += [
        Entry(one.at, _("%(name)s is charged with it") % {"name": one.supervisor.name}, one.by.name)
        for one in case.charges.select_related("supervisor", "by")
    ]
    entries += [
        Entry(one.on, _("Inquiry at %(place)s") % {"place": one.place}, one.by.name, one.text)
        for one in case.inquiries.select_related("by")
    ]
    for one in case.letters.select_related("paper").filter(served_on__isnull=False):
        entries.append(Entry(one.served_on, _("%(letter)s was served") % {"letter": name_of(one)}, one.served_to))  # type: ignore[arg-type]
        if one.answered_on:
            entries.append(Entry(one.answered_on, f"{name_of(one)}　{one.get_reply_display()}", "", one.answer))
    for told in case.referrals.select_related("by"):
        entries.append(Entry(told.on, f"{told.get_kind_display()}，{told.body} {told.number}".strip(), told.by.name))
        if told.result_on:
            entries.append(Entry(told.result_on, told.body, "", told.result))
    return newest_first(entries)


def counted(case: Supervision) -> list[Paper]:
    """The figures that count it."""
    if case.accepted_on is None or case.state in ("RECEIVED", "OUT"):
        return []
    return counts_in({"rights.supervisions": {"cases": 1}}, case)
