"""What places set about reviews."""

from __future__ import annotations

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import area, parameter
from niangjia.kit.spans import days, working_days

OWN = {"basis": CUSTOM, "duty": "office"}

area("reports.review", zh="综述", en="Reviews")
SIGN = parameter("reports.review.sign", working_days(3), zh="签发", en="Sign a review", **OWN)
PUBLISH = parameter("reports.review.publish", working_days(3), zh="公布", en="Publish a review", **OWN)
WARN = parameter("reports.review.warn", days(1), zh="提前提醒", en="Warned before", **OWN)
