"""Many workers by a table: read and tried, mended, taken all at once or not at all, and undone while nothing hangs on them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.files.api import attach, open_
from niangjia.kit import crypt
from niangjia.kit.answer import asking
from niangjia.kit.dates import now, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.faults import credit_fault
from niangjia.kit.ids import narrow
from niangjia.kit.tabled import OVER, table
from niangjia.kit.who import allows
from niangjia.members.api import ID as IDENTITY
from niangjia.members.api import people_for
from niangjia.rights import parameters
from niangjia.rights.actions.limiting import relimit
from niangjia.rights.actions.parties import CHANGING, add_respondent, claims_changed, hold
from niangjia.rights.actions.tied import still_free
from niangjia.rights.enums import SHEET_ROW, May, SheetState
from niangjia.rights.models import Claim, Claimant, Dispute, Respondent, Share, Sheet, SheetRow
from niangjia.rights.queries import opened
from niangjia.rights.sheets.reading import Cells, amount, faults_of, read, sums

PIECE = 2000
PAID = {
    "name": ("姓名", "职工姓名", "name"), "id": ("身份证号", "身份证号码", "证件号码", "公民身份号码", "idnumber"),
    "amount": ("金额", "实付金额", "实发金额", "发放金额", "支付金额", "约定金额", "实付", "实发", "amount"),
}  # fmt: skip


def _sealed(rows: Sequence[Cells]) -> list[bytes]:
    return crypt.seal([json.dumps(one.kept(), ensure_ascii=False) for one in rows], SHEET_ROW)


@transaction.atomic
def read_sheet(dispute: Dispute, file: Any, *, name: str, by: User) -> Sheet:
    """Read a table through: nothing is taken yet. The file as it was sent stays on the case, its rows wait sealed."""
    held = hold(dispute, by)
    paper = attach(held, file, name=name, purpose=str(_("List of workers")), by=by)
    with open_(paper.document.digest) as kept:
        found = read(Path(kept.name), asking(held, today())(parameters.SHEET_MOST))
    _stands_already(held, found.rows)
    made = Sheet.objects.create(dispute=held, name=paper.name, columns=found.heads, by=by, at=now())
    left = iter(found.rows)
    while some := list(islice(left, PIECE)):
        SheetRow.objects.bulk_create(
            SheetRow(sheet=made, page=one.page, row=one.row, cells_sealed=cells, faults=[list(fault) for fault in one.faults])
            for one, cells in zip(some, _sealed(some), strict=True)
        )
    return made


def _stands_already(held: Dispute, rows: Sequence[Cells]) -> None:
    """Whoever claims in this dispute already is not named twice; whoever is known under another name is looked at."""
    good = [one for one in rows if not one.faults]
    known = {bytes(h) for h in held.claimants.values_list("person__id_hash", flat=True) if h is not None}
    for one, h in zip(good, crypt.blind([one.id for one in good], IDENTITY), strict=True):
        if h in known:
            one.faults.append(("id", "stands"))


def _waiting(sheet: Sheet, by: User) -> tuple[Sheet, Dispute]:
    dispute = hold(sheet.dispute, by)
    locked = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if locked.state != SheetState.READ:
        raise Overtaken
    return locked, dispute


@transaction.atomic
def mend_row(row: SheetRow, *, name: str, number: str, phone: str, amounts: dict[str, str], by: User) -> SheetRow:
    """Correct one row; it is judged anew, and the number is taken as it is written."""
    sheet, dispute = _waiting(row.sheet, by)
    old = opened([row])[0]
    one = Cells(
        row.page,
        row.row,
        "".join(name.split()),
        narrow(number),
        narrow(phone),
        old.months,
        old.leads,
        {k: v for k, v in amounts.items() if v},
    )
    one.faults = faults_of(one)
    if not one.faults:
        others = opened(list(SheetRow.objects.filter(sheet=sheet).exclude(pk=row.pk)))
        if any(other.id == one.id for other in others):
            one.faults.append(("id", "again"))
        _stands_already(dispute, [one])
    SheetRow.objects.filter(pk=row.pk).update(cells_sealed=_sealed([one])[0], faults=[list(fault) for fault in one.faults])
    row.refresh_from_db()
    return row


@transaction.atomic
def drop_row(row: SheetRow, *, by: User) -> None:
    """Leave a row out."""
    _waiting(row.sheet, by)
    row.delete()


@transaction.atomic
def take_sheet(sheet: Sheet, *, whole: bool, by: User) -> Sheet:
    """Name the workers of the good rows; `whole`: all rows, or none."""
    held, dispute = _waiting(sheet, by)
    waiting = SheetRow.objects.filter(sheet=held)
    if whole and waiting.exclude(faults=[]).exists():
        raise RuleBroken(_("Some rows are still wrong. Mend them, leave them out, or take the good rows."))
    rows = opened(list(waiting.filter(faults=[]).order_by("pk")))
    if not rows:
        raise RuleBroken(_("There is no good row to take."))
    people = people_for([(one.name, one.id, one.phone) for one in rows])
    pairs = list(zip(rows, people, strict=True))
    wrong = {(one.page, one.row) for one, person in pairs if isinstance(person, str)}
    if wrong and whole:
        raise RuleBroken(_("%(n)d rows bear a number that is known under another name. Compare them with the cards.") % {"n": len(wrong)})
    taken = _named(held, dispute, [(one, person) for one, person in pairs if not isinstance(person, str)])
    SheetRow.objects.filter(sheet=held, faults=[]).exclude(pk__in=_marked(held, wrong)).delete()
    left = SheetRow.objects.filter(sheet=held).exists()
    Sheet.objects.filter(pk=held.pk).update(
        state=SheetState.READ if left else SheetState.TAKEN,
        taken=held.taken + taken,
        ended_by=None if left else by,
        ended_at=None if left else now(),
    )
    sheet.refresh_from_db()
    relimit(dispute)
    return sheet


def _marked(sheet: Sheet, wrong: set[tuple[str, int]]) -> list[int]:
    """Rows whose number is known under another name: they wait, and say so."""
    those = [one for one in SheetRow.objects.filter(sheet=sheet, faults=[]) if (one.page, one.row) in wrong] if wrong else []
    for one in those:
        one.faults = [["name", "other-name"]]
    SheetRow.objects.bulk_update(those, ["faults"], batch_size=PIECE)
    return [one.pk for one in those]


def _named(sheet: Sheet, dispute: Dispute, pairs: Iterable[tuple[Cells, Any]]) -> int:
    """Write the workers and their lines; who stands there already is left as she is."""
    standing = set(Claimant.objects.filter(dispute=dispute).values_list("person_id", flat=True))
    lines: list[tuple[Claimant, dict[str, Decimal], str]] = []
    for one, person in pairs:
        if person.pk in standing:
            continue
        standing.add(person.pk)
        said = dict(sums(one, dispute.cause))
        lines.append(
            (
                Claimant(dispute=dispute, person=person, claimed=sum(said.values(), Decimal(0)), leads=one.leads, sheet=sheet),
                said,
                one.months,
            )
        )
    Claimant.objects.bulk_create([one for one, _said, _months in lines], batch_size=PIECE)
    Claim.objects.bulk_create(
        [Claim(claimant=one, kind=kind, months=months, claimed=value) for one, said, months in lines for kind, value in said.items()],
        batch_size=PIECE,
    )
    still_free(dispute)
    whole = sum((one.claimed for one, _said, _months in lines), Decimal(0))
    if whole:
        claims_changed(dispute, whole)
    return len(lines)


@transaction.atomic
def put_aside(sheet: Sheet, *, by: User) -> Sheet:
    """Take nothing, or nothing more: the rows that wait are erased."""
    held, _dispute = _waiting(sheet, by)
    SheetRow.objects.filter(sheet=held).delete()
    state = SheetState.TAKEN if held.taken else SheetState.DROPPED
    Sheet.objects.filter(pk=held.pk).update(state=state, ended_by=by, ended_at=now())
    sheet.refresh_from_db()
    return sheet


@transaction.atomic
def undo_sheet(sheet: Sheet, *, by: User) -> Sheet:
    """Take the workers of a table off again, while nothing hangs on them: no agreement, no money, nobody who went her own way."""
    dispute = hold(sheet.dispute, by)
    held = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if held.state in (SheetState.UNDONE, SheetState.DROPPED) or not held.taken:
        raise Overtaken
    if dispute.state not in CHANGING:
        raise IllegalStep(f"{dispute.reference} is {dispute.state}")
    workers = Claimant.objects.filter(sheet=held)
    if (
        Share.objects.filter(claim__claimant__sheet=held).exists()
        or Claim.objects.filter(claimant__sheet=held).exclude(outcome="").exists()
    ):
        raise RuleBroken(_("Money has come for some of these workers, or they went their own way. They are changed one by one now."))
    whole = sum(workers.values_list("claimed", flat=True), Decimal(0))
    workers.delete()
    if dispute.state == "MEDIATING" and not dispute.claimants.exists():
        raise RuleBroken(_("A dispute in mediation keeps at least one worker and one employer. Add the right one first."))
    if whole:
        claims_changed(dispute, -whole)
    SheetRow.objects.filter(sheet=held).delete()
    Sheet.objects.filter(pk=held.pk).update(state=SheetState.UNDONE, ended_by=by, ended_at=now())
    relimit(dispute)
    sheet.refresh_from_db()
    return sheet


@transaction.atomic
def add_respondents(dispute: Dispute, text: str, *, by: User) -> int:
    """Many employers by a pasted list: a credit code on each line, a name beside it where nobody has recorded the code yet. All of them, or none."""
    if not allows(by, May.MEDIATE, dispute):
        raise Refused(_("The parties are recorded by the mediator or by the rights office."))
    wrong, made = [], 0
    known = set(Respondent.objects.filter(dispute=dispute).values_list("employer__uscc", flat=True))
    for n, line in enumerate(filter(str.strip, text.splitlines()), start=1):
        words = line.replace("，", " ").replace(",", " ").replace("\t", " ").split()
        code = next((narrow(word) for word in words if not credit_fault(narrow(word))), "")
        name = "".join(word for word in words if narrow(word) != code)
        if not code:
            wrong.append(_("Line %(n)d: no credit code that can be one.") % {"n": n})
            continue
        if code in known:
            continue
        known.add(code)
        try:
            add_respondent(dispute, name=name, uscc=code, by=by)
            made += 1
        except RuleBroken as broken:
            wrong.append(_("Line %(n)d: %(why)s") % {"n": n, "why": str(broken)})
    if wrong:
        raise RuleBroken(" ".join(wrong[:10]))
    return made


def parts_of(dispute: Dispute, file: Any) -> dict[int, Decimal]:
    """What a list says that each worker gets, by her number in the dispute: known by the identity number, else by a name that stands there once."""
    with NamedTemporaryFile(suffix=".table") as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        rows = list(table(Path(kept.name), PAID, ("amount",)))
    workers = list(Claimant.objects.filter(dispute=dispute).values_list("pk", "person__name", "person__id_hash"))
    by_id = {bytes(h): pk for pk, _name, h in workers if h is not None}
    names: dict[str, list[int]] = {}
    for pk, name, _h in workers:
        names.setdefault(name, []).append(pk)
    found: dict[int, Decimal] = {}
    for one in rows:
        number, name = narrow(one.cells.get("id", "")), "".join(one.cells.get("name", "").split())
        if OVER.search(name):  # a line of sums
            continue
        those = [by_id[h]] if number and (h := crypt.blind_one(number, IDENTITY)) in by_id else names.get(name, []) if not number else []
        value = amount("".join(one.cells["amount"].split()))
        if value is None:
            raise RuleBroken(_("Row %(row)d: the amount cannot be read.") % {"row": one.row})
        if len(those) != 1:
            raise RuleBroken(
                _("Row %(row)d: it is not plain which worker is meant. Write her identity number beside it.") % {"row": one.row}
            )
        found[those[0]] = found.get(those[0], Decimal(0)) + value
    if not found:
        raise RuleBroken(_("No amounts are found: a head with amounts and one with names or identity numbers is needed."))
    return found
