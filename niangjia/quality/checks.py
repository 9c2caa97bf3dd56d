"""What is looked for, declared once: the rows that are not as they should be, how a chair reads it, and what puts it right.

A check is a condition on rows, so that one statement finds all of a city's, and the page of a union finds its own as they are now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Sum
from django.db.models import DateField as Day
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from niangjia.kit.answer import answer
from niangjia.kit.dates import today
from niangjia.kit.parameter import Parameter
from niangjia.members.api import YOUNGEST, past
from niangjia.members.models import Batch, Membership
from niangjia.quality.enums import Group
from niangjia.quality.models import Confirmation
from niangjia.quality.parameters import FRESH, RECENT, SHARED
from niangjia.unions.api import lapsed_before
from niangjia.unions.enums import GRASSROOTS, LIVING
from niangjia.unions.models import Body, Cover, Office, StaffCheck, Staffing, Union, open_on


@dataclass(frozen=True)
class Check:
    """One thing that is looked for."""

    code: str
    group: Group
    words: Any  # a plural: seven people without a phone number
    rows: Callable[[], QuerySet[Any]]  # of memberships, or of unions: those that are not as they should be, today
    of_members: bool
    mend: str = ""  # how a person puts it right: the name of a page of the union, or nothing: at the member's own page
    own: Any = ""  # as a union reads it of itself
    here: Callable[[Union], QuerySet[Any]] | None = None  # the same of one union, where `rows` would add the whole city up first


CHECKS: dict[str, Check] = {}


def check(
    code: str,
    group: Group,
    words: Any,
    *,
    members: bool,
    mend: str = "",
    own: Any = "",
    here: Callable[[Union], QuerySet[Any]] | None = None,
) -> Callable[[Callable[[], QuerySet[Any]]], Callable[[], QuerySet[Any]]]:
    """Declare what is looked for: decorate a function that answers the rows."""

    def keep(rows: Callable[[], QuerySet[Any]]) -> Callable[[], QuerySet[Any]]:
        CHECKS[code] = Check(code, group, words, rows, members, mend, own, here)
        return rows

    return keep


def set_to(what: Parameter) -> Any:
    """What a parameter is today; these hold everywhere alike."""
    return answer(what, today(), ()).value


def counted() -> QuerySet[Membership]:
    """The memberships that count today."""
    return Membership.objects.filter(left_on=None, state__in=["MEMBER", "LEAVING"], standing="ACTIVE", primary=True)


def grassroots() -> QuerySet[Union]:
    """The grassroots unions that are at work today: a dormant one is in no figure of unions (domain reference, §1.8), so in none of their gaps."""
    return Union.objects.filter(kind__in=GRASSROOTS, state__in=LIVING, dormant_on=None)


def held_chair() -> QuerySet[Office]:
    """The office of the chair of a union, held today by somebody of her own right: who only stands in fills no post."""
    return Office.objects.filter(open_on(today()), union=OuterRef("pk"), duty="chair", delegated_by=None)


def looked_through(first: date) -> Any:
    """Whether a union's roster was imported or confirmed after a day."""
    return Exists(Batch.objects.filter(union=OuterRef("pk"), state="DONE", taken_at__date__gt=first)) | Exists(
        Confirmation.objects.filter(union=OuterRef("pk"), on__gt=first)
    )


# ---------- of members ----------


@check(
    "phone",
    Group.MISSING,
    ngettext_lazy("%(n)d person without a mobile", "%(n)d people without a mobile", "n"),
    members=True,
    mend="members:code",
)
def _phone() -> QuerySet[Membership]:
    return counted().filter(person__phone_sealed=None)


@check(
    "born", Group.MISSING, ngettext_lazy("%(n)d person without a day of birth", "%(n)d people without a day of birth", "n"), members=True
)
def _born() -> QuerySet[Membership]:
    return counted().filter(person__born_on=None)


@check(
    "unit",
    Group.MISSING,
    ngettext_lazy("%(n)d person of a joint union without her unit", "%(n)d people of a joint union without their unit", "n"),
    members=True,
)
def _unit() -> QuerySet[Membership]:
    return counted().filter(employer=None, union__kind="21")


def _used_by_many(rows: QuerySet[Membership]) -> QuerySet[Any]:
    """The mobiles that stand beside so many of these memberships that they cannot be everybody's own."""
    return rows.values("person__phone_hash").annotate(n=Count("pk")).filter(n__gte=set_to(SHARED)).values("person__phone_hash")


