"""How redundancies stand on pages: the list, the plan, what the rule says and why, the story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from niangjia.flow.api import entries_of
from niangjia.flow.models import Clock
from niangjia.kit.components import Act, Entry, Pair, Paper, clauses, clock, day_words, face, in_a_row, link, pill
from niangjia.kit.tables import Column, Table
from niangjia.rights.actions import ADVISING, REVISING, WARNING
from niangjia.rights.drawn import number_of
from niangjia.rights.enums import May
from niangjia.rights.flow import REDUNDANCY_FLOW
from niangjia.rights.forms.redundancy import FIRST, PROTECTED
from niangjia.rights.laws import cited
from niangjia.rights.models import Advice, Hearing, Redundancy
from niangjia.rights.redundant import ByRule, RedundancyGround, RedundancyKind, RedundancyState
from niangjia.rights.rules.redundancy import Finding
from niangjia.rights.shown.common import begun, counts_in, newest_first

LINE = ["NOTIFIED", "HEARD", "REPLIED", "ANSWERED", "REPORTED", "CARRIED", "CLOSED"]
LINE_OF_ONE = [state for state in LINE if state != "REPORTED"]
SENTENCES: dict[str, Any] = {
    "many": gettext_lazy("To go: %(planned)s; a layoff begins with %(people)s people."),
    "share": gettext_lazy("To go: %(planned)s of %(staff)s, %(share)s of the staff; a layoff begins with %(people)s people or %(least_share)s."),
    "below": gettext_lazy("To go: %(planned)s of %(staff)s, %(share)s of the staff: fewer than %(people)s people and less than %(least_share)s. This is no layoff by art. 41; each dismissal needs a ground of its own."),
    "together": gettext_lazy("By other plans of this employer close by, to go: %(n)s; added together: %(all)s."),
    "ground": gettext_lazy("Ground: %(ground)s."),
    "days": gettext_lazy("Explained on %(explained)s; days from then to %(day)s: %(n)s, needed: %(days)s."),
    "days_short": gettext_lazy("Explained on %(explained)s; days from then to %(day)s: only %(n)s, needed: %(days)s. The first day is %(first)s."),
    "told_first": gettext_lazy("The reason was told on %(explained)s, before %(day)s."),
    "same_day": gettext_lazy("The reason was told on the day itself, %(day)s: look whether it was told before."),
    "told_after": gettext_lazy("The reason was told on %(explained)s, after %(day)s; it must be told before."),
    "heard": gettext_lazy("Opinions were heard; hearings: %(n)s."),
    "unheard": gettext_lazy("Opinions have not been heard."),
    "replied": gettext_lazy("The union replied on %(on)s."),
    "unreplied": gettext_lazy("The union has not replied."),
    "answered": gettext_lazy("The employer answered the union's opinions in writing on %(on)s."),
    "unanswered": gettext_lazy("The employer has not answered the union's opinions in writing."),
    "reported": gettext_lazy("The plan was reported to the labour bureau on %(on)s."),
    "reported_late": gettext_lazy("The plan was reported to the labour bureau on %(on)s, after people had gone on %(day)s."),
    "unreported": gettext_lazy("The plan has not been reported to the labour bureau."),
    "protected": gettext_lazy("On the list, though the law protects them: %(n)s. They must not be dismissed."),
    "protected_none": gettext_lazy("Nobody stands on the list whom the law protects."),
    "protected_unknown": gettext_lazy("Nobody has looked yet whether the law protects somebody on the list."),
    "first": gettext_lazy("Those whom the law lets stay first do so in the plan."),
    "first_unsaid": gettext_lazy("The plan does not let these stay first: %(who)s."),
}  # fmt: skip


def state(case: Redundancy) -> SafeString:
    """The state as a pill; what was carried out against the rule says so."""
    if case.kept == ByRule.OUT and case.state in ("CARRIED", "CLOSED"):
        return pill("late", _("Carried out against the rule"))
    return pill(REDUNDANCY_FLOW.phases[case.state], dict(RedundancyState.choices).get(case.state, ""))


def redundancies_table(rows: Sequence[Redundancy], clocks: Mapping[int, Clock]) -> Table:
    """The list of cases."""
    columns = [
        Column(_("Case number"), at=3, nowrap=True), Column(_("Explained on"), nowrap=True, soft=True, sort="descending"), Column(_("Employer"), at=1, clip=True),
        Column(_("Sort"), at=6, clip=True), Column(_("To go"), unit=_("people"), num=True, at=5), Column(_("Planned day"), nowrap=True, soft=True, wide=True),
        Column(_("Union"), soft=True, wide=True), Column(_("State"), at=2, nowrap=True), Column(_("Clock"), at=4, nowrap=True),
    ]  # fmt: skip
    kinds = dict(RedundancyKind.choices)
    lines = []
    for one in rows:
        ticking = clocks.get(one.pk)
        shown = face(ticking.due_at, ticking.warn_at) if ticking else None
        lines.append([
            link(one.reference, one.get_absolute_url()), one.explained_on, one.employer.name, kinds.get(one.kind, ""), one.planned, one.planned_on,
            one.union.short_name, state(one), clock(shown.kind, shown.text) if shown else "",
        ])  # fmt: skip
    return Table(columns, lines, label=_("Redundancy hearings"), id="redundancies")


def heads(n: int) -> str:
    """So many people."""
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": f"{n:,}"}


def sentence(case: Redundancy) -> str:
    """When it was explained, and when people are to go."""
    return _("Explained %(day)s; planned for %(planned)s: %(people)s. Heard by %(union)s.") % {
        "day": day_words(case.explained_on), "planned": day_words(case.planned_on), "people": heads(case.planned), "union": case.union.short_name,
    }  # fmt: skip


def waits(case: Redundancy) -> str:
    """What comes before the next step."""
    return {
        "NOTIFIED": _("Hear the staff, or those concerned, and write down what they say."),
        "HEARD": _("Reply to the employer before the planned day; the letter gets a number."),
        "REPLIED": _("The employer looks at the union's opinions and answers in writing."),
        "CARRIED": _("Whoever hires again within six months tells those who went, and takes them first.") if case.rehire_until else "",
    }.get(case.state, "")  # fmt: skip


def moves(case: Redundancy, may: set[str], steps: Iterable[Any]) -> list[Any]:
    """The buttons: what the flow allows, and what may be done beside it."""
    acts: list[Any] = [one for one in steps if one.verb != "report" or case.kind == RedundancyKind.LAYOFF]
    beside = [
        (May.HEAR_REDUNDANCY, REVISING, _("The plan has changed"), "revision"), (May.LEAD_REDUNDANCY, ADVISING, _("Advise the union"), "advice"),
        (May.HEAR_REDUNDANCY, () if case.event_id else WARNING, _("Report it as an event"), "event"),
    ]  # fmt: skip
    acts += [
        Act(label, reverse(f"rights:redundancy_{name}", args=[case.uuid]), quiet=name == "event")
        for one, states, label, name in beside
        if one in may and case.state in states
    ]
    return acts


def plan_pairs(case: Redundancy) -> list[Pair]:
    """What the employer explained."""
    one = case.employer
    share = Decimal(case.planned) / case.staff
    pairs = [
        Pair(_("Name of the employer"), one.name), Pair(_("Credit code"), one.uscc), Pair(_("Sort"), case.get_kind_display()),
        Pair(_("Ground"), case.get_ground_display()), Pair(_("People planned to go"), _("%(n)s of %(staff)s, %(share)s") % {"n": case.planned, "staff": case.staff, "share": _percent(share)}),
        Pair(_("Explained on"), day_words(case.explained_on)), Pair(_("To whom"), case.get_explained_to_display()), Pair(_("Planned day"), day_words(case.planned_on)),
    ]  # fmt: skip
    pairs += [Pair(_("More people explained on"), day_words(case.grown_on))] if case.grown_on else []
    pairs += [Pair(_("First day after the thirty"), day_words(case.free_on))] if case.free_on else []
    if case.kind == RedundancyKind.LAYOFF:
        first = [label for name, label in FIRST if getattr(case, name)]
        pairs.append(Pair(_("Who stays first"), clauses(first) or _("the plan says nothing"), faint=not first))
    pairs += [Pair(_("How else they are chosen"), case.selection)] if case.selection else []
    return pairs


def protected_papers(case: Redundancy) -> list[Paper]:
    """How many on the list the law protects, by group."""
    if case.ground == RedundancyGround.FAULT:
        return []
    found = []
    for name, label in PROTECTED.items():
        n = getattr(case, name)
        found.append(Paper(label, _("not looked at") if n is None else heads(n)))
    return found


def _percent(share: Any) -> str:
    return f"{(Decimal(share) * 100).quantize(Decimal('0.1')).normalize():f}%"


def _fact(name: str, fact: Any) -> str:
    if isinstance(fact, date):
        return day_words(fact, year=True)
    if name == "ground":
        return str(dict(RedundancyGround.choices)[fact])
    if name == "who":
        return clauses(label for code, label in FIRST if code in fact.split())
    return _percent(fact) if name in ("share", "least_share") else str(fact)


def finding_words(one: Finding) -> str:
    """A finding in a sentence."""
    return str(SENTENCES[one.code]) % {name: _fact(name, fact) for name, fact in one.facts.items()}


def verdict(found: Sequence[Finding], case: Redundancy) -> str:
    """What the rule comes to, in one sentence."""
    if any(one.good is False for one in found):
        return _("Something is against the rule.")
    if case.carried_on is None and any(one.good is None for one in found):
        return _("Nothing is against the rule so far; what is missing stands below.")
    return _("Nothing is against the rule.")


def findings_table(found: Sequence[Finding]) -> Table:
    """The trace: what was looked at, how it stands, by which article."""
    columns = [
        Column(_("What was looked at"), text=True, at=1),
        Column(_("Rule kept"), nowrap=True, at=2),
        Column(_("Basis"), soft=True, text=True, at=3),
    ]
    marks = {
        True: pill("done", pgettext("a finding", "kept")),
        False: pill("late", pgettext("a finding", "not kept")),
        None: pill("wait", pgettext("a finding", "to be looked at")),
    }
    lines = [[finding_words(one), marks[one.good], cited(one.articles)] for one in found]
    return Table(columns, lines, bare=True, dense=False, stack=True, label=_("What the rule says"))


def hearings_table(rows: Sequence[Hearing]) -> Table | None:
    """Each hearing: when, how, how many, what was said."""
    if not rows:
        return None
    columns = [
        Column(pgettext("a hearing", "Held on"), at=3, nowrap=True), Column(pgettext("a hearing", "How"), at=1), Column(_("Took part"), unit=_("people"), num=True, at=2),
        Column(_("Opinions"), text=True, at=6),
    ]  # fmt: skip
    lines = [[one.on, in_a_row((one.get_kind_display(), one.place)), one.people, one.opinions] for one in rows]
    return Table(columns, lines, bare=True, dense=False, stack=True, label=_("Hearings"))


def reply_pairs(case: Redundancy) -> list[Pair]:
    """What the union replied, and what became of it."""
    if not case.verdict:
        return []
    one = case.paper
    pairs = [Pair(_("Document number"), number_of(one.kind, one.year, one.number))] if one else []
    pairs += [Pair(_("The union says"), case.get_verdict_display()), Pair(_("In its words"), case.reply)]
    if case.answer:
        said = in_a_row((day_words(case.answered_on) if case.answered_on else "", case.get_answer_display()))
        pairs.append(Pair(_("The employer"), clauses((said, case.answer_text))))
    return pairs


def outcome_pairs(case: Redundancy) -> list[Pair]:
    """What became of it."""
    pairs = []
    if case.reported_on:
        pairs.append(Pair(_("Reported to the labour bureau"), in_a_row((day_words(case.reported_on), case.reported_to))))
    if case.carried_on:
        pairs.append(Pair(_("Carried out"), in_a_row((day_words(case.carried_on), heads(case.dismissed or 0)))))
        pairs.append(Pair(_("Rule kept"), case.get_kept_display()))
    if case.rehire_until:
        pairs.append(Pair(_("Come first in hiring until"), day_words(case.rehire_until)))
    return pairs


def advice_papers(rows: Iterable[Advice]) -> list[Paper]:
    """What offices above advised."""
    return [Paper(one.text, in_a_row((one.by.name, day_words(one.at)))) for one in rows]


def linked(case: Redundancy, *, supervision: bool, event: bool) -> list[Paper]:
    """The supervision case and the event that came out of it, for those who may open them."""
    found = []
    if case.supervision is not None:
        found.append(
            Paper(case.supervision.reference, _("Labour law supervision"), case.supervision.get_absolute_url() if supervision else "")
        )
    if case.event is not None:
        found.append(Paper(case.event.reference, _("Event"), case.event.get_absolute_url() if event else ""))
    return found


def story(case: Redundancy, hearings: Sequence[Hearing], advice: Sequence[Advice]) -> list[Entry]:
    """Steps, hearings, changes of the plan and advice in one story."""
    entries = begun(entries_of(case), _("recorded what the employer explained"))
    entries += [Entry(one.on, in_a_row((one.get_kind_display(), one.place)), one.by.name, one.minutes) for one in hearings]
    entries += [Entry(one.at, _("advised the union"), one.by.name, one.text) for one in advice]
    for one in case.revisions.select_related("by"):
        did = _("The plan changed: from %(was)s on %(day_was)s to %(n)s on %(day)s") % {
            "was": one.planned_was, "day_was": day_words(one.day_was), "n": one.planned, "day": day_words(one.day),
        }  # fmt: skip
        entries.append(Entry(one.at, did, one.by.name, one.why))
    return newest_first(entries)


def counted(case: Redundancy) -> list[Paper]:
    """The figures that count it."""
    return counts_in({"rights.redundancies": {"cases": 1, "people": case.planned}}, case)
