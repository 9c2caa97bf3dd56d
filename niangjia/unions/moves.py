"""How reorganisations stand on pages: what is before, what is after, whose desk, who has signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.access.models import User
from niangjia.files.api import papers
from niangjia.kit.components import Act, Pair, Paper, Signature, day_words, english, fig, link, moment_words, pill
from niangjia.kit.flow import FLOWS, Step
from niangjia.kit.rehearsal import Carried, Stop
from niangjia.kit.tables import Cell, Column, Table
from niangjia.unions.enums import Duty, Stage, Turn
from niangjia.unions.models import Line, Reorganisation
from niangjia.unions.rehearsal import Plan


def comma() -> str:
    """Between words in a row, as the reader's language parts them."""
    return pgettext("between words in a row", ", ")


def views() -> list[tuple[str, Any]]:
    """The saved questions over the list."""
    return [("", _("All")), ("open", _("Under way")), ("force", _("Has come into force")), ("gone", _("Given up"))]


def phase(one: Reorganisation) -> Any:
    """Its state as a pill."""
    return pill(FLOWS["unions.reorganisation"].phases[one.state], one.get_state_display())


def line_words(line: Line) -> str:
    """One line as a sentence."""
    said = {
        "union": line.union.short_name,
        "target": line.target.short_name if line.target else "",
        "name": line.short_name,
        "was": line.old_name,
    }
    if line.turn == Turn.MOVE:
        return _("%(union)s moves under %(target)s") % said
    if line.turn == Turn.MERGE:
        return _("%(union)s merges into %(target)s") % said
    return _("%(was)s is renamed to %(name)s") % said if line.old_name else _("%(union)s is renamed to %(name)s") % said


def title_of(one: Reorganisation, lines: Sequence[Line]) -> str:
    """What it does and from when: the first line, and how many more there are."""
    if not lines:
        return _("Reorganisation %(reference)s") % {"reference": one.reference}
    said = {"what": line_words(lines[0]), "day": day_words(one.on, year=True), "n": len(lines) - 1}
    if len(lines) == 1:
        return _("%(what)s, from %(day)s") % said
    return ngettext("%(what)s and %(n)d more line, from %(day)s", "%(what)s and %(n)d more lines, from %(day)s", len(lines) - 1) % said


def sentence(one: Reorganisation, plan: Plan, *, open_: bool) -> str:
    """What the page comes to."""
    if one.state == Stage.WITHDRAWN:
        return _("Given up; nothing was changed.")
    if not open_:
        return _("In force from %(day)s. Undone by another reorganisation only; both stay on record.") % {
            "day": day_words(one.on, year=True)
        }
    said = {"unions": f"{plan.unions:,}", "clocks": f"{plan.clocks:,}", "desks": len({desk.union.pk for desk in plan.desks})}
    words = (
        _("Worked out now; nothing has been changed. %(unions)s unions would stand elsewhere, with %(clocks)s clocks that run there.")
        % said
    )
    if said["desks"]:
        words += " " * english() + _("What lies on the desks of %(desks)s unions changes.") % said
    return words


def moves_table(rows: Iterable[Reorganisation]) -> Table:
    """The list."""
    columns = [
        Column(_("Reorganisation"), at=1), Column(_("From which day"), at=4, nowrap=True), Column(_("Decided in"), at=6, soft=True),
        Column(_("Decided by"), soft=True, wide=True), Column(_("Its number"), at=3, soft=True, nowrap=True), Column(_("State"), at=2, nowrap=True),
    ]  # fmt: skip
    return Table(
        columns,
        [
            [link(said(one), one.get_absolute_url()), one.on, one.paper, one.top.short_name, one.reference, phase(one)]
            for one in rows
        ],
        label=_("Reorganisations"), id="reorganisations",
    )  # fmt: skip


def said(one: Reorganisation) -> str:
    """Its lines in a row, for lists."""
    lines = list(one.lines.all())
    return comma().join(line_words(line) for line in lines[:3]) + (" …" if len(lines) > 3 else "") or one.reference


def lines_table(one: Reorganisation, plan: Plan, *, editing: bool) -> Table:
    """What happens to which union; on a draft each line can be taken off."""
    rows = []
    for line in plan.lines:
        off = reverse("unions:reorganisation_line", args=[one.uuid, line.uuid])
        act = format_html('<button class="btn btn-link btn-sm" type="submit" form="lines" formaction="{}">{}</button>', off, _("Take off")) if editing else ""  # fmt: skip
        was = line.old_name or line.union.name if line.turn == Turn.RENAME else (line.was or line.union.parent or "")
        to = line.name if line.turn == Turn.RENAME else line.target
        if line.turn == Turn.MERGE:
            was = line.union.name
        rows.append([link(line.union.short_name, line.union.get_absolute_url()), line.get_turn_display(), format_html("<del>{}</del>", was), format_html("<ins>{}</ins>", to), *([act] if editing else [])])  # fmt: skip
    columns = [
        Column(_("Union"), at=5),
        Column(_("What is to happen"), soft=True, at=3),
        Column(_("Until then"), at=6),
        Column(_("Then"), at=4),
    ]
    return Table([*columns, *([Column("", at=2)] if editing else [])], rows, bare=True, label=_("Lines"))


