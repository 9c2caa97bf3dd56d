"""Who sees what a register lacks: whoever keeps it, here or above."""

from __future__ import annotations

from niangjia.kit.who import grant
from niangjia.quality.enums import May
from niangjia.quality.models import Gap
from niangjia.unions.api import chairs, holds
from niangjia.unions.models import Union

keeping = chairs | holds("organisation")

# fmt: off
grant(Gap, {
    May.SEE_GAPS: keeping | holds("leader", "office"),
})
grant(Union, {
    May.SEE:     keeping | holds("leader", "office"),
    May.CONFIRM: keeping,
})
# fmt: on
