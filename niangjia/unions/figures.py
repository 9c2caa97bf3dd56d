"""What is counted of unions, and the figures F102 to F108 of the five-year review."""

from __future__ import annotations

from django.db.models import Q

from niangjia.kit.figure import coverage, difference, figure, ratio, total
from niangjia.kit.series import hierarchy, series
from niangjia.unions.enums import GRASSROOTS
from niangjia.unions.models import Body, Cover, Division, Election, Founding, Office, Parentage, Settlement, Spell, Staffing, Union

hierarchy(Parentage, child="child", parent="parent", since="since", if_=Q(kind="ORG"))

STANDS = ~Q(union__state="PREPARING")  # nothing of a union counts while the union itself does not
ENDS = ("closed_on", "dormant_on")  # what is dormant is no union at work (domain reference, §1.8): it ends to count on that day
WITH_IT = ("until", "union__dormant_on")  # and so does what it has

UNIONS = series(
    "unions.unions", Union, where="pk", since="founded_on", until=ENDS, if_=~Q(state="PREPARING"), unions=1, by=("kind", "employer__category"),
)  # fmt: skip
FOUNDED = series("unions.founded", Union, where="pk", when="founded_on", if_=~Q(state="PREPARING"), unions=1, by=("kind",))
ABOLISHED = series("unions.abolished", Union, where="pk", when="closed_on", if_=Q(state="ABOLISHED"), unions=1, by=("kind",))
BODIES = series(
    "unions.bodies",
    Body,
    where="union",
    since="since",
    until=WITH_IT,
    if_=STANDS,
    bodies=1,
    by=("kind", "union__kind", "form"),
    page="union",
)
COVERED = series(
    "unions.covered",
    Cover,
    where="union",
    since="since",
    until="until",
    if_=STANDS,
    covers=1,
    subject="employer",
    by=("union__kind",),
    page="union",
)
STAFFED = series(
    "unions.staffed", Staffing, where="union", since="since", until="until", if_=Q(chair=True, staff=True), unions=1, page="union"
)  # fmt: skip
CHAIRS = series(  # who stands in for somebody holds no office of her own
    "unions.chairs", Office, where="union", since="since", until=WITH_IT, if_=Q(duty="chair", delegated_by=None), chairs=1, by=("union__kind", "served"),
    page="union",
)  # fmt: skip
DIVISIONS = series("unions.divisions", Division, where="union", since="since", until="until", if_=Q(level=3), divisions=1, by=("zone",))
GRANTED = series(
    "unions.foundings",
    Founding,
    where="at",
    when="granted_on",
    if_=Q(granted_on__isnull=False),
    foundings=1,
    by=("source", "state", "kind"),
)
ELECTIONS = series(
    "unions.elections",
    Election,
    where="union",
    when="held_on",
    if_=Q(state="APPROVED", held_on__isnull=False),
    elections=1,
    by=("first", "assembly", "union__kind"),
)
LEGAL = series(
    "unions.legal", Union, where="pk", since="legal_since", until=("legal_end", "dormant_on"),
    if_=~Q(state="PREPARING") & ~Q(uscc="") & Q(legal_since__isnull=False, legal_until__isnull=False), unions=1, by=("kind",),
)  # fmt: skip
OVERDUE = series(
    "unions.overdue", Union, where="pk", since="overdue_since", until=ENDS, if_=~Q(state="PREPARING") & Q(overdue_since__isnull=False), unions=1,
    by=("kind",),
)  # fmt: skip
SETTLING = series("unions.settling", Settlement, where="union", since="since", until="until", unions=1, page="union")
SHOULD = series("unions.should", Spell, where="taxpayer__at", since="since", until="until", firms=1, by=("united",), page="taxpayer")

