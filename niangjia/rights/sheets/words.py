"""What is wrong with a row of workers, in a sentence each."""

from __future__ import annotations

from django.utils.translation import gettext as _

from niangjia.members.api import fault_text


def sentence(code: str) -> str:
    """What is wrong, and what to do about it."""
    own = {
        "amount": _("The amount cannot be read: write yuan as a number"),
        "stands": _("Stands in this dispute already"),
    }
    return own.get(code) or fault_text(code)
