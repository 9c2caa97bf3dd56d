"""The clocks that run on a union."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.clock import Deadline, deadlines
from niangjia.unions.enums import Duty
from niangjia.unions.enums import Stage as R
from niangjia.unions.enums import State as S  # noqa: N817 - a table wants short names
from niangjia.unions.parameters import (
    CERTIFICATE_WARN,
    ENTRIES_CHANGE,
    ENTRIES_WARN,
    FORCE_WARN,
    FOUND,
    FOUND_WARN,
    SECOND_SIGN,
    SECOND_WARN,
    TERM_FIRST,
    TERM_LAST,
    TERM_WARN,
)

TERM = Deadline(
    code="UN-D1", title=_("Hold the election"), runs_in={S.NORMAL, S.OVERDUE, S.DORMANT}, limit=None, ends="term_end",
    falls_on=Duty.CHAIR, warn=(TERM_FIRST, TERM_WARN, TERM_LAST), met_by="re-elect", basis=_("Trade Union Law 2021, art. 16"),
    yellow=TERM_WARN,  # half a year ahead there is a message and the list; a desk that is yellow so long says nothing any more
)  # fmt: skip
CERTIFICATE = Deadline(
    code="UN-D2", title=_("Renew the legal-person certificate"), runs_in={S.NORMAL, S.OVERDUE, S.DORMANT}, limit=None, ends="legal_until",
    falls_on=Duty.CHAIR, warn=CERTIFICATE_WARN, basis=_("Measures on legal-person registration of grassroots unions 2020"),
)  # fmt: skip
APPROVAL = Deadline(
    code="UN-D3", title=_("Decide on the founding"), runs_in={S.PREPARING}, limit=FOUND, level="parent",
    falls_on=Duty.ORGANISATION, warn=FOUND_WARN, met_by="approve", basis="",
)  # fmt: skip
deadlines("unions.union", TERM, CERTIFICATE, APPROVAL)

SECOND = Deadline(
    code="RO-D1", title=_("Sign as the second, or send it back"), runs_in={R.SIGNED}, limit=SECOND_SIGN, falls_on=Duty.LEADER, warn=SECOND_WARN, restarts=True,
    basis="",
)  # fmt: skip
IN_FORCE = Deadline(
    code="RO-D2", title=_("Comes into force"), runs_in={R.ADOPTED}, limit=None, ends="begins_at", falls_on=Duty.ORGANISATION, warn=FORCE_WARN, restarts=True,
    basis=_("the day named in the paper"),
)  # fmt: skip
ENTRIES = Deadline(
    code="RO-D3", title=_("Change the entries of legal persons, hand in seals and accounts"), runs_in={R.IN_FORCE}, limit=ENTRIES_CHANGE, falls_on=Duty.ORGANISATION,
    warn=ENTRIES_WARN, basis=_("Measures on legal-person registration of grassroots unions 2020 (changes within 30 days)"),
)  # fmt: skip
deadlines("unions.reorganisation", SECOND, IN_FORCE, ENTRIES)
