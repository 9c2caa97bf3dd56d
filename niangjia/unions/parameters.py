"""What the law and the places set about terms, certificates and founding (domain reference, §1 and part G)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.parameter import area, parameter
from niangjia.kit.spans import days, years

CUSTOM = _("custom, configurable")
TERMS = {"basis": _("Trade Union Law 2021, art. 16"), "duty": "organisation", "place": False}
OWN = {"basis": CUSTOM, "duty": "organisation"}

area("unions.term", zh="届期和换届", en="Terms and elections")
TERM_SHORT = parameter("unions.term.short", years(3), zh="基层工会届期，短", en="Term of a grassroots union, the shorter", **TERMS)
TERM_LONG = parameter("unions.term.long", years(5), zh="基层工会届期，长", en="Term of a grassroots union, the longer", **TERMS)
TERM_WARN = parameter("unions.term.warn", days(90), zh="换届提前提醒", en="Election, warned before", least=days(7), most=days(365), **OWN)

area("unions.founding", zh="组建和登记", en="Founding and registration")
FOUND = parameter("unions.founding.decide", days(15), zh="组建批复", en="Decide on the founding", least=days(1), most=days(60), **OWN)
FOUND_WARN = parameter("unions.founding.decide_warn", days(3), zh="组建批复提前提醒", en="Founding, warned before", **OWN)
CERTIFICATE_WARN = parameter(
    "unions.founding.certificate_warn", days(30), zh="法人证书到期提前提醒", en="Certificate, warned before", **OWN
)
