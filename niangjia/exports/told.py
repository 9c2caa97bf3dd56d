"""How the log of who saw what tells of exports: by their numbers."""

from __future__ import annotations

from operator import attrgetter

from niangjia.exports.enums import May
from niangjia.exports.models import Export
from niangjia.kit.told import told

told(Export, May.VIEW, attrgetter("reference"))