def before_table(one: Reorganisation, plan: Plan) -> Table:
    """Each union that becomes larger or smaller, today and then."""
    rows = []
    for side in plan.sides:
        now = plan.size(side.union)
        by = sum(branch_size(plan, branch) for branch in side.gained) - sum(branch_size(plan, branch) for branch in side.lost)
        if side.ends:
            then = format_html('<b>{}</b> <span class="n-faint">{}</span>', _("ends"), _("code %(code)s is not used again; %(heir)s goes on with its work") % {"code": side.union.code, "heir": side.ends.short_name})  # fmt: skip
            today: Any = format_html("<del>{}</del>", counted(now))
        elif any(shift.merges and side.union == shift.line.target for shift in plan.shifts):
            today, then = counted(now), format_html("<ins>{}</ins>", counted(now + by - 1))
        else:
            today, then = counted(now), format_html("<ins>{}</ins>", counted(now + by))
        rows.append([link(side.union.short_name, side.union.get_absolute_url()), today, then])
    rows += [
        [link(line.union.code, line.union.get_absolute_url()), format_html("<del>{}</del>", line.union.name), format_html("<ins>{}</ins>", line.name)]
        for line in plan.lines
        if line.turn == Turn.RENAME
    ]  # fmt: skip
    for shift in plan.shifts:
        if shift.merges and shift.line.target:
            terms = comma().join(str(u.term_end) for u in (shift.line.target, shift.line.union) if u.term_end)
            rows.append([_("Term of the committee"), terms, format_html('{} <span class="n-faint">{}</span>', shift.line.target.term_end or "", _("of the union that stays"))])  # fmt: skip
    here = format_html("<ins>{}</ins>", _("in the new place from %(day)s on") % {"day": one.on})
    rows.append([_("Counted where"), _("each where it stands"), format_html('{} <span class="n-faint">{}</span>', here, _("before that day, where it stood"))])  # fmt: skip
    columns = [Column("", row_head=True), Column(_("Today")), Column(_("Then"))]
    return Table(columns, rows, bare=True, stack=True, dense=False, label=_("Before and after"))


def branch_size(plan: Plan, branch: Any) -> int:
    """A branch with its top."""
    return plan.size(branch.union) + 1


def counted(n: int) -> str:
    """So many unions below."""
    return ngettext("%(n)s union below", "%(n)s unions below", n) % {"n": f"{n:,}"}


def carried_table(rows: Sequence[Carried]) -> Table | None:
    """What moves along."""
    if not rows:
        return None
    columns = [
        Column(_("What moves along"), at=5),
        Column(_("How many"), num=True, at=2),
        Column(_("What becomes of it"), soft=True, text=True, at=3),
    ]
    return Table(columns, [[one.what, fig(one.count, one.url) if one.url else one.count, one.how] for one in rows], bare=True, dense=False, label=_("What moves"))  # fmt: skip


def desks_table(plan: Plan) -> Table | None:
    """Whose desks change."""
    duties = dict(Duty.choices)
    rows = [
        [
            format_html("{}{}{}", comma().join(desk.names) or _("nobody yet"), comma(), desk.union.short_name), duties.get(desk.duty, desk.duty), Cell(desk.now, "soft"),
            format_html('{} <span class="n-soft">{}</span>', f"{desk.then:,}", f"{desk.then - desk.now:+,}".replace("-", "−")),
        ]
        for desk in plan.desks
    ]  # fmt: skip
    columns = [
        Column(_("Who"), at=5),
        Column(_("Duty"), soft=True, at=3),
        Column(_("Today"), _("clocks"), num=True),
        Column(_("Then"), _("clocks"), num=True, at=2),
    ]
    return Table(columns, rows, bare=True, dense=False, label=_("Desks")) if rows else None


def clocks_table(plan: Plan) -> Table | None:
    """The clocks that end, and those that begin by the act itself."""
    rows: list[Any] = []
    for shift in plan.shifts:
        union = shift.line.union
        if shift.merges:
            for title, day in ((_("Election of %(union)s"), union.term_end), (_("Certificate of %(union)s"), union.legal_until)):
                if day:
                    rows.append([title % {"union": union.short_name}, format_html("<del>{}</del>", day), _("ends"), _("the union ends")])
    rows.append([
        _("Change the entries of legal persons, hand in seals and accounts"), Cell(_("none"), "faint"), format_html("<ins>{}</ins>", _("30 days from the day")),
        _("Measures on legal-person registration of grassroots unions 2020"),
    ])  # fmt: skip
    rows.append([_("All others"), Cell(f"{plan.clocks:,}", "soft"), _("no day changes"), _("some lie on another desk")])
    columns = [Column(_("Clock"), at=5), Column(_("Was due"), at=6, nowrap=True), Column(_("Then due"), at=2, nowrap=True), Column(pgettext("clocks", "Why"), soft=True, at=3)]  # fmt: skip
    return Table(columns, rows, bare=True, dense=False, label=_("Clocks"))


