"""Theirs is taken over: always by the verbs of members and unions, with what was before, so that it can be taken back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from niangjia.access.api import User
from niangjia.kit import crypt
from niangjia.kit.errors import RuleBroken
from niangjia.members import api as members
from niangjia.members.models import Batch, Membership
from niangjia.reconcile import rules
from niangjia.reconcile.enums import ROW
from niangjia.reconcile.models import Before, Comparison, Decision, Difference
from niangjia.reconcile.queries import opened
from niangjia.unions import api as unions

HEADS = {"name": "姓名", "id": "证件号码", "phone": "手机号码", "joined": "入会时间", "migrant": "是否农民工"}


def may_take(one: Difference) -> None:
    """A sentence if theirs cannot be taken over here, and where it can."""
    if rules.THEIRS in rules.ways(one.of, one.kind, one.field, one.cause):
        return
    if one.field in ("id", "sex", "born"):
        raise RuleBroken(_("Number, sex and birth are those of her card: compare it, and correct the side that is wrong on her page."))
    if one.kind == "ONLY_OURS":
        raise RuleBroken(_("Whoever has left is ended on her own page, with the reason. Then decide here that it is explained."))
    raise RuleBroken(_("Theirs cannot be taken over here: let ours hold, or say why both stand."))


def take(one: Difference, decision: Decision, *, by: User) -> None:
    """Write one record as they have it, in the caller's transaction. What only they have is taken with others, by a roster."""
    may_take(one)
    theirs = opened([one.theirs_sealed])[0]
    if one.subject is not None:
        was: dict[str, Any] = {one.field: getattr(one.subject, one.field)}
        unions.correct(one.subject, by=by, **{one.field: theirs[one.field]})
        now: dict[str, Any] = {one.field: theirs[one.field]}
    elif one.membership is None:
        raise RuleBroken(_("She is not in the register: have her taken over with the roster of those whom only they have."))
    elif one.kind == "WRONG_PARENT":
        assert one.their_union is not None
        members.send(one.membership, to=one.their_union, reason=one.comparison.reference, by=by)
        was, now = {"sent": False}, {"sent": True}
    else:
        mine = _held(one.membership)
        if mine.get(one.field, "") != opened([one.ours_sealed])[0].get(one.field, ""):
            raise RuleBroken(_("Our record was changed since the lists were compared. Look at it, and lay the next list."))
        was, now = {one.field: mine[one.field]}, {one.field: theirs.get(one.field, "")}
        _write(one.membership, now, by=by)
    Before.objects.create(
        decision=decision, difference=one, was_sealed=crypt.seal_one(json.dumps({"was": was, "now": now}, ensure_ascii=False), ROW)
    )


def _held(one: Membership) -> dict[str, str]:
    """What may be taken over, as our record has it now."""
    person = one.person
    return {
        "name": person.name, "phone": crypt.unseal(person.phone_sealed, members.PHONE) if person.phone_sealed else "",
        "joined": str(one.joined_on or ""), "migrant": "是" if one.migrant else "否",
    }  # fmt: skip


def _write(one: Membership, said: dict[str, str], *, by: User) -> None:
    facts: dict[str, Any] = {}
    for field, text in said.items():
        if field == "migrant":
            facts["migrant"] = text == "是"
        elif field == "joined":
            if (on := members.day(text)) is None:
                raise RuleBroken(_("Their day cannot be read. Correct it on her page, and decide that it is explained."))
            facts["joined_on"] = on
        else:
            facts[field] = text
    members.correct(one, by=by, **facts)


def give_back(before: Before, *, by: User) -> None:
    """Write what was before; a sentence if somebody has changed it since."""
    one, kept = before.difference, json.loads(crypt.unseal(before.was_sealed, ROW))
    since = _("It was changed since by somebody else; it stays as it is.")
    if one.subject is not None:
        if getattr(one.subject, one.field) != kept["now"][one.field]:
            raise RuleBroken(since)
        unions.correct(one.subject, by=by, **kept["was"])
    elif one.membership is not None and one.kind == "WRONG_PARENT":
        if one.membership.state != "LEAVING":
            raise RuleBroken(_("The other union has taken her over already; have her sent back from there."))
        members.recall(one.membership, by=by)
    elif one.membership is not None:
        if _held(one.membership)[one.field] != kept["now"][one.field]:
            raise RuleBroken(since)
        if one.field == "phone" and not kept["was"]["phone"]:
            members.forget_phone(one.membership, by=by)
        else:
            _write(one.membership, kept["was"], by=by)
    before.delete()


def roster(comparison: Comparison, those: Sequence[Difference], *, by: User) -> Batch:
    """What only they have as a roster like any other: it is checked first, and each union's office takes it over."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow([*HEADS.values(), "工会编码"])
    for one, line in zip(those, opened([one.theirs_sealed for one in those]), strict=True):
        sheet.writerow([*(line.get(code, "") for code in HEADS), one.their_union.code if one.their_union else ""])
    name = f"{comparison.reference}.csv"
    return members.begin(members.receive(comparison.union, out.getvalue().encode(), name=name, by=by))
