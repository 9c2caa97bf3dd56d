"""The register of members, taken away as the roster that an import takes back: the same heads, the same words in the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kit import crypt, mask
from niangjia.kit.exportable import Exportable, Field, Line, Query, exportable
from niangjia.kit.who import condition
from niangjia.members import exportable_affairs  # noqa: F401 - what it declares is found with this module
from niangjia.members.enums import ID, PHONE, May, Paper, Sex, Standing, Work
from niangjia.members.forms import Filter, asked
from niangjia.members.importing.fields import BY_CODE
from niangjia.members.models import Membership
from niangjia.members.official import official
from niangjia.members.queries import listed, standing_under
from niangjia.members.shown import views
from niangjia.unions.models import Union

AT_ONCE = 2000  # rows whose sealed values are opened together
# The words of a roster are Chinese, whatever language the page speaks: they are what the import reads.
SEXES = {Sex.MALE: "男", Sex.FEMALE: "女"}
YES_NO = {True: "是", False: "否"}
PAPERS = {
    Paper.ID: "身份证",
    Paper.HM: "港澳居民居住证",
    Paper.TW: "台湾居民居住证",
    Paper.PASSPORT: "护照",
    Paper.PERMANENT: "外国人永久居留证",
    Paper.OFFICER: "军官证",
}
WORKS = {
    Work.CONTRACT: "合同制", Work.DISPATCH: "劳务派遣", Work.FLEXIBLE: "灵活就业", Work.TRUCK: "货车司机", Work.RIDE: "网约车司机", Work.COURIER: "快递员",
    Work.DELIVERY: "外卖配送员", Work.OTHER_NEW: "其他新就业形态",
}  # fmt: skip
STANDINGS = {Standing.ACTIVE: "会员", Standing.RETAINED: "保留会籍"}


def _field(code: str, width: float, **facts: Any) -> Field:
    """A column of the roster, under the head by which it is known."""
    return Field(code, BY_CODE[code].label, BY_CODE[code].heads[0], width, **facts)


FIELDS = (
    _field("name", 12, always=True),
    _field("id", 21, sealed=True),
    _field("phone", 14, sealed=True),
    _field("sex", 6),
    _field("paper", 12, chosen=False),
    _field("born", 12, chosen=False),
    # By its code a union is found, whatever others are called; its name beside it is for people.
    Field("union", gettext_lazy("Code of the union"), "工会编码", 15),
    Field("union_name", gettext_lazy("Union"), "工会全称", 36),
    _field("employer", 32),
    _field("joined", 12),
    _field("work", 12),
    _field("migrant", 10),
    _field("job", 14),
    _field("department", 14),
    Field("standing", gettext_lazy("Standing"), "会籍状态", 10, chosen=False),
)
# Of each column: where its value stands, and how it is said.
COLUMNS: dict[str, tuple[str, Callable[[Any], Any] | None]] = {
    "name": ("name", None), "id": ("person__id_sealed", None), "phone": ("person__phone_sealed", None), "sex": ("sex", SEXES.get),
    "paper": ("person__paper", PAPERS.get), "born": ("person__born_on", None), "union": ("union__code", None), "union_name": ("union__name", None),
    "employer": ("employer__name", None), "joined": ("joined_on", None), "work": ("work", WORKS.get), "migrant": ("migrant", YES_NO.get), "job": ("job", None),
    "department": ("department", None), "standing": ("standing", STANDINGS.get),
}  # fmt: skip
SEALED = {"id": (ID, mask.identity), "phone": (PHONE, mask.phone)}


def rows(user: Any, union: Union, query: Query) -> QuerySet[Membership]:
    """What her list shows, of that what she may take away, of that what stands at a union and below it."""
    return listed(user, asked(query)).filter(condition(user, May.EXPORT)).filter(standing_under(union))


def words(query: Query) -> list[tuple[Any, Any]]:
    """The filters as the list shows them."""
    form = Filter(query)
    form.is_valid()
    said: list[tuple[Any, Any]] = []
    if view := dict(views()).get(query.get("view", "")):
        said += [(_("View"), view)] if query.get("view") else []
    for name in ("standing", "sex", "work"):
        if value := form.cleaned_data.get(name):
            said.append((form.fields[name].label, dict(form.fields[name].choices)[value]))  # type: ignore[attr-defined]
    if code := form.cleaned_data.get("under"):
        said.append((form.fields["under"].label, Union.objects.filter(code=code).first() or code))
    if text := form.cleaned_data.get("q"):
        said.append((_("Searched for"), text))
    return said


OFFICIAL = (  # the twenty columns of the provincial systems, in their order
    Field("no", gettext_lazy("Serial number"), "序号", 6, always=True),
    Field("name", BY_CODE["name"].label, "姓名", 12, always=True),
    Field("sex", BY_CODE["sex"].label, "性别", 8, always=True),
    Field("born", BY_CODE["born"].label, "出生日期", 12, always=True),
    Field("ethnicity", gettext_lazy("Ethnicity"), "民族", 8, always=True),
    Field("status", BY_CODE["status"].label, "就业状况", 10, always=True),
    Field("paper", BY_CODE["paper"].label, "有效证件类别", 14, always=True),
    Field("id", BY_CODE["id"].label, "证件号码", 21, always=True, sealed=True),
    Field("schooling", gettext_lazy("Schooling"), "学历", 10, always=True),
    Field("skill", gettext_lazy("Skill level"), "技能等级", 12, always=True),
    Field("phone", BY_CODE["phone"].label, "移动电话", 14, always=True, sealed=True),
    Field("home", gettext_lazy("Kind of household registration"), "户籍类型", 14, always=True),
    Field("home_place", gettext_lazy("Place of household registration"), "户籍所在地", 14, always=True),
    Field("change", BY_CODE["change"].label, "会籍变化类型", 12, always=True),
    Field("joined", gettext_lazy("Day of the change"), "会籍变化日期", 12, always=True),
    Field("reason", gettext_lazy("Reason of the change"), "会籍变化原因", 12, always=True),
    Field("party", gettext_lazy("Political status"), "政治面貌", 10, always=True),
    Field("employer", BY_CODE["employer"].label, "工作单位", 32, always=True),
    Field("native", gettext_lazy("Native place"), "籍贯", 10, always=True),
    Field("migrant", BY_CODE["migrant"].label, "是否农民工", 10, always=True),
)
EMPTY = ("pk", lambda _pk: "")  # what this house does not keep
OFFICIAL_COLUMNS: dict[str, tuple[str, Callable[[Any], Any] | None]] = {one.code: EMPTY for one in OFFICIAL} | {
    "sex": ("sex", {Sex.MALE: "男性", Sex.FEMALE: "女性"}.get), "born": ("person__born_on", lambda day: f"{day:%Y%m%d}" if day else ""),
    "joined": ("joined_on", lambda day: f"{day:%Y%m%d}"), "status": ("change", lambda facts: official(**facts).status), "change": ("change", lambda facts: official(**facts).change),
    "reason": ("change", lambda facts: official(**facts).why), **{code: COLUMNS[code] for code in ("name", "paper", "id", "phone", "employer", "migrant")},
}  # fmt: skip


def official_rows(user: Any, union: Union, query: Query) -> QuerySet[Membership]:
    """The same people, each with what the national list of changes calls her membership."""
    return rows(user, union, query).annotate(change=JSONObject(standing="standing", how="how", ending="ending", reason="reason"))


def official_lines(found: QuerySet[Membership], columns: Sequence[str], full: frozenset[str]) -> Iterator[Line]:
    """Numbered rows under the twenty heads."""
    for number, (union, pk, cells) in enumerate(_lines(found, columns, full, OFFICIAL_COLUMNS), 1):
        yield union, pk, [str(number), *cells[1:]]


def lines(found: QuerySet[Membership], columns: Sequence[str], full: frozenset[str]) -> Iterator[Line]:
    """The rows in the order of the list."""
    return _lines(found, columns, full, COLUMNS)


def _lines(
    found: QuerySet[Membership], columns: Sequence[str], full: frozenset[str], table: dict[str, tuple[str, Callable[[Any], Any] | None]]
) -> Iterator[Line]:
    """Sealed values are opened some thousand at once, and covered unless asked for in full."""
    read = [table[code][0] for code in columns]
    say = [(i, turn) for i, code in enumerate(columns) if (turn := table[code][1]) is not None]
    sealed = [(i, *SEALED[code], code in full) for i, code in enumerate(columns) if code in SEALED]
    source = found.order_by("name_py", "id").values_list("union_id", "pk", *read).iterator(chunk_size=AT_ONCE)
    while block := [(union, pk, list(cells)) for union, pk, *cells in islice(source, AT_ONCE)]:
        for i, purpose, cover, whole in sealed:
            for (_union, _pk, cells), value in zip(block, crypt.unseal_many([one[2][i] for one in block], purpose), strict=True):
                cells[i] = value if whole or not value else cover(value)
        for i, turn in say:
            for _union, _pk, cells in block:
                cells[i] = turn(cells[i])
        yield from block


REGISTER = exportable(
    Exportable(
        "members.register", gettext_lazy("Register of members"), thing="members.membership", duty="organisation", fields=FIELDS,
        filters=("q", "standing", "sex", "work", "under", "view"), rows=rows, words=words, lines=lines, back="members:list",
    )
)  # fmt: skip
exportable(
    Exportable(
        "members.official", gettext_lazy("Official roster of members"), thing="members.membership", duty="organisation", fields=OFFICIAL,
        filters=REGISTER.filters, rows=official_rows, words=words, lines=official_lines, back="members:list",
        note="民族、学历、技能等级、户籍、政治面貌、籍贯本系统不留存，请按需补填。",
        foot="填表说明：1.姓名、证件号码、移动电话为必填项；2.日期按yyyyMMdd填写；3.会籍变化类型：入会、转入、保留、转出、除名、退会；4.除标题和本说明外，不得合并单元格。",
    )
)  # fmt: skip
