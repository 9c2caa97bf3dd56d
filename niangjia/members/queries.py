"""Reading the register: lists in scope, one person's spells, imports and their faults."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.exports.api import Export, that_held
from niangjia.kit import crypt
from niangjia.kit.answer import asking
from niangjia.kit.dates import CHINA, today
from niangjia.kit.holding import held
from niangjia.kit.ids import narrow
from niangjia.kit.names import asked, reading
from niangjia.kit.totals import Part, Totals
from niangjia.kit.totals import totals as line
from niangjia.kit.who import permitted
from niangjia.members.enums import ID, ID_TAIL, LINE, NEW_FORMS, PHONE, PHONE_TAIL, May, Sex
from niangjia.members.importing.checks import FIFTEEN
from niangjia.members.importing.ground import below
from niangjia.members.importing.lines import OUT, Fixes
from niangjia.members.models import Batch, Correction, Fault, Habit, Kept, Line, Membership, Person, Reveal
from niangjia.members.parameters import UNDO_IMPORT
from niangjia.members.permissions import opens_the_list
from niangjia.members.rules import may_be_undone
from niangjia.unions.api import reach
from niangjia.unions.models import Union

HITS = 1000
RUNNING = 7_330_500_2  # the first half of the lock that says that an import is being worked on


@dataclass(frozen=True)
class Ask:
    """What the register is narrowed by."""

    text: str = ""
    standing: str = ""
    sex: str = ""
    work: str = ""
    under: str = ""  # the code of a union
    view: str = ""  # waiting, moving, retained, newforms


def listed(user: User, ask: Ask) -> QuerySet[Membership]:
    """The memberships that a person may list, narrowed; ordered by whoever pages them, by the reading of names."""
    rows = permitted(user, May.VIEW if ask.view == "moving" else May.LIST).filter(left_on=None)
    if ask.view == "waiting":
        rows = rows.filter(state="APPLIED")
    elif ask.view == "moving":
        rows = rows.filter(state="LEAVING")
    else:
        rows = rows.filter(state__in=["MEMBER", "LEAVING"])
    if ask.view == "retained":
        rows = rows.filter(standing="RETAINED")
    elif ask.view == "newforms":
        rows = rows.filter(work__in=NEW_FORMS)
    for field in ("standing", "sex", "work"):
        if value := getattr(ask, field):
            rows = rows.filter(**{field: value})
    if ask.under:
        top = Union.objects.filter(code=ask.under).first()
        rows = rows.filter(standing_under(top)) if top else rows.none()
    text = "".join(ask.text.split())
    if text or ask.view in ("waiting", "moving"):
        # The few are found first and ordered after, else the planner walks the whole register in the order of names; many are met soon on that walk.
        hits = rows.filter(matching(ask.text)) if text else rows
        found = list(hits.order_by().values_list("pk", flat=True)[: HITS + 1])
        if len(found) <= HITS:
            rows = Membership.objects.filter(pk__in=found)
        else:
            begins = beginning(rows, text)
            rows = hits if begins is None else begins
    return rows.select_related("union", "to_union")


def totals(user: User, ask: Ask) -> Totals | None:
    """The line over the register, out of the books; nothing where no figure says what is shown: retained, waiting, moving, found by words."""
    if "".join(ask.text.split()) or ask.standing == "RETAINED" or ask.view not in ("", "newforms"):
        return None
    base: dict[str, Any] = {"sex": ask.sex} if ask.sex else {}
    if ask.view == "newforms" and ask.work and ask.work not in NEW_FORMS:
        return None
    if ask.work or ask.view:
        base["work"] = ask.work or NEW_FORMS
    more = (
        ("sex", Sex.FEMALE, _("of them women")),
        ("migrant", True, _("migrant workers")),
        ("work", NEW_FORMS, _("in new forms of work")),
    )
    parts = [Part("members.memberships", base)]
    parts += [Part("members.memberships", base | {name: value}, label) for name, value, label in more if name not in base]
    return line(reach(user, opens_the_list, ask.under), parts)


def beginning(rows: QuerySet[Membership], text: str) -> QuerySet[Membership] | None:
    """Of very many who bear a character or initials, those whose name begins with them: a range of the order is read, not all of it."""
    if text.isascii():
        begins = rows.filter(matching(text), name_py__gte=text[0].lower(), name_py__lt=f"{text[0].lower()}~")
    elif len(text) == 1:
        said = reading(text)
        begins = rows.filter(name__startswith=text, name_py__gte=said, name_py__lt=f"{said}~")
    else:
        return None
    return begins if begins.exists() else None


def standing_under(top: Union) -> Q:
    """Memberships in a union and all below it."""
    if top.level == 1:
        return ~Q(pk__in=())
    if top.level <= 3:
        return Q(**{"county" if top.level == 2 else "township": top})
    return Q(union__in=Union.objects.filter(below(top)))


def matching(text: str) -> Q:
    """People by a part of the name, its initials, the last four of phone or number, or the whole of either: never by anything between."""
    number = narrow(text)
    if re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return Q(person__in=Person.objects.filter(id_hash=crypt.blind_one(number, ID)))
    if re.fullmatch(r"[A-Z]{1,3}[0-9]{5,12}", number):  # of a passport or another paper
        return Q(person__in=Person.objects.filter(id_hash=crypt.blind_one(number, ID)))
    if re.fullmatch(r"[0-9]{11}", number):
        return Q(person__in=Person.objects.filter(phone_hash=crypt.blind_one(number, PHONE)))
    if re.fullmatch(r"[0-9]{3}[0-9X]", number):
        tails = Q(id_tail_hash=crypt.blind_one(number, ID_TAIL)) | Q(phone_tail_hash=crypt.blind_one(number, PHONE_TAIL))
        return Q(person__in=Person.objects.filter(tails))
    if not asked(text):
        return Q(pk__in=())
    return Q(tokens__contains=asked(text))


def spells(person: Person) -> list[Membership]:
    """All memberships of a person, the last first."""
    return list(
        Membership.objects.filter(person=person).exclude(state="REFUSED").select_related("union", "to_union").order_by("-joined_on", "-pk")
    )


def reveals(person: Person, limit: int = 8) -> list[Reveal]:
    """Who saw a sealed value of hers, and why."""
    return list(Reveal.objects.filter(person=person).select_related("by").order_by("-pk")[:limit])


def taken_away(spells_: list[Membership], limit: int = 8) -> list[Export]:
    """The exports in which a person's memberships stood, the last first."""
    return list(that_held(("members.membership", one.union_id, one.pk) for one in spells_)[:limit])


