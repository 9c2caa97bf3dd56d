"""The sealed columns of differences, for the change of keys."""

from __future__ import annotations

from niangjia.kit.crypt import sealed
from niangjia.reconcile.enums import ROW

sealed("reconcile.difference", "ours_sealed", ROW)
sealed("reconcile.difference", "theirs_sealed", ROW)
sealed("reconcile.before", "was_sealed", ROW)
