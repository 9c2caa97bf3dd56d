"""How firms of the tax side's list, and the lists themselves, stand on pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit.components import Act, Pair, level, link, moment_words, pill
from niangjia.kit.export import Sheet
from niangjia.kit.tables import Column, Table
from niangjia.kit.workbook import Col
from niangjia.unions.enums import Dropped, Mark, Owes, Spared, TaxState
from niangjia.unions.models import Founding, Spell, TaxList, Taxpayer, Union

PHASES = {"READING": "doing", "FAILED": "late", "CHECKED": "wait", "TAKING": "doing", "TAKEN": "done", "DROPPED": "stop"}


def views() -> list[tuple[str, Any]]:
    """The saved questions over the list."""
    return [
        ("", _("To be followed")), ("followed", _("Being founded")), ("likely", _("Name to be confirmed")), ("marked", _("Marked Y, none known")), ("differing", _("Employees differ")),
        ("united", pgettext("firms", "With a union")), ("dropped", _("Dropped off the list")), ("spared", _("Needs none")), ("all", _("All")),
    ]  # fmt: skip


def waits(colour: str) -> Any:
    """How long it has been without a union, in a word and a colour."""
    words = {"green": pgettext("without a union", "within the time"), "yellow": _("half the time is over"), "red": _("overdue")}
    return level(colour, words[colour]) if colour else ""


def words_of(one: Taxpayer) -> str:
    """Where it stands, in two words."""
    if one.dropped:
        return str(dict(Dropped.choices)[one.dropped])
    return str(_("Needs none")) if one.spared else str(dict(Owes.choices)[one.owes])


def table(rows: Sequence[Taxpayer], colours: Mapping[int, str], *, acting: bool, view: str) -> Table:
    """The list, the largest first; with a button to each row where something waits."""
    columns = [
        Column(_("Firm"), at=1), Column(_("Employees by tax"), num=True, at=5), *([Column(_("By our register"), num=True, soft=True, wide=True)] if view else []), Column(_("Federation"), soft=True, at=6),
        Column(_("State with the tax office"), soft=True, wide=True), Column(_("Without a union"), nowrap=True, at=4), Column(_("As of"), soft=True, nowrap=True, wide=True),
    ]  # fmt: skip
    button = acting and not view
    columns += [Column("", at=2)] if button else [Column(_("Unionisation"), at=2)]
    states = dict(TaxState.choices)
    made = []
    for one in rows:
        last: Any = words_of(one)
        if button:
            url = reverse("unions:taxpayer_step", args=[one.uuid])
            last = format_html(
                '<button class="btn btn-sm" type="submit" form="follow" formaction="{}" name="verb" value="follow" aria-label="{}">{}</button>',
                url, _("Follow it: %(name)s") % {"name": one.name}, _("Follow it"),
            ) if one.likely_id is None and (one.uscc or one.employer_id) else _("Name to be confirmed") if one.likely_id else ""  # fmt: skip
        made.append(
            [
                link(one.name, one.get_absolute_url()), one.employees, *([one.employer.employees if one.employer else None] if view else []), one.at.short_name, states[one.state],
                waits(colours.get(one.pk, "")), one.synced_on, last,
            ]
        )  # fmt: skip
    return Table(columns, made, label=_("Firms of the tax side's list"), id="taxpayers")


def sheet(rows: QuerySet[Taxpayer]) -> Sheet:
    """What the list shows, to its last row."""
    columns = [
        Col(_("Registration no."), 24), Col(_("Firm"), 40), Col(_("Credit code"), 22), Col(_("State with the tax office"), 16), Col(_("Tax office"), 24),
        Col(_("Employees by tax"), 14, "number"), Col(_("By our register"), 14, "number"), Col(_("Federation"), 22), Col(_("Mark of the tax side"), 18),
        Col(_("Opened on"), 12), Col(_("As of"), 12), Col(_("Unionisation"), 20),
    ]  # fmt: skip
    states, marks = dict(TaxState.choices), dict(Mark.choices)

    def lines() -> Iterator[list[Any]]:
        for one in rows.order_by("-employees", "-id").iterator(chunk_size=2000):
            yield [
                one.number, one.name, one.uscc, str(states[one.state]), one.office, one.employees, one.employer.employees if one.employer else None, one.at.short_name,
                str(marks[one.mark]), one.opened_on, one.synced_on, words_of(one),
            ]  # fmt: skip

    return _("Firms"), columns, lines()


def told(one: Taxpayer) -> list[Pair]:
    """What the tax side says."""
    return [
        Pair(_("Registration no."), one.number), Pair(_("Unified social credit code"), one.uscc or _("not told"), faint=not one.uscc),
        Pair(_("State with the tax office"), one.get_state_display()), Pair(_("Tax office"), one.office or _("not told"), faint=not one.office),
        Pair(_("Employees by tax"), one.employees), Pair(_("Mark of the tax side"), dict(Mark.choices)[one.mark], faint=not one.mark),
        Pair(_("Opened on"), one.opened_on or _("not told"), faint=one.opened_on is None), Pair(_("Code of the place"), one.place_code or _("not told"), faint=not one.place_code),
        Pair(_("As of"), one.synced_on),
    ]  # fmt: skip


def known(one: Taxpayer, unions: Iterable[Union], founding: Founding | None) -> list[Pair]:
    """What we know: which employer it is, who covers it, whether a union is being founded."""
    made = [Pair(_("Federation of its place"), one.at.short_name, url=one.at.get_absolute_url())]
    if one.employer:
        made += [
            Pair(_("Employer"), f"{one.employer.name} {one.employer.uscc}", url=one.employer.get_absolute_url()),
            Pair(_("Employees by our register"), one.employer.employees),
        ]
    elif one.likely:
        made.append(Pair(_("Employer"), _("to be confirmed: %(name)s") % {"name": f"{one.likely.name} {one.likely.uscc}"}))
    else:
        made.append(Pair(_("Employer"), _("none of ours is known to be it"), faint=True))
    made += [Pair(_("Covered by"), union.short_name, url=union.get_absolute_url()) for union in unions]
    if founding is not None:
        made.append(Pair(_("Being founded"), founding.reference, url=founding.get_absolute_url()))
    if one.spared:
        by = one.spared_by.name if one.spared_by else ""
        made += [
            Pair(_("Needs none"), Spared(one.spared).label),
            Pair(_("Why"), one.spared_why),
            Pair(_("Recorded"), f"{one.spared_on} {by}"),
        ]
    return made


def acts(one: Taxpayer, founding: Founding | None) -> list[Act]:
    """What may be done with a firm now."""
    if one.likely_id:
        return [
            Act(_("It is this employer"), post=True, primary=True, name="verb", value="same"), Act(_("It is another"), post=True, name="verb", value="other"),
        ]  # fmt: skip
    if one.dropped:
        made = [Act(_("Close its clue"), post=True, primary=True, name="verb", value="close-clue")] if founding is not None else []
        if one.dropped == Dropped.GONE:
            made += [
                Act(_("It has moved"), post=True, name="verb", value="moved"),
                Act(_("It has closed"), post=True, name="verb", value="closed"),
            ]
        return made
    if one.spared:
        return [Act(_("It needs one after all"), post=True, name="verb", value="need")]
    made = []
    if one.owes == Owes.UNION and founding is None:
        made.append(Act(_("Follow it"), post=True, primary=True, name="verb", value="follow"))
        made.append(Act(_("Needs none"), reverse("unions:taxpayer_spare", args=[one.uuid])))
    return made


def sentence(one: Taxpayer, founding: Founding | None) -> str:
    """Where it stands, in a sentence."""
    if one.likely is not None:
        return _("An employer of ours has the same name (%(uscc)s). Say whether it is this firm.") % {"uscc": one.likely.uscc}
    if one.dropped:
        return _("The list of %(day)s lacks it: %(why)s. It is counted no longer from that day on.") % {
            "day": one.dropped_on,
            "why": one.get_dropped_display(),
        }
    if one.spared:
        return _("It needs no union; the reason stands below.")
    if founding is not None:
        return _("A union is being founded: %(reference)s.") % {"reference": founding.reference}
    return {
        Owes.NOTHING: _("It need not have one: not in business, or too few employees."), Owes.UNION: _("It should have a union, and none that exists covers it."),
        Owes.UNITED: _("A union covers it."),
    }[Owes(one.owes)]  # fmt: skip


def spells(those: Iterable[Spell]) -> Table:
    """From when to when it should have had a union, and had one."""
    columns = [Column(_("From"), nowrap=True, at=1), Column(_("Until before"), nowrap=True, at=5), Column(_("Unionisation"), at=2)]
    rows = [[one.since, one.until or _("today"), _("Has one") if one.united else _("Should have one")] for one in those]
    return Table(columns, rows, label=_("Over time"), id="spells")


# ---------- lists ----------


def stand(one: TaxList) -> Any:
    """The state of a list as a pill."""
    return pill(PHASES[one.state], one.get_state_display())


def lists_table(rows: Sequence[TaxList]) -> Table:
    """The lists that were laid."""
    columns = [
        Column(_("File"), at=1), Column(_("Whose list"), soft=True, at=6), Column(_("Rows"), num=True, at=5), Column(_("Bad"), num=True, wide=True), Column(_("Laid"), soft=True, nowrap=True, at=4),
        Column(_("By"), soft=True, wide=True), Column(_("State"), at=2),
    ]  # fmt: skip
    made = [
        [link(one.file_name, one.get_absolute_url()), one.at.short_name, one.rows, one.bad, moment_words(one.made_at), one.by.name, stand(one)]
        for one in rows
    ]  # fmt: skip
    return Table(columns, made, label=_("Lists from the tax side"), id="tax-lists")


def counts(one: TaxList) -> list[Pair]:
    """What the list brings, or brought."""
    return [
        Pair(_("Good rows"), one.rows), Pair(_("New firms"), one.fresh), Pair(pgettext("list of firms", "Changed"), one.changed), Pair(_("As we have them"), one.same),
        Pair(_("Older than ours, left"), one.older), Pair(_("Bad rows, left out"), one.bad),
        *([Pair(_("Dropped off"), one.gone)] if one.whole else []), Pair(_("Laid by"), one.by.name),
        Pair(_("Laid"), moment_words(one.made_at)), *([Pair(pgettext("list of firms", "Taken in"), moment_words(one.taken_at))] if one.taken_at else []),
    ]  # fmt: skip


def faults(one: TaxList) -> Table:
    """The first bad rows: where, what stood there, what is wrong and what to do."""
    columns = [Column(_("Row"), nowrap=True, at=5), Column(_("Firm"), at=1, row_head=True), Column(_("Column"), soft=True, at=6), Column(_("Stands there"), soft=True, wide=True), Column(_("What is wrong"), text=True, at=3)]  # fmt: skip
    rows = [
        [
            f"{fault['sheet']} {fault['row']}".strip(),
            fault["name"],
            _field(fault["field"]),
            fault["said"],
            said(fault["field"], fault["fault"]),
        ]
        for fault in one.told
    ]
    return Table(columns, rows, label=_("Rows that cannot be taken in"), id="faults")


def _field(code: str) -> str:
    return str(
        {
            "number": _("Registration no."), "name": _("Firm"), "uscc": _("Credit code"), "state": _("State with the tax office"), "employees": _("Employees by tax"),
            "place": _("Code of the place"), "mark": _("Mark of the tax side"), "synced": _("As of"), "opened": _("Opened on"),
        }[code]
    )  # fmt: skip


def said(field: str, fault: str) -> str:
    """A fault as a sentence: what it is and what to do."""
    words = {
        "missing": _("Nothing stands there. Fill it in."),
        "long": _("This is too long. Look whether the columns have slipped."),
        "number": _("This is no number of people. Write digits alone."),
        "day": _("This is no day. Write it as 2026-03-02."),
        "ahead": _("This day lies ahead. Look whether the year is right."),
        "credit": _("The credit code is wrong: 18 characters, the last one is a check. Compare it with the licence."),
        "elsewhere": _("It lies outside your place. Whoever leads that place takes it in, or the city does."),
        "twice": _("This number stands in the list a second time; the first row counts."),
    }
    if fault == "unknown":
        words["unknown"] = {
            "state": _("This state is not known. Use 正常, 停业, 非正常 or 注销."), "mark": _("This mark is not known. Use C, Y or N."),
            "place": _("No federation leads this place. Correct the code, or leave it empty."),
        }[field]  # fmt: skip
    return str(words[fault])
