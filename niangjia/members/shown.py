"""How members and imports stand on pages: rows for the parts of the kit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.exports.api import Export
from niangjia.flow.api import entries_of
from niangjia.kit.components import Act, Chip, Entry, Pair, Paper, Stage, link, mask, moment_words, pill, stages
from niangjia.kit.flow import Step
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.members.actions import Covered
from niangjia.members.enums import NEW_FORMS, Ending, May, Sex, Standing, State, Work
from niangjia.members.forms import Filter
from niangjia.members.importing.words import cure, text
from niangjia.members.models import Batch, Fault, Kept, Membership
from niangjia.unions.models import Union


def views() -> list[tuple[str, Any]]:
    """The saved questions over the register."""
    return [
        ("", _("Register of members")),
        ("waiting", _("Applications")),
        ("retained", _("Retained")),
        ("newforms", _("New forms of work")),
    ]


def chips(form: Filter, request: HttpRequest) -> list[Chip]:
    """The filters; what is set is shown with the way to take it away."""
    said, made = form.cleaned_data, []
    for name in ("standing", "sex", "work", "under"):
        value = said.get(name, "")
        rest = request.GET.copy()
        rest.pop(name, None)
        label: Any = form.fields[name].label
        if not value:
            made.append(Chip(label, field=form[name]))
            continue
        if name == "under":
            shown: Any = Union.objects.filter(code=value).first() or value
        else:
            shown = dict(form.fields[name].choices)[value]  # type: ignore[attr-defined]
        made.append(Chip(label, shown, clear=f"?{rest.urlencode()}"))
    return made


def state_of(one: Membership) -> Any:
    """The state as a pill; a retained membership says so."""
    retained = one.standing == Standing.RETAINED and one.state == "MEMBER"
    return pill(one.phase, Standing.RETAINED.label if retained else dict(State.choices).get(one.state, one.state))


LISTED = (  # all that the register's list reads
    "uuid", "name", "name_py", "sex", "work", "job", "joined_on", "state", "standing", "union__short_name", "to_union__short_name",
)  # fmt: skip


def register_table(rows: Iterable[Membership]) -> Table:
    """The register: nothing that is sealed stands in it."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(_("Sex"), soft=True), Column(_("Union"), at=5), Column(_("Form of work"), soft=True, nowrap=True, at=6),
        Column(_("Job"), soft=True, wide=True), Column(_("Joined on"), soft=True, nowrap=True, at=3), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    sexes, works = dict(Sex.choices), dict(Work.choices)  # get_…_display translates every choice anew for every row
    return Table(
        columns,
        [
            [
                link(one.name, one.get_absolute_url()), sexes.get(one.sex, ""), _to(one), works.get(one.work, ""), one.job, one.joined_on, state_of(one),
            ]
            for one in rows
        ],
        label=_("Register of members"), id="members",
    )  # fmt: skip


def _to(one: Membership) -> Any:
    if one.state == "LEAVING" and one.to_union:
        return format_html("{} → {}", one.union.short_name, one.to_union.short_name)
    return one.union.short_name


def steps_shown(steps: Sequence[Step], one: Membership) -> list[Step]:
    """Only what fits the standing: a retained membership resumes, one in force is retained; a second one does not move."""
    hidden = {"retain", "send"} if one.standing == Standing.RETAINED else {"resume"}
    if not one.primary:
        hidden |= {"send", "retain"}
    return [step for step in steps if step.verb not in hidden]


def acts(one: Membership, may: set[str]) -> list[Act]:
    """What may be done besides the steps of the flow."""
    if May.EDIT not in may or one.left_on is not None:
        return []
    dues = (
        [Act(_("Enter dues"), reverse("members:dues_of", args=[one.uuid]))]
        if one.state in {"MEMBER", "LEAVING"} and one.standing == Standing.ACTIVE
        else []
    )
    work = [Act(_("Platform and proof"), reverse("members:platform", args=[one.uuid]))] if one.work in NEW_FORMS else []
    expel = [Act(_("Propose to expel her"), reverse("members:expel", args=[one.uuid]))] if one.state in {"MEMBER", "LEAVING"} else []
    return [*dues, *work, *expel, Act(_("Correct the details"), reverse("members:facts", args=[one.uuid]))]


def person_pairs(one: Membership, shown: Covered, may: set[str], revealed: dict[str, str]) -> list[Pair]:
    """Who she is; what is sealed is masked, and shown one value at a time."""
    person = one.person
    made = [
        Pair(_("Full name"), person.name),
        Pair(_("Sex"), person.get_sex_display()),
        Pair(_("Kind of paper"), person.get_paper_display()),
    ]
    for what, label, masked in (("id", _("Number"), shown.number), ("phone", _("Mobile"), shown.phone)):
        if what in revealed:
            made.append(Pair(label, revealed[what]))
        elif masked and May.REVEAL in may:
            made.append(Pair(label, masked, reveal=f"#show-{what}"))
        elif masked:
            made.append(Pair(label, mask(masked)))
        else:
            made.append(Pair(label, _("not known"), faint=True))
    made.append(Pair(_("Year of birth"), str(person.born_on.year) if person.born_on else ""))
    return made


