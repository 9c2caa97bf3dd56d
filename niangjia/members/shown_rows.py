"""How the rows of a roster that are corrected stand on the page: cells to write in, what is wrong beside them, what may be done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.access.api import User
from niangjia.kit import mask
from niangjia.kit.components import View, pill
from niangjia.kit.fixing import Box, FixRow, Meant
from niangjia.kit.ids import narrow
from niangjia.members import queries
from niangjia.members.enums import Standing, State
from niangjia.members.importing.checks import person_name
from niangjia.members.importing.fields import BY_CODE
from niangjia.members.importing.lines import ALIKE, OUT, Cells, opened
from niangjia.members.importing.words import cure, label, text
from niangjia.members.models import Batch, Correction, Fault, Line, Membership
from niangjia.members.queries import Candidate

ALWAYS = ("name", "id", "phone")
# What is wrong with the characters themselves: only then a number is shown, in the cell in which it is mended.
SHOWN = {
    "id": {"ruined", "fifteen", "ditto", "length", "digits", "check", "province", "birth", "paper-shape"},
    "phone": {"two", "ditto", "shape"},
}
WIDTHS = {"id": "is-id", "phone": "is-tel", "union": "is-long", "employer": "is-long"}


def columns(batch: Batch, rows: Iterable[Line], faults: dict[tuple[int, int], list[Fault]]) -> list[str]:
    """The columns that matter: who she is, where she belongs, and whichever is wrong on this page."""
    heads = {code for sheet in batch.mapping.get("sheets", []) for code in sheet["heads"]}
    place = {"union"} if "union" in heads else {"employer"} & heads
    wrong = {fault.field for one in rows for fault in faults.get((one.sheet, one.row), [])}
    wanted = {*ALWAYS, *place, *wrong}
    return [code for code in BY_CODE if code in wanted]


def grid(
    batch: Batch, rows: list[Line], view: str, user: User, fields: list[str] | None = None, notes: dict[int, str] | None = None
) -> tuple[list[str], list[FixRow]]:
    """The rows of a page, and the columns that they show; so many queries, however many rows."""
    places = [(one.sheet, one.row) for one in rows]
    faults, fixes = queries.faults_at(batch, places), queries.corrected(batch, places)
    fields = fields or columns(batch, rows, faults)
    sent = {one.pk: opened(one.cells_sealed) for one in rows}
    now = {
        one.pk: sent[one.pk] | {fix.field: queries.written(fix) for fix in fixes.get((one.sheet, one.row), []) if fix.field != OUT}
        for one in rows
    }
    asked = {
        one.pk: (person_name(now[one.pk]["name"]), now[one.pk]["id"])
        for one in rows
        if {"ruined", "fifteen", "length"} & set(one.codes) and not one.out
    }
    meant = queries.candidates(user, asked)
    gone = {one.pk: narrow(now[one.pk]["id"]) for one in rows if {"says-left", "says-retained", "retired"} & set(one.codes) and not one.out}
    there = queries.standing_by_number(user, gone)
    same = {(code, sent[one.pk][code][:60]) for one in rows for code in ALIKE if sent[one.pk][code]}
    alike = queries.alike(batch, same)
    names = {one["number"]: one["name"] for one in batch.mapping.get("sheets", [])} if len(batch.mapping.get("sheets", [])) > 1 else {}
    return fields, [
        _row(
            one, faults.get((one.sheet, one.row), []), fixes.get((one.sheet, one.row), []), sent[one.pk], now[one.pk], fields, view,
            meant.get(one.pk, []) if one.pk in asked else None, there.get(one.pk), alike, names.get(one.sheet, ""), (notes or {}).get(one.pk, ""),
        )
        for one in rows
    ]  # fmt: skip


def _row(
    one: Line, faults: list[Fault], fixes: list[Correction], sent: Cells, now: Cells, fields: list[str], view: str, meant: list[Candidate] | None,
    there: Membership | None, alike: dict[tuple[str, str], int], sheet: str, note: str,
) -> FixRow:  # fmt: skip
    over = {fix.field: fix for fix in fixes}
    wrong: dict[str, set[str]] = {}
    for fault in faults:
        wrong.setdefault(fault.field, set()).add(fault.code)
    boxes = [_box(one, code, now[code], wrong.get(code, set()), over.get(code)) for code in fields]
    many = next(
        (
            (code, n)
            for code in ALIKE
            if sent[code] and (code in wrong or code in over) and (n := alike.get((code, sent[code][:60]), 0)) + (code not in wrong) > 1
        ),
        None,
    )
    where = now["union"] or now["employer"]
    return FixRow(
        one.pk, one.turn, one.row, sheet, _("%(name)s, %(where)s") % {"name": now["name"], "where": where} if where else now["name"], boxes,
        [_why(fault, view) for fault in faults] + (_nobody(now["id"]) if meant == [] and {"ruined", "fifteen"} & set(one.codes) else []), _result(one),
        [_meant(one.pk, who) for who in meant or []], Meant(there.name, there.get_absolute_url(), there.union.short_name, "", "") if there else None,
        ngettext("Change all %(n)d row", "Change all %(n)d rows", many[1] + (many[0] not in wrong)) % {"n": many[1] + (many[0] not in wrong)} if many and not one.taken else "",
        f"alike:{one.pk}:{many[0]}" if many else "", fixed=any(code != OUT for code in over) and not one.taken, out=one.out, taken=one.taken, note=note,
    )  # fmt: skip


def _box(one: Line, code: str, value: str, wrong: set[str], fix: Correction | None) -> Box:
    css = " ".join(filter(None, ["is-cell", WIDTHS.get(code, ""), "is-wrong" if wrong else "is-fixed" if fix else ""]))
    hides = code in SHOWN and bool(value) and not wrong & SHOWN[code]
    covered = ""
    if hides and fix and fix.how == Correction.How.CONFIRMED:
        covered = _("as in the register")  # beside the digits that are left, the last four would make the whole
    elif hides:
        covered = mask.identity(value) if code == "id" else mask.phone(value)
    options = BY_CODE[code].choices
    return Box(
        f"{'over-' if hides else ''}{code}-{one.pk}", label(code), "" if hides else value, css, covered, bool(wrong), f"why-{one.pk}" if wrong else "",
        ("", *(() if value in ("", *options) else (value,)), *options) if options else (), code in SHOWN,
    )  # fmt: skip


def _why(fault: Fault, view: str) -> str:
    """What is wrong; how it is mended stands over the rows for their own kind, and here for any other."""
    said = text(fault.code)
    if fault.code == "again" and fault.value:
        said = _("The same number stands in row %(row)s") % {"row": fault.value}
    elif fault.value and fault.field not in ("id", "phone", "name"):
        said = _("%(what)s: %(value)s") % {"what": said, "value": fault.value}
    elif fault.code in ("elsewhere", "coming") and fault.value:
        said = _("%(what)s: %(union)s") % {"what": said, "union": fault.value}
    elif fault.code == "ruined" and "E" in fault.value:
        said = _("It says %(value)s") % {"value": fault.value}
    return said if fault.code == view else _("%(what)s. %(cure)s") % {"what": said, "cure": cure(fault.code)}


def _nobody(number: str) -> list[str]:
    if not queries.first_of(number):
        return [_("Fewer than fifteen digits are left, so nobody can be looked for. Type it from the card.")]
    return [_("Your register holds nobody of this name with these digits. Type all 18 from the card.")]


def _result(one: Line) -> Any:
    if one.taken:
        return pill("done", _("taken over"))
    if one.out:
        return pill("stop", _("not taken"))
    words = {
        "new": _("right: new"), "join": _("right: joins"), "second": _("right: second membership"), "change": _("right: changes"), "same": _("right: stays as it is"),
    }  # fmt: skip
    return pill("done", words[one.verdict]) if not one.codes and one.verdict in words else ""


def _meant(line: int, who: Candidate) -> Meant:
    one, person = who.membership, who.person
    at = one.union.short_name
    if one.left_on:
        state = _("left %(year)s") % {"year": one.left_on.year}
    elif one.standing == Standing.RETAINED:
        state = str(Standing.RETAINED.label)
    else:
        state = str(dict(State.choices).get(one.state, "")) if one.state != State.MEMBER else ""
    parts = [at, _("born %(year)s") % {"year": person.born_on.year} if person.born_on else "", one.job, state]
    button = _("It is him") if person.sex == "1" else _("It is her")
    return Meant(person.name, one.get_absolute_url(), _(", ").join(filter(None, parts)), f"found:{line}:{person.uuid}", button)


def kinds_nav(batch: Batch, kinds: list[tuple[str, int]], sums: dict[str, int], here: str) -> list[View]:
    """The kinds of fault with their counts, and what became of the rows."""
    url = reverse("members:rows", args=[batch.uuid])
    made = [View(text(code), f"{url}?view={code}", n, here=code == here) for code, n in kinds]
    words = {"right": _("Corrected"), "taken": _("Corrected and taken over"), "out": _("Left out")}
    return made + [
        View(word, f"{url}?view={name}", sums[name], here=name == here) for name, word in words.items() if sums[name] or name == here
    ]


def advice(view: str) -> str:
    """What to do with the rows of a view, said once."""
    said = {
        "right": _("They are right, and are taken over with the next step. Until then each can be undone."),
        "taken": _("They stand in the register. Undoing takes back the whole import."),
        "out": _("They stay in the file and are not taken over."),
        "ruined": _("The spreadsheet kept the first fifteen digits and wrote zeros for the rest. Nothing is guessed: copy the number from the card, or confirm whom the register holds."),
    }  # fmt: skip
    return said.get(view) or cure(view)


def corrections(batch: Batch) -> dict[str, dict[int, list[tuple[str, str | None, str]]]]:
    """What was corrected, for the workbook: sheet, row, and for each cell its head, the text if it may be shown, and a word."""
    sheets = {one["number"]: one for one in batch.mapping.get("sheets", [])}
    found: dict[str, dict[int, list[tuple[str, str | None, str]]]] = {}
    for (number, row), those in queries.corrected(batch).items():
        if number not in sheets:
            continue
        for fix in those:
            if fix.field == OUT:
                said: tuple[str, str | None, str] = ("", None, _("Left out."))
            elif fix.how == Correction.How.CONFIRMED:  # the register's number is not given away
                said = (sheets[number]["heads"][fix.field], None, _("%(what)s: confirmed as in the register.") % {"what": label(fix.field)})
            else:
                said = (
                    sheets[number]["heads"].get(fix.field, ""),
                    queries.written(fix),
                    _("%(what)s: corrected.") % {"what": label(fix.field)},
                )
            found.setdefault(sheets[number]["name"], {}).setdefault(row, []).append(said)
    return found
