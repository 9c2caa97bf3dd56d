"""A list of the tax side is looked through and taken in; its firms are followed, excused, or known as employers of ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.files.api import Source, open_, size_of, store
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.faults import credit_fault
from niangjia.kit.tabled import Listed, pieces, table
from niangjia.kit.who import allows
from niangjia.unions.actions import founding
from niangjia.unions.actions.dropping import Seen, drop_off
from niangjia.unions.actions.spells import SLICE, match, settle, settle_employers
from niangjia.unions.enums import Kind, May, Spared, State
from niangjia.unions.models import Division, Founding, TaxList, Taxpayer, Union, place_of
from niangjia.unions.models.founding import DONE
from niangjia.unions.queries import carried_on
from niangjia.unions.rules.taxpayers import Firm, read

HEADS = {  # as collectable units are exported by the systems of dues, and by tax offices
    "number": ("登记序号", "税务登记序号", "纳税人登记序号", "registrationno"), "name": ("纳税人名称", "单位名称", "企业名称", "名称", "taxpayer"),
    "uscc": ("统一社会信用代码", "社会信用代码", "纳税人识别号", "社会信用代码/纳税人识别号", "信用代码", "creditcode"), "state": ("纳税人状态", "登记状态", "状态", "state"),
    "office": ("主管税务机关", "主管税务所科分局", "主管税务所", "科所分局", "taxoffice"), "employees": ("税务登记职工人数", "职工人数", "申报人数", "从业人数", "employees"),
    "place": ("街道乡镇代码", "街道乡镇", "乡镇街道代码", "行政区划代码", "placecode"), "mark": ("成立工会标记", "建会标记", "工会标记", "mark"),
    "synced": ("税务数据同步时间", "数据同步时间", "同步时间", "syncedon"), "opened": ("开业日期", "开业时间", "成立日期", "登记日期", "openedon"),
}  # fmt: skip
NEEDED = ("number", "name", "state", "employees")
INLINE = 256 * 1024  # bytes: some thousand firms are read while somebody waits
TOLD = 200  # bad rows that are told one by one
MOST_SAID = 40  # characters of a cell that are said again


@dataclass
class Look:
    """What was seen of a list."""

    rows: int = 0
    fresh: int = 0
    changed: int = 0
    same: int = 0
    older: int = 0
    bad: int = 0
    gone: int = 0
    told: list[dict[str, Any]] = field(default_factory=list)


def lay(at: Union, source: Source, *, name: str, whole: bool = False, by: User) -> TaxList:
    """Keep a list as it was sent; `begin` has it looked through. `whole`: it holds every firm of its place."""
    if at.level > 2 or not allows(by, May.TAKE_TAX, at):
        raise Refused(_("Lists of the tax side are taken in by the organisation office of the county or of the city."))
    kept = store(source, name=name)
    with transaction.atomic():
        made = TaxList.objects.create(at=at, **_place(at), file_name=name[:200], digest=kept.digest, whole=whole, by=by, made_at=now())
        note([("list laid", TaxList._meta.label_lower, made.pk, made.file_name[:200])], by=by)
    return made


@transaction.atomic
def take(one: TaxList, *, by: User) -> TaxList:
    """Have the good rows taken in; the bad ones stay out. What is laid a second time changes nothing."""
    row = _held(one, by)
    TaxList.objects.filter(pk=row.pk).update(state=TaxList.State.TAKING)
    note([("list taken in", TaxList._meta.label_lower, row.pk, row.file_name[:200])], by=by)
    row.refresh_from_db()
    return row


def begin(one: TaxList) -> TaxList:
    """Read it at once if it is small, else by the worker: nobody waits before a screen for the firms of a city."""
    if size_of(one.digest) <= INLINE:
        return run(one)
    from procrastinate.contrib.django import app

    app.configure_task("unions.tax_list", queue="import", lock="unions.tax_list").defer(taxlist=one.pk)
    return one


@transaction.atomic
def run(one: TaxList) -> TaxList:
    """Look a list through, or take it in, whichever it waits for; done again after a kill it begins anew, because it is one transaction."""
    row = TaxList.objects.select_for_update(of=("self",)).select_related("at").get(pk=one.pk)
    if not row.working:
        return row
    taking = row.state == TaxList.State.TAKING
    try:
        with transaction.atomic():
            look = _look(row.at, row.digest, write=taking, whole=row.whole)
            if not look.rows and not look.bad:
                raise RuleBroken(
                    _(
                        "No sheet has a head with registration number, name, state and employees. Name the columns as the tax side does: 登记序号, 纳税人名称, 纳税人状态, 税务登记职工人数."
                    )
                )
    except RuleBroken as broken:
        TaxList.objects.filter(pk=row.pk).update(state=TaxList.State.FAILED, said=str(broken)[:300])
    else:
        facts = {"state": TaxList.State.TAKEN, "taken_at": now()} if taking else {"state": TaxList.State.CHECKED}
        TaxList.objects.filter(pk=row.pk).update(**facts, **asdict(look))
    row.refresh_from_db()
    return row


@transaction.atomic
def drop(one: TaxList, *, by: User) -> TaxList:
    """Put a list away that was only looked through."""
    row = _held(one, by)
    TaxList.objects.filter(pk=row.pk).update(state=TaxList.State.DROPPED)
    note([("list put away", TaxList._meta.label_lower, row.pk, row.file_name[:200])], by=by)
    row.refresh_from_db()
    return row


def _held(one: TaxList, by: User) -> TaxList:
    row = TaxList.objects.select_for_update(of=("self",)).select_related("at").get(pk=one.pk)
    if not allows(by, May.TAKE_TAX, row.at):
        raise Refused(_("Lists of the tax side are taken in by the organisation office of the county or of the city."))
    if row.state != TaxList.State.CHECKED:
        raise Overtaken
    return row


def _place(at: Union) -> dict[str, int | None]:
    place = place_of(at)
    return {"township_id": place["township_id"], "county_id": place["county_id"]}


@dataclass(frozen=True)
class _Ground:
    """The federations of places, by the codes that the tax side writes."""

    at: Union
    places: dict[str, Union]

    def find(self, code: str) -> Union | None:
        """Of a township or street, else of its county; a row without a code stands with whose list it is."""
        if not code:
            return self.at
        return next((self.places[code[:n]] for n in (12, 9, 6) if code[:n] in self.places), None)


def _ground(at: Union) -> _Ground:
    leads = Union.objects.filter(kind__in=(Kind.COUNTY, Kind.TOWNSHIP), division__isnull=False).exclude(state=State.ABOLISHED)
    places = {one.division.code: one for one in leads.select_related("division") if one.division}
    for code, heir in Division.objects.filter(until__isnull=False, successor__isnull=False).values_list("code", "successor__code"):
        if heir in places:
            places.setdefault(code, places[heir])  # the tax side writes old codes for years
    return _Ground(at, places)


def _look(at: Union, digest: str, *, write: bool, whole: bool = False) -> Look:
    """Go through a file in pieces: what is new, what differs from what we hold, what cannot be taken; of a whole list, who is not in it."""
    with open_(digest) as file:
        path = Path(file.name)
    look, ground, seen = Look(), _ground(at), Seen()
    for some in pieces(table(path, HEADS, NEEDED), SLICE):
        _piece(list(_firms(some, ground, seen, look)), look, write=write)
    if whole and seen.day is not None:
        look.gone = drop_off(at, seen, write=write)
    return look


def _firms(rows: list[Listed], ground: _Ground, seen: Seen, look: Look) -> Iterator[tuple[Firm, Union]]:
    for row in rows:
        said = read(row.cells, today=today())
        fault = said if isinstance(said, tuple) else ("", "")
        place = None
        if isinstance(said, Firm):
            place = ground.find(said.place_code)
            if said.uscc and credit_fault(said.uscc):
                fault = ("uscc", "credit")
            elif place is None:
                fault = ("place", "unknown")
            elif not place.path.startswith(ground.at.path):
                fault = ("place", "elsewhere")
            elif said.number in seen.numbers:
                fault = ("number", "twice")
            seen.note(said)
        else:
            seen.numbers.add(row.cells.get("number", "").replace(" ", ""))  # a bad row is there all the same
        if fault[1] or isinstance(said, tuple) or place is None:
            look.bad += 1
            if len(look.told) < TOLD:
                field_ = fault[0]
                look.told.append(
                    {
                        "sheet": row.sheet,
                        "row": row.row,
                        "field": field_,
                        "fault": fault[1],
                        "said": row.cells.get(field_, "")[:MOST_SAID],
                        "name": row.cells.get("name", "")[:MOST_SAID],
                    }
                )
            continue
        look.rows += 1
        yield said, place


def _facts(firm: Firm, place: Union) -> dict[str, Any]:
    return asdict(firm) | {"at_id": place.pk, **_place(place)}


def _back(was: Taxpayer, firm: Firm) -> bool:
    """Whether a firm that had dropped off is in a list of that day, or a later one, again."""
    return was.dropped_on is not None and firm.synced_on >= was.dropped_on


def _piece(firms: list[tuple[Firm, Union]], look: Look, *, write: bool) -> None:
    held = {one.number: one for one in Taxpayer.objects.filter(number__in=[firm.number for firm, _place in firms])}
    fresh, changed = list[Taxpayer](), list[Taxpayer]()
    for firm, place in firms:
        facts, was = _facts(firm, place), held.get(firm.number)
        if was is None:
            look.fresh += 1
            fresh.append(Taxpayer(**facts, first_on=firm.synced_on))
        elif was.synced_on > firm.synced_on:
            look.older += 1
        elif not _back(was, firm) and all(getattr(was, name) == value for name, value in facts.items()):
            look.same += 1
        else:
            look.changed += 1
            if was.uscc != firm.uscc:  # it may be another employer
                was.employer = was.likely = was.denied = None
            for name, value in facts.items():
                setattr(was, name, value)
            if _back(was, firm):
                was.dropped, was.dropped_on = "", None
            changed.append(was)
    if not write or not (fresh or changed):
        return
    Taxpayer.objects.bulk_create(fresh)
    Taxpayer.objects.bulk_update(changed, [*_facts(*firms[0]), "employer", "likely", "denied", "dropped", "dropped_on"])
    rows = Taxpayer.objects.filter(pk__in=[one.pk for one in (*fresh, *changed)])
    match(rows)
    settle(rows, told=True)


# ---------- one firm ----------


def _working(one: Taxpayer, by: User) -> Taxpayer:
    row = Taxpayer.objects.select_for_update(of=("self",)).select_related("at", "employer", "likely").get(pk=one.pk)
    if not allows(by, May.WORK_TAX, row):
        raise Refused(_("This is done by the organisation office of the place, or of one above."))
    return row


def followed(one: Taxpayer) -> Founding | None:
    """The founding that is under way for a firm."""
    if one.employer_id is None:
        return None
    return Founding.objects.filter(employer=one.employer_id).exclude(state__in=DONE).first()


@transaction.atomic
def follow(one: Taxpayer, *, by: User) -> Founding:
    """Take the firm as the clue of a founding, under the federation of its place."""
    row = _working(one, by)
    if row.likely_id:
        raise RuleBroken(_("Say first whether it is the employer of the same name: it may have a union already."))
    if not row.uscc and row.employer is None:
        raise RuleBroken(_("The list has no credit code of this firm. Follow it under “Foundings” with the code from its licence."))
    facts = founding.Clue(
        uscc=row.employer.uscc if row.employer else row.uscc, name=row.name, source="TAX", opened_on=row.opened_on,
        clue=_("By the tax side's list of %(day)s: %(n)d employees, no union.") % {"day": row.synced_on, "n": row.employees},
    )  # fmt: skip
    at = row.at if row.at.living else Union.objects.get(pk=carried_on(row.at_id))  # its township may have been merged since the list
    made = founding.follow(at, facts, by=by)
    Taxpayer.objects.filter(pk=row.pk).update(employer=made.employer_id)
    settle_employers([made.employer_id])
    return made


@transaction.atomic
def spare(one: Taxpayer, *, reason: str, why: str, by: User) -> Taxpayer:
    """The firm needs no union of its own: why, in a word and in a sentence."""
    row = _working(one, by)
    if not why.strip():
        raise RuleBroken(_("Say in a sentence why it needs none."))
    if followed(row) is not None:
        raise RuleBroken(_("A union is being founded there. Give that up first, with its reason."))
    if row.spared:
        raise Overtaken
    Taxpayer.objects.filter(pk=row.pk).update(spared=Spared(reason), spared_why=why.strip(), spared_on=today(), spared_by=by)
    note([("firm excused", Taxpayer._meta.label_lower, row.pk, f"{reason}: {why.strip()}"[:200])], by=by)
    settle(Taxpayer.objects.filter(pk=row.pk))
    row.refresh_from_db()
    return row


@transaction.atomic
def need(one: Taxpayer, *, by: User) -> Taxpayer:
    """It was excused, and is no longer."""
    row = _working(one, by)
    if not row.spared:
        raise Overtaken
    Taxpayer.objects.filter(pk=row.pk).update(spared="", spared_why="", spared_on=None, spared_by=None)
    note([("firm needs one", Taxpayer._meta.label_lower, row.pk, row.name)], by=by)
    settle(Taxpayer.objects.filter(pk=row.pk))
    row.refresh_from_db()
    return row


@transaction.atomic
def confirm(one: Taxpayer, *, same: bool, by: User) -> Taxpayer:
    """Somebody says whether the employer of the same name is this firm."""
    row = _working(one, by)
    if row.likely is None:
        raise Overtaken
    facts = {"employer": row.likely} if same else {"denied": row.likely}
    Taxpayer.objects.filter(pk=row.pk).update(likely=None, **facts)
    note([("firm known" if same else "firm is another", Taxpayer._meta.label_lower, row.pk, row.likely.name[:200])], by=by)
    settle(Taxpayer.objects.filter(pk=row.pk))
    row.refresh_from_db()
    return row
