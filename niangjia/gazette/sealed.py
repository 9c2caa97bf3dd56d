"""The sealed column of objections, for the change of keys."""

from __future__ import annotations

from niangjia.gazette.enums import CONTACT
from niangjia.kit.crypt import sealed

sealed("gazette.objection", "contact_sealed", CONTACT)
