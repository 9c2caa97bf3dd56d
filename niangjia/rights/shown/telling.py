"""How it stands on pages who was told of an event: each with the means, the receipt, and why the next one was told."""

from __future__ import annotations

from collections.abc import Container, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.access.models import User
from niangjia.kit.components import Entry, Paper, length, moment_words, pill
from niangjia.kit.dates import now
from niangjia.kit.tables import Column, Table
from niangjia.rights.enums import Means, TellingState
from niangjia.rights.flow import TELLING_FLOW
from niangjia.rights.models import Event, Telling


def told(event: Event) -> list[Telling]:
    """Whoever was told in turn, the first first: two questions."""
    rows = event.tellings.select_related("to", "union", "desk").prefetch_related("attempts")
    return list(rows.order_by("at", "pk"))


def name(one: Telling) -> str:
    """Who, and as what."""
    who = one.to.name if one.to else _("nobody")
    return pgettext("between words in a row", ", ").join([who, f"{one.union.short_name}{one.get_role_display()}"])


def by(one: Telling) -> str:
    """By which means; those by which nothing went out say so."""
    order = {means: n for n, means in enumerate(Means.values)}
    words = []
    for line in sorted(one.attempts.all(), key=lambda line: order[line.means]):
        said = str(line.get_means_display())
        words.append(f"{said}({line.get_answer_display()})" if line.answer in ("NOT_SENT", "NO_ANSWER", "NUMBER_OFF") else said)
    return pgettext("between words in a row", ", ").join(words)


def receipt(one: Telling) -> str:
    """The receipt, or that there is none."""
    if one.received_at is not None:
        return pill("done", f"{moment_words(one.received_at)} {one.get_how_display()}")
    if one.state == TellingState.WAITING and one.receipt_by is not None:
        late = one.receipt_by <= now()
        return pill(
            "late" if late else "wait", _("no receipt") if late else _("asked for by %(when)s") % {"when": moment_words(one.receipt_by)}
        )
    if one.state == TellingState.DROPPED:
        return pill("stop", one.get_state_display())
    return pill(
        TELLING_FLOW.phases[one.state],
        one.get_unanswered_display() if one.unanswered in ("VACANT", "ABSENT") else pgettext("receipt", "none"),
    )


def passed(one: Telling, those: Sequence[Telling]) -> str:
    """What happened because there was no receipt: 5分钟没有回执，自动换替补."""
    if one.state != TellingState.PASSED and not (one.passed_at and one.received_at):
        return ""
    nxt = [other for other in those if other.chain == one.chain and other.pk > one.pk and other.at >= (one.passed_at or one.at)][:2]
    roles = pgettext("between names", ", ").join(dict.fromkeys(str(other.get_role_display()) for other in nxt))
    if not roles:
        return _("nobody is left in the line")
    if one.unanswered in ("NO_RECEIPT", "") and one.passed_at is not None:
        whole = max(1, int((one.passed_at - one.at).total_seconds() // 60))
        if whole < 120:
            return _("no receipt in %(n)s minutes: went on to %(who)s") % {"n": whole, "who": roles}
        return _("no receipt in %(time)s: went on to %(who)s") % {"time": length(one.passed_at - one.at), "who": roles}
    return _("%(why)s: went on to %(who)s") % {"why": one.get_unanswered_display(), "who": roles}


def told_table(those: Sequence[Telling]) -> Table | None:
    """Who was told, by what, when the receipt came."""
    if not those:
        return None
    columns = [
        Column(_("When"), at=3, nowrap=True, soft=True), Column(_("Who"), at=5, row_head=True), Column(_("How told"), at=6, soft=True),
        Column(_("Receipt"), at=2), Column("", text=True, soft=True, at=4),
    ]  # fmt: skip
    lines = [[moment_words(one.at), name(one), by(one), receipt(one), passed(one, those)] for one in those]
    return Table(columns, lines, bare=True, dense=False, label=_("Who was told"))


def entries(those: Sequence[Telling]) -> list[Entry]:
    """What the house did by itself when no receipt came, and the receipts that were given on the page."""
    found = []
    for one in those:
        if one.passed_at is not None and one.to is not None:
            did = _("%(name)s: %(what)s") % {"name": one.to.name, "what": passed(one, those)}
            found.append(Entry(one.passed_at, did, _("The house"), auto=True, late=True))
        if one.received_at is not None and one.how != "ACTED" and one.to is not None:
            found.append(Entry(one.received_at, _("gave her receipt"), one.to.name, one.get_how_display()))
    return found


def waits_for(those: Sequence[Telling], user: User) -> Telling | None:
    """The telling that waits for a reader's receipt."""
    return next(
        (one for one in reversed(those) if one.to_id == user.pk and one.received_at is None and one.state in ("WAITING", "PASSED")), None
    )


def not_reached(those: Sequence[Telling], opens: Container[int]) -> list[Paper]:
    """Who gave no receipt lately; the event for those who may open it."""
    return [
        Paper(
            pgettext("between words in a row", ", ").join([one.to.name if one.to else "", moment_words(one.at)]),
            f"{one.get_severity_display()}　{one.get_unanswered_display()}", one.event.get_absolute_url() if one.event_id in opens else "", missing=one.received_at is None,
        )
        for one in those
    ]  # fmt: skip
