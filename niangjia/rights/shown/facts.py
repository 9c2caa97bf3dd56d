"""What is known of an event, as its page says it: the firm, the matter, what was put right, the pictures."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from niangjia.kit.components import Pair, moment_words
from niangjia.rights.enums import Behaviour, May, Type
from niangjia.rights.models import Event, FollowUp, Picture
from niangjia.unions.models import Cover

FACTS = {
    "affected": gettext_lazy("Workers affected"), "involved": gettext_lazy("On the spot"), "behaviour": gettext_lazy("Behaviour"), "owed": gettext_lazy("Owed"),
    "months_owed": gettext_lazy("Months owed"), "compensation": gettext_lazy("Compensation claimed"), "insurance": gettext_lazy("Social insurance not paid"),
    "dead": gettext_lazy("Dead"), "injured": gettext_lazy("Injured"), "type": gettext_lazy("Type"), "detail": gettext_lazy("What else is known?"),
    "measures": gettext_lazy("What had been done?"), "spot": gettext_lazy("Where exactly?"), "project": gettext_lazy("Building project"),
    "builder_name": gettext_lazy("General contractor"), "builder": gettext_lazy("Credit code of the general contractor"), "employer_name": gettext_lazy("Firm"),
    "employer": gettext_lazy("Credit code"), "union": gettext_lazy("Union"),
}  # fmt: skip
CODED: dict[str, dict[Any, Any]] = {"behaviour": dict(Behaviour.choices), "type": dict(Type.choices)}


def corrected(line: FollowUp) -> str:
    """What was put right: Workers affected 460 → 46."""

    def said(name: str, value: str) -> str:
        return str(CODED.get(name, {}).get(value, value)) or _("nothing")

    facts = [f"{FACTS[name]} {said(name, was)} → {said(name, now_)}" for name, (was, now_) in line.was.items()]
    return _("corrected: %(facts)s") % {"facts": pgettext("between names", ", ").join(facts)}


def same_url(**said: str) -> str:
    """The list of the events of one builder or one project."""
    return f"{reverse('rights:events')}?{urlencode(said)}"


def firm_pairs(event: Event) -> list[Pair]:
    """What is known of the firm, and of the building site if it is one."""
    pairs = [Pair(_("Name of the employer"), event.employer_name), Pair(_("Union"), event.union.name, url=event.union.get_absolute_url())]
    if (firm := event.employer) is not None:
        covered = Cover.objects.filter(employer=firm, until=None).exists()
        pairs += [
            Pair(_("Credit code"), firm.uscc), Pair(_("Trade"), firm.get_industry_display()), Pair(_("Kind"), firm.get_category_display()),
            Pair(_("Employees"), firm.employees), Pair(_("Has a union"), _("yes") if covered else _("no")),
        ]  # fmt: skip
    if event.project:
        pairs.append(Pair(_("Building project"), event.project, url=same_url(project=event.project)))
    if event.builder_name:
        pairs.append(Pair(_("General contractor"), event.builder_name, url=same_url(builder=event.builder_name)))
    if event.builder is not None:
        pairs.append(Pair(_("Its credit code"), event.builder.uscc))
    return pairs


def _money(value: Decimal) -> str:
    return _("%(yuan)s yuan") % {"yuan": f"{value:,.2f}"}


def hurt(event: Event) -> str:
    """Who was hurt, in words; nothing where nobody was."""
    parts = [ngettext("%(n)d dead", "%(n)d dead", event.dead) % {"n": event.dead}] if event.dead else []
    parts += [ngettext("%(n)d injured", "%(n)d injured", event.injured) % {"n": event.injured}] if event.injured else []
    return pgettext("between words in a row", ", ").join(parts)


def matter_pairs(event: Event, may: Iterable[str]) -> list[Pair]:
    """What is known of the matter itself; of whoever told of it only that she is known."""
    pairs = [Pair(_("Type"), event.get_type_display()), Pair(_("Learned from"), event.get_channel_display())]
    pairs += [Pair(_("Occurred at"), moment_words(event.occurred_at)), Pair(_("First known"), moment_words(event.known_at))]
    if event.teller_sealed is not None:
        url = reverse("rights:reporter", args=[event.uuid]) if May.REVEAL_REPORTER in may else ""
        pairs.append(Pair(_("Told by"), _("known, not shown"), url=url))
    said = [
        (_("Where exactly?"), event.spot), (_("Casualties"), hurt(event)), (_("Owed"), _money(event.owed) if event.owed else ""),
        (_("Months owed"), f"{event.months_owed.normalize():f}" if event.months_owed else ""), (_("Compensation claimed"), _money(event.compensation) if event.compensation else ""),
        (_("Social insurance not paid"), _money(event.insurance) if event.insurance else ""), (_("Demands"), event.demands), (_("What had been done?"), event.measures),
        (_("Referred to"), event.get_referred_to_display() if event.referred_to else ""), (_("Its answer"), event.referred_answer),
    ]  # fmt: skip
    return pairs + [Pair(label, value) for label, value in said if value]


def pictures_of(event: Event) -> list[tuple[Picture, str, str]]:
    """The pictures that lie on it: each with where it opens and what it is called."""
    rows = event.pictures.filter(paper__gone_at=None).order_by("pk")
    return [
        (
            one,
            reverse("rights:picture", args=[event.uuid, one.uuid]),
            _("Picture %(n)d of %(number)s") % {"n": n, "number": event.reference},
        )
        for n, one in enumerate(rows, 1)
    ]
