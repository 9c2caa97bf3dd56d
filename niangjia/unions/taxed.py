"""Reading firms of the tax side's list: those that a person sees, narrowed; what is known of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from niangjia.access.models import User
from niangjia.kit.answer import asking
from niangjia.kit.dates import at, today
from niangjia.kit.totals import Part, Totals
from niangjia.kit.totals import totals as line
from niangjia.kit.who import permitted
from niangjia.unions.enums import LIVING, May
from niangjia.unions.models import Cover, Founding, TaxList, Taxpayer, Union, open_on
from niangjia.unions.models.founding import DONE
from niangjia.unions.parameters import SETUP, SETUP_WARN
from niangjia.unions.queries import below, leading, reach
from niangjia.unions.rules.taxpayers import colour

SIZES = {"small": (0, 99), "100": (100, 199), "200": (200, 999), "1000": (1000, None)}


@dataclass(frozen=True)
class Ask:
    """What the list is narrowed by."""

    text: str = ""
    view: str = ""  # followed, likely, differing, marked, united, spared, all
    under: str = ""  # the code of a union
    size: str = ""
    state: str = ""


def running() -> Exists:
    """Whether a founding is under way for the employer that a firm is."""
    return Exists(Founding.objects.filter(employer=OuterRef("employer")).exclude(state__in=DONE))


def listed(user: User, ask: Ask) -> QuerySet[Taxpayer]:
    """The firms that a person may see, narrowed; unless another view is asked, those that should have a union and that nobody follows yet."""
    rows: QuerySet[Taxpayer] = permitted(user, May.SEE_TAX).select_related("at", "employer", "likely")
    rows = rows.filter(owes="UNION").filter(~running()) if not ask.view else _viewed(rows, ask.view)
    if ask.under:
        top = Union.objects.filter(code=ask.under, level__lte=3).first()
        rows = rows.filter(below(top)) if top else rows.none()
    if ask.size in SIZES:
        least, most = SIZES[ask.size]
        rows = rows.filter(employees__gte=least)
        rows = rows.filter(employees__lte=most) if most is not None else rows
    if ask.state:
        rows = rows.filter(state=ask.state)
    if text := ask.text.strip():
        rows = rows.filter(Q(name__icontains=text) | Q(uscc=text.upper()) | Q(number=text))
    return rows


def _viewed(rows: QuerySet[Taxpayer], view: str) -> QuerySet[Taxpayer]:
    if view == "followed":
        return rows.filter(running(), owes="UNION")
    if view == "likely":
        return rows.filter(likely__isnull=False)
    if view == "differing":
        return rows.filter(employer__isnull=False).exclude(employer__employees=F("employees"))
    if view == "marked":
        return rows.filter(mark="Y", owes="UNION")
    if view == "united":
        return rows.filter(owes="UNITED")
    if view == "dropped":
        return rows.exclude(dropped="")
    if view == "spared":
        return rows.exclude(spared="")
    return rows


def places(user: User) -> list[Union]:
    """The counties and townships by which a person may narrow."""
    return [one for one in leading(user) if one.kind in ("11", "12")]


def totals(user: User, ask: Ask) -> Totals | None:
    """The line over the list, out of the books."""
    if ask.view or ask.text or ask.size or ask.state:
        return None
    union = reach(user, lambda seat: seat.duty in ("organisation", "office", "leader", "chair"), ask.under)
    return line(union, [Part("unions.should"), Part("unions.should.united"), Part("unions.rate")])


def opened(one: Taxpayer) -> date:
    """From when its union is due: its opening, by the tax side or by us, or the first day on which it was told of."""
    return one.opened_on or (one.employer.opened_on if one.employer else None) or one.first_on


def colours(rows: Iterable[Taxpayer]) -> dict[int, str]:
    """How long each has been without a union, as a colour: yellow and red by the spans that the place has set."""
    made: dict[int, str] = {}
    for one in rows:
        if one.owes != "UNION":
            continue
        ask = asking(one, today())
        begins = at(opened(one))
        red = ask(SETUP).after(begins).date()
        made[one.pk] = colour(today(), yellow=red - ask(SETUP_WARN).length(), red=red)
    return made


def unions_of(one: Taxpayer) -> list[Union]:
    """The unions that cover a firm today."""
    if one.employer_id is None:
        return []
    covers = Cover.objects.filter(open_on(today()), employer=one.employer_id, union__state__in=LIVING).select_related("union")
    return [cover.union for cover in covers.order_by("since", "pk")]


def lists_of(user: User) -> QuerySet[TaxList]:
    """The lists that a person may see."""
    return permitted(user, May.SEE_TAX_LIST).select_related("at", "by")
