"""Decisions: of one difference, or of many by a rule; done in pieces, each a transaction of its own, and taken back as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from niangjia.access.api import User, note
from niangjia.kit.answer import asking
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.holding import holding
from niangjia.kit.who import allows
from niangjia.members import api as members
from niangjia.reconcile import queries, rules
from niangjia.reconcile.actions.taking import give_back, may_take, roster, take
from niangjia.reconcile.enums import May, Stand, State, Turn
from niangjia.reconcile.models import Comparison, Decision, Difference
from niangjia.reconcile.parameters import UNDO

PIECE = {Stand.THEIRS: 200, Stand.OURS: 5000, Stand.BOTH: 5000}  # differences in one transaction
INLINE = 400  # differences that are decided while the reader waits


def _may(comparison: Comparison, by: User) -> None:
    _office(comparison, by)
    if not Comparison.objects.filter(pk=comparison.pk, state__in=[State.OPEN, State.CLOSED]).exists():
        raise RuleBroken(_("A newer list goes on with these differences; decide there. Nothing was changed."))


def _office(comparison: Comparison, by: User) -> None:
    if not allows(by, May.DECIDE, comparison):
        raise Refused(_("Differences are decided by the organisation office whose register it is, or by the one above."))


@transaction.atomic
def decide(one: Difference, way: str, *, why: str = "", by: User) -> Decision:
    """Decide one difference. Overtaken if somebody has decided it meanwhile; both can only stand with a reason."""
    _may(one.comparison, by)
    if way not in Stand.values or way not in rules.ways(one.of, one.kind, one.field, one.cause):
        may_take(one)
        raise RuleBroken(_("Choose which side holds."))
    if way == Stand.BOTH and not why.strip() and one.cause not in {ruling.cause for ruling in rules.RULINGS if ruling.way == rules.BOTH}:
        raise RuleBroken(_("Say why both stand: whoever reads it later will ask."))
    made = Decision.objects.create(
        comparison=one.comparison, way=way, why=why.strip()[:300], by=by, at=now(), turn=Turn.DONE, many=1, done=1
    )
    if not _claimed(Difference.objects.filter(pk=one.pk), made):
        raise Overtaken
    one.refresh_from_db()
    note([(f"decided {way.lower()}", "reconcile.difference", one.pk, made.why)], by=by)
    if way == Stand.THEIRS:
        if one.kind == "ONLY_THEIRS":
            made.batch = roster(one.comparison, [one], by=by)
            made.save(update_fields=["batch"])
        else:
            take(one, made, by=by)
    return made


def _claimed(rows: QuerySet[Difference], decision: Decision) -> int:
    """Set open differences to what was decided; those that somebody else has decided are not among them."""
    return rows.filter(comparison=decision.comparison_id, state=Stand.OPEN).update(
        state=decision.way, settled_on=today(), decision=decision, said=decision.why
    )


@transaction.atomic
def ruled(comparison: Comparison, code: str, *, seen: int, by: User) -> Decision:
    """Begin to decide all that a rule fits. `seen` is how many the rehearsal showed: others since are shown first."""
    _may(comparison, by)
    rule = rules.BY_CODE.get(code)
    if rule is None:
        raise RuleBroken(_("There is no such rule any more."))
    many = queries.ruled(comparison, rule).count()
    if many != seen:
        raise RuleBroken(
            _("It would decide %(now)d now, not %(seen)d as you have seen. Look again, then decide. Nothing was changed.")
            % {"now": many, "seen": seen}
        )
    if not many:
        raise RuleBroken(_("Nothing is left that this rule decides."))
    if comparison.decisions.filter(rule=code, turn=Turn.DOING).exists():
        raise Overtaken
    made = Decision.objects.create(comparison=comparison, way=rule.way, rule=code, by=by, at=now(), many=many)
    note([(f"ruled {code}", "reconcile.comparison", comparison.pk, f"{many}")], by=by)
    if many > INLINE:
        _later(made)
    return made


def _later(decision: Decision) -> None:
    from procrastinate.contrib.django import app

    app.configure_task("reconcile.decide", queue="import", lock=f"reconcile.{decision.comparison_id}").defer(decision=decision.pk)


def apply(decision: Decision) -> Decision:
    """Do what a decision has still to do; killed and begun again, it goes on with what is open."""
    with holding(queries.DECIDING, decision.comparison_id):
        decision = Decision.objects.select_related("comparison", "comparison__union", "by").get(pk=decision.pk)
        if decision.turn == Turn.DOING:
            _apply(decision)
        elif decision.turn == Turn.UNDOING:
            _undo(decision)
    decision.refresh_from_db()
    return decision


def _apply(decision: Decision) -> None:
    rule = rules.BY_CODE[decision.rule]
    last, left = 0, 0
    if decision.way == Stand.THEIRS and rule.kind == "ONLY_THEIRS":
        _by_roster(decision, rule)
    while True:
        rows = queries.ruled(decision.comparison, rule).filter(pk__gt=last).order_by("pk")
        those = list(rows.values_list("pk", flat=True)[: PIECE[Stand(decision.way)]])
        if not those:
            break
        last = those[-1]
        if decision.way == Stand.THEIRS:
            left += _take(decision, those)
        else:
            with transaction.atomic():
                done = _claimed(Difference.objects.filter(pk__in=those), decision)
                Decision.objects.filter(pk=decision.pk).update(done=F("done") + done)
    Decision.objects.filter(pk=decision.pk).update(turn=Turn.DONE, left=left)


def _take(decision: Decision, those: Sequence[int]) -> int:
    """Take theirs of some differences; what cannot be done stays open, with the sentence why. Answers how many those are."""
    left = 0
    with transaction.atomic():
        rows = Difference.objects.select_for_update(of=("self",), skip_locked=True).filter(pk__in=those, state=Stand.OPEN)
        for one in rows.select_related("comparison", "membership", "membership__person", "membership__union", "subject", "their_union"):
            try:
                with transaction.atomic():
                    take(one, decision, by=decision.by)
                    _claimed(Difference.objects.filter(pk=one.pk), decision)
            except (RuleBroken, Refused) as broken:
                left += 1
                Difference.objects.filter(pk=one.pk).update(said=str(broken)[:300])
            else:
                Decision.objects.filter(pk=decision.pk).update(done=F("done") + 1)
    return left


def _by_roster(decision: Decision, rule: rules.Ruling) -> None:
    """One roster of all whom only they have; it is made in the transaction in which they are claimed."""
    with transaction.atomic():
        those = list(queries.ruled(decision.comparison, rule).select_for_update(of=("self",)).select_related("their_union").order_by("pk"))
        if those:
            batch = roster(decision.comparison, those, by=decision.by)
            done = _claimed(Difference.objects.filter(pk__in=[one.pk for one in those]), decision)
            Decision.objects.filter(pk=decision.pk).update(batch=batch, done=done)


@transaction.atomic
def take_back(decision: Decision, *, by: User) -> Decision:
    """Begin to take a decision back, within the days that are set: what it decided is open again, what it wrote is as it was."""
    comparison = decision.comparison
    _office(comparison, by)
    if rules.over(day_of(decision.at), today(), asking(comparison.union, today())(UNDO).count):
        raise RuleBroken(_("The days in which this can be taken back are over. Correct the records on their pages."))
    if decision.batch is not None:
        if decision.batch.state not in ("CHECKED", "FAILED", "DROPPED", "UNDONE"):
            raise RuleBroken(_("The roster made of it is taken over: take that import back first."))
        if decision.batch.state in ("CHECKED", "FAILED"):
            members.drop_import(decision.batch, by=by)
    facts = {"turn": Turn.UNDOING, "undone_by": by, "left": 0}
    if not Decision.objects.filter(pk=decision.pk, turn=Turn.DONE).update(**facts):
        raise Overtaken
    note([("decision taken back", "reconcile.comparison", comparison.pk, decision.rule)], by=by)
    decision.refresh_from_db()
    if decision.done > INLINE:
        _later(decision)
    return decision


def _undo(decision: Decision) -> None:
    """Piece by piece; what was changed since stays decided, with the sentence why."""
    assert decision.undone_by is not None
    last, left = 0, 0
    while True:
        rows = Difference.objects.filter(decision=decision, pk__gt=last).order_by("pk")
        rows = rows.select_related("membership", "membership__person", "membership__union", "subject", "before", "comparison")
        those = list(rows[: PIECE[Stand(decision.way)]])
        if not those:
            break
        last = those[-1].pk
        with transaction.atomic():
            free = []
            for one in those:
                try:
                    with transaction.atomic():
                        if hasattr(one, "before"):
                            give_back(one.before, by=decision.undone_by)
                    free.append(one.pk)
                except (RuleBroken, Refused) as broken:
                    left += 1
                    Difference.objects.filter(pk=one.pk).update(said=str(broken)[:300])
            Difference.objects.filter(pk__in=free).update(state=Stand.OPEN, settled_on=None, decision=None, said="")
    Decision.objects.filter(pk=decision.pk).update(turn=Turn.UNDONE, undone_at=now(), left=left)
