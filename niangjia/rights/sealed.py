"""The sealed columns of rights, for the change of keys."""

from __future__ import annotations

from niangjia.kit.crypt import sealed
from niangjia.rights.askedby import TELLER
from niangjia.rights.enums import DUTY_PHONE, SHEET_ROW
from niangjia.rights.supervised import COMPLAINANT

sealed("rights.reach", "phone_sealed", DUTY_PHONE)
sealed("rights.sheetrow", "cells_sealed", SHEET_ROW)
sealed("rights.event", "teller_sealed", TELLER)
sealed("rights.supervision", "complainant_sealed", COMPLAINANT)
