"""Search over everything that a person may see: one question a group, and the groups know nothing of each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
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
from niangjia.rights.api import aids_named, disputes_named, employers_of, events_named, numbered
from niangjia.rights.models import Aid, Dispute, Event
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


@dataclass
class Question:
    """What was asked, and the employers of that name, found once for all who need them."""

    text: str

    @cached_property
    def firms(self) -> list[int]:
        """Employers whose name holds the text; not asked for where it is a case's number."""
        return employers_of(self.text) if numbered(self.text) is None else []


Finder = Callable[[Any, Question], Found]


def search(user: Any, text: str) -> list[Found]:
    """All groups in which something was found."""
    text = "".join(c for c in narrow(text) if c.isprintable())[:LONGEST].strip()
    if not text:
        return []
    question = Question(text)
    found = [find(user, question) for find in FINDERS]
    return [one for one in found if one.hits]


def _ordered(rows: QuerySet[Any], order: tuple[str, ...], *joins: str, only: tuple[str, ...] = ()) -> list[Any]:
    """The hits, materialised first and ordered after: an ordering above a rare condition would walk its index for long."""
    hits = rows.order_by().values("pk")[:HITS]
    return list(rows.model._default_manager.filter(pk__in=hits).select_related(*joins).only(*only).order_by(*order)[: MOST + 1])


def _found(title: str, hits: list[Hit], more: str) -> Found:
    return Found(title, hits[:MOST], more if len(hits) > MOST else "")


def unions(user: Any, question: Question) -> Found:
    """Unions by name, initials, code or credit code."""
    text = question.text
    rows = permitted(user, "unions.view").exclude(state="ABOLISHED")
    named = Q()
    for token in asked(text):
        named &= Q(tokens__contains=[token])
    codes = Q(code__iexact=text) | Q(uscc=text.upper()) if text.isascii() and len(text) > 5 else Q(pk__in=())
    found: list[Union] = _ordered(
        rows.filter(named | codes), ("level", "name_py", "pk"), "county", only=("code", "name", "kind", "county__short_name")
    )
    hits = [
        Hit(
            one.name,
            one.get_absolute_url(),
            things.facts([one.get_kind_display(), one.county.short_name if one.county and one.county_id != one.pk else ""]),
        )
        for one in found
    ]
    return _found(_("Unions"), hits, things.list_url("unions:unions", text))


def members(user: Any, question: Question) -> Found:
    """Members by name or initials; by a whole phone or identity number, or the last four digits of either."""
    if "members.list" not in GRANTS:
        return Found(_("Members"), [])
    text = question.text
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
    found: list[Membership] = _ordered(rows, ("name_py", "pk"), "union", only=("uuid", "name", "job", "union__short_name"))
    hits = [
        Hit(mask.name(one.name), things.url_of(one), things.facts([one.union.short_name, one.job])) for one in found if things.has_page(one)
    ]
    return _found(_("Members"), hits, things.list_url("members:list", text))


def events(user: Any, question: Question) -> Found:
    """Events by number or employer."""
    rows = events_named(permitted(user, "rights.see_event"), question.text, question.firms)
    found: list[Event] = _ordered(rows, ("-reported_at", "-pk"), "union")
    hits = [Hit(things.name_of(one), things.url_of(one), things.meta_of(one)) for one in found if things.has_page(one)]
    return _found(_("Events"), hits, things.list_url("rights:events", question.text))


def disputes(user: Any, question: Question) -> Found:
    """Disputes by number or by the employer claimed against; the workers are not searched here, who may see them finds them on the case."""
    rows = disputes_named(permitted(user, "rights.see_dispute"), question.text, question.firms)
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
    return _found(_("Disputes"), hits, things.list_url("rights:disputes", question.text))


def aids(user: Any, question: Question) -> Found:
    """Cases of legal aid by number alone: nobody is found by her name or her firm's."""
    if numbered(question.text) is None:
        return _found(_("Legal aid"), [], things.list_url("rights:aids", question.text))
    rows = aids_named(permitted(user, "rights.see_aid"), question.text)
    found: list[Aid] = _ordered(rows, ("-applied_on", "-pk"), "union")
    hits = [Hit(things.name_of(one), things.url_of(one), things.meta_of(one)) for one in found if things.has_page(one)]
    return _found(_("Legal aid"), hits, things.list_url("rights:aids", question.text))


def figures(user: Any, question: Question) -> Found:  # noqa: ARG001 - what is counted is no secret among staff
    """Figures by name, code, reference or initials; they are declared, so no question is asked."""
    wanted = question.text.lower()
    found = [
        one
        for one in FIGURES.values()
        if wanted in one.zh.lower() or wanted in one.en.lower() or wanted == one.ref.lower() or wanted in one.name
        or (len(wanted) > 1 and wanted.isascii() and wanted.isalpha() and wanted in initials(reading(one.zh, person=False)))
    ]  # fmt: skip
    hits = [Hit(name(one), reverse("worklog:figure", args=[one.name]), things.facts([one.ref, one.name])) for one in found]
    return _found(_("Figures"), hits, things.list_url("worklog:figures", question.text))


FINDERS: list[Finder] = [unions, members, events, disputes, aids, figures]
