"""What the tests of exports read: the file as its asker gets it, its sheets, and what a person was told."""

from __future__ import annotations

import fastexcel

from niangjia.exports import actions
from niangjia.notices.models import Message


def bytes_of(export, by):
    return b"".join(actions.hand_out(export, by=by)[1])


def table(data: bytes, sheet: int = 1) -> list[tuple]:
    return fastexcel.read_excel(data).load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_polars().rows()


def told(user) -> list[str]:
    return list(Message.objects.filter(to=user).order_by("pk").values_list("what", flat=True))
