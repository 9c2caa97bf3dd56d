"""The clocks that run on a union."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.clock import Deadline, deadlines
from niangjia.unions.enums import Duty
from niangjia.unions.enums import State as S  # noqa: N817 - a table wants short names
from niangjia.unions.parameters import CERTIFICATE_WARN, FOUND, FOUND_WARN, TERM_WARN

TERM = Deadline(
    code="UN-D1", title=_("Elect anew"), runs_in={S.NORMAL, S.OVERDUE, S.DORMANT}, limit=None, ends="term_end",
    falls_on=Duty.CHAIR, warn=TERM_WARN, basis=_("Trade Union Law 2021, art. 16"),
)  # fmt: skip
CERTIFICATE = Deadline(
    code="UN-D2", title=_("Renew the legal-person certificate"), runs_in={S.NORMAL, S.OVERDUE, S.DORMANT}, limit=None, ends="legal_until",
    falls_on=Duty.CHAIR, warn=CERTIFICATE_WARN, basis=_("Measures on legal-person registration of grassroots unions 2020"),
)  # fmt: skip
APPROVAL = Deadline(
    code="UN-D3", title=_("Decide on the founding"), runs_in={S.PREPARING}, limit=FOUND, level="parent",
    falls_on=Duty.ORGANISATION, warn=FOUND_WARN, basis="",
)  # fmt: skip
deadlines("unions.union", TERM, CERTIFICATE, APPROVAL)
