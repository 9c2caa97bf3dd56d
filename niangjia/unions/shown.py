"""How unions stand on pages: rows for the tables and lists of the kit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.access.models import User
from niangjia.files.api import papers
from niangjia.kit.components import Act, Chip, Pair, Paper, day_words, link, pill
from niangjia.kit.dates import today
from niangjia.kit.tables import Cell, Column, Table
from niangjia.unions.enums import ADMINISTRATORS, ELECTING, ELECTS, GRASSROOTS, Kind, May, State
from niangjia.unions.forms import Filter
from niangjia.unions.models import Body, Cover, Election, Office, Parentage, Settlement, Union
from niangjia.unions.queries import posts_of


def views() -> list[tuple[str, Any]]:
    """The saved questions over the list."""
    return [
        ("", _("All")), ("grassroots", _("Grassroots")), ("leading", _("Leading")), ("ahead", _("Election ahead")), ("term", _("Term run out")), ("unregistered", _("No legal person")),
        ("vacant", _("Chair vacant")), ("settling", _("Ended, to be settled")),
    ]  # fmt: skip


def chips(form: Filter, request: HttpRequest) -> list[Chip]:
    """The filters; what is set is shown with the way to take it away."""
    said = form.cleaned_data
    made = []
    for name in ("kind", "state"):
        value = said.get(name, "")
        rest = request.GET.copy()
        rest.pop(name, None)
        words = dict(form.fields[name].choices)  # type: ignore[attr-defined]
        made.append(
            Chip(form.fields[name].label, words[value], clear=f"?{rest.urlencode()}")
            if value
            else Chip(form.fields[name].label, field=form[name])
        )
    for name, label in (("under", _("Under")), ("parent", _("Directly below"))):
        if said.get(name):
            top = Union.objects.filter(code=said[name]).first()
            rest = request.GET.copy()
            rest.pop(name, None)
            made.append(Chip(label, top or said[name], clear=f"?{rest.urlencode()}"))
    return made


def term_cell(union: Union) -> Any:
    """The end of the term, late if it has passed."""
    if union.term_end and union.term_end < today() and union.living:
        return Cell(union.term_end, "late")
    return union.term_end


LISTED = ("code", "name", "name_py", "kind", "founded_on", "term_end", "state", "parent__short_name")  # all that the list reads


def unions_table(rows: Iterable[Union]) -> Table:
    """The list of unions."""
    columns = [
        Column(_("Name"), at=1), Column(_("Type"), soft=True, at=6), Column(_("Stands under"), soft=True, wide=True, at=5), Column(_("Founded"), soft=True, nowrap=True),
        Column(_("Term ends"), nowrap=True, at=4), Column(_("Code"), soft=True, nowrap=True, at=3), Column(_("State"), at=2),
    ]  # fmt: skip
    kinds, states = dict(Kind.choices), dict(State.choices)  # get_…_display translates every choice anew for every row
    return Table(
        columns,
        [
            [
                link(one.name, one.get_absolute_url()), kinds.get(one.kind, ""), one.parent.short_name if one.parent else "", one.founded_on, term_cell(one),
                one.code, pill(one.phase, states.get(one.state, "")),
            ]
            for one in rows
        ],
        label=_("Unions"), id="unions",
    )  # fmt: skip


def acts(union: Union, may: set[str], elections: Sequence[Election] = ()) -> list[Act]:
    """What may be done with a union, besides the steps of its flow."""
    made = []
    if (
        May.EDIT in may
        and union.kind in ELECTS
        and union.parent_id
        and union.state in ELECTING
        and not any(one.running for one in elections)
    ):
        made.append(Act(_("Prepare an election"), reverse("unions:call", args=[union.code])))
        if union.living and union.term_end:
            made.append(Act(_("Fill a post within the term"), reverse("unions:within", args=[union.code]), quiet=True))
    if May.EDIT in may and union.living:
        made.append(Act(_("Correct"), reverse("unions:facts", args=[union.code])))
        made.append(Act(_("Put up a public notice"), reverse("unions:notice", args=[union.code])))
    if May.REORGANISE in may and union.living:
        leads = union.level <= 3 or union.kind in ("22", "23", "24", "27")
        made.append(Act(_("Move"), reverse("unions:parents", args=[union.code])) if not leads else Act(_("Move, merge, rename"), f"{reverse('unions:plan')}?union={union.code}"))  # fmt: skip
    if May.CERTIFY in may and union.living and union.uscc and not union.cancelled_on:
        made.append(Act(_("Issue a certificate"), reverse("unions:certificate", args=[union.code]), quiet=True))
        made.append(Act(_("Cancel the legal person"), reverse("unions:certificate_cancel", args=[union.code]), quiet=True))
    if May.EDIT in may and union.kind in GRASSROOTS and union.parent_id and union.living:
        made.append(Act(_("Split the union"), reverse("unions:split_begin", args=[union.code]), quiet=True))
    if May.REORGANISE in may and union.living and union.parent_id:
        made.append(Act(_("Dues and statistics"), reverse("unions:direct", args=[union.code]), quiet=True))
    if May.FOUND in may and union.living and (union.level <= 3 or union.kind in ("22", "23", "24", "27")):
        made.append(Act(_("Found a union below"), reverse("unions:found", args=[union.code])))
    return made


def pairs(union: Union) -> list[Pair]:
    """What is written about a union."""
    missing = _("not yet registered")
    return [
        Pair(_("Code"), union.code),
        Pair(_("Type"), union.get_kind_display()),
        Pair(_("Founded"), union.founded_on),
        Pair(_("Number of the approval"), union.approval_no),
        Pair(_("Unified social credit code"), union.uscc or missing, faint=not union.uscc),
        *([Pair(_("Number of the certificate"), union.certificate_no)] if union.certificate_no else []),
        Pair(_("Certificate valid until"), union.legal_until),
        *([Pair(_("Legal person cancelled on"), union.cancelled_on)] if union.cancelled_on else []),
        Pair(
            _("Term"),
            _("no. %(no)d, %(start)s to %(end)s") % {"no": union.term_no, "start": union.term_start, "end": union.term_end}
            if union.term_start
            else "",
        ),
        *([Pair(_("Domicile"), union.address)] if union.address else []),
        Pair(_("Division"), union.division.name if union.division else ""),
        Pair(_("Whom to call"), union.contact),
        Pair(_("Telephone"), union.contact_phone),
        *([Pair(_("Ended"), union.closed_on)] if union.closed_on else []),
        *([Pair(_("Taken over by"), union.successor, url=union.successor.get_absolute_url())] if union.successor else []),
    ]


def offices_table(rows: list[Office], may: set[str]) -> Table:
    """Who holds which office."""
    columns = [
        Column(_("Full name"), at=1),
        Column(_("Title"), at=5),
        Column(_("Duty"), soft=True, at=6),
        Column(_("Served"), soft=True),
        Column(_("Since"), nowrap=True, soft=True),
        Column(_("Until"), nowrap=True, soft=True),
        Column("", at=2),
    ]
    return Table(
        columns,
        [
            [
                one.name, _("stands in for %(name)s") % {"name": one.delegated_by.name} if one.delegated_by else one.post, one.get_duty_display(), one.get_served_display(), one.since, one.until,
                _office_acts(one) if May.APPOINT in may else "",
            ]
            for one in rows
        ],
        label=_("Offices"), id="offices",
    )  # fmt: skip


def _office_acts(one: Office) -> Any:
    """What whoever appoints may do about an office."""
    if one.until is not None:
        return link(_("Call her back"), reverse("unions:stand_in", args=[one.delegated_by.uuid])) if one.delegated_by else ""
    ends = link(_("End"), reverse("unions:office", args=[one.union.code, one.uuid]))
    if one.duty in ADMINISTRATORS or one.user_id is None:
        return ends
    return format_html("{} {}", ends, link(_("Stand-in"), reverse("unions:stand_in", args=[one.uuid])))


def bodies_table(rows: list[Body], may: set[str]) -> Table:
    """The bodies of a union."""
    columns = [
        Column(_("Body"), at=1),
        Column(_("Form"), soft=True, at=6),
        Column(_("Since"), soft=True, nowrap=True, at=3),
        Column("", at=2),
    ]
    gap = pgettext("between facts", ", ")
    return Table(
        columns,
        [
            [
                one.get_kind_display(), f"{one.get_form_display()}{gap}{one.basis}" if one.basis else one.get_form_display(), one.since,
                link(_("End"), reverse("unions:body", args=[one.union.code, one.kind])) if May.EDIT in may and one.until is None else "",
            ]
            for one in rows
        ],
        label=_("Bodies"), id="bodies",
    )  # fmt: skip


def settlement(union: Union) -> list[Pair]:
    """Where the members of a union that ended went, and what became of what it owned."""
    row = Settlement.objects.filter(union=union).select_related("heir").first()
    if row is None:
        return []
    laid = papers(row)
    return [
        Pair(_("Its members went to"), row.heir.short_name, url=row.heir.get_absolute_url()),
        *([Pair(_("How they go on"), _("With their membership retained: without dues and vote"))] if row.retained else []),
        Pair(_("Assets"), row.assets or _("not settled yet"), faint=not row.assets),
        *([Pair(_("Account closed on"), row.account_closed_on)] if row.account_closed_on else []),
        *([Pair(_("Legal person cancelled on"), row.cancelled_on)] if row.cancelled_on else []),
        *([Pair(_("Settled on"), row.until)] if row.assets and row.until else []),
        *(Pair(_("Report of the settlement"), one.name, url=one.get_absolute_url()) for one in laid),
    ]  # fmt: skip


def covers_table(rows: list[Cover], may: set[str]) -> Table:
    """The units that a union covers."""
    columns = [
        Column(_("Unit"), at=1),
        Column(_("Credit code"), soft=True, nowrap=True, at=3),
        Column(_("Industry"), soft=True, at=6),
        Column(_("Employees"), unit=_("people"), num=True, at=4),
        Column(_("Since"), soft=True, nowrap=True),
        Column("", at=2),
    ]
    return Table(
        columns,
        [
            [
                one.employer.name, one.employer.uscc, one.employer.get_industry_display(), one.employer.employees, one.since,
                link(_("End"), reverse("unions:unit", args=[one.union.code, one.employer.uscc])) if May.EDIT in may else "",
            ]
            for one in rows
        ],
        label=_("Units covered"), id="units",
    )  # fmt: skip


def parentages_table(rows: list[Parentage]) -> Table:
    """Under whom a union stood, and since when."""
    columns = [
        Column(_("Since"), nowrap=True, at=3),
        Column(_("Stands under"), at=1),
        Column(_("As"), soft=True, at=2),
        Column(_("Decided in"), soft=True, at=6),
    ]
    return Table(
        columns,
        [[one.since, link(one.parent, one.parent.get_absolute_url()) if one.parent else "", one.get_kind_display(), one.basis] for one in rows],
        label=_("Unions above"), id="parents",
    )  # fmt: skip


def span_of(one: Office) -> str:
    """From when to when somebody stands in."""
    said = {"first": day_words(one.since, year=True), "last": day_words(one.last_day, year=True)}
    return _("%(first)s to the end of %(last)s") % said


def stand_in_choices(people: Iterable[User]) -> list[tuple[str, str]]:
    """Who may stand in, by name and present office."""
    known = {one.pk: one for one in people}
    posts = posts_of(known)
    gap = pgettext("between facts", ", ")
    return [
        (str(pk), f"{user.name}{gap}{posts[pk][-1].union.short_name}{gap}{posts[pk][-1].post}" if posts.get(pk) else user.name)
        for pk, user in known.items()
    ]


def away_table(rows: Iterable[Office]) -> Table:
    """My offices, and who stands in for me now or later."""
    columns = [Column(_("Union"), at=1), Column(_("Title"), at=5), Column(_("Who stands in"), at=6, text=True), Column("", at=2)]
    lines: list[list[Any]] = []
    for one in rows:
        those = [f"{row.name} {span_of(row)}" for row in getattr(one, "stand_ins", [])]
        may = one.duty not in ADMINISTRATORS and one.until is None
        act = link(_("Change it") if those else _("Choose somebody"), reverse("unions:stand_in", args=[one.uuid])) if may else ""
        lines.append([one.union.short_name, one.post, pgettext("between facts", "; ").join(those) or _("nobody stands in"), act])
    return Table(columns, lines, label=_("My offices"), id="away", bare=True)


def stands_in_papers(rows: Iterable[Office]) -> list[Paper]:
    """The offices in which somebody stands in for others."""
    return [
        Paper(
            _("%(union)s, %(post)s, for %(name)s") % {"union": one.union.short_name, "post": one.post, "name": one.delegated_by.name},
            span_of(one), one.union.get_absolute_url(),
        )
        for one in rows if one.delegated_by
    ]  # fmt: skip
