"""The sealed columns of people, for the change of keys."""

from __future__ import annotations

from niangjia.kit.crypt import (
    sealed,
)
from niangjia.members.enums import (
    ASKED_ID,
    ASKED_PHONE,
    CARD,
    ID,
    ID_TAIL,
    LINE,
    PHONE,
    PHONE_TAIL,
    REQUEST,
)

sealed("members.person", "id_sealed", ID, id_hash=(ID, 0), id_tail_hash=(ID_TAIL, 4))
sealed("members.person", "phone_sealed", PHONE, phone_hash=(PHONE, 0), phone_tail_hash=(PHONE_TAIL, 4))
sealed("members.line", "cells_sealed", LINE)
sealed("members.correction", "sealed", LINE)
sealed("members.card", "number_sealed", CARD, number_hash=(CARD, 0))
sealed("members.application", "number_sealed", ASKED_ID, number_hash=(ASKED_ID, 0))
sealed("members.application", "phone_sealed", ASKED_PHONE)
sealed("members.personalrequest", "value_sealed", REQUEST)
