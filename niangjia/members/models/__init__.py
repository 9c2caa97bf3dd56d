"""What is kept of members: the register, the rosters that fill it, who asks to join, and what happens to a membership."""

from __future__ import annotations

from niangjia.members.models.asking import (
    PersonalRequest,
)
from niangjia.members.models.cards import (
    Card,
    CardBatch,
)
from niangjia.members.models.door import (
    PhoneCode,
    Telling,
)
from niangjia.members.models.dues import (
    Lapse,
)
from niangjia.members.models.expelling import (
    Expulsion,
)
from niangjia.members.models.imports import (
    Batch,
    Before,
    Correction,
    Fault,
    Habit,
    Kept,
    Line,
    Seen,
)
from niangjia.members.models.joining import (
    Application,
    JoinCode,
)
from niangjia.members.models.moving import (
    Request,
)
from niangjia.members.models.newwork import (
    NewWork,
    Round,
)
from niangjia.members.models.register import (
    Membership,
    Person,
    Reveal,
)
from niangjia.members.models.same import (
    Likeness,
)
from niangjia.members.models.splitting import (
    Going,
)

__all__ = [
    "Application",
    "Batch",
    "Before",
    "Card",
    "CardBatch",
    "Correction",
    "Expulsion",
    "Fault",
    "Going",
    "Habit",
    "JoinCode",
    "Kept",
    "Lapse",
    "Likeness",
    "Line",
    "Membership",
    "NewWork",
    "Person",
    "PersonalRequest",
    "PhoneCode",
    "Request",
    "Reveal",
    "Round",
    "Seen",
    "Telling",
]
