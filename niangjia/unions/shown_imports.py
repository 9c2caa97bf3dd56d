"""How imports of organisation sheets, and their rows, stand on pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.kit.components import Act, Pair, Stage, View, link, moment_words, pill, stages
from niangjia.kit.fixing import Box, FixRow
from niangjia.kit.tables import Column, Table
from niangjia.kit.workbook import letters
from niangjia.unions.enums import Category, Industry, Kind
from niangjia.unions.importing.fields import BY_CODE
from niangjia.unions.importing.words import cure, label, text
from niangjia.unions.models import SheetImport, SheetRow

ALWAYS = ("name", "parent", "unit")
CODED: dict[str, Any] = {"kind": Kind, "category": Category, "industry": Industry}
WIDE = {
    "name": "is-long",
    "parent": "is-long",
    "unit": "is-long",
    "address": "is-long",
    "unit_address": "is-long",
    "uscc": "is-id",
    "unit_uscc": "is-id",
}
FEW = 60
State = SheetImport.State


def imports_table(rows: Iterable[SheetImport]) -> Table:
    """The imports, the latest first."""
    columns = [
        Column(_("File"), at=1), Column(_("Union"), soft=True, at=6), Column(_("Rows"), num=True, at=5), Column(_("Bad"), num=True, wide=True), Column(_("By"), soft=True, wide=True),
        Column(_("When"), soft=True, nowrap=True, at=4), Column(_("State"), at=2),
    ]  # fmt: skip
    made = [
        [link(one.file_name, one.get_absolute_url()), one.at.short_name, one.rows, one.bad, one.by.name, moment_words(one.made_at), pill(one.phase, one.get_state_display())]
        for one in rows
    ]  # fmt: skip
    return Table(columns, made, label=_("Imports of organisation sheets"), id="sheets")


def line_of(one: SheetImport) -> list[Stage]:
    """Where an import is on its way."""
    words = dict(State.choices)
    if one.state == State.UNDONE:
        return stages([("UNDONE", words["UNDONE"])], "UNDONE")
    here = {"DONE": "TAKING", "UNDOING": "TAKING", "FAILED": "CHECKING", "DROPPED": "CHECKED"}.get(one.state, one.state)
    return stages([("CHECKING", _("Looked through")), ("CHECKED", _("Corrected")), ("TAKING", pgettext("a sheet", "Taken over"))], here)


def sentence_of(one: SheetImport) -> str:
    """Where it stands, in a sentence."""
    if one.state == State.CHECKED:
        return ngettext(
            "Read through; nothing is written yet. %(n)d row.", "Read through; nothing is written yet. %(n)d rows.", one.rows
        ) % {"n": one.rows}
    if one.state == State.DONE and one.taken_at:
        return _("Taken over %(when)s. Until the days are over it can be taken back as a whole.") % {"when": moment_words(one.taken_at)}
    if one.state == State.UNDONE and one.undone_at:
        return _("Taken back %(when)s. What people had worked on since was kept, and is listed below.") % {
            "when": moment_words(one.undone_at)
        }
    if one.state == State.FAILED:
        return one.said
    return _("Put away; nothing was written.") if one.state == State.DROPPED else ""


def totals(one: SheetImport) -> list[Pair]:
    """How many rows are what."""
    found = one.found
    return [
        Pair(_("New unions, or employers of them"), found.get("new", 0)), Pair(pgettext("rows", "Change something"), found.get("change", 0)),
        Pair(_("As the register has them"), found.get("same", 0)), Pair(pgettext("rows", "Bad"), one.bad), Pair(_("Left out"), found.get("out", 0)),
    ]  # fmt: skip


def kinds_table(one: SheetImport, kinds: Sequence[tuple[str, int]]) -> Table:
    """The faults by kind, each with its cure and the way to its rows."""
    columns = [Column(_("What is wrong"), at=1, row_head=True), Column(_("Rows"), num=True, at=2), Column(_("What to do"), text=True, at=6)]
    url = reverse("unions:sheet_rows", args=[one.uuid])
    return Table(
        columns, [[link(text(code), f"{url}?view={code}"), n, cure(code)] for code, n in kinds], label=_("Faults by kind"), id="kinds"
    )


def said(where: str, word: str) -> str:
    """What a field says, for a reader."""
    return str(dict(CODED[where].choices).get(word, word)) if where in CODED else word


def changes_table(rows: Iterable[SheetRow]) -> Table:
    """What rows would change: field by field, what the register has and what the sheet says."""
    columns = [Column(_("Row"), num=True, at=5), Column(_("Union"), at=1, row_head=True), Column(_("Field"), soft=True, at=6), Column(_("In the register"), soft=True, at=3), Column(_("In the sheet"), at=2)]  # fmt: skip
    nothing = _("nothing")
    made = [
        [
            row.row,
            row.union.short_name if row.union else row.now.get("name", ""),
            label(where),
            said(where, was) or nothing,
            said(where, new) or nothing,
        ]
        for row in rows
        for where, (was, new) in row.changes.items()
    ]
    return Table(columns, made, label=_("What changes"), id="changes")


def kept_table(rows: Iterable[SheetRow]) -> Table:
    """What taking an import back left, because people have worked on it since."""
    columns = [Column(_("Row"), num=True, at=5), Column(_("Union"), at=1, row_head=True), Column(_("Why it stays"), at=2)]
    made = [
        [
            row.row,
            link(row.union.short_name, row.union.get_absolute_url()) if row.union else row.now.get("name", ""),
            row.get_kept_display(),
        ]
        for row in rows
    ]
    return Table(columns, made, label=_("Kept as they are"), id="left")


def first_table(rows: Iterable[SheetRow]) -> Table:
    """The first unions that would come in."""
    columns = [
        Column(_("Row"), num=True, at=5),
        Column(_("Name of the union"), at=1, row_head=True),
        Column(_("Stands under"), soft=True, at=6),
        Column(_("Employer"), soft=True, at=3),
    ]
    made = [[row.row, row.now.get("name", ""), row.now.get("parent", ""), row.now.get("unit", "")] for row in rows]
    return Table(columns, made, label=_("First new unions"), id="first")


def steps(one: SheetImport, *, right: int, waits: int, undoable: bool) -> list[Act]:
    """What may be done next."""
    url = reverse("unions:sheet_rows", args=[one.uuid])
    if one.working:
        return [Act(_("Begin again"), post=True, name="verb", value="run")]
    made = []
    held = one.whole and one.state == State.CHECKED and waits
    if one.state in (State.CHECKED, State.DONE) and right and not held:
        words = ngettext("Take over %(n)d row", "Take over %(n)d rows", right) % {"n": right}
        made.append(Act(words, post=True, primary=True, name="verb", value="take"))
    if waits:
        made.append(Act(_("Correct here"), url, primary=bool(held)))
    if one.bad and one.rows:
        made.append(Act(_("The workbook with the faults beside the rows"), reverse("unions:sheet_workbook", args=[one.uuid])))
    if one.state == State.CHECKED and one.bad:
        words = _("Take the good rows over, too, if others are bad") if one.whole else _("Take it over whole or not at all")
        made.append(Act(words, post=True, name="verb", value="whole"))
    if one.state in (State.CHECKED, State.FAILED):
        made.append(Act(_("Put it away"), post=True, name="verb", value="drop"))
    if undoable:
        made.append(Act(_("Take the whole import back"), reverse("unions:sheet_undo", args=[one.uuid])))
    return made


def proposals(one: SheetImport) -> list[str]:
    """What no head says and the content suggests, in a sentence each: it is never taken by itself."""
    made = []
    for look in one.look:
        for code, i in look["proposed"].items():
            if look["how"] == "out" or (not look["how"] and not {"name", "kind"} & look["proposed"].keys()):
                continue
            at = _("%(sheet)s, column %(letter)s") if look["name"] else _("Column %(letter)s")
            where = at % {"sheet": look["name"], "letter": letters(i)}
            made.append(
                _("%(where)s looks like this: %(what)s. Its head does not say so, and it was not read.")
                % {"where": where, "what": label(code)}
            )
    return made


# ---------- rows that are corrected ----------


def columns(rows: Iterable[SheetRow]) -> list[str]:
    """The columns that matter: which union it is, and whichever is wrong or changes on this page."""
    wrong = {where for row in rows for where, _code, _value in row.faults} | {where for row in rows for where in row.changes}
    return [code for code in BY_CODE if code in {*ALWAYS, *wrong}]


def grid(one: SheetImport, rows: Sequence[SheetRow], fields: Sequence[str], notes: Mapping[int, str] | None = None) -> list[FixRow]:
    """The rows of a page."""
    sheets = {sheet["number"]: sheet["name"] for sheet in one.mapping.get("sheets", ())}
    names = sheets if len(sheets) > 1 else {}
    return [_row(row, fields, names.get(row.sheet, ""), (notes or {}).get(row.pk, "")) for row in rows]


def _row(row: SheetRow, fields: Sequence[str], sheet: str, note: str) -> FixRow:
    wrong = {where for where, _code, _value in row.faults}
    now = row.now
    boxes = []
    for code in fields:
        value = now.get(code, "")
        css = " ".join(
            filter(None, ["is-cell", WIDE.get(code, ""), "is-wrong" if code in wrong else "is-fixed" if code in row.over else ""])
        )
        options = BY_CODE[code].choices
        boxes.append(
            Box(
                f"{code}-{row.pk}", label(code), value, css, "", code in wrong, f"why-{row.pk}" if code in wrong else "",
                ("", *(() if value in ("", *options) else (value,)), *options) if options else (), code in ("uscc", "unit_uscc"),
            )
        )  # fmt: skip
    why = [_why(fault) for fault in row.faults] or [
        _("%(field)s: %(was)s → %(new)s") % {"field": label(where), "was": said(where, was) or _("nothing"), "new": said(where, new)}
        for where, (was, new) in row.changes.items()
    ]
    return FixRow(
        row.pk, row.turn, row.row, sheet, now.get("name", ""), boxes, why, _result(row), fixed=bool(row.over) and not row.taken, out=row.out, taken=row.taken, note=note,
        mayleave=not row.codes and not row.out and not row.taken,
    )  # fmt: skip


def _why(fault: Sequence[str]) -> str:
    _where, code, value = fault
    what = text(code)
    if value:
        what = _("%(what)s: %(value)s") % {"what": what, "value": value}
    return _("%(what)s. %(cure)s") % {"what": what, "cure": cure(code)}


def _result(row: SheetRow) -> Any:
    if row.taken:
        return pill("done", pgettext("a row", "taken over"))
    if row.out:
        return pill("stop", pgettext("a row", "not taken"))
    words = {"new": _("right: new"), "change": _("right: changes"), "same": _("right: stays as it is")}
    return pill("done", words[row.verdict]) if not row.codes and row.verdict in words else ""


def views(one: SheetImport, kinds: Sequence[tuple[str, int]], sums: Mapping[str, int], here: str) -> list[View]:
    """The kinds of fault with their counts, what changes, and what became of the rows."""
    url = reverse("unions:sheet_rows", args=[one.uuid])
    made = [View(text(code), f"{url}?view={code}", n, here=code == here) for code, n in kinds]
    words = {"change": pgettext("rows", "Change something"), "corrected": _("Corrected"), "out": _("Left out")}
    return made + [
        View(word, f"{url}?view={name}", sums[name], here=name == here) for name, word in words.items() if sums[name] or name == here
    ]


def advice(view: str) -> str:
    """What to do with the rows of a view, said once."""
    return {
        "change": _("Each field that differs is offered. Empty a cell to leave the register as it is there, or leave the row out."),
        "corrected": _("They are right, and are taken over with the next step. Until then each can be undone."),
        "out": _("They stay in the file and are not taken over."),
    }.get(view) or cure(view)


def corrections(one: SheetImport, rows: Iterable[SheetRow]) -> dict[str, dict[int, list[tuple[str, str | None, str]]]]:
    """What was corrected, for the workbook: sheet, row, and for each cell its head, the text and a word."""
    sheets = {sheet["number"]: sheet for sheet in one.mapping.get("sheets", ())}
    found: dict[str, dict[int, list[tuple[str, str | None, str]]]] = {}
    for row in rows:
        if row.sheet not in sheets:
            continue
        sheet = sheets[row.sheet]
        words: list[tuple[str, str | None, str]] = [
            (sheet["heads"].get(code, ""), new, _("%(what)s: corrected.") % {"what": label(code)}) for code, new in row.over.items()
        ]
        if row.out:
            words.append(("", None, _("Left out.")))
        if words:
            found.setdefault(sheet["name"], {})[row.row] = words
    return found
