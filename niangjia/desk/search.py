"""Search over everything that a person may see: one question a group, and the groups know nothing of each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.desk import things
from niangjia.desk.counted import name
from niangjia.kit import crypt, mask
from niangjia.kit.figure import FIGURES
from niangjia.kit.ids import narrow
from niangjia.kit.names import asked, initials, reading
from niangjia.kit.who import GRANTS, permitted
from niangjia.members.enums import ID, ID_TAIL, PHONE, PHONE_TAIL
from niangjia.members.models import Membership
from niangjia.rights.models import Dispute, Event, Respondent
from niangjia.unions.models import Union

MOST = 8  # shown of a group
HITS = 500  # found before they are ordered: what is commoner is no answer to a search
LONGEST = 60
# The purposes under which members' values are hashed; a test finds a member by each.


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    name: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Found:
    """What was found of one group; `more` leads to its whole list."""

    title: str
    hits: list[Hit]
    more: str = ""


Finder = Callable[[Any, str], Found]


def search(user: Any, text: str) -> list[Found]:
    """All groups in which something was found."""
    text = "".join(c for c in narrow(text) if c.isprintable())[:LONGEST].strip()
    if not text:
        return []
    found = [find(user, text) for find in FINDERS]
    return [one for one in found if one.hits]


def _ordered(rows: QuerySet[Any], order: tuple[str, ...], *joins: str) -> list[Any]:
    """The hits, materialised first and ordered after: an ordering above a rare condition would walk its index for long."""
    hits = rows.order_by().values("pk")[:HITS]
    return list(rows.model._default_manager.filter(pk__in=hits).select_related(*joins).order_by(*order)[: MOST + 1])


def _found(title: str, hits: list[Hit], more: str) -> Found:
    return Found(title, hits[:MOST], more if len(hits) > MOST else "")


def unions(user: Any, text: str) -> Found:
    """Unions by name, initials, code or credit code."""
    rows = permitted(user, "unions.view").exclude(state="ABOLISHED")
    named = Q()
    for token in asked(text):
        named &= Q(tokens__contains=[token])
    codes = Q(code__iexact=text) | Q(uscc=text.upper()) if text.isascii() and len(text) > 5 else Q(pk__in=())
    found: list[Union] = _ordered(rows.filter(named | codes), ("level", "name_py", "pk"), "county")
    hits = [
        Hit(one.name, one.get_absolute_url(), things.facts([one.get_kind_display(), one.county.short_name if one.county else ""]))
        for one in found
    ]
    return _found(_("Unions"), hits, things.list_url("unions:unions", text))


def members(user: Any, text: str) -> Found:
    """Members by name or initials; by a whole phone or identity number, or the last four digits of either."""
    if "members.list" not in GRANTS:
        return Found(_("Members"), [])
    rows = permitted(user, "members.list", Membership.objects.filter(left_on=None).exclude(state="REFUSED"))
    digits = text.upper()
    if len(digits) == 11 and digits.isdecimal():
        rows = rows.filter(person__phone_hash=crypt.blind_one(digits, PHONE))
    elif len(digits) == 18 and digits[:17].isdecimal():
        rows = rows.filter(person__id_hash=crypt.blind_one(digits, ID))
    elif len(digits) == 4 and digits[:3].isdecimal() and (digits[3].isdecimal() or digits[3] == "X"):
        rows = rows.filter(
            Q(person__phone_tail_hash=crypt.blind_one(digits, PHONE_TAIL)) | Q(person__id_tail_hash=crypt.blind_one(digits, ID_TAIL))
        )
    elif any(c.isdecimal() for c in text) or not asked(text):
        return Found(_("Members"), [])
    else:
        for token in asked(text):
            rows = rows.filter(tokens__contains=[token])
    found: list[Membership] = _ordered(rows, ("name_py", "pk"), "union")
    hits = [
        Hit(mask.name(one.name), things.url_of(one), things.facts([one.union.short_name, one.job])) for one in found if things.has_page(one)
    ]
    return _found(_("Members"), hits, things.list_url("members:list", text))


def events(user: Any, text: str) -> Found:
    """Events by number or employer."""
    rows = permitted(user, "rights.see_event").filter(_number(text) | Q(employer_name__icontains=text))
    found: list[Event] = _ordered(rows, ("-reported_at", "-pk"), "union")
    hits = [Hit(things.name_of(one), things.url_of(one), things.meta_of(one)) for one in found if things.has_page(one)]
    return _found(_("Events"), hits, things.list_url("rights:events", text))


def disputes(user: Any, text: str) -> Found:
    """Disputes by number or by the employer claimed against; the workers are not searched here, who may see them finds them on the case."""
    firm = Respondent.objects.filter(dispute=OuterRef("pk"), employer__name__icontains=text)
    rows = permitted(user, "rights.see_dispute").filter(_number(text) | Exists(firm))
    found: list[Dispute] = _ordered(rows, ("-applied_on", "-pk"), "handled_by")
    hits = [
        Hit(
            things.joined([one.reference, one.get_cause_display()]),
            things.url_of(one),
            things.facts([one.handled_by.short_name, one.get_state_display()]),
        )
        for one in found
        if things.has_page(one)
    ]
    return _found(_("Disputes"), hits, things.list_url("rights:disputes", text))


def _number(text: str) -> Q:
    """A case by its number, or by the digits at its end."""
    if text.isdecimal():
        return Q(reference__endswith=text) if len(text) >= 3 else Q(pk__in=())
    return Q(reference__istartswith=text) if text.isascii() and any(c.isdecimal() for c in text) else Q(pk__in=())


def figures(user: Any, text: str) -> Found:  # noqa: ARG001 - what is counted is no secret among staff
    """Figures by name, code, reference or initials; they are declared, so no question is asked."""
    wanted = text.lower()
    found = [
        one
        for one in FIGURES.values()
        if wanted in one.zh.lower() or wanted in one.en.lower() or wanted == one.ref.lower() or wanted in one.name
        or (len(wanted) > 1 and wanted.isascii() and wanted.isalpha() and wanted in initials(reading(one.zh, person=False)))
    ]  # fmt: skip
    hits = [Hit(name(one), reverse("worklog:figure", args=[one.name]), things.facts([one.ref, one.name])) for one in found]
    return _found(_("Figures"), hits, things.list_url("worklog:figures", text))


FINDERS: list[Finder] = [unions, members, events, disputes, figures]
