"""The tree as rows: what stood in the register at the end of each slice of history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from niangjia.access.models import User
from niangjia.flow.models import Clock, Move
from niangjia.kit import warned
from niangjia.kit.clock import Deadline
from niangjia.kit.dates import at, day_of
from niangjia.kit.names import reading, tokens
from niangjia.kit.spans import Span
from niangjia.scenario.copying import amend, copy
from niangjia.scenario.later.offices import Handover
from niangjia.scenario.spread import dice, number
from niangjia.scenario.staff import Staff
from niangjia.scenario.targets import BODIES, MERGED_ON, REVIEW
from niangjia.scenario.terms import Terms
from niangjia.scenario.tree import Tree
from niangjia.scenario.tree import Union as Planted
from niangjia.unions.deadlines import CERTIFICATE, TERM
from niangjia.unions.models import Body, Cover, Division, Employer, Office, Parentage, Staffing, Union

Row = tuple[Any, ...]
FOREVER = date(9999, 1, 1)


class Register:
    """Writes a tree, slice by slice."""

    def __init__(self, seed: int, tree: Tree, staff: Staff, today: date) -> None:
        self.seed, self.tree, self.staff, self.today, self.rng = seed, tree, staff, today, dice(seed, "register")
        self.terms = Terms(seed, tree, self.rng, today).of
        before = [union for union in tree.unions if union.founded <= REVIEW]
        self.bodies = list(self.bodied(before, self.rng, REVIEW))
        self.staffings = list(self.staffed())
        later = dice(seed, "bodies since the review")
        self.bodies += self.bodied(tree.unions[len(before) :], later, today - timedelta(days=1), after=len(self.bodies))
        self.handover = Handover(seed, tree, staff, self.terms)
        self.covers = [
            (i, union, firm, since)
            for i, (union, firm, since) in enumerate(
                ((u, f, s) for u in tree.unions for f, s in zip(u.covered, u.covered_since, strict=True)), 1
            )
        ]

    # ---------- what does not depend on a slice ----------

    def accounts(self) -> None:
        """Who works at a federation can be asked; nobody signs in to these."""
        rows = (
            (
                pk,
                f"!{number(self.seed, 'password', pk).hex}",
                number(self.seed, "user", pk),
                account,
                name,
                "STAFF",
                at(date(2010, 9, 1), 9),
                active,
            )
            for pk, account, name, active in self.handover.users
        )
        copy(User, ("id", "password", "uuid", "username", "name", "kind", "made_at", "is_active"), rows)

    def ground(self) -> None:
        """Divisions as they were in the beginning, and the employers."""
        homes = {
            place.pk: union.pk
            for place in self.tree.places
            if place.level < 3
            for union in self.tree.unions[:6]
            if union.division == place.pk
        }
        copy(
            Division, ("id", "code", "name", "level", "parent", "since", "zone", "basis", "union"),
            ((p.pk, p.code, p.name, p.level, p.parent, p.since, p.zone, p.basis, homes[p.pk if p.level < 3 else p.parent or 1]) for p in self.tree.places),
        )  # fmt: skip
        copy(
            Employer,
            ("id", "uuid", "name", "uscc", "category", "industry", "employees", "division", "county", "township", "opened_on", "address"),
            (
                (
                    f.pk,
                    number(self.seed, "employer", f.pk),
                    f.name,
                    f.uscc,
                    f.category,
                    f.industry,
                    f.employees,
                    f.division,
                    f.county,
                    f.township,
                    f.opened,
                    "",
                )
                for f in self.tree.firms
            ),
        )

    def offices(self) -> None:
        """The officers, and the story and the clocks of each union."""
        copy(
            Office, ("id", "uuid", "union", "user", "name", "duty", "post", "served", "since", "until"),
            (
                (o.pk, number(self.seed, "office", o.pk), o.union, o.user, o.name, o.duty, o.post, o.served, o.since, o.until if o.until and o.until > o.since else None)
                for o in self.handover.officers
            ),
        )  # fmt: skip
        copy(Move, ("kind", "thing_id", "verb", "was", "now", "by", "at", "reason", "auto"), self.moves())
        copy(
            Clock, ("code", "kind", "thing_id", "union_id", "township_id", "county_id", "duty", "started_at", "division", "due_at", "rung_at", "warn_at", "warns", "remind_at"),
            self.clocks(),
        )  # fmt: skip

    # ---------- by slice ----------

    def slice(self, first: date, last: date) -> None:
        """What became known after one day and by another."""
        fresh = [union for union in self.tree.unions if first < max(union.founded, date.min) <= last]
        copy(Union, UNION_COLUMNS, map(self.union_row, fresh))
        copy(Parentage, ("child", "parent", "since", "basis"), self.parentages(first, last))
        copy(
            Cover, ("id", "union", "employer", "since"), ((i, u.pk, f.pk, since) for i, u, f, since in self.covers if first < since <= last)
        )
        copy(
            Body,
            ("id", "union", "kind", "form", "since"),
            ((i, u.pk, kind, form, since) for i, u, kind, form, since in self.bodies if first < since <= last),
        )
        amend(Staffing, ("id", "until"), ((i, e) for i, _, s, e, *_ in self.staffings if e and first < e <= last and s <= first))
        copy(
            Staffing, ("id", "union", "since", "until", "chair", "staff", "evidence"),
            ((i, pk, s, e if e and e <= last else None, c, m, paper) for i, pk, s, e, c, m, paper in self.staffings if first < s <= last),
        )  # fmt: skip
        gone = [union for union in self.tree.unions if union.closed and first < union.closed <= last]
        amend(Union, ("id", "state", "closed_on", "successor"), ((u.pk, "ABOLISHED", u.closed, u.successor) for u in gone))
        ended = {union.pk: union.closed for union in gone}
        amend(
            Cover, ("id", "until"), ((i, ended[u.pk]) for i, u, _, since in self.covers if u.pk in ended and since < (u.closed or FOREVER))
        )
        amend(
            Body,
            ("id", "until"),
            ((i, ended[u.pk]) for i, u, _, _, since in self.bodies if u.pk in ended and since < (u.closed or FOREVER)),
        )
        if first < MERGED_ON <= last:
            amend(Division, ("id", "until", "successor"), ((p.pk, p.until, p.successor) for p in self.tree.places if p.until))

    def parentages(self, first: date, last: date) -> Iterator[Row]:
        """Whose child each union is, from its founding; from the merger on, another's."""
        for union in self.tree.unions:
            before = union.parent_before
            if first < union.founded <= last:
                yield union.pk, before or union.parent, union.founded, ""
            if before and first < MERGED_ON <= last:
                yield union.pk, union.parent, MERGED_ON, "乡镇区划调整（日期为推定）"

    # ---------- one union ----------

    def union_row(self, union: Planted) -> Row:
        """The row of a union as long as it lives."""
        said = reading(union.name, person=False)
        term = self.terms[union.pk]
        approved = term.start if term.elections else union.founded
        registered = bool(union.uscc) and union.kind >= "12"
        short = union.name_short
        return (
            union.pk, number(self.seed, "union", union.pk), union.code, union.name, short, said, tokens(union.name, said), union.kind, union.level, term.state,
            union.parent, union.county, union.township, union.path, union.division, union.firm.pk if union.firm else None, union.uscc,
            term.start if registered else None, term.end if registered else None, union.founded, self.paper(union, approved),
            term.number, term.years, term.start, term.end, "", "", self.dormant(union),
        )  # fmt: skip

    def dormant(self, union: Planted) -> date | None:
        """Since when a union only stands on paper."""
        term = self.terms[union.pk]
        if union.closed or term.state != "DORMANT":
            return None
        return self.today - timedelta(days=min(60 + union.pk % 300, (self.today - term.start).days - 1))

    @staticmethod
    def paper(union: Planted, day: date) -> str:
        """The number of the paper by which a union, or its last election, was approved."""
        return f"{'市' if union.level < 3 else ''}工发〔{day.year}〕{(union.pk + 37 * (day - union.founded).days) % 190 + 1}号"

    @staticmethod
    def bodied(
        unions: Sequence[Planted], rng: np.random.Generator, until: date, *, after: int = 0
    ) -> Iterator[tuple[int, Planted, str, str, date]]:
        """Committees, audit bodies and women's bodies, nearly everywhere; others here and there."""
        low, high = BODIES
        living = [union for union in unions if union.grassroots and not (union.closed and union.closed <= until)]
        without = {}
        for kind, part in (("AUDIT", 0.31), ("WOMEN", 0.57)):
            many = int(len(living) * float(high - low) * (0.3 + 0.4 * part))
            without[kind] = {living[i].pk for i in rng.choice(len(living), size=many, replace=False)}
        pk = after
        for union in unions:
            last = min(union.closed or until, until) - timedelta(days=2)
            lag = rng.integers(0, 75, size=6).tolist()
            draw = rng.random(8).tolist()
            for i, (kind, likely) in enumerate(
                (("COMMITTEE", 1.0), ("AUDIT", 1.0), ("WOMEN", 1.0), ("MEDIATION", 0.44), ("SUPERVISION", 0.27), ("CONGRESS", 0.52))
            ):
                if draw[i] > likely or union.pk in without.get(kind, ()):
                    continue
                since = (
                    union.founded
                    if i == 0 or draw[i] < 0.7 * likely
                    else min(union.founded + timedelta(days=lag[i]), max(last, union.founded))
                )
                form = "COMMITTEE"
                if kind in {"AUDIT", "WOMEN"} and union.grassroots and union.size < 40:
                    form = "EXEMPT" if kind == "WOMEN" and draw[6] < 0.006 else "COMMISSIONER" if draw[7] < 0.87 else "COMMITTEE"
                pk += 1
                yield pk, union, kind, form, since

    def staffed(self) -> Iterator[tuple[int, int, date, date | None, bool, bool, str]]:
        """Checks of the townships' staff: about a third lacked somebody at the first check."""
        pk = 0
        for union in self.tree.unions:
            if union.kind != "12":
                continue
            first = max(union.founded, date(2010, 3, 1)) + timedelta(days=int(self.rng.integers(20, 240)))
            missing = self.rng.random() < 0.34 and not union.closed
            mended = max(first, date(2011, 5, 1)) + timedelta(days=int(self.rng.integers(150, 1100)))
            until = mended if missing else union.closed
            pk += 1
            yield (
                pk,
                union.pk,
                first,
                until,
                not missing or bool(self.rng.random() < 0.6),
                not missing,
                f"编制文件、任命文件 {first.year}-{pk}",
            )
            if missing:
                pk += 1
                yield pk, union.pk, mended, None, True, True, f"编制文件、任命文件 {mended.year}-{pk}"

    def moves(self) -> Iterator[Row]:
        """The story of each union: founded, approved, perhaps abolished or lapsed."""
        for union in self.tree.unions:
            held = self.staff.officer(union, "organisation") if union.grassroots else self.staff.of.get((1, "organisation"))
            term, hour = self.terms[union.pk], union.pk % 60

            def told(verb: str, was: str, now: str, when: datetime, why: str = "", union: Planted = union, held: int | None = held) -> Row:
                return "unions.union", union.pk, verb, was, now, self.handover.then(held, day_of(when)), when, why, False

            begun = at(union.founded, 9, hour)
            yield told("start", "", "PREPARING", begun - timedelta(days=4 + union.pk % 9))
            yield told("approve", "PREPARING", "NORMAL", begun)
            for day, lapsed in term.lapses(union.founded):
                if day > REVIEW:  # the elections before that were not recorded one by one
                    if lapsed:
                        yield "unions.union", union.pk, "lapse", "NORMAL", "OVERDUE", None, at(lapsed, 23, 59), "", True
                    yield told("re-elect", "OVERDUE" if lapsed else "NORMAL", "NORMAL", at(day, 14, hour), self.paper(union, day))
            if union.closed:
                late = union.closed > REVIEW and term.end < union.closed
                if late:
                    yield "unions.union", union.pk, "lapse", "NORMAL", "OVERDUE", None, at(term.end, 23, 59), "", True
                why = f"并入{self.tree.by_pk[union.successor].name}" if union.successor else "单位终止"
                yield told("abolish", "OVERDUE" if late else "NORMAL", "ABOLISHED", at(union.closed, 10, hour), why)
            elif term.state == "OVERDUE":
                yield "unions.union", union.pk, "lapse", "NORMAL", "OVERDUE", None, at(term.end, 23, 59), "", True
            elif term.state == "DORMANT":
                lay = self.dormant(union)
                assert lay is not None
                yield told("lie-down", "NORMAL", "DORMANT", at(lay, 15), "企业长期停产，工会无法活动。")

    def clocks(self) -> Iterator[Row]:
        """The clocks of terms and certificates, as the flow would wind them on the day of loading: of warnings that lie behind nobody is told,
        else the worker's first round would write thousands of letters.
        """
        homes = {union.pk: union.division for union in self.tree.unions if union.level <= 3 and union.division}
        top = next(place.pk for place in self.tree.places if place.parent is None)

        def warns(one: Deadline, due: datetime) -> Row:
            spans = [warn.default for warn in one.warns if isinstance(warn.default, Span)]
            return one.yellow_at(due, spans), warned.kept(spans), warned.upcoming(warned.moments(due, spans), at(self.today))

        for union in self.tree.unions:
            if union.closed:
                continue
            term = self.terms[union.pk]
            due, begun = at(term.end, 23, 59), at(term.start, 9)
            rung = due if term.state == "OVERDUE" else None
            home = next((homes[pk] for pk in (union.pk, union.township, union.county) if pk in homes), top)
            place = (union.pk, union.township, union.county, "chair", begun, home)
            yield TERM.code, "unions.union", union.pk, *place, due, rung, *warns(TERM, due)
            if union.uscc and union.kind >= "12":
                yield CERTIFICATE.code, "unions.union", union.pk, *place, due, rung, *warns(CERTIFICATE, due)


UNION_COLUMNS = (
    "id", "uuid", "code", "name", "short_name", "name_py", "tokens", "kind", "level", "state", "parent", "county", "township", "path", "division", "employer",
    "uscc", "legal_from", "legal_until", "founded_on", "approval_no", "term_no", "term_years", "term_start", "term_end", "contact", "contact_phone", "dormant_on",
)  # fmt: skip
