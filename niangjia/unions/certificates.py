"""The register of certificates: which unions are legal persons, until when, and which are not."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from niangjia.access.models import User
from niangjia.kit.answer import answer
from niangjia.kit.dates import today
from niangjia.kit.names import asked
from niangjia.kit.who import permitted
from niangjia.unions.enums import GRASSROOTS, LIVING, May
from niangjia.unions.models import Certification, Union
from niangjia.unions.parameters import CERTIFICATE_WARN


def listed(user: User, view: str, text: str, under: str) -> QuerySet[Union]:
    """The unions that a person sees, by how they stand as legal persons."""
    rows: QuerySet[Union] = permitted(user, May.VIEW, Union.objects.select_related("parent")).filter(state__in=LIVING)
    holds = Q(cancelled_on=None) & ~Q(uscc="")
    soon = today() + answer(CERTIFICATE_WARN, today(), ()).value.length()
    wanted = {
        "soon": holds & Q(legal_until__gte=today(), legal_until__lt=soon), "over": holds & Q(legal_until__lt=today()), "gone": Q(cancelled_on__isnull=False),
        "none": Q(uscc="", kind__in=GRASSROOTS),
    }.get(view, holds)  # fmt: skip
    rows = rows.filter(wanted)
    if under:
        rows = rows.filter(Q(code=under) | Q(township__code=under) | Q(county__code=under))
    code = text.strip().upper()
    if code and code.isascii() and any(sign.isdigit() for sign in code):
        return rows.filter(Q(uscc__startswith=code) | Q(certificate_no=text.strip()))
    for token in asked(text):
        rows = rows.filter(tokens__contains=[token])
    return rows


def standing(one: Union) -> tuple[str, str]:
    """How a union stands as a legal person: the kind of its pill, and a code."""
    if one.cancelled_on:
        return "stop", "cancelled"
    if not one.uscc:
        return "wait", "none"
    if one.legal_until is None:
        return "open", "unknown"
    return ("late", "over") if one.legal_until < today() else ("done", "valid")


def acts_of(union: Union) -> list[Any]:
    """What was done about a union's certificate, the newest first."""
    return list(Certification.objects.filter(union=union).order_by("-on", "-pk")[:8])
