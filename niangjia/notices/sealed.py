"""The sealed columns of short messages, for the change of keys."""

from __future__ import annotations

from niangjia.kit.crypt import sealed
from niangjia.notices.enums import SHORT, SHORT_NUMBER

sealed("notices.shortmessage", "number_sealed", SHORT_NUMBER, number_hash=(SHORT_NUMBER, 0))
sealed("notices.shortmessage", "facts_sealed", SHORT)
