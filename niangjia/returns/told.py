"""How the log of who saw what tells of returns: by their number."""

from __future__ import annotations

from operator import attrgetter

from niangjia.kit.told import told
from niangjia.returns.enums import May
from niangjia.returns.models import AnnualReturn, Survey

told(AnnualReturn, May.SEE, attrgetter("reference"))
told(Survey, May.SEE_SURVEY, attrgetter("reference"))
