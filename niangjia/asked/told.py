"""How the log of who saw what tells of requests: by their number."""

from __future__ import annotations

from operator import attrgetter

from niangjia.asked.enums import May
from niangjia.asked.models import Addressed, Request
from niangjia.kit.told import told

told(Request, May.SEE, attrgetter("reference"))
told(Addressed, May.SEE_ANSWER, lambda one: one.request.reference, "request")
