"""How the log of who saw what tells of events and disputes: by their numbers."""

from __future__ import annotations

from operator import attrgetter

from django.utils.translation import gettext as _

from niangjia.kit.told import told
from niangjia.rights.aided import AidMay
from niangjia.rights.enums import May
from niangjia.rights.models import Aid, Dispute, Event, Reach, Redundancy, Supervision

told(Event, May.SEE_EVENT, attrgetter("reference"))
told(Dispute, May.SEE_DISPUTE, attrgetter("reference"))
told(Reach, "", lambda _one: _("how somebody on duty is reached"))
told(Supervision, May.SEE_SUPERVISION, attrgetter("reference"))
told(Redundancy, May.SEE_REDUNDANCY, attrgetter("reference"))
told(Aid, AidMay.SEE_AID, attrgetter("reference"))
