"""An import of an organisation sheet taken back: what it made goes, what it changed is as it was; what people have worked on since stays, and is listed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Model

from niangjia.access.models import User
from niangjia.flow.api import record, stop_each, wind
from niangjia.flow.models import Move
from niangjia.kit.bulk import drop_many, held_among, write_many
from niangjia.kit.pointing import pointing
from niangjia.unions.actions.sheet_taking import WOUND, named, told
from niangjia.unions.actions.spells import settle_employers
from niangjia.unions.importing.fields import UNION
from niangjia.unions.models import Body, Cover, Employer, Parentage, SheetHabit, SheetImport, SheetRow, Taxpayer, Union

KIND = "unions.union"
Kept = SheetRow.Kept
BY_ITSELF = ("start", "lapse")  # what of its story nobody has done


def undo(batch: SheetImport, *, by: User) -> int:
    """Take an import back; called inside a transaction, with the tree locked. Answers how many rows stay because people have worked on them."""
    rows = list(SheetRow.objects.filter(batch=batch, taken=True).order_by("pk"))
    employers = set(_employers(rows))
    gone = _unmake_unions(rows)
    _uncover(rows, gone)
    _restore_unions(batch, [row for row in rows if "was" in row.before.get("union", {})], by=by)
    _restore_employers(batch, rows, by=by)
    _unmake_employers(rows)
    write_many(rows, ["kept"])
    settle_employers(Employer.objects.filter(pk__in=employers).values_list("pk", flat=True))
    return sum(bool(row.kept) for row in rows)


def _employers(rows: Iterable[SheetRow]) -> Iterable[int]:
    covers = [row.made["cover"] for row in rows if "cover" in row.made]
    return Cover.objects.filter(pk__in=covers).values_list("employer", flat=True)


def _pointed_at(model: type[Model], pks: Iterable[int], *but: type[Model]) -> set[int]:
    """Those on which rows of other tables stand."""
    found, those = set[int](), list(pks)
    for other, field in pointing(model, *but):
        found |= held_among(other, str(field.column), those)
    return found


def _unmake_unions(rows: list[SheetRow]) -> set[int]:
    """The unions that it made go with all that it made of them; answers which went."""
    made = {row.made["union"]: row for row in rows if "union" in row.made}
    if not made:
        return set()
    now = Union.objects.in_bulk(made)
    covers = {row.made["cover"] for row in rows if "cover" in row.made}
    moved = set(Move.objects.filter(kind=KIND, thing_id__in=made).exclude(verb__in=BY_ITSELF).values_list("thing_id", flat=True))
    built = _pointed_at(Union, made, Cover, Body, Parentage, SheetRow, SheetHabit)
    built |= set(Cover.objects.filter(union__in=made).exclude(pk__in=covers).values_list("union", flat=True))
    built |= set(Body.objects.filter(union__in=made).exclude(kind="COMMITTEE", until=None).values_list("union", flat=True))
    seen = list(Parentage.objects.filter(child__in=made).values_list("child", flat=True))
    built |= {pk for pk in made if seen.count(pk) > 1}
    built |= {parent for parent in Parentage.objects.filter(parent__in=made).values_list("parent", flat=True) if parent is not None}
    for pk, row in made.items():
        union = now.get(pk)
        edited = union is not None and any(_text(getattr(union, column)) != said for column, said in row.before["union"]["now"].items())
        row.kept = "" if union is None else Kept.MOVED if pk in moved else Kept.BUILT if pk in built else Kept.EDITED if edited else ""
    gone = {pk for pk, row in made.items() if pk in now and not row.kept}
    Union.objects.filter(pk__in=gone).update(employer=None)
    for model, column in ((Cover, "union_id"), (Body, "union_id"), (Parentage, "child_id"), (SheetHabit, "union_id")):
        drop_many(model, gone, column)
    for along, field in pointing(Union, along=True):
        drop_many(along, gone, str(field.column))
    stop_each(KIND, gone)
    SheetRow.objects.filter(union__in=gone).update(union=None)
    drop_many(Union, gone)
    for row in rows:
        if row.union_id in gone:
            row.union_id = None
    return gone


def _text(said: Any) -> Any:
    return said.isoformat() if isinstance(said, date) else said


def _uncover(rows: list[SheetRow], gone: set[int]) -> None:
    """Employers that came to be covered by unions that stay are not covered by them any more, unless somebody has ended that already."""
    stays = {row.made["union"] for row in rows if "union" in row.made} - gone
    those = {row.made["cover"]: row for row in rows if "cover" in row.made}
    open_ = set(Cover.objects.filter(pk__in=those, until=None).exclude(union__in=stays).values_list("pk", flat=True))
    for pk, row in those.items():
        if pk not in open_ and row.union_id and row.union_id not in stays:
            row.kept = row.kept or Kept.MOVED
    own = [row.before["own"] for pk, row in those.items() if pk in open_ and "own" in row.before]
    Union.objects.filter(pk__in=own).update(employer=None)
    drop_many(Cover, open_)


def _back(thing: Any, kept: dict[str, Any], row: SheetRow) -> set[str]:
    """Give a thing back what it was, field by field; what somebody has written since stays. Answers the columns that are as before."""
    back = set()
    for column, wrote in kept["now"].items():
        if _text(getattr(thing, column)) == wrote:
            field = thing._meta.get_field(column)
            setattr(thing, column, field.to_python(kept["was"][column]))
            back.add(column)
        else:
            row.kept = Kept.EDITED
    return back


def _restore_unions(batch: SheetImport, rows: list[SheetRow], *, by: User) -> None:
    now = Union.objects.in_bulk([row.before["union"]["pk"] for row in rows])
    columns: set[str] = set()
    back: list[tuple[Union, set[str]]] = []
    for row in rows:
        union = now.get(row.before["union"]["pk"])
        if union is None or not (those := _back(union, row.before["union"], row)):
            continue
        if "name" in those:
            for column, said in named(union.name).items():
                setattr(union, column, said)
            columns |= {"name_py", "tokens"}
        columns |= those
        back.append((union, those))
    if not back:
        return
    write_many([union for union, _those in back], sorted(columns))
    record(KIND, [union.pk for union, _those in back], "unload", by=by, reason=batch.file_name)
    wound = {UNION[where] for where in WOUND}
    for union, those in back:
        if those & wound:
            wind(union)


def _restore_employers(batch: SheetImport, rows: list[SheetRow], *, by: User) -> None:
    those = [row for row in rows if "employer" in row.before]
    now = Employer.objects.in_bulk([row.before["employer"]["pk"] for row in those])
    columns: set[str] = set()
    back: dict[int, dict[str, Any]] = {}
    for row in those:
        if (one := now.get(row.before["employer"]["pk"])) is not None:
            those_back = _back(one, row.before["employer"], row)
            columns |= those_back
            kept = row.before["employer"]
            if those_back:
                back[one.pk] = {
                    "was": {column: kept["now"][column] for column in those_back},
                    "now": {column: kept["was"][column] for column in those_back},
                }
    if columns:
        write_many(list(now.values()), sorted(columns))
        told(back, batch.file_name, by=by)


def _unmake_employers(rows: list[SheetRow]) -> None:
    """Employers that it made go, unless something else stands on them by now."""
    made = {row.made["employer"]: row for row in rows if "employer" in row.made}
    Taxpayer.objects.filter(likely__in=made).update(likely=None)  # only supposed by the house, and supposed again of those that stay
    built = _pointed_at(Employer, made)
    for pk in built & made.keys():
        made[pk].kept = made[pk].kept or Kept.BUILT
    for along, field in pointing(Employer, along=True):
        drop_many(along, made.keys() - built, str(field.column))
    drop_many(Employer, made.keys() - built)
