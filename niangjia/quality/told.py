"""How the log of who saw what tells of gaps: they have no page of their own."""

from __future__ import annotations

from niangjia.kit.told import told
from niangjia.quality.models import Gap

told(Gap, "", lambda gap: gap.check_code)