def reach_table(plan: Plan) -> Table | None:
    """Who will see more, and who less."""
    rows = []
    for side in plan.sides:
        n = plan.offices.get(side.union.pk, 0)
        names = comma().join(branch.union.short_name for branch in (side.lost or side.gained)[:3])
        if side.ends:
            words = _("their offices end on the day; they keep what stands in the stories")
        elif side.lost and not side.gained:
            words = _("no longer see %(unions)s and what lies there") % {"unions": names}
        elif side.gained and not side.lost:
            words = _("see %(unions)s and all that lies there, what is past too") % {"unions": names}
        else:
            words = _("see some less and some more")
        rows.append([side.union.short_name, n, words])
    columns = [
        Column(_("Offices of"), at=5),
        Column(_("People"), num=True, at=2),
        Column(_("From the day they"), soft=True, text=True, at=3),
    ]
    return Table(columns, rows, bare=True, dense=False, label=_("Who sees what")) if rows else None


def next_acts(one: Reorganisation, steps: Sequence[Step], held: Sequence[Stop], *, stale: bool, me: User) -> list[Act]:
    """What may be done now; a signature waits while something stands against it."""
    made = []
    mine = one.assents.filter(round=one.round, by=me).exists()
    why = ""
    if held:
        why = ngettext("%(n)d thing stands against it.", "%(n)d things stand against it.", len(held)) % {"n": len(held)}
    elif stale:
        why = _("The tree has changed since. Rehearse it again.")
    elif mine:
        why = _("You signed it as the first; another person adopts it.")
    for step in sorted(steps, key=lambda step: step.verb not in ("sign", "adopt")):
        if step.verb in ("sign", "adopt"):
            made.append(Act(step.label, post=True, primary=True, name="verb", value=step.verb, why=why))
        elif step.verb == "call-off":
            own = _("You proposed to give it up; another person signs that.") if one.recalled_by_id == me.pk else ""
            made.append(Act(step.label, post=True, primary=True, name="verb", value=step.verb, why=own))
        elif step.reason:
            made.append(Act(step.label, url=f"#why-{step.verb}", quiet=step.verb in ("withdraw", "recall"), primary=step.verb == "file"))
        elif step.verb == "rehearse":
            made.append(Act(_("Work it out again") if one.state == Stage.REHEARSED else step.label, post=True, primary=one.state == Stage.DRAFT, name="verb", value="rehearse"))  # fmt: skip
        else:
            made.append(Act(step.label, post=True, name="verb", value=step.verb))
    if one.state == Stage.DRAFT and any(step.verb == "rehearse" for step in steps):
        made.append(Act(_("Change the day"), reverse("unions:reorganisation_facts", args=[one.uuid])))
    return made


def signatures(one: Reorganisation) -> list[Signature]:
    """The two who answer for it, or the blanks that wait."""
    given = {row.number: row for row in one.assents.filter(round=one.round).select_related("by")}
    roles = {1: _("Proposed by the organisation office"), 2: _("Adopted by another person")}
    return [
        Signature(roles[n], given[n].by.name, moment_words(given[n].at)) if n in given else Signature(roles[n]) for n in (1, 2)
    ]  # fmt: skip


def told(plan: Plan, *, open_: bool) -> list[Paper]:
    """Who is told when it is in force."""
    receipt = _("message, with receipt")
    return (
        [Paper(side.union.short_name, receipt) for side in plan.sides] + [Paper(_("The chairs of the unions that move"), receipt)]
        if open_
        else []
    )


def papers_of(one: Reorganisation) -> list[Paper]:
    """By which papers it is done."""
    return [Paper(one.paper)] + [Paper(row.name, row.purpose, row.get_absolute_url()) for row in papers(one)]


def done(one: Reorganisation) -> str:
    """What was done, in a sentence."""
    said = {"reference": one.reference, "day": day_words(one.on, year=True)}
    words = {
        Stage.DRAFT: _("%(reference)s can be changed again; signatures are given anew."),
        Stage.REHEARSED: _("Rehearsed. Nothing was changed; it can be signed."),
        Stage.SIGNED: _("Signed. It waits for another person."),
        Stage.ADOPTED: _("Adopted. It holds from %(day)s; until then it can be given up."),
        Stage.RECALLED: _("Proposed. It stands until another person signs that it is given up."),
        Stage.IN_FORCE: _("%(reference)s is in force from %(day)s. All offices concerned are told."),
        Stage.FILED: _("%(reference)s is filed."),
        Stage.WITHDRAWN: _("%(reference)s is given up."),
    }
    return words[Stage(one.state)] % said


def pairs(one: Reorganisation) -> list[Pair]:
    """What is written about it."""
    made = [
        Pair(_("Its number"), one.reference),
        Pair(_("From which day"), one.on),
        Pair(_("Decided by"), one.top.short_name, url=one.top.get_absolute_url()),
    ]
    return made + ([Pair(_("Why it lies back"), one.why_late)] if one.why_late else [])
