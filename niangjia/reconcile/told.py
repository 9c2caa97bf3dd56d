"""How the log of who saw what tells of comparisons: by their number, never by a name."""

from __future__ import annotations

from operator import attrgetter

from niangjia.kit.told import told
from niangjia.reconcile.enums import May
from niangjia.reconcile.models import Comparison, Difference

told(Comparison, May.SEE, attrgetter("reference"))
told(Difference, May.SEE_DIFFERENCE, str, "comparison")
