"""The clocks of an annual return and of the survey of a grassroots union: from the day on which the statistical year closed until it has been sent up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.clock import Deadline, deadlines
from niangjia.returns.enums import Look
from niangjia.returns.enums import State as S  # noqa: N817 - a table wants short names
from niangjia.returns.parameters import SEND_WARN, SENDS, SURVEY, SURVEY_WARN

deadlines(
    "returns.annualreturn",
    Deadline(
        "NB-D1", _("Send the annual return"), {S.DRAFT, S.CHECKED, S.SIGNED}, SENDS, "organisation", "", key=("rank",), warn=SEND_WARN, since="as_of",
        holder="duty", met_by="send",
    ),
)  # fmt: skip
deadlines(
    "returns.survey",
    Deadline("NB-D2", _("Confirm the survey of the year"), {Look.OPEN}, SURVEY, "chair", "", warn=SURVEY_WARN, since="as_of", met_by="confirm"),
)  # fmt: skip
