"""Reading imports of organisation sheets: those that a person sees, and their rows by kind."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, Q, QuerySet

from niangjia.access.models import User
from niangjia.kit.who import permitted
from niangjia.unions.enums import May
from niangjia.unions.models import SheetHabit, SheetImport, SheetRow

WAITS = ~Q(codes=[]) & Q(out=False)
VIEWS = {
    "change": Q(codes=[], verdict="change", out=False, taken=False),
    "corrected": Q(codes=[], out=False, taken=False) & ~Q(over={}),
    "out": Q(out=True),
}


def imports(user: User) -> QuerySet[SheetImport]:
    """The imports that a person may see."""
    return permitted(user, May.SEE_SHEET).select_related("at", "by").defer("look", "mapping", "choice")


def kinds(one: SheetImport) -> list[tuple[str, int]]:
    """The faults of rows that wait, the most frequent first."""
    found: Counter[str] = Counter()
    for codes in SheetRow.objects.filter(WAITS, batch=one).values_list("codes", flat=True):
        found.update(set(codes))
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


def sums(one: SheetImport) -> dict[str, int]:
    """How many rows wait, are right, were corrected, change something, are left out, are in."""
    asked = {"waits": WAITS, "right": Q(codes=[], out=False, taken=False), "taken": Q(taken=True), **VIEWS}
    counts = {f"n_{name}": Count("pk", filter=one_of) for name, one_of in asked.items()}
    found = SheetRow.objects.filter(batch=one).aggregate(n_all=Count("pk"), **counts)
    return {name.removeprefix("n_"): int(n) for name, n in found.items()}


def rows_of(one: SheetImport, view: str) -> QuerySet[SheetRow]:
    """The rows with one kind of fault, those that change something, that were corrected, that are left out."""
    return SheetRow.objects.filter(VIEWS.get(view) or Q(WAITS, codes__contains=[view]), batch=one).select_related("union")


def same_file(one: SheetImport) -> SheetImport | None:
    """An earlier import of the same file for the same federation that still stands."""
    there = SheetImport.objects.filter(at=one.at_id, digest=one.digest, state=SheetImport.State.DONE, pk__lt=one.pk)
    return there.select_related("by").order_by("-pk").first()


def remembered(one: SheetImport) -> SheetHabit | None:
    """How tables of one of this file's heads are read for its sender, as somebody chose."""
    heads = {text for look in one.look for text in look["digests"] if text}
    return SheetHabit.objects.filter(union=one.at_id, heads__in=heads).select_related("by").order_by("-at").first()


def faults_by_row(one: SheetImport) -> dict[str, dict[int, list[tuple[str, str, str]]]]:
    """All faults as the workbook wants them: sheet, row, and what is wrong where."""
    sheets = {sheet["number"]: sheet for sheet in one.mapping.get("sheets", ())}
    found: dict[str, dict[int, list[tuple[str, str, str]]]] = {}
    for number, row, faults in SheetRow.objects.filter(WAITS, batch=one).values_list("sheet", "row", "faults").iterator(chunk_size=2000):
        if number in sheets:
            heads = sheets[number]["heads"]
            found.setdefault(sheets[number]["name"], {})[row] = [(heads.get(where, ""), code, value) for where, code, value in faults]
    return found
