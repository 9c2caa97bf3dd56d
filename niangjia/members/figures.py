"""What is counted of members, and figure F103 of the five-year review."""

from __future__ import annotations

from django.db.models import Q

from niangjia.kit.figure import (
    average,
    difference,
    figure,
    ratio,
)
from niangjia.kit.series import (
    series,
)
from niangjia.members.enums import (
    NEW_FORMS,
)
from niangjia.members.models import (
    Card,
    Membership,
    PersonalRequest,
)
from niangjia.unions.figures import (
    grassroots,
)

COUNTS = Q(standing="ACTIVE", primary=True) & ~Q(state__in=["APPLIED", "REFUSED"]) & ~Q(ending="UNDONE")
MEMBERS = series(
    "members.membership", Membership, where="union", since="joined_on", until="left_on", if_=COUNTS, memberships=1, subject="person",
    by=("sex", "work", "migrant"),
)  # fmt: skip
JOINED = series(
    "members.joined",
    Membership,
    where="union",
    when="joined_on",
    if_=COUNTS & ~Q(how__in=["TRANSFER", "POOL", "RESUMED"]),
    joins=1,
    by=("how", "sex"),
)
MOVED = series(
    "members.moved", Membership, where="union", when="joined_on", if_=COUNTS & Q(how__in=["TRANSFER", "POOL"]), moves=1, by=("how", "sex")
)
LEFT = series("members.left", Membership, where="union", when="left_on", if_=COUNTS & Q(state="ENDED"), ends=1, by=("ending",))

CARDS = series("members.cards", Card, where="union", when="issued_on", cards=1, subject="person", by=("replacement",))

people = figure(
    "members.people", MEMBERS.distinct, ref="F103", units=("人", "万人"), zh="工会会员", en="Members", base="members", public=True,
    note_zh="当日会籍有效的人，按身份证件去重，计在主会籍所在工会；保留会籍的不计。",
    note_en="Distinct persons whose membership is in force on the day, counted at their primary union; retained memberships are not counted.",
)  # fmt: skip
memberships = figure(
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
    note_zh="按批准日期；从其他工会转入的、保留会籍后恢复的不计。",
    note_en="By the day of approval; arrivals from other unions, and memberships resumed after they were retained, are not counted.",
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
figure(
    "members.cards.issued",
    CARDS.cards,
    only={"replacement": False},
    unit="张",
    zh="发放会员卡",
    en="Member cards issued",
    base="cards",
    note_zh="按发到本人手中的日期；补办的卡另计。",
    note_en="By the day on which they were handed to the members; replacements are counted apart.",
)
figure(
    "members.cards.replaced",
    CARDS.cards,
    only={"replacement": True},
    unit="张",
    zh="补办会员卡",
    en="Member cards replaced",
    base="cards",
    note_zh="遗失、损坏后补办，按发到本人手中的日期。",
    note_en="New cards in place of lost ones, by the day on which they were handed out.",
)
figure(
    "members.moved.in",
    MOVED.moves,
    unit="人次",
    zh="转入会籍",
    en="Moved in",
    note_zh="从其他工会转入、转入会籍库，按接收日期。",
    note_en="Taken over from other unions or into a pool, by the day of taking over.",
)
figure(
    "members.moved.out",
    LEFT.ends,
    only={"ending": ["TRANSFER"]},
    unit="人次",
    zh="转出会籍",
    en="Moved out",
    note_zh="已由其他工会或会籍库接收的，按接收日期。",
    note_en="Taken over by other unions or a pool, by the day of taking over.",
)
figure(
    "members.expelled", LEFT.ends, only={"ending": ["EXPELLED"]}, unit="人次", zh="开除会籍", en="Expelled",
    note_zh="经工会小组提出、委员会决定的，按决定日期。", note_en="Proposed by the group and decided by the committee, by the day of the decision.",
)  # fmt: skip
figure(
    "members.left.by_force",
    LEFT.ends,
    only={"ending": ["LAPSED", "EXPELLED"]},
    unit="人次",
    zh="自动退会和开除",
    en="Deemed to have left, or expelled",
    note_zh="经谈话并决定的自动退会，以及开除。",
    note_en="Deemed exits after a talk and by decision, and expulsions.",
)

REQUESTS = series("members.requests", PersonalRequest, where="union", when="made_on", requests=1, by=("kind", "state"))
figure(
    "members.requests", REQUESTS.requests, unit="件", zh="会员个人请求", en="Personal requests of members",
    note_zh="会员对本人资料提出的更正、异议、转会、退会、删除请求，按提出之日计。",
    note_en="What members asked about their own files: to correct, contest, move, leave or erase, by the day on which they asked.",
)  # fmt: skip
