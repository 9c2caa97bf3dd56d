"""How confirmations, cards and people who may be one stand on pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.flow.models import Move
from niangjia.kit import mask
from niangjia.kit.components import Pair, View, link, moment_words, pill
from niangjia.kit.components import mask as covered_words
from niangjia.kit.flow import FLOWS
from niangjia.kit.tables import Cell, Column, Table
from niangjia.members.actions import Covered
from niangjia.members.enums import Alike, CardState, Ordering, Why, Work
from niangjia.members.models import Card, CardBatch, Likeness, Membership, NewWork, Person
from niangjia.members.shown import state_of
from niangjia.members.shown_moves import Ends, due
from niangjia.members.ticks import tick

# ---------- new forms of work ----------


def confirm_views(here: str) -> list[View]:
    """Who is to be confirmed, and all."""
    return [View(_("To be confirmed"), "?", here=here != "all"), View(_("All in new forms of work"), "?view=all", here=here == "all")]


def confirm_table(rows: Iterable[Any], works: Mapping[int, NewWork]) -> Table:
    """Members in new forms of work: for whom they work, and since when nobody has made sure."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(_("Union"), at=5), Column(_("Form of work"), soft=True, at=6), Column(_("Platform"), wide=True),
        Column(_("Last confirmed"), nowrap=True, at=3), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    words = dict(Work.choices)
    lines = [
        [
            tick(one.name, one.uuid, one.get_absolute_url()), one.union.short_name, words.get(one.work, ""),
            str(works[one.person_id]) if one.person_id in works else Cell(_("not written"), "faint"), one.confirmed_on or Cell(_("never"), "faint"), state_of(one),
        ]
        for one in rows
    ]  # fmt: skip
    return Table(columns, lines, label=_("To be confirmed"), id="confirm")


def work_pairs(one: Membership, work: NewWork | None) -> list[Pair]:
    """For whom and where she works, on her page."""
    said = [
        Pair(_("Platform"), work.platform if work else _("not written"), faint=work is None),
        *([Pair(_("Affiliate"), work.affiliate)] if work and work.affiliate else []),
        *([Pair(_("Place of activity"), work.place.name)] if work and work.place else []),
    ]
    return [*said, Pair(_("Last confirmed"), str(one.confirmed_on) if one.confirmed_on else _("never"), faint=one.confirmed_on is None)]


# ---------- cards ----------


def card_views(here: str) -> list[View]:
    """Batches, and cards by what they are."""
    named = [("", _("Batches")), ("issued", _("In use")), ("lost", _("Lost")), ("failed", _("Not made")), ("order", _("Order cards"))]
    return [View(label, f"?view={code}" if code else "?", here=here == code) for code, label in named]


def batch_state(one: CardBatch) -> Any:
    """Its state as a pill."""
    return pill(one.phase, dict(Ordering.choices).get(one.state, one.state))


def card_state(one: Card) -> Any:
    """Its state as a pill."""
    return pill(one.phase, dict(CardState.choices).get(one.state, one.state))


def batches(rows: Iterable[CardBatch], ends: Ends) -> Table:
    """Orders of cards, the newest first."""
    columns = [
        Column(_("Order"), at=1), Column(_("Union"), at=5), Column(_("Drafted by"), soft=True, at=6), Column(_("When"), soft=True, wide=True, nowrap=True),
        Column(_("Clock"), nowrap=True, at=3), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    lines = [
        [
            link(str(one), one.get_absolute_url()),
            one.union.short_name,
            one.made_by.name,
            moment_words(one.made_at),
            due(ends, one.pk),
            batch_state(one),
        ]
        for one in rows
    ]
    return Table(columns, lines, label=_("Batches of cards"), id="batches")


def cards(rows: Iterable[Card], *, ticks: bool = False) -> Table:
    """Cards: of the number only the last four."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(_("Union"), at=5), Column(_("Card"), nowrap=True, at=3), Column(pgettext("a card", "Issued on"), nowrap=True, at=4),
        Column(_("Why not"), soft=True, at=6), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    lines = [
        [
            tick(one.name, one.uuid, one.get_absolute_url()) if ticks and one.state == "MADE" else link(str(one), one.get_absolute_url()), one.union.short_name,
            mask.bank(one.tail) if one.tail else "", one.issued_on, one.fault, card_state(one),
        ]
        for one in rows
    ]  # fmt: skip
    return Table(columns, lines, label=_("Cards"), id="cards")


def candidates(rows: Iterable[Membership]) -> Table:
    """Members without a card, to be ticked for an order."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True),
        Column(_("Union"), at=5),
        Column(_("Job"), soft=True, at=6),
        Column(_("Joined on"), nowrap=True, at=3),
        Column(_("State"), nowrap=True, at=2),
    ]
    lines = [
        [tick(one.name, one.uuid, one.get_absolute_url()), one.union.short_name, one.job, one.joined_on, state_of(one)] for one in rows
    ]
    return Table(columns, lines, label=_("Order cards"), id="order")