def work_pairs(one: Membership) -> list[Pair]:
    """Where and as what she works."""
    return [
        Pair(_("Union"), one.union.short_name, url=one.union.get_absolute_url()),
        Pair(_("Unit"), one.employer.name if one.employer else ""),
        Pair(_("Department"), one.department),
        Pair(_("Job"), one.job),
        Pair(_("Form of work"), one.get_work_display()),
        Pair(_("Migrant worker"), _("yes") if one.migrant else _("no")),
        Pair(_("Joined by"), one.get_how_display()),
        *([] if one.primary else [Pair(_("Counted"), _("at her first union, not here"))]),
    ]


def spells_table(rows: list[Membership], here: Membership) -> Table:
    """All her spells in unions."""
    columns = [
        Column(_("Union"), at=5),
        Column(_("From the day"), nowrap=True, at=3),
        Column(_("To"), nowrap=True, at=4),
        Column(_("How it ended"), soft=True, at=6),
        Column(_("State"), nowrap=True, at=2),
    ]
    ended = dict(Ending.choices)
    return Table(
        columns,
        [Row([one.union.short_name, one.joined_on, one.left_on, ended.get(one.ending, ""), state_of(one)], "here" if one.pk == here.pk else "") for one in rows],
        label=_("Memberships"), id="spells", bare=True,
    )  # fmt: skip


def story(one: Membership) -> list[Entry]:
    """What happened; a membership that came with a roster says with which."""
    entries = entries_of(one)
    if one.batch:
        entries.append(
            Entry(
                one.batch.taken_at or one.batch.made_at,
                _("entered with the roster %(file)s") % {"file": one.batch.file_name},
                one.batch.by.name,
            )
        )
    return entries


def taken_papers(exports: Iterable[Export]) -> list[Paper]:
    """The exports in which she stood: who took it away, for what, when."""
    gap = pgettext("between facts", " · ")
    return [Paper(gap.join([one.by.name, one.union.short_name, one.purpose]), moment_words(one.made_at)) for one in exports if one.made_at]


# ---------- imports ----------