def _shared_here(union: Union) -> QuerySet[Membership]:
    """Of one union: only its own mobiles are looked up elsewhere."""
    own = counted().filter(union=union)
    hers = own.filter(person__phone_hash__isnull=False).values("person__phone_hash")
    return own.filter(person__phone_hash__in=_used_by_many(counted().filter(person__phone_hash__in=hers)))


@check(
    "shared",
    Group.IMPOSSIBLE,
    ngettext_lazy("%(n)d person on a mobile that several use", "%(n)d people on mobiles that several use", "n"),
    members=True,
    here=_shared_here,
)
def _shared() -> QuerySet[Membership]:
    return counted().filter(person__phone_hash__in=_used_by_many(counted().filter(person__phone_hash__isnull=False)))


@check(
    "young",
    Group.IMPOSSIBLE,
    ngettext_lazy("%(n)d person who joined before she may be employed", "%(n)d people who joined before they may be employed", "n"),
    members=True,
)
def _young() -> QuerySet[Membership]:
    return counted().filter(
        joined_on__lt=ExpressionWrapper(F("person__born_on") + timedelta(days=set_to(YOUNGEST) * 365), output_field=Day())
    )


@check(
    "early",
    Group.IMPOSSIBLE,
    ngettext_lazy("%(n)d person who joined before there was a union", "%(n)d people who joined before there was a union", "n"),
    members=True,
)
def _early() -> QuerySet[Membership]:
    return counted().filter(joined_on__lt=F("union__founded_on"), how__in=["PAPER", "SCAN", "APP"])


@check(
    "old",
    Group.STALE,
    ngettext_lazy("%(n)d person past the age of retirement", "%(n)d people past the age of retirement", "n"),
    members=True,
    mend="members:retired",
)
def _old() -> QuerySet[Membership]:
    """Past the age of any post that she may have (Measures on the gradual raising of the statutory retirement age, 2024)."""
    return counted().filter(past(today(), sure=True))


@check(
    "namesakes",
    Group.TWICE,
    ngettext_lazy("%(n)d person who may stand here twice", "%(n)d people who may stand here twice", "n"),
    members=True,
)
def _namesakes() -> QuerySet[Membership]:
    twin = (
        counted()
        .filter(union=OuterRef("union"), name=OuterRef("name"), person__born_on=OuterRef("person__born_on"))
        .exclude(person=OuterRef("person"))
    )
    return counted().filter(Exists(twin))


# ---------- of unions ----------


@check(
    "code",
    Group.MISSING,
    ngettext_lazy("%(n)d union without a credit code", "%(n)d unions without a credit code", "n"),
    members=False,
    own=_("no credit code"),
    mend="unions:facts",
)
def _code() -> QuerySet[Union]:
    return grassroots().filter(uscc="")


@check(
    "call",
    Group.MISSING,
    ngettext_lazy("%(n)d union without a telephone", "%(n)d unions without a telephone", "n"),
    members=False,
    own=_("no telephone"),
    mend="unions:facts",
)
def _call() -> QuerySet[Union]:
    return grassroots().filter(contact_phone="")


@check(
    "chair",
    Group.MISSING,
    ngettext_lazy("%(n)d union without a chair who can sign in", "%(n)d unions without a chair who can sign in", "n"),
    members=False,
    own=_("no chair who can sign in"),
    mend="unions:offices",
)
def _chair() -> QuerySet[Union]:
    chairs = Office.objects.filter(union=OuterRef("pk"), duty="chair", until=None)
    return grassroots().filter(Exists(held_chair())).exclude(Exists(chairs.filter(user__isnull=False)))


@check(
    "vacant",
    Group.MISSING,
    ngettext_lazy("%(n)d union without a chair", "%(n)d unions without a chair", "n"),
    members=False,
    own=_("no chair"),
    mend="unions:offices",
)
def _vacant() -> QuerySet[Union]:
    """Also a federation of a township: the post of its chair is one."""
    led = Union.objects.filter(kind__in=[*GRASSROOTS, "12"], state__in=LIVING)
    return led.exclude(Exists(held_chair()))