def batch_pairs(one: CardBatch, counted: Mapping[str, int]) -> list[Pair]:
    """Who ordered what from whom."""
    words = dict(CardState.choices)
    return [
        Pair(_("Bank"), one.bank), Pair(_("Union"), one.union.short_name, url=one.union.get_absolute_url()),
        Pair(_("Drafted by"), f"{one.made_by.name} {moment_words(one.made_at)}"),
        Pair(_("Sent by"), f"{one.sent_by.name} {moment_words(one.sent_at)}" if one.sent_by and one.sent_at else _("nobody yet: another person than who drafted it"), faint=one.sent_by is None),
        *(Pair(words[state], str(n)) for state, n in counted.items()),
    ]  # fmt: skip


def card_pairs(one: Card, shown: str) -> list[Pair]:
    """One card."""
    return [
        Pair(_("Full name"), one.name, url=one.membership.get_absolute_url()), Pair(_("Union"), one.union.short_name),
        Pair(_("Card"), covered_words(shown) if shown else _("not made"), faint=not shown), Pair(_("Order"), str(one.batch), url=one.batch.get_absolute_url()),
        Pair(_("Agreed on"), str(one.consent_on)), Pair(pgettext("a card", "Issued on"), str(one.issued_on or "")),
        *([Pair(_("Why not"), one.fault)] if one.fault else []),
        *([Pair(_("In place of"), mask.bank(one.replaces.tail), url=one.replaces.get_absolute_url())] if one.replaces else []),
        *([Pair(_("Out of use since"), str(one.ended_on))] if one.ended_on else []),
    ]  # fmt: skip


def card_pair(held: Sequence[Card]) -> list[Pair]:
    """Her card on her page."""
    return [
        Pair(_("Member card"), f"{mask.bank(one.tail) if one.tail else ''} {one.get_state_display()}".strip(), url=one.get_absolute_url())
        for one in held[:2]
    ]


# ---------- the same person twice ----------


def same_views(here: str) -> list[View]:
    """Pairs to be judged, judged, and second memberships."""
    named = [("", _("To be judged")), ("judged", _("Judged")), ("second", _("Second memberships"))]
    return [View(label, f"?view={code}" if code else "?", here=here == code) for code, label in named]


def alike_state(one: Likeness) -> Any:
    """Its state as a pill."""
    return pill(one.phase, dict(Alike.choices).get(one.state, one.state))


def likenesses(rows: Iterable[Likeness], ends: Ends) -> Table:
    """Pairs of people who may be one."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(_("Union above both"), at=5), Column(_("What is the same"), soft=True, at=6), Column(_("Found on"), nowrap=True, wide=True),
        Column(_("To be judged"), nowrap=True, at=3), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    words = dict(Why.choices)
    lines = [
        [link(str(one), one.get_absolute_url()), one.union.short_name, words[one.why], one.found_on, due(ends, one.pk), alike_state(one)]
        for one in rows
    ]
    return Table(columns, lines, label=_("The same person twice"), id="likenesses")


def seconds(rows: Iterable[Membership], firsts: Mapping[int, Membership]) -> Table:
    """Second memberships beside the first ones, which count."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(_("Second membership"), at=5), Column(_("First membership, where she is counted"), at=6), Column(_("Joined on"), nowrap=True, at=3),
        Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    lines = [
        [link(one.name, one.get_absolute_url()), one.union.short_name, firsts[one.person_id].union.short_name if one.person_id in firsts else Cell(_("none"), "late"), one.joined_on, state_of(one)]
        for one in rows
    ]  # fmt: skip
    return Table(columns, lines, label=_("Second memberships"), id="seconds")


def person_pairs(person: Person, covered: Covered, spells: Sequence[Membership]) -> list[Pair]:
    """One of the two, covered; the words are the same on both sides, so that what differs is seen."""
    return [
        Pair(_("Full name"), person.name), Pair(_("Kind of paper"), person.get_paper_display()), Pair(_("Number"), covered_words(covered.number)),
        Pair(_("Mobile"), covered_words(covered.phone) if covered.phone else _("not known"), faint=not covered.phone), Pair(_("Sex"), person.get_sex_display()),
        Pair(_("Year of birth"), str(person.born_on.year) if person.born_on else ""),
        *(Pair(_("Membership"), f"{one.union.short_name} {one.joined_on or ''}", url=one.get_absolute_url()) for one in spells[:4]),
    ]  # fmt: skip


def along(rows: Sequence[tuple[Any, int]]) -> Table:
    """What moves if this one is the one who goes."""
    return Table(
        [Column(_("What hangs on her")), Column(_("Rows"), num=True)],
        [[name, n] for name, n in rows],
        label=_("What would move"),
        bare=True,
        listed=False,
    )


def since(rows: Iterable[Move], model: type[Membership]) -> Table:
    """What was done since they were merged: it stays."""
    words = FLOWS[model._meta.label_lower].told()
    columns = [Column(_("When"), nowrap=True), Column(_("What was done")), Column(_("By")), Column(_("Reason"), soft=True)]
    return Table(
        columns,
        [[moment_words(one.at), words.get(one.verb, one.verb), one.by.name if one.by else "", one.reason] for one in rows],
        label=_("Done since"),
        bare=True,
    )


def until(day: date | None) -> str:
    """Until when it can be undone."""
    return _("can be undone until %(day)s") % {"day": day} if day else ""


def many(n: int) -> str:
    """So many cards."""
    return ngettext("%(n)d card", "%(n)d cards", n) % {"n": n}
