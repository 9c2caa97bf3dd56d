"""What other apps may ask of what is set: values are asked through `kit.answer`; here they are proposed and signed."""

from __future__ import annotations

from niangjia.rulebook.actions import Said, begin, propose, sign, withdraw
from niangjia.rulebook.enums import May
from niangjia.rulebook.models import Setting

__all__ = ["May", "Said", "Setting", "begin", "propose", "sign", "withdraw"]
