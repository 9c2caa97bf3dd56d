"""What is sent twice is done once: each form carries a one-time key, and the second answer repeats the first.

The key is written in the same transaction as the deed. Whoever presses twice, or sends again because the line broke, is led to
where the first press led; whoever sends something else with a used key is told, and nothing is written.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.messages import get_messages
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from niangjia.access.models import Once
from niangjia.kit.dates import now
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.middleware import sentence_page
from niangjia.kit.pages import go

Next = Callable[[HttpRequest], HttpResponse]
TRIES = 3
# A serialisation failure, a deadlock, a lost connection, a server that stops or starts: the whole transaction may be done again.
PASSING = ("40001", "40P01", "08", "57P01", "57P02", "57P03")
UNSAID = {"once", "csrfmiddlewaretoken"}


def digest(request: HttpRequest) -> str:
    """What was sent, and where to, as one hash."""
    said = hashlib.sha256(request.path.encode())
    for name, texts in sorted(request.POST.lists()):
        if name not in UNSAID:
            said.update(repr((name, texts)).encode())
    for name, files in sorted(request.FILES.lists()):
        said.update(repr((name, [(getattr(one, "name", ""), getattr(one, "size", 0)) for one in files])).encode())
    return said.hexdigest()


def passing(fault: OperationalError) -> bool:
    """Whether the fault lies in the moment, so that the same deed may be tried again."""
    code = str(getattr(fault.__cause__, "sqlstate", None) or "")
    return code.startswith(PASSING) or (not code and not connection.is_usable())


class Repeated:
    """The last middleware before the view: does what a form asks in one transaction with its key, and again if the moment was bad."""

    pause: ClassVar[float] = 0.05  # seconds, doubled at each try and spread by chance

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, words: Any) -> HttpResponse | None:
        """Take over the call of the view for forms that carry a key."""
        if request.method != "POST" or getattr(view, "own_transactions", False) or not request.user.is_authenticated:
            return None
        try:
            key = UUID(request.POST.get("once", ""))
        except ValueError:
            return None
        said = digest(request)
        for attempt in range(1, TRIES + 1):
            try:
                return self._do(request, key, said, lambda: view(request, *args, **words))
            except (Refused, Overtaken, IllegalStep, RuleBroken) as said_no:
                return sentence_page(request, said_no)
            except OperationalError as fault:
                if attempt == TRIES or not passing(fault) or connection.in_atomic_block:
                    if (page := sentence_page(request, fault)) is not None:
                        return page
                    raise
                self._afresh(request, attempt)
        raise AssertionError("the last try answers or raises")

    def _do(self, request: HttpRequest, key: UUID, said: str, act: Callable[[], HttpResponse]) -> HttpResponse:
        user = request.user.pk or 0
        with transaction.atomic():
            if not Once.claim(key, user=user, digest=said, at=now()):
                first = Once.objects.get(key=key)
                if first.user_id != user or first.digest != said or not first.location:
                    where = first.location if first.user_id == user else ""
                    return render(request, "errors/once.html", {"location": where}, status=409)
                return go(request, first.location)
            answer = act()
            location = answer.headers.get("Location") or answer.headers.get("HX-Redirect") or ""
            if location:
                Once.objects.filter(key=key).update(location=location[:500])
            else:  # nothing was done that led anywhere: the same form may be sent again
                Once.release(key)
            return answer

    def _afresh(self, request: HttpRequest, attempt: int) -> None:
        """Forget what the failed try left on the request, and wait a moment."""
        if not connection.is_usable():
            connection.close()
        for file in (one for _name, files in request.FILES.lists() for one in files):
            file.seek(0)
        getattr(get_messages(request), "_queued_messages", []).clear()  # they speak of what was rolled back
        request.__dict__.pop("seen", None)
        time.sleep(self.pause * 2**attempt * random.uniform(0.5, 1.5))  # noqa: S311 - a pause, no secret
