"""Files as unions really send them, each with what must come of it: `WORKBOOKS`. Nothing in here knows how they are read."""

from __future__ import annotations

from niangjia.members.tests.nasty import cells, official, tables
from niangjia.members.tests.nasty.making import ALL, Nasty

WORKBOOKS = tuple(ALL)

__all__ = ["WORKBOOKS", "Nasty", "cells", "official", "tables"]