def batches_table(rows: Iterable[Batch]) -> Table:
    """The imports of those unions that a person may see."""
    columns = [
        Column(_("File"), at=1), Column(_("Union"), soft=True, at=5), Column(_("Rows"), num=True, at=4), Column(_("Good"), num=True, wide=True), Column(_("Bad"), num=True, wide=True),
        Column(_("By"), soft=True, nowrap=True), Column(_("When"), soft=True, nowrap=True, at=3), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    return Table(
        columns,
        [
            [link(one.file_name, one.get_absolute_url()), one.union.short_name, one.rows, one.good, one.bad, one.by.name, one.made_at, pill(one.phase, one.get_state_display())]
            for one in rows
        ],
        label=_("Imports of rosters"), id="batches",
    )  # fmt: skip


def line_of(batch: Batch) -> list[Stage]:
    """Where an import stands."""
    states = [("CHECKING", _("Read through")), ("CHECKED", _("Looked through")), ("TAKING", _("Taken over"))]
    if batch.state == "UNDONE":
        states.append(("UNDONE", _("Taken back")))
    here = {"DONE": "TAKING", "UNDOING": "TAKING", "FAILED": "CHECKING", "DROPPED": "CHECKED"}.get(batch.state, batch.state)
    return stages([("SENT", _("Sent")), *states], here)


def sentence_of(batch: Batch) -> str:
    """The first thing that an import's page says."""
    if batch.state == "CHECKED":
        return _("Read through; nothing is written yet. Rows: %(rows)d, sheets: %(sheets)d%(left)s.") % _read(batch)
    if batch.state == "DONE":
        return _("Taken over %(when)s. Rows: %(rows)d, sheets: %(sheets)d%(left)s.") % (
            _read(batch) | {"when": moment_words(batch.taken_at or batch.made_at)}
        )
    if batch.state == "UNDONE":
        n = batch.kept.count()
        if not n:
            return _("Taken back: what it changed is as it was, what it made is gone.")
        return ngettext(
            "Taken back, but for %(n)d membership on which people have worked since: it is kept, and stands below.",
            "Taken back, but for %(n)d memberships on which people have worked since: they are kept, and stand below.", n,
        ) % {"n": n}  # fmt: skip
    if batch.state == "FAILED":
        return batch.said
    if batch.state == "DROPPED":
        return _("Dropped; nothing was written.")
    return _("You may leave this page: the work goes on, and stands here when it is done.")


def _read(batch: Batch) -> dict[str, Any]:
    words = {
        "titles": lambda n: ngettext("%(n)d line of title", "%(n)d lines of title", n),
        "heads": lambda n: ngettext("%(n)d repeated head", "%(n)d repeated heads", n),
        "sums": lambda n: ngettext("%(n)d subtotal", "%(n)d subtotals", n),
        "blank": lambda n: ngettext("%(n)d blank row", "%(n)d blank rows", n),
        "notes": lambda n: ngettext("%(n)d note", "%(n)d notes", n),
    }
    left = _(", ").join(words[kind](n) % {"n": n} for kind, n in batch.mapping.get("skipped", {}).items() if kind in words)
    return {
        "rows": batch.rows,
        "sheets": len(batch.mapping.get("sheets", ())),
        "left": _("; left out: %(what)s") % {"what": left} if left else "",
    }


def kinds_table(batch: Batch, kinds: list[dict[str, Any]], examples: dict[str, Fault], rows_url: str = "") -> Table:
    """The faults by kind, with an example and the cure; each leads to its rows, to be corrected while they are kept."""
    columns = [
        Column(_("What is wrong"), at=5),
        Column(_("Rows"), num=True, at=2),
        Column(_("For example"), soft=True, at=6),
        Column(_("What to do"), soft=True, at=3, text=True),
    ]
    url = batch.get_absolute_url()
    rows: list[Any] = [
        [
            link(text(one["code"]), f"{rows_url}?view={one['code']}" if rows_url else f"{url}?code={one['code']}#faults"),
            one["n"],
            example(examples[one["code"]]),
            cure(one["code"]),
        ]
        for one in kinds
        if one["code"] in examples
    ]
    return Table(columns, rows, label=_("Faults by kind"), id="kinds", bare=True)


def example(fault: Fault) -> str:
    """A row, and what stands there."""
    where = f"{fault.sheet} " if fault.sheet else ""
    if fault.code == "again":
        return _("%(where)srow %(row)d, first in row %(first)s") % {"where": where, "row": fault.row, "first": fault.value}
    tail = _(": %(value)s") % {"value": fault.value} if fault.value else ""
    return _("%(where)srow %(row)d%(tail)s") % {"where": where, "row": fault.row, "tail": tail}


def faults_table(rows: Iterable[Fault]) -> Table:
    """The rows of one kind of fault."""
    columns = [
        Column(_("Sheet"), soft=True, at=6),
        Column(_("Row"), num=True, at=3),
        Column(_("Column"), at=5),
        Column(_("What stands there"), soft=True, at=4),
    ]
    return Table(
        columns,
        [[one.sheet, Cell(str(one.row)), one.column, one.value] for one in rows],
        label=_("Rows with this fault"),
        id="rows-of-kind",
    )


def kept_table(rows: Iterable[Kept]) -> Table:
    """Whom the undoing of an import left as she is, and why."""
    columns = [Column(_("Full name"), at=1), Column(_("Union"), soft=True, at=4), Column(_("What was done since"), at=2, text=True)]
    return Table(
        columns,
        [[link(one.membership.name, one.membership.get_absolute_url()), one.membership.union.short_name, one.get_why_display()] for one in rows],
        label=_("Kept as they are"), id="kept", bare=True,
    )  # fmt: skip


def first_table(batch: Batch) -> Table:
    """The first rows that are taken, masked."""
    does = {
        "new": _("new"),
        "join": _("joins again"),
        "second": _("second membership"),
        "change": _("changes"),
        "same": _("stays as it is"),
    }
    columns = [
        Column(_("Row"), num=True), Column(_("Full name"), at=1), Column(_("Identity number"), wide=True), Column(_("Union"), at=5), Column(_("Joined on"), soft=True, wide=True),
        Column(_("What happens"), at=2),
    ]  # fmt: skip
    rows = [
        [str(one["row"]), mask(one["name"]), mask(one["number"]), one["union"], one["joined"], does.get(one["verdict"], "")]
        for one in batch.found.get("first", [])
    ]
    return Table(columns, rows, label=_("First good rows"), id="first", bare=True)


def totals_table(batch: Batch, right: int = 0) -> Table:
    """What will be, or was, written."""
    found = batch.found
    rows = [
        Row([_("New people"), found.get("new", 0)]), Row([_("Known people who join"), found.get("join", 0)]), Row([_("Second memberships"), found.get("second", 0)]),
        Row([_("Changed"), found.get("change", 0)]), Row([_("As they are"), batch.same]), Row([_("Taken over") if batch.state in {"DONE", "UNDOING", "UNDONE"} else _("Good"), batch.good], "sum"),
        *([Row([_("Corrected, to be taken over"), right])] if right and batch.state == "DONE" else []), Row([_("Bad, left out"), batch.bad]),
    ]  # fmt: skip
    return Table([Column(""), Column(_("Rows"), num=True)], rows, label=_("Totals"), id="totals", bare=True, listed=False)