def homes(user: User) -> list[Union]:
    """The grassroots unions in which a person sits: where she is likely to mean."""
    return [seat.union for seat in user.seats if seat.level > 3]


def batches(user: User) -> QuerySet[Batch]:
    """The imports that a person may see."""
    return permitted(user, May.SEE_IMPORT).select_related("union", "by").defer("look", "mapping", "choice")


def kinds(batch: Batch) -> list[dict[str, Any]]:
    """The faults of an import by kind, the most frequent first, each with its first row."""
    counted = batch.faults.values("code").annotate(n=Count("row"), first=Min("row")).order_by("-n", "code")
    return [dict(one) for one in counted]


def examples(batch: Batch) -> dict[str, Any]:
    """The first fault of each kind."""
    rows = batch.faults.order_by("code", "pk").distinct("code")
    return {fault.code: fault for fault in rows}


def faults_by_row(batch: Batch) -> dict[str, dict[int, list[tuple[str, str, str]]]]:
    """All faults as the workbook wants them: sheet, row, and what is wrong where."""
    found: dict[str, dict[int, list[tuple[str, str, str]]]] = {}
    for sheet, row, column, code, value in (
        batch.faults.order_by("pk").values_list("sheet", "row", "column", "code", "value").iterator(chunk_size=5000)
    ):
        found.setdefault(sheet, {}).setdefault(row, []).append((column, code, value))
    return found


def worked_on(batch: Batch) -> bool:
    """Whether somebody holds the import just now; one that says it is being taken over and is not was killed."""
    return held(RUNNING, batch.pk)


def same_file(batch: Batch) -> Batch | None:
    """An earlier import of the same file for the same union that still stands."""
    return (
        Batch.objects.filter(union=batch.union_id, file_digest=batch.file_digest, state="DONE", pk__lt=batch.pk)
        .select_related("by")
        .order_by("-pk")
        .first()
    )


