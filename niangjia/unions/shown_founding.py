"""How foundings stand on pages: the list, the employer, the group, the application, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.files.api import papers
from niangjia.flow.models import Clock
from niangjia.kit.components import Act, Pair, Paper, day_words, link, pill
from niangjia.kit.flow import FLOWS, Step
from niangjia.kit.tables import Column, Table
from niangjia.unions.ballots import running
from niangjia.unions.enums import Kind, May, Ticked, Way
from niangjia.unions.models import Cover, Founding, Preparer, Union
from niangjia.unions.papers import ready
from niangjia.unions.shown_elections import clock_cell

LINE = ["CLUE", "APPLIED", "GRANTED", "FOUNDED", "REGISTERED"]


def views() -> list[tuple[str, Any]]:
    """The saved questions over the list."""
    return [
        ("", _("All")), ("mine", _("Waits for me")), ("clues", _("Clues")), ("open", _("Under way")), ("late", _("Late")), ("done", _("Registered")),
        ("gone", _("Refused or given up")),
    ]  # fmt: skip


def phase(one: Founding) -> Any:
    """Its state as a pill."""
    return pill(FLOWS["unions.founding"].phases[one.state], dict(Way.choices)[one.state])


def title(one: Founding) -> str:
    """The union that is wanted, or the employer that has none."""
    return one.name or _("%(employer)s: no union yet") % {"employer": one.whose}


def table(rows: Sequence[Founding], clocks: dict[int, Clock]) -> Table:
    """The list."""
    columns = [
        Column(_("For whom"), at=1), Column(_("Union wanted"), soft=True, at=6), Column(_("Stands under"), soft=True, wide=True), Column(_("From where it is known"), soft=True, wide=True),
        Column(_("Clock"), nowrap=True, at=5), Column(_("Its number"), soft=True, nowrap=True, at=3), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    return Table(
        columns,
        [
            [
                link(one.whose, one.get_absolute_url()), one.name, one.at.short_name, one.get_source_display(), clock_cell(clocks.get(one.pk)), one.reference,
                phase(one),
            ]
            for one in rows
        ],
        label=_("Foundings"), id="foundings",
    )  # fmt: skip


def sentence(one: Founding) -> str:
    """Where it stands, in a sentence."""
    said = {"at": one.at.short_name, "name": one.name, "no": one.grant_no}
    words = {
        Way.CLUE: _("Write who is in the preparatory group, then hand the application in."),
        Way.APPLIED: _("%(at)s replies to the application."),
        Way.RETURNED: _("Something is missing; hand it in again."),
        Way.GRANTED: _("Agreed to by %(no)s: members may be taken in, and the first committee is elected."),
        Way.FOUNDED: _("The union is founded; what is left is its registration as a legal person."),
        Way.REGISTERED: _("Founded and registered."),
        Way.REFUSED: _("Nothing came of it; the reason stands in the story."),
        Way.WITHDRAWN: _("Nothing came of it; the reason stands in the story."),
    }
    return str(words[Way(one.state)]) % said


def firm(one: Founding) -> list[Pair]:
    """The employer, or the village, area, trade or project, and from where it is known that it has no union."""
    employer = one.employer
    of_one = [
        Pair(_("Employer"), employer.name),
        Pair(_("Unified social credit code"), employer.uscc),
        Pair(_("Category"), employer.get_category_display()),
        Pair(_("Industry"), employer.get_industry_display()),
        Pair(_("Opened on"), employer.opened_on or _("not known"), faint=employer.opened_on is None),
    ] if employer else []  # fmt: skip
    return [
        *([Pair(_("Village, area, trade or project"), one.subject)] if one.subject else []),
        *([Pair(_("Type"), dict(Kind.choices).get(one.kind, ""))] if one.kind else []),
        *of_one,
        Pair(_("From where it is known"), one.get_source_display()),
        *([Pair(_("What is known"), one.clue)] if one.clue else []),
        Pair(_("Under which union"), one.at.short_name, url=one.at.get_absolute_url()),
    ]


def application(one: Founding) -> list[Pair]:
    """What was applied for; nothing before it was."""
    if not one.name:
        return []
    return [
        Pair(_("Name of the union"), one.name),
        Pair(_("Type"), dict(Kind.choices).get(one.kind, "")),
        Pair(_("Term"), _("%(n)d years") % {"n": one.term_years} if one.term_years else ""),
        Pair(_("Employees"), one.employees),
        Pair(_("Of whom want to join"), one.willing),
        *(
            [
                Pair(
                    _("Who founds it"),
                    _("%(who)s, %(name)s") % {"who": one.get_founder_display(), "name": one.founder_name}
                    if one.founder_name
                    else one.get_founder_display(),
                )
            ]
            if one.founder
            else []
        ),
        Pair(_("Who applies"), one.applicant),
        Pair(_("Telephone"), one.telephone),
        Pair(_("Domicile"), one.address),
        Pair(_("What the party organisation says"), one.party or _("there is none"), faint=not one.party),
    ]


def outcome(one: Founding) -> list[Pair]:
    """What came of it so far."""
    said: list[Pair] = []
    if one.granted_on:
        said += [
            Pair(
                _("Preparatory group agreed to"), _("%(no)s, %(day)s") % {"no": one.grant_no, "day": day_words(one.granted_on, year=True)}
            ),
            Pair(_("Its term ends"), one.group_until),
        ]
    if one.union is not None:
        said.append(Pair(_("Union"), one.union.short_name, url=one.union.get_absolute_url()))
        if (election := running(one.union)) is not None:
            said.append(Pair(_("Its election"), election.reference, url=election.get_absolute_url()))
        if one.union.founded_on:
            said.append(
                Pair(
                    pgettext("a founding", "Founded"),
                    _("%(no)s, %(day)s") % {"no": one.union.approval_no, "day": day_words(one.union.founded_on, year=True)},
                )
            )
    if one.registered_on and one.union is not None:
        said += [
            Pair(_("Unified social credit code of the union"), one.union.uscc),
            Pair(_("Number of the certificate"), one.certificate_no),
            Pair(_("Issued on"), one.registered_on),
            Pair(_("Valid until"), one.union.legal_until),
        ]
    return said


def group(one: Founding, those: Iterable[Preparer], *, editing: bool) -> Table:
    """The preparatory group."""
    columns = [
        Column(_("Full name"), at=1),
        Column(_("Stands for"), at=5),
        Column(_("Department and job"), soft=True, at=6),
        Column(_("In the group"), soft=True, at=4),
    ]
    columns += [Column("", at=2)] if editing else []
    rows = []
    for who in those:
        cells: list[Any] = [who.name, who.get_speaks_display(), who.job, _("leads it") if who.head else pgettext("of a group", "member")]
        if editing:
            off = reverse("unions:founding_preparer", args=[one.uuid, who.uuid])
            cells.append(
                format_html(
                    '<button class="btn btn-link btn-sm" type="submit" form="group" formaction="{}">{}</button>', off, _("Take off")
                )
            )
        rows.append(cells)
    return Table(columns, rows, label=_("Preparatory group"), id="group-table")


def ticks(one: Founding) -> list[Paper]:
    """What is handed in for the registration, ticked or missing."""
    if one.state not in (Way.FOUNDED, Way.REGISTERED):
        return []
    return [
        Paper(label, _("there") if code in one.ticked else _("missing"), missing=one.state == Way.FOUNDED and code not in one.ticked)
        for code, label in Ticked.choices
    ]


def acts(one: Founding, steps: Sequence[Step], may: set[str]) -> list[Any]:
    """What may be done now; while the first committee is elected, that is done at the union's page."""
    made: list[Any] = []
    if one.state == Way.GRANTED and one.union is not None and May.FILE in may:
        election = running(one.union)
        url = election.get_absolute_url() if election else reverse("unions:call", args=[one.union.code])
        made.append(Act(_("See the election") if election else _("Prepare an election"), url, primary=True))
    for step in steps:
        label = _("Hand it in again") if step.verb == "apply" and one.state == Way.RETURNED else step.label
        made.append(Act(label, f"{reverse('unions:founding_step', args=[one.uuid])}{step.verb}/", primary=not made) if step.page else step)
    return made


