"""What other apps may ask of notices: declare a message, tell people, see who has read it."""

from __future__ import annotations

from niangjia.notices.actions import tell
from niangjia.notices.models import Message
from niangjia.notices.queries import receipts, unread
from niangjia.notices.wording import TEMPLATES, Template, message

__all__ = ["TEMPLATES", "Message", "Template", "message", "receipts", "tell", "unread"]
