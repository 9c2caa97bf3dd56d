"""What other apps may ask of members."""

from __future__ import annotations

from niangjia.kit.days import day
from niangjia.members.actions import (
    Covered,
    Facts,
    Proposal,
    Sent,
    Wish,
    apply,
    approve,
    arrive,
    ask_for,
    ask_union,
    begin,
    correct,
    covered,
    disclose,
    disclose_own,
    end,
    expel,
    file_expulsion,
    forget_phone,
    grant,
    home_of,
    import_roster,
    open_code,
    pay,
    people_for,
    person_for,
    propose_expulsion,
    recall,
    receive,
    resume,
    retain,
    send,
    send_in,
    tell_first,
    took_part,
    wholes,
)
from niangjia.members.actions import drop as drop_import
from niangjia.members.enums import ID, NEW_FORMS, PHONE, Sex, Work
from niangjia.members.importing.checks import Ground
from niangjia.members.importing.fields import FIELDS
from niangjia.members.importing.ground import below, ground_of
from niangjia.members.importing.listed import COLUMNS, Seen, people
from niangjia.members.importing.mapping import mapped
from niangjia.members.importing.numbers import faults as number_faults
from niangjia.members.importing.words import text as fault_text
from niangjia.members.notice import EDITION
from niangjia.members.official import official
from niangjia.members.own import (
    file_of,
)
from niangjia.members.parameters import YOUNGEST
from niangjia.members.retiring import past
from niangjia.unions.api import union_name

__all__ = [
    "COLUMNS",
    "EDITION",
    "FIELDS",
    "ID",
    "NEW_FORMS",
    "PHONE",
    "YOUNGEST",
    "Covered",
    "Facts",
    "Ground",
    "Proposal",
    "Seen",
    "Sent",
    "Sex",
    "Wish",
    "Work",
    "apply",
    "approve",
    "arrive",
    "ask_for",
    "ask_union",
    "begin",
    "below",
    "correct",
    "covered",
    "day",
    "disclose",
    "disclose_own",
    "drop_import",
    "end",
    "expel",
    "fault_text",
    "file_expulsion",
    "file_of",
    "forget_phone",
    "grant",
    "ground_of",
    "home_of",
    "import_roster",
    "mapped",
    "number_faults",
    "official",
    "open_code",
    "past",
    "pay",
    "people",
    "people_for",
    "person_for",
    "propose_expulsion",
    "recall",
    "receive",
    "resume",
    "retain",
    "send",
    "send_in",
    "tell_first",
    "took_part",
    "union_name",
    "wholes",
]
