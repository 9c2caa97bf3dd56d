"""An election as the rules read it: its slates, what holds for it, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.gazette.api import State as Notices
from niangjia.gazette.api import notices_of
from niangjia.kit.answer import Asking, asking
from niangjia.kit.components import day_words, english
from niangjia.kit.dates import add_months, today
from niangjia.kit.parameter import Family
from niangjia.unions.enums import VOTED, Assembly, BodyKind, Duty, Form
from niangjia.unions.models import Candidate, Election, Office, Union, open_on
from niangjia.unions.parameters import (
    AUDIT_SEATS,
    BANDS,
    CONGRESS_DELEGATES,
    CONGRESS_FROM,
    CONGRESS_SEATS,
    DELEGATES,
    LEADS,
    MAJORITY,
    OFF_TERM,
    QUORUM,
    SEATS,
    SURPLUS,
    WOMEN_FROM,
)
from niangjia.unions.rules import elections as rules

LAST = "more"  # the band above all edges
LEADING = 3  # the lowest level that leads, and elects by its congress


def limits(union: Union, members: int, on: date) -> rules.Limits:
    """What holds for an election of a union of so many members on a day."""
    ask = asking(union, on)
    return rules.Limits(
        seats=congress_range(ask, CONGRESS_SEATS, union) if union.level <= LEADING else _range(ask, SEATS, members),
        delegates=congress_range(ask, CONGRESS_DELEGATES, union) if union.level <= LEADING else _range(ask, DELEGATES, members),
        federation=union.level <= LEADING,
        audit=rules.Range(ask(AUDIT_SEATS.cells["least",]), ask(AUDIT_SEATS.cells["most",])),
        surplus=Fraction(ask(SURPLUS)),
        quorum=_share(ask, QUORUM),
        majority=_share(ask, MAJORITY),
        women_from=ask(WOMEN_FROM),
        congress_from=0 if union.level <= LEADING else ask(CONGRESS_FROM),
        alone_to=0 if union.level <= LEADING else int(next(iter(BANDS))),
    )


def congress_range(ask: Asking, table: Family, union: Union) -> rules.Range:
    """From how many to how many, for the congress of a federation of its level; custom, set by the place."""
    at = str(max(union.level, min(map(int, LEADS))))
    return rules.Range(ask(table.cells[at, "least"]), ask(table.cells[at, "most"]))


def _range(ask: Asking, table: Family, members: int) -> rules.Range:
    bands = list(dict.fromkeys(key[0] for key in table.cells))
    at = bands[rules.band(members, [int(edge) for edge in bands if edge != LAST])]
    return rules.Range(ask(table.cells[at, "least"]), ask(table.cells[at, "most"]))


def _share(ask: Asking, of: Family) -> Fraction:
    return Fraction(ask(of.cells["part",]), ask(of.cells["of",]))


@dataclass
class Paper:
    """An election with its ballots and candidates, read once: for its page, its steps and its documents."""

    election: Election

    def __post_init__(self) -> None:
        """Read ballots in the order of the bodies, and candidates in the order in which they stand on the ballot."""
        order = {body: n for n, body in enumerate(VOTED)}
        self.ballots = sorted(self.election.ballots.all(), key=lambda one: order[one.body])
        rank = {"CHAIR": 0, "VICE": 1, "MEMBER": 2}
        every = self.election.candidates.select_related("user").order_by("pk")
        self.candidates = sorted(every, key=lambda one: (order[one.body], rank[one.post]))

    @property
    def stood(self) -> list[Candidate]:
        """Who was on the lists; not whose name was written on ballots."""
        return [one for one in self.candidates if not one.written]

    def of(self, body: str) -> list[Candidate]:
        """Who stands for a body."""
        return [one for one in self.candidates if one.body == body]

    @property
    def slates(self) -> list[rules.Slate]:
        """As the rules read it."""
        return [
            rules.Slate(
                one.body, one.seats, tuple(map(stand, self.of(one.body))), one.form == Form.COMMISSIONER, one.issued or 0, one.returned or 0, one.valid or 0
            )
            for one in self.ballots
        ]  # fmt: skip

    def limits(self, on: date | None = None) -> rules.Limits:
        """What holds for it on a day: today, unless said."""
        return limits(self.election.union, self.election.members, on or today())

    def against(self) -> list[rules.Remark]:
        """What speaks against its candidates and its day, the hard ones first."""
        one = self.election
        if one.within:
            held = Office.objects.filter(open_on(today()), union=one.union, duty=Duty.CHAIR, delegated_by=None)
            found = rules.against_within(self.slates, chairs=list(held.values_list("name", flat=True)), limits=self.limits())
            return sorted(found, key=lambda remark: not remark.hard)
        delegates = one.delegates if one.assembly == Assembly.CONGRESS else None
        found = rules.against_slates(self.slates, members=one.members, women=one.women, delegates=delegates, limits=self.limits())
        months = asking(one.union, today())(OFF_TERM).count
        first, last = (add_months(one.term_due, by) if one.term_due else None for by in (-months, months))
        found += rules.off_term(one.planned_on, one.term_due, first, last, leave=bool(one.leave))
        return sorted(found, key=lambda remark: not remark.hard)

    def elected(self) -> list[Candidate]:
        """Whom the ballots elected, by the votes that were written down."""
        entitled, over = self.election.entitled or 0, self.limits(self.election.held_on).majority
        return [
            self.of(slate.body)[n]
            for slate in self.slates
            for n in rules.elected(slate, entitled, over)
            if self.of(slate.body)[n].counted
        ]  # fmt: skip


def stand(one: Candidate) -> rules.Stand:
    """A candidate as the rules read her; the post is what she got, or stands for."""
    return rules.Stand(
        one.name,
        one.given or one.post,
        one.tie,
        one.retained,
        one.cash,
        one.ayes or 0,
        one.noes or 0,
        one.abstained or 0,
        one.others or 0,
        one.written,
    )


def sentences() -> dict[str, Any]:
    """What each remark says: what is wrong, by which rule, and what to do."""
    return {
        "congress": _("The union has %(members)s members; a congress of delegates may elect from %(least)s on. Call all members."),
        "delegates": _("%(n)s delegates are planned; for so many members %(least)s to %(most)s are usual."),
        "nobody": _("Nobody stands for the committee yet. Add the candidates."),
        "no-audit": _("No audit committee is to be elected; every union has one, or a commissioner (Trade Union Law, art. 45). Write its seats."),
        "no-women": _("No women workers' committee or commissioner is to be elected, and the union has women (Trade Union Law, art. 11)."),
        "women": _("The union has %(women)s women; from %(least)s on a committee is set up, not a commissioner alone."),
        "alone": _("One person alone may be elected only where there are up to %(most)s members; here are %(members)s. Write the seats of a committee."),
        "seats": _("%(n)s seats are planned; for %(members)s members the committee has %(least)s to %(most)s (election regulation)."),
        "congress-seats": _("%(n)s seats are planned; here the committee of a federation has %(least)s to %(most)s. Say why."),
        "even": _("%(n)s seats are an even number; an odd one is usual, so that votes decide."),
        "difference": _("%(n)s stand for %(seats)s seats; at least %(least)s must stand, so that there is a choice (election regulation, a difference of 5 %%). Add candidates."),
        "few": _("%(body)s: %(n)s stand for %(seats)s seats. Add candidates, or write fewer seats."),
        "audit-seats": _("%(n)s seats are planned for the audit committee; it has %(least)s to %(most)s, or is one commissioner."),
        "no-chair": _("Nobody stands as chair. Write for one of the committee's candidates that she stands as chair."),
        "audit-chair": _("%(name)s stands as chair of the union and for the audit committee; the chair may not sit on it. Take her off one of the two."),
        "audit-cash": _("%(name)s keeps the union's books or its cash and may not sit on the audit committee. Take her off it."),
        "retained": _("%(name)s has only retained membership and can neither vote nor be elected. Take her off."),
        "relative": _("%(name)s is a near relative of the principal and may not sit on the committee (Trade Union Law, art. 10). Take her off."),
        "principal": _("%(name)s leads the employer and may not sit on the committee (election regulation). Take her off."),
        "chair-tie": _("%(name)s stands as chair and belongs to those whom the measures on chairs of enterprise unions bar (2008). Say why she may stand."),
        "early": _("It is planned for %(day)s, long before the term ends on %(due)s. Write the paper by which the union above gives leave."),
        "late": _("It is planned for %(day)s, long after the term ended on %(due)s. Write the paper by which the union above gives leave."),
        "present": _("%(present)s are said to have come, and only %(entitled)s are entitled. Look which number is wrong."),
        "quorum": _("%(present)s of %(entitled)s came; an election needs at least %(least)s (two thirds). It is not valid: call the assembly again."),
        "issued": _("%(body)s: %(issued)s ballots were handed out to %(present)s people. Look which number is wrong."),
        "returned": _("%(body)s: %(returned)s ballots came back and %(issued)s were handed out; such an election is not valid. Look whether the numbers are right, else vote again."),
        "valid": _("%(body)s: %(valid)s valid ballots of %(returned)s that came back. Look which number is wrong."),
        "sum": _("%(body)s: for %(name)s ayes, noes, abstentions and other names make %(votes)s; there are %(valid)s valid ballots. Look which number is wrong."),
        "ayes": _("%(body)s: more ayes were counted than %(valid)s ballots can give for %(seats)s seats. A ballot with more ayes than seats is not valid."),
        "written": _("%(body)s: %(names)s votes for names that were written in, and only %(places)s ballots wrote another name. Look which number is wrong."),
        "one-chair": _("The committee has one chair; here are %(n)s. Choose her among those elected."),
        "small": _("%(n)s were elected to the committee; it needs at least %(least)s. Vote on the open seats before you report."),
        "unfilled": _("%(body)s: %(n)s of %(seats)s seats were filled. Say what becomes of the others."),
    }  # fmt: skip


def sentence(remark: rules.Remark) -> str:
    """One remark in the reader's language."""
    facts = {key: day_words(value, year=True) if isinstance(value, date) else value for key, value in remark.said.items()}
    return str(sentences()[remark.code]) % (facts | {"body": BodyKind(remark.body).label if remark.body else ""})


def joined(remarks: Iterable[rules.Remark]) -> str:
    """Some remarks in a row."""
    return (" " if english() else "").join(map(sentence, remarks))


def post_words(body: str, post: str, *, alone: bool = False) -> str:
    """What a post within a body is called: of an audit or women's body the chair is its head; who is alone is a commissioner."""
    if body == BodyKind.COMMITTEE:
        return {"CHAIR": _("Chair"), "VICE": _("Vice-chair")}.get(post, pgettext("of a committee", "Member"))
    if alone:
        return _("Commissioner")
    return {"CHAIR": pgettext("of a body", "Head"), "VICE": pgettext("of a body", "Deputy head")}.get(
        post, pgettext("of a committee", "Member")
    )


def standing_in_the_way(one: Election) -> str:
    """Why the assembly cannot be recorded yet: the notice of the candidates still runs, or waits for answers; empty if nothing does."""
    notice = next(iter(notices_of(one)), None)
    if notice is None or not notice.running:
        return ""
    if notice.state == Notices.ASKED:
        return _("Objections to the candidates are still open. When the last one is answered, the assembly may vote.")
    return _("The candidates are on public notice. When its days are over and nobody was right to object, the assembly may vote.")
