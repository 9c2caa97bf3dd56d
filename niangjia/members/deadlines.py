"""The clocks that run on a membership."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.clock import (
    Deadline,
    deadlines,
)
from niangjia.members.enums import (
    Alike,
    Asked,
    Confirming,
    Expelling,
    Lapsing,
    Ordering,
    Requested,
    Wanted,
)
from niangjia.members.enums import State as S  # noqa: N817 - a table wants short names
from niangjia.members.parameters import (
    ANSWER,
    ANSWER_WARN,
    BANK,
    BANK_WARN,
    DECIDE,
    DECIDE_WARN,
    EXPEL,
    EXPEL_WARN,
    FILE,
    FILE_WARN,
    GIVE,
    GIVE_WARN,
    HANDOUT,
    HANDOUT_WARN,
    JOIN,
    JOIN_WARN,
    JUDGE,
    JUDGE_WARN,
    POOL,
    POOL_WARN,
    ROUND,
    ROUND_WARN,
    TAKE,
    TAKE_WARN,
)

JOINING = Deadline(
    code="MB-D1", title=_("Decide on the application"), runs_in={S.APPLIED}, limit=JOIN, falls_on="chair", warn=JOIN_WARN,
    met_by="approve", basis="",
)  # fmt: skip
TAKING = Deadline(
    code="MB-D2", title=_("Take over the membership"), runs_in={S.LEAVING}, limit=TAKE, falls_on="chair", warn=TAKE_WARN, level="to_union",
    met_by="take", restarts=True, basis="",
)  # fmt: skip
ASKED = Deadline(
    code="MB-D3", title=_("Decide on what was sent by code"), runs_in={Asked.SENT}, limit=JOIN, falls_on="chair", warn=JOIN_WARN,
    met_by="admit", basis="",
)  # fmt: skip
GIVING = Deadline(
    code="MB-D4", title=_("Answer the request for a transfer"), runs_in={Wanted.ASKED}, limit=GIVE, falls_on="chair", warn=GIVE_WARN,
    level="source", met_by="give", basis="",
)  # fmt: skip
POOLING = Deadline(
    code="MB-D5", title=_("Taken into the pool by itself"), runs_in={S.LEAVING}, limit=POOL, falls_on="chair", warn=POOL_WARN, level="to_union",
    met_by="take", restarts=True, basis="",
)  # fmt: skip
deadlines("members.membership", JOINING, TAKING, POOLING)
LAPSING = Deadline(
    code="MB-D6", title=_("Talk with her and decide"), runs_in={Lapsing.FOUND, Lapsing.TALKED}, limit=DECIDE, falls_on="chair", warn=DECIDE_WARN,
    met_by="talk", basis="",
)  # fmt: skip
CONFIRMING = Deadline(
    code="MB-D7", title=_("Confirm the members in new forms of work"), runs_in={Confirming.OPEN}, limit=ROUND, falls_on="chair", warn=ROUND_WARN,
    met_by="confirm", basis="",
)  # fmt: skip
MAKING = Deadline(
    code="MB-D8",
    title=_("The bank makes the cards"),
    runs_in={Ordering.SENT},
    limit=BANK,
    falls_on="organisation",
    warn=BANK_WARN,
    met_by="made",
    basis="",
)
HANDING = Deadline(
    code="MB-D9",
    title=_("Hand the cards out"),
    runs_in={Ordering.MADE},
    limit=HANDOUT,
    falls_on="chair",
    warn=HANDOUT_WARN,
    met_by="hand",
    basis="",
)
JUDGING = Deadline(
    code="MB-D10", title=_("Judge whether two are one"), runs_in={Alike.FOUND}, limit=JUDGE, falls_on="organisation", warn=JUDGE_WARN, met_by="merge",
    restarts=True, basis="",
)  # fmt: skip
EXPELLING = Deadline(
    code="MB-D11", title=_("Decide on the proposal to expel her"), runs_in={Expelling.PROPOSED}, limit=EXPEL, falls_on="chair", warn=EXPEL_WARN,
    met_by="decide", basis="",
)  # fmt: skip
FILING = Deadline(
    code="MB-D12", title=_("Take the expulsion on file"), runs_in={Expelling.DECIDED}, limit=FILE, falls_on="organisation", warn=FILE_WARN, level="above",
    met_by="file", basis="",
)  # fmt: skip
deadlines("members.expulsion", EXPELLING, FILING)
deadlines("members.round", CONFIRMING)
deadlines("members.cardbatch", MAKING, HANDING)
deadlines("members.likeness", JUDGING)
deadlines("members.lapse", LAPSING)
deadlines("members.request", GIVING)
REQUESTED = Deadline(
    code="MB-R1", title=_("Answer what a member asks"), runs_in={Requested.SENT}, limit=ANSWER, falls_on="chair", warn=ANSWER_WARN,
    met_by="grant", basis="",
)  # fmt: skip
deadlines("members.application", ASKED)
deadlines("members.personalrequest", REQUESTED)
