"""Reading employers: those that a person sees, narrowed; what is known of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.text import capfirst

from niangjia.access.models import User
from niangjia.kit.dates import today
from niangjia.kit.who import permitted
from niangjia.unions.enums import LIVING, May
from niangjia.unions.models import Cover, Employer, EmployerChange, EmployerMerger, Taxpayer, Union, open_on
from niangjia.unions.queries import below, leading

SHOWN = 20  # lines of a story on its page
FORM = re.compile(r"(股份有限公司|有限责任公司|集团有限公司|有限公司|合作社|公司|集团|厂|店|部)$")
ASIDE = re.compile(r"[((].*?[))]")
PLACE = 2  # characters that name the place, before what is proper to a name
LEAST = 2  # characters that are worth looking for


@dataclass(frozen=True)
class Ask:
    """What the list is narrowed by."""

    text: str = ""
    view: str = ""  # united, alone, unmatched, differing, twice
    under: str = ""  # the code of a county or township
    category: str = ""
    industry: str = ""
    size: str = ""


def covered() -> Exists:
    """Whether a union that exists covers an employer today."""
    return Exists(Cover.objects.filter(open_on(today()), employer=OuterRef("pk"), union__state__in=LIVING))


def taxed() -> Exists:
    """Whether a firm of the tax side's list is known to be this employer."""
    return Exists(Taxpayer.objects.filter(employer=OuterRef("pk")))


def listed(user: User, ask: Ask) -> QuerySet[Employer]:
    """The employers that a person may see, narrowed; ordered by their names."""
    rows: QuerySet[Employer] = permitted(user, May.SEE_EMPLOYER).filter(same_as=None).select_related("township", "county")
    if ask.under:
        top = Union.objects.filter(code=ask.under, level__lte=3).first()
        rows = rows.filter(below(top)) if top else rows.none()
    for column in ("category", "industry", "size"):
        if said := getattr(ask, column):
            rows = rows.filter(**{column: said})
    if ask.view in ("united", "alone"):
        rows = rows.filter(covered() if ask.view == "united" else ~covered())
    elif ask.view == "twice":
        rows = rows.filter(Exists(Employer.objects.itself().filter(name=OuterRef("name")).exclude(pk=OuterRef("pk"))))
    elif ask.view == "unmatched":
        rows = rows.filter(~taxed())
    elif ask.view == "differing":
        rows = rows.filter(Exists(Taxpayer.objects.filter(employer=OuterRef("pk")).exclude(employees=OuterRef("employees"))))
    if text := ask.text.strip():
        rows = rows.filter(Q(name__icontains=text) | Q(uscc=text.upper()))
    return rows


def united(rows: list[Employer]) -> dict[int, list[Union]]:
    """Which unions cover some employers today: one question for a page."""
    found: dict[int, list[Union]] = {}
    covers = (
        Cover.objects.filter(open_on(today()), employer__in=rows, union__state__in=LIVING).select_related("union").order_by("since", "pk")
    )
    for one in covers:
        found.setdefault(one.employer_id, []).append(one.union)
    return found


def places(user: User) -> list[Union]:
    """The counties and townships by which a person may narrow."""
    return [one for one in leading(user) if one.kind in ("11", "12")]


def taxpayers_of(user: User, one: Employer) -> list[Taxpayer]:
    """The firms of the tax side's list that are this employer, as far as somebody may see them."""
    return list(permitted(user, May.SEE_TAX).filter(employer=one).order_by("pk")[:SHOWN])


def covers_of(one: Employer) -> list[Cover]:
    """The unions that cover an employer, or did, the present ones first."""
    return list(one.covers.select_related("union").order_by("-until", "-since")[:SHOWN])


def story_of(one: Employer) -> list[EmployerChange]:
    """What was written otherwise, the newest first."""
    return list(one.changes.select_related("by").order_by("-at", "-pk")[:SHOWN])


def core(name: str) -> str:
    """What is proper to a name, without its place, its legal form and what stands in brackets: two entries of one employer share it.

    >>> core("长兴示例纺织有限公司"), core("示例厂")
    ('示例纺织', '示例')
    """
    bare = ASIDE.sub("", name).strip()
    bare = FORM.sub("", bare) or bare
    return bare[PLACE:] if len(bare) >= PLACE + LEAST else bare


def likely_same(user: User, one: Employer, text: str = "") -> list[Employer]:
    """Entries that may be this employer, among those that she may merge: by what she looks for, else by what is proper to its name."""
    said = text.strip()
    rows = permitted(user, May.MERGE_EMPLOYER).filter(same_as=None).exclude(pk=one.pk).select_related("township", "county")
    like = Q(name__icontains=said) | Q(uscc=said.upper()) if said else Q(name__contains=core(one.name))
    return list(rows.filter(like).order_by("name", "pk")[:SHOWN])


def mergers_of(one: Employer) -> list[EmployerMerger]:
    """The entries that were merged into this one, and are."""
    return list(one.mergers.filter(undone_at=None).select_related("gone", "by").order_by("-at", "-pk")[:SHOWN])


def merger_of(one: Employer) -> EmployerMerger | None:
    """How this entry was merged into another, if it is."""
    return one.merged.filter(undone_at=None).select_related("kept", "gone", "by").first()


def standing_on(those: list[Employer], models: list[tuple[type[Model], str]]) -> list[tuple[Any, list[int]]]:
    """What of the register stands on some entries: each kind with its counts. What other floors have on them is told to nobody here."""
    found = []
    for model, column in models:
        if model._meta.app_label == Employer._meta.app_label and model not in (Union, Cover):  # these are named one by one
            counts = [model._default_manager.filter(**{column: one}).count() for one in those]
            if any(counts):
                found.append((capfirst(model._meta.verbose_name_plural), counts))
    return found
