"""E-mails leave by a job: tried again when the server of mail is away."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from niangjia.notices import actions


class MailHeldUp(Exception):
    """Some e-mails could not be sent; the job is tried again."""


@app.task(name="notices.mail", retry=RetryStrategy(max_attempts=6, exponential_wait=5))
def mail(messages: list[int]) -> None:
    """Send the e-mails of these messages; those already sent are left alone."""
    if failed := actions.mail(messages):
        raise MailHeldUp(f"{failed} of {len(messages)} e-mails could not be sent")
