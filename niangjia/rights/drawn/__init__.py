"""Official papers that are drawn up from a case. A kind is one declaration: `paper(...)` in a module of this package.

Papers are Chinese whatever language their writer reads. Identity numbers and signatures are written by hand.
"""

from __future__ import annotations

from niangjia.rights.drawn import aid, disputes, events, missives, redundancy, supervision
from niangjia.rights.drawn.kinds import DRAWN, Drawn, kinds, number_of, paper

__all__ = ["DRAWN", "Drawn", "aid", "disputes", "events", "kinds", "missives", "number_of", "paper", "redundancy", "supervision"]
