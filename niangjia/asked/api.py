"""What other floors may ask of requests for data."""

from __future__ import annotations

from niangjia.asked.actions import Facts, Wanted, add, begin, close, contest, forget, issue, save, send
from niangjia.asked.queries import sent_fields

__all__ = ["Facts", "Wanted", "add", "begin", "close", "contest", "forget", "issue", "save", "send", "sent_fields"]