def warnings(covers: Sequence[Cover]) -> list[str]:
    """What whoever decides should know: which unions cover the employer, or units of the list, already."""
    if not covers:
        return []
    names = pgettext("between names", ", ").join(
        _("%(unit)s (%(union)s)") % {"unit": one.employer.name, "union": one.union.short_name} for one in covers
    )
    return [
        _(
            "Covered already: %(names)s. This union is founded beside that, or in its place: say which in the reply. Employers and members count once."
        )
        % {"names": names}
    ]


def filed(one: Founding) -> list[Paper]:
    """The papers that lie on it."""
    return [Paper(row.name, row.purpose, row.get_absolute_url()) for row in papers(one)]


def done(one: Founding) -> str:
    """What was done, in a sentence."""
    words = {
        Way.RETURNED: _("Sent back; whoever took the clue is told what is missing."),
        Way.REFUSED: _("Refused; whoever took the clue is told why."),
        Way.WITHDRAWN: _("Given up."),
    }
    return str(words.get(Way(one.state), one.reference))


def of_union(union: Union) -> list[Paper]:
    """The founding that a union came from, for its page."""
    return [Paper(one.reference, dict(Way.choices)[one.state], one.get_absolute_url()) for one in union.foundings.all()]


def drawable(one: Founding) -> list[tuple[Any, str]]:
    """The papers that can be drawn up now, each with its address."""
    return [(label, reverse("unions:founding_draw", args=[one.uuid, code])) for code, label in ready(one)]
