"""What a register lacks, counted on any day, so that one can see whether it becomes better."""

from __future__ import annotations

from niangjia.kit.figure import figure, ratio, remainder
from niangjia.kit.series import series
from niangjia.members.figures import memberships
from niangjia.quality.enums import Group
from niangjia.quality.models import Gap
from niangjia.unions.figures import grassroots

GAPS = series("quality.gaps", Gap, where="union", since="since", until="until", gaps=1, by=("group", "check_code"))

gaps = figure(
    "quality.gaps", GAPS.gaps, unit="项", zh="名册缺错", en="Gaps in the register",
    note_zh="会员和工会资料中缺的、过期的、可能重复的、不可能的，一处一项；每晚查一次，改好即销。",
    note_en="What is missing, out of date, perhaps doubled or impossible in the entries of members and unions, one for each; looked for each night, closed when put right.",
)  # fmt: skip
for group, zh, en in (
    (Group.MISSING, "缺", "missing"), (Group.STALE, "过期", "out of date"), (Group.TWICE, "可能重复", "perhaps twice"), (Group.IMPOSSIBLE, "不可能", "impossible"),
):  # fmt: skip
    figure(
        f"quality.gaps.{group.lower()}", GAPS.gaps, only={"group": group}, unit="项", zh=f"名册缺错：{zh}", en=f"Gaps in the register: {en}"
    )
phones = figure("quality.phones", GAPS.gaps, only={"check_code": "phone"}, unit="人", zh="没有手机的会员", en="Members without a mobile")
figure("quality.phones.rate", ratio(phones, memberships), unit="%", zh="没有手机的会员占比", en="Members without a mobile, of all")
figure(
    "quality.rate", ratio(gaps, memberships), unit="%", zh="名册缺错率", en="Gaps for a hundred members",
    note_zh="缺错项数除以在册会员数；一人可有多项。", note_en="Gaps over members on the register; one member may have several.",
)  # fmt: skip
ENTRIES = ("phone", "born")  # what is looked for with every member
lacking = figure(
    "quality.lacking", GAPS.gaps, only={"check_code": ENTRIES}, unit="项", zh="会员资料缺项", en="Entries of members that are missing",
    note_zh="会员缺手机、缺出生日期的，缺一项计一项。", note_en="A missing mobile or day of birth of a member; each counts.",
)  # fmt: skip
figure(
    "quality.complete", remainder(lacking, memberships, of_each=len(ENTRIES)), unit="%", zh="资料完整率", en="Entries of members filled in",
    note_zh="在册会员应填的手机和出生日期中，已填的项数除以应填的项数；点开是缺的。",
    note_en="Of the mobiles and days of birth that members on the register should have, those that are there; behind it stand those that are missing.",
)  # fmt: skip
stale = figure(
    "quality.unrefreshed", GAPS.gaps, only={"check_code": ("ageing", "unseen")}, unit="家", zh="半年内没有更新名册的基层工会", en="Unions whose roster is no longer fresh",
    note_zh="期限（参数，现为183天）内没有导入、也没有确认过名册的基层工会；期限内成立的不计。",
    note_en="Grassroots unions that neither imported nor confirmed a roster within the time that is set (now 183 days); those founded within it are not counted.",
)  # fmt: skip
figure(
    "quality.fresh", remainder(stale, grassroots), unit="%", zh="半年内更新率", en="Rosters looked through within half a year",
    note_zh="基层工会中，期限（参数，现为183天）内导入或确认过名册、或刚成立的占比；点开是没有更新的。",
    note_en="Of the grassroots unions, those that imported or confirmed a roster within the time that is set (now 183 days), or were founded in it; behind it stand the others.",
)  # fmt: skip
figure(
    "quality.terms", GAPS.gaps, only={"check_code": "term"}, unit="家", zh="换届逾期的基层工会", en="Unions whose term is over",
    note_zh="届期已满、还没有换届的基层工会；每晚查一次。", note_en="Grassroots unions whose term has ended without an election; looked for each night.",
)  # fmt: skip
figure(
    "quality.vacant", GAPS.gaps, only={"check_code": "vacant"}, unit="个", zh="空缺的主席", en="Vacant posts of chairs",
    note_zh="基层工会和乡镇级总工会没有在任主席的，代行职责的不算在任；每晚查一次。",
    note_en="Grassroots unions and township federations without a chair in office; who stands in fills no post. Looked for each night.",
)  # fmt: skip
figure(
    "quality.likely", GAPS.gaps, only={"check_code": "namesakes"}, unit="人", zh="疑似重复的会员", en="Members who may stand there twice",
    note_zh="同一工会里姓名和出生日期都相同的会员，一人计一人。", note_en="Members of one union with the same name and the same day of birth, each counted.",
)  # fmt: skip
