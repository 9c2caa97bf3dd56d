"""What counts as out of date or doubtful in a register (custom, configurable)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import area, parameter
from niangjia.kit.spans import days

OWN = {"basis": CUSTOM, "duty": "organisation", "place": False}

area("quality", zh="组织和会员数据质量", en="Quality of the register")
FRESH = parameter("quality.fresh", days(365), zh="名册多久没核对算过期", en="A roster that nobody has looked through for", least=days(30), most=days(1100), **OWN)  # fmt: skip
RECENT = parameter("quality.recent", days(183), zh="名册多久内核对或导入过算新", en="A roster counts as fresh when it was looked through within", least=days(30), most=days(366), **OWN)  # fmt: skip
SHARED = parameter("quality.shared", 3, zh="同一手机号多少人共用算可疑", en="People on one mobile, from which it is doubtful", unit=_("people"), least=2, most=50, **OWN)  # fmt: skip
