"""How the log of who saw what tells of events and disputes: by their numbers."""

from __future__ import annotations

from operator import attrgetter

from niangjia.kit.told import told
from niangjia.rights.enums import May
from niangjia.rights.models import Dispute, Event

told(Event, May.SEE_EVENT, attrgetter("reference"))
told(Dispute, May.SEE_DISPUTE, attrgetter("reference"))
