"""What the law and the places set about terms, certificates and founding (domain reference, §1 and part G)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import area, parameter
from niangjia.kit.spans import days, working_days, years

TERMS = {"basis": _("Trade Union Law 2021, art. 16"), "duty": "organisation", "place": False}
OWN = {"basis": CUSTOM, "duty": "organisation"}

area("unions.term", zh="届期和换届", en="Terms and elections")
TERM_SHORT = parameter("unions.term.short", years(3), zh="基层工会届期，短", en="Term of a grassroots union, the shorter", **TERMS)
TERM_LONG = parameter("unions.term.long", years(5), zh="基层工会届期，长", en="Term of a grassroots union, the longer", **TERMS)
TERM_FIRST = parameter(
    "unions.term.warn_first", days(180), zh="换届第一次提醒", en="Election, first warned before", least=days(30), most=days(540), **OWN
)
TERM_WARN = parameter(
    "unions.term.warn", days(90), zh="换届第二次提醒", en="Election, warned again before", least=days(7), most=days(365), **OWN
)
TERM_LAST = parameter(
    "unions.term.warn_last", days(30), zh="换届最后一次提醒", en="Election, last warned before", least=days(1), most=days(180), **OWN
)

area("unions.founding", zh="组建和登记", en="Founding and registration")
FOUND = parameter("unions.founding.decide", days(15), zh="组建批复", en="Decide on the founding", least=days(1), most=days(60), **OWN)
FOUND_WARN = parameter("unions.founding.decide_warn", days(3), zh="组建批复提前提醒", en="Founding, warned before", **OWN)
CERTIFICATE_WARN = parameter(
    "unions.founding.certificate_warn", days(30), zh="法人证书到期提前提醒", en="Certificate, warned before", **OWN
)

area("unions.reorganisation", zh="区划和隶属调整", en="Reorganisation")
SECOND_SIGN = parameter(
    "unions.reorganisation.sign", working_days(5), zh="调整方案第二人签署", en="Sign a reorganisation as the second", least=working_days(1), most=working_days(30),
    **OWN,
)  # fmt: skip
SECOND_WARN = parameter("unions.reorganisation.sign_warn", days(1), zh="第二人签署提前提醒", en="Second signature, warned before", **OWN)
FORCE_WARN = parameter("unions.reorganisation.force_warn", days(3), zh="调整生效提前提醒", en="Coming into force, warned before", **OWN)
ENTRIES_CHANGE = parameter(
    "unions.reorganisation.entries", days(30), zh="变更法人登记", en="Change the entries of legal persons",
    basis=_("Measures on legal-person registration of grassroots unions 2020 (changes within 30 days)"), duty="organisation", place=False,
)  # fmt: skip
ENTRIES_WARN = parameter("unions.reorganisation.entries_warn", days(10), zh="变更登记提前提醒", en="Changed entries, warned before", **OWN)

area("unions.offices", zh="任职和代理", en="Offices and standing in")
STAND_IN = parameter(
    "unions.offices.stand_in", days(60), zh="一次代理最长", en="Standing in, the longest at a time", least=days(1), most=days(366), **OWN
)
