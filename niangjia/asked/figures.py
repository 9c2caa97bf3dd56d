"""How much the grass roots are asked, counted: requests, fields, fields at each union, answers."""

from __future__ import annotations

from django.db.models import Q

from niangjia.asked.enums import SENT, Verdict
from niangjia.asked.models import Addressed, Answer, Field, Request
from niangjia.kit.figure import figure
from niangjia.kit.series import series

OUT = Q(issued_on__isnull=False) & ~Q(state="WITHDRAWN")
REQUESTS = series("asked.requests", Request, where="union", when="issued_on", if_=OUT, requests=1, by=("office",))
FIELDS = series(
    "asked.fields", Field, where="request__union", when="request__issued_on", if_=Q(request__issued_on__isnull=False) & ~Q(request__state="WITHDRAWN"), fields=1,
    by=("verdict", "kind", "request__office"), page="request",
)  # fmt: skip
ASKED = series("asked.addressed", Addressed, where="union", when="asked_on", unions=1, fields="fields", by=("state",))
ANSWERS = series(
    "asked.answers", Answer, where="addressed__union", when="given_on", if_=Q(round=1), answers=1, by=("on_behalf", "confirmed"), page="addressed",
)  # fmt: skip

figure(
    "asked.requests", REQUESTS.requests, unit="件", zh="向基层要数据的填报", en="Requests for data",
    note_zh="发出的填报，按发出日期计在发出的工会；撤回的不计。", note_en="Requests sent out, by the day of sending, at the union that asks; those withdrawn are not counted.",
)  # fmt: skip
figure(
    "asked.fields", FIELDS.fields, only={"verdict": SENT}, unit="项", zh="向基层要的填报项", en="Fields asked of the grass roots",
    note_zh="随填报发出的项目，含沿用上次只需确认的；平台已有而未发出的不计。", note_en="Fields that went out, those only confirmed included; what is held and did not go out is not counted.",
)  # fmt: skip
for verdict, zh, en in (
    (Verdict.HELD, "平台已有、未发出的填报项", "Fields held and not sent out"), (Verdict.REUSED, "沿用上次、只需确认的填报项", "Fields given before and only confirmed"),
    (Verdict.CONTESTED, "平台已有仍要求填报的项", "Fields asked though they are held"),
):  # fmt: skip
    figure(f"asked.fields.{verdict.lower()}", FIELDS.fields, only={"verdict": verdict}, unit="项", zh=zh, en=en)
figure(
    "asked.burden", ASKED.fields, unit="项", zh="基层填报项次", en="Fields asked, times unions",
    note_zh="每家工会被要求填报的项数之和，计在被要求的工会。", note_en="Fields that went out to each union, added up, at the unions that were asked.",
)  # fmt: skip
figure(
    "asked.answers", ANSWERS.answers, unit="项", zh="基层已报填报项次", en="Answers given",
    note_zh="工会首次报送的项目，按报送日期；退回后重报的不再计。", note_en="Fields answered for the first time, by the day of sending; corrections are not counted again.",
)  # fmt: skip
figure(
    "asked.answers.behalf",
    ANSWERS.answers,
    only={"on_behalf": True},
    unit="项",
    zh="上级代报的填报项次",
    en="Answers given on a union's behalf",
)
