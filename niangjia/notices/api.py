"""What other apps may ask of notices: declare a message, tell people, see who has read it."""

from __future__ import annotations

from niangjia.notices.actions import Word, answered, call, chat, chats, forget, send_waiting, tell, tell_each, text
from niangjia.notices.models import Message, ShortMessage
from niangjia.notices.queries import receipts, unread
from niangjia.notices.short import short
from niangjia.notices.wording import TEMPLATES, Template, message, noted, told

__all__ = [
    "TEMPLATES", "Message", "ShortMessage", "Template", "Word", "answered", "call", "chat", "chats", "forget", "message", "noted", "receipts", "send_waiting", "short", "tell", "tell_each", "text", "told", "unread",
]  # fmt: skip