def undoable(batch: Batch) -> bool:
    """Whether an import that was taken over may still be taken back."""
    taken = (batch.taken_at or batch.made_at).astimezone(CHINA).date()
    return may_be_undone(taken, today(), asking(batch.union, today())(UNDO_IMPORT).count)


def kept(batch: Batch, limit: int) -> list[Kept]:
    """What an undone import left as it is, because people have worked on it since."""
    return list(batch.kept.select_related("membership__union").order_by("pk")[:limit])


# ---------- rows that are corrected ----------


def lines(batch: Batch) -> QuerySet[Line]:
    """The rows of an import that are bad, or were."""
    return Line.objects.filter(batch=batch)


def untaken(batch: Batch) -> QuerySet[Line]:
    """Rows that were corrected, and are not in the register."""
    return lines(batch).filter(codes=[], taken=False)


def line_kinds(batch: Batch) -> tuple[list[tuple[str, int]], dict[str, int]]:
    """The faults of the rows that wait, the most frequent first, and how many rows wait, are right, are in, are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT code, count(*) FROM members_line, unnest(codes) code WHERE batch_id = %s AND NOT out GROUP BY code ORDER BY 2 DESC, 1""",
            [batch.pk],
        )
        found = [(str(code), int(n)) for code, n in cursor.fetchall()]
    waits = ~Q(codes=[]) & Q(out=False)
    sums = lines(batch).aggregate(
        all=Count("pk"), waits=Count("pk", filter=waits), right=Count("pk", filter=Q(codes=[], taken=False)), taken=Count("pk", filter=Q(taken=True)),
        out=Count("pk", filter=Q(out=True)),
    )  # fmt: skip
    return found, sums


def waiting(batch: Batch) -> tuple[int, int]:
    """How many rows wait to be corrected, and how many are right and not yet in."""
    sums = lines(batch).aggregate(waits=Count("pk", filter=~Q(codes=[]) & Q(out=False)), right=Count("pk", filter=Q(codes=[], taken=False)))
    return sums["waits"], sums["right"]


def lines_of(batch: Batch, view: str) -> QuerySet[Line]:
    """The rows with one kind of fault, those that are right, those that are in, those that are left out."""
    special = {"right": Q(codes=[], taken=False), "taken": Q(taken=True), "out": Q(out=True)}
    return lines(batch).filter(special.get(view) or Q(codes__contains=[view], out=False))


def corrected(batch: Batch, places: list[tuple[int, int]] | None = None) -> dict[tuple[int, int], list[Correction]]:
    """The corrections in force by sheet and row, of all rows or of some."""
    found: dict[tuple[int, int], list[Correction]] = {}
    rows = Correction.objects.filter(batch=batch, undone_at=None)
    if places is not None:
        rows = rows.filter(row__in={row for _sheet, row in places})
    for one in rows.order_by("pk"):
        found.setdefault((one.sheet, one.row), []).append(one)
    return found


def written(one: Correction) -> str:
    """What was written over a cell."""
    return crypt.unseal(one.sealed, LINE) if one.sealed is not None else one.text


def fixes_of(batch: Batch, places: list[tuple[int, int]] | None = None) -> dict[int, Fixes]:
    """The corrections in force, by sheet, as they are laid over the rows."""
    found: dict[int, Fixes] = {}
    for (sheet, row), those in corrected(batch, places).items():
        fixes = found.setdefault(sheet, Fixes())
        for one in those:
            if one.field == OUT:
                fixes.out.add(row)
            else:
                fixes.cells.setdefault(row, {})[one.field] = written(one)
    return found


def faults_at(batch: Batch, places: list[tuple[int, int]]) -> dict[tuple[int, int], list[Fault]]:
    """The faults of some rows."""
    found: dict[tuple[int, int], list[Fault]] = {}
    for fault in batch.faults.filter(row__in={row for _sheet, row in places}).order_by("pk"):
        found.setdefault((fault.number, fault.row), []).append(fault)
    return found


