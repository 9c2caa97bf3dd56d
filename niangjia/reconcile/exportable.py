"""What goes up: the members in whose differences ours holds, in the layout of the province's own import; by two persons, because they are people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kit import crypt, mask
from niangjia.kit.exportable import Exportable, Field, Line, Query, exportable
from niangjia.kit.who import permitted
from niangjia.members.api import ID, PHONE, Sex, official
from niangjia.members.models import Membership
from niangjia.reconcile.enums import May
from niangjia.reconcile.models import Comparison, Difference
from niangjia.reconcile.queries import Ask, differences, is_uuid
from niangjia.reconcile.shown_sides import choices
from niangjia.unions.models import Union

AT_ONCE = 2000


def _field(code: str, head: Any, width: float, **facts: Any) -> Field:
    return Field(code, head, head, width, **facts)


# The twenty columns in their order; what the register does not keep stays empty, as their importer allows.
FIELDS = (
    _field("n", "序号", 8, always=True), _field("name", "姓名", 12, always=True), _field("sex", "性别", 8), _field("born", "出生日期", 12), _field("nation", "民族", 8),
    _field("status", "就业状况", 10), _field("paper", "有效证件类别", 14), _field("id", "证件号码", 21, sealed=True), _field("school", "学历", 10), _field("skill", "技能等级", 10),
    _field("phone", "移动电话", 14, sealed=True), _field("household", "户籍类型", 12), _field("home", "户籍所在地", 14), _field("change", "会籍变化类型", 14),
    _field("changed", "会籍变化日期", 14), _field("why", "会籍变化原因", 16), _field("party", "政治面貌", 10), _field("employer", "工作单位", 32), _field("native", "籍贯", 10),
    _field("migrant", "是否农民工", 12),
)  # fmt: skip
SEALED = {"id": (ID, mask.identity), "phone": (PHONE, mask.phone)}


def _comparison(user: Any, query: Query) -> Comparison | None:
    named = query.get("comparison", "")
    return permitted(user, May.SEE).filter(uuid=named).first() if is_uuid(named) else None


def rows(user: Any, union: Union, query: Query) -> QuerySet[Membership]:
    """The members of a list in whose differences ours holds, of a register at this union or below it."""
    one = _comparison(user, query)
    if one is None or (union.level > 1 and union.pk not in (one.union_id, one.county_id, one.township_id)):
        return Membership.objects.none()
    held = Difference.objects.filter(comparison=one, state="OURS", membership__isnull=False)
    return Membership.objects.filter(pk__in=held.values("membership_id")).select_related("person", "employer", "union__employer")


def words(query: Query) -> list[tuple[Any, Any]]:
    """Of which list."""
    named = query.get("comparison", "")
    return [(_("Comparison"), Comparison.objects.filter(uuid=named).first() or "")] if is_uuid(named) else []


def lines(found: QuerySet[Membership], columns: Sequence[str], full: frozenset[str]) -> Iterator[Line]:
    """The rows; numbers are opened some thousand at once, and covered unless asked for in full."""
    source = found.order_by("pk").iterator(chunk_size=AT_ONCE)
    n = 0
    while block := list(islice(source, AT_ONCE)):
        numbers = {
            code: crypt.unseal_many([one.person.id_sealed if code == "id" else one.person.phone_sealed for one in block], SEALED[code][0])
            for code in SEALED if code in columns
        }  # fmt: skip
        for i, one in enumerate(block):
            n += 1
            said = _said(one, n)
            for code, values in numbers.items():
                said[code] = values[i] if code in full or not values[i] else SEALED[code][1](values[i])
            yield one.union_id, one.pk, [said.get(code, "") for code in columns]


def _said(one: Membership, n: int) -> dict[str, Any]:
    last = official(one.standing, one.how, one.ending, one.reason)
    employer = one.employer or one.union.employer  # who entered none works where her union's only unit is
    return {
        "n": n, "name": one.name, "sex": "男性" if one.sex == Sex.MALE else "女性", "born": f"{one.person.born_on:%Y%m%d}" if one.person.born_on else "",
        "status": last.status, "paper": "身份证" if one.person.paper == "ID" else one.person.get_paper_display(),
        "change": last.change, "why": last.why,
        "changed": f"{one.left_on or one.joined_on:%Y%m%d}" if one.left_on or one.joined_on else "", "employer": employer.name if employer else "",
        "migrant": "是" if one.migrant else "否",
    }  # fmt: skip


UPWARD = exportable(
    Exportable(
        "reconcile.upward", gettext_lazy("Members to be sent up"), thing="members.membership", duty="organisation", fields=FIELDS, filters=("comparison",), rows=rows,
        words=words, lines=lines, back="reconcile:list",
    )
)  # fmt: skip


# ---------- what differs ----------

DIFFERS = (
    _field("who", gettext_lazy("Whose"), 16, always=True), _field("place", gettext_lazy("Number and place"), 36, always=True), _field("kind", gettext_lazy("Kind of difference"), 16),
    _field("ours", gettext_lazy("Ours"), 24), _field("theirs", gettext_lazy("Theirs"), 24), _field("why", gettext_lazy("Cause"), 30), _field("state", gettext_lazy("State"), 16),
    _field("said", gettext_lazy("Explained by"), 30),
)  # fmt: skip
NARROWED = ("comparison", "kind", "field", "cause", "state", "under", "row")


def differing(user: Any, union: Union, query: Query) -> QuerySet[Difference]:
    """The differences of a list as its page narrows them, of a register at this union or below it."""
    one = _comparison(user, query)
    if one is None or (union.level > 1 and union.pk not in (one.union_id, one.county_id, one.township_id)):
        return Difference.objects.none()
    ask = Ask(**{name: query.get(name, "")[:20] for name in NARROWED[1:]})
    return differences(one, ask).filter(pk__in=permitted(user, May.SEE_DIFFERENCE).order_by().values("pk"))


def sides(found: QuerySet[Difference], columns: Sequence[str], full: frozenset[str]) -> Iterator[Line]:  # noqa: ARG001 - numbers leave covered, always
    """Both sides as the page shows them: numbers covered but for what tells them apart."""
    source = found.order_by("pk").iterator(chunk_size=AT_ONCE)
    while block := list(islice(source, AT_ONCE)):
        for choice in choices(block):
            one = choice.one
            said = {
                "who": choice.who, "place": choice.place, "kind": one.get_kind_display(), "ours": choice.ours, "theirs": choice.theirs, "why": choice.why,
                "state": one.get_state_display(), "said": choice.said,
            }  # fmt: skip
            yield one.union_id, one.pk, [str(said[code]) for code in columns]


DIFFERENCES = exportable(
    Exportable(
        "reconcile.differences", gettext_lazy("Differences with another list"), thing="reconcile.difference", duty="organisation", fields=DIFFERS, filters=NARROWED,
        rows=differing, words=words, lines=sides, back="reconcile:list",
    )
)  # fmt: skip
