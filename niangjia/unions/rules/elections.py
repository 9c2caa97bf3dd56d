"""What the law asks of an election: the seats, who may stand, what makes a result (domain reference, §1.5 and §1.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil


@dataclass(frozen=True)
class Range:
    """From so many to so many."""

    least: int
    most: int

    def holds(self, n: int) -> bool:
        """Whether a number lies in it."""
        return self.least <= n <= self.most


@dataclass(frozen=True)
class Limits:
    """What holds for an election on its day at its place, for a union of its size."""

    seats: Range
    delegates: Range
    audit: Range
    surplus: Fraction  # candidates beyond the seats, of the seats
    quorum: Fraction  # of those entitled
    majority: Fraction  # of those entitled, to be exceeded
    women_from: int
    congress_from: int
    alone_to: int  # members up to whom one person may be elected in the place of a committee
    federation: bool = False  # its congress elects; the numbers of seats are the place's custom, and no regulation


@dataclass(frozen=True)
class Stand:
    """Somebody who stands for a body, and what she got."""

    name: str
    post: str = "MEMBER"
    tie: str = "NONE"
    retained: bool = False
    cash: bool = False
    ayes: int = 0
    noes: int = 0
    abstained: int = 0
    others: int = 0
    written: bool = False  # on ballots, in the place of who stood

    @property
    def votes(self) -> int:
        """All that was said of her."""
        return self.ayes + self.noes + self.abstained + self.others


@dataclass(frozen=True)
class Slate:
    """One body that is elected: its seats, who stands, and what came out of the box."""

    body: str  # COMMITTEE, AUDIT, WOMEN
    seats: int
    stands: tuple[Stand, ...] = ()
    commissioner: bool = False
    issued: int = 0
    returned: int = 0
    valid: int = 0


@dataclass(frozen=True)
class Remark:
    """What speaks against an election: a hard one keeps it from going on, a soft one wants a reason."""

    code: str
    hard: bool = True
    body: str = ""
    said: Mapping[str, object] = field(default_factory=dict)


def band(members: int, edges: Sequence[int]) -> int:
    """The place of the first edge that so many members do not exceed.

    >>> [band(n, [24, 200]) for n in (24, 25, 200, 201)]
    [0, 1, 1, 2]
    """
    return sum(members > edge for edge in edges)


def needed(seats: int, surplus: Fraction) -> int:
    """How many must stand for so many seats (election regulation 2016: a difference of at least 5 %).

    >>> needed(7, Fraction(5, 100)), needed(21, Fraction(5, 100))
    (8, 23)
    """
    return seats + ceil(seats * surplus)


@dataclass(frozen=True)
class Suggested:
    """What the plan of an election begins with."""

    seats: int
    audit_seats: int
    women_seats: int
    delegates: int | None = None  # none: all members vote


def suggested(limits: Limits, *, members: int, women: int, before: Mapping[str, int]) -> Suggested:
    """The seats by the number of members (election regulation 2016), odd, as last time where that still fits; a congress from so many members on.

    >>> limits = Limits(Range(7, 15), Range(40, 60), Range(3, 11), Fraction(1, 20), Fraction(2, 3), Fraction(1, 2), 10, 100, 24)
    >>> suggested(limits, members=300, women=120, before={"COMMITTEE": 9})
    Suggested(seats=9, audit_seats=3, women_seats=7, delegates=40)
    >>> suggested(limits, members=90, women=4, before={"COMMITTEE": 21})
    Suggested(seats=7, audit_seats=3, women_seats=1, delegates=None)
    """
    least = limits.seats.least
    seats = before.get("COMMITTEE", 0)
    if not limits.seats.holds(seats):
        seats = least if least % 2 else min(least + 1, limits.seats.most)
    audit = before.get("AUDIT", 0)
    if not limits.audit.holds(audit):
        audit = limits.audit.least if members > limits.alone_to else 1
    many = women >= limits.women_from
    wanted = before.get("WOMEN", 0) if many and before.get("WOMEN", 0) > 1 else min(least, women) if many else min(1, women)
    return Suggested(seats, audit, wanted, limits.delegates.least if members >= limits.congress_from > 0 else None)


def against_slates(slates: Sequence[Slate], *, members: int, women: int, delegates: int | None, limits: Limits) -> list[Remark]:
    """What speaks against the candidates: the seats by members, the difference, the bars (Trade Union Law 2021, arts 10, 11, 45; regulation 2016)."""
    found = []
    of = {one.body: one for one in slates}
    if delegates is not None and members < limits.congress_from:
        found.append(Remark("congress", said={"members": members, "least": limits.congress_from}))
    elif delegates is not None and not limits.delegates.holds(delegates):
        found.append(Remark("delegates", hard=False, said={"n": delegates, **vars(limits.delegates)}))
    if "COMMITTEE" not in of or not of["COMMITTEE"].stands:
        found.append(Remark("nobody", body="COMMITTEE"))
    if "AUDIT" not in of:
        found.append(Remark("no-audit", body="AUDIT"))
    if women and "WOMEN" not in of:
        found.append(Remark("no-women", hard=False, body="WOMEN"))
    elif women >= limits.women_from and of["WOMEN"].commissioner:
        found.append(Remark("women", hard=False, body="WOMEN", said={"women": women, "least": limits.women_from}))
    for one in slates:
        found += _against(one, members, limits)
    committee, audit = of.get("COMMITTEE"), of.get("AUDIT")
    chairs = {stand.name for stand in committee.stands if stand.post == "CHAIR"} if committee else set()
    if committee and committee.stands and not chairs:
        found.append(Remark("no-chair", body="COMMITTEE"))
    found += [
        Remark("audit-chair", body="AUDIT", said={"name": stand.name}) for stand in (audit.stands if audit else ()) if stand.name in chairs
    ]
    return found


def _against(one: Slate, members: int, limits: Limits) -> list[Remark]:
    """What speaks against one body's candidates."""
    found = []
    if one.body == "COMMITTEE" and one.commissioner:  # a union too small for a committee elects its chair, or an organiser, alone
        if members > limits.alone_to:
            found.append(Remark("alone", body=one.body, said={"members": members, "most": limits.alone_to}))
    elif one.body == "COMMITTEE":
        if not limits.seats.holds(one.seats):
            code = "congress-seats" if limits.federation else "seats"
            found.append(
                Remark(code, hard=not limits.federation, body=one.body, said={"n": one.seats, "members": members, **vars(limits.seats)})
            )
        if one.seats % 2 == 0:
            found.append(Remark("even", hard=False, body=one.body, said={"n": one.seats}))
        if one.stands and len(one.stands) < (least := needed(one.seats, limits.surplus)):
            found.append(Remark("difference", body=one.body, said={"n": len(one.stands), "seats": one.seats, "least": least}))
    elif len(one.stands) < one.seats:
        found.append(Remark("few", body=one.body, said={"n": len(one.stands), "seats": one.seats}))
    if one.body == "AUDIT" and not one.commissioner and not limits.audit.holds(one.seats):
        found.append(Remark("audit-seats", body=one.body, said={"n": one.seats, **vars(limits.audit)}))
    return found + barred(one, one.stands)


