"""What is counted of members, and figure F103 of the five-year review."""

from __future__ import annotations

from django.db.models import Q

from niangjia.kit.figure import average, difference, figure, ratio
from niangjia.kit.series import series
from niangjia.members.enums import NEW_FORMS
from niangjia.members.models import Membership
from niangjia.unions.figures import grassroots

COUNTS = Q(standing="ACTIVE", primary=True) & ~Q(state__in=["APPLIED", "REFUSED"]) & ~Q(ending="UNDONE")
MEMBERS = series(
    "members.membership", Membership, where="union", since="joined_on", until="left_on", if_=COUNTS, memberships=1, subject="person",
    by=("sex", "work", "migrant"),
)  # fmt: skip
JOINED = series("members.joined", Membership, where="union", when="joined_on", if_=COUNTS & ~Q(how="TRANSFER"), joins=1, by=("how", "sex"))
LEFT = series("members.left", Membership, where="union", when="left_on", if_=COUNTS & Q(state="ENDED"), ends=1, by=("ending",))

people = figure(
    "members.people", MEMBERS.distinct, ref="F103", units=("人", "万人"), zh="工会会员", en="Members", base="members", public=True,
    note_zh="当日会籍有效的人，按身份证件去重，计在主会籍所在工会；保留会籍的不计。",
    note_en="Distinct persons whose membership is in force on the day, counted at their primary union; retained memberships are not counted.",
)  # fmt: skip
figure(
    "members.memberships", MEMBERS.memberships, unit="人", zh="在册会员", en="Members on the register", base="members",
    note_zh="当日有效的主会籍，一份一人；按册数计，不按证件去重，用于名册上方的合计。保留会籍、第二会籍不计。",
    note_en="Primary memberships in force on the day, one a person; counted by the register and not told apart by papers, for the line over the register. Retained and second memberships are not counted.",
)  # fmt: skip
women = figure(
    "members.women",
    MEMBERS.distinct,
    only={"sex": "2"},
    unit="人",
    zh="女会员",
    en="Women members",
    note_zh="按身份证件去重。",
    note_en="Distinct persons.",
)
migrants = figure(
    "members.migrants",
    MEMBERS.distinct,
    only={"migrant": True},
    unit="人",
    zh="农民工会员",
    en="Migrant members",
    note_zh="按身份证件去重。",
    note_en="Distinct persons.",
)
figure(
    "members.newforms",
    MEMBERS.distinct,
    only={"work": NEW_FORMS},
    unit="人",
    zh="新就业形态会员",
    en="Members in new forms of employment",
    note_zh="货车司机、网约车司机、快递员、外卖配送员等。",
    note_en="Lorry and ride-hailing drivers, couriers, food deliverers and others.",
)
figure("members.women.rate", ratio(women, people), unit="%", zh="女会员占比", en="Women among members")
figure("members.migrants.rate", ratio(migrants, people), unit="%", zh="农民工会员占比", en="Migrants among members")
figure("members.each", average(people, per=grassroots), unit="人", zh="平均每家基层工会会员", en="Members a grassroots union")
figure(
    "members.joined",
    JOINED.joins,
    unit="人次",
    zh="新入会",
    en="Joined",
    note_zh="按批准日期；从其他工会转入的不计。",
    note_en="By the day of approval; arrivals from other unions are not counted.",
)
figure(
    "members.left",
    LEFT.ends,
    without={"ending": ["TRANSFER", "RETAINED", "RESUMED"]},
    unit="人次",
    zh="退会",
    en="Left",
    note_zh="退会、自动退会、开除、死亡；转出和保留的不计。",
    note_en="Left, lapsed, expelled, died; moves and retentions are not counted.",
)
figure("members.rise", difference(people), unit="人", zh="会员净增", en="Net rise of members")
