"""A split as the rules read it: its parts, what is left, what speaks against it; and the list of those that a person sees."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.access.models import User
from niangjia.kit.answer import asking
from niangjia.kit.components import english
from niangjia.kit.dates import today
from niangjia.kit.who import permitted
from niangjia.unions.ballots import Ask, late
from niangjia.unions.enums import GRASSROOTS, OF_ONE_UNIT, OF_SEVERAL, Kind, May, State
from niangjia.unions.enums_life import Splitting
from niangjia.unions.models import Cover, Employer, Office, Split, SplitOffice, SplitPart, SplitUnit, Union, open_on
from niangjia.unions.parameters import SPLIT_MAJORITY, UNITS_LEAST
from niangjia.unions.rules import named
from niangjia.unions.rules import splits as rules

UNITED = (*OF_SEVERAL[:-1],)  # made of units; a union of new-form workers may have none
RUNNING = (Splitting.DRAFT, Splitting.SENT)


class Plan:
    """A split with its parts, units and officers, read once: for its page, its steps and its papers."""

    def __init__(self, of: Split) -> None:
        """Read the parts in the order in which they were written, each with what goes to it."""
        self.of = of
        units = Prefetch("units", SplitUnit.objects.select_related("employer").order_by("employer__name", "pk"), to_attr="going")
        offices = Prefetch("offices", SplitOffice.objects.select_related("office__user").order_by("pk"), to_attr="leaving")
        self.parts: list[Any] = list(of.parts.select_related("union").prefetch_related(units, offices).order_by("pk"))

    @property
    def names(self) -> str:
        """The new unions in a row."""
        return pgettext("between names", ", ").join(one.short_name for one in self.parts)

    @cached_property
    def assigned(self) -> set[int]:
        """The employers that go to some part."""
        return {unit.employer_id for one in self.parts for unit in one.going}

    @cached_property
    def left(self) -> int:
        """How many units of the union go to no part."""
        return self.covers().exclude(employer__in=self.assigned).count()

    def covers(self) -> QuerySet[Cover]:
        """The units that the union covers today."""
        return Cover.objects.filter(open_on(today()), union=self.of.union)

    def against(self) -> list[rules.Remark]:
        """What speaks against it, the hard ones first."""
        one, ask = self.of, asking(self.of.union, today())
        taken = set(
            Union.objects.filter(name__in=[part.name for part in self.parts]).exclude(state=State.ABOLISHED).values_list("name", flat=True)
        )
        if one.ends:  # its own name is free by then
            taken.discard(one.union.name)
        parts = [
            rules.Part(
                part.name, part.kind in OF_ONE_UNIT, part.kind in UNITED, named(part.kind, part.name), part.name in taken, len(part.going), len(part.leaving)
            )
            for part in self.parts
        ]  # fmt: skip
        whole = rules.Whole(one.ends, one.union.kind in UNITED, self.left, one.union.employer_id in self.assigned, bool(one.assets))
        decision = rules.Decision(one.decided_on is not None, one.entitled or 0, one.ayes or 0)
        share = Fraction(ask(SPLIT_MAJORITY.cells["part",]), ask(SPLIT_MAJORITY.cells["of",]))
        return rules.against(whole, parts, decision, units=ask(UNITS_LEAST), majority=share)


def sentence(remark: rules.Remark) -> str:
    """What a remark says: what is wrong, by which rule, and what to do."""
    words = {
        "two-parts": _("The union ends by the split, so at least two unions come of it. Add them, or say that it goes on."),
        "no-part": _("No union comes of it yet. Add one."),
        "named": _("“%(name)s” does not end as the names of its type do. Write it anew."),
        "taken": _("There is a union with the name “%(name)s” already. Write another name."),
        "one-unit": _("“%(name)s” is a union of one unit and has %(n)s. Give it the one unit whose union it is, or choose another type."),
        "few-units": _("“%(name)s” is a union of several units and has %(n)s; it needs at least %(least)s (Trade Union Law, art. 11)."),
        "no-officer": _("Nobody with an office goes along to “%(name)s”: its chair is vacant at first and has its clock."),
        "left": _("The union ends, and units that it covers go nowhere yet: %(n)s. Give each to a part."),
        "own-goes": _(
            "The union goes on, and the employer whose union it is goes to another. Take it off there, or say that the union ends."
        ),
        "few-left": _("%(n)s units stay with the union; a union of several units has at least %(least)s."),
        "assets": _("It is not written how funds, property and debts are shared out. Write it."),
        "undecided": _("The union has not decided yet: write who decided, when, and by how many."),
        "votes": _("%(ayes)s of %(entitled)s agreed; a split needs more than half of all who are entitled."),
    }
    return str(words[remark.code]) % remark.said


def joined(remarks: list[rules.Remark]) -> str:
    """Some remarks in a row."""
    return (" " if english() else "").join(map(sentence, remarks))


def listed(user: User, ask: Ask) -> QuerySet[Split]:
    """The splits that a person may see, narrowed."""
    rows: QuerySet[Split] = permitted(user, May.SEE_SPLIT).select_related("union", "above")
    rows = rows.prefetch_related(Prefetch("parts", SplitPart.objects.order_by("pk")))
    if ask.state:
        rows = rows.filter(state=ask.state)
    if ask.under:
        rows = rows.filter(Q(union__code=ask.under) | Q(township__code=ask.under) | Q(county__code=ask.under))
    if text := ask.text.strip():
        named_so = SplitPart.objects.filter(name__icontains=text).values("split")
        rows = rows.filter(Q(reference__icontains=text) | Q(union__name__icontains=text) | Q(union__code=text) | Q(pk__in=named_so))
    mine = [seat.union_id for seat in user.seats if seat.duty in ("organisation", "chair", "office")]
    if ask.view == "mine":
        own = Q(state__in=("DRAFT", "APPROVED"), union__in=mine)
        rows = rows.filter(own | Q(state="SENT", above__in=mine) | Q(state="APPROVED", above__in=mine))
    elif ask.view == "open":
        rows = rows.filter(state__in=RUNNING)
    elif ask.view == "settling":
        rows = rows.filter(state="APPROVED")
    elif ask.view == "late":
        rows = rows.filter(pk__in=late("unions.split"))
    elif ask.view == "gone":
        rows = rows.filter(state__in=("REFUSED", "WITHDRAWN"))
    return rows


def running(union: Union) -> Split | None:
    """The split of a union that is being prepared or decided."""
    return Split.objects.filter(union=union, state__in=RUNNING).first()


def of_union(union: Union) -> list[Split]:
    """The splits of a union, and the one that it came of; the newest first."""
    came = SplitPart.objects.filter(union=union).values("split")
    return list(
        Split.objects.filter(Q(union=union) | Q(pk__in=came)).exclude(state="WITHDRAWN").select_related("union").order_by("-made_at")[:5]
    )


def offices_to_choose(one: Split) -> list[Office]:
    """The offices of the union that go to no part yet."""
    held = Office.objects.filter(open_on(today()), union=one.union, until=None, delegated_by=None)
    return list(held.exclude(pk__in=SplitOffice.objects.filter(split=one).values("office")).order_by("duty", "since", "pk"))


def units_to_choose(one: Split) -> QuerySet[Employer]:
    """The units of the union that go to no part yet."""
    those = Cover.objects.filter(open_on(today()), union=one.union).exclude(employer__in=one.units.values("employer"))
    return Employer.objects.filter(pk__in=those.values("employer")).order_by("name", "pk")


def kinds() -> list[tuple[str, Any]]:
    """The types that a part may have."""
    return [(one.value, one.label) for one in Kind if one.value in GRASSROOTS]
