"""A report kept on a phone: what its script asks, the page that opens without a network, and the worker that answers there.

The form works without any of this. With a script the draft is kept encrypted in the browser and sent when there is a network; the worker reaches only
the addresses below the report's own, and what it keeps holds nobody's data.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from niangjia.access.api import keeps, mark
from niangjia.kit.dates import now
from niangjia.kit.pages import Request, public, seated
from niangjia.rights import forms, queries
from niangjia.rights.models import Event
from niangjia.rights.permissions import CALLED

OF = "X-Kept-Of"  # a script's own request says for which account the report was written
LONGEST_KEPT = timedelta(days=30)  # as the script keeps it: what is older was written by a clock that is wrong
WORKER = "rights/worker.js"
SHELL = ("vendor/tabler/tabler.min.css", "niangjia/niangjia.css", "niangjia/niangjia.js", "niangjia/icon.svg", "rights/keeper.js")


def key_of(said: Mapping[str, Any]) -> UUID | None:
    """The key of a report that was kept."""
    try:
        return UUID(said.get("key", ""))
    except ValueError:
        return None


def written(said: Mapping[str, Any]) -> datetime | None:
    """When a report that was kept was written, by the clock of the phone; nothing if that lies ahead or too long ago to be right."""
    try:
        moment = datetime.fromtimestamp(int(said.get("written", "")) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if now() - LONGEST_KEPT < moment <= now() else None


def asked(request: HttpRequest) -> bool:
    """Whether a script sends what it kept, and reads the answer itself."""
    return request.method == "POST" and OF in request.headers


def of_another(request: HttpRequest) -> bool:
    """Whether what is sent was written under another account than the one that is signed in now."""
    return asked(request) and request.headers[OF] != mark(request.user)


def answer(said: dict[str, str], status: int = 200) -> HttpResponse:
    """An answer to the script."""
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})


def taken(made: Event) -> HttpResponse:
    """The number under which it was taken, and where it stands."""
    return answer({"reference": made.reference, "url": made.get_absolute_url()})


def keeper(request: HttpRequest | None) -> dict[str, str]:
    """What the page tells its script; the page that opens without a network knows nobody."""
    return {
        "who": keeps(request) if request else "",
        "at": reverse("rights:report"),
        "asks": reverse("rights:kept"),
        "door": reverse("account_login") + "?next=" + reverse("rights:report"),
        "worker": reverse("rights:kept_worker") + f"?l={get_language()}",
    }


@require_GET
@seated(*sorted(CALLED))
def state(request: Request) -> HttpResponse:
    """Who is signed in, the token of forms, and whether a report of that key has arrived."""
    key = key_of(request.GET)
    made = queries.arrived(key, request.user) if key else None
    said = {"reference": made.reference, "url": made.get_absolute_url()} if made else {}
    return answer({"who": mark(request.user), "token": get_token(request), **said})


@require_GET
@public
def shell(request: HttpRequest) -> HttpResponse:
    """The form as it opens without a network: nobody's name, no token, nothing that was ever written."""
    return render(request, "rights/report_shell.html", {"form": forms.ReportForm(), "keeper": keeper(None)})


@cache
def _read(name: str) -> bytes:
    found = finders.find(name)
    return Path(found).read_bytes() if isinstance(found, str) else b""


@require_GET
@public
def worker(request: HttpRequest) -> HttpResponse:
    """The worker of the report's own addresses. It is another text, and so is fetched anew, whenever one of its files is."""
    page = shell(request).content
    version = hashlib.sha256(b"".join([*(_read(name) for name in SHELL), page])).hexdigest()[:16]
    facts = {
        "name": f"report-{version}",
        "page": reverse("rights:kept_shell"),
        "at": reverse("rights:report"),
        "files": [static(one) for one in SHELL],
    }
    return HttpResponse(f"const SET = {json.dumps(facts)};\n".encode() + _read(WORKER), content_type="text/javascript; charset=utf-8")
