"""How applications by code stand on pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.flow.api import entries_of
from niangjia.kit.components import Entry, Pair, Paper, Stage, View, day_words, link, mask, moment_words, pill
from niangjia.kit.tables import Column, Table
from niangjia.members.asked import Known, Told
from niangjia.members.enums import Asked, State, Work
from niangjia.members.models import Application, JoinCode
from niangjia.unions.models import Union


def views(here: str, under: str = "") -> list[View]:
    """Those that wait, those decided, and the register itself."""
    rest = f"&under={under}" if under else ""
    return [
        View(_("To be decided"), f"?view={rest}", here=here != "decided"),
        View(_("Decided"), f"?view=decided{rest}", here=here == "decided"),
    ]


def state_of(one: Application) -> object:
    """Its state as a pill."""
    return pill(one.phase, dict(Asked.choices).get(one.state, one.state))


def table(rows: Iterable[Application]) -> Table:
    """Who asks to join, the last first; numbers stand on the page of each."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(_("Union"), at=5), Column(_("Form of work"), soft=True, nowrap=True, at=6),
        Column(_("Job"), soft=True, wide=True), Column(pgettext("an application", "Sent"), soft=True, nowrap=True, at=3), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    works = dict(Work.choices)
    lines = [
        [
            link(str(one), one.get_absolute_url()),
            one.union.short_name,
            works.get(one.work, ""),
            one.job,
            moment_words(one.made_at),
            state_of(one),
        ]
        for one in rows
    ]
    return Table(columns, lines, label=_("Sent by code"), id="asked")


def person(one: Application, told: Told, revealed: dict[str, str], *, may_reveal: bool) -> list[Pair]:
    """Who asks, as she wrote it."""
    if one.erased_at is not None:
        return [
            Pair(
                _("Erased"),
                _("on %(day)s, as the notice says; that somebody asked is kept.") % {"day": day_words(one.erased_at, year=True)},
            )
        ]
    made = [
        Pair(_("Full name"), one.name),
        Pair(_("Sex"), told.sex),
        Pair(_("Year of birth"), told.year),
        Pair(_("Kind of paper"), told.paper),
    ]
    for what, label, covered in (("id", _("Number"), told.number), ("phone", _("Mobile"), told.phone)):
        if what in revealed:
            made.append(Pair(label, revealed[what]))
        else:
            made.append(Pair(label, covered, reveal=f"#show-{what}") if may_reveal else Pair(label, mask(covered)))
    return made


def work(one: Application) -> list[Pair]:
    """Where and as what she works, and what she agreed to."""
    return [
        Pair(_("Union"), one.union.short_name, url=one.union.get_absolute_url()),
        *([Pair(_("Department"), one.department)] if one.department else []),
        *([Pair(_("Job"), one.job)] if one.job else []),
        Pair(_("Form of work"), one.get_work_display()),
        Pair(_("Migrant worker"), _("yes") if one.migrant else _("no")),
        Pair(_("Agreed to the notice"), _("edition %(edition)s, and apart to the sensitive part") % {"edition": one.notice}),
    ]


def warnings(known: Known, one: Application) -> list[str]:
    """What whoever decides should know before she does; the applicant is told none of it."""
    said = []
    if known.other_name:
        said.append(_("The register knows this number under another name. Compare both with the card before you decide."))
    if (held := known.membership) is not None:
        if held.union_id == one.union_id:
            said.append(
                _("She is a member of this union already. Complete her particulars with what she wrote, or refuse it with a word to her.")
            )
        elif held.state == State.APPLIED:
            said.append(_("An application of hers already waits at %(union)s.") % {"union": held.union})
        else:
            said.append(
                _("She is a member of %(union)s. Ask that union to send her here, so that her years count on; then refuse this one.")
                % {"union": held.union}
            )
    elif known.person is not None and not known.other_name:
        said.append(_("She was a member before, or is known from a case: she will be the same person."))
    if known.again:
        said.append(
            ngettext(
                "The same number waits here %(n)d more time; deciding one decides all.",
                "The same number waits here %(n)d more times; deciding one decides all.",
                known.again,
            )
            % {"n": known.again}
        )
    return said


def story(one: Application) -> list[Entry]:
    """What happened; what no office did, the applicant did herself."""
    return [
        replace(entry, who=_("The applicant"), auto=False) if entry.auto or entry is entries[-1] else entry
        for entries in [entries_of(one)]
        for entry in entries
    ]


def way(one: Application) -> list[Stage]:
    """An application as whoever sent it sees it."""
    sent = Stage(_("You have sent it"), "past", at=moment_words(one.made_at))
    if one.state == Asked.SENT:
        return [sent, Stage(_("The union decides"), "here", note=one.union.name), Stage(_("You are a member"), "")]
    when = moment_words(one.decided_at) if one.decided_at else ""
    words = {
        Asked.ADMITTED: _("You are a member of %(union)s") % {"union": one.union.name},
        Asked.REFUSED: _("The union has not taken you in"),
        Asked.TWICE: _("It was sent twice; the other one has been decided"),
        Asked.WITHDRAWN: _("You have taken it back"),
        Asked.COMPLETED: _("Your union has entered what you wrote"),
    }
    return [sent, Stage(words[Asked(one.state)], "here", note=one.answer, at=when)]


def past_codes(codes: Sequence[JoinCode]) -> list[Paper]:
    """The codes that no longer open anything."""
    return [
        Paper(
            _("%(first)s to %(last)s") % {"first": day_words(code.opened_at, year=True), "last": day_words(code.closed_at, year=True)},
            code.closed_by.name if code.closed_by else "",
        )
        for code in codes if code.closed_at
    ]  # fmt: skip


def sheet_steps(days: int) -> list[str]:
    """What a sheet on the wall tells the people who stand before it."""
    said = ngettext(
        "The union decides within %(n)d day; you can look at any time how far it is.",
        "The union decides within %(n)d days; you can look at any time how far it is.",
        days,
    )
    return [_("Scan the code with your phone."), _("Write your name, identity number and mobile; read the notice."), said % {"n": days}]


def register_url(union: Union) -> str:
    """The applications of one union."""
    return f"{reverse('members:asked')}?under={union.code}"
