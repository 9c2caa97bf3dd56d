"""Where a new case is handled: the union that is named, else the reader's own, else a page on which one is found; and about which employer it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from niangjia.kit.errors import RuleBroken
from niangjia.kit.pages import Request, render
from niangjia.kit.who import allows, permitted
from niangjia.rights.aided import AidMay
from niangjia.rights.enums import May
from niangjia.unions.api import employer_for, find
from niangjia.unions.models import Employer, Union


def own_unions(request: Request, openers: Collection[str]) -> list[Union]:
    """The unions in which the reader sits with one of these duties, each once."""
    return list({seat.union_id: seat.union for seat in request.user.seats if seat.duty in openers}.values())


def union_for(request: Request, may: May | AidMay, openers: Collection[str], *, near: Collection[int | None] = ()) -> Union | None:
    """The union named in the address, else the reader's own: the first that is one of those near, or the only one.

    Raises Http404 where the one named is not there, or may not be chosen.
    """
    if code := request.GET.get("union"):
        union = Union.objects.filter(code=code).exclude(state="ABOLISHED").first()
        if union is None or not allows(request.user, may, union):
            raise Http404
        return union
    own = own_unions(request, openers)
    here = [union for union in own if union.pk in near]
    if here:
        return here[0]
    return own[0] if len(own) == 1 else None


def choose(request: Request, may: May | AidMay, openers: Collection[str], *, url: str, crumbs: list[tuple[Any, str]]) -> HttpResponse:
    """Which union does it concern? Found by name, initials or code."""
    text = request.GET.get("q", "").strip()
    found = list(find(text, permitted(request.user, may))) if text else []
    context = {"q": text, "found": found, "mine": own_unions(request, openers), "url": url, "crumbs": crumbs}
    return render(request, "rights/choose.html", context)


def employer_said(said: Mapping[str, Any], near: Union) -> Employer:
    """The employer with the credit code that was written; one that nobody has recorded needs its name too, and is recorded."""
    code = said["uscc"].strip().upper()
    employer = Employer.objects.coded(code)
    if employer is not None:
        return employer
    if not said["firm"].strip():
        raise RuleBroken(_("Nobody has recorded an employer with this credit code. Write its name too."))
    return employer_for(name=said["firm"], uscc=code, near=near)
