"""What is counted of differences: a list that shrinks, by kind and by where it comes from."""

from __future__ import annotations

from django.db.models import Q

from niangjia.kit.figure import figure
from niangjia.kit.series import series
from niangjia.reconcile.models import Difference

OPEN = series("reconcile.open", Difference, where="union", since="found_on", until="settled_on", differences=1, by=("kind", "source", "of"))
EXPLAINED = series(
    "reconcile.explained", Difference, where="union", when="settled_on", if_=Q(state__in=["OURS", "THEIRS", "BOTH"]), differences=1,
    by=("kind", "source", "of", "state"),
)  # fmt: skip

figure(
    "reconcile.open", OPEN.differences, unit="处", zh="对账差异，未说清", en="Differences, open",
    note_zh="当日还没有定下的差异：省里的或旧的名册与本平台逐条比对，一条记录的一个字段算一处。",
    note_en="Differences not decided on the day: lists of the province, or old ones, laid beside ours; each field of a record is one.",
)  # fmt: skip
figure(
    "reconcile.explained", EXPLAINED.differences, unit="处", zh="对账差异，已说清", en="Differences, explained",
    note_zh="按定下之日：以我们的为准、采用对方的、两边都对已说明；下一份名册里自己消失的不计。",
    note_en="By the day of the decision: ours holds, theirs taken, both explained; what vanished by itself in the next list is not counted.",
)  # fmt: skip
