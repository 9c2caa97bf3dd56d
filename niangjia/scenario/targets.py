"""What the synthetic city must come to: the published intervals, the distributions, and what is assumed.

This is the one place where numbers of the review are typed. Records are made to meet them; no figure reads this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

REVIEW = date(2015, 10, 20)  # the day to which the published stocks refer (assumed: the month of the congress)
WINDOW = (date(2012, 1, 1), date(2015, 6, 30))  # F042: the mechanism, 2012 to June 2015
BEGIN = date(2011, 1, 1)  # events and disputes are recorded from here on, so that the window matters
SLICES = (*(date(year, 12, 31) for year in range(2010, 2015)), REVIEW, date(2016, 6, 30))  # days on which facts were known

# F043 to F048, F102, F104, F105, F107, F108 (figures.csv): an interval of one number is that number.
EVENTS = 730
AFFECTED = 46_894
DISPUTES = 6_266
RESPONDENTS = 6_273
CLAIMANTS = 38_123
RECOVERED = (Decimal(180_500_000), Decimal("181499999.99"))
UNIONS = 8_200
MEMBERS = (854_500, 855_499)  # F103 at full size; a small city has the same share of it
BODIES = (Decimal("0.995"), Decimal(1))  # women's and audit bodies, of all grassroots unions
TOWNSHIPS = 76
STAFFED = 76
MOST = Decimal("0.02")  # no record makes more than this of any target


@dataclass(frozen=True)
class Kind:
    """A type of grassroots union: how many there are, and how large (median of members, spread of the logarithm)."""

    code: str
    count: int  # 0: what is left of all
    median: float
    spread: float
    ended: int = 0  # abolished between 2011 and the day of the review


# Assumed: no yearbook tells the types of this city apart. Village unions follow the number of villages and communities.
KINDS = (
    Kind("20", 0, 52, 0.98, 268),
    Kind("21", 1_187, 84, 0.71, 46),
    Kind("22", 96, 118, 0.52, 3),
    Kind("23", 34, 141, 0.60, 1),
    Kind("24", 1_166, 73, 0.55, 7),
    Kind("25", 58, 66, 0.64, 41),
    Kind("26", 9, 121, 0.50),
    Kind("27", 41, 402, 0.62, 2),
)
LARGEST = 4_700  # members of one union at most

# Assumed: the industries of single unions, in the proportions of the city's economy.
# section, share, words of the firm, share of women, share of migrants, jobs
INDUSTRIES = (
    (
        "C",
        0.225,
        ("纺织", "丝绸", "织造", "印染", "服饰"),
        0.64,
        0.52,
        ("挡车工", "织布工", "缝纫工", "整经工", "染色工", "机修工", "验布工", "仓库保管员"),
    ),
    ("C", 0.095, ("木业", "地板", "家居", "装饰材料"), 0.36, 0.49, ("开料工", "砂光工", "油漆工", "叉车司机", "质检员", "包装工")),
    ("C", 0.075, ("建材", "水泥", "新型墙材", "耐火材料"), 0.21, 0.38, ("中控操作工", "破碎工", "电工", "装载机司机", "化验员", "窑炉工")),
    ("C", 0.070, ("竹业", "竹制品", "椅业", "竹木"), 0.48, 0.41, ("开竹工", "编织工", "喷漆工", "组装工", "包装工", "质检员")),
    ("C", 0.055, ("电源", "蓄电池", "新能源", "电子"), 0.41, 0.55, ("装配工", "涂板工", "化成工", "检验员", "设备维护工", "工艺员")),
    (
        "C",
        0.110,
        ("机械", "机电", "精密制造", "特种钢管", "铝业"),
        0.24,
        0.44,
        ("车工", "铣工", "焊工", "钳工", "数控操作工", "检验员", "叉车司机"),
    ),
    ("C", 0.045, ("生物科技", "食品", "粮油"), 0.47, 0.31, ("发酵工", "灌装工", "化验员", "包装工", "品控员")),
    ("F", 0.075, ("商贸", "百货", "物资"), 0.55, 0.22, ("营业员", "收银员", "采购员", "仓管员", "店长")),
    ("E", 0.045, ("建设", "市政工程", "园林工程"), 0.15, 0.63, ("钢筋工", "木工", "架子工", "施工员", "安全员", "资料员")),
    ("G", 0.035, ("物流", "运输", "航运"), 0.19, 0.40, ("驾驶员", "调度员", "装卸工", "修理工")),
    ("H", 0.030, ("酒店", "餐饮", "度假村"), 0.61, 0.45, ("服务员", "厨师", "前台", "保洁员")),
    ("J", 0.012, ("小额贷款", "融资担保"), 0.54, 0.03, ("柜员", "客户经理", "风控专员")),
    ("K", 0.018, ("物业服务", "置业"), 0.43, 0.36, ("保安员", "保洁员", "水电工", "管理员")),
    ("P", 0.050, ("学校", "幼儿园", "中学"), 0.69, 0.02, ("教师", "教务员", "校医", "后勤")),
    ("Q", 0.025, ("医院", "卫生院"), 0.72, 0.02, ("护士", "医师", "药师", "检验师", "收费员")),
    ("S", 0.035, ("服务中心", "管理所", "工作站"), 0.42, 0.01, ("科员", "办事员", "会计", "驾驶员")),
)
# Categories of firms by weight; schools, hospitals and offices have their own (the unions' code list of 单位类别).
CATEGORIES = (
    ("170", 0.63),
    ("159", 0.21),
    ("169", 0.03),
    ("120", 0.02),
    ("110", 0.015),
    ("151", 0.01),
    ("161", 0.015),
    ("200", 0.03),
    ("300", 0.035),
    ("130", 0.015),
)

# Assumed: how unions are spread over counties, by the share of grassroots unions; the rest stands directly under the city.
COUNTIES = {"330502": 0.209, "330503": 0.168, "330521": 0.171, "330522": 0.203, "330523": 0.153}
HEAVY = {
    "织里镇": 3.1,
    "武康镇": 3.0,
    "南浔镇": 2.4,
    "雉城街道": 2.7,
    "递铺街道": 2.5,
    "新市镇": 1.8,
    "练市镇": 1.7,
    "八里店镇": 1.9,
    "泗安镇": 1.5,
    "煤山镇": 1.5,
    "梅溪镇": 1.4,
}

# Seasons: weights by month. Firms settle accounts before the Spring Festival, so arrears peak from November to February.
FOUNDING = (0.6, 0.4, 1.2, 1.3, 1.2, 1.1, 0.8, 0.8, 1.3, 1.2, 1.4, 1.6)
JOINING = (0.5, 0.9, 1.9, 1.4, 1.1, 1.0, 0.9, 1.0, 1.3, 1.1, 1.0, 0.8)
LEAVING = (1.5, 1.9, 1.3, 0.9, 0.8, 0.9, 1.0, 0.9, 0.8, 0.8, 0.9, 1.3)
ARREARS = (2.4, 1.5, 0.7, 0.6, 0.6, 0.7, 0.8, 0.8, 0.7, 0.8, 1.5, 2.2)
OTHERWISE = (0.9, 0.7, 1.1, 1.0, 1.1, 1.1, 1.0, 1.0, 1.0, 0.9, 1.1, 1.1)
FOUNDED_BY_YEAR = {2003: 3, 2004: 4, 2005: 5, 2006: 7, 2007: 8, 2008: 9, 2009: 9, 2010: 10, 2011: 12, 2012: 13, 2013: 11, 2014: 8, 2015: 5}
EVENTS_BY_YEAR = {2011: 0.84, 2012: 1.0, 2013: 1.05, 2014: 1.13, 2015: 1.09}
DISPUTES_BY_YEAR = {2011: 0.81, 2012: 0.93, 2013: 1.0, 2014: 1.09, 2015: 1.12}

LEAVERS = 0.081  # ended memberships, of those in force on the day of the review
MOVERS = 0.023  # arrivals from other unions, of the same
RETAINED = 0.0031  # memberships kept without dues and vote
SECOND = 0.0019  # persons in a second union, who count at their first

EVENT_TYPES = (
    ("E06", 0.521), ("E01", 0.118), ("E07", 0.071), ("E08", 0.062), ("E09", 0.049), ("E11", 0.047), ("E12", 0.044), ("E10", 0.031),
    ("E04", 0.020), ("E03", 0.013), ("E05", 0.011), ("E02", 0.009), ("E14", 0.004),
)  # fmt: skip
FALSE_REPORTS = 0.024  # of the reports that hold
REFERRED = 0.041
AFFECTED_MEDIAN, AFFECTED_SPREAD = 31, 1.13

CAUSES = (
    ("012", 0.342), ("01", 0.118), ("031", 0.109), ("051", 0.137), ("011", 0.061), ("05", 0.058), ("03", 0.047), ("032", 0.032), ("02", 0.029),
    ("08", 0.021), ("04", 0.012), ("06", 0.010), ("052", 0.009), ("053", 0.006), ("054", 0.003), ("07", 0.002), ("09", 0.001), ("10", 0.003),
)  # fmt: skip
CLAIMANTS_SPREAD = 1.29
REFUSED = 0.026  # of the disputes that were accepted
ENDS = (("02", 0.772), ("01", 0.071), ("03", 0.071), ("05", 0.037), ("06", 0.011), ("07", 0.013), ("08", 0.004), ("04", 0.021))
HANDLERS = (("township", 0.47), ("county", 0.19), ("own", 0.28), ("city", 0.06))

ASSUMED = {
    "zone": "推定：名录之外的开发区，使乡镇级总工会合计76个",
    "merger": "推定：槐坎乡并入煤山镇的日期",
    "list": "区划代码库2015-09-30，向前沿用至2011年",
    "zones": "功能区，自编代码；名称见湖州市公开资料",
}
MERGED_ON = date(2013, 5, 30)  # assumed