def alike(batch: Batch, values: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """In how many rows the same text is wrong: by field and text."""
    counted = batch.faults.filter(field__in={code for code, _value in values}, value__in={value for _code, value in values})
    return {(one["field"], one["value"]): one["n"] for one in counted.values("field", "value").annotate(n=Count("pk")).order_by()}


@dataclass(frozen=True)
class Candidate:
    """Somebody of the register of the same name, whose number begins with the fifteen digits that are left: no number stands in it."""

    person: Person
    membership: Membership


def candidates(user: User, wanted: dict[int, tuple[str, str]]) -> dict[int, list[Candidate]]:
    """Who is meant by rounded numbers: for each key (a name and what is left of the number) the people whom this person may see."""
    begin = {key: [(name, first) for first in first_of(text)] for key, (name, text) in wanted.items()}
    names = {name for those in begin.values() for name, _first in those if name}
    if not names:
        return {}
    bearing = Q(pk__in=())
    for name in names:
        bearing |= Q(tokens__contains=asked(name))
    rows = (
        permitted(user, May.VIEW).filter(bearing, name__in=names).exclude(state="REFUSED").select_related("person", "union").order_by("-pk")
    )
    found: dict[tuple[str, str], list[Candidate]] = {}
    met = set()
    for one in rows[:HITS]:
        if one.person_id not in met and one.person.erased_at is None:
            met.add(one.person_id)
            number = crypt.unseal(one.person.id_sealed or b"", ID)
            for first in (number[:15], number[:17]):
                found.setdefault((one.name, first), []).append(Candidate(one.person, one))
    meant = {key: [who for said in those for who in found.get(said, [])] for key, those in begin.items()}
    return {key: those for key, those in meant.items() if those}


def standing_by_number(user: User, numbers: dict[int, str]) -> dict[int, Membership]:
    """Of whole numbers, by a key, who stands with them in a union that this person may see."""
    keys = list(numbers)
    hashes = dict(zip(keys, crypt.blind([numbers[key] for key in keys], ID), strict=True)) if keys else {}
    if not hashes:
        return {}
    rows = permitted(user, May.VIEW).filter(person__id_hash__in=hashes.values(), left_on=None, state__in=["MEMBER", "LEAVING"])
    found = {bytes(one.person.id_hash): one for one in rows.select_related("person", "union").order_by("primary", "pk")}
    return {key: found[said] for key, said in hashes.items() if said in found}


def first_of(text: str) -> list[str]:
    """What a number may begin with of which a spreadsheet left fifteen digits, or which an old card bore; nothing where fewer are left.

    >>> first_of("3.30599198503142E+17"), first_of("330599198503142000"), first_of("3.30599E+17"), first_of("330599850314201")
    (['330599198503142'], ['330599198503142'], [], ['330599850314201', '33059919850314201'])
    """
    digits = re.sub(r"E\+?\d+$|[.\s]", "", text.upper())
    whole = re.fullmatch(r"([0-9]{15})(000)?", digits.ljust(15, "0") if "E" in text.upper() and len(digits) > 12 else digits)
    if not whole:
        return []
    return [whole[1], f"{whole[1][:6]}19{whole[1][6:]}"] if re.fullmatch(FIFTEEN, digits) else [whole[1]]


def remembered(batch: Batch) -> Habit | None:
    """How tables of one of this file's heads are read for its sender, as somebody chose."""
    heads = {text for look in batch.look for text in look["digests"] if text}
    return Habit.objects.filter(union=batch.union_id, heads__in=heads).select_related("by").order_by("-at").first()


def habits_of(union: int) -> dict[str, dict[str, int]]:
    """How the tables of a sender are read, by the digest of their heads."""
    return dict(Habit.objects.filter(union=union).values_list("heads", "columns"))


def _code_goes_to(person: Person) -> str:
    """The number with which a member of the demo may try the door of members: all in it are made up."""
    return _("signs in by %(phone)s") % {"phone": crypt.unseal(person.phone_sealed, PHONE)} if person.phone_sealed else ""


def demo_groups() -> list[dict[str, Any]]:
    """The members who can sign in to the demo."""
    held = (
        Membership.objects.filter(person__user__username__startswith="demo-", left_on=None)
        .select_related("person__user", "union")
        .order_by("pk")
    )
    people = [
        {"username": one.person.user.username, "name": one.name, "post": _("Member"), "union": one.union.short_name, "hint": _code_goes_to(one.person)}
        for one in held if one.person.user
    ]  # fmt: skip
    return [{"title": _("Members"), "people": people}] if people else []
