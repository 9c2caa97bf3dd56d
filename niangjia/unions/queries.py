"""Reading the tree: seats of a person, lists, branches, one union's page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When

from niangjia.access.models import User
from niangjia.kit.answer import answer
from niangjia.kit.dates import today
from niangjia.kit.names import asked
from niangjia.kit.totals import Part, Totals
from niangjia.kit.totals import totals as line
from niangjia.kit.who import permitted
from niangjia.unions.enums import ADMINISTRATORS, GRASSROOTS, Duty, Kind, Link, May, Stage, State
from niangjia.unions.models import Body, Cover, Employer, Line, Office, Parentage, Reorganisation, Staffing, Union, open_on
from niangjia.unions.parameters import TERM_FIRST

PAGE = 50
OFFERED = 150  # in a line that names a union
OPEN = (Stage.DRAFT, Stage.REHEARSED, Stage.SIGNED, Stage.ADOPTED, Stage.RECALLED)


@dataclass(frozen=True)
class Seat:
    """An office that a person holds today, and how far it reaches."""

    union_id: int
    union: Union
    level: int
    duty: str
    post: str
    within: tuple[int, ...]  # for the grassroots: the union and those below it


def seats_of(user: User) -> list[Seat]:
    """The offices a person holds today; one query, and one more for a grassroots union that leads others."""
    held = (
        Office.objects.filter(open_on(today()), user=user).exclude(union__state="ABOLISHED").select_related("union").order_by("since", "pk")
    )
    seats = []
    for office in held:
        union = office.union
        within = tuple(Union.objects.filter(path__startswith=union.path).values_list("pk", flat=True)) if union.level > 3 else ()
        seats.append(Seat(union.pk, union, union.level, office.duty, office.post, within))
    return sorted(seats, key=lambda seat: seat.level)


def posts_of(people: Iterable[int]) -> dict[int, list[Office]]:
    """The offices that each of many accounts holds today, the highest first; one query."""
    found: dict[int, list[Office]] = {}
    held = _held().filter(user_id__in=list(people)).select_related("union").order_by("union__level", "since", "pk")
    for office in held:
        assert office.user_id is not None
        found.setdefault(office.user_id, []).append(office)
    return found


def may_stand_in(office: Office) -> list[User]:
    """Who may stand in for the holder of an office: those with an account and an office of their own in the same union, or in one above it."""
    way = [int(pk) for pk in office.union.path.strip("/").split("/")]
    held = _held().filter(union_id__in=way, delegated_by=None, user__is_active=True).exclude(user=office.user)
    held = held.exclude(duty__in=ADMINISTRATORS).select_related("user").order_by("-union__level", "since", "pk")
    return list({one.user_id: one.user for one in held if one.user is not None}.values())


def away(user: User) -> tuple[list[Office], list[Office]]:
    """The offices that somebody holds herself, each with who stands in now or later; and those in which she stands in."""
    later = Office.objects.filter(until__gt=today()).select_related("user").order_by("since")
    held = Office.objects.filter(user=user, until__gt=today()) | Office.objects.filter(user=user, until=None)
    rows = (
        held.select_related("union", "delegated_by")
        .prefetch_related(Prefetch("delegations", later, to_attr="stand_ins"))
        .order_by("since", "pk")
    )
    rows = rows.exclude(union__state=State.ABOLISHED)
    return [one for one in rows if one.delegated_by is None], [one for one in rows if one.delegated_by is not None]


def holding() -> Q:
    """The accounts that hold an office today."""
    return Q(Exists(_held().filter(user_id=OuterRef("pk"))))


def _held() -> QuerySet[Office]:
    return Office.objects.filter(open_on(today()), user__isnull=False).exclude(union__state=State.ABOLISHED)


@dataclass(frozen=True)
class Ask:
    """What a list is narrowed by."""

    text: str = ""
    kind: str = ""
    state: str = ""
    under: str = ""  # the code of a union
    view: str = ""  # grassroots, leading, ahead, term, unregistered, vacant, settling
    parent: str = ""  # the code of a union: those directly below it, and no others


def listed(user: User, ask: Ask) -> QuerySet[Union]:
    """The unions that a person may see, narrowed; ordered by the reading of their names."""
    rows = permitted(user, May.VIEW, Union.objects.select_related("parent", "county", "township"))
    for token in asked(ask.text):
        rows = rows.filter(tokens__contains=[token])
    if ask.kind:
        rows = rows.filter(kind=ask.kind)
    if ask.view == "settling":
        rows = rows.filter(settle_by__isnull=False)
    else:
        rows = rows.filter(state=ask.state) if ask.state else rows.exclude(state="ABOLISHED")
    if ask.under:
        top = Union.objects.filter(code=ask.under).first()
        rows = rows.filter(below(top)) if top else rows.none()
    if ask.parent:
        rows = rows.filter(parent__code=ask.parent)
    if ask.view == "grassroots":
        rows = rows.filter(kind__in=GRASSROOTS)
    elif ask.view == "leading":
        rows = rows.filter(level__lte=3)
    elif ask.view == "ahead":
        rows = rows.filter(term_end__gte=today(), term_end__lt=today() + answer(TERM_FIRST, today(), ()).value.length())
    elif ask.view == "term":
        rows = rows.filter(term_end__lt=today()).exclude(state="ABOLISHED")
    elif ask.view == "unregistered":
        rows = rows.filter(kind__in=GRASSROOTS, uscc="")
    elif ask.view == "vacant":
        rows = rows.filter(chair_by__isnull=False)
    return rows.order_by("name_py", "id")


def reach(user: User, gives: Callable[[Seat], bool], under: str = "") -> Union | None:
    """The one union whose every row a list shows to a person: that of her highest office among those that open the list, or the one
    below it by whose code the list is narrowed. None where her offices lie apart, so that no single union says it.
    """
    tops: list[Union] = [seat.union for seat in user.seats if gives(seat)]
    if not tops or not all(one.path.startswith(tops[0].path) for one in tops):
        return None
    if not under:
        return tops[0]
    asked_for = Union.objects.filter(code=under).first()
    if asked_for is None:
        return None
    if asked_for.path.startswith(tops[0].path):
        return asked_for
    return tops[0] if tops[0].path.startswith(asked_for.path) else None


BEHIND = {  # which figures say what a view of the list shows
    "": ("unions.grassroots", "unions.townships", "unions.industry"), "grassroots": ("unions.grassroots", "unions.joint", "unions.villages"),
    "leading": ("unions.townships",),
}  # fmt: skip


def totals(user: User, ask: Ask) -> Totals | None:
    """The line over the list; nothing where no figure says what it shows."""
    if ask.text or ask.state or ask.parent or ask.view not in BEHIND:
        return None
    union = reach(user, lambda seat: seat.duty not in ("system", "auditlog"), ask.under)
    parts = [Part(code) for code in BEHIND[ask.view]]
    if ask.kind:
        grassroots = ask.kind in GRASSROOTS and ask.view != "leading"
        named: dict[str, str] = {Kind.TOWNSHIP: "unions.townships", Kind.INDUSTRY: "unions.industry"} if not ask.view else {}
        code = "unions.grassroots" if grassroots else named.get(ask.kind, "")
        parts = [Part(code, {"kind": ask.kind}, dict(Kind.choices)[ask.kind])] if code else []
    return line(union, parts)


def turning(unions: Iterable[Union]) -> dict[int, Line]:
    """What an adopted reorganisation, whose day is still ahead, does with some unions: of each what comes first."""
    lines = Line.objects.filter(union__in=unions, reorganisation__state__in=(Stage.ADOPTED, Stage.RECALLED)).select_related(
        "reorganisation", "target"
    )
    return {line.union_id: line for line in lines.order_by("-reorganisation__on", "-pk")}


def reorganisations(user: User, view: str, text: str) -> QuerySet[Reorganisation]:
    """The reorganisations that a person may see, narrowed by where they stand and by number, paper or union."""
    lines = Line.objects.select_related("union", "target").order_by("pk")
    rows = permitted(user, May.SEE_REORGANISATION, Reorganisation.objects.select_related("top").prefetch_related(Prefetch("lines", lines)))
    states = {"open": OPEN, "force": (Stage.IN_FORCE, Stage.FILED), "gone": (Stage.WITHDRAWN,)}.get(view)
    if states:
        rows = rows.filter(state__in=states)
    if text := text.strip():
        named = Line.objects.filter(
            Q(union__name__icontains=text) | Q(target__name__icontains=text) | Q(union__code=text) | Q(target__code=text)
        )
        rows = rows.filter(Q(reference__icontains=text) | Q(paper__icontains=text) | Q(pk__in=named.values("reorganisation")))
    return rows


def turns_of(union: Union) -> list[Reorganisation]:
    """The reorganisations that turned a union or are to turn it, the newest first; for its page."""
    lines = Line.objects.filter(Q(union=union) | Q(target=union) | Q(was=union)).values("reorganisation")
    shown = Prefetch("lines", Line.objects.select_related("union", "target").order_by("pk"))
    return list(
        Reorganisation.objects.filter(pk__in=lines).exclude(state=Stage.WITHDRAWN).prefetch_related(shown).order_by("-on", "-pk")[:5]
    )


def below(top: Union) -> Q:
    """A union and all below it, by the columns that are stored for it."""
    if top.level == 1:
        return ~Q(pk__in=())
    if top.level == 2:
        return Q(county=top)
    if top.level == 3:
        return Q(township=top)
    return Q(path__startswith=top.path)


def leading(user: User) -> QuerySet[Union]:
    """The federations and industrial unions that a person sees: under them unions stand."""
    return permitted(user, May.VIEW).filter(level__lte=3).exclude(state="ABOLISHED").order_by("level", "name_py", "pk")[:OFFERED]


def beside(union: Union) -> QuerySet[Union]:
    """The unions under the same one."""
    return Union.objects.filter(parent=union.parent_id).exclude(pk=union.pk).exclude(state="ABOLISHED").order_by("name_py", "pk")[:OFFERED]


def unelected_below(top: Union, limit: int) -> list[Union]:
    """Unions below one whose term has run out, the longest ago first."""
    those = Union.objects.filter(below(top), term_end__lt=today()).exclude(state="ABOLISHED").exclude(pk=top.pk)
    return list(those.order_by("term_end", "pk")[:limit])


def unregistered_below(top: Union, limit: int) -> list[Union]:
    """Grassroots unions below one that are no legal persons."""
    those = Union.objects.filter(below(top), kind__in=GRASSROOTS, uscc="").exclude(state="ABOLISHED")
    return list(those.order_by("name_py", "pk")[:limit])


def stood(day: date, at: str = "") -> Q:
    """The unions that were there on a day: of today's, those being prepared too; `at` is the way to the union, for rows that point to it."""
    if day >= today():
        return ~Q(**{f"{at}state": State.ABOLISHED})
    return Q(**{f"{at}founded_on__lte": day}) & (Q(**{f"{at}closed_on": None}) | Q(**{f"{at}closed_on__gt": day}))