@check(
    "audit",
    Group.MISSING,
    ngettext_lazy("%(n)d union without an audit body", "%(n)d unions without an audit body", "n"),
    members=False,
    own=_("no audit body"),
    mend="unions:bodies",
)
def _audit() -> QuerySet[Union]:
    return grassroots().exclude(Exists(Body.objects.filter(union=OuterRef("pk"), kind="AUDIT", until=None)))


@check(
    "women",
    Group.MISSING,
    ngettext_lazy("%(n)d union without a women workers' body", "%(n)d unions without a women workers' body", "n"),
    members=False,
    own=_("no women workers' body"),
    mend="unions:bodies",
)
def _women() -> QuerySet[Union]:
    return grassroots().exclude(Exists(Body.objects.filter(union=OuterRef("pk"), kind="WOMEN", until=None)))


@check(
    "certificate",
    Group.STALE,
    ngettext_lazy("%(n)d certificate that has expired", "%(n)d certificates that have expired", "n"),
    members=False,
    own=_("the certificate has expired"),
    mend="unions:facts",
)
def _certificate() -> QuerySet[Union]:
    return grassroots().filter(legal_until__lt=today())


@check(
    "term",
    Group.STALE,
    ngettext_lazy("%(n)d term that is over", "%(n)d terms that are over", "n"),
    members=False,
    own=_("the term is over"),
)
def _term() -> QuerySet[Union]:
    return grassroots().filter(term_end__lt=today())


@check(
    "unseen",
    Group.STALE,
    ngettext_lazy("%(n)d roster that nobody has looked through for long", "%(n)d rosters that nobody has looked through for long", "n"),
    members=False,
    own=_("nobody has looked through the roster for long"),
    mend="members:import",
)
def _unseen() -> QuerySet[Union]:
    first = today() - timedelta(days=set_to(FRESH).count)
    return grassroots().filter(founded_on__lte=first).exclude(looked_through(first))


@check(
    "ageing",
    Group.STALE,
    ngettext_lazy("%(n)d roster that is no longer fresh", "%(n)d rosters that are no longer fresh", "n"),
    members=False,
    own=_("the roster is no longer fresh"),
    mend="members:import",
)
def _ageing() -> QuerySet[Union]:
    """Not yet `unseen`: the two together are the rosters that were not looked through lately, and none is found twice."""
    first, late = (today() - timedelta(days=set_to(what).count) for what in (RECENT, FRESH))
    lately = Q(founded_on__gt=late) | looked_through(late)
    return grassroots().filter(founded_on__lte=first).exclude(looked_through(first)).filter(lately)


@check(
    "empty",
    Group.IMPOSSIBLE,
    ngettext_lazy("%(n)d union without a single member", "%(n)d unions without a single member", "n"),
    members=False,
    own=_("not a single member"),
    mend="members:import",
)
def _empty() -> QuerySet[Union]:
    return grassroots().exclude(Exists(counted().filter(union=OuterRef("pk"))))


@check(
    "more",
    Group.IMPOSSIBLE,
    ngettext_lazy(
        "%(n)d union with more members than its unit has employees", "%(n)d unions with more members than their units have employees", "n"
    ),
    members=False,
    own=_("more members than employees"),
    mend="unions:units",
)
def _more() -> QuerySet[Union]:
    of = counted().filter(union=OuterRef("pk")).order_by().values("union").annotate(n=Count("pk")).values("n")
    work = (
        Cover.objects.filter(union=OuterRef("pk"), until=None).order_by().values("union").annotate(n=Sum("employer__employees")).values("n")
    )
    return grassroots().filter(kind="20").annotate(of=of, work=work).filter(work__gt=0, of__gt=F("work"))


@check(
    "staffing",
    Group.STALE,
    ngettext_lazy(
        "%(n)d township federation whose staffing nobody has confirmed for long",
        "%(n)d township federations whose staffing nobody has confirmed for long",
        "n",
    ),
    members=False,
    own=_("nobody has confirmed the staffing for long"),
)
def _staffing() -> QuerySet[Union]:
    """A check holds for a year and its grace; what the register held before there were yearly checks holds as long."""
    since = lapsed_before()
    checked = Exists(StaffCheck.objects.filter(union=OuterRef("pk"), state="CONFIRMED", confirmed_on__gt=since)) | Exists(
        Staffing.objects.filter(union=OuterRef("pk"), since__gt=since)
    )
    return Union.objects.filter(kind="12", state__in=LIVING, founded_on__lte=since).exclude(checked)
