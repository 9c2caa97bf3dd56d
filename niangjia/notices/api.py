"""What other apps may ask of notices: declare a message, tell people, see who has read it."""

from __future__ import annotations

from niangjia.notices.actions import Word, tell, tell_each
from niangjia.notices.models import Message
from niangjia.notices.queries import receipts, unread
from niangjia.notices.wording import TEMPLATES, Template, message, told

__all__ = ["TEMPLATES", "Message", "Template", "Word", "message", "receipts", "tell", "tell_each", "told", "unread"]