def held(day: date, by: str = Link.ORG) -> QuerySet[Parentage]:
    """The one row of each union that says whose child it is on a day in a hierarchy. For dues and statistics that is the organisational
    one where they do not differ; before the day of its first row a union stands where that row puts it, as in the books.
    """
    ahead = Q(since__gt=day)
    rows = Parentage.objects.filter(Q(kind=Link.ORG) | Q(kind=by, since__lte=day), child=OuterRef("child"))
    near = rows.order_by(Case(When(ahead, then=2), When(kind=by, then=0), default=1), Case(When(ahead, then=F("since"))), "-since")
    return Parentage.objects.filter(pk=Subquery(near.values("pk")[:1]))


def find(text: str, among: QuerySet[Union] | None = None, *, limit: int = 20, day: date | None = None) -> list[Union]:
    """Unions by name, initials or code, of today or of a day: the hits are found first and ordered after."""
    rows = Union.objects.all() if among is None else among
    text = text.strip()
    if not text:
        return []
    by_code = list(rows.filter(Q(code__iexact=text) | Q(uscc=text.upper())).select_related("parent", "county")[:1])
    if by_code:
        return by_code
    for token in asked(text):
        rows = rows.filter(tokens__contains=[token])
    found = list(rows.filter(stood(day or today())).values_list("pk", flat=True)[:500])
    return list(Union.objects.filter(pk__in=found).select_related("parent", "county").order_by("level", "name_py")[:limit])


