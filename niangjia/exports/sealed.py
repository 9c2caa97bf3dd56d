"""The sealed columns of exports, for the change of keys."""

from __future__ import annotations

from niangjia.exports.enums import KEY, QUERY
from niangjia.kit.crypt import sealed

sealed("exports.export", "query_sealed", QUERY)
sealed("exports.export", "key_sealed", KEY)
