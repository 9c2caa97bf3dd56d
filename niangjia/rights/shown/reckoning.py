"""How reckonings stand on pages: a sentence for each step, its article, and the sum as a worker would add it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from niangjia.kit import mask
from niangjia.kit.components import Paper, day_words, english, in_a_row, link
from niangjia.kit.dates import day_of
from niangjia.kit.parameter import PARAMETERS
from niangjia.kit.said import span_words
from niangjia.kit.tables import Column, Row, Table
from niangjia.rights.laws import cited
from niangjia.rights.models import Dispute, Reckoning
from niangjia.rights.queries.reckoning import OWN
from niangjia.rights.reckoned import Kind
from niangjia.rights.reckoning import Answer, Due, Step, unpacked
from niangjia.rights.words import GROUND, HOW, ON, SENTENCES, TEXTS


def fact_words(name: str, fact: Any) -> str:
    """A fact within a sentence: money with two places, shares in per cent, days with their year."""
    if isinstance(fact, date):
        return day_words(fact, year=True)
    if name == "ground":
        return str(GROUND[fact])
    if name == "how":
        return str(HOW[fact])
    if name.endswith("rate"):
        return f"{(Decimal(fact) * 100).normalize():f}%"
    if isinstance(fact, Decimal):
        plain = name in ("hours", "divisor") or (name == "counted" and fact.as_tuple().exponent != -2)  # months of wage, not yuan
        return f"{fact.normalize():,f}" if plain else f"{fact:,.2f}"
    return str(fact)


def sentence(step: Step) -> str:
    """A step in words."""
    return str(SENTENCES[step.code]) % {name: fact_words(name, fact) for name, fact in step.facts.items()}


def result(answer: Answer) -> str:
    """What it comes to, in one line."""
    if answer.day is not None:
        return _("Until %(day)s") % {"day": day_words(answer.day, year=True)}
    if answer.kind == "final" and answer.amount is not None:
        return _("Final for the employer") if answer.steps[-1].code == "is_final" else _("Not final: both sides may sue")
    if answer.most is not None:
        return _("%(least)s to %(most)s yuan") % {"least": f"{answer.amount:,.2f}", "most": f"{answer.most:,.2f}"}
    if answer.amount is not None:
        return _("%(yuan)s yuan") % {"yuan": f"{answer.amount:,.2f}"}
    return _("See the steps")


def steps_table(answer: Answer) -> Table:
    """The way to it, step by step, and the sum."""
    columns = [
        Column(_("Step"), text=True, at=1),
        Column(_("Basis"), soft=True, text=True, at=3),
        Column(_("Amount"), unit=_("yuan"), num=True, at=2),
    ]
    lines: list[Any] = [[sentence(one), cited(one.articles), "" if one.yuan is None else one.yuan] for one in answer.steps]
    if answer.amount is not None and any(one.yuan is not None for one in answer.steps) and answer.most is None:
        lines.append(Row([_("Together"), "", answer.amount], "sum"))
    return Table(columns, lines, bare=True, dense=False, label=_("The way to it"), listed=False)


def kinds(root: str = "rights:reckon_kind", *args: Any) -> list[Paper]:
    """What can be reckoned."""
    return [Paper(label, TEXTS[code], reverse(root, args=[*args, code])) for code, label in Kind.choices]


def limit_table(answer: Answer) -> Table:
    """How the limitation of arbitration was counted: a line for everything that begins the year anew."""
    columns = [Column(_("Step"), text=True, at=1), Column(_("Basis"), soft=True, text=True, at=3)]
    lines = [[sentence(one), cited(one.articles)] for one in answer.steps]
    return Table(columns, lines, bare=True, dense=False, label=_("Limitation of arbitration"), listed=False)


def dues_table(dues: Sequence[Due]) -> Table:
    """The terms that run, the first to end before the others."""
    columns = [
        Column(_("What"), nowrap=True, at=1), Column(pgettext("a term", "From"), nowrap=True, soft=True, at=3), Column(pgettext("a term", "Length"), nowrap=True, at=6),
        Column(pgettext("a term", "Last day"), nowrap=True, at=2), Column(_("Falls on"), soft=True, at=5), Column(_("Basis"), soft=True, text=True, at=4),
    ]  # fmt: skip
    lines = [
        [
            term_words(one),
            day_words(one.begins, year=True),
            _span(one),
            day_words(one.last, year=True),
            ON[one.term.on],
            cited(one.term.articles),
        ]
        for one in dues
    ]
    return Table(columns, lines, label=_("Statutory terms"), id="terms")


def term_words(one: Due) -> str:
    """What a term is for, and how it was counted where that is not plain."""
    parameter = OWN.get(one.term.code) or PARAMETERS[f"rights.terms.{one.term.code}"]
    said = parameter.words(get_language() or "")
    notes = [_("%(n)s days do not count") % {"n": one.excluded}] if one.excluded else []
    notes += [_("moved from a day of rest")] if one.rolled else []
    return said + (_(" (%(notes)s)") % {"notes": ("; " if english() else "；").join(notes)} if notes else "")


def _span(one: Due) -> str:
    said = span_words(one.span)
    return f"{said} + {span_words(one.longer)}" if one.longer else said


def whose(one: Reckoning) -> str:
    """Whose claim was reckoned, covered, and which of them."""
    if one.claimant is None:
        return _("all together")
    return in_a_row((mask.name(one.claimant.person.name), one.get_claim_display() if one.claim else ""))


def attached_table(rows: Iterable[Reckoning], dispute: Dispute) -> Table:
    """What was reckoned for a dispute, and by whom."""
    columns = [
        Column(_("What"), at=1), Column(_("For"), soft=True, at=4), Column(_("Result"), num=True, at=2),
        Column(pgettext("a reckoning", "Day"), nowrap=True, soft=True, at=3), Column(_("Reckoned by"), soft=True, at=6),
    ]  # fmt: skip
    labels = dict(Kind.choices)
    lines = [
        [
            link(labels[one.kind], reverse("rights:reckoning", args=[dispute.uuid, one.uuid])), whose(one), result(unpacked(one.answer)), day_of(one.at),
            one.by.name if one.by else "",
        ]
        for one in rows
    ]  # fmt: skip
    return Table(columns, lines, bare=True, dense=False, label=_("Reckonings"), listed=False)