def barred(one: Slate, those: Sequence[Stand]) -> list[Remark]:
    """What bars some people from a body (Trade Union Law 2021, art. 10; regulation 2016; measures on chairs 2008)."""
    found = []
    for stand in those:
        said = {"name": stand.name}
        if stand.retained:
            found.append(Remark("retained", body=one.body, said=said))
        if one.body == "COMMITTEE" and stand.tie in ("RELATIVE", "PRINCIPAL"):
            found.append(Remark("relative" if stand.tie == "RELATIVE" else "principal", body=one.body, said=said))
        elif one.body == "COMMITTEE" and stand.post == "CHAIR" and stand.tie != "NONE":
            found.append(Remark("chair-tie", hard=False, body=one.body, said=said))
        if one.body == "AUDIT" and stand.cash:
            found.append(Remark("audit-cash", body=one.body, said=said))
    return found


def against_within(slates: Sequence[Slate], *, chairs: Sequence[str], limits: Limits) -> list[Remark]:
    """What speaks against the candidates of a by-election: it fills some seats, and asks nothing of those that are filled. Who stands for a post may stand alone.

    >>> limits = Limits(Range(7, 15), Range(40, 60), Range(3, 11), Fraction(1, 20), Fraction(2, 3), Fraction(1, 2), 10, 100, 24)
    >>> [one.code for one in against_within([Slate("COMMITTEE", 1, (Stand("甲", post="CHAIR"),))], chairs=(), limits=limits)]
    []
    >>> [one.code for one in against_within([Slate("COMMITTEE", 1, (Stand("甲"),)), Slate("AUDIT", 1, (Stand("乙"),))], chairs=["乙"], limits=limits)]
    ['difference', 'audit-chair']
    """
    found = []
    for one in slates:
        plain = one.body == "COMMITTEE" and any(stand.post == "MEMBER" for stand in one.stands)
        least = needed(one.seats, limits.surplus) if plain else one.seats
        if len(one.stands) < least:
            said = {"n": len(one.stands), "seats": one.seats, "least": least}
            found.append(Remark("difference" if plain else "few", body=one.body, said=said))
        found += barred(one, one.stands)
    standing = {stand.name for one in slates if one.body == "COMMITTEE" for stand in one.stands if stand.post == "CHAIR"} | set(chairs)
    on_audit = [stand.name for one in slates if one.body == "AUDIT" for stand in one.stands if stand.name in standing]
    return found + [Remark("audit-chair", body="AUDIT", said={"name": name}) for name in on_audit]