def above(union: Union) -> list[Union]:
    """Those above a union, the highest first."""
    up = [int(pk) for pk in union.path.strip("/").split("/") if pk and int(pk) != union.pk]
    return sorted(Union.objects.filter(pk__in=up).select_related("parent"), key=lambda one: (one.level, len(one.path)))


@dataclass(frozen=True)
class Page:
    """All that a union's page shows of this floor."""

    above: list[Union]
    children: list[tuple[str, int]]
    offices: list[Office]
    past_offices: list[Office]
    bodies: list[Body]
    covers: list[Cover]
    cover_count: int
    parentages: list[Parentage]
    staffing: Staffing | None


def page_of(union: Union) -> Page:
    """A union's page in a fixed number of queries."""
    on = open_on(today())
    offices = list(union.offices.select_related("user", "union", "delegated_by").order_by("duty", "delegated_by", "-since"))
    day = today()
    held = [o for o in offices if o.until is None or o.until > day]  # also who begins, or stands in, from a day ahead
    covers = list(union.covers.filter(on).select_related("employer", "union").order_by("employer__name")[:51])
    return Page(
        above(union),
        list(union.children.exclude(state="ABOLISHED").values_list("kind").annotate(n=Count("pk")).order_by("kind")),
        held,
        [o for o in offices if o not in held],
        list(union.bodies.filter(on).select_related("union").order_by("kind")),
        covers[:50],
        union.covers.filter(on).count() if len(covers) > 50 else len(covers),
        list(union.parentages.select_related("parent").order_by("-since")),
        union.staffings.filter(on).first(),
    )


