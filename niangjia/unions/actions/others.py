"""Dues and statistics may go elsewhere than a union stands: a dated act by the office above, with the paper that says so."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import move
from niangjia.kit.components import day_words
from niangjia.kit.dates import today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.unions import others, rules
from niangjia.unions.enums import Link, May
from niangjia.unions.models import Parentage, Union


def judge(union: Union, parent: Union, *, kind: str, since: date, by: User) -> Union | None:
    """Where it goes until then, if it may go there from that day on.

    Refused unless she decides above the union, and above the other or for it; RuleBroken for a circle, a day ahead, or one that lies
    before what holds now.
    """
    if not allows(by, May.REORGANISE, union) or not (allows(by, May.REORGANISE, parent) or allows(by, May.FOUND, parent)):
        raise Refused(_("Where dues or statistics go is decided by the union above both: ask its organisation office."))
    if kind not in (Link.DUES, Link.STATS):
        raise RuleBroken(_("A union moves by organisation as a move; here only its dues or its statistics are sent elsewhere."))
    if since > today():
        raise RuleBroken(_("This is recorded when it holds; come back on the day."))
    if not parent.living or not (parent.level <= 3 or rules.may_lead(parent.kind, union.kind)):
        raise RuleBroken(
            _("%(parent)s gathers for no union of this type. Choose a federation or an industrial union.") % {"parent": parent}
        )
    over = others.parents(since, kind)
    if parent.pk in others.below(union.pk, over):
        raise RuleBroken(
            _("%(parent)s itself goes by way of %(union)s; that would be a circle. Choose a union above.")
            % {"parent": parent, "union": union}
        )
    if over.get(union.pk) == parent.pk:
        raise RuleBroken(_("It goes to %(parent)s already. Choose another union.") % {"parent": parent})
    last = union.parentages.filter(kind=kind).order_by("-since").first()
    if last and since <= last.since:
        raise RuleBroken(_("What holds now began on %(day)s; the new way begins later.") % {"day": day_words(last.since)})
    return Union.objects.filter(pk=over.get(union.pk) or 0).first()


@transaction.atomic
def direct(union: Union, parent: Union, *, kind: str, since: date, basis: str, by: User) -> Parentage:
    """From a day on the dues or the statistics of a union, and of all below it, go to another. Two at once wait for each other."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('unions.tree'))")
    if not basis.strip():
        raise RuleBroken(_("Name the paper by which it goes there: its number, or who decided."))
    was = judge(union, parent, kind=kind, since=since, by=by)
    made = Parentage.objects.create(child=union, parent=parent, kind=kind, since=since, basis=basis.strip())
    said = _("%(what)s from %(day)s: %(was)s → %(now)s. %(basis)s") % {
        "what": Link(kind).label, "day": day_words(since, year=True), "was": was.short_name if was else "–", "now": parent.short_name, "basis": basis.strip(),
    }  # fmt: skip
    move(union, "direct", by=by, reason=said, house=True)
    return made