grassroots = figure(
    "unions.grassroots", UNIONS.unions, only={"kind": GRASSROOTS}, ref="F102", unit="家", zh="基层工会", en="Grassroots unions", public=True,
    base="unions",
    note_zh="已批准成立、未撤销、未停滞的基层工会（类型20—27）；停滞的从停滞之日起不计。联合工会计1家，涵盖单位另计。",
    note_en="Grassroots unions (types 20 to 27) approved, not abolished, not dormant: what lies dormant is not counted from that day. A joint union counts once; its units are counted apart.",
)  # fmt: skip
units = figure(
    "unions.units", COVERED.distinct, unit="家", zh="工会涵盖单位", en="Units covered", base="unions",
    note_zh="按统一社会信用代码去重；一家单位被几个工会涵盖，只计一次。", note_en="Distinct by credit code: a unit covered by several unions counts once.",
)  # fmt: skip
figure(
    "unions.founded",
    FOUNDED.unions,
    only={"kind": GRASSROOTS},
    unit="家",
    zh="新建基层工会",
    en="Grassroots unions founded",
    note_zh="按批复日期。",
    note_en="By the date of approval.",
)
figure(
    "unions.abolished",
    ABOLISHED.unions,
    only={"kind": GRASSROOTS},
    unit="家",
    zh="撤销基层工会",
    en="Grassroots unions abolished",
    note_zh="按撤销日期。",
    note_en="By the date of abolition.",
)
figure("unions.rise", difference(grassroots), unit="家", zh="基层工会净增", en="Net rise of grassroots unions")
women = figure(
    "unions.women.bodies", BODIES.bodies, only={"kind": "WOMEN", "union__kind": GRASSROOTS}, unit="个", zh="女职工组织", en="Women workers' bodies",
    note_zh="女职工委员会、女职工委员，或经批准免设的登记；停滞工会的不计。", note_en="Committees, commissioners, or recorded exemptions; those of dormant unions are not counted.",
)  # fmt: skip
audit = figure(
    "unions.audit.bodies", BODIES.bodies, only={"kind": "AUDIT", "union__kind": GRASSROOTS}, unit="个", zh="经审组织", en="Audit bodies",
    note_zh="经费审查委员会或经费审查委员；停滞工会的不计。", note_en="Audit committees or commissioners; those of dormant unions are not counted.",
)  # fmt: skip
figure(
    "unions.women.rate",
    ratio(women, grassroots),
    ref="F104",
    unit="%",
    zh="女职工组织同步组建率",
    en="Unions with a women workers' body",
    note_zh="女职工组织数除以基层工会数。",
    note_en="Women workers' bodies over grassroots unions.",
)
figure(
    "unions.audit.rate",
    ratio(audit, grassroots),
    ref="F105",
    unit="%",
    zh="经审组织同步组建率",
    en="Unions with an audit body",
    note_zh="经审组织数除以基层工会数。",
    note_en="Audit bodies over grassroots unions.",
)
figure(
    "unions.villages",
    UNIONS.unions,
    only={"kind": "24"},
    ref="F106",
    unit="家",
    zh="村（社区）联合工会",
    en="Village and community unions",
    note_zh="类型24。",
    note_en="Type 24.",
)
townships = figure(
    "unions.townships", UNIONS.unions, only={"kind": "12"}, ref="F107", unit="个", zh="乡镇、街道、开发区总工会", en="Township federations",
    note_zh="类型12，含开发区（园区）总工会。", note_en="Type 12, development zones included.",
)  # fmt: skip
divisions = figure(
    "unions.divisions",
    DIVISIONS.divisions,
    unit="个",
    zh="乡镇、街道、开发区",
    en="Townships, streets and zones",
    note_zh="区划表当日有效的乡级区划和功能区。",
    note_en="As valid in the division table on the day.",
)
figure("unions.townships.rate", ratio(townships, divisions), unit="%", zh="乡镇级总工会组建率", en="Townships with a federation")
staffed = figure(
    "unions.staffed", STAFFED.unions, ref="F108", unit="个", zh="按要求配备专职主席（副主席）和工会干部的乡镇级总工会", en="Township federations staffed as required",
    note_zh="当日有效的配备核查记录，且主席（副主席）与干部均已配备。", note_en="With a valid check that both chair (or vice-chair) and staff are in place.",
)  # fmt: skip
figure("unions.staffed.rate", ratio(staffed, townships), unit="%", zh="乡镇级总工会配备率", en="Township federations staffed, of all")
figure("unions.counties.covered", coverage(grassroots), unit="个", zh="有基层工会的下级工会", en="Unions below with grassroots unions")
figure(
    "unions.industry",
    UNIONS.unions,
    only={"kind": "13"},
    unit="家",
    zh="产业（系统）工会",
    en="Industrial and system unions",
    ref="F123",
    note_zh="类型13；省（部）属企业的工会按其类型计在基层工会内，隶属关系没有登记，不另计。",
    note_en="Type 13. Unions of enterprises under the province or a ministry are counted among the grassroots by their type: whom a unit belongs to is not recorded.",
)
figure("unions.joint", total(
    figure("unions.joint.units", UNIONS.unions, only={"kind": "21"}, unit="家", zh="联合基层工会", en="Joint unions of units"),
    figure("unions.joint.areas", UNIONS.unions, only={"kind": ("22", "23", "26")}, unit="家", zh="区域性、行业性和新就业形态工会", en="Area, trade and new-form unions"),
), unit="家", zh="联合类基层工会", en="Joint grassroots unions of all kinds")  # fmt: skip
should = figure(
    "unions.should", SHOULD.firms, unit="家", zh="应建会单位", en="Firms that should have a union", base="unions",
    note_zh="税务名单中状态正常、税务登记职工人数达到起点（参数，现为25人）的纳税人，不含登记为不需建会的；从名单数据日期起算。",
    note_en="Taxpayers in business with at least so many employees by their tax declaration (a parameter, 25), less those recorded as needing none; counted from the day of the list.",
)  # fmt: skip
united = figure(
    "unions.should.united", SHOULD.firms, only={"united": True}, unit="家", zh="应建会单位中已建会", en="Of these, with a union",
    note_zh="当日有正常、换届逾期、停滞或合并中的工会涵盖（单独、联合、区域或行业均可），每家只计一次。", note_en="Covered on the day by a union that is founded and not abolished, its own or one of several units; each firm counts once.",
)  # fmt: skip
figure(
    "unions.rate", ratio(united, should), unit="%", zh="组建率", en="Unionisation rate",
    note_zh="应建会单位中已建会的家数除以应建会单位数，只按税务名单计算；名单之外的单位不计。",
    note_en="Firms with a union over firms that should have one, by the tax side's list alone; units that are not on it count on neither side.",
)  # fmt: skip
chairs = figure(
    "unions.grassroots.chairs", CHAIRS.chairs, only={"union__kind": GRASSROOTS}, unit="人", zh="基层工会主席", en="Chairs of grassroots unions",
    note_zh="当日在任的主席，一职一人；代行职责的不计。", note_en="Chairs in office on the day, one for each office; who stands in for another is not counted.",
)  # fmt: skip
figure(
    "unions.foundings.granted", GRANTED.foundings, unit="件", zh="同意筹建", en="Preparatory groups agreed to",
    note_zh="按同意筹建的日期；后来中止的也计。", note_en="By the day on which the group was agreed to; those given up later count too.",
)  # fmt: skip
figure(
    "unions.elections.held", ELECTIONS.elections, unit="次", zh="完成选举", en="Elections held and approved",
    note_zh="按大会召开日期，结果已经批复的；首届、换届和补选都计。", note_en="By the day of the assembly, the result approved; first committees, later ones and by-elections.",
)  # fmt: skip
figure(
    "unions.settling", SETTLING.unions, unit="家", zh="撤销后待清算", en="Unions abolished and not yet settled",
    note_zh="已撤销、资产账户法人资格尚未办结的工会。", note_en="Abolished, with assets, account or legal person still to be settled.",
)  # fmt: skip
legal = figure(
    "unions.legal", LEGAL.unions, only={"kind": GRASSROOTS}, unit="家", zh="持有效法人证书的基层工会", en="Grassroots unions with a valid certificate",
    note_zh="有统一社会信用代码、当日在证书有效期内、未撤销；按现在登记的证书计算，两张证书之间的空档不回溯。",
    note_en="With a credit code, within the validity of the certificate on the day, not abolished; by the certificate that is recorded now: a gap between two is not remembered.",
)  # fmt: skip
figure(
    "unions.legal.rate", ratio(legal, grassroots), unit="%", zh="法人资格登记率", en="Grassroots unions that are legal persons, share",
    note_zh="持有效法人证书的基层工会除以基层工会。", note_en="Grassroots unions with a valid certificate over grassroots unions.",
)  # fmt: skip
overdue = figure(
    "unions.overdue", OVERDUE.unions, only={"kind": GRASSROOTS}, unit="家", zh="届满未换届的基层工会", en="Grassroots unions whose term has run out",
    note_zh="任期已满、尚未换届、未撤销；按现在登记的任期计算，换届以后不再回溯以前的逾期。",
    note_en="The term is over, no election was recorded, not abolished; by the term that is recorded now: once elected, an earlier delay is not remembered.",
)  # fmt: skip
figure(
    "unions.overdue.rate", ratio(overdue, grassroots), unit="%", zh="换届逾期率", en="Grassroots unions whose term has run out, share",
    note_zh="届满未换届的基层工会除以基层工会。", note_en="Grassroots unions whose term has run out over grassroots unions.",
)  # fmt: skip
