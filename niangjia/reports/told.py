"""How the log of who saw what tells of reviews: by their titles, in the language in which they are signed."""

from __future__ import annotations

from operator import attrgetter

from niangjia.kit.told import told
from niangjia.reports.enums import May
from niangjia.reports.models import Review

told(Review, May.VIEW, attrgetter("title_zh"))
