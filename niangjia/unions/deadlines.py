"""The clocks that run on a union, on its founding and its elections, and on a reorganisation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.clock import Deadline, deadlines
from niangjia.kit.flow import step
from niangjia.kit.parameter import Family
from niangjia.unions.enums import Duty, May
from niangjia.unions.enums import Manning as M  # noqa: N817 - a table wants short names
from niangjia.unions.enums import Poll as E
from niangjia.unions.enums import Stage as R
from niangjia.unions.enums import State as S  # noqa: N817 - a table wants short names
from niangjia.unions.enums import Way as W  # noqa: N817 - a table wants short names
from niangjia.unions.enums_life import Splitting as P
from niangjia.unions.parameters import (
    CERTIFICATE_WARN,
    CONFIRM,
    CONFIRM_WARN,
    ENTRIES_CHANGE,
    ENTRIES_WARN,
    EXAMINE,
    EXAMINE_WARN,
    FORCE_WARN,
    FOUND,
    FOUND_WARN,
    GROUP,
    GROUP_WARN,
    REGISTER,
    REGISTER_WARN,
    REPORT,
    REPORT_WARN,
    SECOND_SIGN,
    SECOND_WARN,
    SETTLE,
    SETTLE_WARN,
    SETUP,
    SETUP_WARN,
    SPLIT_DECIDE,
    SPLIT_DECIDE_WARN,
    SPLIT_SETTLE,
    SPLIT_SETTLE_WARN,
    STAFF_CONFIRM,
    STAFF_CONFIRM_WARN,
    STAFF_WARN,
    TERM_FIRST,
    TERM_LAST,
    TERM_WARN,
    VACANT,
    VACANT_WARN,
)

DIRECT = Family("unions.founding.direct", {("True",): FOUND})  # by whether no application stands behind the union

TERM = Deadline(
    code="UN-D1", title=_("Hold the election"), runs_in={S.NORMAL, S.OVERDUE, S.DORMANT}, limit=None, ends="term_end",
    falls_on=Duty.CHAIR, warn=(TERM_FIRST, TERM_WARN, TERM_LAST), met_by="re-elect", basis=_("Trade Union Law 2021, art. 16"),
    yellow=TERM_WARN,  # half a year ahead there is a message and the list; a desk that is yellow so long says nothing any more
)  # fmt: skip
CERTIFICATE = Deadline(
    code="UN-D2", title=_("Renew the legal-person certificate"), runs_in={S.NORMAL, S.OVERDUE, S.DORMANT}, limit=None, ends="renew_by",
    falls_on=Duty.CHAIR, warn=CERTIFICATE_WARN, basis=_("Measures on legal-person registration of grassroots unions 2020"),
)  # fmt: skip
APPROVAL = Deadline(  # of a union that was entered without its application: else the founding has clocks of its own
    code="UN-D3", title=_("Decide on the founding"), runs_in={S.PREPARING}, limit=DIRECT, key=("direct",), level="parent",
    falls_on=Duty.ORGANISATION, warn=FOUND_WARN, met_by="approve", basis="",
)  # fmt: skip
CHANGED = step("entries", [S.NORMAL], S.NORMAL, May.EDIT, label=_("Record the changed entries"), page=True)
CHANGES = Deadline(
    code="UN-D4", title=_("Change the entries of the legal person"), runs_in={S.NORMAL, S.OVERDUE, S.DORMANT}, limit=ENTRIES_CHANGE, ends="entries_by",
    falls_on=Duty.CHAIR, warn=ENTRIES_WARN, met_by=CHANGED, basis=_("Measures on legal-person registration of grassroots unions 2020 (changes within 30 days)"),
)  # fmt: skip
SETTLING = step("settle", [S.ABOLISHED], S.ABOLISHED, May.REORGANISE, label=_("Record the settlement"), page=True)
SETTLED = Deadline(
    code="UN-D5", title=_("Settle what the union leaves"), runs_in={S.ABOLISHED}, limit=SETTLE, ends="settle_by", level="parent", falls_on=Duty.ORGANISATION,
    warn=SETTLE_WARN, met_by=SETTLING, basis="",
)  # fmt: skip
FILLING = step("offices", [S.NORMAL], S.NORMAL, May.APPOINT, label=_("Appoint the chair"), page=True)
VACANCY = Deadline(
    code="UN-D6", title=_("Fill the vacant chair"), runs_in={S.NORMAL, S.OVERDUE, S.DORMANT}, limit=VACANT, ends="chair_by", level="parent",
    falls_on=Duty.ORGANISATION, warn=VACANT_WARN, met_by=FILLING, basis="",
)  # fmt: skip
deadlines("unions.union", TERM, CERTIFICATE, APPROVAL, CHANGES, SETTLED, VACANCY)

SET_UP = Deadline(
    code="FD-D1", title=_("Found a union at this employer"), runs_in={W.CLUE}, limit=SETUP, since="reckoned_from", falls_on=Duty.ORGANISATION, warn=SETUP_WARN,
    met_by="apply", basis="",
)  # fmt: skip
REPLY = Deadline(
    code="FD-D2", title=_("Reply to the application"), runs_in={W.APPLIED}, limit=FOUND, falls_on=Duty.ORGANISATION, warn=FOUND_WARN, met_by="grant", basis="",
)  # fmt: skip
GROUP_ENDS = Deadline(
    code="FD-D3", title=_("Elect the first committee"), runs_in={W.GRANTED}, limit=GROUP, ends="group_until", falls_on=Duty.ORGANISATION, warn=GROUP_WARN, basis="",
)  # fmt: skip
ON_REGISTER = Deadline(
    code="FD-D4", title=_("Register as a legal person"), runs_in={W.FOUNDED}, limit=REGISTER, falls_on=Duty.ORGANISATION, warn=REGISTER_WARN, met_by="register",
    basis=_("Measures on legal-person registration of grassroots unions 2020"),
)  # fmt: skip
deadlines("unions.founding", SET_UP, REPLY, GROUP_ENDS, ON_REGISTER)

SECOND = Deadline(
    code="RO-D1", title=_("Sign as the second, or send it back"), runs_in={R.SIGNED, R.RECALLED}, limit=SECOND_SIGN, falls_on=Duty.LEADER, warn=SECOND_WARN, restarts=True,
    basis="",
)  # fmt: skip
IN_FORCE = Deadline(
    code="RO-D2", title=_("Comes into force"), runs_in={R.ADOPTED, R.RECALLED}, limit=None, ends="begins_at", falls_on=Duty.ORGANISATION, warn=FORCE_WARN, restarts=True,
    basis=_("the day named in the paper"),
)  # fmt: skip
ENTRIES = Deadline(
    code="RO-D3", title=_("Change the entries of legal persons, hand in seals and accounts"), runs_in={R.IN_FORCE}, limit=ENTRIES_CHANGE, falls_on=Duty.ORGANISATION,
    warn=ENTRIES_WARN, basis=_("Measures on legal-person registration of grassroots unions 2020 (changes within 30 days)"),
)  # fmt: skip
deadlines("unions.reorganisation", SECOND, IN_FORCE, ENTRIES)

EXAMINED = Deadline(
    code="EL-D1", title=_("Examine the candidates"), runs_in={E.SENT}, limit=EXAMINE, level="above", falls_on=Duty.ORGANISATION, warn=EXAMINE_WARN,
    restarts=True, met_by="examine", basis="",
)  # fmt: skip
REPORTED = Deadline(
    code="EL-D2", title=_("Report the result"), runs_in={E.HELD}, limit=REPORT, since="held_on", falls_on=Duty.CHAIR, warn=REPORT_WARN,
    met_by="report", basis="",
)  # fmt: skip
CONFIRMED = Deadline(
    code="EL-D3", title=_("Decide on the result"), runs_in={E.REPORTED}, limit=CONFIRM, level="above", falls_on=Duty.ORGANISATION, warn=CONFIRM_WARN,
    restarts=True, met_by="confirm", basis="",
)  # fmt: skip
deadlines("unions.election", EXAMINED, REPORTED, CONFIRMED)

SPLIT_DECIDED = Deadline(
    code="SP-D1", title=_("Decide on the split"), runs_in={P.SENT}, limit=SPLIT_DECIDE, level="above", falls_on=Duty.ORGANISATION, warn=SPLIT_DECIDE_WARN,
    restarts=True, met_by="approve", basis="",
)  # fmt: skip
SPLIT_SETTLED = Deadline(
    code="SP-D2", title=_("Settle the split"), runs_in={P.APPROVED}, limit=SPLIT_SETTLE, ends="settle_by", level="above", falls_on=Duty.ORGANISATION,
    warn=SPLIT_SETTLE_WARN, met_by="settle", basis="",
)  # fmt: skip
deadlines("unions.split", SPLIT_DECIDED, SPLIT_SETTLED)

FILLED = Deadline(
    code="SF-D1", title=_("Fill in the yearly check of staffing"), runs_in={M.ASKED}, limit=None, ends="due_on", falls_on=Duty.CHAIR, warn=STAFF_WARN, restarts=True,
    met_by="fill", basis=_("custom: each year, on the day that the place has set"),
)  # fmt: skip
SEEN = Deadline(
    code="SF-D2", title=_("Confirm the check of staffing"), runs_in={M.SENT}, limit=STAFF_CONFIRM, level="county", falls_on=Duty.ORGANISATION, warn=STAFF_CONFIRM_WARN,
    restarts=True, met_by="confirm", basis="",
)  # fmt: skip
deadlines("unions.staffcheck", FILLED, SEEN)