def office_holders(union: Union, *duties: str) -> list[User]:
    """Who holds one of these offices in a union today."""
    held = Office.objects.filter(open_on(today()), union=union, duty__in=duties, user__isnull=False).select_related("user")
    return [office.user for office in held if office.user is not None]


def carried_on(union: int) -> int:
    """The union that does a union's work today: of itself and those above it, the nearest that has not ended."""
    return carried_on_each([union])[union]


def carried_on_each(unions: Collection[int]) -> dict[int, int]:
    """The same for many unions; one question, and one more if any of them has ended."""
    ended = Union.objects.filter(pk__in=unions, state=State.ABOLISHED).values_list("pk", "path")
    ways = {pk: [int(one) for one in path.strip("/").split("/")] for pk, path in ended}
    if not ways:
        return {pk: pk for pk in unions}
    above = {pk for way in ways.values() for pk in way}
    alive = set(Union.objects.filter(pk__in=above).exclude(state=State.ABOLISHED).values_list("pk", flat=True))
    return {union: next((pk for pk in reversed(ways.get(union, [])) if pk in alive), union) for union in unions}


def own_union(employer: Employer) -> Union | None:
    """The union of this employer alone, if it has one."""
    return Union.objects.filter(employer=employer).exclude(state=State.ABOLISHED).first()


def heir_of(union: Union) -> Union | None:
    """Who keeps the members of a union that ends, unless another is named: the nearest federation above it that stands."""
    way = [int(pk) for pk in union.path.strip("/").split("/") if int(pk) != union.pk]
    leads = {one.pk: one for one in Union.objects.filter(pk__in=way, level__lte=3) if one.living}
    return next((leads[pk] for pk in reversed(way) if pk in leads), None)


def answerable(union: Union, duty: str) -> list[User]:
    """Whom a clock tells: who holds the duty in that union, or in the one that goes on with its work; if nobody does, its chair."""
    if union.state == State.ABOLISHED:
        union = Union.objects.get(pk=carried_on(union.pk))
    return office_holders(union, duty) or office_holders(union, "chair")


def hearing(desks: Collection[tuple[int, str]]) -> dict[tuple[int, str], list[User]]:
    """Whom clocks tell before their end, for many desks (union and duty) in three questions.

    Who holds the duty in the union, or in the one that goes on with its work; if nobody does, its chair; and where the post is vacant,
    or its holder has no account to be told by, the same in the union directly above. Never higher: a county would hear of every firm.
    """
    ways = {pk: [int(one) for one in path.strip("/").split("/")] for pk, path in _paths({union for union, _duty in desks})}
    every = {pk for way in ways.values() for pk in way}
    alive = set(Union.objects.filter(pk__in=every).exclude(state=State.ABOLISHED).values_list("pk", flat=True))
    near = {union: [pk for pk in reversed(way) if pk in alive][:2] for union, way in ways.items()}
    duties, at = {duty for _union, duty in desks} | {Duty.CHAIR.value}, {pk for those in near.values() for pk in those}
    held: dict[tuple[int, str], list[User]] = {}
    for office in Office.objects.filter(
        open_on(today()), union__in=at, duty__in=duties, user__is_active=True
    ).select_related("user").order_by("since", "pk"):  # fmt: skip
        if office.user is not None:
            held.setdefault((office.union_id, office.duty), []).append(office.user)

    def people(union: int, duty: str) -> list[User]:
        asked = ((pk, one) for pk in near.get(union, []) for one in (duty, Duty.CHAIR.value))
        return next((held[desk] for desk in asked if desk in held), [])

    return {(union, duty): people(union, duty) for union, duty in desks}


def _paths(unions: Collection[int]) -> list[tuple[int, str]]:
    return list(Union.objects.filter(pk__in=unions).values_list("pk", "path"))


def demo_groups() -> list[dict[str, Any]]:
    """Who can sign in to the demo, by level."""
    from django.utils.translation import gettext as _

    held = (
        Office.objects.filter(open_on(today()), user__username__startswith="demo-")
        .select_related("union", "user")
        .order_by("union__level", "pk")
    )
    titles = {1: _("The city"), 2: _("A county"), 3: _("A township"), 4: _("At the grassroots")}
    groups: dict[int, dict[str, Any]] = {}
    for office in held:
        level = min(office.union.level, 4)
        group = groups.setdefault(level, {"title": titles[level], "people": []})
        assert office.user is not None
        group["people"].append(
            {"username": office.user.username, "name": office.user.name, "post": office.post, "union": office.union.short_name, "hint": ""}
        )
    return list(groups.values())
