"""How the log of who saw what tells of notices and objections: by their numbers."""

from __future__ import annotations

from operator import attrgetter

from niangjia.gazette.enums import May
from niangjia.gazette.models import Notice, Objection
from niangjia.kit.told import told

told(Notice, May.SEE, attrgetter("reference"))
told(Objection, May.SEE_OBJECTION, attrgetter("reference"))
