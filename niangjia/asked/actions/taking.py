"""A filled workbook taken back: a row a union, its good cells kept, whole rows sent, each bad cell told with its row, its column and why."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from niangjia.access.api import User
from niangjia.asked.actions.answering import judged, save, send
from niangjia.asked.enums import May, Standing, State
from niangjia.asked.models import Addressed, Field, Request
from niangjia.asked.queries import filled, sent_fields
from niangjia.kit.errors import RuleBroken
from niangjia.kit.reading import cells, sheets
from niangjia.kit.who import permitted
from niangjia.kit.workbook import letters

CODE, NAME, READ = (
    "工会编码",
    "工会名称",
    "已核对",
)  # how the columns are headed by which a row is known and confirmed: a template has one language
LOOK = 10  # rows in which the heads are looked for
MOST = 3000  # rows of one workbook


@dataclass(frozen=True)
class Bad:
    """A cell that was not taken: where, what it says, and why (a fault of the rules, or column, union, other, answered, twice, missing)."""

    row: int
    column: str
    said: str
    why: str
    field: Field | None = None


@dataclass
class Taken:
    """What became of a workbook."""

    rows: int = 0
    sent: int = 0
    kept: int = 0
    bad: list[Bad] = field(default_factory=list)


@dataclass(frozen=True)
class Heads:
    """Where the columns of a workbook stand, and in which row of the sheet its first union."""

    first: int
    code: int
    read: int | None
    columns: dict[int, Field]


def head(one: Field) -> str:
    """The head of a field's column."""
    return f"{one.label}（{one.unit}）" if one.unit else one.label


def _plain(said: str) -> str:
    return unicodedata.normalize("NFKC", said).replace(" ", "").lower()


def take(request: Request, path: Path, *, by: User) -> Taken:
    """Take the answers of a workbook: each row in a transaction of its own, so that a bad one holds up no good one."""
    if request.state != State.ISSUED:
        raise RuleBroken(_("This request is no longer being answered."))
    fields, lines = sent_fields(request), _lines(path)
    at = next((n for n, line in enumerate(lines[:LOOK]) if any(_plain(one) == _plain(CODE) for one in line)), None)
    if at is None:
        raise RuleBroken(_("No column is headed “%(head)s”. Download the template of this request and fill that in.") % {"head": CODE})
    wanted, columns, code_at, read_at = {_plain(head(one)): one for one in fields}, {}, 0, None
    done = Taken()
    for n, said in enumerate(lines[at]):
        if _plain(said) == _plain(CODE):
            code_at = n
        elif _plain(said) == _plain(READ):
            read_at = n
        elif _plain(said) in wanted:
            columns[n] = wanted[_plain(said)]
        elif said and _plain(said) != _plain(NAME):
            done.bad.append(Bad(at + 1, letters(n), said, "column"))
    if len(lines) - at > MOST:
        raise RuleBroken(_("A workbook has at most %(n)d rows. Send it in parts.") % {"n": MOST})
    _rows(request, lines[at + 1 :], Heads(at + 2, code_at, read_at, columns), fields, done, by)
    return done


def _lines(path: Path) -> list[list[str]]:
    """The rows of the first sheet, as text."""
    for sheet in sheets(path):
        return [cells(sheet.frame, n) for n in range(sheet.frame.height)]
    raise RuleBroken(_("There is nothing in this file. Look whether the right one was chosen."))


def _rows(request: Request, lines: Sequence[Sequence[str]], heads: Heads, fields: list[Field], done: Taken, by: User) -> None:
    codes = {line[heads.code] for line in lines if line[heads.code]}
    every = {
        one.union.code: one for one in Addressed.objects.filter(request=request, union__code__in=codes).select_related("union", "request")
    }
    mine = set(permitted(by, May.ANSWER, Addressed.objects.filter(request=request)).values_list("pk", flat=True))
    before = filled([one for one in every.values() if one.pk in mine], fields)
    seen: set[str] = set()
    for number, line in enumerate(lines, start=heads.first):
        code = line[heads.code]
        if not any(line):
            continue
        found = every.get(code)
        why = (
            "union" if found is None else "other" if found.pk not in mine else "twice" if code in seen else "answered" if found.state != Standing.NEW else ""
        )  # fmt: skip
        if why or found is None:
            done.bad.append(Bad(number, letters(heads.code), code, why))
            continue
        seen.add(code)
        said = {one.pk: line[n] for n, one in heads.columns.items() if line[n]}
        stands = {pk: one.value for (row, pk), one in before.items() if row == found.pk}
        good, bad = judged([one for one in fields if one.pk in said], said)
        confirmed = heads.read is not None and bool(line[heads.read])
        if bad or confirmed or any(stands.get(pk, "") != value for pk, value in good.items()):  # a row that nobody has touched is no answer
            _row(found, Row(number, said, stands | good, good, bad), heads, fields, done, by)


@dataclass(frozen=True)
class Row:
    """What a row says: its cells, what stands with them, those that can be read and those that cannot."""

    number: int
    said: dict[int, str]
    whole: dict[int, str]
    good: dict[int, str]
    bad: dict[int, str]


def _row(found: Addressed, row: Row, heads: Heads, fields: list[Field], done: Taken, by: User) -> None:
    where = {one.pk: letters(n) for n, one in heads.columns.items()}
    missing = [one for one in fields if one.required and one.pk not in row.bad and not row.whole.get(one.pk)]
    done.rows += 1
    done.bad += [Bad(row.number, where[one.pk], row.said[one.pk], row.bad[one.pk], one) for one in fields if one.pk in row.bad]
    done.bad += [Bad(row.number, where.get(one.pk, ""), "", "missing", one) for one in missing]
    if row.bad or missing:
        save(found, row.good, by=by)
        done.kept += 1
    else:
        send(found, row.whole, by=by)
        done.sent += 1