def off_term(planned: date, due: date | None, earliest: date | None, latest: date | None, *, leave: bool) -> list[Remark]:
    """Whether an election is earlier or later than may be without leave of the union above (`earliest`, `latest`: a span before and after the term's end).

    >>> end = date(2026, 6, 30)
    >>> [r.code for r in off_term(date(2027, 2, 1), end, date(2025, 12, 30), date(2026, 12, 30), leave=False)]
    ['late']
    """
    if due is None or leave or earliest is None or latest is None or earliest <= planned <= latest:
        return []
    return [Remark("early" if planned < due else "late", said={"day": planned, "due": due})]


def against_result(slates: Sequence[Slate], *, entitled: int, present: int, limits: Limits) -> list[Remark]:
    """What speaks against a result: the quorum, ballots that do not add up, votes that are more than can be (regulation 2016)."""
    if present > entitled:
        return [Remark("present", said={"present": present, "entitled": entitled})]
    found = []
    if present < entitled * limits.quorum:
        found.append(Remark("quorum", said={"present": present, "least": ceil(entitled * limits.quorum), "entitled": entitled}))
    for one in slates:
        said = {"issued": one.issued, "returned": one.returned, "valid": one.valid, "present": present}
        if one.issued > present:
            found.append(Remark("issued", body=one.body, said=said))
        if one.returned > one.issued:
            found.append(Remark("returned", body=one.body, said=said))
        if one.valid > one.returned:
            found.append(Remark("valid", body=one.body, said=said))
        found += [
            Remark("sum", body=one.body, said=said | {"name": stand.name, "votes": stand.votes})
            for stand in one.stands
            if stand.votes != one.valid and not stand.written
        ]
        names, places = sum(stand.ayes for stand in one.stands if stand.written), sum(stand.others for stand in one.stands)
        if names > places:
            found.append(Remark("written", body=one.body, said=said | {"names": names, "places": places}))
        found += [remark for remark in barred(one, [stand for stand in one.stands if stand.written]) if remark.hard]
        if sum(stand.ayes for stand in one.stands) > one.seats * one.valid:
            found.append(Remark("ayes", body=one.body, said=said | {"seats": one.seats}))
    return found


def elected(slate: Slate, entitled: int, majority: Fraction) -> list[int]:
    """Whom a ballot elected, by their places in the slate: more than half of those entitled said aye, and of these as many as there are seats.

    Of several who are equal at the last seat nobody is elected: they are voted on again.

    >>> slate = Slate("COMMITTEE", 2, (Stand("甲", ayes=80), Stand("乙", ayes=60), Stand("丙", ayes=60), Stand("丁", ayes=50)))
    >>> elected(slate, 100, Fraction(1, 2)), elected(slate, 130, Fraction(1, 2))
    ([0], [0])
    """
    over = sorted((n for n, one in enumerate(slate.stands) if one.ayes > entitled * majority), key=lambda n: -slate.stands[n].ayes)
    chosen = over[: slate.seats]
    if len(over) > slate.seats:
        edge = slate.stands[over[slate.seats]].ayes
        chosen = [n for n in chosen if slate.stands[n].ayes > edge]
    return sorted(chosen)


def against_sharing(
    chosen: Mapping[str, Sequence[Stand]], *, slates: Mapping[str, Slate], limits: Limits, within: bool = False
) -> list[Remark]:
    """What speaks against how the elected shared out the work: one chair, who is not on the audit committee; a committee that is large enough.

    `within`: of a by-election, which need not bring a chair, and leaves the others where they are.
    """
    found = []
    committee = chosen.get("COMMITTEE", ())
    chairs = [one.name for one in committee if one.post == "CHAIR"]
    if len(chairs) > 1 or (not chairs and not within):
        found.append(Remark("one-chair", body="COMMITTEE", said={"n": len(chairs)}))
    least = 0 if within else 1 if slates["COMMITTEE"].commissioner else min(limits.seats.least, slates["COMMITTEE"].seats)
    if len(committee) < least:
        found.append(Remark("small", body="COMMITTEE", said={"n": len(committee), "least": least}))
    for body, those in chosen.items():
        if len(those) < slates[body].seats:
            found.append(Remark("unfilled", hard=False, body=body, said={"n": len(those), "seats": slates[body].seats}))
        if body == "AUDIT":
            found += [Remark("audit-chair", body=body, said={"name": one.name}) for one in those if one.name in chairs]
    return found
